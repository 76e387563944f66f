from dataclasses import replace

import pytest

from annotator.errors import InvalidEdit
from annotator.model import Hop, Role
from annotator.services import annotate, merging, speakers


def made(ws, edit):
    ws.apply(edit)
    return edit.changes[0].after


def uses(ws, speaker_id):
    return [
        *(m for m in ws.mentions.values() if m.speaker_id == speaker_id),
        *(c for c in ws.claims.values() if any(speaker_id in (h.speaker_id, h.addressee_id) for h in c.chain)),
    ]


@pytest.fixture
def minister(ws):
    """The same man under another name."""
    speaker = made(ws, speakers.create(ws, "The Minister", "person"))
    ws.apply(speakers.change(ws, speaker.id, aliases=("Lavrov", "Foreign Minister"), wikidata="Q58217"))
    return ws.speakers[speaker.id]


@pytest.fixture
def claim(ws, place, author, minister):
    claim = made(ws, annotate.mark_claim(ws, [place('"I would go,"')], author))
    ws.apply(speakers.set_chain_line(ws, claim.id, "RIA Novosti > The Minister"))
    ws.apply(annotate.mark_cue(ws, claim.id, [place("said")]))
    ws.apply(annotate.mark_mention(ws, [place("Lavrov")], author, minister.id))
    return ws.claims[claim.id]


def test_merging_names_the_kept_speaker_everywhere(ws, minister, claim):
    before = ws.copy()
    edit = merging.merge(ws, "s1", minister.id, uses(ws, minister.id))
    ws.apply(edit)
    kept = ws.speakers["s1"]
    assert minister.id not in ws.speakers
    assert kept.aliases == ("Lavrov", "The Minister", "Foreign Minister")
    assert kept.wikidata == "Q58217"
    assert speakers.chain_line(ws, ws.claims[claim.id]) == "RIA Novosti > Sergei Lavrov"
    assert [m.speaker_id for m in ws.mentions.values()] == ["s1"]
    assert ws.claims[claim.id].chain[1].cue_spans == claim.chain[1].cue_spans
    ws.apply(edit.inverted())
    assert (ws.speakers, ws.claims, ws.mentions) == (before.speakers, before.claims, before.mentions)


def test_neighbours_in_a_chain_become_one_hop(ws, place, author, minister, claim):
    ws.apply(speakers.set_chain_line(ws, claim.id, "Sergei Lavrov > The Minister"))
    ws.apply(annotate.mark_cue(ws, claim.id, [place("agreed")], 0))
    ws.apply(merging.merge(ws, "s1", minister.id, uses(ws, minister.id)))
    (hop,) = ws.claims[claim.id].chain
    assert hop.speaker_id == "s1"
    assert [span.exact for span in hop.cue_spans] == ["agreed", "said"]


def test_an_addressee_is_merged_too(ws, minister, claim):
    chain = (replace(claim.chain[0], addressee_id=minister.id), claim.chain[1])
    ws.apply(annotate.change(ws, claim.id, chain=chain))
    ws.apply(merging.merge(ws, "s1", minister.id, uses(ws, minister.id)))
    assert ws.claims[claim.id].chain[0].addressee_id == "s1"


def test_speakers_of_different_wikidata_items_are_not_merged(ws, minister):
    ws.apply(speakers.change(ws, "s1", wikidata="Q7747"))
    with pytest.raises(InvalidEdit, match=r"Q7747.*Q58217"):
        merging.merge(ws, "s1", minister.id, [])
    ws.apply(speakers.change(ws, "s1", wikidata="none"))
    ws.apply(merging.merge(ws, "s1", minister.id, []))
    assert ws.speakers["s1"].wikidata == "Q58217"


def test_a_speaker_is_not_merged_with_itself(ws):
    with pytest.raises(InvalidEdit, match="two different"):
        merging.merge(ws, "s1", "s1", [])


def test_roles_and_notes_come_together(ws, minister):
    role = Role("Foreign Minister", "2004")
    ws.apply(speakers.change(ws, "s1", roles=(role,), note="one"))
    ws.apply(speakers.change(ws, minister.id, roles=(role, Role("Ambassador", "1994", "2004")), note="two"))
    ws.apply(merging.merge(ws, "s1", minister.id, []))
    assert [r.title for r in ws.speakers["s1"].roles] == ["Foreign Minister", "Ambassador"]
    assert ws.speakers["s1"].note == "one\ntwo"


def test_splitting_takes_the_chosen_uses_along(ws, claim, minister):
    before = ws.copy()
    (mention,) = ws.mentions.values()
    edit = merging.split(ws, minister.id, "The Spokesman", [mention], ["Foreign Minister"])
    ws.apply(edit)
    new = speakers.find(ws.speakers.values(), "The Spokesman")
    assert new.aliases == ("Foreign Minister",)
    assert ws.speakers[minister.id].aliases == ("Lavrov",)
    assert ws.mentions[mention.id].speaker_id == new.id
    assert speakers.chain_line(ws, ws.claims[claim.id]).endswith("The Minister")
    ws.apply(edit.inverted())
    assert (ws.speakers, ws.mentions) == (before.speakers, before.mentions)


def test_splitting_can_give_to_a_speaker_that_is_there(ws, claim, minister):
    ws.apply(merging.split(ws, minister.id, "RIA Novosti", list(ws.mentions.values())))
    assert [m.speaker_id for m in ws.mentions.values()] == ["s2"]


@pytest.mark.parametrize(("name", "message"), [("The  minister", "another name"), ("Somebody", "Choose")])
def test_an_empty_split_is_refused(ws, minister, name, message):
    with pytest.raises(InvalidEdit, match=message):
        merging.split(ws, minister.id, name, [])


def test_a_chain_without_the_speaker_is_left_alone(ws, claim):
    assert merging.move(claim, "nobody", "s1") is claim
    assert merging.move(replace(claim, chain=(Hop(),)), "s1", "s2").chain == (Hop(),)


def test_a_deleted_speaker_is_no_addressee_either(ws, minister, claim):
    chain = (replace(claim.chain[0], addressee_id=minister.id), claim.chain[1])
    ws.apply(annotate.change(ws, claim.id, chain=chain))
    ws.apply(speakers.delete(ws, minister.id, uses(ws, minister.id)))
    assert [(h.speaker_id, h.addressee_id) for h in ws.claims[claim.id].chain] == [("s2", None), (None, None)]

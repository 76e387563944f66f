from dataclasses import replace

import pytest

from annotator.errors import InvalidEdit
from annotator.model import Hop
from annotator.services import annotate, chains, speakers
from annotator.services.chains import CUE, MENTION


@pytest.fixture
def claim(ws, place, author):
    edit = annotate.mark_claim(ws, [place('"I would go,"')], author)
    ws.apply(edit)
    id_ = edit.changes[0].id
    ws.apply(speakers.set_chain_line(ws, id_, "RIA Novosti > Sergei Lavrov"))
    return id_


def chain(ws, claim):
    return ws.claims[claim].chain


def words(spans):
    return [span.exact for span in spans]


def test_a_hop_changes_alone(ws, claim):
    ws.apply(chains.change(ws, claim, 0, medium="statement", date="2018-04"))
    assert chain(ws, claim) == (Hop("s2", medium="statement", date="2018-04"), Hop("s1"))
    with pytest.raises(InvalidEdit):
        chains.change(ws, claim, 0, date="last week")
    with pytest.raises(InvalidEdit, match="no source 3"):
        chains.change(ws, claim, 2, medium="x")


def test_an_implicit_source_has_no_mention(ws, claim, place):
    ws.apply(chains.take_words(ws, claim, 1, MENTION, [place("Lavrov")]))
    ws.apply(chains.take_words(ws, claim, 1, CUE, [place("said")]))
    ws.apply(chains.change(ws, claim, 1, referring="implicit"))
    hop = chain(ws, claim)[1]
    assert (hop.speaker_id, hop.mention_spans, words(hop.cue_spans)) == ("s1", (), ["said"])


def test_a_hop_is_named_by_alias_and_by_a_new_name(ws, claim):
    ws.apply(chains.set_speaker(ws, claim, 0, ""))
    assert chain(ws, claim)[0] == Hop()
    edit = chains.set_speaker(ws, claim, 0, " Anna  Post ")
    ws.apply(edit)
    assert ws.speakers[chain(ws, claim)[0].speaker_id].name == "Anna Post"
    ws.apply(edit.inverted())
    assert len(ws.speakers) == 2
    ws.apply(chains.set_addressee(ws, claim, 1, "reporters"))
    assert ws.speakers[chain(ws, claim)[1].addressee_id].name == "reporters"
    assert not chains.set_speaker(ws, claim, 1, "lavrov")


def test_nobody_is_their_own_source(ws, claim):
    with pytest.raises(InvalidEdit, match=r"Sergei Lavrov would be source 1 and source 2 of one chain"):
        chains.set_speaker(ws, claim, 0, "Lavrov")
    with pytest.raises(InvalidEdit, match="name who was spoken to"):
        chains.set_addressee(ws, claim, 1, "Lavrov")
    circle = (Hop("s1"), Hop("s2"), Hop("s1"))  # from an import: it can still be mended step by step
    ws.apply(annotate.change(ws, claim, chain=circle))
    ws.apply(chains.change(ws, claim, 1, medium="wire"))
    ws.apply(chains.remove(ws, claim, 2))
    assert [hop.speaker_id for hop in chain(ws, claim)] == ["s1", "s2"]


def test_hops_are_added_moved_and_removed(ws, claim):
    ws.apply(chains.add(ws, claim))
    ws.apply(chains.move(ws, claim, 2, 0))
    assert [hop.speaker_id for hop in chain(ws, claim)] == [None, "s2", "s1"]
    ws.apply(chains.move(ws, claim, 0, 9))
    assert [hop.speaker_id for hop in chain(ws, claim)] == ["s2", "s1", None]
    assert not chains.move(ws, claim, 2, 5)
    ws.apply(chains.remove(ws, claim, 0))
    assert [hop.speaker_id for hop in chain(ws, claim)] == ["s1", None]


def test_a_pronoun_takes_the_speaker_of_its_mention(ws, claim, place, author):
    mark = annotate.mark_mention(ws, [place("He")], author, "s1")
    ws.apply(mark)
    ws.apply(chains.add(ws, claim, Hop()))
    with pytest.raises(InvalidEdit, match="their own source"):
        chains.take_mention(ws, claim, 2, mark.changes[0].id)
    ws.apply(chains.remove(ws, claim, 1))
    ws.apply(chains.take_words(ws, claim, 1, MENTION, [place("He")]))  # the very words of the mention
    hop = chain(ws, claim)[1]
    assert (hop.speaker_id, words(hop.mention_spans), hop.referring) == ("s1", ["He"], "anaphoric")


def test_a_mention_of_nobody_leaves_the_speaker(ws, claim, place, author):
    mark = annotate.mark_mention(ws, [place("Lavrov")], author)
    ws.apply(mark)
    ws.apply(chains.take_mention(ws, claim, 1, mark.changes[0].id))
    assert chain(ws, claim)[1] == replace(Hop("s1"), mention_spans=mark.changes[0].after.spans, referring="explicit")


def test_a_cue_has_parts_that_go_one_by_one(ws, claim, place):
    for part in ("said", "We hear"):
        ws.apply(chains.take_words(ws, claim, 1, CUE, [place(part)]))
    assert words(chain(ws, claim)[1].cue_spans) == ["said", "We hear"]
    ws.apply(chains.drop_words(ws, claim, 1, CUE, 0))
    assert words(chain(ws, claim)[1].cue_spans) == ["We hear"]
    ws.apply(chains.drop_words(ws, claim, 1, CUE))
    assert chain(ws, claim)[1].cue_spans == ()

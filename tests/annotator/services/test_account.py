from dataclasses import replace

from annotator.edits import Change, Edit
from annotator.history import Version
from annotator.model import Quarantined, Role
from annotator.services import account, annotate, corrections, scheme, speakers


def told(ws, edit):
    """What is told of the edit's first change once it is applied."""
    ws.apply(edit)
    change = edit.changes[0]
    names = account.Names(ws.vocabulary, ws.speakers, {**ws.claims, **ws.mentions, **ws.corrections})
    return account.tell(Version(1, "c", "t", "edit", "Ann", "", change.before, change.after), names)


def claim(ws, place, author):
    edit = annotate.mark_claim(ws, [place("Russia agreed")], author)
    ws.apply(edit)
    return edit.changes[0].after.id


def test_values_are_told_by_their_labels(ws, place, author):
    id_ = claim(ws, place, author)
    assert told(ws, annotate.change(ws, id_, form="indirect")) == ["form: nothing → Indirect speech"]
    assert told(ws, annotate.change(ws, id_, form="direct", unsure=True)) == [
        "form: Indirect speech → Direct quote",
        "unsure: no → yes",
    ]
    assert told(ws, annotate.change(ws, id_, note="x" * 100)) == [f"note: nothing → {'x' * 59}…"]


def test_places_are_told_by_their_words(ws, place, author):
    id_ = claim(ws, place, author)
    assert told(ws, annotate.add_part(ws, id_, *place("would"))) == ["words: “Russia agreed” → “Russia agreed … would”"]


def test_chains_are_told_by_names_and_in_detail_when_these_stay(ws, place, author):
    id_ = claim(ws, place, author)
    assert told(ws, speakers.set_chain_line(ws, id_, "RIA Novosti > Sergei Lavrov")) == [
        "chain: nothing → RIA Novosti > Sergei Lavrov"
    ]
    hops = ws.claims[id_].chain
    (line,) = told(ws, annotate.change(ws, id_, chain=(hops[0], replace(hops[1], medium="interview"))))
    assert line.startswith("chain: RIA Novosti (")
    assert "by “interview”" in line.split("→")[1]
    assert "interview" not in line.split("→")[0]


def test_a_record_that_is_made_or_deleted_is_told_whole(ws, place, author):
    edit = corrections.mark(ws, [place("hear")], "here", author)
    lines = told(ws, edit)
    assert "new text: here" in lines
    assert "kind: Transcription" in lines
    made = edit.changes[0].after
    assert account.headline(None, made) == "Correction made: “hear”"
    assert account.headline(made, None) == "Correction deleted: “hear”"
    held = Quarantined("q", "art", "it is the cue of no claim", "Cue", "said", "{}", "a.ann")
    assert account.headline(None, held) == "Put into quarantine: Cue “said”"
    assert account.headline(held, None) == "Taken out of quarantine: Cue “said”"
    assert told(ws, Edit("Import", (Change(None, held),))) == ["reason: it is the cue of no claim", "from: a.ann"]


def test_speakers_and_schemes_are_told(ws):
    id_ = next(iter(ws.speakers))
    name = ws.speakers[id_].name
    edit = speakers.change(ws, id_, roles=(Role("Minister", "2004"),), aliases=("He", "Him"))
    lines = told(ws, edit)
    assert "roles: nothing → Minister" in lines
    assert any(line.startswith("aliases: ") and line.endswith("He, Him") for line in lines)
    assert account.headline(edit.changes[0].before, edit.changes[0].after) == f"Speaker changed: {name}"
    ws.apply(scheme.change(ws, name="Ours"))
    assert told(ws, scheme.add_term(ws, "claim.type", "Forecast")) == ["New values: “Forecast” (Claim: type)."]


def test_who_and_what_is_gone_is_said_to_be(ws, place, author):
    outer, inner = claim(ws, place, author), claim(ws, place, author)
    lines = account.tell(
        Version(1, "c", "t", "edit", "A", "", ws.claims[inner], replace(ws.claims[inner], parent_id=outer)),
        account.Names(ws.vocabulary),
    )
    assert lines == ["inside: nothing → one deleted since"]

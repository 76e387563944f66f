"""Placing what is in quarantine on words of the article, and what the stored data says of it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.checks.base import Scan
from annotator.checks.quarantine import held_back
from annotator.errors import AnnotatorError, InvalidEdit
from annotator.formats.standoff.graph import Item
from annotator.formats.standoff.quarantine import of_item
from annotator.model import Article, Document, Quarantined, SourceText, Speaker
from annotator.rules import value_problems
from annotator.services import annotate, quarantine
from annotator.services.annotate import Author
from annotator.services.quarantine import KINDS, Placing, place
from annotator.text.anchors import check, places
from annotator.workspace import Workspace

AUTHOR = Author("Ann", "2")
TEXT = 'Russia agreed. "I would go," Lavrov said. "We hear 😀 this." He left.'


def held(label: str, *attributes: tuple[str, str], places=((0, 3),), placed=False) -> Quarantined:
    item = Item("T1", label, places, ("Twould go",), attributes)
    return of_item(
        item, "the words are not in the text", "art", "a.ann, line 12", "2026-01-01T00:00:00Z", placed=placed
    )


def hold(ws: Workspace, *things: Quarantined) -> Quarantined:
    ws.quarantined.update({thing.id: thing for thing in things})
    return things[0]


def on(*ranges, kind="Claim", **more) -> Placing:
    return Placing(ranges, AUTHOR, kind, **more)


def apply(ws: Workspace, edit):
    ws.apply(edit)
    return edit


def test_a_claim_gets_the_fields_that_the_file_says_and_the_rest_stands_in_its_note(ws, place):
    thing = hold(
        ws, held("Claim", ("form", "indirect"), ("stance", "odd"), ("colour", "red"), ("tag", "a"), ("tag", "b"))
    )
    edit = apply(ws, quarantine.place(ws, thing.id, on(place("I would go"))))
    claim = ws.claims[thing.id]
    assert (claim.form, claim.stance, claim.tags) == ("indirect", None, ("a", "b"))
    assert claim.note.split("\n") == ["colour = red", "stance = odd"]
    assert (claim.origin, claim.annotator, claim.spans[0].exact) == ("imported", "Ann", "I would go")
    assert not ws.quarantined
    ws.apply(edit.inverted())
    assert ws.quarantined == {thing.id: thing}
    assert not ws.claims


def test_a_mention_names_the_speaker_of_the_project_or_a_new_one(ws, place):
    known = hold(ws, held("Mention", ("name", "sergei LAVROV"), ("kind", "nominal")))
    new = hold(ws, held("Mention", ("name", "Maria Zakharova")))
    impossible = hold(ws, held("Mention", ("name", "A > B")))
    apply(ws, quarantine.place(ws, known.id, on(place("Lavrov"), kind="Mention")))
    apply(ws, quarantine.place(ws, new.id, on(place("He"), kind="Mention")))
    apply(ws, quarantine.place(ws, impossible.id, on(place("Russia"), kind="Mention")))
    assert (ws.mentions[known.id].speaker_id, ws.mentions[known.id].kind) == ("s1", "nominal")
    assert ws.name_of(ws.mentions[new.id].speaker_id) == "Maria Zakharova"
    assert ws.mentions[new.id].kind == "pronoun"
    assert (ws.mentions[impossible.id].speaker_id, ws.mentions[impossible.id].note) == (None, "name = A > B")


def test_a_source_and_a_cue_join_the_chain_of_a_claim_and_nothing_is_replaced(ws, place):
    claim = apply(ws, annotate.mark_claim(ws, [place("I would go")], AUTHOR)).changes[0].id
    source = hold(ws, held("Source", ("name", "Lavrov")))
    cue = hold(ws, held("Cue", ("tense", "past")))
    apply(ws, quarantine.place(ws, source.id, on(place("Lavrov"), kind="Source", claim_id=claim)))
    apply(ws, quarantine.place(ws, cue.id, on(place("said"), kind="Cue", claim_id=claim)))
    (hop,) = ws.claims[claim].chain
    assert (hop.speaker_id, hop.mention_spans[0].exact, hop.cue_spans[0].exact) == ("s1", "Lavrov", "said")
    assert ws.claims[claim].note == "tense = past"
    assert not ws.quarantined
    other = hold(ws, held("Source"))
    with pytest.raises(InvalidEdit, match="known already"):
        quarantine.place(ws, other.id, on(place("He"), kind="Source", claim_id=claim))
    with pytest.raises(InvalidEdit, match="Choose the claim whose cue"):
        quarantine.place(ws, other.id, on(place("He"), kind="Cue"))


def test_corrections_read_as_the_file_says_or_as_a_person_says(ws, place):
    own = hold(ws, held("Transcription", ("replacement", "agrees"), ("cause", "ocr")))
    deletion = hold(ws, held("Transcription"))
    unsaid = hold(ws, held("Typo?"))
    theirs = hold(ws, held("OCR fault", ("replacement", "not ours")))
    apply(ws, quarantine.place(ws, own.id, on(place("agreed"), kind="Transcription")))
    apply(ws, quarantine.place(ws, deletion.id, on(place("He left"), kind="Transcription")))
    with pytest.raises(InvalidEdit, match="what the words should read"):
        quarantine.place(ws, unsaid.id, on(place("said"), kind="Transcription"))
    apply(ws, quarantine.place(ws, theirs.id, on(place("said"), kind="Regularisation", replacement="sayd")))
    assert (ws.corrections[own.id].replacement, ws.corrections[own.id].cause) == ("agrees", "ocr")
    assert ws.corrections[deletion.id].replacement == ""
    made = ws.corrections[theirs.id]
    assert (made.kind, made.replacement, made.note) == (
        "regularisation",
        "sayd",
        "label = OCR fault\nreplacement = not ours",
    )
    again = hold(ws, held("Transcription", ("replacement", "x")))
    with pytest.raises(AnnotatorError, match="already corrected"):
        quarantine.place(ws, again.id, on(place("agreed"), kind="Transcription"))


def test_no_words_no_longer_there_and_an_unknown_kind_are_refused(ws, place):
    thing = hold(ws, held("Claim"))
    for ranges in ((), ((3, 3),)):
        with pytest.raises(InvalidEdit, match="Select the words"):
            quarantine.place(ws, thing.id, on(*ranges))
    with pytest.raises(InvalidEdit, match="no longer in quarantine"):
        quarantine.place(ws, "gone", on(place("He")))
    with pytest.raises(InvalidEdit, match="can become"):
        quarantine.place(ws, thing.id, on(place("He"), kind="Segment"))


def test_where_it_stood_is_offered_when_the_place_fits_the_text(ws):
    fits = held("Cue", places=((15, 20),), placed=True)
    ws.quarantined = {fits.id: fits}
    (problem,) = held_back(Scan(ws, AUTHOR))
    assert problem.ranges == ((15, 20),)
    assert [fix.ranges for fix in problem.fixes] == [((15, 20),), (), ()]
    wrong = [fits.data.replace("[[15,20]]", places) for places in ("[[5,2]]", "[[0,999]]", "[[0]]", '["x","y"]')]
    assert fits.data not in wrong
    for data in (*wrong, "[]", "no json", "{}"):
        broken = replace(fits, data=data)
        assert quarantine.places_of(broken, TEXT) == ()
        ws.quarantined = {broken.id: broken}
        (problem,) = held_back(Scan(ws, AUTHOR))
        assert [fix.ranges for fix in problem.fixes] == [(), ()]


NAMES = st.sampled_from(
    [
        *("form", "stance", "status", "kind", "speaker", "name", "replacement", "cause", "tag", "note", "hop"),
        *("other:x", "created", "unsure", "id", "spans", "evidence", "parent_id", "article_id", "claim_id", "origin"),
    ]
)
VALUES = st.one_of(
    st.sampled_from(["direct", "accepted", "name", "ocr", "Lavrov", "s2", "true", ""]), st.text(max_size=8)
)
LABELS = st.one_of(st.sampled_from([*KINDS, "Unread", "Segment", "GPE"]), st.text(min_size=1, max_size=6))
RANGES = st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))), max_size=3)


@given(LABELS, st.lists(st.tuples(NAMES, VALUES), max_size=6), RANGES, st.sampled_from([*KINDS]), st.booleans())
def test_placing_makes_sound_records_and_undo_brings_everything_back(label, attributes, ranges, kind, with_claim):
    source = SourceText("art", TEXT, "hash")
    known = [Speaker("s1", "Sergei Lavrov", aliases=("Lavrov",)), Speaker("s2", "RIA Novosti")]
    ws = Workspace(known, Document(Article("art", "T"), source))
    claim = apply(ws, annotate.mark_claim(ws, [(15, 27)], AUTHOR)).changes[0].id
    pairs = [list(pair) for pair in attributes]
    data = {"is": "item", "places": [], "placed": False, "exact": None, "attributes": pairs}
    thing = Quarantined("q1", "art", "why", label, "words", json.dumps(data), "a.ann, line 1", "2026-01-01T00:00:00Z")
    hold(ws, thing)
    before = ws.document(), dict(ws.speakers)
    spans = [(min(pair), max(pair)) for pair in ranges]
    try:
        edit = place(ws, "q1", Placing(spans, AUTHOR, kind, claim if with_claim else None, "another"))
    except AnnotatorError:
        assert (ws.document(), ws.speakers) == before
        return
    ws.apply(edit)
    assert not ws.quarantined
    records = [*ws.claims.values(), *ws.mentions.values(), *ws.corrections.values()]
    assert len(records) == (1 if kind in quarantine.OF_CLAIM else 2)
    for record in records:
        assert not list(value_problems(record, ws.vocabulary))
        for span in record.spans:
            check(TEXT, span)
    if kind not in quarantine.OF_CLAIM:
        made = ws.annotation("q1")
        assert {c for s, e in places(made.spans) for c in range(s, e)} == {c for s, e in spans for c in range(s, e)}
        assert made.article_id == "art"
    told = "\n".join(record.note for record in records)
    for name, value in attributes:  # nothing that the file said is lost
        if name.startswith("other:") and value.isalnum():
            assert f"{name.removeprefix('other:')} = {value}" in told
    ws.apply(edit.inverted())
    assert (ws.document(), ws.speakers) == before

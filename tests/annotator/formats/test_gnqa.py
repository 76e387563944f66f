"""GNQA's JSON: quotations with their roles come in and go out as they were; what contradicts itself is said."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from article_samples import Content, contents, full_document
from foreign_samples import ANY, MemorySink
from gnqa_samples import TEXT, page, role
from hypothesis import given

from annotator.errors import ImportFailed
from annotator.formats import gnqa, registry
from annotator.formats.base import Draft, Reading, Writing
from annotator.formats.foreign_json import dumps
from annotator.model import Claim, Correction, Document
from annotator.text.anchors import anchor
from annotator.text.tokens import tokens


def read(data: Any) -> Draft:
    (draft,) = gnqa.FORMAT.read(io.BytesIO(dumps(data)), Reading("a.json", "Zoe", "9"))  # type: ignore[misc]
    return draft


def written(*documents: Document, view: str = "source") -> tuple[list[Any], Writing]:
    sink, writing = MemorySink(), Writing(view)
    people = [speaker for document in documents for speaker in document.speakers]
    gnqa.FORMAT.write_files(Content(list(documents), people), sink, writing)  # type: ignore[misc]
    return [json.loads(data) for _, data in sorted(sink.files.items())], writing


def words(claim: Claim) -> list[str]:
    return [span.exact for span in claim.spans]


def test_a_quotation_is_a_claim_with_a_hop_inside_the_one_around_it() -> None:
    draft = read(page())
    claims = {" ".join(words(claim)): claim for claim in draft.claims[:3]}
    outer, inner, free = claims["„Er rief ‚Halt!‘ und ging“"], claims["Halt!"], claims["Sie habe nichts gesehen"]
    assert words(free) == ["Sie habe nichts", "gesehen"]
    assert (outer.form, inner.form, free.form) == ("direct", "direct", "free_indirect")
    assert free.tags == ("IndirectFreeIndirect",)
    assert inner.parent_id == outer.id
    (hop,) = outer.chain
    assert [s.exact for s in hop.mention_spans] == ["Anna"]
    assert [s.exact for s in hop.cue_spans] == ["sagte", "so die"]
    assert (hop.medium, inner.chain[0].medium, free.chain) == ("Speech", "SW", ())
    assert "frame = 0–29, 58–72 “Anna sagte am 5. Mai zu Bert: … so die Zeugin.”" in outer.note.split("\n")
    assert [span.exact for mention in draft.mentions for span in mention.spans] == ["Bert"]
    assert draft.article.title == "1 - Die Zeugin"
    assert not draft.quarantined
    assert sum("“isNested: true”" in note or "“hasNested: true”" in note for note in draft.article.import_notes) == 2


def test_what_came_in_goes_out_as_it_was() -> None:
    (found,), writing = written(read(page()).document)
    assert found["annotations"] == page()["annotations"]
    assert [t["text"] for t in found["tokens"]] == [t["text"] for t in page()["tokens"]]
    assert [s["charBegin"] for s in found["sentences"]] == [0, TEXT.index("Sie")]
    assert (found["documentName"], found["originalText"]) == ("1 - Die Zeugin", TEXT)
    assert writing.losses == []


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda q: q["quote"]["tokenIds"].append(2), "The “spans” of the quote of quotation 0 are other words"),
        (lambda q: q["quote"].update(text="„Sie rief"), "are not those that the file quotes: “„Sie rief”."),
        (lambda q: q["cue"]["tokenIds"].reverse(), "The parts of the cue of quotation 0 were out of order"),
        (lambda q: q.update(medium="Smoke"), "has a medium that the corpus does not know: Smoke"),
        (lambda q: q.update(hasNested=False), "Quotation 0 says “hasNested: false”, which its place does not show."),
    ],
)
def test_what_contradicts_itself_is_said(damage: Callable[[Any], None], said: str) -> None:
    data = page()
    damage(data["annotations"][0])
    draft = read(data)
    assert len(draft.claims) == 4
    assert any(said in note for note in draft.article.import_notes)


@pytest.mark.parametrize(
    ("damage", "reason", "claims"),
    [
        (lambda q: q["quote"]["tokenIds"].append(999), "its quote has words that the text does not have", 3),
        (lambda q: q.pop("quote"), "it has no words", 3),
        (lambda q: q.update(quote=7), "its quote is no object", 3),
        (lambda q: q["speaker"]["tokenIds"].append(999), "its speaker has words that the text does not have", 4),
    ],
)
def test_what_cannot_be_placed_is_kept_with_the_reason(damage: Callable[[Any], None], reason: str, claims: int) -> None:
    data = page()
    damage(data["annotations"][0])
    draft = read(data)
    assert [held.reason for held in draft.quarantined] == [reason]
    assert draft.quarantined[0].place == "a.json, quotation 0"
    assert len(draft.claims) == claims


def test_a_file_without_words_is_read_by_its_characters() -> None:
    data = page()
    del data["tokens"]
    for quotation in data["annotations"]:
        for part in ("quote", "speaker", "cue", "frame", "addressee"):
            del quotation[part]["tokenIds"]
            for span in quotation[part]["spans"]:
                del span["begin"], span["end"]
    draft = read(data)
    assert sorted(words(claim) for claim in draft.claims) == sorted(words(claim) for claim in read(page()).claims)


@pytest.mark.parametrize(
    "data", [{}, [], 7, {"originalText": 3}, {"originalText": "  "}, {"originalText": "a", "annotations": 1}]
)
def test_anything_else_is_refused_in_a_sentence(data: Any) -> None:
    with pytest.raises(ImportFailed, match=r"^a\.json (has no|holds no)"):
        read(data)


def test_lines_are_articles_and_the_registry_knows_the_files() -> None:
    lines = dumps(page()) * 2
    assert len(list(gnqa.FORMAT.read(io.BytesIO(lines), Reading("a.jsonl", "Zoe")))) == 2  # type: ignore[misc]
    for name in ("a.json", "a.jsonl"):
        assert registry.for_import(name, lines[:4096]) is gnqa.FORMAT
    assert registry.for_import("a.jsonl", b'{"id": "x", "text": "y"}') is not gnqa.FORMAT


def test_places_in_notes_are_left_out_where_they_no_longer_fit() -> None:
    document = read(page()).document
    fix = Correction(
        id="k", article_id=document.article.id, annotator="Zoe", spans=(anchor(TEXT, 0, 4),), replacement="A"
    )
    (found,), writing = written(replace(document, corrections=(fix,)), view="corrected")
    assert found["annotations"][0]["frame"] == role()
    assert found["annotations"][0]["quote"]["text"] == "„Er rief ‚Halt!‘ und ging“"
    assert any("“„Er rief ‚Halt!‘ und ging“” are not there: frame = 0–29" in loss for loss in writing.losses)


def test_what_is_no_quotation_is_not_written() -> None:
    document, speaker = full_document()
    told = tuple(replace(claim, form="narration") for claim in document.claims)
    assert written(replace(document, claims=told, speakers=(speaker,)))[0][0]["annotations"] == []


def covered(text: str, claim: Claim) -> tuple[object, ...]:
    """What a claim says here: its characters that are in words, its form."""
    inside = {n for start, end in tokens(text) for n in range(start, end)}
    form = "indirect" if claim.form == "mixed" else claim.form
    return sorted({n for s in claim.spans for n in range(s.start, s.end)} & inside), form


@given(contents())
def test_every_quotation_comes_back(content: Content) -> None:
    sink = MemorySink()
    gnqa.FORMAT.write_files(content, sink, Writing())  # type: ignore[misc]
    with_text = [document for document in content.items if document.source.text.strip()]
    for document, (name, data) in zip(with_text, sorted(sink.files.items()), strict=True):
        (draft,) = gnqa.FORMAT.read(io.BytesIO(data), Reading(name, "Zoe", "9", ANY))  # type: ignore[misc]
        text = document.source.text
        assert draft.source.text == text
        told = [covered(text, c) for c in document.claims if c.form != "narration"]
        assert sorted(map(repr, (covered(text, c) for c in draft.claims))) == sorted(repr(t) for t in told if t[0])
        assert not [n for n in draft.article.import_notes if "spans" in n or "quotes" in n]


@pytest.mark.parametrize("spans", [True, 3, "x", {}, [True], [{"begin": [], "end": {}}], None])
def test_places_of_a_role_that_are_none_are_said(spans: Any) -> None:
    data = page()
    data["annotations"][0]["speaker"]["spans"] = spans
    data["sentences"] = spans
    data["annotations"][0]["type"] = [spans]
    draft = read(data)
    assert len(draft.claims) == len(read(page()).claims)
    assert any("of the speaker of quotation 0" in note for note in draft.article.import_notes)


def test_an_article_without_text_is_not_written_and_that_is_told() -> None:
    document = replace(full_document()[0], mentions=(), claims=(), corrections=())
    empty = replace(document, source=replace(document.source, text=" \n"))
    files, writing = written(empty, document)
    assert [file["originalText"] for file in files] == [document.source.text]
    assert writing.losses[0] == "The article “Title” has no text, without which it cannot be written."

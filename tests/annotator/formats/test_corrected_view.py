"""Exports of the corrected text: what it reads, where places go, and what is reported as lost."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import replace

import pytest
from article_samples import TIME, Content, contents, full_document, source
from hypothesis import given

from annotator.errors import ExportFailed, ImportFailed
from annotator.formats import jsonl
from annotator.formats.article_check import spans_of
from annotator.formats.base import Reading, Writing
from annotator.model import Article, Claim, Correction, Document, Mention, Segment
from annotator.text.anchors import anchor

TEXT = "Say Twould be.\n\nhttp://x\n\nEnd"
COMMON = {"article_id": "a", "annotator": "B", "created": TIME, "updated": TIME}


def correction(id_: str, start: int, end: int, replacement: str | None, **fields: str) -> Correction:
    return Correction(id=id_, spans=(anchor(TEXT, start, end),), replacement=replacement, **COMMON, **fields)


def document() -> Document:
    claims = (
        Claim(id="c1", spans=(anchor(TEXT, 4, 13),), **COMMON),
        Claim(id="c2", spans=(anchor(TEXT, 18, 22), anchor(TEXT, 26, 29)), **COMMON),
    )
    mentions = (Mention(id="m1", spans=(anchor(TEXT, 16, 24),), **COMMON),)
    fixes = (
        correction("k1", 4, 10, "I would"),
        correction("k2", 16, 26, None),
        correction("k3", 29, 29, "."),
        correction("k4", 0, 3, "SAY", status="rejected"),
        correction("k5", 11, 13, "BE", kind="regularisation"),
    )
    segments = (Segment("body", 0, 14), Segment("url", 16, 24), Segment("body", 26, 29))
    return Document(Article("a", "T", segments=segments), source("a", TEXT), mentions, claims, fixes)


def exported(content: Content, view: str = "corrected") -> tuple[list[dict[str, object]], Writing]:
    stream, writing = io.BytesIO(), Writing(view)
    jsonl.write(content, stream, writing)
    return [json.loads(line) for line in stream.getvalue().split(b"\n")[:-1]], writing


def quotes(items: object) -> dict[str, list[str]]:
    return {item["id"]: [span["exact"] for span in item["spans"]] for item in items}  # type: ignore[attr-defined]


def test_text_and_places_are_those_of_the_corrected_text() -> None:
    (line,), _ = exported(Content([document()]))
    assert line["text"] == "Say I would be.\n\nEnd."
    assert line["text_sha256"] == hashlib.sha256(b"Say I would be.\n\nEnd.").hexdigest()
    assert quotes(line["claims"]) == {"c1": ["I would be"], "c2": ["End"]}
    assert quotes(line["mentions"]) == {"m1": []}
    assert quotes(line["corrections"]) == {"k1": ["I would"], "k2": [""], "k3": ["."], "k4": ["Say"], "k5": ["be"]}
    assert [(s["kind"], s["exact"]) for s in line["segments"]] == [("body", "Say I would be."), ("body", "End")]  # type: ignore[attr-defined]


def test_places_inside_a_deletion_are_reported() -> None:
    _, writing = exported(Content([document()]))
    lost = [loss for loss in writing.losses if "corrected text" in loss]
    assert lost == [
        "“T”: the url segment at 16–24 is not in the corrected text.",
        "“T”: the place “http://x” of a mention at 16–24 is not in the corrected text.",
        "“T”: the place “tp:/” of a claim at 18–22 is not in the corrected text.",
    ]


def test_a_replacement_across_two_segments_belongs_to_the_first() -> None:
    fix = correction("k1", 12, 18, "/")
    doc = replace(document(), corrections=(fix,), mentions=(), claims=())
    (line,), _ = exported(Content([doc]))
    assert [segment["exact"] for segment in line["segments"]] == ["Say Twould b/", "tp://x", "End"]  # type: ignore[attr-defined]


def test_such_a_file_is_not_imported_again() -> None:
    stream = io.BytesIO()
    jsonl.write(Content([document()]), stream, Writing("corrected"))
    stream.seek(0)
    with pytest.raises(ImportFailed, match=r"^x\.jsonl, line 1 holds the corrected text"):
        list(jsonl.read(stream, Reading("x.jsonl", "B")))


def test_overlapping_corrections_are_refused_in_both_views() -> None:
    doc = replace(document(), corrections=(correction("k1", 0, 5, "x"), correction("k2", 4, 6, "y")))
    for view in ("source", "corrected"):
        with pytest.raises(ExportFailed, match=r"“T” cannot be exported: Two corrections overlap"):
            exported(Content([doc]), view)


def test_without_applied_corrections_both_views_are_the_same() -> None:
    doc, speaker = full_document()
    doc = replace(doc, corrections=(replace(doc.corrections[0], status="rejected"),))
    (corrected,), _ = exported(Content([doc], [speaker]))
    (source,), _ = exported(Content([doc], [speaker]), "source")
    assert [span for _, span in spans_of(corrected)] == [
        {**span, "corrected_start": None, "corrected_end": None} for _, span in spans_of(source)
    ]
    assert (corrected["text"], corrected["view"], corrected["corrected_text"]) == (source["text"], "corrected", None)


@given(contents())
def test_any_content_has_a_corrected_view_in_which_every_place_quotes_its_text(content: Content) -> None:
    lines, writing = exported(content)  # the writer checks every place; here: the text is right, and nothing vanishes
    for line, doc in zip(lines, content.items, strict=True):
        text = doc.source.text
        applied = [c for c in doc.corrections if c.kind == "transcription" and c.status != "rejected"]
        places = [(span.start, span.end, fix.replacement or "") for fix in applied for span in fix.spans]
        for start, end, replacement in sorted(places, reverse=True):
            text = text[:start] + replacement + text[end:]
        assert line["text"] == text
    counts = (writing.claims, writing.mentions, writing.corrections)
    assert counts == tuple(
        sum(len(getattr(d, n)) for d in content.items) for n in ("claims", "mentions", "corrections")
    )

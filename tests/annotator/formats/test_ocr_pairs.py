"""OCR output beside its ground truth: the corrected text is the ground truth, in every layout and both ways."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from article_samples import Content, contents
from foreign_samples import ANY, MemorySink
from hypothesis import given

from annotator.errors import ImportFailed
from annotator.formats import ocr_pairs, registry
from annotator.formats.base import Draft, Reading, Writing
from annotator.formats.foreign_json import dumps
from annotator.text.corrected import PieceMap, replacements

ICDAR = """[OCR_toInput] Tbe c@t sat on on a mat.
[OCR_aligned] Tbe c@t sat@ on on a mat.
[ GS_aligned] The c@t sate on@@@ # mat.
"""


def read(data: bytes, name: str = "a.txt", **beside: bytes) -> list[Draft]:
    files = {key.replace("_", "."): value for key, value in beside.items()}
    return list(ocr_pairs.FORMAT.read(io.BytesIO(data), Reading(name, "Zoe", "9", beside=files.get)))  # type: ignore[misc]


def corrected(draft: Draft) -> str:
    return PieceMap(draft.source.text, replacements(draft.corrections)).text


def test_icdars_three_lines_are_an_article_with_corrections() -> None:
    (draft,) = read(ICDAR.encode())
    assert draft.source.text == "Tbe c@t sat on on a mat."
    assert corrected(draft) == "The c@t sate on a mat."
    told = [(c.spans[0].exact, c.replacement, c.cause) for c in draft.corrections]
    assert told == [("Tbe", "The", "ocr"), ("sat on", "sate", "ocr")]
    assert any("leaves 1 character open" in note for note in draft.article.import_notes)
    assert registry.for_import("a.txt", ICDAR.encode()) is ocr_pairs.FORMAT


@pytest.mark.parametrize(
    "row",
    [
        {"source": "tbe", "corrected": "the"},
        {"ocr": "tbe", "gt": "the"},
        {"document_metadata": {"date": "1895", "language": "en", "publication_title": "Herald", "cer": 0.5},
         "ground_truth": {"transcription_unit": "the"}, "ocr_hypothesis": {"transcription_unit": "tbe"}},
    ],
)  # fmt: skip
def test_objects_with_two_texts_are_articles(row: dict[str, object]) -> None:
    drafts = read(dumps(row) * 2, "a.jsonl")
    assert [(d.source.text, corrected(d)) for d in drafts] == [("tbe", "the")] * 2
    assert registry.for_import("a.jsonl", dumps(row)) is ocr_pairs.FORMAT
    if "document_metadata" in row:
        article = drafts[0].article
        assert (article.published, article.language, article.outlet) == ("1895", "en", "Herald")


def test_files_beside_each_other_are_a_pair() -> None:
    for name in ("p1.ocr.txt", "p1.txt"):
        (draft,) = read(b"tbe \r\nend", name, p1_gt_txt=b"the\r\nend")
        assert corrected(draft) == "the\nend"


def test_a_ground_truth_that_is_missing_is_said() -> None:
    row = {"ocr_hypothesis": {"transcription_unit": "tbe"}, "ground_truth": {"transcription_unit": "None"}}
    (draft,) = read(dumps(row), "a.jsonl")
    assert [held.reason for held in draft.quarantined] == ["the text under “ground_truth” is missing"]


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"no pair", "a.txt", "a.txt has no a.gt.txt beside it"),
        (b"{}", "a.json", "a.json has none of these pairs"),
        (b'{"ocr": 1, "gt": ""}', "a.json", "a.json has no text under “ocr”"),
        (b"[OCR_toInput] a\n", "a.txt", "a.txt has no line [OCR_aligned]"),
        (b"[OCR_toInput] a\nmore\n", "a.txt", "a.txt has a line that begins with none of"),
        (b" \n", "a.txt", "a.txt is empty"),
    ],
)
def test_anything_else_is_refused_in_a_sentence(data: bytes, name: str, said: str) -> None:
    with pytest.raises(ImportFailed) as error:
        read(data, name)
    assert str(error.value).startswith(said)


@given(contents())
def test_what_is_written_comes_back(content: Content) -> None:
    sink = MemorySink()
    ocr_pairs.FORMAT.write_files(content, sink, Writing())  # type: ignore[misc]
    rows = [json.loads(line) for line in sink.files["pairs.jsonl"].splitlines()]
    drafts = ocr_pairs.FORMAT.read_back(  # type: ignore[misc]
        io.BytesIO(sink.files["pairs.jsonl"]), Reading("pairs.jsonl", "Zoe", "9", ANY)
    )
    for document, row, draft in zip(content.items, rows, drafts, strict=True):
        pieces = PieceMap(document.source.text, replacements(document.corrections))
        assert (row["source"], row["corrected"]) == (pieces.source, pieces.text)
        assert (draft.source.text, corrected(draft)) == (pieces.source, pieces.text)
        told = {(c.spans, c.replacement or "", c.cause) for c in document.corrections if c.applied and c.spans}
        assert {(c.spans, c.replacement or "", c.cause) for c in draft.corrections if c.spans} == told


@given(contents())
def test_the_aligned_lines_are_as_long_as_each_other(content: Content) -> None:
    sink = MemorySink()
    ocr_pairs.FORMAT.write_files(content, sink, Writing())  # type: ignore[misc]
    for name, data in sink.files.items():
        if name.endswith(".txt"):
            source, ocr, truth = data.decode().removesuffix("\n").split("\n")
            assert len(ocr) == len(truth)
            assert source.startswith("[OCR_toInput] ")


@pytest.mark.parametrize("place", [[10**400, 2], [0.5, 2], [None, 1], [-1, 2], ["0", 1], [0], 3, [0, 10**40]])
def test_places_of_corrections_that_are_none_are_found_out_anew(place: Any) -> None:
    odd: list[Any] = [{"places": [[0, 3]], "replacement": value, "cause": "ocr"} for value in ({"a": 1}, [1], True)]
    told = [{"places": [place], "replacement": "The", "cause": "ocr"}, *odd]
    (draft,) = read(json.dumps({"ocr": "Tbe mat.", "gt": "The mat.", "corrections": told}).encode(), "a.jsonl")
    assert corrected(draft) == "The mat."

"""A line read back straight to bytes says what reading it as an import does, and hides nothing that is not so."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest
from article_samples import Content, contents, full_document
from hypothesis import given

from annotator.errors import ExportFailed, ImportFailed
from annotator.formats import jsonl
from annotator.formats.article_back import article_back
from annotator.formats.article_bytes import article_of, compared
from annotator.formats.base import Reading, Source, Writing
from annotator.formats.corrected_view import corrected_view
from annotator.model import Quarantined
from annotator.services.exporting import export

READING = Reading("out.jsonl", "")
HELD = Quarantined("q1", "", "why", "L", "é", "[1,", "p", "2026")


def lines_of(content: Content, view: str = "source") -> list[bytes]:
    people = {speaker.id: speaker for speaker in content.people}
    return [jsonl.line_of(document, people, view) for document in content.items]


def agree(lines: list[bytes]) -> None:
    """Both ways of reading say the same."""
    for line in lines:
        (draft,) = jsonl.read_back(io.BytesIO(line), READING)
        assert article_back(line) == (draft.article.id, compared(draft.document, draft.speakers))


@given(contents())
def test_the_bytes_are_those_of_what_an_import_reads(content: Content) -> None:
    agree(lines_of(content))


def test_so_they_are_of_every_field_and_of_the_corrected_text() -> None:
    document, speaker = full_document()
    held = replace(document, quarantined=(replace(HELD, article_id=document.article.id),))
    agree(lines_of(Content([held], [speaker])))
    agree(lines_of(Content([corrected_view(document)[0]], [speaker]), "corrected"))


def test_what_another_tool_or_an_older_version_wrote_is_looked_at_as_an_import_does() -> None:
    document, speaker = full_document()
    (line,) = lines_of(Content([document], [speaker]))
    assert article_back(line.replace(b'"schema_version":2', b'"schema_version":1')) is None
    assert article_back(line.replace(b'"guideline"', b'"guidance"')) is None
    assert article_back(line[:-10]) is None
    with pytest.raises(ImportFailed, match=r"out\.jsonl, line 2 is not valid JSON"):
        list(jsonl.compare_back(io.BytesIO(line + line[:-10]), READING))
    spaced = line.replace(b'","', b'" , "')
    assert [article_of(told).article for _, told in jsonl.compare_back(io.BytesIO(spaced), READING)] == [
        replace(document.article, position=0)
    ]


@pytest.mark.parametrize(
    ("there", "wrong", "told"),
    [
        (b'"certainty":"low"', b'"certainty":null', "Not carried: the certainty of"),
        (b'"start":', b'"start" :', None),
        (b'"wikidata":"Q', b'"wikidata":"Q1', "Changed: the Wikidata id of"),
        (b'"language":"', b'"language":"x-', "Changed: the language of"),
    ],
)
def test_a_fact_that_is_another_in_the_file_is_told(
    tmp_path: Path, there: bytes, wrong: bytes, told: str | None
) -> None:
    document, speaker = full_document()

    def write(source: Source, stream: BinaryIO, writing: Writing) -> None:
        held = io.BytesIO()
        jsonl.write(source, held, writing)
        assert there in held.getvalue()
        stream.write(held.getvalue().replace(there, wrong))

    result = export(Content([document], [speaker]), tmp_path / "out.jsonl", replace(jsonl.FORMAT, write=write))
    assert [bool(told and loss.startswith(told)) for loss in result.losses] == ([True] if told else [])


@pytest.mark.parametrize("what", ["hash", "twice", "number"])
def test_what_would_be_refused_when_it_is_imported_is_looked_at(what: str) -> None:
    document, speaker = full_document()
    (line,) = lines_of(Content([document], [speaker]))
    told = json.loads(line)
    if what == "hash":
        told["text_sha256"] = "0" * 64
    elif what == "twice":
        told["mentions"] *= 2
    else:
        told["claims"][0]["spans"][0]["start"] = 10**30
    wrong = json.dumps(told).encode()
    assert article_back(wrong) is None
    with pytest.raises(ImportFailed, match=r"out\.jsonl, line 1"):
        list(jsonl.compare_back(io.BytesIO(wrong), READING))


def test_what_cannot_be_read_again_is_not_written(tmp_path: Path) -> None:
    document, speaker = full_document()

    def write(source: Source, stream: BinaryIO, writing: Writing) -> None:
        jsonl.write(source, stream, writing)
        stream.write(b"{}\n")

    with pytest.raises(ExportFailed, match=r"out\.jsonl, line 2: "):
        export(Content([document], [speaker]), tmp_path / "out.jsonl", replace(jsonl.FORMAT, write=write))
    assert list(tmp_path.iterdir()) == []

"""JSON Lines, schema version 2: one article a line, with its text, speakers and annotations. Version 1 is read, too.

The same content always gives the same bytes: keys in the schema's order, UTF-8 without escapes beyond JSON's own,
no spaces, a line feed after every line, articles in list order, annotations as the text runs, speakers by name.
Every line is checked against the published schema, and every place against the text, when written and when read.
The schema leaves the labels (form, cause …) open, since they are the project's; the reader knows the vocabularies.

Every place stands there twice: over the source text and over the corrected text. In an export of the corrected text
alone (``view``) the places of applied transcription corrections cover their replacements, so that the corrections can
still be seen but not be applied again; such a file is not imported, since it has lost the source text.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, BinaryIO

from annotator.errors import ExportFailed, ImportFailed, InvalidEdit
from annotator.formats.article_check import find_problem
from annotator.formats.article_json import decode, encode
from annotator.formats.article_v1 import UNTOLD, as_version_2
from annotator.formats.base import Draft, Format, Reading, Source, Writing
from annotator.formats.strict_json import find_uncarriable, parse
from annotator.formats.writing import documents
from annotator.model import Document, Record, Speaker
from annotator.rules import value_problems
from annotator.text.corrected import PieceMap, replacements
from annotator.text.normalise import normalise
from annotator.vocabulary import Vocabulary


def write(source: Source, stream: BinaryIO, writing: Writing) -> None:
    """Write every article of ``source``, checked."""
    stream.writelines(line_of(document, speakers, writing.view) for document, speakers in documents(source, writing))


def line_of(document: Document, speakers: dict[str, Speaker], view: str = "source") -> bytes:
    """The line of one article, line feed included.

    Raises:
        ExportFailed: the line would not be right; the sentence names the article and the place.
    """
    data = encode(document, speakers, view)
    problem = find_problem(data)
    if problem is None and (where := find_uncarriable(data)):
        problem = f"{where} has a NUL or half a surrogate pair"
    if problem:
        raise ExportFailed(f"The article “{document.article.title[:60]}” cannot be exported: {problem}.")
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def read(stream: BinaryIO, reading: Reading) -> list[Draft]:
    """Every line's article, or none: one wrong line refuses the file. Lines without anything are skipped."""
    return _read(stream, reading)


def read_back(stream: BinaryIO, reading: Reading) -> list[Draft]:
    """The same for what was just written: it may be over the corrected text, which is not imported again."""
    return _read(stream, reading, back=True)


def _read(stream: BinaryIO, reading: Reading, *, back: bool = False) -> list[Draft]:
    together = _Together(reading.name)
    drafts: list[Draft] = []
    for number, line in enumerate(stream, start=1):
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")  # noqa: PLW2901 -- some editors put a byte order mark there
        if not line.strip():
            continue
        place = f"{reading.name}, line {number}"
        data = _checked(line, place, back=back)
        together.add(data, number)
        drafts.append(decode(data, place) if back else _draft(data, reading, place))
    if not drafts:
        raise ImportFailed(f"{reading.name} holds no article.")
    return drafts


def _checked(line: bytes, place: str, *, back: bool) -> Any:
    try:
        data = parse(line)
    except ValueError as error:
        raise ImportFailed(f"{place} {error}.") from error
    problem = find_problem(data)
    if problem:
        raise ImportFailed(f"{place}: {problem}.")
    if not back and normalise(data["text"])[1]:  # a replacement may bring one into the corrected text
        raise ImportFailed(f"{place}: the text holds a carriage return or a byte order mark, which would move offsets.")
    return data


def _draft(data: dict[str, Any], reading: Reading, place: str) -> Draft:
    old = data["schema_version"] == 1
    draft = decode(as_version_2(data, reading) if old else data, place)
    if old:
        draft = replace(draft, untold=UNTOLD)
    _check_values(draft, reading.vocabulary)
    if data.get("view") == "corrected" or (old and _is_over_corrected(draft)):
        raise ImportFailed(f"{place} holds the corrected text; export the source text to import it again.")
    try:
        changes = replacements(draft.corrections)
    except InvalidEdit as error:
        raise ImportFailed(f"{place}: {error}") from error
    if not old and PieceMap(data["text"], changes).text != data["corrected_text"]:
        raise ImportFailed(f"{place}: corrected_text is not what the transcription corrections make of the text.")
    return draft


def _is_over_corrected(draft: Draft) -> bool:
    """Whether a line of version 1 was an export of the corrected text: its corrections quote what they put there."""
    applied = [correction for correction in draft.corrections if correction.applied and correction.spans]
    return bool(applied) and all(span.exact == (c.replacement or "") for c in applied for span in c.spans)


def _check_values(draft: Draft, vocabulary: Vocabulary) -> None:
    """What the schema leaves open: labels are those of the vocabularies, dates are days that exist."""
    named: list[tuple[str, Record]] = [("", draft.article)]
    for kind in ("speakers", "mentions", "claims", "corrections"):
        named += [(f"{kind}[{index}].", record) for index, record in enumerate(getattr(draft, kind))]
    for prefix, record in named:
        for problem in value_problems(record, vocabulary):
            raise ImportFailed(f"{draft.place}: {prefix}{problem.place}: {problem.message}")


class _Together:
    """What must agree between the lines of one file: ids are used once, a speaker is the same everywhere."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._ids: dict[tuple[str, str], int] = {}
        self._speakers: dict[str, tuple[int, dict[str, Any]]] = {}

    def add(self, data: dict[str, Any], number: int) -> None:
        """Raise ``ImportFailed`` when line ``number`` contradicts an earlier one."""
        self._claim_id("article", data["id"], number)
        for kind in ("mentions", "claims", "corrections"):
            for item in data[kind]:
                self._claim_id(kind.removesuffix("s"), item["id"], number)
        for speaker in data["speakers"]:
            line, known = self._speakers.setdefault(speaker["id"], (number, speaker))
            if known != speaker:
                raise ImportFailed(
                    f"{self._name}: the speaker {speaker['id']!r} in line {number} is not the same as in line {line}."
                )

    def _claim_id(self, kind: str, id_: str, number: int) -> None:
        line = self._ids.setdefault((kind, id_), number)
        if line != number:
            raise ImportFailed(f"{self._name}, line {number}: the {kind} id {id_!r} is already used in line {line}.")


FORMAT = Format("jsonl", "JSON Lines", (".jsonl", ".ndjson"), read=read, write=write, read_back=read_back)

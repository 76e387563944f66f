"""The data of articles, one a line or a row, checked: the same for every format that carries all of an article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from annotator.errors import ExportFailed, ImportFailed, InvalidEdit
from annotator.formats.article_check import find_problem
from annotator.formats.article_json import decode, encode
from annotator.formats.article_v1 import UNTOLD, as_version_2
from annotator.formats.base import Draft, Reading
from annotator.formats.strict_json import json_line
from annotator.model import Document, Record, Speaker
from annotator.rules import ValueCheck
from annotator.seen import Seen
from annotator.text.corrected import PieceMap, replacements
from annotator.text.normalise import normalise


def article_data(document: Document, speakers: Mapping[str, Speaker], view: str = "source") -> dict[str, Any]:
    """The JSON data of one article, ``view`` saying over which text it is.

    Raises:
        ExportFailed: it would not be right; the sentence names the article and the place.
    """
    return _checked(document, speakers, view)[0]


def article_line(document: Document, speakers: Mapping[str, Speaker], view: str = "source") -> bytes:
    """The same as JSON text, without a line end. Raises like :func:`article_data`."""
    return _checked(document, speakers, view)[1]


def _checked(document: Document, speakers: Mapping[str, Speaker], view: str) -> tuple[dict[str, Any], bytes]:
    data = encode(document, speakers, view)
    problem = find_problem(data)
    if problem is None:
        try:
            return data, json_line(data)
        except ValueError as error:
            problem = str(error)
    raise ExportFailed(f"The article “{document.article.title[:60]}” cannot be exported: {problem}.")


Again = Callable[[], Iterable[tuple[int, Any]]]
"""Reads a file from its beginning: each line's number and data."""


class Lines:
    """The articles of one file, each in a line or row that a person counts from 1."""

    def __init__(self, reading: Reading, noun: str = "line") -> None:
        """``noun`` is what an article has in such a file, for sentences."""
        self._reading, self._noun = reading, noun
        self._together = _Together(reading.name, noun)
        self._values = ValueCheck(reading.vocabulary)

    def draft(self, data: Any, number: int, *, back: bool = False, fits: bool = False) -> Draft:
        """The draft that the data of line ``number`` describes.

        ``back`` is for what was just written: it may be over the corrected text, which is not imported again.
        ``fits``: the data are known to fit their schema.

        Raises:
            ImportFailed: the data are wrong, by themselves or beside the lines before.
        """
        place = f"{self._reading.name}, {self._noun} {number}"
        problem = find_problem(data, fits=fits)
        if problem:
            raise ImportFailed(f"{place}: {problem}.")
        if not back and normalise(data["text"])[1]:  # a replacement may bring one into the corrected text
            raise ImportFailed(
                f"{place}: the text holds a carriage return or a byte order mark, which would move offsets."
            )
        self._together.add(data, number)
        return decode(data, place) if back else _draft(data, self._reading, place, self._values)

    def finish(self, again: Again) -> None:
        """Every line was read, and can be read ``again``. Raises ``ImportFailed``: two of them use the same id."""
        self._together.check_ids(again)


def _draft(data: dict[str, Any], reading: Reading, place: str, values: ValueCheck) -> Draft:
    old = data["schema_version"] == 1
    draft = decode(as_version_2(data, reading) if old else data, place)
    if old:
        draft = replace(draft, untold=UNTOLD)
    _check_values(draft, values)
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


def _check_values(draft: Draft, values: ValueCheck) -> None:
    """What the schema leaves open: labels are those of the vocabularies, dates are days that exist."""
    named: tuple[tuple[str, Sequence[Record]], ...] = (
        ("", (draft.article,)),
        ("speakers", draft.speakers),
        ("mentions", draft.mentions),
        ("claims", draft.claims),
        ("corrections", draft.corrections),
    )
    for kind, records in named:
        for index, problem in values.problems(records):
            where = f"{kind}[{index}]." if kind else ""
            raise ImportFailed(f"{draft.place}: {where}{problem.place}: {problem.message}")


class _Together:
    """What must agree between the lines of one file: ids are used once, a speaker is the same everywhere."""

    def __init__(self, name: str, noun: str) -> None:
        self._name, self._noun = name, noun
        self._seen = Seen()
        self._speakers: dict[str, tuple[int, dict[str, Any]]] = {}

    def add(self, data: dict[str, Any], number: int) -> None:
        """Raise ``ImportFailed`` when line ``number`` has another speaker than an earlier one under the same id."""
        self._seen.add(_keys(data))
        for speaker in data["speakers"]:
            line, known = self._speakers.setdefault(speaker["id"], (number, speaker))
            if known != speaker:
                raise ImportFailed(
                    f"{self._name}: the speaker {speaker['id']!r} in {self._noun} {number} is not the same as in "
                    f"{self._noun} {line}."
                )

    def check_ids(self, again: Again) -> None:
        """Raise ``ImportFailed`` when a line uses an id of an earlier one. Only if one may is anything read again."""
        twice = self._seen.twice()
        if not twice:
            return
        found: dict[tuple[str, str], int] = {}
        for number, data in again():
            for kind, id_ in _keys(data):
                if hash((kind, id_)) in twice and (line := found.setdefault((kind, id_), number)) != number:
                    raise ImportFailed(
                        f"{self._name}, {self._noun} {number}: the {kind} id {id_!r} is already used in "
                        f"{self._noun} {line}."
                    )


def _keys(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(kind, id) of the article and of its annotations."""
    yield "article", data["id"]
    for kind, name in (("mention", "mentions"), ("claim", "claims"), ("correction", "corrections")):
        for item in data[name]:
            yield kind, item["id"]

"""Lines of JSON of other programs: one object a line, its keys being the columns."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from annotator.errors import ImportFailed
from annotator.formats.base import Format
from annotator.formats.drafting import reader
from annotator.formats.found import Asked, Found
from annotator.formats.tables.columns import Row, articles, propose
from annotator.text.decode import decode
from annotator.text.wording import shorten


def extract(data: bytes, asked: Asked) -> list[Found]:
    """An article for each line. Raises ``ImportFailed`` like :func:`.columns.articles`, or for another kind of line."""
    decoded = decode(data, asked.name, asked.encoding)
    objects: list[tuple[str, dict[str, str]]] = []
    headers: dict[str, None] = {}
    for number, line in enumerate(decoded.text.removeprefix("\ufeff").split("\n"), start=1):
        if line.strip():
            cells = _cells(line, f"{asked.name}, line {number}")
            headers.update(dict.fromkeys(cells))
            objects.append((f"line {number}", cells))
    names = list(headers)
    rows: list[Row] = [(place, [cells.get(name, "") for name in names]) for place, cells in objects]
    found = articles(names, rows, asked)
    return [replace(each, notes=(*each.notes, *decoded.notes), encoding=decoded.encoding) for each in found]


_OF_WORDS = frozenset(("tokens", "words"))
"""Keys of lists that are the words of a text."""


def _cells(line: str, place: str) -> dict[str, str]:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise ImportFailed(f"{place}: it is not valid JSON ({error.msg}, column {error.colno}).") from None
    except (RecursionError, ValueError):
        raise ImportFailed(f"{place}: it is nested too deeply, or holds a number that is too large.") from None
    if not isinstance(value, dict):
        raise ImportFailed(f"{place}: it is no object with named values ({shorten(line)}).")
    return {key: _cell(inner, " " if key.casefold() in _OF_WORDS else ", ") for key, inner in value.items()}


def _cell(value: Any, between: str) -> str:
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return between.join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def is_table(head: bytes) -> bool:
    """Whether the first line is an object that is no article of this program's own export and has text in it."""
    line = head.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)[0]
    if not line.startswith(b"{") or b'"schema_version"' in line:
        return False
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):  # longer than what was looked at: its keys tell
        return b'"text"' in line or b'"content"' in line or b'"body"' in line
    cells = {key: inner for key, inner in value.items() if isinstance(inner, str) and inner.strip()}
    return "text" in propose(list(cells), [list(cells.values())])


FORMAT = Format(
    name="jsonl_table",
    title="Table (lines of JSON)",
    extensions=(".jsonl", ".ndjson"),
    read=reader(extract),
    offset_unit="none",
    sniff=is_table,
)

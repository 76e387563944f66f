"""JSON that other programs wrote: any number is taken, what cannot be stored is replaced, the rest is strict."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, TypeGuard

from annotator.errors import ImportFailed
from annotator.formats.standoff.graph import Attributes
from annotator.formats.strict_json import parse_foreign
from annotator.text.storable import storable
from annotator.text.wording import shorten


def load(data: bytes, place: str) -> Any:
    """The value of a file or a line. ``place`` begins the sentence of the ``ImportFailed`` that it may raise."""
    try:
        value = parse_foreign(data.removeprefix(b"\xef\xbb\xbf"))
        return storable(value) if b"\\u" in data else value
    except ValueError as error:
        raise ImportFailed(f"{place} {error}.") from error
    except RecursionError:
        raise ImportFailed(f"{place} is nested too deeply.") from None


def rows(data: bytes, name: str) -> Iterator[tuple[Any, str]]:
    """The values of JSON Lines, or of one list, each with its place for people. Raises like :func:`load`."""
    if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"["):
        value = load(data, name)
        yield from ((row, f"{name}, entry {number}") for number, row in enumerate(value, start=1))
        return
    for number, line in enumerate(data.splitlines(), start=1):
        if line.strip():
            place = f"{name}, line {number}"
            yield load(line, place), place


def raw(value: Any) -> str:
    """A piece of a file as it is kept when it could not be understood."""
    return json.dumps(value, ensure_ascii=False)


def is_offset(value: Any) -> TypeGuard[int]:
    """Whether a value can be a place in a text."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 53


def listed(value: Any) -> list[Any]:
    """A list, or nothing."""
    return value if isinstance(value, list) else []


def scalar(value: Any) -> str:
    """A value as an attribute has it."""
    return value if isinstance(value, str) else raw(value)


def pairs(value: Any) -> Attributes:
    """Attributes that were written as pairs. Raises ``ValueError``: they are none."""
    if not isinstance(value, list):
        raise ValueError("its attributes are no list of pairs")
    found = []
    for pair in value:
        if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair)):
            raise ValueError(f"“{shorten(raw(pair), 30)}” is no name with a value")
        found.append((pair[0], pair[1]))
    return tuple(found)


def as_pairs(attributes: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Attributes as pairs, see :func:`pairs`."""
    return [list(pair) for pair in attributes]


def dumps(value: Any, *, indent: int | None = None) -> bytes:
    """The bytes of a value, UTF-8 without escapes beyond JSON's own."""
    separators = (",", ": " if indent else ":")
    return (json.dumps(value, ensure_ascii=False, separators=separators, indent=indent) + "\n").encode()

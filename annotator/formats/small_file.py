"""Small JSON files that people look into, too: schemes, mappings, what a release is to be.

The same data always gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from annotator.errors import ImportFailed
from annotator.files import reason_of
from annotator.formats.published import find_mismatch
from annotator.formats.strict_json import parse

T = TypeVar("T")
_MOST = 10_000_000
"""Bytes: more is nothing that a person has written."""


def bytes_of(data: Any) -> bytes:
    """The bytes of such a file."""
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def read(path: Path, make: Callable[[bytes], T], refusal: str) -> T:
    """What ``make`` makes of a file's bytes. ``refusal`` says what the file is not: "is no scheme that can be used".

    Raises:
        ImportFailed: it cannot be read, or ``make`` raises ``ValueError`` with a clause that says what is wrong.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST + 1)
    except (OSError, ValueError) as error:
        raise ImportFailed(f"{path} cannot be read: {reason_of(error)}.") from error
    return made(data, path.name, make, refusal)


def made(data: bytes, name: str, make: Callable[[bytes], T], refusal: str) -> T:
    """The same of the bytes of a file of that name. Raises like :func:`read`."""
    try:
        return make(data)
    except ValueError as error:
        raise ImportFailed(f"{name} {refusal}: {error}.") from error


def data_of(data: bytes, schema: str) -> Any:
    """The JSON data in a file's bytes, checked against a schema. Raises ``ValueError`` with a clause that says why."""
    if len(data) > _MOST:
        raise ValueError(f"it is longer than {_MOST:,} bytes")
    try:
        found = parse(data)
    except ValueError as error:
        raise ValueError(f"it {error}") from None
    if problem := find_mismatch(found, schema):
        raise ValueError(problem)
    return found

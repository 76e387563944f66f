"""One file to import, that is opened when its turn comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO

MOST_ENTRIES = 200_000
"""Files in one folder or archive; more is a mistake (a whole disk), not a corpus."""
MOST_BESIDE = 64 << 20
"""Bytes of a file that another one is read along with."""


def _nothing(_end: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Entry:
    """One file to read, wherever it is."""

    name: str
    """For people and records: ``a.txt``, ``news/2024/a.txt`` in a folder, ``news.zip: 2024/a.txt`` in an archive."""
    path: str
    """Where it is in the folder or archive (``2024/a.txt``), or its name; the last part tells the format."""
    open: Callable[[], BinaryIO] = field(repr=False)
    """Its bytes, from the beginning. Raises ``ImportFailed`` with one sentence that names the file."""
    beside: Callable[[str], bytes | None] = field(repr=False)
    """The bytes of another file of that name in the same folder or archive; None when there is none."""
    with_all: Callable[[str], tuple[str, bytes] | None] = field(default=_nothing, repr=False)
    """Name and bytes of a file that belongs to the whole folder or archive and lies beside it, by the end of its name
    (``news.scheme.json`` to ``news`` or ``news.zip`` by ``.scheme.json``); None when there is none."""

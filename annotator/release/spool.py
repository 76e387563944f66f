"""Lines or texts on disk, until it is known where each goes: memory does not grow with the project."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Self


class Spool:
    """A context that holds lines under ids, in the order in which they were added."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 -- closed by __exit__
        self._places: dict[str, tuple[int, int]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, id_: str, line: bytes) -> None:
        """Keep a line."""
        self._places[id_] = self._file.tell(), len(line)
        self._file.write(line)

    def __contains__(self, id_: str) -> bool:
        return id_ in self._places

    def line(self, id_: str) -> bytes:
        """What was kept under that id."""
        start, size = self._places[id_]
        self._file.seek(start)
        line = self._file.read(size)
        self._file.seek(0, os.SEEK_END)
        return line

    def of(self, split: str, splits: Mapping[str, str]) -> Iterator[bytes]:
        """The lines of the articles that are in ``split``."""
        return (self.line(id_) for id_ in self._places if splits[id_] == split)

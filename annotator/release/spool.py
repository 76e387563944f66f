"""Lines or texts on disk under their ids, until it is known where each goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from annotator.formats.spool import Spool


class LineSpool:
    """Holds lines under ids, in the order in which they were added."""

    def __init__(self) -> None:
        self._spool = Spool[bytes]()
        self._numbers: dict[str, int] = {}

    def add(self, id_: str, line: bytes) -> None:
        """Keep a line."""
        self._numbers[id_] = self._spool.put(line)

    def __contains__(self, id_: str) -> bool:
        return id_ in self._numbers

    def line(self, id_: str) -> bytes:
        """What was kept under that id."""
        return self._spool.get(self._numbers[id_])

    def of(self, split: str, splits: Mapping[str, str]) -> Iterator[bytes]:
        """The lines of the articles that are in ``split``."""
        return (self.line(id_) for id_ in self._numbers if splits[id_] == split)

"""Work on an article's layout in idle time: what may be seen next, then what nobody has seen, in small slices."""

from __future__ import annotations

from time import perf_counter
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

_SLICE = 0.004
"""Seconds of layout between two turns of the event loop: a key press may have to wait so long."""
_PAUSE_MS = 5


class Blocks(Protocol):
    """What is worked on. Blocks are numbered from 0."""

    def count(self) -> int: ...
    def near(self) -> range: ...
    def is_laid(self, number: int) -> bool: ...
    def lay_out_row(self, number: int) -> None: ...
    def gauge(self, number: int) -> None: ...
    def announce(self) -> None: ...


class Ahead(QObject):
    """Lays out the blocks near the window, then gauges all others once."""

    settled = Signal()
    """Every block has been measured: no height is an estimate any more."""

    def __init__(self, blocks: Blocks, parent: QObject) -> None:
        super().__init__(parent)
        self._blocks = blocks
        self._next = 0
        self._idle = QTimer(self)
        self._idle.setInterval(_PAUSE_MS)
        self._idle.timeout.connect(self._work)

    def restart(self) -> None:
        """Every height is an estimate again."""
        self._next = 0
        self._idle.start()

    def go_on(self) -> None:
        """Something was scrolled or laid out: there may be work."""
        self._idle.start()

    def look(self) -> None:
        """Go on if the window came near what is not laid out."""
        near = self._blocks.near()
        if not (self._blocks.is_laid(near.start) and self._blocks.is_laid(near.stop - 1)):
            self._idle.start()

    def stop(self) -> None:
        """Do no more."""
        self._idle.stop()

    def _work(self) -> None:
        blocks, end, count = self._blocks, perf_counter() + _SLICE, self._blocks.count()
        missing = [number for number in reversed(blocks.near()) if not blocks.is_laid(number)]
        while perf_counter() < end and (missing or self._next < count):
            if missing:
                blocks.lay_out_row(missing.pop())
                continue
            if not blocks.is_laid(self._next):
                blocks.gauge(self._next)
            self._next += 1
        blocks.announce()
        if not missing and self._next >= count:
            self._idle.stop()
            self.settled.emit()

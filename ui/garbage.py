"""Reference cycles are collected on the GUI thread alone.

Python's collector runs on whichever thread happens to allocate. On the database thread it would destroy widgets that
sit in a cycle, and Qt crashes when a widget dies on another thread than its own.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 250
_MASSES = 25_000
"""Looking at more objects takes too long for a window at work: some ten milliseconds."""


class GuiGarbage(QObject):
    """Takes the place of Python's automatic collector from its making until ``stop``. Belongs to the GUI thread.

    There may be several, one for each thread that allocates; Python gets the work back from the last.
    """

    _running: ClassVar[int] = 0
    _was_enabled: ClassVar[bool] = False
    _gate: ClassVar[threading.Lock] = threading.Lock()
    _working: ClassVar[int] = 0
    """How many other threads are at work."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        if GuiGarbage._running == 0:
            GuiGarbage._was_enabled = gc.isenabled()
            gc.disable()
        GuiGarbage._running += 1
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._collect)
        self._timer.start(_EVERY_MS)

    @contextmanager
    def work(self) -> Iterator[None]:
        """Another thread is at work: nothing is collected or counted until it is done.

        Most of what it makes stays. And whoever counts objects holds them: Python cannot finish a tuple that somebody
        else holds, and says so by a ``SystemError``.
        """
        with GuiGarbage._gate:
            GuiGarbage._working += 1
        try:
            yield
        finally:
            with GuiGarbage._gate:
                GuiGarbage._working -= 1

    def stop(self) -> None:
        """Give the work back to Python."""
        self._timer.stop()
        GuiGarbage._running -= 1
        if GuiGarbage._running == 0 and GuiGarbage._was_enabled:
            gc.enable()

    def _collect(self) -> None:
        """Collect the oldest generation that is due by Python's own thresholds.

        Masses of objects come when an article or a large edit is read or made: records, which are let go without a
        collector. They are not looked at, now or later.
        """
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = next((n for n in (2, 1, 0) if counts[n] > thresholds[n] > 0), None)
        if due is None:
            return
        with GuiGarbage._gate:
            if GuiGarbage._working:
                return
            objects = sum(len(gc.get_objects(generation)) for generation in range(due + 1))
        if objects > _MASSES:
            gc.freeze()
        else:
            gc.collect(due)

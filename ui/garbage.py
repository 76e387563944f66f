"""Reference cycles are collected on the GUI thread alone.

Python's collector runs on whichever thread happens to allocate. On the database thread it would destroy widgets that
sit in a cycle, and Qt crashes when a widget dies on another thread than its own.
"""

from __future__ import annotations

import gc
from typing import ClassVar

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 250


class GuiGarbage(QObject):
    """Takes the place of Python's automatic collector from its making until ``stop``. Belongs to the GUI thread.

    There may be several, one for each thread that allocates; Python gets the work back from the last.
    """

    _running: ClassVar[int] = 0
    _was_enabled: ClassVar[bool] = False

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        if GuiGarbage._running == 0:
            GuiGarbage._was_enabled = gc.isenabled()
            gc.disable()
        GuiGarbage._running += 1
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._collect)
        self._timer.start(_EVERY_MS)

    def stop(self) -> None:
        """Give the work back to Python."""
        self._timer.stop()
        GuiGarbage._running -= 1
        if GuiGarbage._running == 0 and GuiGarbage._was_enabled:
            gc.enable()

    def _collect(self) -> None:
        """Collect the oldest generation that is due by Python's own thresholds."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation] > 0:
                gc.collect(generation)
                return

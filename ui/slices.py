"""Long work in short slices on the GUI thread: the window stays alive, and the work can be stopped."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

_SLICE = 0.012
"""Seconds: short enough for who looks on while something is made."""


class Slices(QObject):
    """Takes the steps of an iterator until it ends; then one of the signals is emitted, once."""

    finished = Signal()
    failed = Signal(object)
    paused = Signal()
    """A slice is done and more are to come."""

    def __init__(self, steps: Iterator[object], parent: QObject | None = None, seconds: float = _SLICE) -> None:
        """``seconds`` of work are done between two turns of the event loop."""
        super().__init__(parent)
        self._steps: Iterator[object] | None = steps
        self._seconds = seconds
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)  # a listener that turns the event loop must not meet the next slice
        self._timer.timeout.connect(self._work)
        self._timer.start(0)

    def stop(self) -> None:
        """Take no more steps; what the iterator holds is let go. No signal follows."""
        steps, self._steps = self._steps, None
        self._timer.stop()
        if isinstance(steps, Generator):
            steps.close()

    def _work(self) -> None:
        end = perf_counter() + self._seconds
        try:
            while self._steps is not None and perf_counter() < end:
                next(self._steps)
        except StopIteration:
            self._steps = None
            self.finished.emit()
        except Exception as error:  # the caller's: it is handed over, not swallowed
            self._steps = None
            self.failed.emit(error)
        else:
            self.paused.emit()
            if self._steps is not None:
                self._timer.start(0)

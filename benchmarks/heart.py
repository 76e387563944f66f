"""How long the window does not answer: the longest time between two beats of a timer that is always due."""

from __future__ import annotations

import time

from PySide6.QtCore import QEventLoop, QTimer


class Heart:
    """Beats whenever the event loop comes round."""

    def __init__(self) -> None:
        self._last = self._longest = 0.0
        self._worked = self._hardest = self._begun = 0.0
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._loop = QEventLoop()

    def _beat(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._last)
        self._last = now
        worked = time.thread_time()
        self._hardest = max(self._hardest, worked - self._worked)
        self._worked = worked

    def start(self) -> None:
        """From now on."""
        self._last, self._longest = time.perf_counter(), 0.0
        self._begun, self._hardest = time.thread_time(), 0.0
        self._worked = self._begun
        self._timer.start(0)

    def stop(self, seconds: float = 0.6) -> float:
        """The longest time without an answer since the start, in milliseconds, after ``seconds`` of coming to rest."""
        QTimer.singleShot(round(seconds * 1000), self._loop.quit)
        self._loop.exec()
        self._timer.stop()
        return self._longest * 1000

    @property
    def hardest(self) -> float:
        """The longest stall in milliseconds of this thread's processor time, without what others take."""
        return self._hardest * 1000

    @property
    def spent(self) -> float:
        """Milliseconds of processor time of this thread since the start, the beats themselves included."""
        return (self._worked - self._begun) * 1000

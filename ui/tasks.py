"""One background thread that runs jobs in order; results come back to the GUI thread by signal."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from ui.garbage import GuiGarbage

T = TypeVar("T")


class Tasks(QObject):
    """Runs jobs one after the other on a single thread of its own.

    A project is opened, read and written here only, so its connection never crosses a thread. ``done`` and
    ``failed`` run on the thread that owns this object. Jobs run in the order they were submitted.
    """

    _finished = Signal(object, object)

    def __init__(self, name: str = "database", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._closed = False
        self._garbage = GuiGarbage(self)  # a thread that allocates must not collect what belongs to Qt
        self._thread.start()

    def submit(
        self,
        job: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Queue ``job``; later call ``done(result)`` or ``failed(error)`` on the GUI thread.

        Without ``failed`` an error is raised on the GUI thread, where the crash handler shows it.
        """
        if self._closed:
            return

        def work() -> None:
            try:
                result = job()
            except Exception as error:  # every error belongs to the caller: it is handed over, not swallowed
                self._finished.emit(failed or _raise, error)
            else:
                self._finished.emit(done, result)

        self._jobs.put(work)

    def close(self) -> None:
        """Finish the queued jobs, then end the thread. Their callbacks no longer run."""
        if not self._closed:
            self._closed = True
            self._jobs.put(None)
            self._thread.join()
            self._garbage.stop()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            with self._garbage.work():
                job()

    def _deliver(self, callback: Callable[[Any], None] | None, value: Any) -> None:
        if callback is not None and not self._closed:
            callback(value)


def _raise(error: Exception) -> None:
    raise error

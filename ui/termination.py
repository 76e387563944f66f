"""The system asks the program to end (log-out, ``kill``, Ctrl+C in its terminal): as when its window is closed."""

from __future__ import annotations

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Termination(QObject):
    """Emits ``asked`` in the event loop when SIGTERM or SIGINT came. Made in the main thread, once at a time.

    Qt's event loop runs no Python, so a signal's handler would wait for the next event; the byte that Python writes
    into a socket for each signal is one.
    """

    asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read, self._write = socket.socketpair()
        self._read.setblocking(False)
        self._write.setblocking(False)
        self._before = {number: signal.signal(number, _nothing) for number in _SIGNALS}
        self._fd_before = signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)

    def release(self) -> None:
        """Handle the signals as before."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._fd_before)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._read.close()
        self._write.close()

    def _woken(self) -> None:
        if any(number in _SIGNALS for number in self._read.recv(4096)):
            self.asked.emit()


def _nothing(_number: int, _frame: FrameType | None) -> None:
    """Python tells the socket only of signals that have a handler."""

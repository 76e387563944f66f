"""How far an import has come, with a way to stop it. Shows only when it takes longer than a moment."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QProgressBar, QVBoxLayout, QWidget

_MOMENT = 400
"""Milliseconds."""
_BETWEEN = 0.05
"""Seconds between two reports to the window."""


def throttled(report: Callable[[int, int], None]) -> Callable[[int, int], None]:
    """Hands progress on, not more often than a person can see it."""
    last = 0.0

    def call(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last > _BETWEEN or done == total:
            last = time.monotonic()
            report(done, total)

    return call


class ImportProgress(QDialog):
    """Stays until :meth:`finish`; stopping it calls ``stop`` and leaves what was read."""

    def __init__(self, stop: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import articles")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._stop = stop
        self.label = QLabel("Looking for files …", self)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 0)
        self.bar.setMinimumWidth(360)
        self.bar.setAccessibleName("Files read")
        self.buttons = QDialogButtonBox(self)
        self.stop_button = self.buttons.addButton("Stop", QDialogButtonBox.ButtonRole.RejectRole)
        self.stop_button.setToolTip("What was read until then is shown")
        layout = QVBoxLayout(self)
        for part in (self.label, self.bar, self.buttons):
            layout.addWidget(part)
        self.buttons.rejected.connect(self.reject)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.open)
        self._timer.start(_MOMENT)

    def advance(self, done: int, total: int) -> None:
        """So many files were read."""
        if self.bar.maximum() != total:
            self.bar.setRange(0, total)
        self.bar.setValue(done)
        if self.stop_button.isEnabled():
            self.label.setText(f"Read {done:,} of {total:,} files …")

    def say(self, text: str) -> None:
        """What is done now, without a count."""
        self.bar.setRange(0, 0)
        self.label.setText(text)

    def reject(self) -> None:
        """Stop; the dialog goes when the work has stopped."""
        self._stop()
        self.stop_button.setEnabled(False)
        self.label.setText("Stopping …")

    def finish(self) -> None:
        """The work has ended."""
        self._timer.stop()
        if self.isVisible():
            self.done(QDialog.DialogCode.Accepted)
        else:
            self.deleteLater()

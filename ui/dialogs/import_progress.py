"""How far an import has come, with a way to stop it. Shows only when it takes longer than a moment."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Told:
    """What the dialog says of the work."""

    first: str
    counting: str
    """With ``done`` and ``total``."""
    bar: str
    stop: str
    """What stopping does."""


READING = Told(
    "Looking for files …", "Read {done:,} of {total:,} files …", "Files read", "What was read until then is shown"
)
ADDING = Told(
    "Comparing with the articles that are there …",
    "Imported {done:,} of {total:,} articles …",
    "Articles imported",
    "Then nothing is imported",
)


class ImportProgress(QDialog):
    """Stays until :meth:`finish`; stopping it calls ``stop``."""

    def __init__(self, stop: Callable[[], None], parent: QWidget, told: Told = READING) -> None:
        super().__init__(parent)
        self._told = told
        self.setWindowTitle("Import articles")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._stop = stop
        self.label = QLabel(told.first, self)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 0)
        self.bar.setMinimumWidth(360)
        self.bar.setAccessibleName(told.bar)
        self.buttons = QDialogButtonBox(self)
        self.stop_button = self.buttons.addButton("&Stop", QDialogButtonBox.ButtonRole.RejectRole)
        self.stop_button.setToolTip(told.stop)
        layout = QVBoxLayout(self)
        for part in (self.label, self.bar, self.buttons):
            layout.addWidget(part)
        self.buttons.rejected.connect(self.reject)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.open)
        self._timer.start(_MOMENT)

    def advance(self, done: int, total: int) -> None:
        """So many were read or imported."""
        if self.bar.maximum() != total:
            self.bar.setRange(0, total)
        self.bar.setValue(done)
        if self.stop_button.isEnabled():
            self.label.setText(self._told.counting.format(done=done, total=total))

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

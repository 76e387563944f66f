"""What happens when a bug shows itself: it is written down without a word of what is labelled, and told."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

import platformdirs
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from ui.settings import APP

_LOG_BYTES = 500_000


def details_of(error: BaseException) -> str:
    """Where in the program an error and its causes arose, and of what kind they are; never what they say.

    The message of an exception may quote the article, a name or a password.
    """
    return "\n".join(_parts(error, set()))


def _parts(error: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in seen:
        yield from _parts(before, seen)
        yield "which led to:"
    yield "".join(traceback.format_tb(error.__traceback__)).rstrip()
    number = f" {error.errno}" if isinstance(error, OSError) and error.errno else ""
    yield f"{type(error).__module__}.{type(error).__qualname__}{number}"


class CrashReporter(QObject):
    """Writes the traceback of a bug to the log and shows it with a button that copies the details."""

    _crashed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._crashed.connect(self._show)
        self._shown = False
        self._log = _log()

    def install(self) -> None:
        """Become the handler of exceptions that nothing else caught."""
        sys.excepthook = self.report

    def report(self, _kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log one exception and show it."""
        details = f"{details_of(error.with_traceback(trace))}\n"
        self._log.error(details)
        sys.stderr.write(details)
        self._crashed.emit(details)

    def _show(self, details: str) -> None:
        if self._shown:
            return
        self._shown = True
        box = QMessageBox()
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("Article Annotator")
        box.setText("Something went wrong in the program. Everything that was called saved is saved.")
        box.setInformativeText("Please copy the details and send them to the maintainers.")
        copy = box.addButton("Copy Details", QMessageBox.ButtonRole.ActionRole)
        box.addButton(QMessageBox.StandardButton.Close)
        box.exec()
        if box.clickedButton() is copy:
            QGuiApplication.clipboard().setText(details)
        self._shown = False


def _log() -> logging.Logger:
    logger = logging.getLogger(APP)
    if not logger.handlers:
        folder = Path(platformdirs.user_log_dir(APP, appauthor=False))
        file = folder / "annotator.log"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            logger.addHandler(RotatingFileHandler(file, maxBytes=_LOG_BYTES, backupCount=2))
        except OSError:  # a home that cannot be written is no reason to show no window; stderr has the details, too
            logger.addHandler(logging.NullHandler())
    return logger

"""The QApplication: name, fonts, and what happens when a bug shows itself."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections.abc import Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

import platformdirs
from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from annotator import __version__
from ui.fonts import load_fonts, ui_font
from ui.settings import APP

_LOG_BYTES = 500_000


def has_display() -> bool:
    """Whether a window can be shown: a display server answers for, or the platform needs none."""
    if not sys.platform.startswith("linux"):
        return True
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    return bool(platform or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def make_application(arguments: Sequence[str] = ()) -> QApplication:
    """The application object with its fonts; the one that exists when there is one already."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    QCoreApplication.setApplicationName(APP)
    QCoreApplication.setApplicationVersion(__version__)
    QGuiApplication.setApplicationDisplayName("Article Annotator")
    QGuiApplication.setDesktopFileName(APP)
    app = QApplication(["annotator", *arguments])
    app.setStyle("Fusion")
    load_fonts()
    app.setFont(ui_font(13))
    return app


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

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log one exception and show it."""
        details = "".join(traceback.format_exception(kind, error, trace))
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

"""The QApplication: its name, its fonts, and whether there is a display for it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from annotator import __version__
from ui.fonts import load_fonts, ui_font
from ui.settings import APP


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

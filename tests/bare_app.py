"""An application without the look that a window gave it, as it is before the first one opens."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication


def undress() -> None:
    """Take the theme off the application; what was left to be deleted goes first.

    No event loop has had the time to delete it, and it would be styled again. A window that is built while the style
    sheet of an earlier one is on costs three times as much: each of its parts is styled at every move.
    """
    app = QApplication.instance()
    if isinstance(app, QApplication):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if app.styleSheet():
            app.setStyleSheet("")
        if app.palette() != app.style().standardPalette():
            app.setPalette(app.style().standardPalette())

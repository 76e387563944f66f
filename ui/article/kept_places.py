"""The places where articles are read, kept while one works: a session may end without a word."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

from ui.article.pane import ArticlePane
from ui.settings import Settings
from ui.store import Store

_REST_MS = 1500
"""The caret has to rest this long: Qt waits for the disk when it writes settings, which nobody should feel."""


class KeptPlaces(QObject):
    """Puts the places into the settings when the caret rests, and at once when one turns to something else."""

    def __init__(self, pane: ArticlePane, store: Store, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._pane = pane
        self._settings = settings
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_REST_MS)
        self._soon.timeout.connect(self.keep)
        pane.caret_moved.connect(lambda _: self._soon.start())
        store.article_opened.connect(self.keep)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self.keep)

    def keep(self) -> None:
        """Put the places into the settings now."""
        self._soon.stop()
        self._settings.set("places", self._pane.places())

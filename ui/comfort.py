"""How comfortably the article is read: size, font, spacing and line length travel from the settings to its views."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.article_pane import ArticlePane
from ui.dialogs import reading
from ui.looks import Looks
from ui.text.typography import Reading


class Comfort(QObject):
    """Keeps the views of one pane as ``looks`` say."""

    def __init__(self, looks: Looks, pane: ArticlePane, window: QWidget) -> None:
        super().__init__(window)
        self._looks = looks
        self._pane = pane
        self._window = window
        pane.zoom_requested.connect(looks.zoom)
        looks.zoom_changed.connect(pane.set_zoom)
        looks.reading_changed.connect(self._set_reading)
        self._set_reading(looks.reading())
        pane.set_zoom(looks.percent())

    def handlers(self) -> dict[str, Callable[[], None]]:
        """The commands of the View menu about reading."""
        return {"reading": lambda: reading.show(self._looks, self._window)}

    def _set_reading(self, wanted: Reading) -> None:
        for view in self._pane.views:
            view.set_reading(wanted)

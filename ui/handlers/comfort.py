"""How comfortably the article is read: size, font, spacing and motion travel from the settings to its views."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.article.pane import ArticlePane
from ui.dialogs import reading
from ui.looks import Looks


class Comfort(QObject):
    """Keeps the views of one pane as ``looks`` say."""

    def __init__(self, looks: Looks, pane: ArticlePane, window: QWidget) -> None:
        super().__init__(window)
        self._looks = looks
        self._pane = pane
        self._window = window
        pane.zoom_requested.connect(looks.zoom)
        looks.zoom_changed.connect(pane.set_zoom)
        looks.reading_changed.connect(pane.sides.set_reading)
        looks.motion_changed.connect(self._set_motion)
        for view in pane.views:
            view.zoom_scaled.connect(looks.scale)
        pane.sides.set_reading(looks.reading())
        self._set_motion()
        pane.set_zoom(looks.percent())

    def handlers(self) -> dict[str, Callable[[], None]]:
        """The commands of the View menu about reading."""
        return {"reading": lambda: reading.show(self._looks, self._window)}

    def _set_motion(self) -> None:
        for view in self._pane.views:
            view.scrolling.smooth = self._looks.is_smooth()

"""The three columns: the list of articles, the article and the panels. How wide they are is remembered."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.right_column import RightColumn
from ui.settings import Settings
from ui.widgets.splitter import Splitter

_WIDE = 1300
"""From this width of the window on the two columns beside the article are roomier."""
_PANELS = [430, 220, 190, 150]


class Columns(Splitter):
    """``listed``, ``article`` and ``panels`` beside each other."""

    def __init__(self, listed: QWidget, article: QWidget, panels: RightColumn, settings: Settings) -> None:
        super().__init__(Qt.Orientation.Horizontal, (listed, article, panels))
        self._panels = panels
        self._settings = settings
        self.setStretchFactor(1, 1)
        listed.setMinimumWidth(190)
        article.setMinimumWidth(360)
        panels.setMinimumWidth(360)

    def restore(self) -> None:
        """As they were left."""
        self.setSizes(self._settings.sizes("columns", 3) or self._usual())
        self._panels.choose(_PANELS)
        self._panels.choose(self._settings.sizes("panels", 4))

    def keep(self, widths: list[int]) -> None:
        """Remember these ``widths``, in pixels, and how the panels divide their height."""
        self._settings.set("columns", widths)
        self._settings.set("panels", self._panels.chosen())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._settings.sizes("columns", 3):
            self.setSizes(self._usual())

    def _usual(self) -> list[int]:
        """Widths when nobody has chosen them: the article gets what is left."""
        width = self.window().width()
        listed, panels = (250, 400) if width >= _WIDE else (210, 360)
        return [listed, width - listed - panels, panels]

"""The right column: the three panels above each other, of which the one that is worked in gets the most room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent

from ui.panels.panel import Panel
from ui.widgets.splitter import GRAB, Splitter

_REST = 112
"""What a panel keeps when another grows: its title and a row or two, in pixels."""


class RightColumn(Splitter):
    """The panels above each other. While a row is open its panel grows to show it whole, and gives back afterwards.

    Handles that are dragged meanwhile stay where they were put until the row closes.
    """

    def __init__(self, panels: Sequence[Panel]) -> None:
        super().__init__(Qt.Orientation.Vertical, panels)
        self._wanted = [0] * len(panels)
        self._chosen: list[int] = []
        self._dragged = False
        for index, panel in enumerate(panels):
            panel.wants_height.connect(lambda height, index=index: self._follow(index, height))
        self.splitterMoved.connect(lambda _place, _index: self._drag())

    def choose(self, sizes: Sequence[int]) -> None:
        """Divide the height like this when no row is open."""
        self._chosen = list(sizes)
        self._share()

    def chosen(self) -> list[int]:
        """How the height is divided when no row is open."""
        return self._chosen or self.sizes()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _follow(self, index: int, height: int) -> None:
        if not height:
            self._dragged = False
        self._wanted[index] = height
        self._share()

    def _drag(self) -> None:
        self._dragged = True
        self._chosen = self.sizes()

    def _share(self) -> None:
        """Start from the chosen sizes; whoever needs more takes it from those who need none, the largest first."""
        if self._dragged or not self._chosen or not self.height():
            return
        room = self.height() - GRAB * (self.count() - 1)
        sizes = [round(size * room / max(1, sum(self._chosen))) for size in self._chosen]
        for index, wanted in enumerate(self._wanted):
            others = sorted((i for i in range(len(sizes)) if i != index), key=lambda i: sizes[i], reverse=True)
            for other in others:
                spare = sizes[other] - max(_REST, self._wanted[other] and sizes[other])
                taken = max(0, min(spare, wanted - sizes[index]))
                sizes[index] += taken
                sizes[other] -= taken
        if sizes != self.sizes():
            self.setSizes(sizes)

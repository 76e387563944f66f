"""The right column: the panels above each other, of which the one that is worked in gets the most room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent

from ui.panels.panel import Panel
from ui.widgets.splitter import GRAB, Splitter


class RightColumn(Splitter):
    """The panels above each other. While a row is open its panel grows to show it whole, and gives back afterwards.

    Handles that are dragged meanwhile stay where they were put until the row closes.
    """

    def __init__(self, panels: Sequence[Panel]) -> None:
        super().__init__(Qt.Orientation.Vertical, panels)
        self._panels = tuple(panels)
        self._wanted = [0] * len(panels)
        self._chosen: list[int] = []
        self._dragged = False
        for index, panel in enumerate(panels):
            panel.wants_height.connect(lambda height, index=index: self._follow(index, height))
            panel.limited.connect(self._share)
        self.splitterMoved.connect(lambda _place, _index: self._drag())

    def choose(self, sizes: Sequence[int]) -> None:
        """Divide the height like this when no row is open."""
        if len(sizes) == self.count():
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
        former = self.chosen()
        at_most = zip(self.sizes(), self.limits(), former, self._hidden(), strict=True)
        self._chosen = [
            before if hidden else max(size, before) if size >= limit else size
            for size, limit, before, hidden in at_most
        ]

    def _hidden(self) -> list[bool]:
        """Of each panel, whether the scheme does without it."""
        return [panel.isHidden() for index in range(self.count()) if (panel := self.widget(index)) is not None]

    def _share(self) -> None:
        """Start from the chosen sizes; whoever needs more takes it from those who need none, the largest first.

        Where several rows are open the smallest wish comes first: a problem keeps its steps beside a speaker's form.
        """
        if self._dragged or not self._chosen or not self.height():
            return
        chosen = [0 if hidden else size for hidden, size in zip(self._hidden(), self._chosen, strict=True)]
        room = self.height() - GRAB * (sum(1 for size in chosen if size) - 1)
        sizes = self._limited([round(size * room / max(1, sum(chosen))) for size in chosen])
        wishes = [min(wanted, limit) for wanted, limit in zip(self._wanted, self.limits(), strict=True)]
        for index, wanted in sorted(enumerate(wishes), key=lambda wish: wish[1]):
            others = sorted((i for i in range(len(sizes)) if i != index), key=lambda i: sizes[i], reverse=True)
            for other in others:
                spare = sizes[other] - max(self._panels[other].least, self._wanted[other] and sizes[other])
                taken = max(0, min(spare, wanted - sizes[index]))
                sizes[index] += taken
                sizes[other] -= taken
        if sizes != self.sizes():
            self.setSizes(sizes)

    def limits(self) -> list[int]:
        """The greatest height of each panel."""
        return [panel.maximumHeight() for panel in self._panels]

    def _limited(self, sizes: list[int]) -> list[int]:
        """None larger than it may be; what is left over goes to the largest."""
        limits = self.limits()
        taken = [min(size, limit) for size, limit in zip(sizes, limits, strict=True)]
        largest = max(range(len(taken)), key=lambda index: taken[index])
        taken[largest] += sum(sizes) - sum(taken)
        return taken

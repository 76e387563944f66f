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
        """Start from the chosen sizes; whoever needs more takes it from those who need less, the largest first.

        The smallest need comes first: each keeps a row, and a problem its steps beside a speaker's form.
        """
        if self._dragged or not self._chosen or not self.height():
            return
        hidden = self._hidden()
        chosen = [0 if gone else size for gone, size in zip(hidden, self._chosen, strict=True)]
        room = self.height() - GRAB * (sum(1 for size in chosen if size) - 1)
        sizes = self._limited([round(size * room / max(1, sum(chosen))) for size in chosen])
        needs = [0 if gone else self._need(index) for index, gone in enumerate(hidden)]
        for index in sorted(range(len(sizes)), key=lambda index: needs[index]):
            self._give(sizes, needs, index)
        largest = max(range(len(sizes)), key=lambda index: sizes[index])
        for index, panel in enumerate(self._panels):
            bare = panel.minimumSizeHint().height()
            if bare < sizes[index] < panel.least:  # half a row is of no use
                sizes[largest] += sizes[index] - bare
                sizes[index] = bare
        if sizes != self.sizes():
            self.setSizes(sizes)

    def _need(self, index: int) -> int:
        """The height of an open row, else what the panel keeps."""
        panel = self._panels[index]
        return min(self._wanted[index] or panel.least, panel.maximumHeight())

    def _give(self, sizes: list[int], needs: Sequence[int], index: int) -> None:
        """Let a panel grow to its need: from those without an open row, then from those whose need is greater."""

        def open_and_small(other: int) -> tuple[bool, int]:
            return bool(self._wanted[other]), -sizes[other]

        for other in sorted((i for i in range(len(sizes)) if i != index and sizes[i]), key=open_and_small):
            panel = self._panels[other]
            keeps = panel.least
            if self._wanted[other] and needs[other] <= needs[index]:
                keeps = sizes[other]
            elif not self._wanted[other] and self._wanted[index] and self._panels[index].whole:
                keeps = panel.minimumSizeHint().height()
            taken = max(0, min(sizes[other] - keeps, needs[index] - sizes[index]))
            sizes[index] += taken
            sizes[other] -= taken

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

"""How high the blocks of a document are, and where each begins."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from ui.text.scene import Scene

_SAME = 0.01
"""Pixels; a smaller difference is none."""


class Heights:
    """Block by block, in pixels. What is given counts from the next :meth:`stack` on; until then it is ``changed``."""

    def __init__(self) -> None:
        self.own: list[float] = []
        """The heights that the blocks need by themselves."""
        self.given: list[float] = []
        """The heights they have: to stand beside those of another layout they may get more than they need."""
        self.tops: list[float] = [0.0]
        """Where each block begins, and last where the text ends."""
        self.changed = False
        self._head = 0.0

    def estimate(self, scene: Scene, measure: float) -> None:
        """Guess every height from the length of the text; ``measure`` is the width of a line."""
        self.own = []
        for paragraph in scene.map.paragraphs:
            style = scene.typography.style(paragraph.kind)
            rows = max(1, -(-paragraph.length * style.average // measure))
            self.own.append(rows * style.line + (0 if paragraph.continues else style.gap))
        self.given = list(self.own)

    def need(self, number: int, height: float) -> bool:
        """Note how high a block is by itself. Whether that is news."""
        if abs(height - self.own[number]) <= _SAME:
            return False
        self.own[number] = height
        return True

    def give(self, first: int, heights: Sequence[float]) -> None:
        """Give blocks, from the ``first`` on, this much room."""
        for number, height in enumerate(heights, first):
            if abs(height - self.given[number]) > _SAME:
                self.given[number] = height
                self.changed = True

    def give_head(self, height: float) -> None:
        """Leave this much room above the first block."""
        if abs(height - self._head) > _SAME:
            self._head = height
            self.changed = True

    def stack(self, margin: float) -> None:
        """Put the blocks one below the other, the first one below the ``margin`` and the head."""
        self.tops = list(accumulate(self.given, initial=margin + self._head))
        self.changed = False

    def number_at(self, y: float) -> int:
        """The number of the block at this height (the first or last one beyond the text)."""
        return max(0, min(len(self.given) - 1, bisect_right(self.tops, y) - 1))

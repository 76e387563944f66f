"""What shows between two heights of the document: the blocks and, in painting order, the marks on them."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextBlock

from ui.text.gaps import Gap
from ui.text.geometry import Lines, Run
from ui.text.layout import ArticleLayout
from ui.text.marks import Hit, Placed
from ui.text.scene import Scene
from ui.text.typography import LANE_FIRST, LANE_STEP

_GIANT = 6000
"""In a block longer than this (no blank to cut it at) only the lines that show are looked at."""


class Item(NamedTuple):
    """One part of a mark with its visible stretches (none where it covers no visible character)."""

    placed: Placed
    start: int
    end: int
    runs: list[Run]


class Frame:
    """The blocks from ``top`` to ``bottom``, laid out, and the marks that touch them.

    On paper lines whose middle lies outside do not count, so that nothing of them is painted.
    """

    def __init__(self, layout: ArticleLayout, scene: Scene, top: float, bottom: float) -> None:
        self.layout = layout
        self.scene = scene
        self._cut = scene.on_paper
        self._top, self._bottom = top, bottom
        self._hues: dict[str, int] = {}
        self.blocks: list[tuple[QTextBlock, int]] = layout.settle(top, bottom, painting=True)
        first, last = self.blocks[0][0], self.blocks[-1][0]
        self.low, self.high = first.position(), last.position() + last.length()
        if first.length() > _GIANT:
            self.low += _start_of(layout.lines(*self.blocks[0]), top - layout.top(self.blocks[0][1]))
        if last.length() > _GIANT:
            end = _end_of(layout.lines(*self.blocks[-1]), bottom - layout.top(self.blocks[-1][1]))
            self.high = min(self.high, last.position() + end)
        self._starts = [block.position() for block, _ in self.blocks]
        self.items = [Item(placed, start, end, self.runs(start, end)) for start, end, placed in self._hits()]

    def _hits(self) -> list[Hit]:
        hits = self.scene.index.query(self.low, self.high)
        preview = self.scene.preview
        if preview is None:
            return hits
        hits = [hit for hit in hits if hit[2].mark.id != preview.mark.id]
        hits += [(start, end, preview) for _, start, end in preview.parts if start < self.high and end > self.low]
        return sorted(hits, key=lambda hit: (hit[0], -hit[1]))

    def runs(self, start: int, end: int) -> list[Run]:
        """The visible stretches of a document range in these blocks."""
        found: list[Run] = []
        first = max(0, bisect_right(self._starts, start) - 1)
        for (block, number), low in zip(self.blocks[first:], self._starts[first:], strict=True):
            if low >= end:
                break
            found += self.layout.runs(start, end, block, number)
        return [run for run in found if self._shows(run.middle)] if self._cut else found

    def _shows(self, middle: float) -> bool:
        return not self._cut or self._top <= middle <= self._bottom

    def gap_boxes(self, block: QTextBlock, number: int) -> list[tuple[Gap, QRectF]]:
        """The replacements of a block that show, and where."""
        found = self.layout.gap_boxes(block, number)
        return [box for box in found if self._shows(box[1].center().y())] if self._cut else found

    def of(self, kind: str) -> Iterator[Item]:
        """The items of one kind."""
        return (item for item in self.items if item.placed.mark.kind == kind)

    def holds(self, position: int) -> bool:
        """Whether the position lies in these blocks, on a line that counts."""
        if not self.low <= position < self.high:
            return False
        return not self._cut or self._shows(self.layout.caret(position).middle)

    def begins(self, item: Item) -> bool:
        """Whether a claim begins with this item, on a line that counts."""
        return item.start == item.placed.start and (not self._cut or self.holds(item.start))

    def hue(self, placed: Placed) -> int:
        """The index of a mark's colour, asked for once."""
        mark_id = placed.mark.id
        if (found := self._hues.get(mark_id)) is None:
            found = self._hues[mark_id] = self.scene.hue(placed)
        return found

    def is_selected(self, placed: Placed) -> bool:
        return placed.mark.id == self.scene.selected_id

    def lane_y(self, run: Run, lane: int) -> float:
        """The height at which a claim in this lane is underlined."""
        px = self.scene.typography.px
        return run.bottom + px(LANE_FIRST) + lane * px(LANE_STEP)


def _start_of(lines: Lines, y: float) -> int:
    """Where the line begins that stands before the one at this height."""
    row = int(y / lines.pitch) - 1
    return lines.layout.lineAt(min(row, lines.layout.lineCount() - 1)).textStart() if row > 0 else 0


def _end_of(lines: Lines, y: float) -> int:
    """Where the line ends that stands after the one at this height; behind the block's end after the last."""
    row = max(0, int(y / lines.pitch) + 1)
    if row >= lines.layout.lineCount() - 1:
        return sys.maxsize
    line = lines.layout.lineAt(row)
    return line.textStart() + line.textLength()

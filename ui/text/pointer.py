"""What lies under the mouse pointer, and dragging the boundary of the selected mark."""

from __future__ import annotations

from dataclasses import dataclass, replace

import regex
from PySide6.QtCore import QPointF, Qt

from annotator.text.anchors import grapheme_end, grapheme_start
from ui.text.corrections import tick_place
from ui.text.frame import Frame, Item
from ui.text.geometry import Run
from ui.text.gutter import chip_at, chips
from ui.text.layout import ArticleLayout
from ui.text.marks import Placed
from ui.text.scene import Scene
from ui.text.selected import Handle, handles

_GRIP = 9.0
"""How far from a handle's knob it can still be grabbed, in pixels."""
_WORD = regex.compile(r"\w+(?:[’'\-.]\w+)*")
_LINE = 200


def marks_at(layout: ArticleLayout, scene: Scene, point: QPointF) -> list[Placed]:
    """The marks under a point of the document: a gutter chip's claims, or those on the text, the smallest first.

    Ticks come last, so that they never hide what lies around them.
    """
    if not scene.map.text:
        return []
    frame = Frame(layout, scene, point.y(), point.y())
    chip = chip_at(chips(frame), point.x(), point.y())
    if chip is not None:
        return list(chip.claims)
    found: dict[str, Placed] = {}
    for block, number in frame.blocks:
        for gap, rect in layout.gap_boxes(block, number):
            placed = scene.index.get(gap.mark_id)
            if placed is not None and rect.contains(point):
                found[gap.mark_id] = placed
    for item in frame.items:
        if _touches(frame, item, point):
            found.setdefault(item.placed.mark.id, item.placed)
    return sorted(found.values(), key=lambda placed: (placed.mark.quiet, placed.size))


def first_run(layout: ArticleLayout, scene: Scene, placed: Placed, top: float, bottom: float) -> Run | None:
    """The first stretch of a mark that shows between two heights of the document."""
    frame = Frame(layout, scene, top, bottom)
    for _, start, end in placed.parts:
        if start == end and frame.holds(start):
            return layout.caret(start)
        for run in frame.runs(start, end):
            if run.bottom > top and run.top < bottom:
                return run
    return None


def _touches(frame: Frame, item: Item, point: QPointF) -> bool:
    px = frame.scene.typography.px
    runs = item.runs
    if item.placed.mark.quiet:
        tick = tick_place(frame, item)
        runs = [tick._replace(right=tick.left + px(10))] if tick is not None else []
    elif item.start == item.end and frame.scene.map.corrected and frame.holds(item.start):
        caret = frame.layout.caret(item.start)
        runs = [caret._replace(left=caret.left - px(4), right=caret.right + px(4))]
    return any(r.left - 1 <= point.x() <= r.right + 1 and r.top - px(2) <= point.y() <= r.bottom + px(4) for r in runs)


def handle_at(layout: ArticleLayout, scene: Scene, point: QPointF) -> Handle | None:
    """The handle whose knob is near enough to grab."""
    if scene.selected is None or not scene.map.text:
        return None
    found = handles(Frame(layout, scene, point.y() - _GRIP, point.y() + _GRIP))
    near = [(abs(h.knob.x() - point.x()) + abs(h.knob.y() - point.y()), i) for i, h in enumerate(found)]
    distance, index = min(near, default=(_GRIP, 0))
    return found[index] if distance < _GRIP else None


@dataclass
class BoundaryDrag:
    """A handle on its way. ``move`` shows where the boundary would go; nothing changes before it is let go."""

    layout: ArticleLayout
    scene: Scene
    handle: Handle
    placed: Placed
    lift: float
    """From the middle of the handle's line to where it was grabbed, so that the line under the hand is meant."""
    offset: int | None = None
    """Where the boundary would go now, as a source offset; None before it moved."""

    @classmethod
    def start(cls, layout: ArticleLayout, scene: Scene, handle: Handle, point: QPointF) -> BoundaryDrag | None:
        """Take hold of a handle."""
        placed = scene.selected
        return cls(layout, scene, handle, placed, point.y() - handle.run.middle) if placed is not None else None

    def move(self, point: QPointF, *, words: bool) -> None:
        """Follow the pointer, by grapheme clusters or by whole words."""
        position = self.layout.hitTest(QPointF(point.x(), point.y() - self.lift), Qt.HitTestAccuracy.FuzzyHit)
        self.offset = self._bounded(self._snapped(self.scene.map.boundary(position, self.handle.side), words=words))
        part, mark = self.handle.part, self.placed.mark
        start, end = mark.parts[part]
        moved = (self.offset, end) if self.handle.side == "start" else (start, self.offset)
        shown = replace(mark, parts=(*mark.parts[:part], moved, *mark.parts[part + 1 :]))
        preview = Placed(shown, self.scene.place(shown))
        preview.lane, preview.depth = self.placed.lane, self.placed.depth
        self.scene.preview = preview if preview.parts else self.placed

    def _snapped(self, offset: int, *, words: bool) -> int:
        text, start = self.scene.map.source, self.handle.side == "start"
        if words:
            low, high = word_around(text, offset)
            return low if start else high
        return grapheme_start(text, offset) if start else grapheme_end(text, offset)

    def _bounded(self, offset: int) -> int:
        """Never across the part's other end or into a neighbouring part."""
        text, parts, part = self.scene.map.source, self.placed.mark.parts, self.handle.part
        start, end = parts[part]
        if self.handle.side == "start":
            before = max((e for _, e in parts if e <= start), default=0)
            return max(before, min(offset, grapheme_start(text, end - 1)))
        after = min((s for s, _ in parts if s >= end), default=len(text))
        return min(after, max(offset, grapheme_end(text, start + 1)))


def word_around(text: str, offset: int) -> tuple[int, int]:
    """The word at ``offset``, or the empty range there."""
    begin = max(0, offset - _LINE)
    for match in _WORD.finditer(text, begin, min(len(text), offset + _LINE)):
        if match.start() <= offset <= match.end():
            return match.start(), match.end()
    return offset, offset

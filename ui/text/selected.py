"""What only the selected mark shows: joined parts, the link to its speaker, and handles at its ends."""

from __future__ import annotations

from typing import Literal, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from ui.text.frame import Frame
from ui.text.geometry import Run
from ui.text.inks import Inks, pen
from ui.text.links import paint_links
from ui.text.marks import Placed
from ui.text.scene import Scene

Side = Literal["start", "end"]


class Handle(NamedTuple):
    """A handle to drag: its knob, the run it stands at, and which end of which part it moves."""

    knob: QPointF
    x: float
    run: Run
    part: int
    side: Side


def movable(scene: Scene) -> Placed | None:
    """The selected mark, if its ends may be dragged."""
    placed = scene.selected
    if placed is None or placed.mark.kind == "cue" or placed.mark.quiet:
        return None
    if placed.mark.kind == "correction" and scene.map.corrected:
        return None
    return placed


def handles(frame: Frame) -> list[Handle]:
    """The handles of the selected mark that stand in this frame."""
    placed = movable(frame.scene)
    if placed is None:
        return []
    px, found = frame.scene.typography.px, []
    for part, start, end in placed.parts:
        if start == end:
            continue
        if frame.holds(start):
            run = frame.layout.caret(start)
            x = run.left + px(1.5) * frame.layout.outside(start, trailing=False)
            found.append(Handle(QPointF(x, run.top), x, run, part, "start"))
        if frame.holds(max(start, end - 1)):
            run = frame.layout.caret(end, trailing=True)
            x = run.left + px(1.5) * frame.layout.outside(end, trailing=True)
            found.append(Handle(QPointF(x, run.bottom + px(2)), x, run, part, "end"))
    return found


def paint_joins(painter: QPainter, frame: Frame, inks: Inks) -> None:
    """A dotted line, below the words between them, joins the parts of the selected claim."""
    placed = frame.scene.selected
    if placed is None or placed.mark.kind != "claim" or len(placed.parts) < 2:
        return
    px = frame.scene.typography.px
    painter.setPen(pen(inks.line(frame.hue(placed)), px(1.8), (0.1, 2.6)))
    for (_, _, left), (_, right, _) in zip(placed.parts, placed.parts[1:], strict=False):
        for run in frame.runs(max(left, frame.low), min(right, frame.high)) if left < right else ():
            if run.right - run.left >= px(5):
                y = frame.lane_y(run, placed.lane)
                painter.drawLine(QPointF(run.left + px(3), y), QPointF(run.right - px(3), y))


def paint_selected(painter: QPainter, frame: Frame, inks: Inks, clip: QRectF) -> None:
    """Paint the links and handles of the selected mark."""
    placed = frame.scene.selected
    if placed is None:
        return
    mark = placed.mark
    colour = inks.delete if mark.kind == "correction" else inks.line(frame.hue(placed))
    if mark.kind == "claim":
        paint_links(painter, frame, inks, placed, clip)
    px = frame.scene.typography.px
    for handle in handles(frame):
        painter.setPen(pen(colour, px(2)))
        run = handle.run
        painter.drawLine(QPointF(handle.x, run.top), QPointF(handle.x, run.bottom + px(2)))
        painter.setPen(pen(inks.page, px(1.5)))
        painter.setBrush(colour)
        painter.drawEllipse(handle.knob, px(4), px(4))
        painter.setBrush(Qt.BrushStyle.NoBrush)

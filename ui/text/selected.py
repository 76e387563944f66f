"""What only the selected mark shows: joined parts, the link to its speaker, and handles at its ends."""

from __future__ import annotations

from typing import Literal, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

from ui.text.frame import Frame
from ui.text.geometry import Run
from ui.text.gutter import bar_x
from ui.text.inks import Inks, pen
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
            x = run.left - px(1.5)
            found.append(Handle(QPointF(x, run.top), x, run, part, "start"))
        if frame.holds(max(start, end - 1)):
            run = frame.layout.caret(end, trailing=True)
            x = run.left + px(1.5)
            found.append(Handle(QPointF(x, run.bottom + px(2)), x, run, part, "end"))
    return found


def paint_joins(painter: QPainter, frame: Frame, inks: Inks) -> None:
    """A dotted line, below the words between them, joins the parts of the selected claim."""
    placed = frame.scene.selected
    if placed is None or placed.mark.kind != "claim" or len(placed.parts) < 2:
        return
    px = frame.scene.typography.px
    painter.setPen(pen(inks.line(frame.scene.hue(placed)), px(1.8), (0.1, 2.6)))
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
    colour = inks.delete if mark.kind == "correction" else inks.line(frame.scene.hue(placed))
    if mark.kind == "claim":
        _paint_links(painter, frame, inks, placed, clip)
    px = frame.scene.typography.px
    for handle in handles(frame):
        painter.setPen(pen(colour, px(2)))
        run = handle.run
        painter.drawLine(QPointF(handle.x, run.top), QPointF(handle.x, run.bottom + px(2)))
        painter.setPen(pen(inks.page, px(1.5)))
        painter.setBrush(colour)
        painter.drawEllipse(handle.knob, px(4), px(4))
        painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_links(painter: QPainter, frame: Frame, inks: Inks, placed: Placed, clip: QRectF) -> None:
    px, colour = frame.scene.typography.px, inks.line(frame.scene.hue(placed))
    x = bar_x(frame, placed)
    top = frame.layout.caret(placed.start).top if frame.holds(placed.start) else clip.top() - px(40)
    bottom = frame.layout.caret(placed.end, trailing=True).bottom if frame.holds(placed.end) else clip.bottom() + px(40)
    if placed.start >= frame.high or placed.end <= frame.low:
        top = bottom = clip.top() - px(40) if placed.end <= frame.low else clip.bottom() + px(40)
    for linked in frame.scene.linked():
        if linked.mark.kind != "mention":
            continue
        if frame.holds(linked.start):
            run = next(iter(frame.runs(linked.start, linked.end)), None)
            if run is not None:
                _paint_elbow(painter, inks, colour, _elbow(frame, run, x, top, bottom), px(1))
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour)
                painter.drawEllipse(QPointF(run.left + px(8), run.top), px(2.6), px(2.6))
                painter.setBrush(Qt.BrushStyle.NoBrush)
        else:  # out of sight: the line leaves the window
            edge = clip.top() - px(40) if linked.start < frame.low else clip.bottom() + px(40)
            path = QPainterPath(QPointF(x, top if edge < top else bottom))
            path.lineTo(x, edge)
            _paint_elbow(painter, inks, colour, path, px(1))
    painter.fillRect(QRectF(x - px(1.5), top, px(3), bottom - top), colour)  # whole again where a link crossed it


def _elbow(frame: Frame, run: Run, x: float, top: float, bottom: float) -> QPainterPath:
    """From the top of a mention, through the space between the lines, to the claim's bar and along it."""
    px = frame.scene.typography.px
    radius, start = px(5), run.left + px(8)
    y = run.top - px(3.8)
    path = QPainterPath(QPointF(start, run.top))
    path.lineTo(start, y + px(2))
    path.quadTo(start, y, start - px(2), y)
    path.lineTo(x + radius, y)
    if y < top:
        path.quadTo(x, y, x, y + radius)
        path.lineTo(x, top)
    elif y > bottom:
        path.quadTo(x, y, x, y - radius)
        path.lineTo(x, bottom)
    else:
        path.lineTo(x, y)
    return path


def _paint_elbow(painter: QPainter, inks: Inks, colour: QColor, path: QPainterPath, px: float) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(inks.page, 4 * px))
    painter.drawPath(path)
    painter.setPen(pen(colour, 1.5 * px))
    painter.drawPath(path)

"""Lines from the selected claim to the words of its chain: who says it, who passes it on, and the cues.

Each kind can be told by its line and its end, not by colour: the source has a whole line and a dot, who passes the
claim on a dashed line and a ring, a cue a dotted line and a bar.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

from ui.text.frame import Frame
from ui.text.geometry import Run
from ui.text.gutter import bar_x
from ui.text.inks import Inks, pen
from ui.text.marks import Placed, Relation

_DASHES: dict[Relation, tuple[float, float] | None] = {"hop": (3.5, 2.6), "cue": (0.1, 2.2), "source": None}
"""The relations that have a line, the last one painted on top; line and gap in pen widths."""
_INSET = 8
"""From the start of the words to where the line leaves them."""


class _Bar(NamedTuple):
    """The claim's bar in the gutter, as far as it shows or leaves the window."""

    x: float
    top: float
    bottom: float


class Line(NamedTuple):
    """One line to paint; ``end`` is where it meets the words, None when they are out of sight."""

    path: QPainterPath
    kind: Relation
    colour: QColor
    end: QPointF | None


def paint_links(painter: QPainter, frame: Frame, inks: Inks, placed: Placed, clip: QRectF) -> None:
    """Paint the lines from the bar of a claim to the words of its chain."""
    bar, px = _bar(frame, placed, clip), frame.scene.typography.px
    lines = link_lines(frame, inks, placed, clip)
    for broken in (True, False):  # whole lines lie over dashed and dotted ones, not between their dashes
        _stroke(painter, inks, [line for line in lines if (_DASHES[line.kind] is not None) == broken], px(1))
    for line in lines:
        if line.end is not None:
            _paint_end(painter, inks, line.kind, line.colour, line.end, px(1))
    colour = inks.line(frame.hue(placed))
    painter.fillRect(QRectF(bar.x - px(1.5), bar.top, px(3), bar.bottom - bar.top), colour)  # whole where lines cross


def link_lines(frame: Frame, inks: Inks, placed: Placed, clip: QRectF) -> list[Line]:
    """The lines in the order of painting. To words out of sight, one line leaves the window on either side."""
    px, own, bar = frame.scene.typography.px, inks.line(frame.hue(placed)), _bar(frame, placed, clip)
    found: list[Line] = []
    away: dict[bool, Relation] = {}
    order = list(_DASHES)
    related = frame.scene.related(_DASHES)
    for linked, kind in sorted(related, key=lambda pair: order.index(pair[1])):
        colour = inks.line(frame.hue(linked)) if kind == "hop" else own
        if not frame.holds(linked.start):
            away[linked.start >= frame.high] = kind
        elif runs := frame.runs(linked.start, linked.parts[0][2]):
            run = runs[0]
            start = min(run.left + px(_INSET), (run.left + run.right) / 2)
            found.append(Line(_elbow(run, start, bar, px(1)), kind, colour, QPointF(start, run.top)))
    for below, kind in away.items():
        path = QPainterPath(QPointF(bar.x, bar.bottom if below else bar.top))
        path.lineTo(bar.x, clip.bottom() + px(40) if below else clip.top() - px(40))
        found.append(Line(path, kind, own, None))
    return found


def _bar(frame: Frame, placed: Placed, clip: QRectF) -> _Bar:
    above, below = clip.top() - frame.scene.typography.px(40), clip.bottom() + frame.scene.typography.px(40)
    top = frame.layout.caret(placed.start).top if frame.holds(placed.start) else above
    bottom = frame.layout.caret(placed.end, trailing=True).bottom if frame.holds(placed.end) else below
    if placed.start >= frame.high or placed.end <= frame.low:
        top = bottom = above if placed.end <= frame.low else below
    return _Bar(bar_x(frame, placed), top, bottom)


def _stroke(painter: QPainter, inks: Inks, lines: list[Line], px: float) -> None:
    """Lines with the page around them, so that they can be followed across underlines."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(inks.page, 4 * px))
    for line in lines:
        painter.drawPath(line.path)
    for line in lines:
        painter.setPen(pen(line.colour, 1.5 * px, _DASHES[line.kind]))
        painter.drawPath(line.path)


def _paint_end(painter: QPainter, inks: Inks, kind: Relation, colour: QColor, end: QPointF, px: float) -> None:
    if kind == "cue":
        painter.setPen(pen(colour, 2 * px))
        painter.drawLine(end - QPointF(4 * px, 0), end + QPointF(4 * px, 0))
        return
    painter.setPen(pen(colour, 1.4 * px))
    painter.setBrush(colour if kind == "source" else inks.page)
    painter.drawEllipse(end, 2.6 * px, 2.6 * px)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _elbow(run: Run, start: float, bar: _Bar, px: float) -> QPainterPath:
    """From the top of the words, through the space between the lines, to the claim's bar and along it."""
    radius, x = 5 * px, bar.x
    y = run.top - 3.8 * px
    path = QPainterPath(QPointF(start, run.top))
    path.lineTo(start, y + 2 * px)
    path.quadTo(start, y, start - 2 * px, y)
    path.lineTo(x + radius, y)
    if y < bar.top:
        path.quadTo(x, y, x, y + radius)
        path.lineTo(x, bar.top)
    elif y > bar.bottom:
        path.quadTo(x, y, x, y - radius)
        path.lineTo(x, bar.bottom)
    else:
        path.lineTo(x, y)
    return path

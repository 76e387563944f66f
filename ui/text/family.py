"""The claims around the selected one: brackets where each part of a parent begins and ends."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from ui.text.frame import Frame
from ui.text.inks import Inks, pen

_OUT = 3.2
"""From the words to the bracket: beyond handles and the edges of mention chips."""

_STEP = 2.0


def paint_family(painter: QPainter, frame: Frame, inks: Inks) -> None:
    """Bracket the parts of the selected claim's parents."""
    px, relations = frame.scene.typography.px, frame.scene.relations()
    taken: Counter[tuple[int, bool]] = Counter()  # edges of several parents at one place: the outer ones further out
    for item in reversed(list(frame.of("claim"))):
        if relations.get(item.placed.mark.id) != "parent" or item.start == item.end:
            continue
        painter.setPen(pen(inks.line(frame.hue(item.placed)), px(1.6)))
        for edge, trailing in ((item.start, False), (item.end, True)):
            if frame.holds(edge - 1 if trailing else edge):
                run, out = frame.layout.caret(edge, trailing), min(2, taken[edge, trailing])
                side = frame.layout.outside(edge, trailing=trailing)
                taken[edge, trailing] += 1
                x, taller = run.left + side * px(_OUT + _STEP * out), px(1.4) * out
                _bracket(painter, x, run.top - taller, run.bottom + px(2) + taller, -side * px(4.5))


def _bracket(painter: QPainter, x: float, top: float, bottom: float, serif: float) -> None:
    """A square bracket; a negative ``serif`` points to the left."""
    painter.drawPolyline([QPointF(x + serif, top), QPointF(x, top), QPointF(x, bottom), QPointF(x + serif, bottom)])

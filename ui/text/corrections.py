"""Paints corrections: struck text and its replacement in the source view, a dotted line in the corrected view."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath

from ui.text.frame import Frame, Item
from ui.text.geometry import Run
from ui.text.inks import Inks, pen


def paint_corrections(painter: QPainter, frame: Frame, inks: Inks) -> None:
    """Paint every correction of the frame, in the way of the view (source or corrected)."""
    corrected = frame.scene.map.corrected
    rooms = [] if corrected else _rooms(frame)
    for item in frame.of("correction"):
        if item.placed.mark.quiet:
            if not corrected:
                _tick(painter, frame, inks, item)
        elif item.placed.mark.replacement is None:
            _note(painter, frame, inks, item)
        elif corrected:
            _changed(painter, frame, inks, item)
        else:
            _strike(painter, frame, inks, item, rooms)
    if not corrected:
        _replacements(painter, frame, inks)


def paint_grounds(painter: QPainter, frame: Frame, inks: Inks) -> None:
    """Below struck text, and in the corrected view below what differs from the source: an opaque ground.

    On it words in the colours of corrections can be read, however many tints lie below.
    """
    corrected, px = frame.scene.map.corrected, frame.scene.typography.px
    rooms = [] if corrected else _rooms(frame)
    for item in frame.of("correction"):
        if item.placed.mark.quiet or item.placed.mark.replacement is None:
            continue
        for run in item.runs if corrected else _struck(item, rooms):
            path = QPainterPath()
            path.addRoundedRect(
                QRectF(run.left - 1, run.top, run.right - run.left + 2, run.bottom - run.top), px(3), px(3)
            )
            painter.fillPath(path, inks.insert_ground if corrected else inks.delete_ground)


def _rooms(frame: Frame) -> list[QRectF]:
    """The places of replacements, from right to left."""
    boxes = [box for block, number in frame.blocks for _, box in frame.layout.gap_boxes(block, number)]
    return sorted(boxes, key=lambda box: -box.right())


def _struck(item: Item, rooms: list[QRectF]) -> list[Run]:
    """The runs of struck words, without the room for what they should read."""
    found: list[Run] = []
    for run in item.runs:
        right = run.right
        for box in rooms:
            if box.top() == run.top and abs(box.right() - right) < 1 and box.left() > run.left - 1:
                right = max(run.left, box.left())
        found.append(run._replace(right=right))
    return found


def _strike(painter: QPainter, frame: Frame, inks: Inks, item: Item, rooms: list[QRectF]) -> None:
    px, on = frame.scene.typography.px, frame.is_selected(item.placed)
    painter.setPen(pen(inks.delete, px(2.2 if on else 1.6)))
    for run in _struck(item, rooms):
        middle = run.middle + px(1)
        painter.drawLine(QPointF(run.left - 1, middle), QPointF(run.right + 1, middle))


def _replacements(painter: QPainter, frame: Frame, inks: Inks) -> None:
    px = frame.scene.typography.px
    for block, number in frame.blocks:
        boxes = [box for box in frame.gap_boxes(block, number) if box[0].text]
        if not boxes:
            continue
        lines, way = frame.layout.lines(block, number), Qt.LayoutDirection
        painter.setFont(lines.style.insert_font)
        painter.setLayoutDirection(way.RightToLeft if lines.right_to_left else way.LeftToRight)
        for gap, rect in boxes:
            box = rect.adjusted(px(2.5), 0, px(-1.5), 0)
            path = QPainterPath()
            path.addRoundedRect(box, px(3), px(3))
            painter.fillPath(path, inks.insert_ground)
            painter.setPen(pen(inks.insert, px(1.4)))
            if gap.mark_id == frame.scene.selected_id:
                painter.drawPath(path)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, gap.text)
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)


def _changed(painter: QPainter, frame: Frame, inks: Inks, item: Item) -> None:
    """The corrected view: a dotted line below what was changed (selected: a frame), a wedge where words went."""
    px, on = frame.scene.typography.px, frame.is_selected(item.placed)
    painter.setPen(pen(inks.insert, px(1.4)) if on else pen(inks.insert, px(1.6), (0.1, 2.2)))
    for run in item.runs:
        if on:
            painter.drawRoundedRect(QRectF(QPointF(run.left - 1, run.top), QPointF(run.right + 1, run.bottom)), 3, 3)
            continue
        painter.drawLine(QPointF(run.left + 1, run.bottom - px(1)), QPointF(run.right - 1, run.bottom - px(1)))
    if item.start == item.end and frame.holds(item.start):
        run = frame.layout.caret(item.start)
        size = 1.6 if on else 1.0
        path = QPainterPath(QPointF(run.left, run.bottom - px(5 * size)))
        path.lineTo(run.left - px(3 * size), run.bottom)
        path.lineTo(run.left + px(3 * size), run.bottom)
        path.closeSubpath()
        painter.fillPath(path, inks.delete)


def _note(painter: QPainter, frame: Frame, inks: Inks, item: Item) -> None:
    """A correction that changes no text (another spelling): a thin dashed line below, in both views."""
    px, on = frame.scene.typography.px, frame.is_selected(item.placed)
    painter.setPen(pen(inks.accent if on else inks.text3, px(1.6 if on else 1.2), (3, 2.5)))
    for run in item.runs:
        painter.drawLine(QPointF(run.left + 1, run.bottom - px(1)), QPointF(run.right - 1, run.bottom - px(1)))


def _tick(painter: QPainter, frame: Frame, inks: Inks, item: Item) -> None:
    """A hard wrap: a small hooked arrow in the blank that stands for it."""
    run = tick_place(frame, item)
    if run is None:
        return
    px, on = frame.scene.typography.px, frame.is_selected(item.placed)
    colour = inks.accent if on else inks.text3
    painter.setOpacity(1.0 if on else 0.7)
    painter.setPen(pen(colour, px(1.5 if on else 1.0)))
    left, right, y = run.left + px(1.5), run.left + px(8.5), run.middle + px(3.5)
    painter.drawPolyline([QPointF(right, y - px(4.5)), QPointF(right, y), QPointF(left, y)])
    painter.drawPolyline([QPointF(left + px(2.4), y - px(2.4)), QPointF(left, y), QPointF(left + px(2.4), y + px(2.4))])
    painter.setOpacity(1.0)


def tick_place(frame: Frame, item: Item) -> Run | None:
    """Where the tick of a hard wrap stands: in its blank, which may hang invisibly at the end of a line."""
    if not frame.holds(item.start):
        return None
    if item.runs:
        return item.runs[0]._replace(right=item.runs[0].left)
    run = frame.layout.caret(item.start, trailing=True)
    left = run.left if frame.layout.outside(item.start, trailing=True) > 0 else run.left - frame.scene.typography.px(10)
    return run._replace(left=left, right=left)

"""Straight lines on whole pixels of the screen, at every scale: else some would be sharp and others smeared."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter


class Crisp:
    """Fills lines through one painter, whose scale stays as it is meanwhile."""

    def __init__(self, painter: QPainter) -> None:
        device = painter.deviceTransform()
        self._painter = painter
        self._across, self._down = (device.m11(), device.dx()), (device.m22(), device.dy())

    def row(self, rect: QRectF, colour: QColor) -> None:
        """Fill a horizontal line: its top and thickness are whole pixels, at least one."""
        scale, shift = self._down
        if scale > 0:  # else a turned page: nothing to align with
            thick = max(1, round(rect.height() * scale))
            top = round(rect.center().y() * scale + shift - thick / 2)
            rect = QRectF(rect.left(), (top - shift) / scale, rect.width(), thick / scale)
        self._painter.fillRect(rect, colour)

    def column(self, rect: QRectF, colour: QColor) -> None:
        """Fill a vertical line: its left edge and thickness are whole pixels, at least one."""
        scale, shift = self._across
        if scale > 0:
            thick = max(1, round(rect.width() * scale))
            left = round(rect.center().x() * scale + shift - thick / 2)
            rect = QRectF((left - shift) / scale, rect.top(), thick / scale, rect.height())
        self._painter.fillRect(rect, colour)

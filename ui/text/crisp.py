"""Straight lines on whole pixels of the screen, at every scale: else some would be sharp and others smeared."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter


def fill_row(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """Fill a horizontal line: its top and thickness are whole pixels, at least one."""
    device = painter.deviceTransform()
    scale, shift = device.m22(), device.dy()
    if scale <= 0:  # a turned page: nothing to align with
        painter.fillRect(rect, colour)
        return
    thick = max(1, round(rect.height() * scale))
    top = round(rect.center().y() * scale + shift - thick / 2)
    painter.fillRect(QRectF(rect.left(), (top - shift) / scale, rect.width(), thick / scale), colour)


def fill_column(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """Fill a vertical line: its left edge and thickness are whole pixels, at least one."""
    device = painter.deviceTransform()
    scale, shift = device.m11(), device.dx()
    if scale <= 0:
        painter.fillRect(rect, colour)
        return
    thick = max(1, round(rect.width() * scale))
    left = round(rect.center().x() * scale + shift - thick / 2)
    painter.fillRect(QRectF((left - shift) / scale, rect.top(), thick / scale, rect.height()), colour)

"""How large a window may open: the whole of it is on the screen, with its frame."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget

_FRAME = QSize(8, 40)
"""Room for the frame that the system puts around a window; its true size is known only once it is shown."""


def fitting(wanted: QSize, available: QRect) -> QSize:
    """``wanted``, or as much of it as ``available`` has room for with a frame; pixels."""
    return wanted.boundedTo(available.size() - _FRAME)


def resize_to_screen(window: QWidget, width: int, height: int) -> None:
    """Give ``window`` that size in pixels, or the largest that its screen has room for."""
    window.resize(fitting(QSize(width, height), window.screen().availableGeometry()))

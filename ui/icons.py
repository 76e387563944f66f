"""The Lucide icons of the window (ISC licence, beside the files), drawn in the colour that is asked for."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).parent / "assets" / "icons"


@lru_cache(maxsize=256)
def icon(name: str, colour: str, disabled: str | None = None) -> QIcon:
    """The icon ``name`` (a file's stem) in ``colour``; greyed icons take ``disabled``. Sharp at 1×, 2× and 3×."""
    made = QIcon()
    for scale in (1, 2, 3):
        made.addPixmap(pixmap(name, colour, 16, scale))
        if disabled is not None:
            made.addPixmap(pixmap(name, disabled, 16, scale), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, colour: str, size: int = 16, scale: float = 1.0) -> QPixmap:
    """The icon as a pixmap of ``size`` logical pixels for a screen of that scale."""
    image = QPixmap(round(size * scale), round(size * scale))
    image.setDevicePixelRatio(scale)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    draw(painter, name, colour, QRectF(0, 0, size, size))
    painter.end()
    return image


def draw(painter: QPainter, name: str, colour: str, rect: QRectF) -> None:
    """Draw the icon into ``rect``."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, colour).render(painter, rect)


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    drawing = (FOLDER / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    return QSvgRenderer(QByteArray(drawing.encode()))

"""Dims every paragraph but the one that is read or worked on: that of the caret, and those of the selected mark."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from ui.text.document import DisplayMap
from ui.text.frame import Frame
from ui.text.inks import Inks
from ui.text.scene import Scene
from ui.theme import blend, contrast

_STRONGEST = 0.6
_STEP = 0.02
_LEAST_CONTRAST = 3.2
"""What is dimmed can still be read."""


def veil(ground: str, text: str) -> float:
    """How much of the page's colour may lie over text of a colour; none where the text is pale itself."""
    opacity = _STRONGEST
    while opacity > 0 and contrast(blend(ground, opacity, text), ground) < _LEAST_CONTRAST:
        opacity -= _STEP
    return max(0.0, opacity)


def paint_veil(painter: QPainter, frame: Frame, inks: Inks) -> None:
    """Cover the frame's other paragraphs, where there is a spotlight."""
    scene, layout, theme = frame.scene, frame.layout, inks.theme
    if scene.spotlight is None or scene.on_paper:
        return
    bright = _lit(scene)
    width = layout.documentSize().width()
    for block, number in frame.blocks:
        start, end = _paragraph(scene.map, number, block.position(), block.position() + block.length() - 1)
        if any(low <= end and high >= start for low, high in bright):
            continue
        secondary = layout.lines(block, number).style.secondary
        colour = QColor(inks.page)
        colour.setAlphaF(veil(theme.page, theme.text2 if secondary else theme.text))
        top = layout.top(number)
        painter.fillRect(QRectF(0, top, width, layout.top(number + 1) - top), colour)


def _lit(scene: Scene) -> list[tuple[int, int]]:
    """The document ranges whose paragraphs stay as they are."""
    start, end = scene.spotlight or (0, 0)
    bright = [(scene.map.position(start), scene.map.position(end))]
    if scene.selected is not None:
        bright += [(low, high) for _, low, high in scene.selected.parts]
    return bright


def _paragraph(display: DisplayMap, number: int, start: int, end: int) -> tuple[int, int]:
    """From where to where the paragraph goes of which this block (a long one is cut into several) is a part."""
    paragraphs, first = display.paragraphs, number
    while first and paragraphs[first - 1].continues:
        first -= 1
        start -= paragraphs[first].length + 1
    while paragraphs[number].continues:
        number += 1
        end += paragraphs[number].length + 1
    return start, end

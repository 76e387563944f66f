"""The text of an article as a column of lines, set and painted as in the article view."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from PySide6.QtCore import QRectF
from PySide6.QtGui import QAbstractTextDocumentLayout, QPainter

from ui.paper.pages import Line
from ui.text.layout import lay_out
from ui.text.painter import ArticlePainter
from ui.text.scene import Scene
from ui.text.typography import MARGIN_RIGHT

_ABOVE = 1.0
"""How far the chip of a mention reaches above its line's tint."""


class Story:
    """One scene, ``width`` pixels wide with its gutter. Lay it out with ``steps`` before anything else."""

    head = 0.0

    def __init__(self, scene: Scene, width: float) -> None:
        self._scene = scene
        self._width = width
        scene.on_paper = True
        self._document, layout = lay_out(scene, None, lambda: 0.0)
        self.layout = layout
        layout.set_width(width + scene.typography.px(MARGIN_RIGHT))
        self._painter = ArticlePainter(layout, scene)
        self.lines: list[Line] = []
        self._starts: list[int] = []

    def steps(self) -> Iterator[None]:
        """Lay everything out, a paragraph a step."""
        yield from self.setting()
        yield from self.measuring()

    def setting(self) -> Iterator[None]:
        """The first half: break paragraphs into lines."""
        block, number = self._document.begin(), 0
        while block.isValid():
            self.layout.lines(block, number)
            block, number = block.next(), number + 1
            yield
        self.layout.announce()
        yield

    def measuring(self) -> Iterator[None]:
        """The second half: note where the lines stand."""
        group, continues = 0, False
        block = self._document.begin()
        for number, paragraph in enumerate(self._scene.map.paragraphs):
            set_ = self.layout.lines(block, number)
            inset, top = set_.style.box_top, self.layout.top(number)
            group += not continues
            continues = paragraph.continues
            for row in range(set_.layout.lineCount()):
                y = top + row * set_.pitch
                line = Line(
                    y + inset - _ABOVE, y + set_.pitch + inset, y + set_.style.line / 2, group,
                    leads=paragraph.kind == "headline",
                )  # fmt: skip
                self.lines.append(line)
                self._starts.append(block.position() + set_.layout.lineAt(row).textStart())
            block = block.next()
            yield

    def line_of(self, offset: int) -> int:
        """The number of the line that holds a source offset."""
        return max(0, bisect_right(self._starts, self._scene.map.position(offset)) - 1)

    def paint(self, painter: QPainter, first: int, last: int) -> None:
        """Paint the lines from ``first`` to before ``last``, where they stand in the column."""
        context = QAbstractTextDocumentLayout.PaintContext()
        context.cursorPosition = -1
        top, bottom = self.lines[first].middle, self.lines[last - 1].middle
        context.clip = QRectF(0, top - 0.5, self._width, bottom - top + 1)
        self._painter.paint(painter, context)

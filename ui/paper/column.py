"""A column of set words: headings and paragraphs one below the other, with drawings beside them, in lines to be shared
out among pages.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption

from annotator.text.offsets import Utf16Map
from ui.paper.pages import Line
from ui.paper.type import spelt

Drawing = Callable[[QPainter, float], None]
"""Draws at this height, the top of the line it belongs to."""

_MANY = 14
"""Lines. More than these may be shared out between two pages."""


@dataclass(frozen=True, slots=True)
class Ink:
    """How words are set: ``pitch`` is the distance of their lines."""

    font: QFont
    colour: QColor
    pitch: float


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a paragraph that is set in another way, in code points."""

    start: int
    end: int
    font: QFont
    colour: QColor
    struck: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    text: str
    ink: Ink
    x: float
    width: float
    parts: Sequence[Part]
    first: int
    """The number of its first line in the column."""
    count: int


class Column:
    """Grows downwards. The words are set again whenever they are painted: only their places are kept."""

    head = 0.0

    def __init__(self, width: float) -> None:
        self.width = width
        self.lines: list[Line] = []
        self._words: list[_Words] = []
        self._drawings: dict[int, list[Drawing]] = {}
        self._y = 0.0
        self._group = 0

    def space(self, height: float) -> None:
        """Leave room."""
        self._y += height

    def draw(self, drawing: Drawing) -> None:
        """Draw something beside the line that comes next."""
        self._drawings.setdefault(len(self.lines), []).append(drawing)

    def words(
        self,
        text: str,
        ink: Ink,
        x: float = 0.0,
        right: float = 0.0,
        parts: Sequence[Part] = (),
        *,
        leads: bool = False,
    ) -> None:
        """A paragraph that leaves ``x`` pixels free on the left and ``right`` on the right."""
        for line in text.splitlines() or [text]:
            self._paragraph(line, ink, x, right, parts, leads=leads)

    def keep_together(self, first: int) -> None:
        """Let no page end between the lines from number ``first`` on, unless they are many."""
        if len(self.lines) - first <= _MANY:
            self.lines[first:-1] = [line._replace(leads=True) for line in self.lines[first:-1]]

    def _paragraph(self, text: str, ink: Ink, x: float, right: float, parts: Sequence[Part], *, leads: bool) -> None:
        width = max(60.0, self.width - x - right)
        layout = _set(text, ink, width, parts)
        self._words.append(_Words(text, ink, x, width, parts, len(self.lines), layout.lineCount()))
        for _ in range(layout.lineCount()):
            self._add(ink.pitch, leads=leads)
        self._group += 1

    def _add(self, height: float, *, leads: bool) -> None:
        bottom = self._y + height
        self.lines.append(Line(self._y, bottom, (self._y + bottom) / 2, self._group, leads))
        self._y = bottom

    def paint(self, painter: QPainter, first: int, last: int) -> None:
        """Paint the lines from ``first`` to before ``last``, where they stand in the column."""
        index = max(0, bisect_left(self._words, first + 1, key=lambda words: words.first) - 1)
        while index < len(self._words) and self._words[index].first < last:
            self._paint(painter, self._words[index], first, last)
            index += 1

    def _paint(self, painter: QPainter, words: _Words, first: int, last: int) -> None:
        layout = _set(words.text, words.ink, words.width, words.parts)
        ascent = (words.ink.pitch + QFontMetricsF(words.ink.font).capHeight()) / 2
        for number in range(max(first, words.first), min(last, words.first + words.count)):
            top, line = self.lines[number].top, layout.lineAt(number - words.first)
            for drawing in self._drawings.get(number, ()):
                drawing(painter, top)
            painter.setPen(words.ink.colour)
            line.setPosition(QPointF(line.position().x(), 0))
            line.draw(painter, QPointF(words.x, top + ascent - line.ascent()))


def _set(text: str, ink: Ink, width: float, parts: Sequence[Part]) -> QTextLayout:
    """The paragraph broken into lines."""
    layout = QTextLayout(text, spelt(ink.font, text))
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    formats = []
    unit = Utf16Map(text).to_utf16
    for part in parts:
        found = QTextLayout.FormatRange()
        found.start, found.length = unit(part.start), unit(part.end) - unit(part.start)
        form = QTextCharFormat()
        form.setFont(spelt(part.font, text))
        form.setForeground(part.colour)
        form.setFontStrikeOut(part.struck)
        found.format = form
        formats.append(found)
    layout.setFormats(formats)
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
    layout.endLayout()
    return layout

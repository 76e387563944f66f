"""Source and corrected text side by side: two columns that break their pages at the same places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import merge
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter

from ui.paper.manuscript import NAMES
from ui.paper.pages import Line
from ui.paper.story import Story
from ui.paper.type import paper_font, spelt
from ui.text.alignment import Alignment
from ui.text.inks import Inks
from ui.text.rows import pair
from ui.text.scene import Scene
from ui.text.typography import GUTTER, SLIM_GUTTER
from ui.theme import LIGHT

_BETWEEN = 26.0
_SAME = 3.0
"""Lines that begin within so many pixels of each other stand beside each other."""
_MANY = 500
"""Lines brought together in one step."""


class _Piece(NamedTuple):
    """One line of one of the columns."""

    line: Line
    side: int
    number: int


class Spread:
    """Two scenes in columns of equal width, what belongs together at one height. Lay it out with ``steps``."""

    head = 30.0
    """Room above the lines of a page, for the names of the columns."""

    def __init__(self, scenes: Sequence[Scene], width: float) -> None:
        source, corrected = scenes
        corrected.slim = True
        px = source.typography.px
        measure = (width - px(GUTTER + SLIM_GUTTER) - _BETWEEN) / 2
        self._lefts = 0.0, px(GUTTER) + measure + _BETWEEN
        self._texts = px(GUTTER), self._lefts[1] + px(SLIM_GUTTER)
        self.stories = Story(source, px(GUTTER) + measure), Story(corrected, px(SLIM_GUTTER) + measure)
        left, right = self.stories
        self._alignment = Alignment(pair(source.map, corrected.map), (left.layout, right.layout))
        self._inks = Inks(LIGHT)
        self._rows: list[list[_Piece]] = []
        self._firsts: list[int] = []
        self.lines: list[Line] = []
        """What stands at one height in both columns is one line here."""

    def steps(self) -> Iterator[None]:
        """Lay both columns out."""
        for story in self.stories:
            yield from story.setting()
        for story in self.stories:
            yield from story.measuring()
        columns = [_pieces(side, story) for side, story in enumerate(self.stories)]
        for count, piece in enumerate(merge(*columns, key=lambda piece: (piece.line.top, piece.side))):
            row = self._rows[-1] if self._rows else []
            if row and piece.line.top - row[0].line.top <= _SAME:
                row.append(piece)
                self.lines[-1] = _together(self.lines[-1], piece.line)
            else:
                self._rows.append([piece])
                self.lines.append(piece.line)
            if piece.side == 0:
                self._firsts.append(len(self._rows) - 1)
            if count % _MANY == 0:
                yield

    def line_of(self, offset: int) -> int:
        """The number of the line that holds a source offset."""
        return self._firsts[self.stories[0].line_of(offset)]

    def numbers(self, side: int, first: int, last: int) -> list[int]:
        """Which lines of one column stand on the lines from ``first`` to before ``last``."""
        return [piece.number for row in self._rows[first:last] for piece in row if piece.side == side]

    def paint(self, painter: QPainter, first: int, last: int) -> None:
        """Paint the lines from ``first`` to before ``last``, where they stand, under the names of the columns."""
        painter.setPen(self._inks.text2)
        for side, view in enumerate(("source", "corrected")):
            name = NAMES["source" if view == "source" else "corrected"]
            painter.setFont(spelt(paper_font(12.5, QFont.Weight.DemiBold), name))
            place = QRectF(self._texts[side], self.lines[first].top - self.head, 300, 18)
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        for side, story in enumerate(self.stories):
            if numbers := self.numbers(side, first, last):
                painter.save()
                painter.translate(self._lefts[side], 0)
                story.paint(painter, numbers[0], numbers[-1] + 1)
                painter.restore()


def _pieces(side: int, story: Story) -> Iterator[_Piece]:
    return (_Piece(line, side, number) for number, line in enumerate(story.lines))


def _together(one: Line, other: Line) -> Line:
    bottom, leads = max(one.bottom, other.bottom), one.leads or other.leads
    return one._replace(bottom=bottom, leads=leads)

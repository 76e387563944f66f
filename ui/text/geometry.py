"""Where characters stand inside a laid-out block: the rectangles of a range, and of a caret."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextLayout, QTextLine, QTextOption

from ui.text.document import DisplayMap
from ui.text.typography import Style

_UNBROKEN = 2000
_NO_BREAK = re.compile(rf"[^\s\-/?!\u200b\u2e80-\ud7a3\uf900-\ufaff\uff00-\uffef]{{{_UNBROKEN}}}")

_INDEXES = QTextLayout.GlyphRunRetrievalFlag.RetrieveStringIndexes


class Run(NamedTuple):
    """A stretch of text on one line: its left and right edge, and the top and bottom of a tint around it."""

    left: float
    right: float
    top: float
    bottom: float

    def moved(self, x: float, y: float) -> Run:
        return Run(self.left + x, self.right + x, self.top + y, self.bottom + y)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


class Setting(NamedTuple):
    """How a block was laid out: the distance of its lines, its style, and whether its text runs in both directions."""

    pitch: float
    style: Style
    bidirectional: bool


class Lines(NamedTuple):
    """A laid-out block. Made anew whenever needed: Qt's layout may not be held on to, it dies with the document."""

    layout: QTextLayout
    pitch: float
    style: Style
    bidirectional: bool
    start: int
    """The block's position in the document."""
    map: DisplayMap

    def runs(self, start: int, end: int) -> list[Run]:
        """The visible stretches of ``[start, end)``, in units from the block's start, relative to its top left."""
        layout, found = self.layout, []
        if start >= end or not layout.lineCount():
            return []
        for number in range(layout.lineForTextPosition(start).lineNumber(), layout.lineCount()):
            line = layout.lineAt(number)
            first = line.textStart()
            if first >= end:
                break
            low, high = max(start, first), min(end, first + line.textLength())
            top = number * self.pitch + self.style.box_top
            spans = _both_ways(line, low, high) if self.bidirectional else _one_way(line, low, high)
            found += [Run(left, right, top, top + self.style.box) for left, right in spans]
        return found

    def caret(self, position: int) -> Run:
        """Where a caret stands before the unit ``position``: a run without width."""
        line = self.layout.lineForTextPosition(position)
        if not line.isValid():
            return Run(0.0, 0.0, self.style.box_top, self.style.box_top + self.style.box)
        return self._at(line, x_of(line, position))

    def trailing(self, position: int) -> Run:
        """Where a caret stands behind the unit before ``position``, on that unit's line."""
        line = self.layout.lineForTextPosition(max(0, position - 1))
        return self._at(line, x_of(line, position)) if line.isValid() else self.caret(position)

    def number_of(self, position: int) -> int:
        """The number of the line on which a caret at ``position`` stands."""
        line = self.layout.lineForTextPosition(position)
        return line.lineNumber() if line.isValid() else 0

    def nearest(self, x: float, number: int, *, stay: bool) -> int:
        """The place on a line that is nearest to an x coordinate; ``stay`` as for :meth:`edge`."""
        line = self.layout.lineAt(number)
        if not line.isValid():
            return 0
        rect = line.naturalTextRect()
        right_to_left = self.layout.textOption().textDirection() == Qt.LayoutDirection.RightToLeft
        if x <= rect.left() or x >= rect.right():  # Qt takes the right edge for the line's end, whatever its direction
            return self.edge(number, -1 if (x <= rect.left()) != right_to_left else 1, stay=stay)
        if self.bidirectional:  # there Qt is a character off
            return min(self._places(line), key=lambda place: abs(x_of(line, place) - x))
        found = self._between(line, x)
        return self.edge(number, 1, stay=stay) if found == line.textStart() + line.textLength() else found

    def _between(self, line: QTextLine, x: float) -> int:
        """Where a caret put at ``x`` stands. Behind a letter with several accents Qt's own answer is the end."""
        under = int(line.xToCursor(x, QTextLine.CursorPosition.CursorOnCharacter))
        if not self.layout.isValidCursorPosition(under):  # the second half of a character of two units
            under = self.layout.previousCursorPosition(under)
        following = min(self.layout.nextCursorPosition(under), line.textStart() + line.textLength())
        return following if x > (x_of(line, under) + x_of(line, following)) / 2 else under

    def _places(self, line: QTextLine) -> Iterator[int]:
        """Where a caret can stand on a line."""
        position, end = line.textStart(), line.textStart() + line.textLength()
        while position < end:
            yield position
            position = max(position + 1, self.layout.nextCursorPosition(position))
        if line.lineNumber() == self.layout.lineCount() - 1:
            yield end

    def edge(self, number: int, side: int, *, stay: bool) -> int:
        """The start (-1) or end (1) of a line, before the blank it was broken at.

        A caret at the end of a line without such a blank shows at the start of the next one; with ``stay`` the place
        is the one before the last character instead.
        """
        line = self.layout.lineAt(number)
        if not line.isValid() or side < 0:
            return line.textStart() if line.isValid() else 0
        end = line.textStart() + line.textLength()
        blank = self.map.visible(self.start + end - 1, self.start + end).isspace()
        if number == self.layout.lineCount() - 1 or not (stay or blank):
            return end
        return max(line.textStart(), self.layout.previousCursorPosition(end))

    def _at(self, line: QTextLine, x: float) -> Run:
        top = line.lineNumber() * self.pitch + self.style.box_top
        return Run(x, x, top, top + self.style.box)


def x_of(line: QTextLine, position: int, edge: QTextLine.Edge = QTextLine.Edge.Leading) -> float:
    """The x coordinate of a position in a line."""
    return float(line.cursorToX(position, edge)[0])  # type: ignore[index]


def _one_way(line: QTextLine, low: int, high: int) -> list[tuple[float, float]]:
    left, right = x_of(line, low), min(x_of(line, high), line.naturalTextRect().right() + 1)
    return [(left, right)] if right > left else []


def _both_ways(line: QTextLine, low: int, high: int) -> list[tuple[float, float]]:
    """Neighbours in the text may stand apart: merge the pieces that lie in one direction."""
    edges: list[tuple[float, float]] = []
    for start, end, backwards in _stretches(line):
        first, last = max(start, low), min(end, high)
        if first >= last:
            continue
        left = right = 0.0
        if first == start or last == end:  # there cursorToX may answer for the neighbour: the glyphs tell
            boxes = [run.boundingRect() for run in line.glyphRuns(start, end - start)]
            left, right = min((b.left() for b in boxes), default=0), max((b.right() for b in boxes), default=0)
        one = (right if backwards else left) if first == start else x_of(line, first)
        other = (left if backwards else right) if last == end else x_of(line, last)
        edges.append((min(one, other), max(one, other)))
    merged: list[tuple[float, float]] = []
    for left, right in sorted(edges):
        if merged and left <= merged[-1][1] + 0.6:
            merged[-1] = merged[-1][0], max(right, merged[-1][1])
        elif right > left:
            merged.append((left, right))
    return merged


def _stretches(line: QTextLine) -> list[tuple[int, int, bool]]:
    """The pieces of a line, in text order, that lie in one direction each: start, end, right to left."""
    stop = line.textStart() + line.textLength()
    runs = line.glyphRuns(line.textStart(), line.textLength(), _INDEXES)
    starts = {min(run.stringIndexes(), default=line.textStart()): run.isRightToLeft() for run in runs}
    ordered = sorted(starts)
    return [(a, b, starts[a]) for a, b in pairwise([*ordered, stop])]


def is_unbroken(text: str) -> bool:
    """Whether thousands of characters follow one another without a place where a line could end.

    Qt would look for one through all of them, for every line anew: seconds for a file that is pasted in.
    """
    return len(text) > _UNBROKEN and _NO_BREAK.search(text) is not None


def line_option(*, right_to_left: bool, unbroken: bool = False) -> QTextOption:
    """How the lines of a block are broken and set; ``unbroken``: its text gives Qt no places to break it."""
    option = QTextOption()
    mode = QTextOption.WrapMode
    option.setWrapMode(mode.WrapAnywhere if unbroken else mode.WrapAtWordBoundaryOrAnywhere)
    if right_to_left:
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
    return option

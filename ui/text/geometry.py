"""Where characters stand inside a laid-out block: the rectangles of a range, and of a caret."""

from __future__ import annotations

import re
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextLayout, QTextLine, QTextOption

from ui.text.document import DisplayMap
from ui.text.stretches import Stretch, edge, nearest, spans, stretches, x_of
from ui.text.typography import Style

_UNBROKEN = 2000
_NO_BREAK = re.compile(rf"[^\s\-/?!\u200b\u2e80-\ud7a3\uf900-\ufaff\uff00-\uffef]{{{_UNBROKEN}}}")


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


class Spot(NamedTuple):
    """Where a caret stands: before the unit ``position``, or ``trailing`` behind the one before it.

    The two are far apart where a line is broken or the direction turns.
    """

    position: int
    trailing: bool = False


class Setting(NamedTuple):
    """How a block was laid out: the distance of its lines and its style."""

    pitch: float
    style: Style
    pieces: dict[int, list[Stretch]] | None
    """By number the lines that were looked at, when the text runs in both directions; else None."""


class Lines(NamedTuple):
    """A laid-out block. Made anew whenever needed: Qt's layout may not be held on to, it dies with the document."""

    layout: QTextLayout
    pitch: float
    style: Style
    pieces: dict[int, list[Stretch]] | None
    start: int
    """The block's position in the document."""
    map: DisplayMap

    @property
    def right_to_left(self) -> bool:
        """Whether its paragraph runs so."""
        return bool(self.layout.textOption().textDirection() == Qt.LayoutDirection.RightToLeft)

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
            pieces = self._pieces(line)
            edges = _one_way(line, low, high) if pieces is None else spans(pieces, line, low, high)
            found += [Run(left, right, top, top + self.style.box) for left, right in edges]
        return found

    def caret(self, position: int, trailing: bool = False) -> Run:
        """Where a caret stands before the unit ``position``, or ``trailing`` behind the one before it, on its line.

        A run without width.
        """
        line = self.layout.lineForTextPosition(max(0, position - 1) if trailing else position)
        if not line.isValid():
            return Run(0.0, 0.0, self.style.box_top, self.style.box_top + self.style.box)
        pieces, top = self._pieces(line), line.lineNumber() * self.pitch + self.style.box_top
        x = x_of(line, position) if pieces is None else edge(pieces, line, position, trailing=trailing)[0]
        return Run(x, x, top, top + self.style.box)

    def outside(self, position: int, trailing: bool) -> int:
        """On which side of that caret its character is not: to the left (-1) or to the right (1)."""
        line = self.layout.lineForTextPosition(max(0, position - 1) if trailing else position)
        pieces = self._pieces(line) if line.isValid() else None
        backwards = pieces is not None and edge(pieces, line, position, trailing=trailing)[1]
        return 1 if trailing != backwards else -1

    def _pieces(self, line: QTextLine) -> list[Stretch] | None:
        if self.pieces is None:
            return None
        number = line.lineNumber()
        if (found := self.pieces.get(number)) is None:
            first = self.start + line.textStart()
            text = self.map.visible(first, first + line.textLength())
            found = self.pieces[number] = stretches(line, text, right_to_left=self.right_to_left)
        return found

    def number_of(self, spot: Spot) -> int:
        """The number of the line on which a caret stands."""
        line = self.layout.lineForTextPosition(max(0, spot.position - 1) if spot.trailing else spot.position)
        return line.lineNumber() if line.isValid() else 0

    def row(self, y: float) -> int:
        """The number of the line at this height, the first or last one beyond them."""
        return max(0, min(self.layout.lineCount() - 1, int(y / self.pitch)))

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies on the text of a line."""
        rect = self.layout.lineAt(self.row(y)).naturalTextRect()
        return rect.left() - 1 <= x <= rect.right() + 1 and 0 <= y < self.layout.lineCount() * self.pitch

    def nearest(self, x: float, number: int) -> Spot:
        """The place on a line that is nearest to an x coordinate."""
        line = self.layout.lineAt(number)
        if not line.isValid():
            return Spot(0)
        rect = line.naturalTextRect()
        if x <= rect.left() or x >= rect.right():  # Qt takes the right edge for the line's end, whatever its direction
            return self.edge(number, -1 if (x <= rect.left()) != self.right_to_left else 1)
        if (pieces := self._pieces(line)) is not None:  # there Qt is a character off
            found = nearest(pieces, line, x, self._following)
            return Spot(*found) if found else Spot(line.textStart())
        between = self._between(line, x)
        return self.edge(number, 1) if between == line.textStart() + line.textLength() else Spot(between)

    def _between(self, line: QTextLine, x: float) -> int:
        """Where a caret put at ``x`` stands. Behind a letter with several accents Qt's own answer is the end."""
        under = int(line.xToCursor(x, QTextLine.CursorPosition.CursorOnCharacter))
        following = self._following(under)  # Qt may be inside of a character of two units, and take it for two
        under = self.map.cluster_before(self.start + following) - self.start
        following = min(following, line.textStart() + line.textLength())
        return following if x > (x_of(line, under) + x_of(line, following)) / 2 else under

    def _following(self, position: int) -> int:
        return self.map.cluster_after(self.start + position) - self.start

    def edge(self, number: int, side: int) -> Spot:
        """The start (-1) or end (1) of a line, before the blank it was broken at."""
        line = self.layout.lineAt(number)
        if not line.isValid() or side < 0:
            return Spot(line.textStart() if line.isValid() else 0)
        end = line.textStart() + line.textLength()
        if number == self.layout.lineCount() - 1:
            return Spot(end, trailing=True)
        blank = self.map.visible(self.start + end - 1, self.start + end).isspace()
        return Spot(max(line.textStart(), self.layout.previousCursorPosition(end) if blank else end), trailing=True)


def _one_way(line: QTextLine, low: int, high: int) -> list[tuple[float, float]]:
    left, right = x_of(line, low), min(x_of(line, high), line.naturalTextRect().right() + 1)
    return [(left, right)] if right > left else []


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

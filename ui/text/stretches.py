"""Where the characters of a line stand whose text runs in both directions.

Qt says it to a caret, not to a painter: where the direction turns it answers for the neighbour, and a word that runs
against its paragraph is off by the blank that the line was broken at. Here the glyphs that are painted say it.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import NamedTuple

from PySide6.QtGui import QTextLine

_TOUCH = 0.6
"""Pieces with no more pixels between them are painted as one."""
_STRONG = {"L", "R", "AL", "EN", "AN"}
_JOINED = {"NSM", "BN"}


class Stretch(NamedTuple):
    """A piece of a line that lies in one direction, ``[start, end)`` in units from the block's start."""

    start: int
    end: int
    backwards: bool
    """Whether it runs right to left."""
    left: float
    right: float
    plain: bool = False
    """The whole line runs in the direction of its paragraph: there Qt can be asked."""

    def x(self, line: QTextLine, position: int) -> float:
        """The edge between the units before and behind a position of this stretch, its ends included."""
        if position <= self.start:
            return self.right if self.backwards else self.left
        if position >= self.end:
            return self.left if self.backwards else self.right
        if self.plain:
            return x_of(line, position)
        low = high = position  # letters of one ligature share its room
        while (one := self._between(line, low)) is None:
            low -= 1
        while (other := self._between(line, high)) is None:
            high += 1
        return one if low == high else one + (other - one) * (position - low) / (high - low)

    def _between(self, line: QTextLine, position: int) -> float | None:
        """Where what is painted before the position meets what is painted behind it; None inside of a ligature."""
        if position <= self.start or position >= self.end:
            return self.x(line, position)
        one, other = _stretch(line, self.start, position), _stretch(line, position, self.end)
        if one is None or other is None or not _go_on(one, other):
            return None
        if abs(min(one.left, other.left) - self.left) + abs(max(one.right, other.right) - self.right) > _TOUCH:
            return None  # Qt puts half a ligature elsewhere
        return one.left if self.backwards else one.right


def x_of(line: QTextLine, position: int) -> float:
    """Where Qt has a caret in a line."""
    return float(line.cursorToX(position)[0])  # type: ignore[index]


def stretches(line: QTextLine, text: str, *, right_to_left: bool) -> list[Stretch]:
    """The pieces of a line that holds this ``text``, in its order, without blanks that hang at its end."""
    start = line.textStart()
    full = start + line.textLength()
    stop = full - (len(text) - len(text.rstrip()))
    while stop < full and line.glyphRuns(stop, 1):  # a blank that does not hang
        stop += 1
    if not _turns(line, start, stop):
        whole = _stretch(line, start, stop)
        return [whole._replace(plain=whole.backwards == right_to_left)] if whole else []
    found: list[Stretch] = []
    for low, high in _kinds(text, start, stop):
        piece = _stretch(line, low, high)
        if piece is None or (found and _go_on(found[-1], piece)):  # nothing to see: it belongs to what is before it
            piece, found = _both(found[-1], piece, high) if found else None, found[:-1]
        if piece is not None:
            found.append(piece)
    return found


def _turns(line: QTextLine, start: int, stop: int) -> bool:
    return len({run.isRightToLeft() for run in line.glyphRuns(start, stop - start)}) > 1


def _kinds(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Stretches in which the direction cannot turn: Qt tells it of any character, but not where it turns."""
    position, first, before = start, start, ""
    for character in text:
        if position >= stop:
            break
        kind = unicodedata.bidirectional(character)
        if position > first and kind not in _JOINED:
            if kind != before or kind not in _STRONG:
                yield first, position
                first = position
            before = kind
        elif position == first:
            before = kind
        position += 1 if character < "\U00010000" else 2
    if first < stop:
        yield first, stop


def _stretch(line: QTextLine, start: int, end: int) -> Stretch | None:
    runs = line.glyphRuns(start, end - start)
    if not runs:
        return None
    boxes = [run.boundingRect() for run in runs]
    left, right = min(box.left() for box in boxes), max(box.right() for box in boxes)
    return Stretch(start, end, runs[0].isRightToLeft(), left, right)


def _go_on(one: Stretch, other: Stretch) -> bool:
    """Whether a piece stands where the one before it ends. A number inside Hebrew and a blank behind need not."""
    gap = one.left - other.right if one.backwards else other.left - one.right
    return one.backwards == other.backwards and abs(gap) < _TOUCH


def _both(one: Stretch, other: Stretch | None, end: int) -> Stretch:
    if other is None:
        return one._replace(end=end)
    return one._replace(end=end, left=min(one.left, other.left), right=max(one.right, other.right))


def spans(pieces: list[Stretch], line: QTextLine, low: int, high: int) -> list[tuple[float, float]]:
    """The left and right edges of ``[low, high)``, from left to right. Neighbours in the text may stand apart."""
    edges: list[tuple[float, float]] = []
    for piece in pieces:
        first, last = max(piece.start, low), min(piece.end, high)
        if first < last:
            one, other = piece.x(line, first), piece.x(line, last)
            edges.append((min(one, other), max(one, other)))
    merged: list[tuple[float, float]] = []
    for left, right in sorted(edges):
        if merged and left <= merged[-1][1] + _TOUCH:
            merged[-1] = merged[-1][0], max(right, merged[-1][1])
        elif right > left:
            merged.append((left, right))
    return merged


def edge(pieces: list[Stretch], line: QTextLine, position: int, *, trailing: bool = False) -> tuple[float, bool]:
    """Where the unit at a position begins (``trailing``: where the one before ends), and whether it runs backwards."""
    inside = position - 1 if trailing else position
    for piece in reversed(pieces):
        if piece.start <= inside:  # if it is a blank that hangs: behind the last word
            return piece.x(line, position), piece.backwards
    return x_of(line, position), False


def nearest(
    pieces: list[Stretch], line: QTextLine, x: float, following: Callable[[int], int]
) -> tuple[int, bool] | None:
    """The position whose edge is nearest, and whether it is meant as the end of the unit before.

    ``following`` gives the next place where a caret may stand.
    """
    piece = min(pieces, key=lambda piece: max(piece.left - x, x - piece.right, 0.0), default=None)
    if piece is None:
        return None
    places = [piece.start]
    while places[-1] < piece.end:
        places.append(min(piece.end, max(places[-1] + 1, following(places[-1]))))
    sign = -1 if piece.backwards else 1
    after = bisect_left(places, sign * x, 1, len(places) - 1, key=lambda place: sign * piece.x(line, place))
    before, behind = places[after - 1], places[after]
    trailing = abs(piece.x(line, behind) - x) < abs(piece.x(line, before) - x)
    return (behind, True) if trailing else (before, False)

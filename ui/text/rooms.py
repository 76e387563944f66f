"""Where the room for a replacement is, in text that may run in both directions.

Letter spacing is always to the right of a character. So a replacement that stands left of the struck words gets its
room from the character further left; where none follows on the line, the line is broken earlier instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextLayout

from ui.text.gaps import Gap
from ui.text.geometry import Lines, line_option
from ui.text.scene import Scene
from ui.text.stretches import Stretch, stretches
from ui.text.typography import Style

_ENDLESS = 1e7


class Room(NamedTuple):
    """The room for the gaps of one place, in units from the block's start."""

    gaps: list[Gap]
    spaced: tuple[int, int] | None
    """The characters with the room on their right; None: it is beyond the end, or before the start, of a line."""
    beside: tuple[int, int]
    """The characters that the replacements stand next to."""
    left: bool
    """To their left; else the room is part of them."""
    offset: float
    """What of this room other replacements take first."""

    @property
    def at(self) -> int:
        return self.gaps[0].at

    @property
    def width(self) -> float:
        return sum(gap.width for gap in self.gaps)

    def boxes(self, lines: Lines) -> list[tuple[Gap, QRectF]]:
        """The replacements, and where."""
        right, top = self._right(lines) - self.offset, lines.caret(self.at, trailing=self.at > 0).top
        return [(gap, QRectF(right - gap.after - gap.width, top, gap.width, lines.style.box)) for gap in self.gaps]

    def _right(self, lines: Lines) -> float:
        if self.at == 0:
            rect = lines.layout.lineAt(0).naturalTextRect()
            return rect.left() if not self.left else rect.right() + self.width
        own = lines.caret(self.at, trailing=True)
        runs = [run for run in lines.runs(*self.beside) if run.top == own.top]
        if not runs:
            return own.left
        return min(run.left for run in runs) if self.left else max(run.right for run in runs)


def find_rooms(
    scene: Scene, gaps: Sequence[Gap], start: int, text: str, style: Style, *, both: bool, right_to_left: bool
) -> list[Room]:
    """A room for all gaps of a block that begins at ``start`` in the document."""
    pieces = _pieces(text, style, right_to_left=right_to_left) if both and gaps else None
    found: list[Room] = []
    taken: dict[tuple[int, int], float] = {}
    for _, here in groupby(gaps, key=lambda gap: gap.at):
        room = _room(scene, list(here), start, pieces, right_to_left=right_to_left)
        spaced = room.spaced
        if spaced is not None:
            room = room._replace(offset=taken.get(spaced, 0.0))
            taken[spaced] = room.offset + room.width
        found.append(room)
    return found


def _pieces(text: str, style: Style, *, right_to_left: bool) -> list[Stretch]:
    """Which way the characters of a block run."""
    layout = QTextLayout(text, style.font)
    layout.setTextOption(line_option(right_to_left=right_to_left))
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(_ENDLESS)
    layout.endLayout()
    return stretches(line, text, right_to_left=right_to_left)


def _room(scene: Scene, gaps: list[Gap], start: int, pieces: list[Stretch] | None, *, right_to_left: bool) -> Room:
    """In the reading order of the paragraph behind the words; of a quoted one where they are only a part of it."""
    at, first = gaps[0].at, max(gap.first for gap in gaps)
    if at == 0:
        return Room(gaps, None, (0, 0), right_to_left, 0.0)
    last = scene.map.cluster_before(start + at) - start, at
    behind = Room(gaps, last, last, False, 0.0)
    piece = next((piece for piece in pieces or () if piece.start < at <= piece.end), None)
    if piece is None or not gaps[-1].text:  # the tick of a hard wrap is in the blank itself
        return behind
    words = max(min(first, last[0]), piece.start), at
    follows = next((other for other in pieces or () if other.start <= at < other.end), None)
    following = at, scene.map.cluster_after(start + at) - start
    if piece.backwards and follows is not piece and (follows is not None or not right_to_left):
        head = words[0], scene.map.cluster_after(start + words[0]) - start
        return Room(gaps, head, head, False, 0.0)
    alone = words == (piece.start, piece.end) and (follows is None or follows.backwards)
    if piece.backwards or (right_to_left and alone):
        return Room(gaps, following if follows is not None else None, words, True, 0.0)
    return behind

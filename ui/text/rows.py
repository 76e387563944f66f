"""Which blocks of the source text and of the corrected text stand beside each other."""

from __future__ import annotations

from bisect import bisect_right
from itertools import groupby

from annotator.text.corrected import PieceMap
from ui.text.document import DisplayMap


class Rows:
    """The blocks of two texts in rows. On one side, 0 or 1, a row may have no block, but not on both."""

    def __init__(self, ends: list[tuple[int, int]]) -> None:
        """``ends``: behind which block of either side each row ends."""
        self._ends = ends
        starts = [(0, 0), *ends[:-1]]
        self._firsts = [start for start, _ in starts], [start for _, start in starts]

    def __len__(self) -> int:
        return len(self._ends)

    def row_of(self, side: int, block: int) -> int:
        """The row that a block stands in."""
        return bisect_right(self._firsts[side], block) - 1

    def blocks(self, side: int, row: int) -> range:
        """The blocks of a row."""
        return range(self._firsts[side][row], self._ends[row][side])

    def both(self, row: int) -> tuple[range, range]:
        """The blocks of a row on either side."""
        return self.blocks(0, row), self.blocks(1, row)


def pair(source: DisplayMap, corrected: DisplayMap) -> Rows:
    """Rows for the two texts of one article.

    A new row begins where the same character ends a line in both texts, and where the same character begins one: what
    a correction took away, or put in, has a row of its own when it is whole lines.
    """
    breaks = source.breaks
    if corrected.pieces is None:
        return Rows([(number, number) for number in range(1, len(breaks) + 2)])
    ends = {offset: number for number, offset in enumerate(breaks, 1)}
    begins = {0: 0, **{offset + 1: number for offset, number in ends.items()}}
    theirs = corrected.breaks
    found = {(len(breaks) + 1, len(theirs) + 1)}
    found.update(
        (ends[end], number) for number, end in enumerate(_ends(corrected.pieces, breaks, theirs), 1) if end in ends
    )
    found.update(
        (begins[first], number)
        for number, offset in enumerate([0, *(offset + 1 for offset in theirs)])
        if (first := _begin(corrected.pieces, offset)) in begins
    )
    found.discard((0, 0))
    return Rows(sorted(found))


def _begin(pieces: PieceMap, offset: int) -> int:
    """Where a line of the corrected text that begins here begins in the source text; -1 when it is in new text."""
    piece = pieces.piece_at(offset)
    if piece.correction_id is None:
        return piece.source_start + offset - piece.start
    return piece.source_start if offset == piece.start else -1


def _ends(pieces: PieceMap, ours: list[int], theirs: list[int]) -> list[int]:
    """Where the line ends of the corrected text come from; -1 for those that stand for none of the source's.

    As many line ends as a correction replaced stand for those that it replaced.
    """
    replaced: dict[int, list[int]] = {}
    for offset in ours:
        piece = pieces.piece_at_source(offset)
        if piece.correction_id is not None:
            replaced.setdefault(piece.source_start, []).append(offset)
    found: list[int] = []
    placed = [(pieces.piece_at(offset), offset) for offset in theirs]
    for _, group in groupby(placed, key=lambda pair: pair[0].source_start):
        here = list(group)
        piece = here[0][0]
        before = replaced.get(piece.source_start, [])
        if piece.correction_id is None:
            found += [piece.source_start + offset - piece.start for _, offset in here]
        else:
            found += before if len(before) == len(here) else [-1] * len(here)
    return found

"""The corrected text, derived from the source text by its transcription corrections, and the way between them.

A :class:`PieceMap` is an ordered list of pieces. A *kept* piece is the same in both texts; a *changed* piece
stands in the source where its replacement stands in the corrected text. Projection follows these rules:

- an offset inside a kept piece moves with it;
- a span's start that falls inside a changed piece moves to the start of the replacement, its end to the end:
  a span never loses a character of a replacement that it touched;
- an insertion (an empty source range) at a span's start or end stays outside the span;
- a span that lies wholly inside a deletion has no place: the answer is None, never an empty span.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import pairwise

import msgspec

from annotator.errors import InvalidEdit
from annotator.model import Correction


class Replacement(msgspec.Struct, frozen=True, gc=False):
    """``source[start:end]`` reads ``text`` in the corrected text; ``correction_id`` says by which correction."""

    start: int
    end: int
    text: str
    correction_id: str


class Piece(msgspec.Struct, frozen=True, gc=False):
    """``[source_start, source_end)`` of the source is ``[start, end)`` of the corrected text."""

    source_start: int
    source_end: int
    start: int
    end: int
    correction_id: str | None = None
    """The correction that changed this piece; None for kept text."""


def replacements(corrections: Iterable[Correction]) -> list[Replacement]:
    """What the transcription corrections that are not rejected change, in text order.

    Raises:
        InvalidEdit: two of them overlap.
    """
    found = [
        Replacement(span.start, span.end, correction.replacement or "", correction.id)
        for correction in corrections
        if correction.applied
        for span in correction.spans
    ]
    found.sort(key=lambda r: (r.start, r.end))
    for left, right in pairwise(found):
        if overlaps(left.start, left.end, right.start, right.end):
            raise InvalidEdit(f"Two corrections overlap at {right.start}–{min(left.end, right.end)}.")
    return found


def overlaps(start: int, end: int, other_start: int, other_end: int) -> bool:
    """Whether two corrected places collide: they share a character, or insert at the same spot."""
    if start == end and other_start == other_end:
        return start == other_start
    return start < other_end and other_start < end


class PieceMap:
    """Source text ↔ corrected text. Both directions cost O(log pieces) an offset."""

    def __init__(self, source: str, changes: Iterable[Replacement] = ()) -> None:
        self.source = source
        self.pieces: list[Piece] = []
        parts: list[str] = []
        position = target = 0
        for change in changes:
            if change.start > position:
                parts.append(source[position : change.start])
                self._add(position, change.start, target, target + change.start - position, None)
                target += change.start - position
            parts.append(change.text)
            self._add(change.start, change.end, target, target + len(change.text), change.correction_id)
            position, target = change.end, target + len(change.text)
        if position < len(source) or not self.pieces:
            parts.append(source[position:])
            self._add(position, len(source), target, target + len(source) - position, None)
        self.text = "".join(parts)
        self._source_starts = [p.source_start for p in self.pieces]
        self._source_ends = [p.source_end for p in self.pieces]
        self._starts = [p.start for p in self.pieces]
        self._ends = [p.end for p in self.pieces]

    def _add(self, source_start: int, source_end: int, start: int, end: int, by: str | None) -> None:
        self.pieces.append(Piece(source_start, source_end, start, end, by))

    def piece_at(self, offset: int) -> Piece:
        """The piece that holds this character of the corrected text (the last one beyond its end)."""
        return self.pieces[min(bisect_right(self._ends, offset), len(self.pieces) - 1)]

    def piece_at_source(self, offset: int) -> Piece:
        """The piece that holds this character of the source text (the last one beyond its end)."""
        return self.pieces[min(bisect_right(self._source_ends, offset), len(self.pieces) - 1)]

    def to_corrected(self, start: int, end: int) -> tuple[int, int] | None:
        """Where the source span ``[start, end)`` stands in the corrected text; None when it was deleted."""
        if start == end:
            return self._point(start)
        pieces, at = self.pieces, bisect_right(self._source_ends, start)
        first = pieces[at] if at < len(pieces) else pieces[-1]
        if first.correction_id is None and first.source_start <= start and end <= first.source_end:  # as most are
            moved = first.start - first.source_start
            return start + moved, end + moved
        last = pieces[max(bisect_left(self._source_starts, end) - 1, 0)]
        low = first.start if first.correction_id else first.start + start - first.source_start
        high = last.end if last.correction_id else last.start + end - last.source_start
        return (low, high) if high > low else None

    def to_source(self, start: int, end: int) -> tuple[int, int] | None:
        """Where the corrected span ``[start, end)`` comes from; None when it was only inserted."""
        first = self.piece_at(start)
        if start == end:
            offset = first.source_start if first.correction_id else first.source_start + start - first.start
            return offset, offset
        last = self.pieces[max(bisect_left(self._starts, end) - 1, 0)]
        low = first.source_start if first.correction_id else first.source_start + start - first.start
        high = last.source_end if last.correction_id else last.source_start + end - last.start
        return (low, high) if high > low else None

    def source_around(self, start: int, end: int) -> tuple[int, int]:
        """The source range of all that stands in or touches ``[start, end]``, deletions at either end included."""
        first = self.pieces[min(bisect_left(self._ends, start), len(self.pieces) - 1)]
        last = self.pieces[max(bisect_right(self._starts, end) - 1, 0)]
        low = first.source_start if first.correction_id else first.source_start + start - first.start
        high = last.source_end if last.correction_id else last.source_start + end - last.start
        return max(low, first.source_start), min(high, last.source_end)

    def _point(self, offset: int) -> tuple[int, int] | None:
        """A caret: before an insertion that stands at the same place."""
        index = bisect_left(self._source_ends, offset)
        piece = self.pieces[min(index, len(self.pieces) - 1)]
        if piece.correction_id and piece.source_start < offset < piece.source_end and piece.start == piece.end:
            return None
        moved = piece.start if piece.correction_id else piece.start + offset - piece.source_start
        if piece.correction_id and offset == piece.source_end > piece.source_start:
            moved = piece.end
        return moved, moved

"""The text as Qt is given it, and the way between its UTF-16 positions and the code points of the source text.

Every character of the text stands for exactly one of the article's, whatever it looks like: hard wraps become
spaces, characters that Qt would alter get stand-ins. Offsets therefore hold, and nothing is ever read back from Qt.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from annotator.model import Segment
from annotator.text.anchors import grapheme_end, grapheme_start, snap
from annotator.text.corrected import PieceMap
from annotator.text.offsets import Utf16Map
from ui.directions import runs_backwards

LONG = 4000
"""A paragraph longer than this gets a break in place of a space about every ``STEP`` characters."""
STEP = 3000

_ALTERED = re.compile("[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ud800-\udfff\ufdd0\ufdd1\ufeff\ufffc\ufffe\uffff]")
"""What Qt drops, changes or gives a meaning of its own. Each is one UTF-16 unit, as are the stand-ins."""
_STAND_INS = {"\u2029": "\n", "\r": " ", "\x0b": " ", "\x0c": " ", "\x85": " ", "\u2028": " ", "\ufeff": "\u2060"}
_BLANK = re.compile(r"\s")
_BREAK = re.compile(r"\n(?:[^\S\n]*\n)*")


class Paragraph(NamedTuple):
    """One block of the document. ``kind`` is its segment's, ``body`` outside of all segments."""

    kind: str
    length: int
    """Code points, without the break that ends it."""
    continues: bool = False
    """The next block goes on in the same paragraph."""


class DisplayMap:
    """One text on show: the source text, or the corrected text when ``pieces`` are given.

    *Offsets* are code points of the source text, *positions* UTF-16 units of the document.
    """

    def __init__(
        self,
        source: str,
        segments: Sequence[Segment] = (),
        pieces: PieceMap | None = None,
        beside: DisplayMap | None = None,
    ) -> None:
        """``beside``: the source text that this corrected text stands next to; both are cut at the same places."""
        self.source = source
        self.pieces = self._pieces = pieces
        self.base = source if pieces is None else pieces.text
        """The text on show with its real characters."""
        self._units = Utf16Map(self.base)
        self.length = self._units.utf16_length
        if pieces is not None:
            self._starts = [piece.source_start for piece in pieces.pieces]
            self._changed = {
                (p.source_start, p.source_end): (p.start, p.end) for p in pieces.pieces if p.correction_id is not None
            }
        spans = sorted(self._base_segments(segments))
        builder = _Builder(self.base, spans, self._cuts(beside.breaks) if beside is not None else [])
        self.text = builder.text
        """What Qt is given: as long as ``base``, in code points and in UTF-16 units."""
        self.paragraphs = builder.paragraphs
        self._block_starts = list(accumulate((p.length + 1 for p in self.paragraphs), initial=0))
        self._run_starts = [self._units.to_utf16(start) for start, _ in builder.runs]
        self._run_ends = [self._units.to_utf16(end) for _, end in builder.runs]

    @property
    def corrected(self) -> bool:
        return self._pieces is not None

    @cached_property
    def right_to_left(self) -> bool:
        """Whether the article as a whole runs so: a paragraph without a letter goes with it."""
        return runs_backwards(self.base)

    @property
    def breaks(self) -> list[int]:
        """The characters of ``base`` that end a block and begin the next one."""
        return [start - 1 for start in self._block_starts[1:-1]]

    def _cuts(self, breaks: Sequence[int]) -> list[int]:
        """Where the breaks of the source text may cut a long paragraph here, too."""
        found: list[int] = []
        if self._pieces is None:
            return found
        for offset in breaks:
            piece = self._pieces.piece_at_source(offset)
            if piece.correction_id is None:
                found.append(piece.start + offset - piece.source_start)
            elif blank := _BLANK.search(self.base, piece.start, piece.end):
                found.append(blank.start())
        return found

    def _base_segments(self, segments: Sequence[Segment]) -> Iterator[tuple[int, int, str]]:
        for segment in segments:
            placed = self._to_base(segment.start, segment.end)
            if placed is not None and placed[0] < placed[1]:
                yield *placed, segment.kind

    def _to_base(self, start: int, end: int) -> tuple[int, int] | None:
        if self._pieces is None:
            return start, end
        if (start, end) in self._changed:
            return self._changed[start, end]
        return self._pieces.to_corrected(start, end)

    def block_text(self, number: int) -> str:
        """The characters of a block, as Qt is given them."""
        start = self._block_starts[number]
        return self.text[start : start + self.paragraphs[number].length]

    def kind_at(self, position: int) -> str:
        """The kind of the segment that the block at this position belongs to."""
        number = bisect_right(self._block_starts, self._units.to_code_point(position)) - 1
        return self.paragraphs[min(number, len(self.paragraphs) - 1)].kind

    def visible(self, start: int, end: int) -> str:
        """The characters of the document range, as Qt is given them."""
        return self.text[self._units.to_code_point(start) : self._units.to_code_point(end)]

    def cluster_before(self, position: int) -> int:
        """The start of the grapheme cluster that ends at (or lies around) this position."""
        offset = self._units.to_code_point(position)
        return self._units.to_utf16(grapheme_start(self.base, max(0, offset - 1)))

    def cluster_after(self, position: int) -> int:
        """The end of the grapheme cluster that starts at (or lies around) this position."""
        offset = self._units.to_code_point(position)
        return self._units.to_utf16(grapheme_end(self.base, min(len(self.base), offset + 1)))

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Where the source span ``[start, end)`` stands in the document; None when a correction deleted it.

        Offsets outside the text are clamped. The place of a correction that deletes is empty.
        """
        length = len(self.source)
        start, end = max(0, min(start, length)), max(0, min(end, length))
        if self._pieces is None:
            return self._units.to_utf16(start), self._units.to_utf16(end)
        placed = self._to_base(start, end)
        return None if placed is None else (self._units.to_utf16(placed[0]), self._units.to_utf16(placed[1]))

    def reach(self, start: int, end: int) -> tuple[int, int]:
        """The source range outside of which nothing has its place in, or at either end of, ``[start, end)``."""
        low, high = self._units.to_code_point(start), self._units.to_code_point(end)
        return (low, high) if self._pieces is None else self._pieces.source_around(low, high)

    def position(self, offset: int) -> int:
        """Where a caret before the source character ``offset`` stands (clamped; inside a deletion: where it was)."""
        offset = max(0, min(offset, len(self.source)))
        if self._pieces is None:
            return self._units.to_utf16(offset)
        moved = self._pieces.to_corrected(offset, offset)
        if moved is None:
            piece = self._pieces.pieces[max(0, bisect_right(self._starts, offset) - 1)]
            moved = piece.start, piece.start
        return self._units.to_utf16(moved[0])

    def offset(self, position: int) -> int:
        """The source offset of a caret at this position."""
        base = self._units.to_code_point(max(0, min(position, self.length)))
        if self._pieces is None:
            return base
        found = self._pieces.to_source(base, base)
        return found[0] if found else 0

    def boundary(self, position: int, side: str) -> int:
        """The source offset at which what starts or ends (``side``) here has its boundary.

        Never inside what a correction replaced, and without what one deleted beside it.
        """
        base = self._units.to_code_point(max(0, min(position, self.length)))
        first = base - 1 if side == "end" else base
        if self._pieces is None or not 0 <= first < len(self.base):
            return self.offset(position)
        found = self._pieces.to_source(first, first + 1)
        return self.offset(position) if found is None else found[side == "end"]

    def changed_around(self, position: int) -> tuple[int, int] | None:
        """The source range that a correction replaced by the text around this position; None outside of all."""
        if self._pieces is None:
            return None
        base = self._units.to_code_point(position)
        piece = self._pieces.piece_at(base)
        inside = piece.correction_id is not None and piece.start < base < piece.end
        return (piece.source_start, piece.source_end) if inside else None

    def source_range(self, start: int, end: int) -> tuple[int, int]:
        """The source range of the document range ``[start, end)``, widened to whole grapheme clusters.

        Empty when the range is empty or holds only inserted text.
        """
        low, high = self.base_range(start, end)
        if low == high or self._pieces is None:
            return (low, high) if low < high else (self.offset(start),) * 2
        found = self._pieces.to_source(low, high)
        return snap(self.source, *found) if found else (self.offset(start),) * 2

    def base_range(self, start: int, end: int) -> tuple[int, int]:
        """The same as :meth:`source_range`, in code points of the text on show (``base``)."""
        start, end = (max(0, min(position, self.length)) for position in (start, end))
        if start < end:
            start, end = self._leave_run(start, end)
        return snap(self.base, self._units.to_code_point(start), self._units.to_code_point(end))

    def _leave_run(self, start: int, end: int) -> tuple[int, int]:
        """Without the part of a collapsed run of empty lines that has no place on the screen."""
        low, high = start, end
        if (run := self._run_around(start)) is not None:
            low = run[1]
        if (run := self._run_around(end)) is not None:
            high = run[0]
        return (low, high) if low < high else (start, end)

    def rest(self, position: int, came_from: int | None = None) -> int:
        """The position where the caret rests: inside a run of collapsed empty lines there is no place for it.

        It stands before the run, or behind it when it was before the run already and wants to go on.
        """
        run = self._run_around(position)
        if run is None:
            return position
        return run[1] if came_from == run[0] else run[0]

    def _run_around(self, position: int) -> tuple[int, int] | None:
        index = bisect_left(self._run_starts, position) - 1
        if index >= 0 and position < self._run_ends[index]:
            return self._run_starts[index], self._run_ends[index]
        return None


class _Builder:
    """Makes the text for Qt out of a text and its segments (sorted, as start, end, kind).

    ``cuts`` are blanks at which a long paragraph is best cut.
    """

    def __init__(self, base: str, spans: list[tuple[int, int, str]], cuts: list[int]) -> None:
        self._spans = spans
        self._span_starts = [start for start, _, _ in spans]
        self._cuts = cuts
        self.runs: list[tuple[int, int]] = []
        """Where several line ends collapse into one break (or into none, at either end of the text)."""
        clean = _ALTERED.sub(_stand_in, base) if _ALTERED.search(base) else base
        text = "".join(self._wraps(clean))
        self.text, self.paragraphs = self._paragraphs(text)

    def _wraps(self, text: str) -> Iterator[str]:
        """The text with each run of line ends turned into one break at its end, or into a space inside a segment."""
        begin, stop = len(text) - len(text.lstrip()), len(text.rstrip())
        position = index = 0
        for match in _BREAK.finditer(text):
            start, end = match.span()
            while index < len(self._spans) and self._spans[index][1] <= start:
                index += 1
            yield text[position:start]
            edge = end <= begin or start >= stop
            wrap = end - start == 1 and index < len(self._spans) and self._spans[index][0] < start
            if wrap and end >= self._spans[index][1]:
                wrap = False
            yield " " * (end - start) if edge or wrap else " " * (end - start - 1) + "\n"
            if end - start > 1:
                self.runs.append((start, end))
            position = end
        yield text[position:]

    def _paragraphs(self, text: str) -> tuple[str, tuple[Paragraph, ...]]:
        lines = text.split("\n")
        paragraphs: list[Paragraph] = []
        position = 0
        out: list[str] = []
        for line in lines:
            kind = self._kind(position, line)
            pieces = self._split(line, position) if len(line) > LONG else [line]
            paragraphs.extend(Paragraph(kind, len(piece), True) for piece in pieces[:-1])
            paragraphs.append(Paragraph(kind, len(pieces[-1])))
            out.extend(pieces)
            position += len(line) + 1
        return "\n".join(out), tuple(paragraphs)

    def _split(self, line: str, position: int) -> list[str]:
        """The line that begins at ``position``, cut at the best places and, where those are far apart, between."""
        pieces: list[str] = []
        start = 0
        first, last = (bisect_left(self._cuts, at) for at in (position, position + len(line)))
        for cut in self._cuts[first:last]:
            if (at := cut - position) - start >= STEP // 2 and line[at] == " ":
                pieces += _split(line[start:at])
                start = at + 1
        return pieces + _split(line[start:])

    def _kind(self, position: int, line: str) -> str:
        """The kind of the segment that the line's first visible character belongs to."""
        stripped = line.lstrip()
        first = position + len(line) - len(stripped)
        index = bisect_right(self._span_starts, first) - 1
        return self._spans[index][2] if index >= 0 and first < self._spans[index][1] else "body"


def _split(line: str) -> list[str]:
    """The line cut at a space about every ``STEP`` characters; each cut stands for that space."""
    pieces: list[str] = []
    start = 0
    while len(line) - start > LONG and (space := line.find(" ", start + STEP)) >= 0:
        pieces.append(line[start:space])
        start = space + 1
    pieces.append(line[start:])
    return pieces


def _stand_in(match: re.Match[str]) -> str:
    return _STAND_INS.get(match[0], "\ufffd")

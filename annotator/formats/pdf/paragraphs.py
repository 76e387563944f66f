"""The text of the pages, with an empty line between paragraphs: by room, indent, letters, or a line that ends early."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from annotator.formats.pdf.lines import Line

_INDENT = 0.8
"""How much further to the right a line begins at least that is indented, in sizes of letters."""
_FEW = 5
"""Lines of a column that do not show how wide it is."""
_FULL = 5.0
"""How far from the edge lines of running text end at most, in sizes of letters; most do so."""
_ENDS = frozenset(".!?…:。")
_CLOSING = " \"'”’»)]"
_OPENING = "\"'“‘„‚«»([-–—"


def joined(pages: Sequence[list[Line]]) -> tuple[str, list[tuple[int, int]]]:
    """The text, and (page, offset) for each page that has any. Lines are in the order in which they are read."""
    parts: list[str] = []
    begins: list[tuple[int, int]] = []
    length = 0
    before: Line | None = None
    for number, lines in enumerate(pages, start=1):
        starts = _starts(lines)
        for index, line in enumerate(lines):
            is_start = starts[index] if index else before is not None and _parts_pages(before, line)
            gap = "" if before is None else "\n\n" if is_start else "\n"
            if index == 0:
                begins.append((number, length + len(gap)))
            parts += [gap, line.text]
            length += len(gap) + len(line.text)
            before = line
    return "".join(parts), begins


def _starts(lines: list[Line]) -> list[bool]:
    """Of each line of a page whether a paragraph begins with it; the first is not looked at."""
    usual = _usual_gap(lines)
    found = [False] * len(lines)
    for column in _columns(lines):
        edge = _edge([lines[index] for index in column])
        for index in column[1:]:
            after = lines[index + 1] if index < column[-1] else None
            found[index] = _is_start(lines[index - 1], lines[index], after, usual, edge)
        if column[0]:
            found[column[0]] = _parts_pages(lines[column[0] - 1], lines[column[0]])
    return found


def _columns(lines: list[Line]) -> list[range]:
    """The lines that stand one below the other without another column between them."""
    cuts = [0, *(n for n, (one, two) in enumerate(pairwise(lines), start=1) if _is_elsewhere(one, two)), len(lines)]
    return [range(start, end) for start, end in pairwise(cuts) if start < end]


def _is_elsewhere(one: Line, other: Line) -> bool:
    """Whether the other is not below the one."""
    return other.top > one.top or not _beside(one, other)


def _usual_gap(lines: list[Line]) -> float:
    """The room between two lines of one paragraph of the page, in points."""
    gaps = sorted(one.bottom - two.top for one, two in pairwise(lines) if two.top < one.top and _beside(one, two))
    return gaps[len(gaps) // 3] if gaps else 0.0


def _beside(one: Line, other: Line) -> bool:
    """Whether they stand in the same column."""
    return one.left < other.right and other.left < one.right


def _edge(column: list[Line]) -> float | None:
    """Where lines of running text end at the right; None: too few lines, or they end anywhere, as those of a poem."""
    if len(column) < _FEW:
        return None
    edge = sorted(line.right for line in column)[len(column) * 4 // 5]
    full = sum(line.right > edge - _FULL * line.size for line in column)
    return edge if 2 * full > len(column) else None


def _is_start(before: Line, line: Line, after: Line | None, usual: float, edge: float | None) -> bool:
    """Whether a paragraph begins with ``line``, which stands below ``before`` and above ``after``."""
    if _is_other_size(before, line):
        return True
    size = max(before.size, line.size, 1.0)
    if before.bottom - line.top > usual + 0.4 * size or line.left > before.left + _INDENT * size:
        return True
    if not _ends_sentence(before) or line.text.lstrip(_OPENING)[:1].islower():
        return False
    if after is not None and abs(line.left - before.left) < 0.3 * size and after.left < line.left - _INDENT * size:
        return True  # the one before is indented, too: a paragraph of one line
    return edge is not None and edge - before.right > _first_word(line) + 0.8 * size


def _parts_pages(before: Line, line: Line) -> bool:
    """Whether a paragraph begins with the first line of a page or column: its sentence tells."""
    return _is_other_size(before, line) or _ends_sentence(before)


def _is_other_size(before: Line, line: Line) -> bool:
    return abs(before.size - line.size) > 0.15 * max(before.size, line.size, 1.0)


def _ends_sentence(line: Line) -> bool:
    return line.text.rstrip(_CLOSING)[-1:] in _ENDS


def _first_word(line: Line) -> float:
    """How wide its first word is, in points: it would have stood in the line before if there had been room."""
    return (line.right - line.left) * len(line.text.split()[0]) / len(line.text)

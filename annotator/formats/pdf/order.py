"""The order in which the lines of a page are read: columns one after the other, from the top.

The page is cut again and again: down a gutter that parts columns, else across a blank, best one that has columns on
one of its sides, so that a headline over two columns comes before both. What cannot be cut is read from the top.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from unicodedata import bidirectional

from annotator.formats.pdf.lines import Line

_GUTTER = 0.6
"""How wide a gutter is at least, in sizes of letters."""
_COLUMN = 0.12
"""How wide a column is at least, in widths of the page: less is a mark before a line."""
_ROWS = 3
"""How many lines a column has at least: in fewer, blanks between words may stand below each other by chance."""
_BLANK = 0.3
"""How high a blank is at least to cut across it, in sizes of letters."""
_DEPTH = 30


def in_order(lines: list[Line], width: float) -> list[Line]:
    """The lines of a page of that width (points) as they are read."""
    if len(lines) < 2:
        return lines
    return _ordered(lines, width, 0)


def _ordered(lines: list[Line], width: float, depth: int) -> list[Line]:
    if len(lines) < 3 or depth > _DEPTH:
        return _downward(lines)
    columns = _columns(lines, width)
    if len(columns) > 1:
        return [line for column in columns for line in _ordered(column, width, depth + 1)]
    cuts = _across(lines)
    if not cuts:
        return _downward(lines)
    parting = (cut for cut in cuts if any(len(_columns(part, width)) > 1 for part in cut))
    upper, lower = next(parting, cuts[0])
    return [*_ordered(upper, width, depth + 1), *_ordered(lower, width, depth + 1)]


def _columns(lines: list[Line], width: float) -> list[list[Line]]:
    """The lines in columns, left to right; one when there is no gutter from the top to the foot."""
    size = median(line.size for line in lines)
    parts = _parted(lines, lambda line: (line.left, line.right), _GUTTER * size)
    for part in parts:
        if len(part) < _ROWS or max(line.right for line in part) - min(line.left for line in part) < _COLUMN * width:
            return [lines]
    if len(parts) > 1 and _is_table(parts, size):
        return [lines]
    return parts


def _is_table(parts: list[list[Line]], size: float) -> bool:
    """Whether the columns are those of a table: short cells that all stand in the same rows."""
    rows = [sorted(line.bottom for line in part) for part in parts]
    longest = max(len(line.text) for part in parts for line in part)
    same = all(len(row) == len(rows[0]) for row in rows)
    return same and longest < 25 and all(
        abs(a - b) < 0.3 * size for row in rows[1:] for a, b in zip(rows[0], row, strict=True)
    )  # fmt: skip


def _across(lines: list[Line]) -> list[tuple[list[Line], list[Line]]]:
    """The ways to cut across between two lines, the widest blank first; a few are enough."""
    parts = _parted(lines, lambda line: (-line.top, -line.bottom), 0.0)
    least = _BLANK * median(line.size for line in lines)
    cuts = []
    for index in range(1, len(parts)):
        upper = [line for part in parts[:index] for line in part]
        lower = [line for part in parts[index:] for line in part]
        blank = min(line.bottom for line in upper) - max(line.top for line in lower)
        if blank >= least:
            cuts.append((blank, upper, lower))
    cuts.sort(key=lambda cut: -cut[0])
    return [(upper, lower) for _, upper, lower in cuts[:12]]


def _parted(lines: list[Line], extent: Callable[[Line], tuple[float, float]], least: float) -> list[list[Line]]:
    """The lines in groups that overlap along one direction, with at least ``least`` points between two groups."""
    groups: list[list[Line]] = []
    reached = 0.0
    for line in sorted(lines, key=lambda each: extent(each)[0]):
        start, end = extent(line)
        if groups and start - reached < least:
            groups[-1].append(line)
            reached = max(reached, end)
        else:
            groups.append([line])
            reached = end
    return groups


def _downward(lines: list[Line]) -> list[Line]:
    """From the top; what stands in one row is one line."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda each: -(each.bottom + each.top)):
        middle = (line.bottom + line.top) / 2
        if rows and rows[-1][0].bottom < middle < rows[-1][0].top:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_joined(row) for row in rows]


def _joined(row: list[Line]) -> Line:
    """One line of the pieces of a row, from the side on which its script begins."""
    if len(row) == 1:
        return row[0]
    backward = sum(bidirectional(character) in {"R", "AL"} for piece in row for character in piece.text)
    forward = sum(bidirectional(character) == "L" for piece in row for character in piece.text)
    ordered = sorted(row, key=lambda piece: -piece.right if backward > forward else piece.left)
    return Line(
        " ".join(piece.text for piece in ordered),
        min(piece.left for piece in row),
        min(piece.bottom for piece in row),
        max(piece.right for piece in row),
        max(piece.top for piece in row),
        max(piece.size for piece in row),
    )

"""Where pages end: between lines, with headings kept beside what they head, and no line of a paragraph left alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Line(NamedTuple):
    """One line of a column, from top to bottom with all that belongs to it (underlines hang below their text)."""

    top: float
    bottom: float
    middle: float
    """A height that is inside this line and no other."""
    group: int
    """The paragraph: two lines of it stay together at either end, where it has them."""
    leads: bool = False
    """It belongs to what follows (a headline): no page ends after it."""


class Page(NamedTuple):
    """The lines from ``first`` to before ``last``."""

    first: int
    last: int


def paginate(lines: Sequence[Line], height: float) -> Iterator[Page]:
    """Share ``lines`` out among pages of this height; a line taller than a page has one of its own."""
    first = 0
    while first < len(lines):
        last = first + 1
        while last < len(lines) and lines[last].bottom - lines[first].top <= height:
            last += 1
        wished = last
        while last > first + 1 and not _may_break(lines, last):
            last -= 1
        if not _may_break(lines, last):  # a page full of what belongs together
            last = wished
        yield Page(first, last)
        first = last


def _may_break(lines: Sequence[Line], at: int) -> bool:
    """Whether a page may end before the line ``at``."""
    if at >= len(lines):
        return True
    before, after = lines[at - 1], lines[at]
    if before.leads:
        return False
    if before.group != after.group:
        return True
    opens = at < 2 or lines[at - 2].group != before.group
    closes = at + 1 >= len(lines) or lines[at + 1].group != after.group
    return not (opens or closes)

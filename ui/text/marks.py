"""What is painted over the text: marks, where they stand in the document, and the lane each claim is underlined in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal, Protocol

from ui.text.shelf import Shelf

Kind = Literal["claim", "mention", "cue", "correction"]
Relation = Literal["source", "hop", "cue", "parent", "child", "speaker"]
"""What a mark is to the selected one: who says the claim, who passes it on, a cue, a claim around or inside it, or
something else of the same speaker."""
Place = Callable[["Mark"], list[tuple[int, int, int]]]
"""Where the parts of a mark stand: (index of the part, start, end) in the document's UTF-16 units."""
Reach = Callable[[int, int], tuple[int, int]]
"""From a range of the document to one of the source text."""

MAX_LANES = 12
"""Claims that overlap deeper than this share the last lane."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where one annotation stands and what kind it is; how it looks says the view's :class:`Legend`.

    ``parts`` are code points over the source text.
    """

    id: str
    kind: Kind
    parts: tuple[tuple[int, int], ...]
    replacement: str | None = None
    """What a correction reads instead ("" deletes); None when it changes no text."""
    owner: str | None = None
    """The mark that a click selects in this one's place (the claim of a cue)."""
    quiet: bool = False
    """A correction that is shown as a small tick only (a hard line wrap)."""


class Legend(Protocol):
    """What the view asks about a mark while it paints: all that can change without the mark being touched."""

    def number(self, mark_id: str) -> int | None:
        """The number of a claim, shown in the gutter; None for none."""

    def hue(self, mark_id: str) -> int:
        """Index of the speaker's colour in ``Theme.lines``."""

    def relations(self, mark_id: str) -> Mapping[str, Relation]:
        """The marks shown together with a selected mark or speaker, and what they are to it."""

    def label(self, mark_id: str) -> str:
        """What a screen reader says of a mark."""


class Placed:
    """A mark and where it stands in the document (UTF-16 units)."""

    __slots__ = ("_ends", "depth", "lane", "mark", "parts")

    def __init__(self, mark: Mark, parts: list[tuple[int, int, int]]) -> None:
        self.mark = mark
        self.parts = parts
        """(index of the part in ``mark.parts``, start, end), in text order; parts without a place are left out."""
        self._ends = list(accumulate((end for _, _, end in parts), max))
        self.lane = 0
        self.depth = 1
        """How many lanes the claims use that overlap here; 0 while nobody has asked for the lane."""

    @property
    def start(self) -> int:
        return self.parts[0][1]

    @property
    def end(self) -> int:
        return self.parts[-1][2]

    def between(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The parts that touch ``[start, end]``."""
        for index in range(bisect_left(self._ends, start), len(self.parts)):
            _, low, high = self.parts[index]
            if low > end:
                return
            if high >= start:
                yield low, high

    @property
    def size(self) -> int:
        """The units covered by all parts."""
        return sum(end - start for _, start, end in self.parts)


Hit = tuple[int, int, Placed]
"""A part found by a query: start, end, and the mark it belongs to."""


class MarkIndex:
    """The marks of a document, found by place. A mark is placed when it is first asked for: opening costs what shows.

    ``place`` says where a mark stands; ``reach`` of which source range the marks may touch ``[start, end]`` of the
    document.
    """

    def __init__(self, place: Place, reach: Reach) -> None:
        self._place = place
        self._reach = reach
        self._shelf = Shelf()
        self._placed: dict[str, Placed | None] = {}
        """None: it has no place in this text."""

    def __iter__(self) -> Iterator[Placed]:
        """All that have a place."""
        return (placed for mark in self._shelf if (placed := self.get(mark.id)) is not None)

    def get(self, mark_id: str | None) -> Placed | None:
        """The mark with this id, if it is shown."""
        mark = None if mark_id is None else self._shelf.get(mark_id)
        placed = None if mark is None else self._see(mark)
        if placed is not None:
            self._give_lane(placed)
        return placed

    def mark(self, mark_id: str) -> Mark | None:
        """The mark with this id, whether it has a place or not."""
        return self._shelf.get(mark_id)

    def load(self, marks: Iterable[Mark]) -> None:
        """Forget everything and take these marks."""
        self._shelf = marks.copy() if isinstance(marks, Shelf) else Shelf(marks)
        self._placed.clear()

    def update(self, marks: Iterable[Mark], removed: Iterable[str] = ()) -> list[Placed]:
        """Add or change ``marks``, drop ``removed``.

        Back come the marks that stand elsewhere or need other room, and those that went, as they stood.
        """
        gone = [known for mark_id in removed if (known := self._shelf.get(mark_id)) is not None]
        touched = [self._take_out(mark) for mark in gone]
        for mark in marks:
            known = self._shelf.get(mark.id)
            if known == mark:
                continue
            if known is not None:
                touched.append(self._take_out(known))
            self._shelf.add(mark)
            touched.append(self._see(mark))
        moved = [placed for placed in touched if placed is not None]
        return moved + self._reassign(moved)

    def _take_out(self, mark: Mark) -> Placed | None:
        placed = self._see(mark)
        self._shelf.discard(mark.id)
        del self._placed[mark.id]
        return placed

    def query(self, start: int, end: int) -> list[Hit]:
        """The parts that share a unit with ``[start, end)``, and the empty parts from ``start`` to ``end``.

        In the order of painting: by start, the longer first.
        """
        found: dict[tuple[int, int, str], Hit] = {}
        for mark in self._shelf.around(*self._reach(start, end)):
            placed = self._see(mark)
            if placed is None:
                continue
            for low, high in placed.between(start, end):
                if (low < end and high > start) or low == high:
                    self._give_lane(placed)
                    found[low, high, mark.id] = low, high, placed
        return sorted(found.values(), key=lambda hit: (hit[0], -hit[1]))

    def _see(self, mark: Mark) -> Placed | None:
        """Where a mark stands. A claim may have no lane yet."""
        if mark.id in self._placed:
            return self._placed[mark.id]
        parts = self._place(mark)
        placed = self._placed[mark.id] = Placed(mark, parts) if parts else None
        if placed is not None and mark.kind == "claim":
            placed.depth = 0
        return placed

    def _give_lane(self, placed: Placed) -> None:
        if placed.depth == 0:
            assign_lanes(self._overlapping(placed.start, placed.end))

    def _reassign(self, touched: Iterable[Placed]) -> list[Placed]:
        """Give new lanes to the claims around the touched ones. The claims that moved come back."""
        moved: dict[str, Placed] = {}
        done: set[int] = set()  # by identity: a mark that moved leaves neighbours where it stood as well
        for placed in touched:
            if not _has_lane(placed) or id(placed) in done:
                continue
            group = self._overlapping(placed.start, placed.end)
            before = {id(p): (p.lane, p.depth) for p in group if p.depth}
            assign_lanes(group)
            moved.update((p.mark.id, p) for p in group if before.get(id(p), (p.lane, p.depth)) != (p.lane, p.depth))
            done.update(id(p) for p in group)
        return list(moved.values())

    def _overlapping(self, start: int, end: int) -> list[Placed]:
        """The claims whose extents hang together with ``[start, end)``, directly or through others."""
        found: dict[str, Placed] = {}
        low, high = start, end
        beside: dict[str, Placed] = {}
        new = [(start, end)]
        while new:
            for stretch in new:  # what the claims found so far cover beyond that which was looked at
                for mark in self._shelf.claims_around(*self._reach(*stretch)):
                    if mark.id not in found and (placed := self._see(mark)) is not None:
                        beside[mark.id] = placed
            was_low, was_high = low, high
            while hanging := [p for p in beside.values() if p.start < high and p.end > low]:
                low, high = min(low, *(p.start for p in hanging)), max(high, *(p.end for p in hanging))
                for placed in hanging:
                    found[placed.mark.id] = beside.pop(placed.mark.id)
            new = [stretch for stretch in ((low, was_low), (was_high, high)) if stretch[0] < stretch[1]]
        return list(found.values())


def assign_lanes(claims: Iterable[Placed]) -> None:
    """Put overlapping claims into different lanes, the longest of those that start together into the first.

    A claim keeps its lane from its first part to its last, so that a dotted line can join them.
    """
    ends: list[int] = []
    group: list[Placed] = []
    for placed in sorted(claims, key=lambda p: (p.start, -p.end, p.mark.id)):
        if ends and max(ends) <= placed.start:
            _close(group, len(ends))
            ends, group = [], []
        free = next((lane for lane, end in enumerate(ends) if end <= placed.start), len(ends))
        placed.lane = min(free, MAX_LANES - 1)
        if placed.lane == len(ends):
            ends.append(placed.end)
        else:
            ends[placed.lane] = max(ends[placed.lane], placed.end) if free >= MAX_LANES else placed.end
        group.append(placed)
    _close(group, len(ends))


def _close(group: Iterable[Placed], depth: int) -> None:
    for placed in group:
        placed.depth = depth


def _has_lane(placed: Placed) -> bool:
    return placed.mark.kind == "claim"

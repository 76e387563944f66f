"""What is painted over the text: marks, where they stand in the document, and the lane each claim is underlined in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

Kind = Literal["claim", "mention", "cue", "correction"]
Relation = Literal["source", "hop", "cue", "parent", "child", "speaker"]
"""What a mark is to the selected one: who says the claim, who passes it on, a cue, a claim around or inside it, or
something else of the same speaker."""
Place = Callable[["Mark"], list[tuple[int, int, int]]]
"""Where the parts of a mark stand: (index of the part, start, end) in the document's UTF-16 units."""

MAX_LANES = 12
"""Claims that overlap deeper than this share the last lane."""
_BUCKET = 256


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

    __slots__ = ("depth", "lane", "mark", "parts")

    def __init__(self, mark: Mark, parts: list[tuple[int, int, int]]) -> None:
        self.mark = mark
        self.parts = parts
        """(index of the part in ``mark.parts``, start, end), in text order; parts without a place are left out."""
        self.lane = 0
        self.depth = 1
        """How many lanes the claims use that overlap here."""

    @property
    def start(self) -> int:
        return self.parts[0][1]

    @property
    def end(self) -> int:
        return self.parts[-1][2]

    @property
    def size(self) -> int:
        """The units covered by all parts."""
        return sum(end - start for _, start, end in self.parts)


Hit = tuple[int, int, Placed]
"""A part found by a query: start, end, and the mark it belongs to."""


class MarkIndex:
    """All marks of the document, found by place in buckets of 256 units. Adding one costs what it covers."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._placed: dict[str, Placed] = {}
        self._buckets: defaultdict[int, list[Hit]] = defaultdict(list)
        self._extents: defaultdict[int, list[Placed]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self._placed)

    def __iter__(self) -> Iterator[Placed]:
        return iter(self._placed.values())

    def get(self, mark_id: str | None) -> Placed | None:
        """The mark with this id, if it is shown."""
        return None if mark_id is None else self._placed.get(mark_id)

    def load(self, marks: Iterable[Mark]) -> None:
        """Forget everything and take these marks."""
        self._placed.clear()
        self._buckets.clear()
        self._extents.clear()
        for mark in marks:
            self._insert(mark)
        assign_lanes(p for p in self._placed.values() if _has_lane(p))

    def update(self, marks: Iterable[Mark], removed: Iterable[str] = ()) -> list[Placed]:
        """Add or change ``marks``, drop ``removed``.

        Back come the marks that stand elsewhere or need other room, and those that went, as they stood.
        """
        touched: list[Placed] = []
        for mark_id in removed:
            if (known := self._placed.get(mark_id)) is not None:
                self._remove(known)
                touched.append(known)
        for mark in marks:
            known = self._placed.get(mark.id)
            if known is not None and known.mark == mark:
                continue
            if known is not None:
                self._remove(known)
                touched.append(known)
            if (placed := self._insert(mark)) is not None:
                touched.append(placed)
        return touched + self._reassign(touched)

    def query(self, start: int, end: int) -> list[Hit]:
        """The parts that share a unit with ``[start, end)``, and the empty parts from ``start`` to ``end``.

        In the order of painting: by start, the longer first.
        """
        found: dict[tuple[int, int, str], Hit] = {}
        for number in range(start // _BUCKET, end // _BUCKET + 1):
            for hit in self._buckets.get(number, ()):
                if (hit[0] < end and hit[1] > start) or (hit[0] == hit[1] and start <= hit[0] <= end):
                    found[hit[0], hit[1], hit[2].mark.id] = hit
        return sorted(found.values(), key=lambda hit: (hit[0], -hit[1]))

    def _insert(self, mark: Mark) -> Placed | None:
        parts = self._place(mark)
        if not parts:
            return None
        placed = self._placed[mark.id] = Placed(mark, parts)
        buckets, extents = self._buckets, self._extents
        for _, start, end in parts:
            hit = start, end, placed
            for number in _numbers(start, end):
                buckets[number].append(hit)
        if mark.kind == "claim":
            for number in _numbers(parts[0][1], parts[-1][2]):
                extents[number].append(placed)
        return placed

    def _remove(self, placed: Placed) -> None:
        del self._placed[placed.mark.id]
        for _, start, end in placed.parts:
            for number in _numbers(start, end):
                self._buckets[number] = [hit for hit in self._buckets[number] if hit[2] is not placed]
        if _has_lane(placed):
            for number in _numbers(placed.start, placed.end):
                self._extents[number].remove(placed)

    def _reassign(self, touched: Iterable[Placed]) -> list[Placed]:
        """Give new lanes to the claims around the touched ones. The claims that moved come back."""
        moved: dict[str, Placed] = {}
        done: set[int] = set()  # by identity: a mark that moved leaves neighbours where it stood as well
        for placed in touched:
            if not _has_lane(placed) or id(placed) in done:
                continue
            group = self._overlapping(placed.start, placed.end)
            before = {id(p): (p.lane, p.depth) for p in group}
            assign_lanes(group)
            moved.update((p.mark.id, p) for p in group if before[id(p)] != (p.lane, p.depth))
            done.update(id(p) for p in group)
        return list(moved.values())

    def _overlapping(self, start: int, end: int) -> list[Placed]:
        """The claims whose extents hang together with ``[start, end)``, directly or through others."""
        found: dict[str, Placed] = {}
        pending = [(start, end)]
        while pending:
            low, high = pending.pop()
            for number in _numbers(low, high):
                for placed in self._extents.get(number, ()):
                    if placed.mark.id not in found and placed.start < high and placed.end > low:
                        found[placed.mark.id] = placed
                        pending.append((placed.start, placed.end))
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


def _numbers(start: int, end: int) -> range:
    return range(start // _BUCKET, max(start, end - 1) // _BUCKET + 1)

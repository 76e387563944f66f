"""The marks of an article by where they stand in the source text: filed once, shared by every view of the article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.text.marks import Mark

_BUCKET = 512
"""Code points of the source text that share a list."""
Buckets = defaultdict[int, list["Mark"]]


class Shelf:
    """Marks by id, and in buckets of the source text: claims by all they span, the others part by part.

    Nothing here belongs to Qt: a shelf may be filled on any thread, before it is handed over.
    """

    def __init__(self, marks: Iterable[Mark] = ()) -> None:
        self._marks: dict[str, Mark] = {}
        self._claims: Buckets = defaultdict(list)
        self._others: Buckets = defaultdict(list)
        self._spare: Shelf | None = None
        for mark in marks:
            self.add(mark)

    def __iter__(self) -> Iterator[Mark]:
        return iter(self._marks.values())

    def copy(self) -> Shelf:
        """A shelf of its own with the same marks."""
        if (spare := self._spare) is not None:
            self._spare = None
            return spare
        other = Shelf()
        other._marks = self._marks.copy()
        for theirs, ours in ((other._claims, self._claims), (other._others, self._others)):
            theirs.update({number: bucket.copy() for number, bucket in ours.items()})
        return other

    def lay_by(self) -> None:
        """Make the next copy now, on whatever thread this is; it is good until the marks change."""
        self._spare = None
        self._spare = self.copy()

    def get(self, mark_id: str) -> Mark | None:
        """The mark with this id."""
        return self._marks.get(mark_id)

    def add(self, mark: Mark) -> None:
        """Put a mark in, maybe in the place of the one with its id."""
        self.discard(mark.id)
        self._spare = None
        self._marks[mark.id] = mark
        for table, number in self._places(mark):
            table[number].append(mark)

    def update(self, marks: Iterable[Mark], removed: Iterable[str]) -> None:
        """Put marks in and take others out."""
        for mark_id in removed:
            self.discard(mark_id)
        for mark in marks:
            self.add(mark)

    def discard(self, mark_id: str) -> None:
        """Take a mark out, if it is there."""
        if (mark := self._marks.pop(mark_id, None)) is not None:
            self._spare = None
            for table, number in self._places(mark):
                table[number].remove(mark)

    def _places(self, mark: Mark) -> Iterator[tuple[Buckets, int]]:
        """The buckets that a mark lies in, each once."""
        if mark.kind == "claim":
            if mark.parts:
                low, high = min(start for start, _ in mark.parts), max(end for _, end in mark.parts)
                for number in range(low // _BUCKET, high // _BUCKET + 1):
                    yield self._claims, number
            return
        last = -1
        for start, end in mark.parts:
            for number in range(max(start // _BUCKET, last + 1), end // _BUCKET + 1):
                yield self._others, number
                last = number

    def around(self, start: int, end: int) -> Iterator[Mark]:
        """The marks that may touch ``[start, end]`` of the source text, each once: more than do, never fewer."""
        yield from self.claims_around(start, end)
        yield from _each_once(self._others, range(start // _BUCKET, end // _BUCKET + 1))

    def claims_around(self, start: int, end: int) -> Iterator[Mark]:
        """The same, claims only: what matters is what they span, gaps between their parts included."""
        return _each_once(self._claims, range(start // _BUCKET, end // _BUCKET + 1))


def _each_once(table: Buckets, numbers: range) -> Iterator[Mark]:
    if len(numbers) == 1:
        return iter(table.get(numbers[0], ()))
    found: dict[str, Mark] = {}
    for number in numbers:
        for mark in table.get(number, ()):
            found[mark.id] = mark
    return iter(found.values())

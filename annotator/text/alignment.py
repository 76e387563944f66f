"""Two versions of a text aligned: the edits that make one of the other, as few as readable, whole words mostly.

Edits never cross a line end unless one was changed, and none begins or ends a line with characters of one side only:
so each line of one text projects onto its line of the other (:class:`annotator.text.corrected.PieceMap`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

_MOST_CELLS = 1 << 38
"""Characters of one text times those of the other: beyond, aligning would take minutes."""


@dataclass(frozen=True, slots=True)
class Edit:
    """``source[start:end]`` reads ``text`` in the other version."""

    start: int
    end: int
    text: str


def edits(source: str, target: str) -> list[Edit]:
    """What makes ``target`` of ``source``, in text order.

    Texts with as many lines are aligned line by line, unless the lines do not belong together.
    """
    if source == target:
        return []
    ours, theirs = source.split("\n"), target.split("\n")
    if len(ours) == len(theirs):
        far = sum(Levenshtein.distance(one, other) for one, other in zip(ours, theirs, strict=True))
        if far * 2 <= max(len(source), len(target)) or far * 4 <= 5 * _distance(source, target):
            return list(_by_line(ours, theirs))
    return list(_shifted(source, target, 0))


def _distance(source: str, target: str) -> int:
    return Levenshtein.distance(source, target) if len(source) * len(target) <= _MOST_CELLS else 0


def _by_line(ours: list[str], theirs: list[str]) -> Iterator[Edit]:
    at = 0
    for one, other in zip(ours, theirs, strict=True):
        if one != other:
            yield from _shifted(one, other, at)
        at += len(one) + 1


def _shifted(source: str, target: str, at: int) -> Iterator[Edit]:
    for change in _groups(source, target):
        yield Edit(change.a0 + at, change.a1 + at, target[change.b0 : change.b1])


@dataclass(slots=True)
class _Change:
    """``source[a0:a1]`` reads ``target[b0:b1]``."""

    a0: int
    a1: int
    b0: int
    b1: int


def _groups(source: str, target: str) -> list[_Change]:
    """Changed characters, joined within a word and widened to it."""
    found: list[_Change] = []
    for change in _characters(source, target):
        change = _Widening(source, target).widened(change)  # noqa: PLW2901 -- the same change, made larger
        while found and _belong(source, found[-1], change):
            before = found.pop()
            change = _Change(before.a0, max(before.a1, change.a1), before.b0, max(before.b1, change.b1))  # noqa: PLW2901
        found.append(change)
    return [trimmed for change in found if (trimmed := _trimmed(source, target, change)) is not None]


def _belong(source: str, before: _Change, after: _Change) -> bool:
    """Whether two changes that follow each other are one: they meet, and not between two words."""
    if after.a0 != before.a1:
        return after.a0 < before.a1
    one_sided = any(change.a0 == change.a1 or change.b0 == change.b1 for change in (before, after))
    return one_sided or source[after.a0].isspace() == source[after.a0 - 1].isspace()


def _characters(source: str, target: str) -> Iterator[_Change]:
    if len(source) * len(target) > _MOST_CELLS:
        yield _Change(0, len(source), 0, len(target))
        return
    for step in Levenshtein.opcodes(source, target):
        if step.tag != "equal":
            yield _Change(step.src_start, step.src_end, step.dest_start, step.dest_end)


@dataclass(slots=True)
class _Widening:
    source: str
    target: str

    def widened(self, change: _Change) -> _Change:
        """The change with the words that it touches, so that it can be read."""
        a, b = self.source[change.a0 : change.a1], self.target[change.b0 : change.b1]
        if self._is_at_line_edge(change) and not (a and b):
            return self._with_neighbours(change)
        if not (a + b).strip():
            return self._blanks(change, a, b)
        if not (a and b) and self._is_whole_words(change):
            return change
        return self._with_words(change)

    def _blanks(self, change: _Change, a: str, b: str) -> _Change:
        """Other blanks: alone where blanks stay, with the words where these are parted or joined."""
        beside = self.source[max(0, change.a0 - 1) : change.a0] + self.source[change.a1 : change.a1 + 1]
        return change if (a and b) or any(each.isspace() for each in beside) else self._with_words(change)

    def _with_words(self, change: _Change) -> _Change:
        left, right = 0, 0
        while change.a0 - left > 0 and change.b0 - left > 0 and not self.source[change.a0 - left - 1].isspace():
            if self.source[change.a0 - left - 1] != self.target[change.b0 - left - 1]:
                break
            left += 1
        while change.a1 + right < len(self.source) and change.b1 + right < len(self.target):
            letter = self.source[change.a1 + right]
            if letter.isspace() or letter != self.target[change.b1 + right]:
                break
            right += 1
        return _Change(change.a0 - left, change.a1 + right, change.b0 - left, change.b1 + right)

    def _with_neighbours(self, change: _Change) -> _Change:
        """At a line's edge: with the words beside it, or with a blank where there are none."""
        wide = self._with_words(change)
        if wide.a0 < wide.a1 and wide.b0 < wide.b1:
            return wide
        for step in range(1, len(self.source)):
            after, before = change.a1 + step, change.a0 - step
            if self._stays(change.a1 + step - 1, change.b1 + step - 1):
                grown = self._with_words(_Change(change.a0, after, change.b0, change.b1 + step))
            elif self._stays(before, change.b0 - step):
                grown = self._with_words(_Change(before, change.a1, change.b0 - step, change.b1))
            else:
                return wide
            if grown.a0 < grown.a1 and grown.b0 < grown.b1:
                return grown
        return wide

    def _stays(self, a: int, b: int) -> bool:
        """Whether a character is the same in both, and no line end."""
        inside = 0 <= a < len(self.source) and 0 <= b < len(self.target)
        return inside and self.source[a] == self.target[b] != "\n"

    def _is_at_line_edge(self, change: _Change) -> bool:
        first = change.a0 == 0 or self.source[change.a0 - 1] == "\n"
        return first or change.a1 == len(self.source) or self.source[change.a1] == "\n"

    def _is_whole_words(self, change: _Change) -> bool:
        """Whether words were put in or taken out, blanks around them."""
        text, start, end = (
            (self.source, change.a0, change.a1) if change.a0 < change.a1 else (self.target, change.b0, change.b1)
        )
        begins = start == 0 or text[start - 1].isspace() or text[start].isspace()
        return begins and (end == len(text) or text[end].isspace() or text[end - 1].isspace())


def _trimmed(source: str, target: str, change: _Change) -> _Change | None:
    """The change without signs at its ends that are the same in both; None when nothing is changed after all."""
    a0, a1, b0, b1 = change.a0, change.a1, change.b0, change.b1
    if source[a0:a1] == target[b0:b1]:
        return None
    while a1 - a0 > 1 and b1 - b0 > 1 and source[a1 - 1] == target[b1 - 1] and not source[a1 - 1].isalnum():
        a1, b1 = a1 - 1, b1 - 1
    while a1 - a0 > 1 and b1 - b0 > 1 and source[a0] == target[b0] and not source[a0].isalnum():
        a0, b0 = a0 + 1, b0 + 1
    return _Change(a0, a1, b0, b1)

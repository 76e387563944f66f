"""The rows of WebAnno TSV: tokens and stretches of tokens, and which of them an annotation takes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from annotator.formats.standoff.graph import Place


@dataclass(slots=True)
class Unit:
    """One row: a token, or a stretch of one that an annotation made necessary."""

    sentence: int
    """Its number, from 1."""
    token: int
    """Its number in the sentence, from 1."""
    place: Place
    sub: int = 0
    """The number of the stretch in its token; 0: the token itself."""
    stretches: list[Unit] = field(default_factory=list)
    stacks: dict[str, list[str]] = field(default_factory=dict)
    """For each layer the ids of the annotations on this row, in order."""

    @property
    def id(self) -> str:
        """As rows and references name it: ``1-3``, ``1-3.1``."""
        return f"{self.sentence}-{self.token}" + (f".{self.sub}" if self.sub else "")

    def stretch(self, start: int, end: int) -> Unit:
        """The row for ``[start, end)`` of this token."""
        for each in self.stretches:
            if each.place == (start, end):
                return each
        made = Unit(self.sentence, self.token, (start, end), len(self.stretches) + 1)
        self.stretches.append(made)
        return made


class Grid:
    """The tokens of a text, with the rows that are made among them."""

    def __init__(self, sentences: Iterable[tuple[Place, list[Place]]]) -> None:
        self.sentences = [
            [Unit(number, index, token) for index, token in enumerate(tokens, start=1)]
            for number, (_, tokens) in enumerate(sentences, start=1)
        ]
        self.tokens = [unit for units in self.sentences for unit in units]
        self._starts = [unit.place[0] for unit in self.tokens]
        self._ends = [unit.place[1] for unit in self.tokens]

    def rows(self, place: Place) -> list[Unit]:
        """The rows that an annotation of that place takes, in order; the first names it. There must be tokens.

        A place that begins or ends between tokens is drawn in to them, one of no width moves to the end of the token
        before it: the format has no row for what is in no token.
        """
        first, last = self._reach(place)
        start, end = self.extent(place)
        if first == last:
            return [_row(self.tokens[first], start, end)]
        begin, finish = self.tokens[first], self.tokens[last]
        middle = self.tokens[first + 1 : last]
        return [_row(begin, start, begin.place[1]), *middle, _row(finish, finish.place[0], end)]

    def extent(self, place: Place) -> Place:
        """What is left of a place once it is on rows."""
        first, last = self._reach(place)
        (low, _), (_, high) = self.tokens[first].place, self.tokens[last].place
        return max(low, min(place[0], high)), max(low, min(place[1], high))

    def _reach(self, place: Place) -> tuple[int, int]:
        """The first and the last token that a place touches."""
        start, end = place
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end) - 1
        if start < end and first <= last:
            return first, last
        at = bisect_left(self._ends, start)
        if at == len(self.tokens) or (self._starts[at] > start and at > 0):
            at -= 1
        return at, at


def _row(token: Unit, start: int, end: int) -> Unit:
    return token if (start, end) == token.place else token.stretch(start, end)

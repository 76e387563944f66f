"""Find a name while it is being typed, misspelt or without its accents. Ten thousand names take a few milliseconds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process

from annotator.text.wording import fold

Name = tuple[str, Sequence[str]]
"""A name and its other spellings."""
EXACT, START, WORD, INSIDE, ALIKE = range(5)
"""How well a name fits what was typed: it is the name, begins it, begins a word of it, stands in it, looks like it."""
_ALIKE_FROM = 3
"""Letters that must be typed before misspellings are looked for."""
_LIKENESS = 72.0


class Match(NamedTuple):
    """A name that fits, and how well."""

    name: str
    rank: int


class NameIndex:
    """Names with their spellings, prepared for many searches."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._names: list[str] = []
        self._spellings: list[tuple[str, ...]] = []
        self._words: list[str] = []
        self._owners: list[int] = []
        for name, others in names:
            number = len(self._names)
            spellings = tuple(dict.fromkeys(fold(spelling) for spelling in (name, *others)))
            self._names.append(name)
            self._spellings.append(spellings)
            words = dict.fromkeys(word for spelling in spellings for word in (spelling, *spelling.split()))
            self._words += words
            self._owners += [number] * len(words)

    def find(self, typed: str, limit: int = 60) -> list[Match]:
        """The names that fit, best first; names that fit equally well by the alphabet."""
        wanted = fold(typed)
        if not wanted:
            return []
        ranks: dict[int, tuple[int, float]] = {}
        for number, spellings in enumerate(self._spellings):
            rank = min(_rank(spelling, wanted, first=place == 0) for place, spelling in enumerate(spellings))
            if rank <= INSIDE:
                ranks[number] = rank, 0.0
        if len(ranks) < limit and len(wanted) >= _ALIKE_FROM:
            for number, likeness in self._alike(wanted, limit):
                ranks.setdefault(number, (ALIKE, -likeness))
        ordered = sorted(ranks, key=lambda number: (ranks[number], self._spellings[number][0], self._names[number]))
        return [Match(self._names[number], ranks[number][0]) for number in ordered[:limit]]

    def knows(self, typed: str) -> bool:
        """Whether it is a name or another spelling of one, accents and case aside."""
        wanted = fold(typed)
        return any(wanted in spellings for spellings in self._spellings)

    def _alike(self, wanted: str, limit: int) -> Iterable[tuple[int, float]]:
        found = process.extract(wanted, self._words, scorer=fuzz.ratio, score_cutoff=_LIKENESS, limit=limit)
        return ((self._owners[place], likeness) for _, likeness, place in found)


def _rank(spelling: str, wanted: str, *, first: bool) -> int:
    if spelling == wanted:
        return EXACT if first else START
    if spelling.startswith(wanted):
        return START
    if f" {wanted}" in spelling:
        return WORD
    return INSIDE if wanted in spelling else ALIKE + 1

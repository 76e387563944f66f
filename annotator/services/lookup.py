"""Find a name while it is being typed, misspelt or without its accents. Ten thousand names take a few milliseconds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import nsmallest
from typing import NamedTuple

from rapidfuzz import fuzz, process

from annotator.edits import Edit
from annotator.model import Speaker
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
    """Names with their spellings, prepared for many searches, and kept right one by one."""

    def __init__(self, names: Iterable[Name] = ()) -> None:
        self._names: list[str] = []
        self._spellings: list[tuple[str, ...]] = []
        """By number; those of a name that was taken out are empty."""
        self._words: list[str | None] = []
        """The same spellings, and each word of them; None where one was taken out."""
        self._owners: list[int] = []
        """The number of the name that has the word."""
        self._stands: dict[str, tuple[int, int]] = {}
        """Id of a speaker → the number of its name, and where its words begin."""
        for name, others in names:
            self._add(name, others)

    @classmethod
    def of(cls, speakers: Iterable[Speaker]) -> NameIndex:
        """The names of speakers, which :meth:`follow` keeps right."""
        index = cls()
        for speaker in speakers:
            index._put(speaker)
        return index

    def follow(self, edit: Edit) -> None:
        """Bring the names of the speakers that an edit creates, changes or deletes up to date."""
        for change in edit.of("speaker"):
            if isinstance(change.before, Speaker):
                self._discard(change.before.id)
            if isinstance(change.after, Speaker):
                self._put(change.after)

    def first(self, limit: int = 60) -> list[str]:
        """The first names by the alphabet."""
        pairs = zip(self._spellings, self._names, strict=True)
        return [name for _, name in nsmallest(limit, ((spellings[0], name) for spellings, name in pairs if spellings))]

    def find(self, typed: str, limit: int = 60) -> list[Match]:
        """The names that fit, best first; names that fit equally well by the alphabet."""
        wanted = fold(typed)
        if not wanted:
            return []
        ranks: dict[int, tuple[int, float]] = {}
        for number, spellings in enumerate(self._spellings):
            if not spellings:
                continue
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

    def _put(self, speaker: Speaker) -> None:
        self._stands[speaker.id] = len(self._names), len(self._words)
        self._add(speaker.name, speaker.aliases)

    def _add(self, name: str, others: Sequence[str]) -> None:
        spellings = tuple(dict.fromkeys(fold(spelling) for spelling in (name, *others)))
        words = dict.fromkeys(word for spelling in spellings for word in (spelling, *spelling.split()))
        self._owners += [len(self._names)] * len(words)
        self._words += words
        self._names.append(name)
        self._spellings.append(spellings)

    def _discard(self, id_: str) -> None:
        number, word = self._stands.pop(id_)
        self._spellings[number] = ()
        while word < len(self._words) and self._owners[word] == number:
            self._words[word] = None
            word += 1

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

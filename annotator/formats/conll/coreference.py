"""Which words are of one chain: the last column of CoNLL-2012 (``(3``, ``3)|(7)``), ``Entity=`` of CorefUD in MISC."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from annotator.formats.standoff.graph import Attributes, Item, Link, Place
from annotator.text.wording import counted

MENTION, CHAIN = "Coreference Mention", "Coreference"
ORDER = "global.Entity"
"""The comment that names what stands in ``Entity``: ``eid-etype-head-other``."""
_KEY = "Entity="
_EDGE = re.compile(r"(\()?([^()|]+)(\))?")
_PART = re.compile(r"(.+)\[(\d+)/(\d+)\]")
_OF_WORDS = frozenset(("head", "minspan", "MIN"))
"""What tells of a mention's words, not of what it is."""


def entity(misc: str) -> str:
    """What stands behind ``Entity=`` in a field of many things."""
    return next((each.removeprefix(_KEY) for each in misc.split("|") if each.startswith(_KEY)), "")


@dataclass(slots=True)
class _Mention:
    chain: str
    places: list[Place]
    attributes: Attributes = field(default=())


class Coreference:
    """What an article says of chains, sentence by sentence; a stretch may go on over the end of one."""

    def __init__(self) -> None:
        self.names: list[str] = []
        """What is said in a bracket, in order; the chain first."""
        self._found: list[_Mention] = []
        self._open: dict[str, list[tuple[int, Attributes]]] = defaultdict(list)
        self._parts: dict[str, _Mention] = {}
        """Mentions in several parts of which more are to come."""
        self._without_begin = 0

    def take(self, cells: Sequence[str], places: Sequence[Place]) -> None:
        """The cells of a sentence, and where its words stand."""
        for cell, (start, end) in zip(cells, places, strict=True):
            for match in _EDGE.finditer(cell):
                begins, said, ends = match.groups()
                chain, *values = said.split("-", max(1, len(self.names) - 1)) if begins else [said]
                if begins:
                    told = zip(self.names[1:], values, strict=False)
                    named = tuple((name, value) for name, value in told if value and name not in _OF_WORDS)
                    self._open[chain].append((start, named))
                if ends and self._open[chain]:
                    self._close(chain, end)
                elif ends:
                    self._without_begin += 1

    def _close(self, chain: str, end: int) -> None:
        start, attributes = self._open[chain].pop()
        part = _PART.fullmatch(chain)
        if part is None:
            self._found.append(_Mention(chain, [(start, end)], attributes))
            return
        mention = self._parts.setdefault(part[1], _Mention(part[1], [], attributes))
        mention.places.append((start, end))
        if part[2] == part[3]:
            self._found.append(self._parts.pop(part[1]))

    def finished(self) -> tuple[list[Item], list[Link]]:
        """The stretches in text order, and the chains of more than one."""
        found = [*self._found, *self._parts.values()]
        found.sort(key=lambda each: (each.places[0][0], -each.places[-1][1]))
        chains: dict[str, list[str]] = defaultdict(list)
        items = []
        for index, each in enumerate(found, start=1):
            items.append(Item(f"C{index}", MENTION, tuple(each.places), attributes=each.attributes))
            chains[each.chain].append(f"C{index}")
        several = ((number, ids) for number, ids in chains.items() if len(ids) > 1)
        links = [Link(f"chain {number}", CHAIN, tuple(("mention", id_) for id_ in ids)) for number, ids in several]
        return items, links

    def notes(self) -> Iterator[str]:
        """What is wrong in the column."""
        if lost := self._without_begin + sum(map(len, self._open.values())):
            yield f"Left out {counted(lost, 'bracket')} of the column of coreference without a counterpart."

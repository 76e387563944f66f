"""The last column of CoNLL-2012: which words are of one chain, as ``(3``, ``3)``, ``(3)|(7``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from annotator.formats.standoff.graph import Item, Link, Place
from annotator.text.wording import counted

MENTION, CHAIN = "Coreference Mention", "Coreference"
_EDGE = re.compile(r"(\()?(\d+)(\))?")


class Coreference:
    """What an article says of chains, sentence by sentence; a stretch may go on over the end of one."""

    def __init__(self) -> None:
        self._found: list[tuple[int, int, str]] = []
        """Start, end and number of the chain."""
        self._open: dict[str, list[int]] = defaultdict(list)
        self._without_begin = 0

    def take(self, cells: Sequence[str], places: Sequence[Place]) -> None:
        """The cells of a sentence, and where its words stand."""
        for cell, (start, end) in zip(cells, places, strict=True):
            for match in _EDGE.finditer(cell):
                begins, number, ends = match.groups()
                if begins:
                    self._open[number].append(start)
                if ends and self._open[number]:
                    self._found.append((self._open[number].pop(), end, number))
                elif ends:
                    self._without_begin += 1

    def finished(self) -> tuple[list[Item], list[Link]]:
        """The stretches in text order, and the chains of more than one."""
        ordered = sorted(self._found, key=lambda each: (each[0], -each[1]))
        chains: dict[str, list[str]] = defaultdict(list)
        items = []
        for index, (start, end, number) in enumerate(ordered, start=1):
            items.append(Item(f"C{index}", MENTION, ((start, end),)))
            chains[number].append(f"C{index}")
        several = ((number, ids) for number, ids in chains.items() if len(ids) > 1)
        links = [Link(f"chain {number}", CHAIN, tuple(("mention", id_) for id_ in ids)) for number, ids in several]
        return items, links

    def notes(self) -> Iterator[str]:
        """What is wrong in the column."""
        if lost := self._without_begin + sum(map(len, self._open.values())):
            yield f"Left out {counted(lost, 'bracket')} of the column of coreference without a counterpart."

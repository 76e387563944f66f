"""The last column of CoNLL-2012: which words are of one chain, as ``(3``, ``3)``, ``(3)|(7``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from annotator.formats.standoff.chunks import Chunk
from annotator.formats.standoff.graph import Item, Link, Place

MENTION, CHAIN = "Coreference Mention", "Coreference"
_EDGE = re.compile(r"(\()?(\d+)(\))?")


def stretches(cells: Sequence[str]) -> Iterator[Chunk]:
    """The stretches of a sentence, each with the number of its chain."""
    open_: dict[str, list[int]] = {}
    for row, cell in enumerate(cells):
        for match in _EDGE.finditer(cell):
            begins, number, ends = match.groups()
            if begins:
                open_.setdefault(number, []).append(row)
            if ends and open_.get(number):
                yield Chunk(number, open_[number].pop(), row)


class Coreference:
    """What an article says of chains, sentence by sentence."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self._chains: dict[str, list[str]] = {}

    def take(self, cells: Sequence[str], places: Sequence[Place]) -> None:
        """The cells of a sentence, and where its words stand."""
        for chunk in sorted(stretches(cells), key=lambda each: (each.first, -each.last)):
            id_ = f"C{len(self.items) + 1}"
            self.items.append(Item(id_, MENTION, ((places[chunk.first][0], places[chunk.last][1]),)))
            self._chains.setdefault(chunk.label, []).append(id_)

    def links(self) -> Iterator[Link]:
        """The chains of more than one."""
        for number, ids in self._chains.items():
            if len(ids) > 1:
                yield Link(f"chain {number}", CHAIN, tuple(("mention", id_) for id_ in ids))

"""The ``text`` of a TEI document, character by character that of the article, with the elements that stand in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

from annotator.formats.standoff.graph import Item
from annotator.formats.tei.common import content, tag
from annotator.formats.tei.inline import PAIRED, Part, Piece

Tags = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """How an item looks in the text."""

    name: str
    attributes: Tags
    instead: str = ""
    """For a choice, what is to be read: the characters of ``corr`` or ``reg``."""
    second: Tags = ()
    """For a choice, the attributes of ``corr`` or ``reg``."""


class Body:
    """Written block by block."""

    def __init__(self, text: str, shape: Callable[[Item], Shape]) -> None:
        self._text, self._shape = text, shape
        self._out: list[str] = []
        self._inserted: list[tuple[int, int]] = []
        """After which offset how many characters of ``corr`` and ``reg`` stand, in order."""

    def __str__(self) -> str:
        return "".join(self._out)

    def raw(self, markup: str) -> None:
        """Markup, or white space between the blocks."""
        self._out.append(markup)

    def fill(self, piece: Piece) -> None:
        """What stands in a block."""
        at = piece.start
        stack: list[Part] = []
        for part in piece.parts:
            while stack and stack[-1].end <= part.start:
                at = self._close(stack.pop(), at)
            self._out.append(content(self._text[at : part.start]))
            at = part.start
            self._open(part)
            stack.append(part)
        while stack:
            at = self._close(stack.pop(), at)
        self._out.append(content(self._text[at : piece.end]))

    def _open(self, part: Part) -> None:
        shape = self._shape(part.item)
        self._out.append(tag(shape.name, (*shape.attributes, *_joined(part, shape.attributes))))
        if shape.name == "choice":
            self._out.append(f"<{PAIRED[part.item.label][0]}>")

    def _close(self, part: Part, at: int) -> int:
        self._out.append(content(self._text[at : part.end]))
        shape = self._shape(part.item)
        if shape.name == "choice":
            first, second = PAIRED[part.item.label]
            self._out.append(f"</{first}>{tag(second, shape.second)}{content(shape.instead)}</{second}>")
            self._inserted.append((part.end, len(shape.instead)))
        self._out.append(f"</{shape.name}>")
        return part.end

    def string_ranges(self) -> Callable[[int, int], tuple[int, int]]:
        """What gives (offset, length) of a stretch among all characters of ``text``, those of ``corr`` included."""
        after = [at for at, _ in self._inserted]
        total = [0, *accumulate(length for _, length in self._inserted)]

        def found(start: int, end: int) -> tuple[int, int]:
            first = start + total[bisect_right(after, start)]
            return first, max(0, end + total[bisect_left(after, end)] - first)

        return found


def _joined(part: Part, attributes: Tags) -> Tags:
    """What leads from one of several parts to the next."""
    if len(part.item.places) < 2:
        return ()
    id_ = dict(attributes)["ana"].removeprefix("#")
    before = (("prev", f"#{id_}.{part.index - 1}"),) if part.index else ()
    after = (("next", f"#{id_}.{part.index + 1}"),) if part.index + 1 < len(part.item.places) else ()
    return (("xml:id", f"{id_}.{part.index}"), *before, *after)

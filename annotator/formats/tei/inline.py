"""Which labelled stretches stand in the text as elements: as many as one tree can hold, the rest stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from annotator.formats.standoff.graph import Item
from annotator.formats.standoff.labels import (
    CLAIM,
    CUE,
    FACTUAL,
    MENTION,
    REGULARISATION,
    SEGMENT,
    SOURCE,
    TRANSCRIPTION,
)

PAIRED = {TRANSCRIPTION: ("sic", "corr"), REGULARISATION: ("orig", "reg")}
"""The two sides of a choice, by label."""
_OUTER_FIRST = (CLAIM, FACTUAL, SOURCE, MENTION, CUE, REGULARISATION, TRANSCRIPTION)
"""Which of two elements on the same words is the outer one."""
_BETWEEN = frozenset({"said", "quote", "q"})
"""Elements that cannot stand inside names."""
_NAMES = frozenset({"persName", "orgName", "placeName", "name", "rs"})
_DEEPEST = 64
_WHITE = " \t\n"


@dataclass(frozen=True, slots=True)
class Part:
    """One of the places of an item."""

    item: Item
    index: int
    start: int
    end: int
    rank: tuple[int, int]


@dataclass(slots=True)
class Piece:
    """A stretch of the text that is a block: a segment, or what stands between two."""

    start: int
    end: int
    segment: Item | None = None
    is_blank: bool = False
    """Nothing but white space, which stands between blocks and in none."""
    parts: list[Part] = field(default_factory=list)
    """What stands in it, outer ones first."""


def pieces(text: str, items: Sequence[Item], element: Callable[[Item], str]) -> list[Piece]:
    """The text in pieces with all that can stand in it; ``element`` is what an item is in the text."""
    found = list(_pieces(text, items))
    parts = [part for index, item in enumerate(items) if item.label != SEGMENT for part in _parts(item, index)]
    parts.sort(key=lambda part: (part.start, -part.end, part.rank))
    refused = {part.item.id for part, piece in _settled(parts, found, element) if piece is None}
    for part, piece in _settled([part for part in parts if part.item.id not in refused], found, element):
        if piece is not None:
            piece.parts.append(part)
    return found


def _pieces(text: str, items: Iterable[Item]) -> Iterator[Piece]:
    at = 0
    for item in sorted((each for each in items if _is_block(each)), key=lambda each: each.places[0]):
        start, end = item.places[0]
        if start < at:
            continue
        if at < start:
            yield Piece(at, start, is_blank=not text[at:start].strip(_WHITE))
        yield Piece(start, end, item)
        at = end
    if at < len(text):
        yield Piece(at, len(text), is_blank=not text[at:].strip(_WHITE))


def _is_block(item: Item) -> bool:
    return item.label == SEGMENT and len(item.places) == 1 and item.places[0][0] < item.places[0][1]


def _parts(item: Item, index: int) -> Iterator[Part]:
    rank = _OUTER_FIRST.index(item.label) if item.label in _OUTER_FIRST else 0
    for number, (start, end) in enumerate(item.places):
        yield Part(item, number, start, end, (rank, index))


def _settled(
    parts: Sequence[Part], found: Sequence[Piece], element: Callable[[Item], str]
) -> Iterator[tuple[Part, Piece | None]]:
    """Each part with the piece that it stands in; None: it crosses another, or an edge, or may not stand there."""
    stack: list[tuple[Part, str]] = []
    at = 0
    for part in parts:
        while at < len(found) and (
            found[at].end < part.start
            or (found[at].end == part.start and (part.end > part.start or _may_go_on(found, at)))
        ):
            at += 1
        while stack and stack[-1][0].end <= part.start:
            stack.pop()
        name = element(part.item)
        piece = found[at] if at < len(found) else None
        inside = piece is not None and piece.start <= part.start and part.end <= piece.end and not piece.is_blank
        crosses = bool(stack) and part.end > stack[-1][0].end
        is_nothing = part.start == part.end and name != "choice"
        in_name = name in _BETWEEN and any(outer in _NAMES for _, outer in stack)
        if not inside or crosses or is_nothing or in_name or len(stack) >= _DEEPEST:
            yield part, None
        else:
            yield part, piece
            stack.append((part, name))


def _may_go_on(found: Sequence[Piece], at: int) -> bool:
    """Whether a place of no width at the end of a piece is better in the next one."""
    return found[at].is_blank and at + 1 < len(found)

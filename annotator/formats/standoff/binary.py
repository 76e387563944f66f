"""Links as tools have them whose relations join two things: a chain of relations for each, and back.

A link ``Hop`` of claim, source and cue becomes ``Hop/claim/source`` from the claim to the source and ``Hop/source/cue``
from there to the cue. Attributes have no place there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote

from annotator.formats.standoff.graph import Link

PART = "part"
"""The relation from the first part of a discontinuous item to each of the others."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One thing joined to another."""

    label: str
    first: str
    second: str


def can_be_relations(link: Link, there: Collection[str]) -> bool:
    """Whether the link has several ends, and all of them are among what relations can join."""
    return len(link.ends) > 1 and all(id_ in there for _, id_ in link.ends)


def relations(link: Link) -> Iterator[Relation]:
    """The relations of a link with several ends."""
    for (role, first), (other, second) in zip(link.ends, link.ends[1:], strict=False):
        yield Relation("/".join(quote(each, safe=" ") for each in (link.label, role, other)), first, second)


def links(found: Iterable[Relation]) -> tuple[Link, ...]:
    """The links of relations that were written so, and each other relation as a link from ``from`` to ``to``."""
    made: list[tuple[str, list[tuple[str, str]]]] = []
    last: dict[tuple[str, tuple[str, str]], list[tuple[str, str]]] = {}
    """The ends of links that may go on, by label and last end."""
    for relation in found:
        parts = relation.label.split("/")
        if len(parts) != 3:
            made.append((relation.label, [("from", relation.first), ("to", relation.second)]))
            continue
        label, role, other = map(unquote, parts)
        begin, end = (role, relation.first), (other, relation.second)
        ends = last.pop((label, begin), None)
        if ends is None:
            ends = [begin]
            made.append((label, ends))
        ends.append(end)
        last[label, end] = ends
    return tuple(Link(f"relation {number}", label, tuple(ends)) for number, (label, ends) in enumerate(made, start=1))

"""Links as tools have them whose relations join two things: a chain of relations for each, and back.

A link ``Hop`` of claim, source and cue becomes ``Hop/claim/source`` from the claim to the source and ``Hop/source/cue``
from there to the cue. Attributes of a link stand on its second end, as ``Hop.order``, if no other link is there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from annotator.formats.standoff.graph import Attributes, Item, Link

PART = "part"
"""The relation from the first part of a discontinuous item to each of the others."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One thing joined to another."""

    label: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Parted:
    """The links of an article, as far as relations can be made of them."""

    links: tuple[Link, ...]
    """Those that become relations."""
    more: Mapping[str, Attributes]
    """What stands on an item, by its id, since a link's attributes have no other place."""
    rest: tuple[Link, ...]
    """Those that relations cannot tell."""


def parted(every: Iterable[Link], there: Collection[str]) -> Parted:
    """Which links become relations between the items in ``there``."""
    links = tuple(every)
    joining = [link for link in links if len(link.ends) > 1 and all(id_ in there for _, id_ in link.ends)]
    counts = Counter(link.ends[1][1] for link in joining if link.attributes)
    fit = tuple(link for link in joining if not link.attributes or counts[link.ends[1][1]] == 1)
    more = {
        link.ends[1][1]: tuple((f"{link.label}.{name}", value) for name, value in link.attributes)
        for link in fit
        if link.attributes
    }
    return Parted(fit, more, tuple(link for link in links if link not in fit))


def with_parts(items: Iterable[Item], found: Iterable[Relation]) -> tuple[tuple[Item, ...], tuple[Relation, ...]]:
    """Items of one place each, those that :data:`PART` joins made one; and the relations that are left."""
    by_id = {item.id: item for item in items}
    rest: list[Relation] = []
    for relation in found:
        first, second = by_id.get(relation.first), by_id.get(relation.second)
        if relation.label != PART or first is None or second is None or first is second:
            rest.append(relation)
            continue
        exact = None if first.exact is None or second.exact is None else (*first.exact, *second.exact)
        attributes = (*first.attributes, *second.attributes)
        by_id[first.id] = replace(first, places=(*first.places, *second.places), exact=exact, attributes=attributes)
        del by_id[second.id]
    return tuple(by_id.values()), tuple(rest)


def with_attributes(items: Iterable[Item], found: Iterable[Link]) -> tuple[tuple[Item, ...], tuple[Link, ...]]:
    """Items and links, the attributes of the links taken from the items on which they stand."""
    by_id = {item.id: item for item in items}
    links = []
    for link in found:
        item = by_id.get(link.ends[1][1])
        begin = f"{link.label}."
        own = () if item is None else tuple(pair for pair in item.attributes if pair[0].startswith(begin))
        if item is not None and own:
            by_id[item.id] = replace(item, attributes=tuple(pair for pair in item.attributes if pair not in own))
        links.append(replace(link, attributes=tuple((name.removeprefix(begin), value) for name, value in own)))
    return tuple(by_id.values()), tuple(links)


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

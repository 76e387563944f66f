"""Links that each say a part of one attribution, as tools have them whose links join but two: united, and parted again.

A link whose kind can never name both a source and a cue (``SpokenBy``, ``CuedBy``) is a *half*. Halves at the same
claim are one attribution; so is a link between a source and its cue, with the attribution that has one of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from annotator.formats.standoff.graph import Item, Link, Place
from annotator.formats.standoff.labels import HOP
from annotator.formats.standoff.mapping import LinkRule
from annotator.text.wording import counted

_CLAIM, _SOURCE, _CUE = "claim", "source", "cue"


def is_half(rule: LinkRule) -> bool:
    """Whether what a rule covers can never be a whole attribution by itself."""
    ours = {role for _, role in rule.roles}
    return rule.to == HOP and not {_CLAIM, _SOURCE, _CUE} <= ours and not rule.trigger


@dataclass(slots=True)
class United:
    """What became of links that were halves."""

    links: list[Link] = field(default_factory=list)
    lonely: dict[str, str] = field(default_factory=dict)
    """Links without a claim that belong to no attribution: id → a clause that says why."""
    notes: list[str] = field(default_factory=list)


def unite(links: Sequence[Link], halves: set[str], items: Mapping[str, Item]) -> United:
    """The links with those of ``halves`` (ids) that belong together made one; an attribution has the id of its first.

    A claim with several sources or cues by links of one kind has an attribution for each: every half joins the one
    whose words are nearest, and a note tells of it.
    """
    found = United()
    at: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    same: dict[str, str] = {}
    several = 0
    for link in sorted(links, key=lambda link: link.id in halves and not link.of_role(_SOURCE)):
        claims = link.of_role(_CLAIM)
        if link.id not in halves or not claims:
            found.links.append(link)
            continue
        open_ones = [index for index in at[claims] if not _roles(found.links[index]) & _roles(link)]
        if open_ones:
            nearest = min(open_ones, key=lambda index: _distance(found.links[index], link, items))
            several += len(at[claims]) > 1
            same[link.id] = found.links[nearest].id
            found.links[nearest] = _both(found.links[nearest], link)
        else:
            at[claims].append(len(found.links))
            found.links.append(link)
    found.links = _with_pairs(found, halves)
    if several:
        found.notes.append(
            f"{counted(several, 'claim')} had several sources or cues by links of one kind: an attribution was made "
            "of each, of those whose words are nearest to each other."
        )
    found.links = [_renamed(link, same) for link in found.links]
    return found


def _with_pairs(found: United, halves: set[str]) -> list[Link]:
    """The links with those between a source and a cue put where they belong."""
    pairs = [link for link in found.links if link.id in halves and not link.of_role(_CLAIM)]
    links = [link for link in found.links if link not in pairs]
    for pair in pairs:
        hosts, why = _hosts(pair, links)
        for index in hosts:
            links[index] = _both(links[index], pair)
        if not hosts:
            found.lonely[pair.id] = why
            links.append(pair)
    return links


def _hosts(pair: Link, links: Sequence[Link]) -> tuple[list[int], str]:
    """Which attributions a link between source and cue completes: all of its cue, or the only one of its source."""
    hops = [index for index, link in enumerate(links) if link.label == HOP and link.of_role(_CLAIM)]
    for role, other in ((_CUE, _SOURCE), (_SOURCE, _CUE)):
        mine = set(pair.of_role(role))
        known = [index for index in hops if mine & set(links[index].of_role(role))]
        free = [index for index in known if set(links[index].of_role(other)) <= set(pair.of_role(other))]
        if free and (role == _CUE or len(free) == 1):
            return free, ""
        if known:
            told = (
                f"the claim of its {role} has another {other}" if not free else f"its {role} is that of several claims"
            )
            return [], told
    return [], "it names no claim, and neither its source nor its cue belongs to one"


def _both(first: Link, second: Link) -> Link:
    ends = tuple(dict.fromkeys((*first.ends, *second.ends)))
    return replace(first, ends=ends, attributes=tuple(dict.fromkeys((*first.attributes, *second.attributes))))


def _roles(link: Link) -> set[str]:
    return {role for role, _ in link.ends} - {_CLAIM}


def _renamed(link: Link, same: Mapping[str, str]) -> Link:
    if not any(id_ in same for _, id_ in link.ends):
        return link
    return replace(link, ends=tuple((role, same.get(id_, id_)) for role, id_ in link.ends))


def _distance(one: Link, other: Link, items: Mapping[str, Item]) -> int:
    """Characters between the words of two links beside their claims."""
    places = [_places(link, items) for link in (one, other)]
    return min((max(a[0] - b[1], b[0] - a[1], 0) for a in places[0] for b in places[1]), default=0)


def _places(link: Link, items: Mapping[str, Item]) -> list[Place]:
    return [place for role, id_ in link.ends if role != _CLAIM and id_ in items for place in items[id_].places]


def parted(link: Link, rules: Iterable[LinkRule]) -> Iterator[tuple[Link, LinkRule]]:
    """An attribution as the halves that ``rules`` know, each for one claim; nothing when they know no part of it.

    The other way round than :func:`unite`. The first has the attribution's id and, for each claim, its attributes.
    """
    there = {role for role, _ in link.ends}
    left = set(there)
    number = 0
    for rule in rules:
        ours = tuple(dict.fromkeys(role for _, role in rule.roles if role in (_CLAIM, _SOURCE, _CUE)))
        if not is_half(rule) or not set(ours) & left or not set(ours) <= there:
            continue
        told = link.attributes if not number else ()
        for claim in link.of_role(_CLAIM) if _CLAIM in ours else ("",):
            found = {_CLAIM: (claim,), _SOURCE: link.of_role(_SOURCE), _CUE: link.of_role(_CUE)}
            ends = tuple((role, id_) for role in ours for id_ in found[role])
            yield replace(link, id=f"{link.id}.{number}" if number else link.id, ends=ends, attributes=told), rule
            number += 1
        left -= set(ours)
        if not left:
            return

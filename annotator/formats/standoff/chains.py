"""The attribution chains of a standoff: which sources and cues make which hop of which claim."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from annotator.formats.standoff import labels
from annotator.formats.standoff.graph import Item, Link, Place
from annotator.formats.standoff.people import People
from annotator.formats.standoff.values import clean, given, theirs
from annotator.formats.standoff.wikidata import WIKIDATA
from annotator.model import Claim, Hop
from annotator.rules import value_problems
from annotator.text.anchors import anchor
from annotator.vocabulary import Vocabulary

_TAKEN = frozenset({"order", "speaker", "name", WIKIDATA, "addressee", "addressee_name", "referring", "medium", "date"})
_FIELDS = frozenset({"referring", "medium", "date"})


class Chains:
    """Collects the ``Hop`` links, then gives each claim its chain."""

    def __init__(self, text: str, items: Mapping[str, Item], links: Iterable[Link], people: People) -> None:
        self._text, self._items, self._people = text, items, people
        self._links: dict[str, list[Link]] = defaultdict(list)
        self.broken: list[tuple[Link, str]] = []
        """Links that join nothing, each with a clause that says why."""
        self.used: set[str] = set()
        """The ids of the sources and cues that stand in a chain."""
        for link in links:
            if link.label == labels.HOP:
                self._add(link)

    def _add(self, link: Link) -> None:
        claims = [id_ for id_ in link.of_role("claim") if self._is(id_, labels.CLAIM)]
        if not claims:
            self.broken.append((link, "it names no claim that is there"))
            return
        lost = [id_ for role, id_ in link.ends if id_ not in self._items]
        if lost:
            self.broken.append((link, f"it names {lost[0]!r}, which is not there"))
            return
        for claim in claims:
            self._links[claim].append(link)
        self.used |= {id_ for role, id_ in link.ends if role != "claim"}

    def _is(self, id_: str, label: str) -> bool:
        return id_ in self._items and self._items[id_].label == label

    def links_of(self, claim: str) -> list[Link]:
        """The hops of a claim's item, outermost first."""
        links = enumerate(self._links.get(claim, ()))
        return [link for _, link in sorted(links, key=lambda pair: (_order(pair[1], pair[0]), pair[0]))]

    def of(self, item: Item, vocabulary: Vocabulary) -> tuple[tuple[Hop, ...], list[tuple[str, str]]]:
        """The chain of a claim's item, outermost first, and what the hops say that no field takes."""
        left: list[tuple[str, str]] = []
        hops = []
        for link in self.links_of(item.id):
            left += [(theirs(name), value) for name, value in link.attributes if name not in _TAKEN]
            left += _further_speakers(link)
            hops.append(self._hop(link))
        return _sound(tuple(hops), vocabulary, left), left

    def _hop(self, link: Link) -> Hop:
        values = {name: value for name, value in given(Hop, link.attributes).items() if name in _FIELDS}
        return Hop(
            self._people.of(link),
            tuple(anchor(self._text, *place) for place in self._places(link, "source")),
            tuple(anchor(self._text, *place) for place in self._places(link, "cue")),
            addressee_id=self._people.of(link, "addressee", "addressee_name"),
            **values,
        )

    def _places(self, link: Link, role: str) -> list[Place]:
        """The places of all that stand in a role; of several items in text order, each place once."""
        found = [self._items[id_].places for id_ in link.of_role(role)]
        if len(found) == 1:
            return list(found[0])
        return sorted({place for places in found for place in places})


def _further_speakers(link: Link) -> list[tuple[str, str]]:
    """Those of several names that a hop, which is of one speaker, has no room for."""
    names = {" ".join(name.casefold().split()): name for name in reversed(link.all("name"))}
    used = "" if link.get("speaker") else " ".join((link.get("name") or "").casefold().split())
    return [("further speaker", name) for key, name in reversed(names.items()) if key != used and used]


def _order(link: Link, index: int) -> int:
    order = link.get("order")
    return int(order) if order is not None and order.isascii() and order.isdigit() else index + 1


def _sound(hops: tuple[Hop, ...], vocabulary: Vocabulary, left: list[tuple[str, str]]) -> tuple[Hop, ...]:
    """The hops without values that the project cannot have, which go to ``left``."""
    probe = Claim(id="", article_id="", annotator="", spans=(), chain=hops)
    found = list(hops)
    nothing: dict[str, Any] = dict.fromkeys(_FIELDS)
    for problem in value_problems(probe, vocabulary):
        head, _, name = problem.place.partition("].")
        if head.startswith("chain[") and name in _FIELDS:
            index = int(head.removeprefix("chain["))
            left.append((f"hop {index + 1} {name}", clean(str(getattr(found[index], name)))))
            found[index] = replace(found[index], **{name: nothing[name]})
    return tuple(found)

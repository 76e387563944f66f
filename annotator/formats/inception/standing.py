"""Layers to a standoff: the annotations with the names of their layers, and what joins them as links.

Back from the conventions of :mod:`.laying` where a file keeps them, which may also be one that a person made in
INCEpTION. Layers of grammar and of the text's make-up (tokens, parts of speech …) are left out and counted, but for
what is linked to by others.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from annotator.formats.inception import own
from annotator.formats.inception.labels import labels_of
from annotator.formats.inception.layers import (
    CUSTOM,
    DEPENDENT,
    DOCUMENT,
    GOVERNOR,
    GRAMMAR,
    TOKEN,
    Annotation,
    Layered,
)
from annotator.formats.inception.laying import HOST
from annotator.formats.inception.tsv_units import Grid
from annotator.formats.standoff.graph import Item, Link, Place, Standoff
from annotator.formats.standoff.labels import INSIDE, ROLES
from annotator.formats.standoff.same_id import links_by_id
from annotator.text.wording import counted

CHAIN_ROLE = "link"
"""The role of everything in a chain."""
_RELATION = (GOVERNOR, DEPENDENT)


def stand(layered: Layered) -> Standoff:
    """The standoff."""
    return _Standing(layered).standoff()


class _Standing:
    def __init__(self, layered: Layered) -> None:
        self.layered = layered
        self.labels = labels_of([*layered.layers, *(each.layer for each in layered.annotations)])
        self.by_id = layered.by_id()
        self.grid = Grid(layered.sentences)
        self.parts = dict(self._parts())
        self.left_out: Counter[str] = Counter()
        self.ids = self._ids()

    def standoff(self) -> Standoff:
        kept = list(self._kept())
        items = [item for each in kept if (item := self._item(each)) is not None]
        links = [link for each in kept for link in self._links(each)]
        links += self._chains()
        links += links_by_id(items)
        fields = [pair for each in kept if each.layer == own.ARTICLE for pair in own.attributes(each.values)]
        notes = [
            f"Left out {counted(count, 'annotation')} of the layer “{name}”, which tells of grammar or of the text."
            for name, count in sorted(self.left_out.items())
            if count
        ]
        return Standoff(
            self.layered.name,
            self.layered.text,
            tuple(items),
            tuple(links),
            tuple(fields) or self.layered.fields,
            tuple(self.layered.unread),
            (*self.layered.notes, *notes),
        )

    def _ids(self) -> dict[str, str]:
        """The ids of items and links: those of this program's own records, where the file has them once."""
        given = Counter(value for each in self.by_id.values() if (value := each.get("uuid")))
        taken = set(self.by_id) - {each.id for each in self.by_id.values() if each.get("uuid")}
        found = {}
        for each in self.by_id.values():
            uuid = each.get("uuid") or ""
            found[each.id] = uuid if given[uuid] == 1 and uuid not in taken else each.id
        return found

    # -- which annotations

    def _parts(self) -> Iterator[tuple[str, str]]:
        """For each further part of a discontinuous annotation the id of its first part."""
        for each in self.layered.annotations:
            for slot in each.slots:
                part = self.by_id.get(slot.target)
                if slot.feature == own.PARTS and part is not None and part is not each and _is_bare(part, each.layer):
                    yield part.id, each.id

    def _kept(self) -> Iterator[Annotation]:
        grammar = {each.id for each in self.layered.annotations if each.layer.startswith(GRAMMAR)}
        wanted = {
            target
            for each in self.layered.annotations
            if each.id not in grammar
            for target in (*(slot.target for slot in each.slots), *(each.ends or ()))
        }
        for each in self.layered.annotations:
            if each.id in grammar and each.id not in wanted:
                self.left_out[self.labels[each.layer]] += each.layer != TOKEN
            elif each.id not in self.parts:
                yield each

    # -- items

    def _item(self, each: Annotation) -> Item | None:
        """The item that an annotation is; None: it is a link, or tells of the article."""
        if each.ends is not None or each.layer == own.ARTICLE or _is_link(each):
            return None
        layer = self.layered.layers.get(each.layer)
        label = self.labels[each.layer]
        if layer is not None and layer.kind == DOCUMENT and each.layer.startswith(CUSTOM) and each.get("uuid"):
            label = own.from_identifier(each.layer.removeprefix(CUSTOM).removesuffix(own.INFO))
        exact = tuple(value for name, value in each.values if own.base(name) == own.EXACT) or None
        return Item(self.ids[each.id], label, tuple(self._places(each)), exact, own.attributes(each.values))

    def _places(self, each: Annotation) -> Iterator[Place]:
        heads = [each.id, *(slot.target for slot in each.slots if slot.feature == own.PARTS)]
        for id_ in heads:
            if id_ == each.id or self.parts.get(id_) == each.id:
                place = self._place(self.by_id[id_])
                if place is not None:
                    yield place

    def _place(self, each: Annotation) -> Place | None:
        """Where it stands: the exact place of this program's own, as long as the file still has it there."""
        said = each.get(own.PLACES)
        if said is None or each.place is None:
            return each.place
        exact = own.place_of(said) or (0, 0)
        there = self.grid.extent(exact) if self.grid.tokens else exact
        if each.place not in (exact, there):
            return each.place
        return None if said == own.NOWHERE else exact

    # -- links

    def _links(self, each: Annotation) -> Iterator[Link]:
        label, id_ = self.labels[each.layer], self.ids[each.id]
        if each.ends is not None:
            roles = ROLES[INSIDE] if each.layer == own.to_layer(INSIDE) else _RELATION
            ends = zip(roles, map(self._target, each.ends), strict=True)
            yield Link(id_, label, tuple(ends), own.attributes(each.values))
        elif _is_link(each):
            slots = [(slot.role or "", self._target(slot.target)) for slot in each.slots if slot.feature == own.LINKED]
            yield Link(id_, label, _with_lost(slots, each), own.attributes(each.values))
        features = dict.fromkeys(slot.feature for slot in each.slots if slot.feature != own.LINKED)
        for feature in features:
            slots = [
                (slot.role or feature, self._target(slot.target))
                for slot in each.slots
                if slot.feature == feature and self.parts.get(slot.target) != each.id
            ]
            if slots:
                yield Link(f"{id_}.{feature}", f"{label}.{feature}", ((HOST, id_), *slots))

    def _target(self, id_: str) -> str:
        id_ = self.parts.get(id_, id_)
        return self.ids.get(id_, id_)

    def _chains(self) -> Iterator[Link]:
        for number, chain in enumerate(self.layered.chains, start=1):
            name = chain.layer.removesuffix("Link") + "Chain"
            ends = tuple((CHAIN_ROLE, self._target(id_)) for id_ in chain.elements)
            label = self.labels.get(name) or labels_of([name])[name]
            yield Link(f"chain {number}", label, ends)


def _is_link(each: Annotation) -> bool:
    """Whether an annotation is a link by itself, with all its ends in one slot."""
    return each.get(own.ENDS) is not None or any(slot.feature == own.LINKED for slot in each.slots)


def _is_bare(part: Annotation, layer: str) -> bool:
    """Whether an annotation of that layer says nothing but where it stands."""
    return part.layer == layer and not part.slots and all(name == own.PLACES for name, _ in part.values)


def _with_lost(slots: Iterable[tuple[str, str]], each: Annotation) -> tuple[tuple[str, str], ...]:
    """The ends of a link, with those that lead to nothing where they were."""
    ends = list(slots)
    try:
        for index, role, target in json.loads(each.get(own.ENDS) or "[]"):
            ends.insert(int(index), (str(role), str(target)))
    except (ValueError, TypeError, RecursionError):
        return tuple(ends)
    return tuple(ends)

"""A standoff to layers, by these conventions.

- An item is an annotation of the layer ``webanno.custom.LABEL`` with its attributes as features; several values of one
  attribute are a list of strings.
- INCEpTION has no discontinuous annotations: the first part has all features and, in the slot ``parts``, links to the
  further parts, which are annotations of the same layer without features.
- A link between two things is a relation when its roles are those of one (and ``Inside``, from the inner claim to the
  outer one) and nothing links to it. Any other link is an annotation of its own layer (``Hop``), on the words of its
  cue or else of the first end that has words, with links to all its ends, by role, in the slot ``ends``.
- What stands on no words is an annotation of a document layer (``SpeakerInfo``), or, if something links to it, one of
  no width at the beginning.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from annotator.formats.inception import own
from annotator.formats.inception.layers import (
    ANY,
    DEPENDENT,
    DOCUMENT,
    GOVERNOR,
    RELATION,
    SLOT,
    SPAN,
    STRING,
    STRINGS,
    Annotation,
    Feature,
    Layer,
    Layered,
    Slot,
    in_text_order,
)
from annotator.formats.inception.tokenising import tokenised
from annotator.formats.standoff.graph import Attributes, Item, Link, Place, Standoff
from annotator.formats.standoff.labels import CLAIM, INSIDE, ROLES
from annotator.formats.standoff.quarantine import was_quarantined

HOST = "host"
"""The role of the annotation that has a slot, in the link that the slot's links are."""
_WORDS_OF = ("cue", "source", "trigger", HOST)
_START = (0, 0)


def lay(standoff: Standoff) -> Layered:
    """The standoff in layers, with sentences and tokens."""
    return _Laying(standoff).layered()


class _Laying:
    def __init__(self, standoff: Standoff) -> None:
        self.standoff = standoff
        self.items = {item.id: item for item in standoff.items}
        self.linked = {target for link in standoff.links for _, target in link.ends}
        there = {*self.items, *(link.id for link in standoff.links)}
        self.there = there
        self.annotations: dict[str, Annotation] = {}
        self.layers: dict[str, Layer] = {}

    def layered(self) -> Layered:
        self._add(Annotation("article", own.ARTICLE, None, self._values(self.standoff.fields)), DOCUMENT)
        for item in self.standoff.items:
            self._item(item)
        for link in self.standoff.links:
            self._link(link)
        return Layered(
            self.standoff.name,
            self.standoff.text,
            self.layers,
            sorted(self.annotations.values(), key=in_text_order),
            sentences=list(tokenised(self.standoff.text)),
            fields=self.standoff.fields,
        )

    def _add(self, annotation: Annotation, kind: str = SPAN, base: str = ANY) -> None:
        """Keep an annotation, and let its layer have what it needs."""
        self.annotations[annotation.id] = annotation
        layer = self.layers.setdefault(annotation.layer, Layer(annotation.layer, kind, (), base))
        for name, _ in annotation.values:
            layer = _with(layer, Feature(name, STRINGS if name in own.LISTS else STRING))
        for slot in annotation.slots:
            target = annotation.layer if slot.feature == own.PARTS else ANY
            link = f"{annotation.layer}{slot.feature[:1].upper()}{slot.feature[1:]}Link"
            layer = _with(layer, Feature(slot.feature, SLOT, target, link))
        self.layers[annotation.layer] = layer

    def _values(self, attributes: Iterable[tuple[str, str]], *more: tuple[str, str]) -> Attributes:
        """Features for attributes; a second value of what is no list gets a feature of its own."""
        values: list[tuple[str, str]] = []
        seen: dict[str, int] = {}
        for name, value in attributes:
            feature = own.to_feature(name)
            count = seen[feature] = seen.get(feature, 0) + 1
            values.append((feature if count == 1 or feature in own.LISTS else f"{feature}__{count}", value))
        return (*values, *more)

    # -- items

    def _item(self, item: Item) -> None:
        quoted = item.exact or ()
        known = not was_quarantined(item) and quoted == tuple(self.standoff.text[s:e] for s, e in item.places)
        extra = [] if known else [(own.EXACT, words) for words in quoted]
        layer = own.to_layer(item.label)
        if item.places:
            first, *rest = item.places
            parts = [Annotation(f"{item.id} part {n}", layer, place) for n, place in enumerate(rest, start=2)]
            slots = tuple(Slot(own.PARTS, own.PART_ROLE, part.id) for part in parts)
            self._add(Annotation(item.id, layer, first, self._values(item.attributes, *extra), slots))
            for part in parts:
                self._add(part)
        elif item.id in self.linked:
            extra.append((own.PLACES, own.NOWHERE))
            self._add(Annotation(item.id, layer, _START, self._values(item.attributes, *extra)))
        else:
            self._add(Annotation(item.id, layer + own.INFO, None, self._values(item.attributes, *extra)), DOCUMENT)

    # -- links

    def _link(self, link: Link) -> None:
        roles = tuple(role for role, _ in link.ends)
        joins = roles == (GOVERNOR, DEPENDENT) or (link.label, roles) == (INSIDE, ROLES[INSIDE])
        if joins and link.id not in self.linked and all(target in self.items for _, target in link.ends):
            self._relation(link)
        elif (feature := self._slot_of(link)) is not None:
            host = self.annotations[link.of_role(HOST)[0]]
            slots = tuple(Slot(feature, role, target) for role, target in link.ends if role != HOST)
            self._add(replace(host, slots=(*host.slots, *slots)))
        else:
            self._free(link)

    def _relation(self, link: Link) -> None:
        (_, governor), (_, dependent) = link.ends
        base = own.to_layer(CLAIM) if link.label == INSIDE else ANY
        place = self._place_of(dependent) or _START
        values = self._values(link.attributes)
        layer = own.to_layer(link.label)
        self._add(Annotation(link.id, layer, place, values, ends=(governor, dependent)), RELATION, base)

    def _slot_of(self, link: Link) -> str | None:
        """The slot feature that a link is: of one host, whose label and whose feature make the link's label."""
        hosts = link.of_role(HOST)
        host = self.items.get(hosts[0]) if len(hosts) == 1 else None
        if host is None or not link.label.startswith(f"{host.label}.") or link.attributes or link.id in self.linked:
            return None
        if not all(target in self.there for _, target in link.ends) or len(link.ends) < 2:
            return None
        feature = link.label.removeprefix(f"{host.label}.")
        taken = {name for name, _ in host.attributes}
        return feature if feature == own.to_feature(feature) and feature not in taken else None

    def _free(self, link: Link) -> None:
        """A link as an annotation of its own."""
        slots = tuple(Slot(own.LINKED, role, target) for role, target in link.ends if target in self.there)
        lost = [[n, *end] for n, end in enumerate(link.ends) if end[1] not in self.there]
        extra = [(own.ENDS, json.dumps(lost, ensure_ascii=False))] if lost or not slots else []
        targets = [target for role in _WORDS_OF for target in link.of_role(role)]
        targets += (target for _, target in link.ends)
        place = next((place for id_ in targets if (place := self._place_of(id_))), _START)
        layer = own.to_layer(link.label)
        self._add(Annotation(link.id, layer, place, self._values(link.attributes, *extra), slots))

    def _place_of(self, id_: str) -> Place | None:
        item = self.items.get(id_)
        return item.places[0] if item is not None and item.places else None


def _with(layer: Layer, feature: Feature) -> Layer:
    """The layer with a feature, once."""
    return layer if layer.feature(feature.name) else replace(layer, features=(*layer.features, feature))

"""From our labels to another tool's: a mapping applied the other way round, for an export that such a tool expects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from typing import TypeVar

from annotator.formats.standoff.graph import Attributes, Item, Link, Place, Standoff
from annotator.formats.standoff.labels import CLAIM, CUE, HOP, ITEM_LABELS, LINK_LABELS, MENTION, SOURCE
from annotator.formats.standoff.mapping import (
    LEAVE_OUT,
    MENTION_ROLE,
    SAME_SPEAKER,
    TRIGGER,
    UNCOVERED,
    AttributeRule,
    ItemRule,
    LinkRule,
    Mapping,
    marks,
    words_of,
)
from annotator.formats.standoff.quarantine import REASON
from annotator.formats.standoff.uniting import is_half, parted
from annotator.formats.standoff.wikidata import WIKIDATA
from annotator.model import Claim, Correction, Hop, Mention, is_entry


def to_theirs(standoff: Standoff, mapping: Mapping) -> Standoff:
    """The standoff in the other tool's labels, without the stretches for which the mapping has no word.

    Words that are the source or the cue of several hops become one item, and hops that have them in common one link
    with several claims, as other tools have them. What is in quarantine goes out under the label that it came with;
    attributes without a rule keep our names, so that a format that can carry them loses nothing.
    """
    if mapping.is_empty:
        return standoff
    joined = _joined(standoff)
    work = _Out(joined, mapping)
    return replace(joined, items=work.items(), links=work.links())


class _Out:
    def __init__(self, standoff: Standoff, mapping: Mapping) -> None:
        self._mapping = mapping
        self._mark = marks(mapping)
        self._by_id = {item.id: item for item in standoff.items}
        self._rules: dict[str, LinkRule | None] = {}
        links = tuple(part for link in standoff.links for part in self._parts(link))
        self._standoff = standoff = replace(standoff, links=links)
        self._moved_to_claims: dict[str, list[tuple[str, str]]] = {}
        self._moved_to_hops: dict[str, list[tuple[str, str]]] = {}
        for link in standoff.links:
            if link.label == HOP:
                self._move(link)
        self._standing = self._at_hand()
        self._speakers = {
            id_: speaker
            for link in standoff.links
            if link.label == HOP and (speaker := link.get("speaker"))
            for id_ in link.of_role("source")
        }
        """Who the words of a source name."""
        taken = {id_ for link in standoff.links for _, id_ in link.ends}
        self._free = {item.id for items in self._standing.values() for item in items} - taken
        self._triggers: dict[str, Item | None] = {}
        for link in standoff.links:
            if (rule := self._rules[link.id]) is not None:
                self._triggers[link.id] = self._trigger(link, rule)

    def items(self) -> tuple[Item, ...]:
        """The items in their labels, and the words on which links stand."""
        found = [item for old in self._standoff.items if (item := self._item(old)) is not None]
        triggers = {item.id: item for item in self._triggers.values() if item is not None}
        return (*found, *(item for id_, item in triggers.items() if id_ not in self._by_id))

    def links(self) -> tuple[Link, ...]:
        """The links in their labels, and those that say whose words are of one speaker."""
        return (*(link for old in self._standoff.links if (link := self._link(old)) is not None), *self._coreference())

    def _coreference(self) -> Iterator[Link]:
        """From each words for a speaker to those before, where the other tool has links of two for that."""
        rule = next((rule for rule in self._mapping.links if rule.to == SAME_SPEAKER and len(rule.roles) == 2), None)
        if rule is None or {ours for _, ours in rule.roles} != {MENTION_ROLE}:
            return
        (one, _), (other, _) = rule.roles
        before: dict[str, Item] = {}
        said = (item for item in self._standoff.items if item.label in {MENTION, SOURCE} and item.get(REASON) is None)
        for number, item in enumerate(sorted(said, key=lambda each: (each.places, each.label)), start=1):
            speaker = item.get("speaker") or self._speakers.get(item.id)
            if speaker is None or not item.places or self._rule_of_item(item) is None:
                continue
            first = before.get(speaker)
            if first is None or first.places != item.places:
                before[speaker] = item
            if first is not None and first.places != item.places:
                yield Link(f"{speaker}.same.{number}", rule.label, ((one, item.id), (other, first.id)), rule.when)

    def _item(self, item: Item) -> Item | None:
        if item.get(REASON) is not None or item.label not in ITEM_LABELS:
            return item
        rule = self._rule_of_item(item)
        if rule is None:
            return item if not item.places else None
        item = self._with_entry(self._with_their_own(_without_mark(item, self._mark(rule))))
        moved = self._moved_to_claims.get(item.id, [])
        attributes = self._attributes(item, item.label, rule.give)
        return replace(item, label=rule.label, attributes=(*attributes, *moved, *rule.when))

    def _with_their_own(self, item: Item) -> Item:
        """The item with the attributes that an import put at the end of its note, since no field has them."""
        lines = "\n".join(item.all("note")).split("\n")
        at = len(lines)
        while at and (match := _ATTRIBUTE.fullmatch(lines[at - 1])) and self._is_theirs(match[1], match[2], item.label):
            at -= 1
        if at == len(lines):
            return item
        told = [(match[1], match[2]) for line in lines[at:] if (match := _ATTRIBUTE.fullmatch(line))]
        note = (("note", "\n".join(lines[:at])),) if at else ()
        rest = (pair for pair in item.attributes if pair[0] != "note")
        return replace(item, attributes=(*rest, *note, *((UNCOVERED + name, value) for name, value in told)))

    def _is_theirs(self, name: str, value: str, label: str) -> bool:
        """Whether reading it again would put it into the note once more."""
        rule = self._mapping.rule_of_attribute(name, label)
        return name not in _OURS and (rule is None or (rule.to != LEAVE_OUT and rule.value(value) is None))

    def _with_entry(self, item: Item) -> Item:
        """The item with the entry of Wikidata that its speaker is, where the other tool has a place for it."""
        if not any(rule.to == WIKIDATA and rule.of in {"", item.label} for rule in self._mapping.attributes):
            return item
        speaker = self._by_id.get(item.get("speaker") or self._speakers.get(item.id, ""))
        if speaker is None or not is_entry(speaker.get(WIKIDATA)):
            return item
        told = f"{speaker.get(WIKIDATA)}\t{speaker.get('name') or ''}"
        return replace(item, attributes=(*item.attributes, (WIKIDATA, told)))

    def _rule_of_item(self, item: Item) -> ItemRule | None:
        """The rule that leads to an item; a mention that was the source of nothing in their file is a source there."""
        label = item.label
        known = {rule.to for rule in self._mapping.items}
        if label == MENTION and label not in known and item.get("origin") == "imported":
            label = SOURCE
        rules = [rule for rule in self._mapping.items if rule.to == label]
        told = _told(item)
        marked = [rule for rule in rules if (mark := self._mark(rule)) and set(mark) <= told]
        return _most_demanding(item, marked) or _most_demanding(item, rules)

    def _rule_of_link(self, link: Link) -> LinkRule | None:
        rules = (rule for rule in self._mapping.links if rule.to == link.label)
        roles = {role for role, _ in link.ends}
        return _most_demanding(link, (rule for rule in rules if roles <= {ours for _, ours in rule.roles}))

    def _parts(self, link: Link) -> Iterator[Link]:
        """The link, or where their links join but two, what it is there."""
        rule = self._rule_of_link(link)
        self._rules[link.id] = rule
        if link.label != HOP or link.get(REASON) is not None or (rule is not None and not is_half(rule)):
            yield link
            return
        fitting = [r for r in self._mapping.links if r.to == HOP and set(r.give) <= set(link.attributes)]
        parts = list(parted(link, [rule] if rule is not None else fitting))
        self._rules.update((part.id, rule) for part, rule in parts)
        yield from (part for part, _ in parts) if parts else (link,)

    def _link(self, link: Link) -> Link | None:
        if link.get(REASON) is not None or link.label not in LINK_LABELS:
            return link
        rule = self._rules[link.id]
        if rule is None:
            return None
        ends = tuple((rule.their_role(role) or role, target) for role, target in link.ends)
        if (trigger := self._triggers[link.id]) is not None:
            ends = ((TRIGGER, trigger.id), *ends)
        attributes = self._attributes(link, link.label, rule.give)
        moved = self._moved_to_hops.get(link.id, [])
        return replace(link, label=rule.label, ends=ends, attributes=(*attributes, *moved, *rule.when))

    def _at_hand(self) -> dict[str, list[Item]]:
        """Words on which links of a label stood in the imported file, in quarantine since: by that label."""
        labels = {rule.label for rule in self._mapping.links if rule.trigger}
        found: dict[str, list[Item]] = {}
        for item in self._standoff.items:
            if item.label in labels and item.places:
                found.setdefault(item.label, []).append(item)
        return found

    def _trigger(self, link: Link, rule: LinkRule) -> Item | None:
        """The words on which a link stands, one item for all links of the label that stand there."""
        places = words_of(rule.trigger, rule.to, link.ends, self._by_id) if rule.trigger else ()
        if not places:
            return None
        known = self._standing.setdefault(rule.label, [])
        there = next((item for item in known if item.places == places), None)
        if there is None and (there := self._moved_trigger(link, rule, places)) is None:
            there = Item(f"{link.id}.{TRIGGER}", rule.label, places)
            known.append(there)
        return there

    def _moved_trigger(self, link: Link, rule: LinkRule, places: tuple[Place, ...]) -> Item | None:
        """Words in quarantine that are nobody's, and must have been this link's: at its cue, or near if it has none."""
        free = [item for item in self._standing[rule.label] if item.id in self._free]
        if not link.of_role(rule.trigger):
            return min(free, key=lambda item: abs(item.places[0][0] - places[0][0]), default=None)
        return next((item for item in free if _overlap(item.places, places)), None)

    def _attributes(self, thing: Item | Link, label: str, given: Attributes) -> Attributes:
        """Theirs for ours, without those that stand on another thing there."""
        found = []
        for name, value in thing.attributes:
            if (name, value) in given:
                continue
            if name.startswith(UNCOVERED):
                found.append((name.removeprefix(UNCOVERED), value))
                continue
            there = self._rule_of_attribute(name, value, label)
            if there is None:
                found += [(name, value)] if (name, value) != ("order", "1") else []
            elif there[0].of in {"", label} and there[0].on in {"", label}:
                found.append((there[0].name, there[1]))
        return tuple(found)

    def _rule_of_attribute(self, name: str, value: str, label: str) -> tuple[AttributeRule, str] | None:
        for rule in self._mapping.attributes:
            theirs = rule.their_value(value) if rule.to == name and (rule.on or rule.of) in {"", label} else None
            if theirs is not None:
                return rule, theirs
        return None

    def _move(self, hop: Link) -> None:
        """What stands at the claim there and at the hop here, and the other way round."""
        for rule in self._mapping.attributes:
            claims = [self._by_id[id_] for id_ in hop.of_role("claim") if id_ in self._by_id]
            if rule.on == HOP and rule.of == CLAIM:
                for value in hop.all(rule.to):
                    theirs = rule.their_value(value)
                    for claim in claims if theirs is not None else ():
                        self._moved_to_claims.setdefault(claim.id, []).append((rule.name, str(theirs)))
            elif rule.on == CLAIM and rule.of == HOP and self._rules[hop.id] is not None:
                pairs = [(rule.name, their) for c in claims for v in c.all(rule.to) if (their := rule.their_value(v))]
                self._moved_to_hops.setdefault(hop.id, []).extend(dict.fromkeys(pairs))


def _joined(standoff: Standoff) -> Standoff:
    """One item for words that are the source or the cue of several hops, one hop for several claims of the same."""
    first_at: dict[tuple[str, tuple[Place, ...], Attributes], str] = {}
    same: dict[str, str] = {}
    items = []
    for old in standoff.items:
        item = old
        if item.label in {SOURCE, CUE}:
            item = replace(item, attributes=tuple(pair for pair in item.attributes if pair[0] != "hop"))
            same[item.id] = first_at.setdefault((item.label, item.places, item.attributes), item.id)
        if same.get(item.id, item.id) == item.id:
            items.append(item)
    links = (
        replace(link, ends=tuple((role, same.get(id_, id_)) for role, id_ in link.ends)) for link in standoff.links
    )
    return replace(standoff, items=tuple(items), links=_joined_hops(links))


def _joined_hops(links: Iterable[Link]) -> tuple[Link, ...]:
    """Hops with the same cue and the same sources are one. One that has no cue stays alone: nothing says it is not."""
    found: list[Link] = []
    at: dict[tuple[tuple[tuple[str, str], ...], Attributes], int] = {}
    for link in links:
        rest = tuple(end for end in link.ends if end[0] != "claim")
        unordered = tuple(pair for pair in link.attributes if pair[0] != "order")
        key = (rest, unordered)
        if link.label != HOP or not link.of_role("cue") or not link.of_role("claim"):
            found.append(link)
        elif key in at:
            first = found[at[key]]
            claims = tuple(end for end in link.ends if end[0] == "claim" and end not in first.ends)
            found[at[key]] = replace(first, ends=(*first.ends, *claims))
        else:
            at[key] = len(found)
            found.append(link)
    return tuple(found)


def _told(item: Item) -> set[tuple[str, str]]:
    """The attributes of an item with those that stand in its note, line by line."""
    lines = (line.partition(" = ") for note in item.all("note") for line in note.split("\n"))
    return {*item.attributes, *((UNCOVERED + name, value) for name, sign, value in lines if sign)}


def _without_mark(item: Item, mark: Attributes) -> Item:
    """The item without what its label says."""
    if not mark:
        return item
    lines = {f"{name.removeprefix(UNCOVERED)} = {value}" for name, value in mark}
    notes = (("note", "\n".join(line for line in note.split("\n") if line not in lines)) for note in item.all("note"))
    rest = [pair for pair in item.attributes if pair not in mark and pair[0] != "note"]
    return replace(item, attributes=(*rest, *(pair for pair in notes if pair[1])))


_OURS = frozenset(field.name for owner in (Claim, Mention, Correction, Hop) for field in fields(owner)) | {
    *("name", "speaker", "addressee", "addressee_name", "tag", "hop", "order", "uuid", WIKIDATA, REASON),
}
"""What reading would take for a field of ours."""
_ATTRIBUTE = re.compile(r"([^\W\d][\w.:/-]{0,59}) = (.+)")
"""A line of a note that says what an attribute without a field was."""
_Rule = TypeVar("_Rule", ItemRule, LinkRule)


def _most_demanding(thing: Item | Link, rules: Iterable[_Rule]) -> _Rule | None:
    """Of the rules whose given attributes the thing has, the one that asks for most; the first of equals."""
    there = {*thing.attributes}
    if thing.label == MENTION and not thing.all("kind"):
        there.add(("kind", "name"))  # which is left out where a record is told, as every default
    fitting = [rule for rule in rules if rule.to != LEAVE_OUT and set(rule.give) <= there]
    return max(fitting, key=lambda rule: len(rule.give), default=None)


def _overlap(some: Iterable[Place], others: Iterable[Place]) -> bool:
    return any(a < d and c < b for a, b in some for c, d in others)

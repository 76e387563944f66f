"""The mapping that the labels of a file suggest. What is doubtful stands in its remarks, one sentence each."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from annotator.formats.standoff import known_labels as known
from annotator.formats.standoff import same_id
from annotator.formats.standoff.graph import Item, Link, Standoff
from annotator.formats.standoff.labels import CLAIM, CUE, HOP, INSIDE, ITEM_LABELS, MENTION, SOURCE
from annotator.formats.standoff.mapping import (
    LEAVE_OUT,
    MENTION_ROLE,
    NO_NAMES,
    SAME_SPEAKER,
    TRIGGER,
    WORDS,
    AttributeRule,
    ItemRule,
    LinkRule,
    Mapping,
)
from annotator.formats.standoff.quarantine import REASON
from annotator.formats.standoff.uniting import is_half
from annotator.formats.standoff.wikidata import WIKIDATA, entry
from annotator.text.wording import counted
from annotator.vocabulary import DEFAULT

_ROLE_OF = {CLAIM: "claim", SOURCE: "source", MENTION: "source", CUE: "cue"}
"""What an item is in a hop."""
_FIELDS = {
    CLAIM: {"form", "stance", "check_worthy", "note", "name"},
    MENTION: {"name", "note"},
    SOURCE: {"name", "note"},
    HOP: {"name", "form", "note"},
}
_CORRECTIONS = {"replacement", "verdict", "note"}


_ADDRESS = re.compile(r"\w[\w+.-]*:\S+")
_WHOLE, _MANY = 0.9, 20
"""On so much of all texts, and so often, stands a label that tells of the text: of words, sentences, pages."""
_NO_SPEAKERS = (
    "The words of a source, such as “Ann Lee”, name no speaker by themselves. If those that look like a name shall, "
    "choose so in the window (“Words of sources that look like a name”: “Name a speaker”), or write "
    '"names": "words" in the mapping file.'
)
_MOST_REMARKS = 200
"""More are no help: in some corpora every person is a label of its own."""


def propose(standoffs: Iterable[Standoff], name: str = "") -> Mapping:
    """The best mapping for what was read: rules for every label that is known, and remarks about all others.

    For files with this program's own labels it is empty, since they need none.
    """
    proposing = Proposing(name)
    for standoff in standoffs:
        proposing.add(standoff)
    return proposing.mapping()


_Rule = TypeVar("_Rule", ItemRule, LinkRule)


class Proposing:
    """Looks at one article after the other, then proposes; of each it keeps no more than counts."""

    def __init__(self, name: str = "") -> None:
        self._name = name
        self._unsure: list[str] = []
        self._records: Counter[bool] = Counter()
        """How many records of this program's own there are, with and without its labels."""
        self._items: Counter[str] = Counter()
        self._links: Counter[str] = Counter()
        self._ends: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        """How often what label stands in a role of a link."""
        self._values: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        """How often what value an attribute of a label has."""
        self._triggers: Counter[str] = Counter()
        """How often an item with the label of a link is what the link stands on."""

        self._covered: Counter[str] = Counter()
        """Characters on which a label stands, each as often as it does."""
        self._over: Counter[str] = Counter()
        """How many items of a label begin inside another of it, as words, sentences and lines do not."""
        self._length = 0
        """Characters of all texts that are no blanks."""

        self._told: dict[str, tuple[str, tuple[str, str]]] = {}
        """What is meant by a value more than by a label, under a name of its own: label, attribute with its value."""

    def add(self, standoff: Standoff) -> None:
        """Look at an article."""
        self._items.update(map(self._called, standoff.items))
        self._links.update(map(self._called, standoff.links))
        self._records.update(
            item.label in ITEM_LABELS for item in standoff.items if item.get("uuid") and not item.get(REASON)
        )
        self._length += sum(map(len, standoff.text.split()))
        ends: dict[str, int] = {}
        for item in sorted(standoff.items, key=lambda each: each.places[:1]):
            self._covered[item.label] += sum(end - start for start, end in item.places)
            if item.places:
                self._over[item.label] += item.places[0][0] < ends.get(item.label, 0)
                ends[item.label] = max(ends.get(item.label, 0), item.places[0][1])
        self._look_at(standoff)

    def _look_at(self, standoff: Standoff) -> None:
        things: tuple[Item | Link, ...] = (*standoff.items, *standoff.links)
        labels = {thing.id: self._called(thing) for thing in things}
        triggers: set[str] = set()
        for link in standoff.links:
            for role, target in link.ends:
                self._ends[labels[link.id], role][labels.get(target, "")] += 1
                if role == TRIGGER and labels.get(target) == link.label:
                    triggers.add(target)
        self._triggers.update(labels[target] for target in triggers)
        for thing in things:
            name = labels[thing.id]
            for attribute, value in thing.attributes:
                if self._told.get(name, ("", ()))[1] != (attribute, value):
                    self._values[name, attribute][value] += 1

    def _called(self, thing: Item | Link) -> str:
        """The label; of one that says nothing by itself (“Span”) with the value that does (“Span, label Quote”)."""
        pair = known.telling(thing)
        if pair is None:
            return thing.label
        name = f"{thing.label}, {pair[0]} {pair[1]}"
        self._told[name] = thing.label, pair
        return name

    def _meant(self, name: str) -> str:
        """What is looked up: the value that tells, or the label."""
        return known.key(self._told[name][1][1] if name in self._told else name)

    def _real(self, rules: Iterable[_Rule]) -> tuple[_Rule, ...]:
        """The rules for labels as they are in the files, those with a condition first."""
        found = [
            replace(rule, label=self._told[rule.label][0], when=(self._told[rule.label][1],))
            if rule.label in self._told else rule
            for rule in rules
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda rule: not rule.when))

    def mapping(self) -> Mapping:
        """What is proposed for all that was looked at."""
        if self._records[True] and not self._records[False]:
            return Mapping(self._name)
        items = self._without_frames({label: rule for label in self._items if (rule := self._item(label))})
        links = self._implicit([link for label in self._links if (link := self._link(label, items))])
        attributes = self._attributes(items, {rule.label: rule.to for rule in links})
        names = WORDS if any(rule.to == SAME_SPEAKER for rule in links) else NO_NAMES
        if names == NO_NAMES and any(rule.to in {SOURCE, MENTION} for rule in items.values()):
            self._unsure.append(_NO_SPEAKERS)
        remarks = self._unsure[:_MOST_REMARKS]
        if len(self._unsure) > len(remarks):
            remarks.append(f"There are {len(self._unsure) - len(remarks):,} more remarks of this kind.")
        return Mapping(self._name, self._real(items.values()), self._real(links), attributes, names, tuple(remarks))

    # -- items

    def _item(self, label: str) -> ItemRule | None:
        count = counted(self._items[label], "time")
        meaning = known.SURE.get(self._meant(label))
        is_trigger = self._triggers[label] and self._triggers[label] == self._items[label]
        if is_trigger and (meaning is None or meaning[0] != CLAIM):
            return None  # it is nothing but the words on which links stand
        if meaning is not None:
            return ItemRule(label, meaning[0], give=meaning[1])
        found = known.UNSURE.get(self._meant(label))
        if found is None and label in ITEM_LABELS:
            return None  # one of ours, beside what is another tool's
        if found is None and self._tells_of_the_text(label):
            self._unsure.append(f"“{label}” ({count}) was left out; it covers the whole text, as words and lines do.")
            return ItemRule(label, LEAVE_OUT)
        if found is None:
            self._unsure.append(f"“{label}” ({count}): no rule, since nothing says what it stands for.")
            return None
        (to, give), why = found
        self._unsure.append(f"“{label}” ({count}) was taken as {_words(to, give)}; {why}.")
        return ItemRule(label, to, give=give)

    def _tells_of_the_text(self, label: str) -> bool:
        """Whether a label stands on everything, once, as on words, sentences or lines."""
        count = self._items[label]
        everywhere = self._covered[label] >= _WHOLE * self._length > 0
        return everywhere and count >= _MANY and self._over[label] * _MANY < count

    def _without_frames(self, rules: dict[str, ItemRule]) -> dict[str, ItemRule]:
        """Without what is only perhaps a cue, where another label is one for sure."""
        cues = {label for label, rule in rules.items() if rule.to == CUE}
        unsure = {label for label in cues if self._meant(label) in known.UNSURE}
        if cues == unsure:
            return rules
        for label in unsure:
            told = next(remark for remark in self._unsure if remark.startswith(f"“{label}” ("))
            sure = ", ".join(f"“{name}”" for name in sorted(cues - unsure))
            self._unsure[self._unsure.index(told)] = (
                f"“{label}” ({counted(self._items[label], 'time')}): no rule, since {sure} is the cue."
            )
        return {label: rule for label, rule in rules.items() if label not in unsure}

    # -- links

    def _link(self, label: str, items: dict[str, ItemRule]) -> LinkRule | None:
        roles = [role for link, role in self._ends if link == label]
        name = self._meant(label)
        if name in known.SAME_SPEAKER_LINKS:
            return LinkRule(label, SAME_SPEAKER, tuple((role, MENTION_ROLE) for role in roles))
        found = {role: self._role(label, role, items) for role in roles}
        if {"claim", "source"} <= {*found.values()} or {"claim", "cue"} <= {*found.values()}:
            for role in (role for role in roles if found[role] is None):
                self._unsure.append(f"The role “{role}” of “{label}” was left out, since nothing says what it is.")
                found[role] = LEAVE_OUT
        if name in known.INSIDE_LINKS and len(roles) == 2 and set(found.values()) == {"claim"}:
            first, second = roles
            self._unsure.append(
                f"In “{label}”, “{first}” was taken as the claim inside, “{second}” as the one around it."
            )
            return LinkRule(label, INSIDE, ((first, "child"), (second, "parent")))
        joined = {*found.values()} - {LEAVE_OUT, None}
        if joined != {"source", "cue"} and ("claim" not in joined or len(joined) < 2):
            what = "nothing says what it joins"
            self._unsure.append(f"The link “{label}” ({counted(self._links[label], 'time')}): no rule, since {what}.")
            return None
        covered = tuple((role, ours) for role, ours in found.items() if ours is not None)
        stands = "cue" if found.get(TRIGGER) in {LEAVE_OUT, "cue"} else ""
        return LinkRule(label, HOP, _without_numbers(covered), trigger=stands)

    def _implicit(self, rules: list[LinkRule]) -> list[LinkRule]:
        """Where one kind of attribution has sources and another never has, the other's sources are implicit."""
        hops = [rule for rule in rules if rule.to == HOP]
        without = [rule for rule in hops if "source" not in dict(rule.roles).values()]
        if not without or all(is_half(rule) for rule in hops if rule not in without):
            return rules  # links that join but two say the source by another one
        for rule in without:
            self._unsure.append(f"The source of “{rule.label}” was taken to be implicit, since it never has one.")
        given = (("referring", "implicit"),)
        return [replace(rule, give=given) if rule in without else rule for rule in rules]

    def _role(self, label: str, role: str, items: dict[str, ItemRule]) -> str | None:
        """What stands in a role of a link: by what the items there are, else by its name."""
        ends = self._ends[label, role]
        if role == TRIGGER and ends[label]:
            rule = items.get(label)
            return _ROLE_OF.get(rule.to, LEAVE_OUT) if rule is not None else LEAVE_OUT
        counts: Counter[str] = Counter()
        for end, count in ends.items():
            rule = items.get(end)
            if rule is not None and rule.to in _ROLE_OF:
                counts[_ROLE_OF[rule.to]] += count
        by_name = known.ROLES.get(known.key(role.rstrip("0123456789")))
        if not counts:
            return by_name
        best, hits = counts.most_common(1)[0]
        if hits < ends.total():
            others = ", ".join(
                f"“{end}”" for end in ends if (r := items.get(end)) is None or _ROLE_OF.get(r.to) != best
            )
            self._unsure.append(f"The role “{role}” of “{label}” was taken as {best}, but {others} stands there too.")
        return best

    # -- attributes

    def _attributes(self, items: dict[str, ItemRule], links: dict[str, str]) -> tuple[AttributeRule, ...]:
        rules: dict[tuple[str, str], AttributeRule] = {}
        ours = {**{label: rule.to for label, rule in items.items()}, **links}
        for (label, name), values in self._values.items():
            of = ours.get(label)
            if of in {None, LEAVE_OUT, SAME_SPEAKER}:
                continue
            to = known.ATTRIBUTES.get(known.key(name))
            if to in {None, "name"} and of in {MENTION, SOURCE} and _are_entries(values):
                template = next(found.template for value in values if (found := entry(value)))
                rules.setdefault((str(of), name), AttributeRule(name, WIKIDATA, str(of), "", ((template, "{id}"),)))
                continue
            if to == "name" and all(map(_ADDRESS.fullmatch, values)):
                to = None  # what leads to a data base is no name
            if name == "note":
                continue  # it is one everywhere
            if same_id.LABEL in links and same_id.is_id(name, self._told[label][0] if label in self._told else label):
                rules[str(of), name] = AttributeRule(name, LEAVE_OUT, str(of))  # the links say it
                continue
            if to is None or to not in _FIELDS.get(str(of), _CORRECTIONS):
                real = self._told[label][0] if label in self._told else label
                told = f"The attribute “{name}” of “{real}” has no rule; it is kept in the note."
                self._unsure += [told] if told not in self._unsure else []
            elif (str(of), name) not in rules:
                rules[str(of), name] = self._attribute(name, to, str(of), values)
        return tuple(rules.values())

    def _attribute(self, name: str, to: str, of: str, values: Counter[str]) -> AttributeRule:
        on = HOP if (of, to) == (CLAIM, "name") else CLAIM if of == HOP and to in {"form", "note"} else ""
        field_name = {"form": "claim.form", "verdict": "correction.verdict"}.get(to, f"claim.{to}")
        if field_name not in DEFAULT:
            return AttributeRule(name, to, of, on)
        ours = ((value, DEFAULT.label(field_name, value)) for value in DEFAULT.values(field_name))
        table = value_table(to, values, ours)
        for value in values:
            if value not in table:
                self._unsure.append(f"The value “{value[:40]}” of “{name}” has no rule; it is kept in the note.")
        return AttributeRule(name, to, of, on, tuple(table.items()) or (("", ""),))


def value_table(to: str, theirs: Iterable[str], ours: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Those of their values of a field of ours (``form``) whose name says which of ours (value, name) they are."""
    words: dict[str, str] = {}
    for value, name in ours:
        words.update({known.key(value): value, known.key(name): value})
    if to == "form":
        words.update(known.FORM_VALUES)
    return {value: words[known.key(value)] for value in theirs if known.key(value) in words}


def _are_entries(values: Counter[str]) -> bool:
    """Whether values are ids of Wikidata, but for a few."""
    return sum(count for value, count in values.items() if entry(value)) * 10 >= values.total() * 9 > 0


def _without_numbers(roles: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Without ``Content2`` where ``Content`` is the same."""
    found = dict(roles)
    return tuple(
        (role, ours) for role, ours in roles if role == (base := role.rstrip("0123456789")) or found.get(base) != ours
    )


def _words(to: str, give: tuple[tuple[str, str], ...]) -> str:
    told = ", ".join(f"{name} {value}" for name, value in give)
    return f"{'left out' if to == LEAVE_OUT else to}{f' ({told})' if told else ''}"

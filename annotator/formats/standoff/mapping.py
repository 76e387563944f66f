"""What the labels of another tool mean here: rules that lead from its labels to those of :mod:`.labels`, and back.

A mapping is data, saved as a file (:mod:`.mapping_file`), proposed from the labels that are found (:mod:`.proposing`)
and applied by :mod:`.mapping_in` on import and by :mod:`.mapping_out` on export. What no rule covers is never
dropped: it keeps its own label, and whoever makes records of it puts it in quarantine with the reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass

from annotator.formats.standoff.graph import Attributes, Item, Link, Place
from annotator.formats.standoff.labels import CLAIM, HOP, ITEM_LABELS, LINK_LABELS, MENTION, ROLES, SEGMENT
from annotator.formats.standoff.wikidata import WIKIDATA, entry, written

LEAVE_OUT = "leave out"
"""What a label, a role or an attribute means that is not wanted: it is counted and told of, and goes no further."""
SAME_SPEAKER = "SameSpeaker"
"""What a link of coreference means: the mentions in it are of one speaker."""
MENTION_ROLE = "mention"
TRIGGER = "trigger"
"""The role of the words on which a link itself stands, in formats that have such (brat's events)."""
ROLES_BY_TARGET: dict[str, tuple[str, ...]] = {**ROLES, SAME_SPEAKER: (MENTION_ROLE,)}
ITEM_TARGETS = (*ITEM_LABELS, LEAVE_OUT)
LINK_TARGETS = (*LINK_LABELS, SAME_SPEAKER, LEAVE_OUT)

NO_NAMES, WORDS = "none", "words"
NAMES = (NO_NAMES, WORDS)
_WAYS = {(CLAIM, HOP), (HOP, CLAIM)}

UNCOVERED = "other:"
"""Stands before the name of an attribute or role that no rule covers, so that it is not taken for one of ours."""


@dataclass(frozen=True, slots=True)
class ItemRule:
    """What an item with a label is."""

    label: str
    """Theirs."""
    to: str
    """One of :data:`ITEM_TARGETS`."""
    when: Attributes = ()
    """Only an item that has all these attributes, with these values, as the file has them."""
    give: Attributes = ()
    """Attributes of ours that it gets; on export, what an item must have to become this label again."""


@dataclass(frozen=True, slots=True)
class LinkRule:
    """What a link with a label is."""

    label: str
    to: str
    """One of :data:`LINK_TARGETS`."""
    roles: Attributes = ()
    """Their role and ours, or :data:`LEAVE_OUT`. ``Content`` stands for ``Content2`` … too."""
    when: Attributes = ()
    give: Attributes = ()
    trigger: str = ""
    """On export, the role of ours on whose words the link itself stands; empty: it stands on no words."""

    def role(self, theirs: str) -> str | None:
        """Our role, :data:`LEAVE_OUT`, or None when the rule does not know theirs."""
        found = dict(self.roles)
        return found.get(theirs) or found.get(theirs.rstrip("0123456789"))

    def their_role(self, ours: str) -> str | None:
        """The first role of theirs that stands for ours."""
        return next((theirs for theirs, role in self.roles if role == ours), None)


@dataclass(frozen=True, slots=True)
class AttributeRule:
    """What an attribute is."""

    name: str
    """Theirs."""
    to: str
    """The attribute of ours (``form``, ``name``), or :data:`LEAVE_OUT`."""
    of: str = ""
    """Only on what this label of ours stands for (``Claim``, ``Hop``); empty: everywhere."""
    on: str = ""
    """Which record of ours has it, when it is another than ``of``: ``Hop`` for the speaker's name at a claim,
    ``Claim`` for the form of speech at an attribution; empty: the same."""
    values: Attributes = ()
    """Their values and ours; empty: they are the same. A value that a table lacks is not covered. Of an entry of
    Wikidata one pair, whose first is how they write it (``Wikidata:{id}``)."""

    def value(self, theirs: str) -> str | None:
        """Ours, or None when the table lacks it."""
        if self.to == WIKIDATA:
            found = entry(theirs)
            return None if found is None else found.id
        return dict(self.values).get(theirs) if self.values else theirs

    def their_value(self, ours: str) -> str | None:
        """Theirs, or None when the table lacks it. Of an entry of Wikidata ours has its name behind a tab."""
        if self.to == WIKIDATA:
            id_, _, name = ours.partition("\t")
            return written(next((template for template, _ in self.values), ""), id_, name)
        return next((theirs for theirs, value in self.values if value == ours), None) if self.values else ours


@dataclass(frozen=True, slots=True)
class Mapping:
    """Rules for the items, the links and the attributes of one tool's files. The first rule that fits counts."""

    name: str = ""
    items: tuple[ItemRule, ...] = ()
    links: tuple[LinkRule, ...] = ()
    attributes: tuple[AttributeRule, ...] = ()
    names: str = NO_NAMES
    """Whether the words of sources and mentions, where they are a name, name a speaker: one of :data:`NAMES`."""
    remarks: tuple[str, ...] = ()
    """For people: what was doubtful when the mapping was proposed."""

    def rule_of_item(self, item: Item) -> ItemRule | None:
        """The rule for an item as the file has it."""
        return next((rule for rule in self.items if rule.label == item.label and _has(item, rule.when)), None)

    def rule_of_link(self, link: Link) -> LinkRule | None:
        """The rule for a link as the file has it."""
        return next((rule for rule in self.links if rule.label == link.label and _has(link, rule.when)), None)

    def rule_of_attribute(self, name: str, of: str) -> AttributeRule | None:
        """The rule for an attribute of theirs on what our label ``of`` stands for."""
        return next((rule for rule in self.attributes if rule.name == name and rule.of in {"", of}), None)

    @property
    def is_empty(self) -> bool:
        """Whether it has no rule, as for files that have this program's own labels."""
        return not (self.items or self.links or self.attributes)


def words_of(trigger: str, to: str, ends: Iterable[tuple[str, str]], items: AnyMapping[str, Item]) -> tuple[Place, ...]:
    """Where a link stands: on the words in the ``trigger`` role of ours, else on the first of another; () nowhere."""
    order = (trigger, *(role for role in ROLES_BY_TARGET.get(to, ()) if role != trigger))
    listed = list(ends)
    targets = (id_ for wanted in order for role, id_ in listed if role == wanted)
    return next((items[id_].places for id_ in targets if id_ in items and items[id_].places), ())


def problems(mapping: Mapping) -> Iterator[str]:
    """What is wrong with a mapping, each a clause: targets and roles that are not there, rules that never apply."""
    if mapping.names not in NAMES:
        yield f"names is “{mapping.names}”, not one of: {', '.join(NAMES)}"
    for rule in mapping.items:
        if rule.to not in ITEM_TARGETS:
            yield f"“{rule.label}” leads to “{rule.to}”, not one of: {', '.join(ITEM_TARGETS)}"
    for link_rule in mapping.links:
        yield from _link_problems(link_rule)
    for attribute in mapping.attributes:
        yield from _attribute_problems(attribute)
    for rules in (mapping.items, mapping.links):
        yield from _never_used(rules)


def _link_problems(rule: LinkRule) -> Iterator[str]:
    if rule.to not in LINK_TARGETS:
        yield f"“{rule.label}” leads to “{rule.to}”, not one of: {', '.join(LINK_TARGETS)}"
        return
    known = ROLES_BY_TARGET.get(rule.to, ())
    for theirs, ours in rule.roles:
        if ours not in (*known, LEAVE_OUT):
            yield f"the role “{theirs}” of “{rule.label}” leads to “{ours}”, which a {rule.to} does not have"
    if rule.trigger and rule.trigger not in known:
        yield f"the trigger of “{rule.label}” stands on “{rule.trigger}”, which a {rule.to} does not have"


def _attribute_problems(rule: AttributeRule) -> Iterator[str]:
    for label in (rule.of, rule.on):
        if label and label not in (*ITEM_LABELS, *LINK_LABELS):
            yield f"the attribute “{rule.name}” is of “{label}”, which is no label of this program"
            return
    if rule.on not in {"", rule.of} and (rule.of, rule.on) not in _WAYS:
        yield f"the attribute “{rule.name}” cannot go from “{rule.of}” to “{rule.on}”"


def _never_used(rules: Iterable[ItemRule] | Iterable[LinkRule]) -> Iterator[str]:
    """A rule after one that takes everything of the same label is a mistake."""
    taken: set[str] = set()
    for rule in rules:
        if rule.label in taken:
            yield f"a further rule for “{rule.label}” never applies, since one before it has no condition"
        if not rule.when:
            taken.add(rule.label)


def marks(mapping: Mapping) -> Callable[[ItemRule], Attributes]:
    """Gives what an item keeps of what it was, where other labels become the very same; () where none does.

    A claim has the label as a tag, all others as an attribute that no rule covers: it stands in their note.
    """
    alike = Counter(map(_made, mapping.items))

    def mark(rule: ItemRule) -> Attributes:
        if alike[_made(rule)] < 2 or rule.to in {LEAVE_OUT, SEGMENT}:
            return ()
        if rule.when:
            return tuple((UNCOVERED + name, value) for name, value in rule.when)
        if rule.to == CLAIM:
            return (("tag", rule.label),)
        return ((f"{UNCOVERED}{'' if rule.to == MENTION else f'{rule.to.lower()} '}label", rule.label),)

    return mark


def _made(rule: ItemRule) -> tuple[str, frozenset[tuple[str, str]]]:
    """What an item becomes, with what it is without being given it."""
    given = {"kind": "name", **dict(rule.give)} if rule.to == MENTION else dict(rule.give)
    return rule.to, frozenset(given.items())


def _has(thing: Item | Link, attributes: Attributes) -> bool:
    return all(value in thing.all(name) for name, value in attributes)

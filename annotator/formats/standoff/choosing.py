"""A mapping as choices that a person makes: a row for each label, role, attribute and value, with what it may mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from annotator.formats.standoff import known_labels as known
from annotator.formats.standoff.graph import Attributes
from annotator.formats.standoff.labels import (
    CLAIM,
    CUE,
    FACTUAL,
    HOP,
    MENTION,
    REGULARISATION,
    SEGMENT,
    SOURCE,
    TRANSCRIPTION,
)
from annotator.formats.standoff.mapping import (
    ITEM_TARGETS,
    LEAVE_OUT,
    LINK_TARGETS,
    NO_NAMES,
    ROLES_BY_TARGET,
    SAME_SPEAKER,
    TRIGGER,
    WORDS,
    AttributeRule,
    ItemRule,
    LinkRule,
    Mapping,
)
from annotator.formats.standoff.proposing import value_table
from annotator.formats.standoff.survey import Seen, Survey
from annotator.formats.standoff.wikidata import WIKIDATA
from annotator.vocabulary import DEFAULT, Vocabulary

NO_RULE = ""
"""The choice of a label, role, attribute or value that the mapping has no rule for."""
ITEM, LINK, ATTRIBUTE, ROLE, GIVEN, VALUE, SPEAKERS = "item", "link", "attribute", "role", "given", "value", "speakers"
Key = tuple[str, ...]
Choices = tuple[tuple[str, str], ...]
"""(what is stored, what is shown), in the order in which they are offered."""

_KEPT, _LEFT = (NO_RULE, "Keep in quarantine"), (LEAVE_OUT, "Leave out")
_NAMES = {TRANSCRIPTION: "Correction of the text", REGULARISATION: "Other spelling", FACTUAL: "Factual correction"}
_NAMES |= {HOP: "Attribution", SAME_SPEAKER: "Same speaker", "About": "Correction about a claim", "Inside": "Inside"}
_GIVEN = {
    CLAIM: ("form", "type", "stance", "check_worthy"),
    MENTION: ("kind",),
    SEGMENT: ("kind",),
    TRANSCRIPTION: ("cause",),
    REGULARISATION: ("cause",),
    FACTUAL: ("verdict",),
    HOP: ("referring",),
}
"""Fields that everything with a label can be given."""
_OWNERS = {MENTION: "mention", SEGMENT: "segment", HOP: "hop"}
_FIELDS = {
    CLAIM: ("form", "type", "stance", "check_worthy", "text", "name", "tag"),
    MENTION: ("name", "kind", WIKIDATA),
    SOURCE: ("name", WIKIDATA),
    CUE: (),
    TRANSCRIPTION: ("replacement", "cause"),
    REGULARISATION: ("replacement", "cause"),
    FACTUAL: ("verdict",),
    SEGMENT: ("kind",),
    HOP: ("name", "form", "referring", "medium", "date"),
}
"""What an attribute can be."""
_ABOUT_LABELS = ("“", "The link “", "The source of “")
"""How remarks of :mod:`.proposing` begin that are about a label, which they name first."""
_FIELD_NAMES = {
    WIKIDATA: "Speaker's Wikidata id",
    "name": "Speaker's name",
    "check_worthy": "Checkable",
    "replacement": "New text",
    "text": "Sentence",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One choice."""

    key: Key
    title: str
    count: int
    example: str
    choices: Choices
    value: str
    unsure: bool = False
    """Whether nobody can be sure of the meaning that is proposed, or there is none."""
    children: tuple[Row, ...] = ()


def same_row(key: Key) -> Key:
    """What the key of a row keeps when something is chosen: a label may get a rule, or lose it."""
    return key[:2] if key[0] in (ITEM, LINK) else key


class Choosing:
    """The rows of what ``survey`` saw and what ``mapping`` says of it. A choice gives another mapping."""

    def __init__(self, survey: Survey, mapping: Mapping, vocabulary: Vocabulary = DEFAULT) -> None:
        self.survey, self.mapping, self._vocabulary = survey, mapping, vocabulary
        self._order: dict[Key, int] = {}
        self._doubtful = {
            remark.partition("“")[2].partition("”")[0] for remark in mapping.remarks if remark.startswith(_ABOUT_LABELS)
        }
        self._known_values: dict[tuple[str, str], Choices] = {}
        self._made: dict[Key, tuple[list[tuple[int, ItemRule | LinkRule]], tuple[Row, ...]]] = {}
        """The rows of each label by what its rules were: of thousands of labels, a choice changes those of one."""

    def rows(self) -> list[Row]:
        """Those that are unsure first, then labels, links and attributes, each by how often they stand there.

        They stay where they are when one of them is chosen.
        """
        found = [*self._items(), *self._links(), *self._attributes()]
        if new := [row for row in found if same_row(row.key) not in self._order]:
            kinds = (ITEM, LINK, ATTRIBUTE)
            new.sort(key=lambda row: (not row.unsure, kinds.index(row.key[0]), -row.count, row.key))
            for row in new:
                self._order.setdefault(same_row(row.key), len(self._order))
        found.sort(key=lambda row: self._order[same_row(row.key)])
        return [*found, self._speakers()] if found else []

    def choose(self, key: Key, value: str) -> None:
        """Let a row have another value."""
        kind, *rest = key
        if kind == SPEAKERS:
            self.mapping = replace(self.mapping, names=value)
        elif kind == ITEM:
            self._choose_item(rest[0], int(rest[1]), value)
        elif kind == LINK:
            self._choose_link(rest[0], int(rest[1]), value)
        elif kind == GIVEN:
            self._give(rest[0], int(rest[1]), rest[2], value)
        elif kind == ROLE:
            self._choose_role(int(rest[0]), rest[1], value)
        elif kind == ATTRIBUTE:
            self._choose_attribute(rest[0], rest[1], value)
        else:
            self._choose_value(rest[0], rest[1], rest[2], value)

    # -- rows -----------------------------------------------------------------------------------------------------

    def _items(self) -> Iterator[Row]:
        choices = (*((to, _NAMES.get(to, to)) for to in ITEM_TARGETS[:-1] if to != "Speaker"), _LEFT, _KEPT)
        rules = _by_label(self.mapping.items)
        for label, seen in self.survey.items.items():
            if label in self.survey.links and label not in rules:
                continue  # the words on which links stand
            yield from self._rows_of(ITEM, label, seen, rules.get(label, []), choices)

    def _links(self) -> Iterator[Row]:
        choices = (*((to, _NAMES.get(to, to)) for to in LINK_TARGETS[:-1]), _LEFT, _KEPT)
        rules = _by_label(self.mapping.links)
        for label, seen in self.survey.links.items():
            yield from self._rows_of(LINK, label, seen, rules.get(label, []), choices)

    def _rows_of(
        self, kind: str, label: str, seen: Seen, mine: list[tuple[int, ItemRule | LinkRule]], choices: Choices
    ) -> tuple[Row, ...]:
        known = self._made.get((kind, label))
        if known is None or known[0] != mine:
            known = self._made[kind, label] = mine, tuple(self._of_label(kind, label, seen, mine, choices))
        return known[1]

    def _of_label(
        self, kind: str, label: str, seen: Seen, mine: list[tuple[int, ItemRule | LinkRule]], choices: Choices
    ) -> Iterator[Row]:
        """A row for each rule of the label, and one for what no rule of it takes."""
        noun = "Label" if kind == ITEM else "Link"
        rest = seen.count
        for index, rule in mine:
            when = ", ".join(f"{name} {value}" for name, value in rule.when)
            count = min((seen.values[name][value] for name, value in rule.when), default=rest)
            rest = max(0, rest - count)
            children = [*self._given(kind, index, rule, count)]
            if isinstance(rule, LinkRule):
                children += self._roles(index, rule, seen)
            title = f"{noun} “{label}”" + (f" with {when}" if when else "")
            unsure = not rule.when and label in self._doubtful
            yield Row((kind, label, str(index)), title, count, seen.example, choices, rule.to, unsure, tuple(children))
        if not any(not rule.when for _, rule in mine):
            title = f"{noun} “{label}”" + (", all others" if mine else "")
            yield Row((kind, label, "-1"), title, rest, seen.example, choices, NO_RULE, unsure=rest > 0)

    def _given(self, kind: str, index: int, rule: ItemRule | LinkRule, count: int) -> Iterator[Row]:
        given = dict(rule.give)
        for name in _GIVEN.get(rule.to, ()):
            choices = ((NO_RULE, "—"), *self._values_of(rule.to, name))
            yield Row(
                (GIVEN, kind, str(index), name), f"all get: {_field(name)}", count, "", choices, given.get(name, "")
            )

    def _roles(self, index: int, rule: LinkRule, seen: Seen) -> Iterator[Row]:
        choices = (
            *((role, role.capitalize()) for role in ROLES_BY_TARGET.get(rule.to, ())),
            _LEFT,
            (NO_RULE, "Not known"),
        )
        if rule.to == LEAVE_OUT:
            return
        for role, count in seen.roles.items():
            value = rule.role(role)
            if role != TRIGGER or value is not None:
                key, example = (ROLE, str(index), role), seen.role_examples.get(role, "")
                shown = value or NO_RULE
                yield Row(key, f"role “{role}”", count, example, choices, shown, unsure=value is None)

    def _attributes(self) -> Iterator[Row]:
        for (of, name), (values, labels) in self._found_attributes().items():
            rule = self.mapping.rule_of_attribute(name, of)
            fields = ((field, _field(field)) for field in (*_FIELDS.get(of, ()), "note"))
            choices = (*fields, _LEFT, (NO_RULE, "Keep in the note, by its name"))
            value = rule.to if rule is not None else NO_RULE
            example = ", ".join(map(str, list(values)[:4]))
            children = tuple(self._values(of, name, rule, values)) if rule is not None else ()
            title = f"Attribute “{name}” of {', '.join(f'“{label}”' for label in labels[:3])}"
            unsure = rule is None or any(child.unsure for child in children)
            yield Row((ATTRIBUTE, of, name), title, values.total(), example, choices, value, unsure, children)

    def _found_attributes(self) -> dict[tuple[str, str], tuple[Counter[str], list[str]]]:
        """What our labels stand for, with each attribute there: its values, and their labels that have it."""
        found: dict[tuple[str, str], tuple[Counter[str], list[str]]] = {}
        rules: Iterable[tuple[ItemRule | LinkRule, Seen]] = (
            *((rule, self.survey.items[rule.label]) for rule in self.mapping.items if rule.label in self.survey.items),
            *((rule, self.survey.links[rule.label]) for rule in self.mapping.links if rule.label in self.survey.links),
        )
        for rule, seen in rules:
            if rule.to in {LEAVE_OUT, SAME_SPEAKER}:
                continue
            for name, values in seen.values.items():
                if name == "note" or name in dict(rule.when):
                    continue
                counts, labels = found.setdefault((rule.to, name), (Counter(), []))
                if rule.label not in labels:
                    counts.update(values)
                    labels.append(rule.label)
        return found

    def _values(self, of: str, name: str, rule: AttributeRule, values: Counter[str]) -> Iterator[Row]:
        ours = self._values_of(rule.on or of, rule.to)
        if not ours:
            return
        for value, count in values.items():
            known_value = rule.value(value) or NO_RULE
            choices = (*ours, (NO_RULE, "Keep in the note"))
            shown = known_value if known_value in dict(choices) else NO_RULE
            yield Row((VALUE, of, name, value), f"“{value}”", count, "", choices, shown, unsure=shown == NO_RULE)

    def _values_of(self, target: str, name: str) -> Choices:
        """The values of a field of ours; () when it takes any."""
        if (target, name) not in self._known_values:
            self._known_values[target, name] = self._listed(target, name)
        return self._known_values[target, name]

    def _listed(self, target: str, name: str) -> Choices:
        owner = _OWNERS.get(target, "claim" if target == CLAIM else "correction")
        field = f"{owner}.{name}"
        if field not in self._vocabulary:
            return ()
        return tuple((value, self._vocabulary.label(field, value)) for value in self._vocabulary.values(field))

    def _speakers(self) -> Row:
        choices = ((NO_NAMES, "Name no speaker"), (WORDS, "Name a speaker"))
        title = "Words of sources that look like a name"
        return Row((SPEAKERS,), title, 0, "", choices, self.mapping.names)

    # -- choices --------------------------------------------------------------------------------------------------

    def _choose_item(self, label: str, index: int, to: str) -> None:
        rules = list(self.mapping.items)
        if index < 0:
            rules += [ItemRule(label, to)] if to else []
        elif not to:
            del rules[index]
        else:
            kept = tuple(pair for pair in rules[index].give if pair[0] in _GIVEN.get(to, ()) and to == rules[index].to)
            rules[index] = replace(rules[index], to=to, give=kept)
        self.mapping = replace(self.mapping, items=tuple(rules))

    def _choose_link(self, label: str, index: int, to: str) -> None:
        rules = list(self.mapping.links)
        roles = self._guessed_roles(label, to)
        if index < 0:
            trigger = "cue" if to == HOP and TRIGGER in dict(roles) else ""
            rules += [LinkRule(label, to, roles, trigger=trigger)] if to else []
        elif not to:
            del rules[index]
        else:
            rules[index] = replace(rules[index], to=to, roles=roles, give=(), trigger="")
        self.mapping = replace(self.mapping, links=tuple(rules))

    def _guessed_roles(self, label: str, to: str) -> Attributes:
        roles = list(self.survey.links[label].roles)
        ours = ROLES_BY_TARGET.get(to, ())
        if to == HOP:
            named = ((role, known.ROLES.get(known.key(role.rstrip("0123456789")))) for role in roles)
            found = [(role, our) for role, our in named if our is not None]
            return (*found, *(((TRIGGER, LEAVE_OUT),) if TRIGGER in roles and TRIGGER not in dict(found) else ()))
        if to == SAME_SPEAKER:
            return tuple((role, ours[0]) for role in roles)
        return tuple(zip(roles, ours, strict=False))

    def _give(self, kind: str, index: int, name: str, value: str) -> None:
        def given(rule: ItemRule | LinkRule) -> Attributes:
            rest = tuple(pair for pair in rule.give if pair[0] != name)
            return (*rest, (name, value)) if value else rest

        if kind == ITEM:
            items = list(self.mapping.items)
            items[index] = replace(items[index], give=given(items[index]))
            self.mapping = replace(self.mapping, items=tuple(items))
        else:
            links = list(self.mapping.links)
            links[index] = replace(links[index], give=given(links[index]))
            self.mapping = replace(self.mapping, links=tuple(links))

    def _choose_role(self, index: int, role: str, value: str) -> None:
        links = list(self.mapping.links)
        rest = tuple(pair for pair in links[index].roles if pair[0] != role)
        links[index] = replace(links[index], roles=(*rest, (role, value)) if value else rest)
        self.mapping = replace(self.mapping, links=tuple(links))

    def _choose_attribute(self, of: str, name: str, to: str) -> None:
        rules = [rule for rule in self.mapping.attributes if (rule.name, rule.of) != (name, of)]
        if to:
            values, _ = self._found_attributes()[of, name]
            on = HOP if (of, to) == (CLAIM, "name") else CLAIM if of == HOP and to in {"form", "note"} else ""
            ours = self._values_of(on or of, to)
            table = value_table(to, values, ours) if ours else {}
            rules.insert(0, AttributeRule(name, to, of, on, tuple(table.items()) or ((("", ""),) if ours else ())))
        self.mapping = replace(self.mapping, attributes=tuple(rules))

    def _choose_value(self, of: str, name: str, theirs: str, value: str) -> None:
        rules = list(self.mapping.attributes)
        index = next(i for i, rule in enumerate(rules) if rule.name == name and rule.of in {"", of})
        values, _ = self._found_attributes()[of, name]
        table = dict(rules[index].values) or {each: each for each in values}
        table.pop(theirs, None)
        if value:
            table[theirs] = value
        rules[index] = replace(rules[index], values=tuple(table.items()) or (("", ""),))
        self.mapping = replace(self.mapping, attributes=tuple(rules))


def _by_label(rules: Iterable[ItemRule | LinkRule]) -> dict[str, list[tuple[int, ItemRule | LinkRule]]]:
    """The rules of each label, with their places among all."""
    found: dict[str, list[tuple[int, ItemRule | LinkRule]]] = {}
    for index, rule in enumerate(rules):
        found.setdefault(rule.label, []).append((index, rule))
    return found


def _field(name: str) -> str:
    return _FIELD_NAMES.get(name, name.replace("_", " ").capitalize())

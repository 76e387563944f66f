"""A standoff as the text of a ``.ann`` file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from annotator.formats.brat.common import (
    ARTICLE,
    EQUIV_ROLE,
    HUMAN_NOTE,
    LINE_END,
    OWN_NOTE,
    PLAIN_ROLES,
    REFERENCE,
    SPEAKER_BASE,
    YES,
    joined,
    meant,
    numbered,
    without_numbers,
)
from annotator.formats.brat.own import dumps, fragments
from annotator.formats.standoff.graph import Attributes, Item, Link, Place, Standoff
from annotator.formats.standoff.labels import HOP, ITEM_LABELS, ROLES, TECHNICAL
from annotator.formats.standoff.mapping import TRIGGER

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]")
_VALUE = re.compile(r"[A-Za-z0-9_.+-]{1,60}")
_NORMALISATION = re.compile(r"[^\s:]+:\S+(\t[^\n]+)?")
_ID = {kind: re.compile(rf"{kind}[1-9]\d{{0,8}}") for kind in "TER"}


@dataclass(slots=True)
class Kinds:
    """The labels, roles and values that were written, for the configuration."""

    items: dict[str, None] = field(default_factory=dict)
    events: dict[str, dict[str, None]] = field(default_factory=dict)
    relations: dict[str, tuple[str, ...]] = field(default_factory=dict)
    attributes: dict[str, dict[str, None]] = field(default_factory=dict)
    equal: bool = False
    """Whether items are said to be the same."""


def page(standoff: Standoff, kinds: Kinds) -> str:
    """The file's lines. Ids that fit are kept, the others numbered; what brat has no room for is in notes."""
    return _Page(standoff, kinds).text()


class _Page:
    def __init__(self, standoff: Standoff, kinds: Kinds) -> None:
        self._standoff, self._kinds = standoff, kinds
        self._places = {item.id: fragments(standoff.text, item.places) for item in standoff.items if self._fits(item)}
        self._placed = [item for item in standoff.items if self._places.get(item.id)]
        self._loose = [item for item in standoff.items if not self._places.get(item.id)]
        self._by_id = {item.id: item for item in self._placed}
        self._lines: list[str] = []
        self._remarks: list[str] = []
        self._counts: Counter[str] = Counter()
        self._shapes = {link.id: self._shape(link) for link in standoff.links}
        self._numbers = self._numbered()
        self._said_of_triggers: dict[str, Attributes] = {}
        self._made: dict[tuple[str, tuple[Place, ...]], str] = {}
        """The triggers that no item is, by what they are called and where they stand."""
        self._triggers = {t for link in standoff.links if (t := self._trigger(link, _safe(link.label))) is not None}

    def text(self) -> str:
        for item in self._placed:
            self._write_item(item)
        loose_links = []
        for link in self._standoff.links:
            if self._shapes[link.id] == "" or not all(id_ in self._numbers for _, id_ in link.ends):
                loose_links.append(link)
            else:
                self._write_link(link)
        self._write_article(loose_links)
        return "".join(f"{line}\n" for line in (*self._lines, *self._remarks))

    def _fits(self, item: Item) -> bool:
        """Whether its places are in the text: brat's server calls any other line a syntax error."""
        return bool(item.places) and all(0 <= start <= end <= len(self._standoff.text) for start, end in item.places)

    # -- shapes and ids

    def _shape(self, link: Link) -> str:
        """The kind of line that a link becomes; none: it stands among what has no place."""
        roles = [role for role, _ in link.ends]
        if (
            all(role == EQUIV_ROLE for role in roles)
            and len(roles) > 1
            and link.label == "Equiv"
            and not link.attributes
        ):
            return "*"
        if not roles:
            return ""
        if len(set(roles)) == len(roles) == 2 and TRIGGER not in roles and link.label != HOP:
            return "R"
        return "E"

    def _numbered(self) -> dict[str, str]:
        """Brat's id for every item and link that gets a line: its own where it is one and stands but once."""
        wanted = [(item.id, "T") for item in self._placed]
        wanted += [(link.id, shape) for link in self._standoff.links if (shape := self._shapes[link.id]) in {"E", "R"}]
        wanted = self._without_dangling(wanted)
        taken = {id_ for id_, kind in wanted if _ID[kind].fullmatch(id_)}
        for id_ in taken:
            self._counts[id_[0]] = max(self._counts[id_[0]], int(id_[1:]))
        return {id_: id_ if id_ in taken else self._next(kind) for id_, kind in wanted}

    def _without_dangling(self, wanted: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Links get a line only when all that they join gets one."""
        there = {id_ for id_, _ in wanted}
        links = [link for link in self._standoff.links if link.id in there]
        while lost := {link.id for link in links if not all(id_ in there for _, id_ in link.ends)} & there:
            there -= lost
        return [(id_, kind) for id_, kind in wanted if id_ in there]

    def _next(self, kind: str) -> str:
        self._counts[kind] += 1
        return f"{kind}{self._counts[kind]}"

    # -- items

    def _write_item(self, item: Item) -> None:
        id_, places = self._numbers[item.id], self._places[item.id]
        label = _safe(item.label)
        self._write_bound(id_, label, places)
        if id_ in self._triggers:  # brat's server takes no remark about one: its event has them
            self._said_of_triggers[id_] = item.attributes
            return
        self._kinds.items.setdefault(label)
        rest = self._write_attributes(id_, item.attributes)
        self._write_own(
            id_,
            label=item.label if label != item.label else None,
            places=item.places if places != item.places else (),
            exact=self._other_words(item),
            context=item.context if any(item.context) else (),
            attributes=rest,
        )

    def _other_words(self, item: Item) -> tuple[str, ...]:
        """The words that an item quotes, where they are not those of the text."""
        words = [self._standoff.text[start:end] for start, end in item.places]
        return item.exact if item.exact not in (None, tuple(words), (joined(words),)) else ()

    def _write_bound(self, id_: str, label: str, places: tuple[Place, ...]) -> None:
        spans = ";".join(f"{start} {end}" for start, end in places)
        words = joined([self._standoff.text[start:end] for start, end in places])
        self._lines.append(f"{id_}\t{label} {spans}\t{words}")

    # -- links

    def _write_link(self, link: Link) -> None:
        shape = self._shapes[link.id]
        ends = [(role, self._numbers[id_]) for role, id_ in link.ends]
        if shape == "*":
            self._lines.append(f"*\tEquiv {' '.join(id_ for _, id_ in ends)}")
            self._kinds.equal = True
            return
        id_, label = self._numbers[link.id], _safe(link.label)
        words, made = "", None
        if shape == "R":
            own = tuple(role for role, _ in ends) == ROLES.get(label)
            written = list(PLAIN_ROLES) if own else [_safe(role) for role, _ in ends]
            self._lines.append(f"{id_}\t{label} {_arguments(written, ends)}")
            self._kinds.relations.setdefault(label, tuple(written))
            written = meant(label, without_numbers(written))
        else:
            written, words = self._write_event(link, id_, label, ends)
            written, made = without_numbers(written), None if words in self._triggers else words
        self._write_own(
            id_,
            label=link.label if label != link.label else None,
            made=made,
            trigger=self._said_of_triggers.pop(words, ()) if words else (),
            roles=self._roles(link, written),
            attributes=self._write_attributes(id_, link.attributes),
        )

    def _write_event(self, link: Link, id_: str, label: str, ends: list[tuple[str, str]]) -> tuple[list[str], str]:
        """Write an event's line; its roles as a reader finds them, and the id of its trigger."""
        trigger = self._trigger(link, label)
        rest = ends if trigger is None else ends[1:]
        roles = [_safe(role) for role, _ in rest]
        written = numbered(roles)
        words = trigger or self._made_trigger(link, label)
        self._lines.append(f"{id_}\t{label}:{words} {_arguments(written, rest)}".rstrip())
        self._kinds.events.setdefault(label, {}).update(dict.fromkeys(roles))
        return (written if trigger is None else [TRIGGER, *written]), words

    def _roles(self, link: Link, read: list[str]) -> list[str]:
        """The roles, where a reader would not find them as they are."""
        roles = [role for role, _ in link.ends]
        return roles if read != roles else []

    def _trigger(self, link: Link, label: str) -> str | None:
        """The id of the words on which an event stands: brat wants them labelled like it, and nothing said of them."""
        if link.id not in self._numbers or self._shapes[link.id] != "E":
            return None
        item = self._by_id.get(link.ends[0][1]) if link.ends[0][0] == TRIGGER else None
        if item is None or item.label != link.label or label != link.label or any(item.context):
            return None
        if self._other_words(item):
            return None
        return self._numbers[item.id] if self._places[item.id] == item.places else None

    def _made_trigger(self, link: Link, label: str) -> str:
        """A trigger of our own, at the cue or the first words that there are; reading takes it away again.

        Events of one label share the one at a place: brat warns of two.
        """
        ends = (*link.of_role("cue"), *(id_ for _, id_ in link.ends))
        places = next((self._places[id_] for id_ in ends if id_ in self._by_id), None)
        places = places or fragments(self._standoff.text, [(0, 0)])
        if (label, places) not in self._made:
            self._made[label, places] = self._next("T")
            self._write_bound(self._made[label, places], label, places)
        return self._made[label, places]

    # -- what is said of both

    def _write_attributes(self, id_: str, attributes: Attributes) -> list[tuple[str, str]]:
        """Write what brat has a line for; the rest is given back."""
        counts = Counter(name for name, _ in attributes)
        given = dict(attributes)
        rest: list[tuple[str, str]] = []
        names_speaker = counts["speaker"] == counts["name"] == 1 and _is_normal(given)
        if names_speaker:
            self._remark("N", f"{REFERENCE} {id_} {SPEAKER_BASE}:{given['speaker']}\t{given['name']}")
        for name, value in attributes:
            if names_speaker and name in {"speaker", "name"}:
                continue
            if counts[name] > 1:
                rest.append((name, value))
            elif name == REFERENCE and _NORMALISATION.fullmatch(value) and not value.startswith(f"{SPEAKER_BASE}:"):
                base, _, words = value.partition("\t")
                self._remark("N", f"{REFERENCE} {id_} {base}\t{words}")
            elif name == "note" and _fits_a_line(value):
                self._remark("#", f"{HUMAN_NOTE} {id_}\t{value}")
            elif name.startswith("#") and _UNSAFE.search(name[1:]) is None and len(name) > 1 and _fits_a_line(value):
                self._remark("#", f"{name[1:]} {id_}\t{value}")
            elif name in TECHNICAL or _UNSAFE.search(name) or not name or not _VALUE.fullmatch(value):
                rest.append((name, value))
            else:
                self._remark("A", f"{name} {id_}" + (f" {value}" if value != YES else ""))
                self._kinds.attributes.setdefault(name, {}).setdefault(value)
        return rest

    def _remark(self, kind: str, words: str) -> None:
        self._remarks.append(f"{self._next(kind)}\t{words}")

    def _write_own(self, id_: str, **data: object) -> None:
        note = dumps(data)
        if note != "{}":
            self._remark("#", f"{OWN_NOTE} {id_}\t{note}")

    # -- what stands on no words

    def _write_article(self, links: Sequence[Link]) -> None:
        numbers = {
            **self._numbers,
            **{item.id: f"P{n}" for n, item in enumerate(self._loose, start=1)},
            **{link.id: f"L{n}" for n, link in enumerate(links, start=1)},
        }
        items = [
            _filled(
                label=item.label,
                places=item.places,
                exact=item.exact,
                context=item.context if any(item.context) else (),
                attributes=item.attributes,
            )
            for item in self._loose
        ]
        loose_links = [
            _filled(
                label=link.label,
                ends=[(role, numbers.get(id_) or _lost(id_)) for role, id_ in link.ends],
                attributes=link.attributes,
            )
            for link in links
        ]
        if not (items or loose_links or self._standoff.fields):
            return
        article = _filled(fields=self._standoff.fields, items=items, links=loose_links)
        foreign = (item for item in self._placed if item.label not in ITEM_LABELS)
        id_ = next((n for item in foreign if (n := self._numbers[item.id]) not in self._triggers), None)
        made = id_ is None
        if id_ is None:
            id_ = self._next("T")
            self._write_bound(id_, ARTICLE, fragments(self._standoff.text, [(0, 0)]) or ((0, 0),))
            self._kinds.items.setdefault(ARTICLE)
        self._remark("#", f"{OWN_NOTE} {id_}\t{dumps({'article': article, 'made': made or None})}")


def _lost(id_: str) -> str:
    """The id of what is not there, so that no other thing of the file is taken for it."""
    return f"lost {id_}" if re.fullmatch(r"[A-Z]\d+", id_) else id_


def _arguments(roles: list[str], ends: list[tuple[str, str]]) -> str:
    return " ".join(f"{role}:{id_}" for role, (_, id_) in zip(roles, ends, strict=True))


def _safe(label: str) -> str:
    """A name that brat's configuration can have."""
    return _UNSAFE.sub("_", label) or "_"


def _fits_a_line(value: str) -> bool:
    return bool(value) and value == value.strip() and not LINE_END.search(value) and "\t" not in value


def _is_normal(given: dict[str, str]) -> bool:
    """Whether speaker and name can stand in a line of their own."""
    return re.fullmatch(r"\S+", given["speaker"]) is not None and _fits_a_line(given["name"])


def _filled(**values: object) -> dict[str, object]:
    return {name: value for name, value in values.items() if value not in (None, (), [])}

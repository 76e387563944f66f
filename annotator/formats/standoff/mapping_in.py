"""From another tool's labels to ours: a mapping applied to what was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from annotator.formats.standoff.graph import Attributes, Item, Link, Standoff
from annotator.formats.standoff.labels import CLAIM, CUE, HOP, MENTION, SOURCE, SPEAKER
from annotator.formats.standoff.mapping import (
    LEAVE_OUT,
    SAME_SPEAKER,
    TRIGGER,
    UNCOVERED,
    WORDS,
    LinkRule,
    Mapping,
    marks,
    words_of,
)
from annotator.formats.standoff.quarantine import REASON
from annotator.formats.standoff.uniting import is_half, unite
from annotator.formats.standoff.wikidata import WIKIDATA, entry
from annotator.text.wording import counted


@dataclass(slots=True)
class Mapped:
    """A standoff in our labels, and how often what was left out, or kept as it is because no rule covers it."""

    standoff: Standoff
    left_out: Counter[str] = field(default_factory=Counter)
    """By what the file calls it: a label, ``label.attribute``, or ``label:role``."""
    uncovered: Counter[str] = field(default_factory=Counter)


def to_ours(standoff: Standoff, mapping: Mapping) -> Mapped:
    """The standoff with our labels. What no rule covers keeps its own; its notes say what was left out."""
    if mapping.is_empty:
        return Mapped(standoff)
    work = _In(standoff, mapping)
    mapped = work.run()
    notes = tuple(
        f"Left out {counted(count, 'time')}, as the mapping says: “{name}”." for name, count in work.left_out.items()
    )
    notes = (*standoff.notes, *notes, *work.notes)
    return Mapped(replace(mapped, notes=notes), work.left_out, work.uncovered)


class _In:
    def __init__(self, standoff: Standoff, mapping: Mapping) -> None:
        self.left_out: Counter[str] = Counter()
        self.uncovered: Counter[str] = Counter()
        self._standoff, self._mapping = standoff, mapping
        self._by_id = {item.id: item for item in standoff.items}
        self._more: dict[str, list[tuple[str, str]]] = {}
        """Attributes that stand on one thing in the file and belong to another here: by the other's id."""
        self._names: dict[str, str] = {}
        """The speaker's name that a coreference gives, by the id of the mention or source."""
        self._keys: dict[str, str] = {}
        self._mark = marks(mapping)
        self._is_own = any(item.get("uuid") for item in standoff.items)
        """Whether this program wrote the file: then what no rule covers is ours."""
        self._why: dict[str, str] = {}
        """Why a link is not taken, though there is a rule for its label."""
        self._elsewhere: set[str] = set()
        """The words of links that export could not find again."""
        self.notes: list[str] = []
        """What there was to decide in this article, one sentence each."""

    def run(self) -> Standoff:
        """The mapped standoff."""
        rules = {link.id: self._covering(link) for link in self._standoff.links}
        links = [self._link(link, rules[link.id]) for link in self._standoff.links]
        kept_links = [link for link in links if link is not None]
        triggers = self._triggers(rules)
        found = (self._item(old, old.id in triggers) for old in self._standoff.items)
        items = {item.id: item for item in found if item is not None}
        there = {*items, *(link.id for link in kept_links)}
        kept_links = [link for old in kept_links if (link := self._without_dangling(old, there)) is not None]
        kept_links = self._united(kept_links, rules, items)
        kept_links = [self._named_link(self._told(link, items)) for link in self._with_hops(items, kept_links)]
        finished = tuple(self._named_item(self._enriched(item)) for item in items.values())
        return replace(self._standoff, items=finished, links=tuple(self._enriched_link(link) for link in kept_links))

    # -- items

    def _item(self, item: Item, is_trigger: bool) -> Item | None:
        if item.get(REASON) is not None or (self._is_own and item.label == SPEAKER):
            return item
        rule = self._mapping.rule_of_item(item)
        if rule is None:
            if is_trigger:
                return None
            self.uncovered[item.label] += 1
            return (
                _held(item, "it stands elsewhere than the words it belongs to") if item.id in self._elsewhere else item
            )
        if rule.to == LEAVE_OUT:
            self.left_out[item.label] += 1
            return None
        own = self._attributes(item, rule.to, rule.when, [item.id] if rule.to == CLAIM else [])
        for key in (f"{WIKIDATA} {value}" for name, value in own if name == WIKIDATA):
            if item.id in self._keys:
                self._one_speaker(key, [item.id])
            else:
                self._keys[item.id] = key
        return replace(item, label=rule.to, attributes=(*own, *rule.give, *self._mark(rule)))

    def _triggers(self, rules: dict[str, LinkRule | None]) -> set[str]:
        """Items that are nothing but the words on which a covered link stands, and these words are known anyway."""
        found: set[str] = set()
        needed: set[str] = set()
        for link in self._standoff.links:
            rule = rules[link.id]
            for role, target in link.ends:
                item = self._by_id.get(target)
                is_bare = role == TRIGGER and item is not None and item.label == link.label and not item.attributes
                if item is not None and rule is not None and is_bare and self._goes_with(item, link, rule):
                    found.add(target)
                else:
                    needed.add(target)
        return found - needed

    def _goes_with(self, trigger: Item, link: Link, rule: LinkRule) -> bool:
        """Whether the trigger says nothing of its own: export would put it to the same place again."""
        if rule.to == LEAVE_OUT:
            return True
        if rule.role(TRIGGER) != LEAVE_OUT:
            return False
        ends = ((str(rule.role(role)), id_) for role, id_ in link.ends)
        if rule.trigger and trigger.places != words_of(rule.trigger, rule.to, ends, self._by_id):
            self._elsewhere.add(trigger.id)
            return False
        return True

    # -- links

    def _covering(self, link: Link) -> LinkRule | None:
        """The rule for a link; None also when that would leave nothing of it, or join what cannot be joined so."""
        rule = self._mapping.rule_of_link(link) if link.get(REASON) is None else None
        if rule is None or rule.to == LEAVE_OUT:
            return rule
        if not any(rule.role(role) not in {None, LEAVE_OUT} for role, _ in link.ends):
            self._why[link.id] = "it joins nothing"
        elif rule.to == HOP and not _may_be_of_a_claim(link, rule):
            self._why[link.id] = "it names no claim"
        for role, id_ in link.ends:
            ours, item = rule.role(role), self._by_id.get(id_)
            other = self._mapping.rule_of_item(item) if item is not None else None
            if (
                item is not None
                and other is not None
                and other.to not in _MAY_STAND.get(str(ours), (other.to, LEAVE_OUT))
            ):
                self._why[link.id] = f"its {role} is labelled “{item.label}”"
            elif rule.to == SAME_SPEAKER and ours != LEAVE_OUT and item is not None and other is None:
                self._why[link.id] = f"nothing says what “{item.label}” stands for, which it joins"
        return None if link.id in self._why else rule

    def _link(self, link: Link, rule: LinkRule | None) -> Link | None:
        if rule is None:
            self.uncovered[link.label] += 1
            return _held(link, self._why[link.id]) if link.id in self._why else link
        if rule.to == LEAVE_OUT:
            self.left_out[link.label] += 1
            return None
        ends = []
        for role, target in link.ends:
            ours = rule.role(role)
            if ours is None:
                self.uncovered[f"{link.label}:{role}"] += 1
                ends.append((UNCOVERED + role, target))
            elif ours != LEAVE_OUT:
                ends.append((ours, target))
            elif role != TRIGGER:
                self.left_out[f"{link.label}:{role}"] += 1
        if rule.to == SAME_SPEAKER:
            self._one_speaker(link.id, [target for _, target in ends])
            return None
        claims = [target for role, target in ends if role == "claim"]
        own = self._attributes(link, rule.to, rule.when, claims)
        return replace(link, label=rule.to, ends=tuple(ends), attributes=(*own, *rule.give))

    def _united(self, links: list[Link], rules: dict[str, LinkRule | None], items: dict[str, Item]) -> list[Link]:
        """The links with those that are parts of one attribution made one; lonely parts are as the file has them."""
        halves = {id_ for id_, rule in rules.items() if rule is not None and is_half(rule)}
        found = unite(links, halves, items)
        self.notes += found.notes
        for link in self._standoff.links:
            if link.id in found.lonely:
                self.uncovered[link.label] += 1
        theirs = {link.id: link for link in self._standoff.links}
        return [
            _held(theirs[link.id], found.lonely[link.id]) if link.id in found.lonely else link for link in found.links
        ]

    def _without_dangling(self, link: Link, there: set[str]) -> Link | None:
        """The link without ends at what was left out; None, counted, when nothing of it is left."""
        ends = tuple((role, target) for role, target in link.ends if target in there)
        if ends:
            return link if len(ends) == len(link.ends) else replace(link, ends=ends)
        self.left_out[link.label] += 1
        return None

    def _with_hops(self, items: dict[str, Item], links: list[Link]) -> list[Link]:
        """A claim that names its speaker by an attribute gets an attribution when no link has given it one."""
        attributed = {target for link in links if link.label == HOP for target in link.of_role("claim")}
        for id_ in items:
            more = self._more.get(_HOP_OF + id_)
            if more and id_ not in attributed:
                links.append(Link(f"{id_}.hop", HOP, (("claim", id_),), tuple(more)))
        return links

    def _told(self, link: Link, items: dict[str, Item]) -> Link:
        """A hop that says what its sources and cues say beside their words, for which they have no room themselves."""
        if link.label != HOP:
            return link
        ends = [items[id_] for role, id_ in link.ends if role in {"source", "cue"} and id_ in items]
        more = [pair for item in ends if item.label in {SOURCE, CUE} for pair in item.attributes if pair[0] != "hop"]
        return replace(link, attributes=(*link.attributes, *more)) if more else link

    # -- attributes

    def _attributes(self, thing: Item | Link, label: str, when: Attributes, claims: list[str]) -> Attributes:
        found: list[tuple[str, str]] = []
        for name, value in thing.attributes:
            if (name, value) in when:
                continue
            rule = self._mapping.rule_of_attribute(name, label)
            if rule is None and (name == "note" or self._is_own):
                found.append((name, value))
                continue
            ours = None if rule is None else rule.value(value)
            if rule is not None and rule.to == LEAVE_OUT:
                self.left_out[f"{thing.label}.{name}"] += 1
            elif rule is None or ours is None:
                self.uncovered[f"{thing.label}.{name}"] += 1
                found.append((UNCOVERED + name, value))
            elif rule.on in {"", label}:
                found.append((rule.to, ours))
                if rule.to == WIKIDATA and (said := entry(value)) is not None and said.name and not thing.all("name"):
                    found.append(("name", said.name))
            elif not claims:
                self.uncovered[f"{thing.label}.{name}"] += 1
                found.append((UNCOVERED + name, value))
            else:
                for claim in claims:
                    key = claim if rule.on == CLAIM else _HOP_OF + claim
                    self._more.setdefault(key, []).append((rule.to, ours))
        return tuple(found)

    def _enriched(self, item: Item) -> Item:
        more = self._more.get(item.id)
        return replace(item, attributes=(*item.attributes, *more)) if more else item

    def _enriched_link(self, link: Link) -> Link:
        if link.label != HOP:
            return link
        more = [pair for claim in link.of_role("claim") for pair in self._more.get(_HOP_OF + claim, [])]
        new = tuple(pair for pair in dict.fromkeys(more) if pair not in link.attributes)
        return replace(link, attributes=(*link.attributes, *new)) if new else link

    # -- speakers

    def _one_speaker(self, key: str, targets: Iterable[str]) -> None:
        """The mentions of a coreference, and those of others that share one with it, are of one speaker."""
        members = [target for target in targets if target in self._by_id]
        joined = {self._keys[target] for target in members if target in self._keys}
        for target, old in list(self._keys.items()):
            if old in joined:
                self._keys[target] = key
        self._keys.update(dict.fromkeys(members, key))

    def _name(self, id_: str) -> str | None:
        """The name of the speaker that words stand for, as far as the mapping lets words say it."""
        key = self._keys.get(id_)
        if key is None:
            return self._own_name(id_) if self._mapping.names == WORDS else None
        if key not in self._names:
            names = [name for other, at in self._keys.items() if at == key and (name := self._own_name(other))]
            words = [self._words(other) for other, at in self._keys.items() if at == key]
            self._names[key] = max(names or words, key=len)
        return self._names[key]

    def _words(self, id_: str) -> str:
        item = self._by_id[id_]
        return " ".join(" ".join(self._standoff.text[start:end].split()) for start, end in item.places)

    def _own_name(self, id_: str) -> str | None:
        words = self._words(id_)
        return words if looks_like_a_name(words) else None

    def _named_item(self, item: Item) -> Item:
        if item.label not in {MENTION, SOURCE} or item.get("name") or item.get("speaker"):
            return item
        name = self._name(item.id)
        return replace(item, attributes=(*item.attributes, ("name", name))) if name else item

    def _named_link(self, link: Link) -> Link:
        if link.label != HOP or link.get("name") or link.get("speaker"):
            return link
        sources = [id_ for id_ in link.of_role("source") if id_ in self._by_id]
        name = next((name for id_ in sources if (name := self._name(id_))), None)
        return replace(link, attributes=(*link.attributes, ("name", name))) if name else link


def _may_be_of_a_claim(link: Link, rule: LinkRule) -> bool:
    """Whether a hop names its claim, or joins a source and a cue of which another link may say it."""
    there = {rule.role(role) for role, _ in link.ends}
    return "claim" in there or (is_half(rule) and there >= {"source", "cue"})


_HOP_OF = "hop of "
_MAY_STAND = {"claim": (CLAIM, LEAVE_OUT), "source": (SOURCE, MENTION, LEAVE_OUT), "cue": (CUE, LEAVE_OUT)}
"""What an item in a role of a hop may be."""
_Thing = TypeVar("_Thing", Item, Link)


def _held(thing: _Thing, why: str) -> _Thing:
    """The thing with the reason why it is for quarantine."""
    return replace(thing, attributes=(*thing.attributes, (REASON, why)))


def looks_like_a_name(words: str) -> bool:
    """Whether words are written as names are: a few, the first and the last with a capital, and no pronoun.

    In scripts without capitals nothing looks like a name.
    """
    parts = words.split()
    if not 0 < len(parts) <= 6 or words.casefold() in _NO_NAMES:
        return False
    return all(part[0].isupper() for part in (parts[0], parts[-1])) and parts[0].casefold() not in _ARTICLES


_ARTICLES = frozenset(
    ("the", "a", "an", "der", "die", "das", "ein", "eine", "le", "la", "les", "un", "une", "el", "los")
)
_NO_NAMES = frozenset(
    (
        *("i", "he", "she", "it", "they", "we", "you", "who", "that", "this", "these", "those", "one", "some", "many"),
        *("others", "his", "her", "their", "both"),
        *("er", "sie", "es", "wir", "ich", "ihr", "man", "wer", "andere", "manche", "viele"),
        *("je", "il", "elle", "ils", "elles", "nous", "vous", "on", "qui", "yo", "él", "ella", "ellos", "quien"),
        *("он", "она", "они", "мы", "я", "вы", "кто"),
    )
)

"""What labels files have, how often, with an example of the words: what a person looks at to say what they mean."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from annotator.formats.standoff.graph import Item, Link, Standoff
from annotator.formats.standoff.labels import ITEM_LABELS, LINK_LABELS
from annotator.formats.standoff.mapping import Mapping
from annotator.text.wording import shorten

_EXAMPLE = 60
_MOST_VALUES = 100
"""Different values of an attribute that are kept; where there are more they are names or words, no vocabulary."""


@dataclass(slots=True)
class Seen:
    """One label of items or of links."""

    count: int = 0
    example: str = ""
    """The words of the first that stands on words; of a link, those of its ends."""
    roles: Counter[str] = field(default_factory=Counter)
    role_examples: dict[str, str] = field(default_factory=dict)
    """The words of the first that stands in a role and stands on words, with its label."""
    values: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """Attribute → how often what value."""


class Survey:
    """Looks at one article after the other; of each it keeps no more than counts and examples."""

    def __init__(self) -> None:
        self.items: defaultdict[str, Seen] = defaultdict(Seen)
        self.links: defaultdict[str, Seen] = defaultdict(Seen)

    def add(self, standoff: Standoff) -> None:
        """Look at an article."""
        words: dict[str, str] = {}
        labels = {item.id: item.label for item in standoff.items}
        for item in standoff.items:
            words[item.id] = _words(standoff.text, item)
            _look(self.items[item.label], item, words[item.id])
        for link in standoff.links:
            seen = self.links[link.label]
            for role, id_ in link.ends:
                seen.roles[role] += 1
                if role not in seen.role_examples and words.get(id_):
                    seen.role_examples[role] = f"{words[id_]} ({labels[id_]})"
            _look(seen, link, shorten(" ← ".join(filter(None, (words.get(id_) for _, id_ in link.ends))), _EXAMPLE))

    def without_rule(self, mapping: Mapping) -> Iterator[tuple[str, int]]:
        """The labels for which a mapping has no rule at all, and how often they stand there."""
        for rules, found in ((mapping.items, self.items), (mapping.links, self.links)):
            ruled = {rule.label for rule in (*rules, *mapping.links)}  # links may stand on items of their own label
            yield from ((label, seen.count) for label, seen in found.items() if label not in ruled)

    @property
    def key(self) -> str:
        """The same for files with the same labels and roles, however often these stand there."""
        names = [f"item\t{label}" for label in self.items]
        names += [f"link\t{label}\t{role}" for label, seen in self.links.items() for role in seen.roles]
        return hashlib.sha256("\n".join(sorted(names)).encode("utf-8", "replace")).hexdigest()[:24]

    @property
    def is_foreign(self) -> bool:
        """Whether there is any label that is not this program's."""
        return not (self.items.keys() <= set(ITEM_LABELS) and self.links.keys() <= set(LINK_LABELS))


def _look(seen: Seen, thing: Item | Link, words: str) -> None:
    seen.count += 1
    seen.example = seen.example or words
    for name, value in thing.attributes:
        values = seen.values[name]
        if value in values or len(values) < _MOST_VALUES:
            values[value] += 1


def _words(text: str, item: Item) -> str:
    return shorten(" … ".join(text[start : min(end, start + _EXAMPLE)] for start, end in item.places[:3]), _EXAMPLE)

"""Annotations as most tools keep them beside a text: labelled stretches, and links between them.

A standoff is neutral: other tools' readers make one with the labels of their file, a mapping turns these into the
labels of :mod:`.labels`, and :mod:`.records` makes records of them. Writers go the other way. What a format has no
place for is missing when it is read again, and the loss report says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

Place = tuple[int, int]
"""``[start, end)`` in code points of the standoff's text."""

Attributes = tuple[tuple[str, str], ...]
"""Names with their values, in order. A list is a name that stands several times."""


@dataclass(frozen=True, slots=True)
class Item:
    """A labelled stretch of text in one or several parts, or, without places, something that is told of beside it."""

    id: str
    """Of the file (``T12``), unique among the items and links of a standoff."""
    label: str
    places: tuple[Place, ...] = ()
    exact: tuple[str, ...] | None = field(default=None, repr=False)
    """The words as the file quotes them, one for each place, or one for all; None when it quotes none."""
    attributes: Attributes = field(default=(), repr=False)
    context: tuple[str, str] = field(default=("", ""), repr=False)
    """The words before and after, where the file quotes them too: they tell which of several equal words is meant."""

    def get(self, name: str) -> str | None:
        """The first value of an attribute."""
        return first(self.attributes, name)

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of an attribute."""
        return tuple(value for key, value in self.attributes if key == name)


@dataclass(frozen=True, slots=True)
class Link:
    """What joins items (or links): ends with roles, such as a claim, its source and its cue."""

    id: str
    label: str
    ends: tuple[tuple[str, str], ...]
    """(role, id of an item or a link), in order."""
    attributes: Attributes = field(default=(), repr=False)

    def get(self, name: str) -> str | None:
        """The first value of an attribute."""
        return first(self.attributes, name)

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of an attribute."""
        return tuple(value for key, value in self.attributes if key == name)

    def of_role(self, role: str) -> tuple[str, ...]:
        """The ids that stand in a role."""
        return tuple(target for key, target in self.ends if key == role)


@dataclass(frozen=True, slots=True)
class Unread:
    """A piece of a file that could not be understood: it is kept, as it came, with the reason."""

    raw: str = field(repr=False)
    reason: str
    """A clause: ``its end lies before its start``."""
    place: str = ""
    """Where in the file, for people: ``line 12``."""


@dataclass(frozen=True, slots=True)
class Standoff:
    """One article of a file with what is annotated in it."""

    name: str
    """For people: ``a.ann``, or ``export.json, task 4``."""
    text: str = field(repr=False)
    items: tuple[Item, ...] = ()
    links: tuple[Link, ...] = ()
    fields: Attributes = ()
    """What is known of the article, by the names of :class:`annotator.model.Article`; ``id`` only if it is a UUID."""
    unread: tuple[Unread, ...] = ()
    notes: tuple[str, ...] = ()
    """One sentence for each thing that was changed, tolerated or guessed while reading."""

    def get(self, name: str) -> str | None:
        """One of ``fields``."""
        return first(self.fields, name)


def first(attributes: Attributes, name: str) -> str | None:
    """The first value that an attribute has."""
    return next((value for key, value in attributes if key == name), None)


def labels_of(standoffs: Iterable[Standoff]) -> Iterator[str]:
    """Every label of items and links, as often as it stands there."""
    for standoff in standoffs:
        yield from (item.label for item in standoff.items)
        yield from (link.label for link in standoff.links)

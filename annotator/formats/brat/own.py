"""What brat has no room for, as JSON in notes of our own type: written beside an item or link, and put back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from annotator.formats.brat.common import LINE_END
from annotator.formats.standoff.graph import Attributes, Item, Link, Place
from annotator.formats.standoff.mapping import TRIGGER

Made = tuple[Attributes, tuple[Item, ...], tuple[Link, ...]]
"""An article's fields, its items and its links."""


def fragments(text: str, places: Iterable[Place]) -> tuple[Place, ...]:
    """The stretches in which brat can show places: in order, apart, within one line each, never empty.

    A place of no width, or of nothing but line ends, is shown at the next character of a line, else at the one before.
    No stretch at all: the text has nothing but line ends.
    """
    found: list[Place] = []
    for start, end in places:
        inside = [part for part in _lines(text, start, end) if part[0] < part[1]]
        found += inside or _nearest(text, start)
    ordered: list[Place] = []
    for start, end in sorted(set(found)):
        if ordered and start < ordered[-1][1]:
            ordered[-1] = (ordered[-1][0], max(end, ordered[-1][1]))
        else:
            ordered.append((start, end))
    return tuple(ordered)


def _lines(text: str, start: int, end: int) -> list[Place]:
    parts: list[Place] = []
    at = start
    for match in LINE_END.finditer(text, start, end):
        parts.append((at, match.start()))
        at = match.end()
    parts.append((at, end))
    return parts


def _nearest(text: str, at: int) -> list[Place]:
    order = (*range(at, len(text)), *range(at - 1, -1, -1))
    return next(([(i, i + 1)] for i in order if not LINE_END.match(text[i])), [])


def dumps(data: Mapping[str, Any]) -> str:
    """One line of JSON, without what is empty."""
    kept = {name: value for name, value in data.items() if value not in (None, (), [])}
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    return LINE_END.sub(lambda match: "".join(f"\\u{ord(c):04x}" for c in match[0]), text)


def applied(
    text: str, items: Mapping[str, Item], links: Mapping[str, Link], notes: Iterable[tuple[str, str]]
) -> tuple[Made, list[int]]:
    """What the notes (on what, and the text) say put back; of those that cannot be used the place in the order."""
    work = _Putting(text, items, links)
    wrong: list[int] = []
    for number, (target, note) in enumerate(notes):
        try:
            work.put(target, json.loads(note))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            wrong.append(number)
    return work.made(), wrong


class _Putting:
    def __init__(self, text: str, items: Mapping[str, Item], links: Mapping[str, Link]) -> None:
        self._text = text
        self._items, self._links = dict(items), dict(links)
        self._fields: Attributes = ()
        self._extra_items: list[Item] = []
        self._extra_links: list[Link] = []
        self._made: set[str] = set()
        """The ids of triggers that were written only because brat wants one."""

    def made(self) -> Made:
        links = (*self._links.values(), *self._extra_links)
        gone = self._made - {id_ for link in links for _, id_ in link.ends}
        items = (item for id_, item in self._items.items() if id_ not in gone)
        return self._fields, (*items, *self._extra_items), links

    def put(self, target: str, data: dict[str, Any]) -> None:
        if target in self._links:
            self._links[target] = self._link(self._links[target], data)
        elif "article" in data:
            self._article(data["article"])
            if data.get("made"):
                del self._items[target]
        else:
            self._items[target] = self._item(self._items[target], data)

    def _article(self, data: dict[str, Any]) -> None:
        items = [_loose_item(number, each) for number, each in enumerate(data.get("items", ()), start=1)]
        links = [
            Link(f"L{number}", str(each["label"]), _pairs(each.get("ends", ())), _pairs(each.get("attributes", ())))
            for number, each in enumerate(data.get("links", ()), start=1)
        ]
        self._fields = _pairs(data.get("fields", ()))
        self._extra_items += items
        self._extra_links += links

    def _item(self, item: Item, data: dict[str, Any]) -> Item:
        places = _places(data.get("places", ()))
        inside = all(0 <= start <= end <= len(self._text) for start, end in places)
        if places and inside and fragments(self._text, places) == item.places:  # else somebody moved it in brat
            item = replace(item, places=places, exact=tuple(self._text[start:end] for start, end in places))
        if "exact" in data:
            item = replace(item, exact=tuple(map(str, data["exact"])))
        return replace(
            item,
            label=str(data.get("label", item.label)),
            context=_context(data),
            attributes=(*item.attributes, *_pairs(data.get("attributes", ()))),
        )

    def _link(self, link: Link, data: dict[str, Any]) -> Link:
        made = str(data.get("made"))
        ends = tuple((role, id_) for role, id_ in link.ends if (role, id_) != (TRIGGER, made))
        if len(ends) < len(link.ends):
            self._made.add(made)
        for id_ in link.of_role(TRIGGER)[:1] if "trigger" in data else ():
            said = self._items[id_]
            self._items[id_] = replace(said, attributes=(*said.attributes, *_pairs(data["trigger"])))
        roles = data.get("roles")
        if roles is not None and len(roles) == len(ends):
            ends = tuple((str(role), id_) for role, (_, id_) in zip(roles, ends, strict=True))
        return replace(
            link,
            label=str(data.get("label", link.label)),
            ends=ends,
            attributes=(*link.attributes, *_pairs(data.get("attributes", ()))),
        )


def _loose_item(number: int, data: dict[str, Any]) -> Item:
    exact = tuple(map(str, data["exact"])) if "exact" in data else None
    attributes = _pairs(data.get("attributes", ()))
    return Item(f"P{number}", str(data["label"]), _places(data.get("places", ())), exact, attributes, _context(data))


def _context(data: dict[str, Any]) -> tuple[str, str]:
    before, after = data.get("context", ("", ""))
    return str(before), str(after)


def _pairs(data: Iterable[Any]) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(value)) for name, value in data)


def _places(data: Iterable[Any]) -> tuple[Place, ...]:
    return tuple((int(start), int(end)) for start, end in data)

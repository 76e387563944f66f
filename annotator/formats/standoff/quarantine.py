"""What an import could not place: items, links and lines to records that keep them, and back as they came."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from annotator.formats.standoff.graph import Attributes, Item, Link, Unread, first
from annotator.model import Quarantined, new_id

REASON = "quarantine"
"""The attribute that says why something is in quarantine."""
_OWN = frozenset({REASON, "uuid", "quarantine_place", "quarantine_since"})
UNREAD = "Unread"
"""The label of a line that could not be understood."""


def of_item(item: Item, reason: str, article_id: str, place: str, time: str, *, placed: bool = True) -> Quarantined:
    """An item; ``placed`` says whether its places fit the text."""
    data: dict[str, Any] = {
        "is": "item",
        "places": [list(each) for each in item.places],
        "placed": placed,
        "exact": list(item.exact) if item.exact is not None else None,
        "attributes": _kept(item.attributes),
    }
    exact = " … ".join(item.exact or ())
    if item.label == UNREAD and was_quarantined(item):
        data = {"is": "unread", "raw": exact}
    return _made(item.attributes, article_id, reason, item.label, exact, data, place, time)


def of_link(link: Link, reason: str, ids: Mapping[str, str], article_id: str, place: str, time: str) -> Quarantined:
    """A link; ``ids`` are those that its ends have in the project."""
    data = {
        "is": "link",
        "ends": [[role, ids.get(target, target)] for role, target in link.ends],
        "attributes": _kept(link.attributes),
    }
    return _made(link.attributes, article_id, reason, link.label, "", data, place, time)


def of_unread(unread: Unread, article_id: str, place: str, time: str) -> Quarantined:
    """A piece of the file that could not be understood."""
    data = {"is": "unread", "raw": unread.raw}
    where = f"{place}, {unread.place}" if unread.place else place
    return _made((), article_id, unread.reason, UNREAD, unread.raw, data, where, time)


def _kept(attributes: Attributes) -> list[list[str]]:
    return [list(pair) for pair in attributes if pair[0] not in _OWN]


def _made(
    attributes: Attributes, article_id: str, reason: str, label: str, exact: str, data: Any, place: str, time: str
) -> Quarantined:
    """The record, with what the attributes say of it when it was in quarantine before."""
    return Quarantined(
        first(attributes, "uuid") or new_id(),
        article_id,
        first(attributes, REASON) or reason,
        label,
        exact,
        json.dumps(data, ensure_ascii=False, separators=(",", ":")),
        first(attributes, "quarantine_place") or place,
        first(attributes, "quarantine_since") or time,
    )


def again(quarantined: Quarantined) -> Item | Link:
    """The item or link as it came, with the reason beside it. A line is an item without places."""
    data = json.loads(quarantined.data)
    attributes = (
        *((name, value) for name, value in data.get("attributes", ())),
        (REASON, quarantined.reason),
        ("uuid", quarantined.id),
        ("quarantine_place", quarantined.place),
        ("quarantine_since", quarantined.created),
    )
    if data["is"] == "link":
        ends = tuple((role, target) for role, target in data["ends"])
        return Link(quarantined.id, quarantined.label, ends, attributes)
    if data["is"] == "unread":
        return Item(quarantined.id, UNREAD, (), (data["raw"],), attributes)
    exact = tuple(data["exact"]) if data["exact"] is not None else None
    if data["placed"]:
        return Item(quarantined.id, quarantined.label, tuple((s, e) for s, e in data["places"]), exact, attributes)
    return Item(quarantined.id, quarantined.label, (), exact, (*attributes, ("unplaced", json.dumps(data["places"]))))


def was_quarantined(thing: Item | Link) -> bool:
    """Whether it was in quarantine when the file was written."""
    return thing.get(REASON) is not None


def as_read_again(item: Item) -> tuple[Item, bool]:
    """An item of :func:`again` as it came at first, and whether its places fit the text."""
    unplaced = item.get("unplaced")
    if unplaced is None:
        return item, bool(item.places)
    attributes = tuple(pair for pair in item.attributes if pair[0] != "unplaced")
    places = tuple((start, end) for start, end in json.loads(unplaced))
    return Item(item.id, item.label, places, item.exact, attributes), False

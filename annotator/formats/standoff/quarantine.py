"""What an import could not place: items, links and lines to records that keep them, and back as they came."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from annotator.formats.standoff.graph import Attributes, Item, Link, Unread, first
from annotator.model import Quarantined, new_id
from annotator.text.storable import storable

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
    """The record, with what the attributes say of it when it was in quarantine before.

    A line that could not be understood may hold anything: what cannot be stored is U+FFFD, one for one.
    """
    return Quarantined(
        storable(first(attributes, "uuid") or new_id()),
        article_id,
        storable(first(attributes, REASON) or reason),
        storable(label),
        storable(exact),
        json.dumps(storable(data), ensure_ascii=False, separators=(",", ":")),
        storable(first(attributes, "quarantine_place") or place),
        storable(first(attributes, "quarantine_since") or time),
    )


def contents(quarantined: Quarantined) -> dict[str, Any] | None:
    """What it holds, as :func:`of_item`, :func:`of_link` and :func:`of_unread` make it; None: something else does.

    A file that another program has changed may bring anything here.
    """
    try:
        data = json.loads(quarantined.data)
        match data:
            case {"is": "item", "places": places, "placed": bool(), "exact": exact, "attributes": attributes}:
                sound = _is_pairs(places, int) and _is_pairs(attributes, str) and _is_quoted(exact)
            case {"is": "link", "ends": ends, "attributes": attributes}:
                sound = _is_pairs(ends, str) and _is_pairs(attributes, str)
            case {"is": "unread", "raw": str()}:
                sound = _is_pairs(data.get("attributes", []), str)
            case _:
                sound = False
    except (ValueError, RecursionError):
        return None
    return data if sound else None


def _is_pairs(value: Any, of: type) -> bool:
    return isinstance(value, list) and all(
        isinstance(pair, list) and len(pair) == 2 and all(type(each) is of for each in pair) for pair in value
    )


def _is_quoted(exact: Any) -> bool:
    return exact is None or (isinstance(exact, list) and all(isinstance(each, str) for each in exact))


def again(quarantined: Quarantined) -> Item | Link:
    """The item or link as it came, with the reason beside it. A line is an item without places.

    What cannot be understood goes out as it is, as an attribute of such an item.
    """
    data = contents(quarantined)
    attributes = (
        *((name, value) for name, value in (data or {}).get("attributes", ())),
        (REASON, quarantined.reason),
        ("uuid", quarantined.id),
        ("quarantine_place", quarantined.place),
        ("quarantine_since", quarantined.created),
    )
    if data is None:
        attributes = (("data", quarantined.data), *attributes)
        return Item(quarantined.id, quarantined.label, (), (quarantined.exact,), attributes)
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
    try:
        places: Any = json.loads(unplaced or "null")
    except (ValueError, RecursionError):
        places = None
    if not _is_pairs(places, int):
        return item, bool(item.places)
    attributes = tuple(pair for pair in item.attributes if pair[0] != "unplaced")
    return Item(item.id, item.label, tuple((start, end) for start, end in places), item.exact, attributes), False

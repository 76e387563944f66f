"""Items and links as JSON, for what a tool's own annotations cannot hold but its data beside them can."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from annotator.formats.foreign_json import as_pairs, is_offset, listed, pairs, raw
from annotator.formats.standoff.graph import Item, Link, Place, Unread

BESIDE = "beside"
"""The key of such data."""


def loose(items: Iterable[Item], links: Iterable[Link]) -> dict[str, Any]:
    """The data."""
    return {"items": [_item_data(item) for item in items], "links": [_link_data(link) for link in links]}


def tightened(data: Any, unread: list[Unread]) -> tuple[tuple[Item, ...], tuple[Link, ...]]:
    """The items and links again; what is damaged goes to ``unread``."""
    items: list[Item] = []
    links: list[Link] = []
    if not isinstance(data, dict):
        return (), ()
    for kind in ("items", "links"):
        for each in listed(data.get(kind)):
            try:
                if kind == "items":
                    items.append(_item(each))
                else:
                    links.append(_link(each))
            except (ValueError, KeyError, TypeError, AttributeError):
                unread.append(Unread(raw(each), "it is damaged", BESIDE))
    return tuple(items), tuple(links)


def _item_data(item: Item) -> dict[str, Any]:
    data: dict[str, Any] = {"id": item.id, "label": item.label, "attributes": as_pairs(item.attributes)}
    if item.places:
        data["places"] = [list(place) for place in item.places]
    if item.exact is not None:
        data["exact"] = list(item.exact)
    return data


def _item(data: Mapping[str, Any]) -> Item:
    exact = tuple(str(each) for each in data["exact"]) if "exact" in data else None
    places = tuple(_place(each) for each in data.get("places", ()))
    return Item(str(data["id"]), str(data["label"]), places, exact, pairs(data["attributes"]))


def _place(data: Any) -> Place:
    start, end = data
    if not is_offset(start) or not is_offset(end):
        raise ValueError("its place is no pair of offsets")
    return start, end


def _link_data(link: Link) -> dict[str, Any]:
    ends, attributes = as_pairs(link.ends), as_pairs(link.attributes)
    return {"id": link.id, "label": link.label, "ends": ends, "attributes": attributes}


def _link(data: Mapping[str, Any]) -> Link:
    return Link(str(data["id"]), str(data["label"]), pairs(data["ends"]), pairs(data["attributes"]))

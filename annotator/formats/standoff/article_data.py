"""What tools' data beside a text say of its article, by the names that people give to them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from annotator.formats.standoff.graph import Attributes
from annotator.text.wording import shorten

LONGEST = 300
"""Characters of what a file says of a whole text that are told."""

_FIELDS = {
    "title": "title", "headline": "title", "url": "url", "link": "url", "byline": "byline", "author": "byline",
    "outlet": "outlet", "publisher": "outlet", "date": "published", "published": "published", "language": "language",
    "lang": "language",
}  # fmt: skip


def article_fields(data: Mapping[str, Any], without: str = "") -> Attributes:
    """The article's fields among data that are strings; ``without`` is the key of the text."""
    return tuple((field, data[key]) for field, key in _keys(data, {without}).items())


def said_beside(data: Mapping[str, Any], without: Collection[str]) -> tuple[str, ...]:
    """One sentence with the data that no field of an article takes, if there are any.

    ``without`` are the keys of the text and of what the format itself means.
    """
    taken = {*without, *_keys(data, without).values()}
    said = {
        key: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for key, value in data.items()
        if key not in taken and value not in (None, "", [], {})
    }
    told = "; ".join(f"{shorten(key)} = {shorten(value, LONGEST)}" for key, value in said.items())
    return (f"Beside the text, the file says: {told}.",) if said else ()


def _keys(data: Mapping[str, Any], without: Collection[str]) -> dict[str, str]:
    """Field of an article → the key of the data that says it."""
    found: dict[str, str] = {}
    for key, value in data.items():
        field = _FIELDS.get(key.casefold())
        if field is not None and key not in without and isinstance(value, str):
            found.setdefault(field, key)
    return found

"""What tools' data beside a text say of its article, by the names that people give to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotator.formats.standoff.graph import Attributes

_FIELDS = {
    "title": "title", "headline": "title", "url": "url", "link": "url", "byline": "byline", "author": "byline",
    "outlet": "outlet", "publisher": "outlet", "date": "published", "published": "published", "language": "language",
    "lang": "language",
}  # fmt: skip


def article_fields(data: Mapping[str, Any], without: str = "") -> Attributes:
    """The article's fields among data that are strings; ``without`` is the key of the text."""
    found: dict[str, str] = {}
    for key, value in data.items():
        field = _FIELDS.get(key.casefold())
        if field is not None and key != without and isinstance(value, str):
            found.setdefault(field, value)
    return tuple(found.items())

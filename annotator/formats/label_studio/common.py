"""What reader and writer of Label Studio's tasks must agree about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from annotator.formats.foreign_json import as_pairs, pairs
from annotator.formats.standoff.graph import Item, Link

TASKS, CONFIG = "tasks.json", "labeling_config.xml"
TEXT_TAG, LABELS_TAG = "source_text", "annotation"
"""The names of the tags of the configuration that show the text and offer the labels."""
RESERVED = (TEXT_TAG, LABELS_TAG)
ARTICLE, BESIDE = "article", "beside"
"""What in a task's data holds the article's fields, and what no region can hold."""
_EXPORT = re.compile(rb'"(annotations|completions)"\s*:\s*\[.*"(result|completed_by)"', re.DOTALL)
_MIN = re.compile(rb'\s*\[\s*\{\s*"(id|text)"\s*:')


def is_export(head: bytes) -> bool:
    """Whether a file that begins so may be an export: of tasks, or of the small kind, a list of objects with a text."""
    return _EXPORT.search(head) is not None or _MIN.match(head) is not None


def control(attribute: str) -> str:
    """The tag of an attribute."""
    return f"{attribute}'" if attribute.rstrip("'") in RESERVED else attribute


def attribute(tag: str) -> str:
    """The attribute of a tag, see :func:`control`."""
    return tag[:-1] if tag.endswith("'") and tag.rstrip("'") in RESERVED else tag


def item_data(item: Item) -> dict[str, Any]:
    """An item without places as JSON."""
    quoted = {} if item.exact is None else {"exact": list(item.exact)}
    return {"id": item.id, "label": item.label, "attributes": as_pairs(item.attributes), **quoted}


def link_data(link: Link) -> dict[str, Any]:
    """A link as JSON."""
    ends, attributes = as_pairs(link.ends), as_pairs(link.attributes)
    return {"id": link.id, "label": link.label, "ends": ends, "attributes": attributes}


def item_of(data: Mapping[str, Any]) -> Item:
    """What :func:`item_data` made. Raises ``ValueError``, ``KeyError`` or ``TypeError``: it did not."""
    exact = tuple(str(each) for each in data["exact"]) if "exact" in data else None
    return Item(str(data["id"]), str(data["label"]), (), exact, pairs(data["attributes"]))


def link_of(data: Mapping[str, Any]) -> Link:
    """What :func:`link_data` made. Raises like :func:`item_of`."""
    return Link(str(data["id"]), str(data["label"]), pairs(data["ends"]), pairs(data["attributes"]))

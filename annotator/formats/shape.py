"""The published schema of an article's line as a tree of types: what tables and Parquet make their columns of.

So neither can drift from the schema: a key that it gains is a column of theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from annotator.formats.article_check import SCHEMA_NAME
from annotator.formats.published import schema


@dataclass(frozen=True, slots=True)
class Value:
    """A single value. ``kind`` is string, integer or boolean; ``optional``: it may be null."""

    kind: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Several:
    """A list, its items all of one shape."""

    item: Value | Several | Keys


@dataclass(frozen=True, slots=True)
class Keys:
    """An object with all these keys, in the schema's order."""

    keys: Mapping[str, Value | Several | Keys]


Shape = Value | Several | Keys


@cache
def article_shape() -> Keys:
    """The shape of the data of one article."""
    return shape_of(schema(SCHEMA_NAME))


def shape_of(described: Mapping[str, Any]) -> Keys:
    """The shape of what a JSON Schema describes."""
    return _keys(described, described)


def _keys(part: Mapping[str, Any], whole: Mapping[str, Any]) -> Keys:
    return Keys({key: _shape(each, whole) for key, each in part["properties"].items()})


def _shape(part: Mapping[str, Any], whole: Mapping[str, Any]) -> Shape:
    if "$ref" in part:
        return _shape(whole["definitions"][str(part["$ref"]).rpartition("/")[2]], whole)
    if "allOf" in part:
        return _shape(part["allOf"][0], whole)
    if "anyOf" in part:
        kinds = [_shape(each, whole) for each in part["anyOf"] if each.get("type") != "null"]
        if len(kinds) == 1 and isinstance(kinds[0], Value):
            return Value(kinds[0].kind, optional=len(part["anyOf"]) > 1)
    names = part.get("type", "string" if "enum" in part else None)
    known = [names] if isinstance(names, str) else list(names or ())
    kinds_of_value = [name for name in known if name != "null"]
    match kinds_of_value:
        case ["object"]:
            return _keys(part, whole)
        case ["array"]:
            return Several(_shape(part["items"], whole))
        case ["string" | "integer" | "boolean" as kind]:
            return Value(kind, optional="null" in known)
    raise ValueError(f"no column can hold what the schema says: {part}")

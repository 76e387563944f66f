"""Column types for the value lists inside a record: JSON text in the column, a tuple in Python.

The text is canonical JSON (sorted keys, no spaces), the same in every database, and a span is the compact
array of ``annotator.codec``.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

from annotator.codec import canonical_json, decode_spans, encode
from annotator.model import Evidence, Role, Segment

_EMPTY = "[]"


class JsonTuple(TypeDecorator[tuple[Any, ...]]):
    """A tuple of values, never NULL. Subclasses say how one is built from JSON data."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[Any, ...] | None, dialect: Dialect) -> str:  # noqa: ARG002
        return canonical_json(encode(value)) if value else _EMPTY

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Any, ...]:  # noqa: ARG002
        return () if value is None or value == _EMPTY else self.build(json.loads(value))

    def build(self, data: list[Any]) -> tuple[Any, ...]:
        """The tuple that ``data`` describes."""
        raise NotImplementedError


class Strings(JsonTuple):
    """A tuple of strings."""

    cache_ok = True

    def build(self, data: list[Any]) -> tuple[Any, ...]:
        return tuple(data)


class Spans(JsonTuple):
    """A tuple of :class:`annotator.model.Span`."""

    cache_ok = True

    def build(self, data: list[Any]) -> tuple[Any, ...]:
        return decode_spans(data)


class Segments(JsonTuple):
    """A tuple of :class:`annotator.model.Segment`."""

    cache_ok = True

    def build(self, data: list[Any]) -> tuple[Any, ...]:
        return tuple(Segment(**item) for item in data)


class Roles(JsonTuple):
    """A tuple of :class:`annotator.model.Role`."""

    cache_ok = True

    def build(self, data: list[Any]) -> tuple[Any, ...]:
        return tuple(Role(**item) for item in data)


class EvidenceList(JsonTuple):
    """A tuple of :class:`annotator.model.Evidence`."""

    cache_ok = True

    def build(self, data: list[Any]) -> tuple[Any, ...]:
        return tuple(Evidence(**item) for item in data)

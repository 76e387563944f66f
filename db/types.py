"""Column types for the value lists inside a record: JSON text in the column, a tuple in Python.

The text is canonical JSON (sorted keys, no spaces), the same in every database, and a span is the compact
array of ``annotator.codec``.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Dialect, MetaData, Text
from sqlalchemy.types import TypeDecorator

from annotator.codec import canonical_json, decode_values, encode
from annotator.model import CheckSetting, Evidence, Role, Segment, Span, Term
from db.errors import damaged

_EMPTY = "[]"


class JsonTuple(TypeDecorator[tuple[Any, ...]]):
    """A tuple of values, never NULL. Subclasses say of what.

    ``where`` is the column ("mention.spans"), for the sentence about a value that cannot be read.
    """

    impl = Text
    cache_ok = True
    item: type = str

    def __init__(self, where: str = "") -> None:
        super().__init__()
        self.where = where

    def process_bind_param(self, value: tuple[Any, ...] | None, dialect: Dialect) -> str:  # noqa: ARG002
        return canonical_json(encode(value)) if value else _EMPTY

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Any, ...]:  # noqa: ARG002
        if value == _EMPTY:
            return ()
        try:
            data = json.loads(value) if isinstance(value, str) else None
            if isinstance(data, list):
                return decode_values(self.item, data)
        except (ValueError, TypeError, RecursionError):
            pass
        raise damaged(self.where)


class Strings(JsonTuple):
    """A tuple of strings."""

    cache_ok = True


class Spans(JsonTuple):
    """A tuple of :class:`annotator.model.Span`."""

    cache_ok = True
    item = Span


class Segments(JsonTuple):
    """A tuple of :class:`annotator.model.Segment`."""

    cache_ok = True
    item = Segment


class Roles(JsonTuple):
    """A tuple of :class:`annotator.model.Role`."""

    cache_ok = True
    item = Role


class EvidenceList(JsonTuple):
    """A tuple of :class:`annotator.model.Evidence`."""

    cache_ok = True
    item = Evidence


class Terms(JsonTuple):
    """A tuple of :class:`annotator.model.Term`."""

    cache_ok = True
    item = Term


class CheckSettings(JsonTuple):
    """A tuple of :class:`annotator.model.CheckSetting`."""

    cache_ok = True
    item = CheckSetting


def name_columns(metadata: MetaData) -> None:
    """Tell every JSON column where it stands."""
    for table in metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, JsonTuple):
                column.type = type(column.type)(f"{table.name}.{column.name}")

"""Column types for the value lists inside a record: JSON text in the column, a tuple in Python.

The text is canonical JSON (sorted keys, no spaces), the same in every database, and a span is the compact
array of ``annotator.codec``.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Dialect, MetaData, Text
from sqlalchemy.types import TypeDecorator

from annotator.codec import decode_values, text_of
from db.errors import damaged

_EMPTY = "[]"


class JsonTuple(TypeDecorator[tuple[Any, ...]]):
    """A tuple of ``item`` values (strings, or a record's own such as spans), never NULL.

    ``where`` is the column ("mention.spans"), for the sentence about a value that cannot be read.
    """

    impl = Text
    cache_ok = True

    def __init__(self, item: type, where: str = "") -> None:
        super().__init__()
        self.item = item
        self.where = where

    def process_bind_param(self, value: tuple[Any, ...] | None, dialect: Dialect) -> str:  # noqa: ARG002
        return text_of(value) if value else _EMPTY

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


def name_columns(metadata: MetaData) -> None:
    """Tell every JSON column where it stands."""
    for table in metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, JsonTuple):
                column.type = JsonTuple(column.type.item, f"{table.name}.{column.name}")

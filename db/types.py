"""Column types for the value lists inside a record: JSON text in the column, a tuple in Python.

The text is canonical JSON (sorted keys, no spaces), the same in every database, and a span is the compact
array of ``annotator.codec``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Dialect, MetaData, Text
from sqlalchemy.types import TypeDecorator

from annotator.codec import text_of, values_reader
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

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], tuple[Any, ...]]:  # noqa: ARG002
        """The way back, made once for all rows of a statement: an export reads fifty such values of each article."""
        read, where = values_reader(self.item), self.where

        def process(value: Any) -> tuple[Any, ...]:
            if value == _EMPTY:  # as most are
                return ()
            if type(value) is str:
                try:
                    return read(value)
                except (ValueError, TypeError, RecursionError):
                    pass
            raise damaged(where)

        return process


def name_columns(metadata: MetaData) -> None:
    """Tell every JSON column where it stands."""
    for table in metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, JsonTuple):
                column.type = JsonTuple(column.type.item, f"{table.name}.{column.name}")

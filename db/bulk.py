"""Thousands of rows of plain values, written without a look at each: the driver runs what SQLAlchemy made once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, column, insert, literal_column, table


class Insert:
    """Writes rows of one table. Their values are what the database keeps: lists are canonical JSON already."""

    def __init__(
        self, connection: Connection, target: Table, columns: Sequence[str], fixed: Mapping[str, int] | None = None
    ) -> None:
        """``columns`` are those whose values a row has, in order; ``fixed`` the same numbers for every row."""
        self._connection, self._columns = connection, columns
        plain = table(target.name, *(column(name) for name in (*columns, *(fixed or ()))))
        told: dict[str, Any] = {name: literal_column(str(number)) for name, number in (fixed or {}).items()}
        self._statement = insert(plain).values(told)
        compiled = self._statement.compile(dialect=connection.dialect, column_keys=list(columns))
        self._order = tuple(compiled.positiontup or ()) if compiled.positional else None
        self._text = str(compiled)

    def __call__(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Write the rows."""
        if not rows:
            return
        if self._order == tuple(self._columns):
            self._connection.exec_driver_sql(self._text, list(rows))
        else:  # a driver that wants names
            self._connection.execute(self._statement, [dict(zip(self._columns, row, strict=True)) for row in rows])

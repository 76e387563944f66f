"""Stored records as the change log would have them, put together from their columns without making records.

What stands in a column as text is taken as it is, so that a row agrees with the log byte by byte or not at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from json.encoder import encode_basestring
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, Integer, Table, select, type_coerce
from sqlalchemy.types import NULLTYPE, Boolean

from db.mapping import FIELDS, HOP_FIELDS
from db.schema import RECORD_ROWS, AttributionRow, ClaimRow, table_of
from db.types import JsonTuple

_HOP = table_of(AttributionRow)
_CLAIM = table_of(ClaimRow)
Writer = Callable[[Any], str]


class Row(NamedTuple):
    """``text`` is the record's canonical JSON; None: a column holds what this program never writes."""

    id: str
    revision: int | None
    """None of a record that has no versions."""
    text: str | None


class _StrangeError(Exception):
    """A value that this program never writes."""


def rows(connection: Connection, kind: str, condition: ColumnElement[bool]) -> Iterator[Row]:
    """The rows of a kind that meet ``condition`` (on the kind's own table), in no order."""
    table = table_of(RECORD_ROWS[kind])
    names = sorted(FIELDS[kind])
    writers = [_writer(table.c[name]) for name in names]
    versioned = [type_coerce(table.c.revision, NULLTYPE)] if "revision" in table.c else []
    found = connection.execute(select(*_raw(table, names), *versioned).where(condition)).all()
    chains = _chains(connection, condition) if kind == "claim" and found else None
    for row in found:
        values = row[: len(names)]
        id_ = str(values[names.index("id")])
        yield Row(id_, row[-1] if versioned else None, _text(names, writers, values, id_, chains))


def _text(
    names: list[str], writers: list[Writer], values: tuple[Any, ...], id_: str, chains: dict[str, list[str]] | None
) -> str | None:
    try:
        pairs = [f'"{name}":{writer(value)}' for name, writer, value in zip(names, writers, values, strict=True)]
    except _StrangeError:
        return None
    if chains is not None:
        hops = chains.get(id_, [])
        if _STRANGE in hops:
            return None
        pairs = sorted([*pairs, f'"chain":[{",".join(hops)}]'])
    return f"{{{','.join(pairs)}}}"


_STRANGE = ""


def _chains(connection: Connection, condition: ColumnElement[bool]) -> dict[str, list[str]]:
    """Claim id → the texts of its hops, outermost first; of a hop that is none :data:`_STRANGE`."""
    chains: dict[str, list[str]] = defaultdict(list)
    names = sorted(HOP_FIELDS)
    writers = [_writer(_HOP.c[name]) for name in names]
    query = (
        select(*_raw(_HOP, ["claim_id", "ordinal", *names]))
        .join_from(_HOP, _CLAIM)
        .where(condition)
        .order_by(_HOP.c.claim_id, _HOP.c.ordinal)
    )
    for claim_id, ordinal, *values in connection.execute(query):
        hops = chains[claim_id]
        try:
            pairs = [f'"{name}":{writer(value)}' for name, writer, value in zip(names, writers, values, strict=True)]
        except _StrangeError:
            pairs = []
        hops.append(f"{{{','.join(pairs)}}}" if pairs and ordinal == len(hops) else _STRANGE)
    return chains


def _raw(table: Table, names: list[str]) -> list[ColumnElement[Any]]:
    return [type_coerce(table.c[name], NULLTYPE) for name in names]


def _writer(column: Column[Any]) -> Writer:
    if isinstance(column.type, JsonTuple):
        return _list
    if isinstance(column.type, Boolean):
        return _flag
    return _number if isinstance(column.type, Integer) else _words


def _list(value: object) -> str:
    if type(value) is not str:
        raise _StrangeError
    return value


def _words(value: object) -> str:
    if value is None:
        return "null"
    if type(value) is not str:
        raise _StrangeError
    return encode_basestring(value)


def _flag(value: object) -> str:
    if type(value) not in {bool, int} or value not in {0, 1}:
        raise _StrangeError
    return "true" if value else "false"


def _number(value: object) -> str:
    if type(value) is not int:
        raise _StrangeError
    return int.__repr__(value)

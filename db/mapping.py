"""Between records and rows. A record's fields are its table's columns, except a claim's chain (own table)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

from annotator.errors import ProjectError
from annotator.model import RECORD_TYPES, Claim, Hop, Record
from db.errors import damaged
from db.schema import AttributionRow, Base, ClaimRow

FIELDS: dict[str, tuple[str, ...]] = {
    kind: tuple(field.name for field in fields(record_type) if field.name != "chain")
    for kind, record_type in RECORD_TYPES.items()
}
HOP_FIELDS: tuple[str, ...] = tuple(field.name for field in fields(Hop))


def _types(owner: type, names: Iterable[str]) -> tuple[frozenset[type], ...]:
    """For each field the types that its values may have, of tuples only that they are some."""
    hints = get_type_hints(owner)
    options = (get_args(hint) if isinstance(hint := hints[name], UnionType) else (hint,) for name in names)
    return tuple(frozenset(get_origin(option) or option for option in group) for group in options)


_TYPES = {kind: _types(RECORD_TYPES[kind], names) for kind, names in FIELDS.items()}
_LISTS: dict[str, Any] = {kind: list[record_type] for kind, record_type in RECORD_TYPES.items()}  # type: ignore[valid-type]
_HOP_TYPES = _types(Hop, HOP_FIELDS)


def values_of(kind: str, record: Record) -> dict[str, Any]:
    """The columns of the record's row, without ``revision``."""
    return {name: getattr(record, name) for name in FIELDS[kind]}


def hop_values(claim: Claim) -> list[dict[str, Any]]:
    """The rows of the claim's chain."""
    return [
        {"claim_id": claim.id, "ordinal": ordinal, **{name: getattr(hop, name) for name in HOP_FIELDS}}
        for ordinal, hop in enumerate(claim.chain)
    ]


def records_of(
    kind: str, rows: Sequence[Sequence[Any]], chains: Mapping[str, Sequence[Hop]] | None = None
) -> list[Any]:
    """The records whose columns, in the order of :data:`FIELDS`, are ``rows``; claims with their chains by id.

    SQLite keeps anything in any column, whatever the table says; records are made and their types checked in C.

    Raises:
        ProjectError: a value is of a type that this program never wrote.
    """
    names = FIELDS[kind]
    found: list[dict[str, Any]] = [dict(zip(names, row, strict=True)) for row in rows]
    if chains is not None:
        for values in found:
            values["chain"] = chains.get(values["id"], ())
    try:
        made: list[Any] = msgspec.convert(found, _LISTS[kind])
    except msgspec.ValidationError:
        raise _damaged(kind, names, _TYPES[kind], rows) from None
    return made


def hops_of(rows: Sequence[Sequence[Any]]) -> list[Hop]:
    """The hops whose columns, in the order of :data:`HOP_FIELDS`, are ``rows``. Raises like :func:`records_of`."""
    try:
        return msgspec.convert([dict(zip(HOP_FIELDS, row, strict=True)) for row in rows], list[Hop])
    except msgspec.ValidationError:
        raise _damaged("attribution", HOP_FIELDS, _HOP_TYPES, rows) from None


def _damaged(
    table: str, names: Sequence[str], types: Sequence[frozenset[type]], rows: Sequence[Sequence[Any]]
) -> ProjectError:
    """The error of the first value that is of a wrong type."""
    wrong = (
        name
        for row in rows
        for name, allowed, value in zip(names, types, row, strict=True)
        if type(value) not in allowed
    )
    return damaged(f"{table}.{next(wrong, names[0])}")


def record_of_row(kind: str, row: Base) -> Record:
    """The record that an ORM object holds."""
    values = [getattr(row, name) for name in FIELDS[kind]]
    chains = None
    if isinstance(row, ClaimRow):
        chains = {row.id: hops_of([[getattr(hop, name) for name in HOP_FIELDS] for hop in row.chain])}
    record: Record = records_of(kind, [values], chains)[0]
    return record


def update_row(kind: str, row: Base, record: Record) -> None:
    """Set on the ORM object what differs from ``record``."""
    for name, value in values_of(kind, record).items():
        if getattr(row, name) != value:
            setattr(row, name, value)
    if isinstance(row, ClaimRow) and isinstance(record, Claim):
        _update_chain(row, record)


def _update_chain(row: ClaimRow, claim: Claim) -> None:
    wanted = hop_values(claim)
    del row.chain[len(wanted) :]
    for hop, values in zip(row.chain, wanted, strict=False):
        for name in HOP_FIELDS:
            if getattr(hop, name) != values[name]:
                setattr(hop, name, values[name])
    row.chain.extend(AttributionRow(**values) for values in wanted[len(row.chain) :])

"""Between records and rows. A record's fields are its table's columns, except a claim's chain (own table)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

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


def record_of(kind: str, values: Sequence[Any], chain: Iterable[Hop] = ()) -> Record:
    """The record whose columns, in the order of :data:`FIELDS`, are ``values``.

    Raises:
        ProjectError: a value is of a type that this program never wrote.
    """
    _check(kind, FIELDS[kind], _TYPES[kind], values)
    arguments = dict(zip(FIELDS[kind], values, strict=True))
    if kind == "claim":
        arguments["chain"] = tuple(chain)
    return RECORD_TYPES[kind](**arguments)


def hop_of(values: Sequence[Any]) -> Hop:
    """The hop whose columns, in the order of :data:`HOP_FIELDS`, are ``values``. Raises like :func:`record_of`."""
    _check("attribution", HOP_FIELDS, _HOP_TYPES, values)
    return Hop(*values)


_RIGHT: dict[str, set[tuple[type, ...]]] = defaultdict(set)
"""Table → the types of rows that were found right: most are like one before, and are told at once."""


def _check(table: str, names: Sequence[str], types: Sequence[frozenset[type]], values: Sequence[Any]) -> None:
    """SQLite keeps anything in any column, whatever the table says."""
    found = tuple(map(type, values))
    if found in _RIGHT[table]:
        return
    for name, allowed, value in zip(names, types, values, strict=True):
        if type(value) not in allowed:
            raise damaged(f"{table}.{name}")
    _RIGHT[table].add(found)


def record_of_row(kind: str, row: Base) -> Record:
    """The record that an ORM object holds."""
    values = [getattr(row, name) for name in FIELDS[kind]]
    if not isinstance(row, ClaimRow):
        return record_of(kind, values)
    return record_of(kind, values, (hop_of([getattr(hop, name) for name in HOP_FIELDS]) for hop in row.chain))


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

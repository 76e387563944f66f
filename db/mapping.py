"""Between records and rows. A record's fields are its table's columns, except a claim's chain (own table)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from annotator.model import RECORD_TYPES, Claim, Hop, Record
from db.schema import AttributionRow, Base, ClaimRow

FIELDS: dict[str, tuple[str, ...]] = {
    kind: tuple(field.name for field in fields(record_type) if field.name != "chain")
    for kind, record_type in RECORD_TYPES.items()
}
HOP_FIELDS: tuple[str, ...] = tuple(field.name for field in fields(Hop))


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
    """The record whose columns, in the order of :data:`FIELDS`, are ``values``."""
    arguments = dict(zip(FIELDS[kind], values, strict=True))
    if kind == "claim":
        arguments["chain"] = tuple(chain)
    return RECORD_TYPES[kind](**arguments)


def record_of_row(kind: str, row: Base) -> Record:
    """The record that an ORM object holds."""
    values = [getattr(row, name) for name in FIELDS[kind]]
    if not isinstance(row, ClaimRow):
        return record_of(kind, values)
    return record_of(kind, values, (Hop(*(getattr(hop, name) for name in HOP_FIELDS)) for hop in row.chain))


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

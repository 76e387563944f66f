"""Between records and rows. A record's fields are its table's columns, except a claim's chain (own table)."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from annotator.codec import values_reader
from annotator.model import RECORD_TYPES, Claim, Hop, Record
from db.errors import damaged
from db.schema import AttributionRow, Base, ClaimRow

FIELDS: dict[str, tuple[str, ...]] = {
    kind: tuple(field.name for field in fields(record_type) if field.name != "chain")
    for kind, record_type in RECORD_TYPES.items()
}
HOP_FIELDS: tuple[str, ...] = tuple(field.name for field in fields(Hop))
_EMPTY = "[]"


class _Maker:
    """Makes records or hops of the rows of a table, a field of all of them at once: in C, of hundreds of thousands.

    SQLite keeps anything in any column, whatever the table says, so the types of all values are looked at.
    """

    def __init__(self, owner: type, table: str, names: Iterable[str]) -> None:
        self._owner, self._table = owner, table
        self._fields: list[tuple[str, frozenset[type], Callable[..., None]]] = []
        self._lists: list[tuple[int, str, Callable[[str], tuple[Any, ...]]]] = []
        hints = get_type_hints(owner)
        for at, name in enumerate(names):
            hint = hints[name]
            options = get_args(hint) if isinstance(hint, UnionType) else (hint,)
            allowed = frozenset(get_origin(option) or option for option in options)
            self._fields.append((name, allowed, _setter(owner, name)))
            if tuple in allowed:
                self._lists.append((at, name, values_reader(get_args(hint)[0])))

    def read(self, stored: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
        """The columns, of which those with lists of values are JSON text. Raises :class:`ProjectError`: one is none."""
        columns = list(stored)
        for at, name, reader in self._lists if columns else ():
            column = columns[at]
            if not _TEXT.issuperset(map(type, column)):
                raise damaged(f"{self._table}.{name}")
            try:
                columns[at] = [() if text == _EMPTY else reader(text) for text in column]  # as most are
            except (ValueError, TypeError, RecursionError):
                raise damaged(f"{self._table}.{name}") from None
        return columns

    def made(self, columns: Sequence[Sequence[Any]]) -> list[Any]:
        """What has these values. Raises :class:`ProjectError`: one is of a type that this program never wrote."""
        made: list[Any] = [object.__new__(self._owner) for _ in columns[0]] if columns else []
        for (name, allowed, put), column in zip(self._fields, columns, strict=False):
            if not allowed.issuperset(map(type, column)):
                raise damaged(f"{self._table}.{name}")
            deque(map(put, made, column), maxlen=0)
        return made


def _setter(owner: type, name: str) -> Callable[..., None]:
    """Sets a field of a frozen record while it is made, as its own ``__init__`` does, at a third of the cost."""
    setter: Callable[..., None] = getattr(owner, name).__set__
    return setter


_TEXT = frozenset({str})
_MAKERS = {kind: _Maker(RECORD_TYPES[kind], kind, names) for kind, names in FIELDS.items()}
_HOPS = _Maker(Hop, "attribution", HOP_FIELDS)
_SET_CHAIN = _setter(Claim, "chain")


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

    Lists of values are the JSON text that is in the row.

    Raises:
        ProjectError: a value is none that this program ever wrote.
    """
    maker = _MAKERS[kind]
    return _with_chains(maker.made(maker.read(zip(*rows, strict=True))), chains)


def _with_chains(made: list[Any], chains: Mapping[str, Sequence[Hop]] | None) -> list[Any]:
    if chains is not None:
        for claim in made:
            _SET_CHAIN(claim, tuple(chains.get(claim.id, ())))
    return made


def hops_of(columns: Iterable[Sequence[Any]]) -> list[Hop]:
    """The hops with these values, by the field in the order of :data:`HOP_FIELDS`. Raises like :func:`records_of`."""
    return _HOPS.made(_HOPS.read(columns))


def record_of_row(kind: str, row: Base) -> Record:
    """The record that an ORM object holds. Raises like :func:`records_of`."""
    chains = None
    if isinstance(row, ClaimRow):
        hops = _HOPS.made([[getattr(hop, name) for hop in row.chain] for name in HOP_FIELDS])
        chains = {row.id: hops}
    made = _MAKERS[kind].made([[getattr(row, name)] for name in FIELDS[kind]])
    record: Record = _with_chains(made, chains)[0]
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

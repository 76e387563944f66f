"""New records, checked and made ready to be written: their canonical JSON is made once, for row, change log and hash.

What is packed are tuples of plain values, so that those of thousands of articles can wait in a file instead of in
memory (``marshal`` takes them as they are).
"""

from __future__ import annotations

import json
import typing
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from annotator.codec import decode, text_of
from annotator.errors import InvalidEdit
from annotator.model import RECORD_TYPES, Article, Claim, Hop, Record, article_of, field_names, kind_of
from annotator.rules import check_storable, links_of
from annotator.text.anchors import check_record
from annotator.text.storable import is_storable

Row = tuple[Any, ...]
"""The values of a row: strings, numbers and None; lists of values are canonical JSON."""


class Packed(NamedTuple):
    """One record that is to be created."""

    kind: str
    id: str
    article_id: str | None
    text: str
    """Its canonical JSON, as the change log has it."""
    row: Row
    """Its fields but a claim's chain, in the order of :func:`columns_of`."""
    hops: tuple[Row, ...] = ()
    """For each hop of a claim: the claim's id, the hop's number, and its fields in the order of :data:`HOP_COLUMNS`."""


class _Fields:
    """The fields of a record or a hop, in the order in which canonical JSON has them."""

    def __init__(self, owner: type) -> None:
        self.names = tuple(sorted(field_names(owner)))
        self.values: Callable[[object], tuple[Any, ...]] = attrgetter(*self.names)
        hints = typing.get_type_hints(owner)
        self.lists = tuple(at for at, name in enumerate(self.names) if typing.get_origin(hints[name]) is tuple)
        """Which of them hold lists of values."""


_FIELDS: dict[type, _Fields] = {owner: _Fields(owner) for owner in (*RECORD_TYPES.values(), Hop)}
HOP_COLUMNS = _FIELDS[Hop].names
_CHAIN = _FIELDS[Claim].names.index("chain")
_POSITION = _FIELDS[Article].names.index("position")


def columns_of(kind: str) -> tuple[str, ...]:
    """The fields whose values a packed row has."""
    return tuple(name for name in _FIELDS[RECORD_TYPES[kind]].names if name != "chain")


def pack(record: Record) -> Packed:
    """A record as it will be written. Nothing is checked but that its values are of the types that records have.

    Raises:
        TypeError: one is not.
    """
    row: list[Any] = _row(record)
    hops: tuple[Row, ...] = ()
    if isinstance(record, Claim):
        row.pop(_CHAIN)
        hops = tuple([(record.id, ordinal, *_row(hop)) for ordinal, hop in enumerate(record.chain)])
    if not _PLAIN.issuperset(map(type, row)):
        raise TypeError("a field of it holds a value of a strange type")
    return Packed(kind_of(record), record.id, article_of(record), text_of(record), tuple(row), hops)


def _row(value: Record | Hop) -> list[Any]:
    fields = _FIELDS[type(value)]
    row = list(fields.values(value))
    for at in fields.lists:
        row[at] = text_of(row[at]) if row[at] else "[]"
    return row


_PLAIN = frozenset({str, int, bool, type(None)})


def unpack(packed: Packed) -> Record:
    """The record that was packed."""
    return decode(packed.kind, json.loads(packed.text))


def at_position(packed: Packed, position: int) -> Packed:
    """A packed article at that place in the project's list."""
    row = (*packed.row[:_POSITION], position, *packed.row[_POSITION + 1 :])
    # Inside a string a quotation mark follows a backslash and never a comma, so this is the key.
    before, after = (f',"position":{each},' for each in (packed.row[_POSITION], position))
    return packed._replace(text=packed.text.replace(before, after, 1), row=row)


def pack_article(records: Sequence[Record], text: str, speakers: Iterable[str]) -> tuple[list[Packed], set[str]]:
    """The article's own records (the article first) packed, each checked: what is not among them it may not need.

    Args:
        records: the article, its source text, its annotations and what is in quarantine.
        text: the source text.
        speakers: the ids of those that come along.

    Returns:
        The records, and the ids of the speakers that they name and that do not come along.

    Raises:
        InvalidSpan: a place does not fit the text.
        InvalidEdit: a record cannot be stored, is another article's, or refers to what does not come along.
    """
    own, coming, outside = records[0].id, frozenset(speakers), set()
    claims = {record.id for record in records if isinstance(record, Claim)}
    found = []
    for record in records:
        check_record(text, record)
        for what, kind, id_ in links_of(record):
            if kind == "speaker":
                if id_ not in coming:
                    outside.add(id_)
            elif id_ not in claims:
                raise InvalidEdit(f"The {kind_of(record)} {record.id!r}: {what} refers to a {kind} that is not there.")
        if article_of(record) != own:
            raise InvalidEdit(f"The {kind_of(record)} {record.id!r} belongs to another article.")
        found.append(pack_checked(record))
    return found, outside


def pack_checked(record: Record) -> Packed:
    """A record packed, whose characters can be stored. Raises ``InvalidEdit``: one cannot."""
    try:
        packed = pack(record)
    except TypeError as error:
        raise InvalidEdit(f"The {kind_of(record)} {record.id!r} cannot be stored: {error}.") from error
    if "\\u0000" in packed.text or not is_storable(packed.text):
        check_storable("", record)
    return packed

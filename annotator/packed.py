"""New records, checked and made ready to be written: their canonical JSON is made once, for row, change log and hash.

What is packed are tuples of plain values, so that those of thousands of articles can wait in a file instead of in
memory (``marshal`` takes them as they are).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec

from annotator.codec import decode, plan_of, text_of
from annotator.errors import InvalidEdit
from annotator.model import RECORD_TYPES, Article, Claim, Hop, Record, Span, article_of, kind_of
from annotator.rules import check_storable, links_of
from annotator.text.anchors import check_record

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


HOP_COLUMNS = plan_of(Hop).names
_CHAIN = plan_of(Claim).names.index("chain")
_POSITION = plan_of(Article).names.index("position")


@cache
def columns_of(kind: str) -> tuple[str, ...]:
    """The fields whose values a packed row has."""
    return tuple(name for name in plan_of(RECORD_TYPES[kind]).names if name != "chain")


def pack(record: Record) -> Packed:
    """A record as it will be written. Nothing is checked but that its values are of the types that records have.

    Raises:
        TypeError: one is not.  UnicodeEncodeError: one has half a surrogate pair.
    """
    hops: tuple[Row, ...] = ()
    if isinstance(record, Claim):
        hops, chain = _packed_chain(record)
        row, text = _written(record, {_CHAIN: chain})
        row = row[:_CHAIN] + row[_CHAIN + 1 :]
    else:
        row, text = _written(record, {})
    return Packed(kind_of(record), record.id, article_of(record), text.decode(), row, hops)


def _packed_chain(claim: Claim) -> tuple[tuple[Row, ...], bytes]:
    rows, written = [], []
    for ordinal, hop in enumerate(claim.chain):
        row, text = _written(hop, {})
        rows.append((claim.id, ordinal, *row))
        written.append(text)
    return tuple(rows), b"[%b]" % b",".join(written)


def _written(value: Record | Hop, told: Mapping[int, bytes]) -> tuple[Row, bytes]:
    """The row of a value, and its canonical JSON, put together in C; of some fields the JSON is ``told``."""
    plan = plan_of(type(value))
    row = list(plan.values(value))
    fields: list[Any] = row[:]
    for at in plan.lists:
        text = told.get(at) or _list(row[at])
        row[at], fields[at] = text.decode(), msgspec.Raw(text)
    if not _PLAIN.issuperset(map(type, fields)):
        raise TypeError("a field of it holds a value of a strange type")
    return tuple(row), _json(dict(zip(plan.names, fields, strict=True)))


def _list(values: tuple[Any, ...]) -> bytes:
    if not values:
        return b"[]"
    if type(values[0]) is Span:
        return _json(list(map(_SPAN, values)))
    return _json(values) if type(values[0]) is str else text_of(values).encode()


_PLAIN = frozenset({str, int, bool, type(None), msgspec.Raw})
_SPAN = attrgetter("start", "end", "exact", "prefix", "suffix")
_json = msgspec.json.Encoder().encode
"""In the same bytes as :func:`annotator.codec.canonical_json`, once keys come in their order."""


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
    except UnicodeEncodeError:
        check_storable("", record)
        raise
    except TypeError as error:
        raise InvalidEdit(f"The {kind_of(record)} {record.id!r} cannot be stored: {error}.") from error
    if "\\u0000" in packed.text:
        check_storable("", record)
    return packed

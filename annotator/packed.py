"""New records, checked and made ready to be written: their canonical JSON is made once, for row, change log and hash.

What is packed are tuples of plain values, so that those of thousands of articles can wait in a file instead of in
memory (``marshal`` takes them as they are).
"""

from __future__ import annotations

import json
import typing
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, groupby
from operator import attrgetter
from typing import Any, NamedTuple

from annotator.codec import decode, texts_of
from annotator.errors import InvalidEdit
from annotator.model import RECORD_TYPES, Article, Claim, Correction, Hop, Record, article_of, field_names, kind_of
from annotator.rules import check_storable, links_of, named_speakers
from annotator.text.anchors import check_record
from annotator.text.storable import is_storable

Row = tuple[Any, ...]
"""The values of a row: strings, numbers and None; lists of values are canonical JSON."""


class Packed(NamedTuple):
    """Some records of one kind that are to be created, each sequence in their order."""

    kind: str
    ids: Sequence[str]
    article_ids: Sequence[str | None]
    texts: Sequence[str]
    """The canonical JSON of each, as the change log has it."""
    rows: Sequence[Row]
    """The fields of each but a claim's chain, in the order of :func:`columns_of`."""
    hops: Sequence[Row] = ()
    """For each hop of claims: the claim's id, the hop's number, and its fields in the order of :data:`HOP_COLUMNS`."""

    def part(self, numbers: Sequence[int]) -> Packed:
        """Those of these numbers; not of claims, whose hops are all theirs."""
        some: list[Any] = [[each[number] for number in numbers] for each in self[1:5]]
        return Packed(self.kind, *some)


class _Fields:
    """The fields of a record or a hop but a chain, in the order in which canonical JSON has them.

    What is done to them is done to a field of all records at once: in C, of hundreds of thousands.
    """

    def __init__(self, owner: type) -> None:
        self.names = tuple(name for name in sorted(field_names(owner)) if name != "chain")
        self._values: Callable[[object], Row] = attrgetter(*self.names)
        hints = typing.get_type_hints(owner)
        self._lists = [at for at, name in enumerate(self.names) if typing.get_origin(hints[name]) is tuple]

    def columns(self, values: Iterable[Record | Hop]) -> list[Sequence[Any]]:
        """Of each field what it is in every record or hop. Raises ``TypeError``: a list is none."""
        columns: list[Sequence[Any]] = list(zip(*map(self._values, values), strict=True))
        for at in self._lists:
            if not _LISTED.issuperset(map(type, columns[at])):
                raise TypeError(_STRANGE)
            columns[at] = texts_of(columns[at])
        return columns


_PLAIN = frozenset({str, int, bool, type(None)})
_LISTED = frozenset({tuple})
_STRANGE = "a field of it holds a value of a strange type"
_FIELDS: dict[type, _Fields] = {owner: _Fields(owner) for owner in (*RECORD_TYPES.values(), Hop)}
HOP_COLUMNS = _FIELDS[Hop].names
_POSITION = _FIELDS[Article].names.index("position")


def columns_of(kind: str) -> tuple[str, ...]:
    """The fields whose values a packed row has."""
    return _FIELDS[RECORD_TYPES[kind]].names


def pack(records: Iterable[Record]) -> list[Packed]:
    """Records as they will be written, in their order: those of one kind that follow each other together.

    Nothing is checked but that their values are of the types that records have.

    Raises:
        TypeError: one is not.
    """
    return [_packed(kind, list(some)) for kind, some in groupby(records, kind_of)]


def _packed(kind: str, records: list[Any]) -> Packed:
    fields = _FIELDS[RECORD_TYPES[kind]]
    columns = fields.columns(records)
    ids = columns[fields.names.index("id")]
    if "article_id" in fields.names:
        article_ids = columns[fields.names.index("article_id")]
    else:
        article_ids = list(map(article_of, records))
    hops = _hops(records) if kind == "claim" else ()
    return Packed(kind, ids, article_ids, texts_of(records), _rows(columns), hops)


def _hops(claims: list[Claim]) -> Sequence[Row]:
    keys = [(claim.id, ordinal) for claim in claims for ordinal in range(len(claim.chain))]
    if not keys:
        return ()
    columns = _FIELDS[Hop].columns(hop for claim in claims for hop in claim.chain)
    return _rows([*zip(*keys, strict=True), *columns])


def _rows(columns: Sequence[Sequence[Any]]) -> Sequence[Row]:
    rows = tuple(zip(*columns, strict=True))
    if not _PLAIN.issuperset(map(type, chain.from_iterable(rows))):
        raise TypeError(_STRANGE)
    return rows


def unpack(packed: Packed) -> list[Record]:
    """The records that were packed."""
    return [decode(packed.kind, json.loads(text)) for text in packed.texts]


def at_position(packed: Packed, position: int) -> Packed:
    """A packed article at that place in the project's list."""
    (row,), (text,) = packed.rows, packed.texts
    # Inside a string a quotation mark follows a backslash and never a comma, so this is the key.
    before, after = (f',"position":{each},' for each in (row[_POSITION], position))
    moved = (*row[:_POSITION], position, *row[_POSITION + 1 :])
    return packed._replace(texts=(text.replace(before, after, 1),), rows=(moved,))


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
    for record in records:
        check_record(text, record)
    _check_links(records)
    found, own = pack_checked(records), {records[0].id}
    if not all(own.issuperset(packed.article_ids) for packed in found):
        other = next(record for record in records if article_of(record) not in own)
        raise InvalidEdit(f"The {kind_of(other)} {other.id!r} belongs to another article.")
    return found, named_speakers(records).difference(speakers)


def _check_links(records: Sequence[Record]) -> None:
    """Raise ``InvalidEdit`` when a record refers to another of the same article that is not there."""
    claims = {record.id for record in records if type(record) is Claim}
    named = {record.parent_id for record in records if type(record) is Claim}
    named.update(record.claim_id for record in records if type(record) is Correction)
    if named <= {*claims, None}:
        return
    for record in records:  # which it is
        for what, kind, id_ in links_of(record):
            if kind != "speaker" and id_ not in claims:
                raise InvalidEdit(f"The {kind_of(record)} {record.id!r}: {what} refers to a {kind} that is not there.")


def pack_checked(records: Sequence[Record]) -> list[Packed]:
    """Records packed, whose characters can be stored. Raises ``InvalidEdit``: one cannot."""
    try:
        found = pack(records)
    except TypeError:
        raise _not_stored(records) from None
    for packed in found:
        if any("\\u0000" in text or not is_storable(text) for text in packed.texts):
            for record in records:
                check_storable("", record)
    return found


def _not_stored(records: Iterable[Record]) -> InvalidEdit:
    """The error of the first record that cannot be packed."""
    for record in records:
        try:
            pack([record])
        except TypeError as error:
            return InvalidEdit(f"The {kind_of(record)} {record.id!r} cannot be stored: {error}.")
    raise AssertionError("all can be packed")

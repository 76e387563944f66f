"""Where the values of a vocabulary stand: records by value, and how many there are of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import Column, Connection, func, select

from annotator.model import Record
from annotator.vocabulary import DEFAULT
from db import reading
from db.schema import RECORD_ROWS, table_of

_ANNOTATIONS = ("mention", "claim", "correction")


def uses_of_value(connection: Connection, vocabulary: str, value: str) -> list[Record]:
    """Every record whose field of that vocabulary holds the value."""
    found: list[Record] = []
    for kind, column in _columns(vocabulary):
        found += reading.load(connection, kind, column == value)
    return found


def count_values(connection: Connection) -> dict[tuple[str, str], int]:
    """(vocabulary, value) → number of records; values that stand nowhere are left out."""
    counts: Counter[tuple[str, str]] = Counter()
    for vocabulary in DEFAULT.fields:
        for _, column in _columns(vocabulary):
            query = select(column, func.count()).where(column.is_not(None)).group_by(column)
            for value, count in connection.execute(query):
                counts[vocabulary, value] += count
    return dict(counts)


def count_tags(connection: Connection) -> dict[str, int]:
    """Tag → number of claims that have it."""
    counts: Counter[str] = Counter()
    tags = table_of(RECORD_ROWS["claim"]).c.tags
    for found, count in connection.execute(select(tags, func.count()).group_by(tags)):
        for tag in found:
            counts[tag] += count
    return dict(counts)


def _columns(vocabulary: str) -> Iterator[tuple[str, Column[str]]]:
    """The kinds of record and columns that a vocabulary is for; none for what stands inside a record."""
    owner, _, name = vocabulary.rpartition(".")
    for kind in (owner,) if owner else _ANNOTATIONS:
        if kind in RECORD_ROWS and name in (columns := table_of(RECORD_ROWS[kind]).c):
            yield kind, columns[name]

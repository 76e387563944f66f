"""What the database itself can find wrong: file, tables, links, change log, and whether log and tables agree."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, select, true

from annotator.errors import ProjectBusy, ProjectError
from annotator.model import SourceText
from annotator.text.wording import clause
from db import changelog
from db.errors import translated
from db.reading import load
from db.schema import RECORD_ROWS, table_of
from db.verifying import row_text
from db.verifying.log import State, check_log, digest, same_record
from db.verifying.row_text import Row
from db.verifying.shape import check_facts, check_shape

_PAGE = 500
_MOST = 20
_LONGEST = 300


def check_storage(connection: Connection, name: str) -> Iterator[str]:
    """One sentence for each problem in the project ``name``. Memory grows with the number of records, not their size.

    A record that cannot be read is a problem, and the check goes on behind it.
    """
    if connection.dialect.name == "sqlite":
        yield from _integrity(connection)
        yield from _foreign_keys(connection)
    yield from check_shape(connection)
    yield from check_facts(connection)
    state: State = {}
    yield from check_log(connection, state)
    yield from _tables(connection, state, name)


def _integrity(connection: Connection) -> Iterator[str]:
    for (answer,) in connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST})").all():
        if answer != "ok":
            yield f"The database file is damaged: {' '.join(str(answer).split())[:_LONGEST]}"


def _foreign_keys(connection: Connection) -> Iterator[str]:
    for table, row_id, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check").all()[:_MOST]:
        yield f"Row {row_id} of “{table}” refers to a row of “{parent}” that does not exist."


def _tables(connection: Connection, state: State, name: str) -> Iterator[str]:
    """Compare every stored record with ``state``, which is used up."""
    for kind in RECORD_ROWS:
        id_ = table_of(RECORD_ROWS[kind]).c.id
        after: ColumnElement[bool] = true()
        while ids := _ids(connection, select(id_).where(after).order_by(id_).limit(_PAGE)):
            for row in _rows(connection, kind, ids, and_(after, id_ <= ids[-1]), name):
                yield from _compare(connection, kind, row, state, name)
            after = id_ > ids[-1]
    for kind, id_of_missing in state:
        yield f"The {kind} {id_of_missing} is missing, although the change log has it."


def _ids(connection: Connection, query: Select[Any]) -> list[str]:
    """Those that are any: a damaged file may hold nothing where SQLite itself believes that there is something."""
    return [id_ for id_ in connection.scalars(query) if isinstance(id_, str)]


def _rows(
    connection: Connection, kind: str, ids: Sequence[str], condition: ColumnElement[bool], name: str
) -> Sequence[Row]:
    """The rows of these records; one by one when they cannot be read together."""
    try:
        with translated(name):
            return list(row_text.rows(connection, kind, condition))
    except ProjectBusy:
        raise
    except ProjectError:
        return [_row(connection, kind, id_, name) for id_ in ids]


def _row(connection: Connection, kind: str, id_: str, name: str) -> Row:
    try:
        with translated(name):
            return next(row_text.rows(connection, kind, table_of(RECORD_ROWS[kind]).c.id == id_))
    except ProjectBusy:
        raise
    except (ProjectError, StopIteration):
        return Row(id_, None, None)


def _compare(connection: Connection, kind: str, row: Row, state: State, name: str) -> Iterator[str]:
    logged = state.pop((kind, row.id), None)
    if logged is None:
        yield f"The {kind} {row.id} is stored, but the change log does not know it."
    elif row.text is None or (digest(row.text) != logged.digest and not _agrees(connection, kind, row.id, row.text)):
        yield from _why(connection, kind, row.id, name)
    elif row.revision is not None and row.revision != logged.revision:
        yield f"The {kind} {row.id} counts {row.revision} versions; by the change log it has had {logged.revision}."


def _agrees(connection: Connection, kind: str, id_: str, text: str) -> bool:
    """Whether the row is what the log says in the words of an older version, and written as this one would."""
    told = changelog.last_text(connection, kind, id_)
    return told is not None and same_record(kind, told, text) and changelog.rewritten(kind, told) == text


def _why(connection: Connection, kind: str, id_: str, name: str) -> Iterator[str]:
    """What is wrong with a row that is not what the log says."""
    try:
        with translated(name):
            found = load(connection, kind, table_of(RECORD_ROWS[kind]).c.id == id_)
    except ProjectBusy:
        raise
    except ProjectError as error:
        yield f"The {kind} {id_} cannot be read: {clause(error)}"
        return
    yield f"The {kind} {id_} differs from what the change log says."
    for record in found:
        if isinstance(record, SourceText) and _sha256(record.text) != record.text_sha256:
            yield f"The source text of the article {id_} does not match its SHA-256."


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

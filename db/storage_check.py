"""What the database itself can find wrong: file, links, change log, and whether log and tables agree."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterator, Sequence

from sqlalchemy import ColumnElement, Connection, and_, select, true

from annotator.errors import ProjectBusy, ProjectError
from annotator.model import Record, SourceText
from annotator.text.wording import clause
from db import changelog
from db.errors import translated
from db.reading import load
from db.schema import RECORD_ROWS, table_of

_PAGE = 500
_MOST = 20
_LONGEST = 300
Digests = dict[tuple[str, str], bytes]


def check_storage(connection: Connection, name: str) -> Iterator[str]:
    """One sentence for each problem in the project ``name``. Memory grows with the number of records, not their size.

    A record that cannot be read is a problem, and the check goes on behind it.
    """
    if connection.dialect.name == "sqlite":
        yield from _integrity(connection)
        yield from _foreign_keys(connection)
    state: Digests = {}
    yield from _log(connection, state)
    yield from _tables(connection, state, name)


def _integrity(connection: Connection) -> Iterator[str]:
    for (answer,) in connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST})").all():
        if answer != "ok":
            yield f"The database file is damaged: {' '.join(str(answer).split())[:_LONGEST]}"


def _foreign_keys(connection: Connection) -> Iterator[str]:
    for table, row_id, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check").all()[:_MOST]:
        yield f"Row {row_id} of “{table}” refers to a row of “{parent}” that does not exist."


def _log(connection: Connection, state: Digests) -> Iterator[str]:
    """Check the log's chain; leave in ``state`` the digest of every record as the log says it is now."""
    prev_hash, seq = changelog.FIRST_HASH, 0
    for entry in changelog.walk(connection):
        where = f"Change {entry.seq} (“{entry.title}”)"
        if entry.seq != seq + 1:
            yield f"The change log has a gap between {seq} and {entry.seq}."
        if entry.prev_hash != prev_hash:
            yield f"{where} does not follow the change before it: the hash chain is broken."
        if entry.expected_hash() != entry.hash:
            yield f"{where} was altered: its hash does not match."
        for change in entry.changes:
            yield from _replay(connection, where, entry.seq, change, state)
        prev_hash, seq = entry.hash, entry.seq


def _replay(
    connection: Connection, where: str, seq: int, change: changelog.StoredChange, state: Digests
) -> Iterator[str]:
    key = (change.kind, change.entity_id)
    before = None if change.before is None else _digest(change.before)
    if state.get(key) != before and not _means(connection, key, change.before, seq):
        yield f"{where} does not start from the state that the log left the {change.kind} {change.entity_id} in."
    if change.after is None:
        state.pop(key, None)
    else:
        state[key] = _digest(change.after)


def _tables(connection: Connection, state: Digests, name: str) -> Iterator[str]:
    """Compare every stored record with ``state``, which is used up."""
    for kind in RECORD_ROWS:
        id_ = table_of(RECORD_ROWS[kind]).c.id
        after: ColumnElement[bool] = true()
        while ids := connection.scalars(select(id_).where(after).order_by(id_).limit(_PAGE)).all():
            try:
                with translated(name):
                    found = load(connection, kind, and_(after, id_ <= ids[-1]))
            except ProjectBusy:
                raise
            except ProjectError:
                found = yield from _readable(connection, kind, ids, state, name)
            for record in found:
                yield from _compare(connection, kind, record, state)
            after = id_ > ids[-1]
    for kind, id_of_missing in state:
        yield f"The {kind} {id_of_missing} is missing, although the change log has it."


def _readable(
    connection: Connection, kind: str, ids: Sequence[str], state: Digests, name: str
) -> Generator[str, None, list[Record]]:
    """Those of the records that can be read, one by one; a sentence for each of the others."""
    found: list[Record] = []
    for id_ in ids:
        try:
            with translated(name):
                found += load(connection, kind, table_of(RECORD_ROWS[kind]).c.id == id_)
        except ProjectBusy:
            raise
        except ProjectError as error:
            state.pop((kind, id_), None)
            yield f"The {kind} {id_} cannot be read: {clause(error)}"
    return found


def _means(connection: Connection, key: tuple[str, str], text: str | None, before_seq: int | None = None) -> bool:
    """Whether the log's last record of that kind and id (before a changeset) is the one that ``text`` says.

    A version of the program that knew fewer fields wrote other words for the same record.
    """
    last = changelog.last_text(connection, *key, before_seq)
    if text is None or last is None:
        return False
    try:
        return changelog.record_of(key[0], text) == changelog.record_of(key[0], last)
    except ProjectError:
        return False


def _compare(connection: Connection, kind: str, record: Record, state: Digests) -> Iterator[str]:
    logged = state.pop((kind, record.id), None)
    stored = changelog.record_json(record)
    if logged is None:
        yield f"The {kind} {record.id} is stored, but the change log does not know it."
    elif logged != _digest(stored) and not _means(connection, (kind, record.id), stored):
        yield f"The {kind} {record.id} differs from what the change log says."
    if isinstance(record, SourceText) and _sha256(record.text) != record.text_sha256:
        yield f"The source text of the article {record.id} does not match its SHA-256."


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

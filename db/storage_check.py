"""What the database itself can find wrong: file, links, change log, and whether log and tables agree."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sqlalchemy import Connection, and_, select

from annotator.model import SourceText
from db import changelog
from db.reading import load
from db.schema import RECORD_ROWS, table_of

_PAGE = 500
_MOST = 20
Digests = dict[tuple[str, str], bytes]


def check_storage(connection: Connection) -> Iterator[str]:
    """One sentence for each problem. Memory grows with the number of records, not with their size."""
    if connection.dialect.name == "sqlite":
        yield from _integrity(connection)
        yield from _foreign_keys(connection)
    state: Digests = {}
    yield from _log(connection, state)
    yield from _tables(connection, state)


def _integrity(connection: Connection) -> Iterator[str]:
    for (answer,) in connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST})").all():
        if answer != "ok":
            yield f"The database file is damaged: {answer}"


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
            yield from _replay(where, change, state)
        prev_hash, seq = entry.hash, entry.seq


def _replay(where: str, change: changelog.StoredChange, state: Digests) -> Iterator[str]:
    key = (change.kind, change.entity_id)
    before = None if change.before is None else _digest(change.before)
    if state.get(key) != before:
        yield f"{where} does not start from the state that the log left the {change.kind} {change.entity_id} in."
    if change.after is None:
        state.pop(key, None)
    else:
        state[key] = _digest(change.after)


def _tables(connection: Connection, state: Digests) -> Iterator[str]:
    """Compare every stored record with ``state``, which is used up."""
    for kind in RECORD_ROWS:
        id_ = table_of(RECORD_ROWS[kind]).c.id
        last = ""
        while ids := connection.scalars(select(id_).where(id_ > last).order_by(id_).limit(_PAGE)).all():
            for record in load(connection, kind, and_(id_ > last, id_ <= ids[-1])):
                logged = state.pop((kind, record.id), None)
                if logged is None:
                    yield f"The {kind} {record.id} is stored, but the change log does not know it."
                elif logged != _digest(changelog.record_json(record)):
                    yield f"The {kind} {record.id} differs from what the change log says."
                if isinstance(record, SourceText) and _sha256(record.text) != record.text_sha256:
                    yield f"The source text of the article {record.id} does not match its SHA-256."
            last = ids[-1]
    for kind, id_of_missing in state:
        yield f"The {kind} {id_of_missing} is missing, although the change log has it."


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

"""The change log by itself: no gaps, an unbroken chain, and every change begins where the one before it left off."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection, func, or_, select

from annotator.errors import ProjectError
from db import changelog
from db.changelog import StoredChange

_MOST = 20


class Logged(NamedTuple):
    """What the log says of a record now."""

    digest: bytes
    """Of its canonical JSON."""
    revision: int
    """How many versions its row has had since it was created."""


State = dict[tuple[str, str], Logged]


def check_log(connection: Connection, state: State) -> Iterator[str]:
    """One sentence for each problem. Leaves in ``state`` every record as the log says it is now."""
    if connection.scalar(select(func.min(changelog.CHANGESET.c.seq)).where(changelog.CHANGESET.c.seq < 1)) is not None:
        yield "The change log holds something before its first change."
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
            yield from _replay(connection, entry.seq, where, change, state)
        prev_hash, seq = entry.hash, entry.seq
    yield from _order(connection)


def _replay(connection: Connection, seq: int, where: str, change: StoredChange, state: State) -> Iterator[str]:
    key = (change.kind, change.entity_id)
    before, known = change.before, state.get(key)
    if (known.digest if known else None) != (digest(before) if before is not None else None):
        told = changelog.last_text(connection, *key, seq) if known and before is not None else None
        if told is None or before is None or not same_record(change.kind, told, before):
            yield f"{where} does not start from the state that the log left the {change.kind} {change.entity_id} in."
    try:
        if article_id_of(change) != change.article_id:
            yield f"{where} names another article for the {change.kind} {change.entity_id} than the record does."
        if change.after is None:
            state.pop(key, None)
        else:
            versions = known.revision if known and before is not None else 0
            state[key] = Logged(digest(change.after), versions + _rewrites(change))
    except (ValueError, TypeError, AttributeError, RecursionError):
        yield f"{where} holds a {change.kind} that cannot be read."


def article_id_of(change: StoredChange) -> object:
    """The article that the record belongs to, as the record itself says; the hash does not hold what the row says."""
    if change.kind in {"article", "source_text"}:
        return change.entity_id
    return json.loads(change.after or change.before or "{}").get("article_id")


def _rewrites(change: StoredChange) -> bool:
    """Whether the change wrote the record's own row: a claim's chain is rows of another table."""
    if change.kind != "claim" or change.before is None or change.after is None:
        return change.before != change.after
    before, after = json.loads(change.before), json.loads(change.after)
    return bool({**before, "chain": None} != {**after, "chain": None})


def _order(connection: Connection) -> Iterator[str]:
    """Places inside a changeset count from 0 without gaps; the hash knows the order only."""
    seq, ordinal = changelog.CHANGE.c.changeset_seq, changelog.CHANGE.c.ordinal
    broken = or_(func.min(ordinal) != 0, func.max(ordinal) != func.count() - 1)
    for number in connection.scalars(select(seq).group_by(seq).having(broken).order_by(seq).limit(_MOST)):
        yield f"Change {number} does not number what it changed from 0 on."


def same_record(kind: str, text: str, other: str) -> bool:
    """Whether two texts are one record: an older version of the program wrote fewer fields."""
    try:
        return changelog.record_of(kind, text) == changelog.record_of(kind, other)
    except ProjectError:
        return False


def digest(text: str) -> bytes:
    """What is kept of a record's text."""
    return hashlib.sha256(text.encode()).digest()

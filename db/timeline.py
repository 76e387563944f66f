"""The change log as people read it: what happened lately, and what became of one record."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection, func, select

from annotator.history import TimelineEntry, Version
from db.changelog import CHANGE, CHANGESET, StoredChange


def timeline(
    connection: Connection, before: int | None, limit: int, article_id: str | None, actor: str | None
) -> list[TimelineEntry]:
    """The newest changesets below ``before``, the newest first; see :class:`annotator.ports.Project`."""
    columns = CHANGESET.c
    query = select(columns.seq, columns.id, columns.title, columns.action, columns.actor, columns.time)
    if before is not None:
        query = query.where(columns.seq < before)
    if article_id is not None:
        query = query.where(columns.seq.in_(select(CHANGE.c.changeset_seq).where(CHANGE.c.article_id == article_id)))
    if actor is not None:
        query = query.where(columns.actor == actor)
    heads = connection.execute(query.order_by(columns.seq.desc()).limit(limit)).all()
    counts: dict[int, list[tuple[str, int]]] = defaultdict(list)
    counted = (
        select(CHANGE.c.changeset_seq, CHANGE.c.kind, func.count())
        .where(CHANGE.c.changeset_seq.in_([head.seq for head in heads]))
        .group_by(CHANGE.c.changeset_seq, CHANGE.c.kind)
        .order_by(CHANGE.c.changeset_seq, CHANGE.c.kind)
    )
    for seq, kind, count in connection.execute(counted):
        counts[seq].append((kind, count))
    return [TimelineEntry(*head, records=tuple(counts[head.seq])) for head in heads]


def actors(connection: Connection) -> list[str]:
    """Who made changesets, by name."""
    return list(connection.scalars(select(CHANGESET.c.actor).distinct().order_by(CHANGESET.c.actor)))


def versions(connection: Connection, kind: str, id_: str) -> list[Version]:
    """Every change of one record, the oldest first. Raises ``ProjectError`` when the log is damaged."""
    heads = CHANGESET.c
    query = (
        select(
            *(heads.seq, heads.id, heads.title, heads.action, heads.actor, heads.time),
            *(CHANGE.c.kind, CHANGE.c.entity_id, CHANGE.c.article_id, CHANGE.c.before, CHANGE.c.after),
        )
        .join_from(CHANGE, CHANGESET, CHANGE.c.changeset_seq == heads.seq)
        .where(CHANGE.c.kind == kind, CHANGE.c.entity_id == id_)
        .order_by(heads.seq)
    )
    found = []
    for row in connection.execute(query):
        change = StoredChange(*row[6:]).change()
        found.append(Version(*row[:6], change.before, change.after))
    return found

"""The change log: every changeset, chained by hashes so that a later alteration shows.

``hash`` is the SHA-256 of ``prev_hash`` followed by the canonical JSON of
``{id, title, action, target_id, actor, time, changes: [{kind, id, before, after}]}``; the first ``prev_hash``
is 64 zeros.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, repeat
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Integer, Row, Select, Table, func, insert, select

from annotator.codec import canonical_json, decode, text_of, texts_of
from annotator.edits import MANY, Change, Changeset, Edit, LogHead
from annotator.model import Record
from annotator.packed import Packed
from annotator.ports import Extent, News, Touched
from db.bulk import Insert
from db.errors import damaged
from db.schema import ChangeRow, ChangesetRow, table_of

FIRST_HASH = "0" * 64
CHANGESET = table_of(ChangesetRow)
CHANGE = table_of(ChangeRow)
_PAGE = 50
_AT_ONCE = 2_000
_CHANGES = "changes"
_CHANGE_COLUMNS = ("changeset_seq", "ordinal", "kind", "entity_id", "article_id", "before", "after")


class StoredChange(NamedTuple):
    """A row of the log: ``before`` and ``after`` are canonical JSON text or None."""

    kind: str
    entity_id: str
    article_id: str | None
    before: str | None
    after: str | None

    @staticmethod
    def of(change: Change) -> StoredChange:
        return StoredChange(change.kind, change.id, change.article_id, _text(change.before), _text(change.after))

    def inverted(self) -> StoredChange:
        """The change that takes this one back."""
        return self._replace(before=self.after, after=self.before)

    def change(self) -> Change:
        """The change with its records. Raises :class:`ProjectError` when the log is damaged."""
        return Change(self._record("before", self.before), self._record("after", self.after))

    def _record(self, name: str, text: str | None) -> Record | None:
        return None if text is None else record_of(self.kind, text, name)


@dataclass(frozen=True, slots=True)
class StoredChangeset:
    """A changeset's row with its changes as stored."""

    seq: int
    id: str
    title: str
    action: str
    target_id: str | None
    actor: str
    time: str
    prev_hash: str
    hash: str
    changes: Iterable[StoredChange]
    """Of many they are read each time that they are asked for, while the connection is open."""

    def expected_hash(self) -> str:
        """The hash that the row's content should have."""
        return chain_hash(self.prev_hash, self.facts(), self.changes)

    def facts(self) -> dict[str, str | None]:
        return _facts(self.id, self.title, self.action, self.target_id, self.actor, self.time)

    def changeset(self) -> Changeset:
        """The changeset with its records."""
        edit = Edit(self.title, tuple(change.change() for change in self.changes))
        return Changeset(edit, self.actor, self.id, self.time, self.action, self.target_id)


def chain_hash(prev_hash: str, facts: dict[str, str | None], changes: Iterable[StoredChange]) -> str:
    """The hash of a changeset. The stored texts are canonical already and are put in as they are, one by one."""
    chain = _Chain(prev_hash, facts)
    for change in changes:
        chain.add([_change_json(change)])
    return chain.end(facts)


class _Chain:
    """The hash of a changeset whose changes come some at a time. What is told after them is needed at the end only."""

    def __init__(self, prev_hash: str, facts: Mapping[str, str | None]) -> None:
        self._digest = hashlib.sha256(prev_hash.encode())
        self._any = False
        self._tell("{", [name for name in sorted(facts) if name < _CHANGES], facts)
        self._digest.update(f',"{_CHANGES}":['.encode())

    def add(self, changes: Sequence[str]) -> None:
        """The canonical JSON of the next changes."""
        if changes:
            self._digest.update(f"{',' if self._any else ''}{','.join(changes)}".encode())
            self._any = True

    def end(self, facts: Mapping[str, str | None]) -> str:
        self._digest.update(b"]")
        self._tell(",", [name for name in sorted(facts) if name > _CHANGES], facts)
        self._digest.update(b"}")
        return self._digest.hexdigest()

    def _tell(self, before: str, names: Sequence[str], facts: Mapping[str, str | None]) -> None:
        told = (f'"{name}":{canonical_json(facts[name])}' for name in names)
        self._digest.update(f"{before}{','.join(told)}".encode())


class Writer:
    """Writes a changeset at the end of the log, its changes some at a time. The caller holds the write lock."""

    def __init__(self, connection: Connection, changeset: Changeset) -> None:
        """``changeset`` says who and when; its edit may still be empty and without a title."""
        self._connection = connection
        last = head(connection)
        self._seq, self._prev_hash, self._ordinal = last.seq + 1, last.hash, 0
        self._facts = _facts(
            changeset.id, changeset.edit.title, changeset.action, changeset.target_id, changeset.actor, changeset.time
        )
        self._chain = _Chain(last.hash, self._facts)
        self._insert = Insert(connection, CHANGE, _CHANGE_COLUMNS)

    def write(self, changes: Sequence[StoredChange]) -> None:
        """The next changes."""
        for start in range(0, len(changes), _AT_ONCE):
            some = changes[start : start + _AT_ONCE]
            self._insert([(self._seq, ordinal, *change) for ordinal, change in enumerate(some, self._ordinal)])
            self._ordinal += len(some)
            self._chain.add([_change_json(change) for change in some])

    def create(self, records: Sequence[Packed]) -> None:
        """The next changes, of new records: what :meth:`write` does, for hundreds of thousands."""
        rows: list[tuple[Any, ...]] = []
        texts: list[str] = []
        for kind, ids, article_ids, after, *_ in records:
            ordinals = range(self._ordinal + len(rows), self._ordinal + len(rows) + len(ids))
            rows += zip(repeat(self._seq), ordinals, repeat(kind), ids, article_ids, repeat(None), after, strict=False)
            texts += [
                f'{{"after":{text},"before":null,"id":{id_},"kind":"{kind}"}}'
                for text, id_ in zip(after, texts_of(ids), strict=True)
            ]
        self._insert(rows)
        self._ordinal += len(rows)
        self._chain.add(texts)

    def finish(self, title: str) -> None:
        """The changeset itself, after its changes."""
        self._facts["title"] = title
        hash_ = self._chain.end(self._facts)
        row = {"seq": self._seq, **self._facts, "prev_hash": self._prev_hash, "hash": hash_}
        self._connection.execute(insert(CHANGESET), row)


def head(connection: Connection) -> LogHead:
    """The end of the log."""
    columns = CHANGESET.c
    query = select(columns.seq, columns.hash, columns.time).order_by(columns.seq.desc()).limit(1)
    last = connection.execute(query).one_or_none()
    return LogHead(last.seq, last.hash, last.time) if last else LogHead(0, FIRST_HASH)


def news(connection: Connection, after: int, own: Collection[str], most: int) -> News:
    """What was committed after that ``seq``, see :class:`annotator.ports.Project`."""
    heads = connection.execute(select(CHANGESET.c.seq, CHANGESET.c.id).where(CHANGESET.c.seq > after)).all()
    others = sorted(head.seq for head in heads if head.id not in own)
    last = max((head.seq for head in heads), default=after)
    if not others:
        return News(last, ())
    between = CHANGE.c.changeset_seq.between(others[0], others[-1])
    counts = select(CHANGE.c.changeset_seq, func.count()).where(between).group_by(CHANGE.c.changeset_seq)
    sizes = {row[0]: row[1] for row in connection.execute(counts)}
    if sum(sizes.get(seq, 0) for seq in others) > most:
        return News(last, None)
    return News(last, tuple(page(connection, seq - 1, 1)[0].changeset() for seq in others))


def find(connection: Connection, id_: str) -> StoredChangeset | None:
    """The changeset with that id."""
    seq = connection.scalar(select(CHANGESET.c.seq).where(CHANGESET.c.id == id_))
    return None if seq is None else next(iter(page(connection, seq - 1, 1)), None)


def page(connection: Connection, after_seq: int, size: int = _PAGE) -> list[StoredChangeset]:
    """The next changesets after ``after_seq``, at most ``size``, in order."""
    columns = CHANGESET.c
    heads = connection.execute(select(CHANGESET).where(columns.seq > after_seq).order_by(columns.seq).limit(size)).all()
    if not heads:
        return []
    sizes = select(CHANGE.c.changeset_seq, func.count()).group_by(CHANGE.c.changeset_seq)
    there = CHANGE.c.changeset_seq.between(heads[0].seq, heads[-1].seq)
    large = [seq for seq, count in connection.execute(sizes.where(there)) if count > MANY]
    query = select(CHANGE).where(there, CHANGE.c.changeset_seq.not_in(large))
    rows = connection.execute(query.order_by(CHANGE.c.changeset_seq, CHANGE.c.ordinal))
    changes: dict[int, Iterable[StoredChange]] = {
        seq: tuple(map(_stored, map(_typed_change, some)))
        for seq, some in groupby(rows, key=lambda row: row.changeset_seq)
    }
    changes |= {seq: _LargeChanges(connection, seq) for seq in large}
    return [StoredChangeset(**_typed(CHANGESET, head)._mapping, changes=changes.get(head.seq, ())) for head in heads]


@dataclass(frozen=True, slots=True)
class _LargeChanges:
    """The changes of a changeset, read some at a time whenever they are asked for."""

    connection: Connection
    seq: int

    def __iter__(self) -> Iterator[StoredChange]:
        ordinal = CHANGE.c.ordinal
        query = select(CHANGE).where(CHANGE.c.changeset_seq == self.seq).order_by(ordinal).limit(_AT_ONCE)
        for some in _pieces(self.connection, query, lambda at: ordinal > at):
            yield from some


def _stored(row: Row[Any]) -> StoredChange:
    return StoredChange(row.kind, row.entity_id, row.article_id, row.before, row.after)


def _typed_change(row: Row[Any]) -> Row[Any]:
    return _typed(CHANGE, row)


def _typed(table: Table, row: Row[Any]) -> Row[Any]:
    """The row, which SQLite would also give with values of another type. Raises :class:`ProjectError`."""
    for column, value in zip(table.c, row, strict=True):
        kind = int if isinstance(column.type, Integer) else str
        if not isinstance(value, kind) and not (value is None and column.nullable):
            raise damaged(f"{table.name}.{column.name}")
    return row


def extent(connection: Connection, id_: str) -> Extent | None:
    """See :meth:`annotator.ports.Project.extent`; None: there is no such changeset."""
    seq = connection.scalar(select(CHANGESET.c.seq).where(CHANGESET.c.id == id_))
    if seq is None:
        return None
    columns = CHANGE.c
    query = select(
        func.count(),
        func.count().filter(columns.before.is_not(None), columns.kind != "scheme"),
        func.count().filter(columns.kind == "article"),
        func.count(columns.article_id.distinct()),
    )
    changes, old, new, articles = connection.execute(query.where(columns.changeset_seq == seq)).one()
    return Extent(changes, whole_articles=not old and new == articles)


def pieces(connection: Connection, id_: str, *, backwards: bool) -> Iterator[list[StoredChange]]:
    """The changes of a changeset, some at a time, as they are in the log.

    ``backwards``: from the last one on. Else source texts come first, since what is made again is checked by them.
    """
    columns = CHANGE.c
    seq = connection.scalar(select(CHANGESET.c.seq).where(CHANGESET.c.id == id_))
    query = select(CHANGE).where(columns.changeset_seq == seq).limit(_AT_ONCE)
    if backwards:
        backward = query.order_by(columns.ordinal.desc())
        yield from _pieces(connection, backward, lambda at: columns.ordinal < at)
    else:
        texts = columns.kind == "source_text"
        for part in (texts, ~texts):
            forward = query.where(part).order_by(columns.ordinal)
            yield from _pieces(connection, forward, lambda at: columns.ordinal > at)


def _pieces(
    connection: Connection, query: Select[Any], beyond: Callable[[int], ColumnElement[bool]]
) -> Iterator[list[StoredChange]]:
    found = [_typed_change(row) for row in connection.execute(query)]
    while found:
        yield list(map(_stored, found))
        found = [_typed_change(row) for row in connection.execute(query.where(beyond(found[-1].ordinal)))]


def walk(connection: Connection) -> Iterator[StoredChangeset]:
    """The whole log in order, a page in memory at a time, and of each changeset no more than some changes."""
    seq = 0
    while found := page(connection, seq):
        yield from found
        seq = found[-1].seq


def last_text(connection: Connection, kind: str, id_: str, before_seq: int | None = None) -> str | None:
    """How the log left a record (before that changeset), as text; None where it was deleted or never was."""
    query = select(CHANGE.c.after).where(CHANGE.c.entity_id == id_, CHANGE.c.kind == kind)
    if before_seq is not None:
        query = query.where(CHANGE.c.changeset_seq < before_seq)
    return connection.scalar(query.order_by(CHANGE.c.changeset_seq.desc(), CHANGE.c.ordinal.desc()).limit(1))


def record_of(kind: str, text: str, column: str = "after") -> Record:
    """The record that a text of the log says. Raises :class:`ProjectError` when the log is damaged."""
    try:
        return decode(kind, json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise damaged(f"change.{column}") from error


def rewritten(kind: str, text: str) -> str:
    """The text that this version writes of a record that an older one may have written."""
    return record_json(record_of(kind, text))


def touched_since(connection: Connection, seq: int) -> set[Touched]:
    """The records that changesets after ``seq`` touched."""
    columns = CHANGE.c
    query = select(columns.kind, columns.entity_id, columns.article_id).where(columns.changeset_seq > seq).distinct()
    return {Touched(*row) for row in connection.execute(query)}


def hash_at(connection: Connection, seq: int) -> str | None:
    """The hash of one changeset; None when there is no such one."""
    if seq == 0:
        return FIRST_HASH
    return connection.scalar(select(CHANGESET.c.hash).where(CHANGESET.c.seq == seq))


def record_json(record: object) -> str:
    """The canonical JSON text of a record, as the log holds it."""
    return text_of(record)


def _text(record: object | None) -> str | None:
    return None if record is None else record_json(record)


def _facts(id_: str, title: str, action: str, target_id: str | None, actor: str, time: str) -> dict[str, str | None]:
    return {"id": id_, "title": title, "action": action, "target_id": target_id, "actor": actor, "time": time}


def _change_json(change: StoredChange) -> str:
    return (
        f'{{"after":{change.after or "null"},"before":{change.before or "null"},'
        f'"id":{text_of(change.entity_id)},"kind":{text_of(change.kind)}}}'
    )

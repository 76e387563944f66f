"""A changeset of thousands of new records: written some at a time, so that they are never in memory together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import chain

from sqlalchemy import Connection, delete
from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, ProgrammingError

from annotator.codec import texts_of
from annotator.edits import Change, Changeset, Edit
from annotator.errors import StaleEdit
from annotator.packed import HOP_COLUMNS, Packed, Row, columns_of, pack
from db.bulk import Insert
from db.changelog import StoredChange, Writer, rewritten
from db.reading import load
from db.schema import RECORD_ROWS, AttributionRow, table_of

_AT_ONCE = 2_000
"""Records of an edit whose rows are made and written at a time."""
_NAMED = 500
"""Ids that one question names."""
_HOPS = table_of(AttributionRow)
_REFUSED = (DataError, IntegrityError, InterfaceError, ProgrammingError, OverflowError, UnicodeEncodeError)
"""How a database says that it takes no such value, and not that it is out of order itself."""


class Creating:
    """Writes the rows of new records into their tables."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._inserts: dict[str, Insert] = {}
        self._hops = Insert(connection, table_of(AttributionRow), ("claim_id", "ordinal", *HOP_COLUMNS))

    def __call__(self, records: Sequence[Packed]) -> None:
        """Write them, a few statements for each table."""
        rows: dict[str, list[Row]] = defaultdict(list)
        hops: list[Row] = []
        for packed in records:
            rows[packed.kind] += packed.rows
            hops += packed.hops
        for kind, some in rows.items():
            self._into(kind)(some)
        self._hops(hops)

    def _into(self, kind: str) -> Insert:
        if kind not in self._inserts:
            table = table_of(RECORD_ROWS[kind])
            first = {"revision": 1} if "revision" in table.c else {}
            self._inserts[kind] = Insert(self._connection, table, columns_of(kind), first)
        return self._inserts[kind]


def _is_same(kind: str, logged: str, stored: str | None) -> bool:
    """Whether a record is stored as the log says, which an older version of this program may have written."""
    return stored is not None and (logged == stored or rewritten(kind, logged) == stored)


def _logged(change: Change, texts: Iterator[str]) -> StoredChange:
    """As the change log has it; the next of ``texts`` is what it says of a new record."""
    if change.before is None and change.after is not None:
        return StoredChange(change.kind, change.id, change.article_id, None, next(texts))
    return StoredChange.of(change)


class SqlGrowing:
    """Implements :class:`annotator.ports.Growing`.

    ``prepare`` checks an edit and writes all of it but new records; ``translated`` is the context of every statement.
    """

    def __init__(
        self,
        connection: Connection,
        changeset: Changeset,
        prepare: Callable[[Edit], None],
        translated: Callable[[], AbstractContextManager[None]],
        *,
        careful: bool = False,
    ) -> None:
        self._connection = connection
        self._prepare = prepare
        self._translated = translated
        self._careful = careful
        self._title = changeset.edit.title
        self._create = Creating(connection)
        self._log = Writer(connection, changeset)

    def create(self, records: Sequence[Packed]) -> bool:
        with self._translated():
            try:
                # A savepoint has SQLite copy each page before its first change, thousands for some articles.
                with self._connection.begin_nested() if self._careful else nullcontext():
                    self._create(records)
            except _REFUSED:
                return False
            self._log.create(records)
            return True

    def change(self, edit: Edit) -> None:
        with self._translated():
            self._prepare(edit)
            for start in range(0, len(edit.changes), _AT_ONCE):
                some = edit.changes[start : start + _AT_ONCE]
                packed = pack(each.after for each in some if each.before is None and each.after is not None)
                self._create(packed)
                texts = chain.from_iterable(new.texts for new in packed)
                self._log.write([_logged(each, texts) for each in some])

    def replay(self, changes: Sequence[StoredChange]) -> None:
        """Write changes that the log has, the other way round or once more. Raises like :meth:`change`."""
        deleted = [change for change in changes if change.after is None]
        others = [change for change in changes if change.after is not None]
        with self._translated():
            self._delete(deleted)
            self._log.write(deleted)
        if others:
            self.change(Edit(self._title, tuple(change.change() for change in others)))

    def _delete(self, changes: Sequence[StoredChange]) -> None:
        """Delete records that are as the log says. Raises ``StaleEdit``: one is not."""
        logged: dict[str, dict[str, str]] = defaultdict(dict)
        for change in changes:
            logged[change.kind][change.entity_id] = change.before or ""
        for kind, texts in logged.items():
            columns = table_of(RECORD_ROWS[kind]).c
            for start in range(0, len(texts), _NAMED):
                ids = list(texts)[start : start + _NAMED]
                stored = load(self._connection, kind, columns.id.in_(ids))
                found = dict(zip((record.id for record in stored), texts_of(stored), strict=True))
                if any(not _is_same(kind, texts[id_], found.get(id_)) for id_ in ids):
                    raise StaleEdit(f"“{self._title}” no longer fits: the {kind} has changed since.")
                if kind == "claim":
                    self._connection.execute(delete(_HOPS).where(_HOPS.c.claim_id.in_(ids)))
                self._connection.execute(delete(columns.id.table).where(columns.id.in_(ids)))

    def finish(self, title: str) -> None:
        with self._translated():
            self._log.finish(title)

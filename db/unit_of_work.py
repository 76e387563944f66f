"""One transaction: records go through ORM objects, the change log is written beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from annotator.edits import Change, Changeset, Edit
from annotator.errors import InvalidEdit, StaleEdit
from annotator.model import SourceText
from annotator.rules import check_edit
from db.changelog import pieces
from db.engine import WRITE
from db.errors import is_broken_link, translated
from db.growing import SqlGrowing
from db.mapping import record_of_row, update_row
from db.schema import RECORD_ROWS, Base, ChangesetRow, SourceTextRow, table_of

_CHUNK = 500
"""Ids that one question names."""
Rows = dict[tuple[str, str], Base]
T = TypeVar("T")


class SqlUnitOfWork:
    """Implements :class:`annotator.ports.UnitOfWork`."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._session = Session(engine.execution_options(**{WRITE: True}), autoflush=False, expire_on_commit=False)
        self._name = name
        self._title = ""
        self._takes_back = False
        self._texts: dict[str, str] = {}

    def __enter__(self) -> Self:
        with translated(self._name):
            self._session.connection()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with translated(self._name):
            self._session.close()

    def apply(self, changeset: Changeset) -> None:
        with self._translated():
            if self._is_logged(changeset.id):
                return
        growing = self.grow(changeset)
        growing.change(changeset.edit)
        growing.finish(changeset.edit.title)

    def replay(self, changeset: Changeset) -> None:
        with self._translated():
            if changeset.target_id is None or self._is_logged(changeset.id):
                return
        growing = self.grow(changeset)
        with self._translated():
            back = self._takes_back = changeset.action == "undo"
            for some in pieces(self._session.connection(), changeset.target_id, backwards=back):
                growing.replay([each.inverted() for each in some] if back else some)
                self._texts.clear()  # else those of all articles were held to the end
        growing.finish(changeset.edit.title)

    def grow(self, changeset: Changeset, *, careful: bool = False) -> SqlGrowing:
        self._title = changeset.edit.title
        with self._translated():
            return SqlGrowing(self._session.connection(), changeset, self._prepare, self._translated, careful=careful)

    def commit(self) -> None:
        with self._translated():
            self._session.commit()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            with translated(self._name):
                yield
        except StaleDataError as error:
            raise self._stale("a record") from error
        except IntegrityError as error:
            if not is_broken_link(error):
                raise
            if self._takes_back:
                raise InvalidEdit(f"“{self._title}” can't be undone: something added since refers to it.") from error
            raise InvalidEdit(f"“{self._title}” refers to something that is not in the project.") from error
        except UnicodeEncodeError as error:
            raise InvalidEdit(f"“{self._title}” holds a character that cannot be stored (half of a pair).") from error

    def _prepare(self, edit: Edit) -> None:
        """Check an edit, and write what it changes and deletes."""
        rows = self._rows(edit.changes)
        self._check_before(edit.changes, rows)
        self._check_records(edit)
        self._update(edit.changes, rows)

    def _stale(self, what: str) -> StaleEdit:
        return StaleEdit(f"“{self._title}” no longer fits: {what} has changed since.")

    def _is_logged(self, changeset_id: str) -> bool:
        table = table_of(ChangesetRow)
        return self._session.scalar(select(table.c.seq).where(table.c.id == changeset_id)) is not None

    def _rows(self, changes: Sequence[Change]) -> Rows:
        """The stored rows of all changed records, with one statement for each kind and 500 records.

        Of those to be created, thousands in an import, only whether there is one.
        """
        wanted: dict[str, list[str]] = defaultdict(list)
        created: dict[str, list[str]] = defaultdict(list)
        for change in changes:
            (wanted if change.before is not None else created)[change.kind].append(change.id)
        rows: Rows = {}
        for kind in {**wanted, **created}:
            if len({*wanted[kind], *created[kind]}) < len(wanted[kind]) + len(created[kind]):
                raise InvalidEdit(f"“{self._title}” changes the same {kind} twice.")
            row_type: Any = RECORD_ROWS[kind]
            for ids in _chunks(created[kind]):
                there = select(table_of(row_type).c.id).where(table_of(row_type).c.id.in_(ids)).limit(1)
                if self._session.scalar(there) is not None:
                    raise self._stale(f"the {kind}")
            for ids in _chunks(wanted[kind]):
                query = select(row_type).where(row_type.id.in_(ids))
                rows.update({(kind, row.id): row for row in self._session.scalars(query)})
        return rows

    def _check_before(self, changes: Sequence[Change], rows: Rows) -> None:
        for change in changes:
            row = rows.get((change.kind, change.id))
            stored = None if row is None else record_of_row(change.kind, row)
            if stored != change.before:
                raise self._stale(f"the {change.kind}")
            if isinstance(change.before, SourceText) and isinstance(change.after, SourceText):
                raise InvalidEdit(f"“{self._title}” would change a source text, which is frozen at import.")

    def _check_records(self, edit: Edit) -> None:
        written = [change for change in edit.changes if change.after is not None]
        brought = {change.after.id: change.after.text for change in written if isinstance(change.after, SourceText)}
        self._texts.update(brought)
        check_edit(edit, {id_: self._text(id_) for change in written if (id_ := change.article_id) is not None})

    def _text(self, article_id: str) -> str:
        """The source text, read once in this unit of work."""
        if article_id not in self._texts:
            text = self._session.scalar(select(SourceTextRow.text).where(SourceTextRow.id == article_id))
            if text is None:
                raise InvalidEdit(f"“{self._title}” belongs to an article that is not in the project.")
            self._texts[article_id] = text
        return self._texts[article_id]

    def _update(self, changes: Sequence[Change], rows: Rows) -> None:
        for change in changes:
            row = rows.get((change.kind, change.id))
            if row is None:
                continue
            if change.after is None:
                self._session.delete(row)
                if change.kind == "source_text":
                    self._texts.pop(change.id, None)
            else:
                update_row(change.kind, row, change.after)
        self._session.flush()


def _chunks(items: Sequence[T], size: int = _CHUNK) -> Iterator[Sequence[T]]:
    """The items in order, so many at a time."""
    return (items[start : start + size] for start in range(0, len(items), size))

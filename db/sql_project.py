"""An open project: reads in short transactions, writes through a unit of work."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from sqlalchemy import Connection, Engine, event, func, select
from sqlalchemy.pool import ConnectionPoolEntry

from annotator.edits import Changeset, LogHead
from annotator.errors import ProjectBusy, ProjectError, ProjectReplaced
from annotator.history import HistoryEntry, TimelineEntry, Version
from annotator.model import ArticleSummary, Document, Record, SourceText, Speaker
from annotator.ports import Extent, News, Touched, WorkTime
from db import changelog, elsewhere, reading, timeline, values, work_time
from db.copies.backup import FileBackups
from db.errors import damaged, translated
from db.files import identity_of
from db.lock import ProjectLock
from db.unit_of_work import SqlUnitOfWork
from db.verifying.storage import check_storage
from db.watch import FileWatch, ServerWatch

_FIRST, _MOST = 10, 100
"""How many articles are read at once, to begin with and at most."""
_WEIGHT = 2_000
"""How many annotations, or pieces of text of 500 characters, they are to have together."""
_TEXTS = 200
"""How many texts are read at once."""


class SqlProject:
    """Implements :class:`annotator.ports.Project`. Used from one thread at a time.

    ``obstacle`` is the error that :meth:`begin` raises in a read-only project.
    """

    def __init__(
        self,
        engine: Engine,
        location: str,
        name: str,
        lock: ProjectLock | None = None,
        obstacle: ProjectError | None = None,
        notice: str | None = None,
        backups: FileBackups | None = None,
    ) -> None:
        self._engine = engine
        self._location = location
        self._name = name
        self._lock = lock
        self._obstacle = obstacle
        self._notice = notice
        self._backups = backups
        self._file = None if self.shared else identity_of(Path(location))

    @property
    def name(self) -> str:
        return self._name

    @property
    def location(self) -> str:
        return self._location

    @property
    def read_only(self) -> bool:
        return self._obstacle is not None

    @property
    def notice(self) -> str | None:
        """One sentence on why it was opened read-only although writing was wanted, or on where it lies; else None."""
        return self._notice

    @property
    def backups(self) -> FileBackups | None:
        return self._backups

    @property
    def shared(self) -> bool:
        return self._engine.dialect.name != "sqlite"

    def copy_to(self, target: str, waiting: Sequence[Changeset] = ()) -> None:
        if self.shared:
            elsewhere.copy_tables(self._engine, self._name, Path(target), waiting)
        else:
            elsewhere.copy_file(Path(self._location), Path(target), waiting)

    def watch(self) -> ServerWatch | FileWatch | None:
        if self.shared:
            return ServerWatch(self._engine)
        return FileWatch(Path(self._location)) if self.read_only else None

    def news(self, after: int, own: Collection[str], most: int) -> News:
        if self._file is not None and identity_of(Path(self._location)) not in (None, self._file):
            raise ProjectReplaced(f"“{Path(self._location).name}” was restored or replaced by another window.")
        with self._reading() as connection:
            return changelog.news(connection, after, own, most)

    def begin(self) -> SqlUnitOfWork:
        """A new transaction, to be used in a ``with`` block.

        Raises:
            ProjectReadOnly, ProjectBusy: the project was opened read-only.
        """
        self._check_writable()
        return SqlUnitOfWork(self._engine, self._name)

    def summaries(self) -> list[ArticleSummary]:
        with self._reading() as connection:
            return reading.load_summaries(connection)

    def article_ids(self) -> list[str]:
        columns = reading.ARTICLE.c
        with self._reading() as connection:
            return list(connection.scalars(select(columns.id).order_by(columns.position, columns.id)))

    def document(self, article_id: str) -> Document:
        with self._reading() as connection:
            found = reading.load_document(connection, article_id)
        if found is None:
            raise KeyError(article_id)
        return found

    def documents(self, ids: Sequence[str] | None = None) -> Iterator[Document]:
        """A few at once are a short transaction, so that no writer waits; an article that is deleted before its turn
        is left out.
        """
        ids = self.article_ids() if ids is None else ids
        start, size = 0, _FIRST
        while start < len(ids):
            with self._reading() as connection:
                found = reading.load_documents(connection, ids[start : start + size])
            start += size
            size = _next_size(size, found)
            yield from found

    def speakers(self) -> list[Speaker]:
        with self._reading() as connection:
            found = cast("list[Speaker]", reading.load(connection, "speaker", reading.SPEAKER.c.id.is_not(None)))
        return sorted(found, key=lambda speaker: (speaker.name.casefold(), speaker.id))

    def get(self, kind: str, id_: str) -> Record | None:
        with self._reading() as connection:
            return reading.load_one(connection, kind, id_)

    def uses_of_speaker(self, speaker_id: str) -> list[Record]:
        with self._reading() as connection:
            return reading.load_uses(connection, speaker_id)

    def uses_of_value(self, vocabulary: str, value: str) -> list[Record]:
        with self._reading() as connection:
            return values.uses_of_value(connection, vocabulary, value)

    def count_values(self) -> dict[tuple[str, str], int]:
        with self._reading() as connection:
            return values.count_values(connection)

    def count_tags(self) -> dict[str, int]:
        with self._reading() as connection:
            return values.count_tags(connection)

    def versions(self, kind: str, id_: str) -> list[Version]:
        with self._reading() as connection:
            return timeline.versions(connection, kind, id_)

    def timeline(
        self, before: int | None = None, limit: int = 200, article_id: str | None = None, actor: str | None = None
    ) -> list[TimelineEntry]:
        with self._reading() as connection:
            return timeline.timeline(connection, before, limit, article_id, actor)

    def actors(self) -> list[str]:
        with self._reading() as connection:
            return timeline.actors(connection)

    def speaker_counts(self) -> dict[str, tuple[int, int]]:
        with self._reading() as connection:
            return reading.count_uses(connection)

    def next_position(self) -> int:
        with self._reading() as connection:
            last = connection.scalar(select(func.max(reading.ARTICLE.c.position)))
        if last is not None and not isinstance(last, int):
            raise damaged("article.position")
        return 0 if last is None else last + 1

    def find_duplicates(self, hashes: Collection[str]) -> dict[str, str]:
        with self._reading() as connection:
            return reading.titles_of_texts(connection, sorted(hashes))

    def taken(self, keys: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
        with self._reading() as connection:
            return reading.taken(connection, keys)

    def texts(self) -> Iterator[tuple[str, SourceText]]:
        ids = self.article_ids()
        for start in range(0, len(ids), _TEXTS):
            with self._reading() as connection:
                found = reading.load_texts(connection, ids[start : start + _TEXTS])
            yield from found

    def history(self, actor: str | None = None) -> list[HistoryEntry]:
        with self._reading() as connection:
            return reading.load_history(connection, actor)

    def head(self) -> LogHead:
        with self._reading() as connection:
            return changelog.head(connection)

    def touched_since(self, seq: int) -> set[Touched]:
        with self._reading() as connection:
            return changelog.touched_since(connection, seq)

    def hash_at(self, seq: int) -> str | None:
        with self._reading() as connection:
            return changelog.hash_at(connection, seq)

    def changeset(self, id_: str) -> Changeset:
        with self._reading() as connection:
            found = changelog.find(connection, id_)
            if found is not None:
                return found.changeset()
        raise KeyError(id_)

    def extent(self, id_: str) -> Extent:
        with self._reading() as connection:
            found = changelog.extent(connection, id_)
        if found is None:
            raise KeyError(id_)
        return found

    def add_work_time(self, time: WorkTime) -> None:
        """Raises like :meth:`begin`."""
        self._check_writable()
        with translated(self._name):
            work_time.add(self._engine, time)

    def work_times(self) -> list[WorkTime]:
        with translated(self._name):
            return work_time.load(self._engine)

    def check_storage(self) -> list[str]:
        """What is wrong with the database. One transaction: a writer in another program waits for its end."""
        problems: list[str] = []
        try:
            with self._reading() as connection:
                problems.extend(check_storage(connection, self._name))
        except ProjectBusy:
            raise
        except ProjectError as error:
            problems.append(str(error))
        return problems

    def close(self) -> None:
        # What another thread still uses, to copy the project or to end its commit, is closed when it is given back:
        # SQLAlchemy would leave it to the garbage collector.
        event.listen(self._engine.pool, "checkin", _close_late)
        self._engine.dispose()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _check_writable(self) -> None:
        if self._obstacle is not None:
            raise type(self._obstacle)(str(self._obstacle))

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with translated(self._name), self._engine.connect() as connection:
            yield connection


def _close_late(_connection: object, record: ConnectionPoolEntry) -> None:
    record.invalidate()


def _next_size(size: int, found: list[Document]) -> int:
    """How many articles to read next when these were read: many short ones, few long ones."""
    weight = sum(
        len(each.source.text) // 500 + len(each.mentions) + len(each.claims) + len(each.corrections) for each in found
    )
    return max(1, min(2 * size, _MOST, _WEIGHT * len(found) // max(1, weight)))

"""What the use cases need of a store. ``db`` implements these protocols; nothing here knows SQL.

A project is opened once and used from one thread. Reads outside a transaction see the last commit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import NamedTuple, Protocol, Self

from annotator.backups import Backups
from annotator.edits import Changeset, Edit, LogHead
from annotator.history import HistoryEntry, TimelineEntry, Version
from annotator.model import ArticleSummary, Document, Record, SourceText, Speaker
from annotator.packed import Packed


@dataclass(frozen=True, slots=True)
class WorkTime:
    """Whole seconds that somebody worked on an article on one day (``2026-11-23``)."""

    article_id: str
    annotator: str
    day: str
    seconds: int


@dataclass(frozen=True, slots=True)
class News:
    """What somebody else committed after a place in the change log."""

    seq: int
    """The end of the log now."""
    changesets: tuple[Changeset, ...] | None
    """In order; None when they are too many to be worth reading."""


class Watch(Protocol):
    """Waits for what others commit. Used on a thread of its own, all but :meth:`stop`."""

    def wait(self, seconds: float) -> bool:
        """Block until somebody may have committed something (True), or so long (False). A connection is made again."""

    def stop(self) -> None:
        """End the waiting, from any thread: every :meth:`wait` from now on returns at once."""

    def close(self) -> None: ...


class Touched(NamedTuple):
    """A record that was changed; ``article_id`` is None of a speaker and of the scheme."""

    kind: str
    id: str
    article_id: str | None


class Extent(NamedTuple):
    """How much a changeset changed."""

    changes: int
    whole_articles: bool
    """Whether it made articles with all that is in them, and changed nothing but the scheme, as an import does."""


class UnitOfWork(Protocol):
    """One transaction. Leaving the ``with`` block without :meth:`commit` rolls everything back."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def apply(self, changeset: Changeset) -> None:
        """Write the changeset's records and its log entry.

        A changeset whose id is already in the log is left alone, so that a retry is safe.

        Raises:
            StaleEdit: a stored record differs from the change's ``before``.
            InvalidSpan: a span of a written record does not match the stored source text.
        """

    def replay(self, changeset: Changeset) -> None:
        """Undo or redo the changeset ``target_id`` as the log has it, some changes at a time; the edit has no changes.

        Raises like :meth:`apply`.
        """

    def grow(self, changeset: Changeset, *, careful: bool = False) -> Growing:
        """Begin a changeset whose changes come some at a time; its edit says nothing yet. One in a transaction.

        ``careful``: what the database refuses can be left out, which costs some time.
        """

    def commit(self) -> None:
        """Make everything durable; when this returns, a power cut loses nothing of it."""


class Growing(Protocol):
    """A changeset that is written while it is made, so that it is never in memory as a whole."""

    def create(self, records: Sequence[Packed]) -> bool:
        """Write new records, which were checked when they were packed. False: the database refuses one of them.

        Then none was written and others can be, if the changeset is made carefully; else the unit of work must be
        given up. Links are looked at when the transaction is committed.
        """

    def change(self, edit: Edit) -> None:
        """Write further changes. Raises like :meth:`UnitOfWork.apply`."""

    def finish(self, title: str) -> None:
        """Write what the changeset is called: it ends here."""


class Project(Protocol):
    """An open project. Methods raise ``ProjectError`` (disk full, locked, damaged) with a sentence for the user."""

    @property
    def name(self) -> str:
        """What to call the project in a window title: a file's stem or a database's name."""

    @property
    def location(self) -> str:
        """The path or the database URL (without password)."""

    @property
    def read_only(self) -> bool: ...

    @property
    def notice(self) -> str | None:
        """One sentence on how the project was opened ("open in another window, shown read-only"); None: as usual."""

    @property
    def backups(self) -> Backups | None:
        """Its backups; None of a project that is no file, of which its database's server makes them."""

    @property
    def shared(self) -> bool:
        """Whether several people may write at the same time."""

    def copy_to(self, target: str, waiting: Sequence[Changeset] = ()) -> None:
        """Make a new project file of what is stored at one moment, its change log with it; ``waiting`` is added.

        The file has its name when all is in it. May run beside the thread that uses the project.

        Raises:
            ProjectError: it cannot be read, or the file cannot be made, or exists; nothing is left of it.
            StaleEdit, InvalidEdit: what waits does not fit what is stored.
        """

    def watch(self) -> Watch | None:
        """A new watch over what others commit, to be closed before the project; None when nobody else can write."""

    def news(self, after: int, own: Collection[str], most: int) -> News:
        """What was committed after that ``seq``, without the changesets of these ids; at most so many changes.

        Raises:
            ProjectReplaced: the project was restored, or another file put in its place.
        """

    def begin(self) -> UnitOfWork: ...

    def summaries(self) -> list[ArticleSummary]:
        """Every article with its counts, in list order."""

    def article_ids(self) -> list[str]:
        """The ids in list order."""

    def document(self, article_id: str) -> Document:
        """One article whole with the speakers it names, at one moment. Raises ``KeyError`` when there is none."""

    def documents(self, ids: Sequence[str] | None = None) -> Iterator[Document]:
        """Every article whole, in list order, or those of ``ids``, in that order; a few in memory at a time.

        These few are one moment of their own, since a read over all of them would keep another program's window from
        saving: what is written meanwhile is seen in the articles that follow.
        """

    def speakers(self) -> list[Speaker]:
        """All speakers, by name."""

    def get(self, kind: str, id_: str) -> Record | None:
        """One record."""

    def uses_of_speaker(self, speaker_id: str) -> list[Record]:
        """All mentions and claims, in every article, that name the speaker."""

    def uses_of_value(self, vocabulary: str, value: str) -> list[Record]:
        """All records, in every article, whose field of that vocabulary (``claim.form``) holds the value."""

    def count_values(self) -> dict[tuple[str, str], int]:
        """(vocabulary, value) → in how many records it stands; values that stand nowhere are left out."""

    def count_tags(self) -> dict[str, int]:
        """Tag → in how many claims of all articles it stands."""

    def versions(self, kind: str, id_: str) -> list[Version]:
        """Every change of one record, the oldest first."""

    def timeline(
        self, before: int | None = None, limit: int = 200, article_id: str | None = None, actor: str | None = None
    ) -> list[TimelineEntry]:
        """The newest changesets with a ``seq`` below ``before`` (None: the very newest), the newest first.

        ``article_id`` leaves out those that do not touch the article, ``actor`` those that somebody else made.
        """

    def actors(self) -> list[str]:
        """Everybody who made a changeset, by name."""

    def speaker_counts(self) -> dict[str, tuple[int, int]]:
        """Speaker id → (mentions, claims it is the source of) in all articles; speakers without any are left out."""

    def next_position(self) -> int:
        """The ``position`` for an article appended to the list."""

    def find_duplicates(self, hashes: Collection[str]) -> dict[str, str]:
        """Hash → title of the first article whose source text has it, for those of ``hashes`` of which there is one."""

    def taken(self, keys: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
        """Those of these (kind, id) of which there is a record."""

    def texts(self) -> Iterator[tuple[str, SourceText]]:
        """The title and the source text of every article, in list order, some hundred in memory at a time."""

    def history(self, actor: str | None = None) -> list[HistoryEntry]:
        """All changesets in order, or those of one person, without their changes."""

    def head(self) -> LogHead:
        """The end of the change log."""

    def touched_since(self, seq: int) -> set[Touched]:
        """The records that changesets after ``seq`` created, changed or deleted."""

    def hash_at(self, seq: int) -> str | None:
        """The hash of the changeset of that number; None when there is no such one."""

    def changeset(self, id_: str) -> Changeset:
        """One changeset whole. Raises ``KeyError``."""

    def extent(self, id_: str) -> Extent:
        """How much a changeset changed, without reading it. Raises ``KeyError``."""

    def add_work_time(self, time: WorkTime) -> None:
        """Add to what was counted for the article, annotator and day; nothing of this is in the change log."""

    def work_times(self) -> list[WorkTime]:
        """All times that were counted."""

    def check_storage(self) -> list[str]:
        """What the database itself finds wrong (integrity, foreign keys, hash chain); empty when sound."""

    def close(self) -> None: ...

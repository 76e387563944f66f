"""Copying a project file while it may be written: whole, checked, and on the disk before it has its name."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from annotator.edits import LogHead
from annotator.errors import ProjectBusy, ProjectDamaged, ProjectError
from annotator.files import reason_of, replacing
from annotator.text.wording import sentence
from db.changelog import FIRST_HASH
from db.engine import sqlite_uri
from db.errors import translated
from db.files import appearing

COUNTED = ("article", "claim", "speaker", "mention", "correction")
_PAGES = 256
"""Copied at a time; a writer waits no longer than these take."""
_PAUSE = 0.01
"""Seconds until a step is tried again that met a writer."""
_BEGUN_ANEW = 200
"""Each commit meanwhile makes SQLite begin the copy anew; after so many it is given up for now."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a copy is for, as the sentences say it that tell that there is none."""

    failed: str
    undone: str


BACKED_UP = Purpose("No backup of “{}” could be made", "no backup of it was made")
COPIED = Purpose("No copy of “{}” could be made", "no copy of it was made")
RESTORED = Purpose("“{}” could not be restored", "it was not restored")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a project file says of itself: the end of its change log, its records by table, its id."""

    head: LogHead
    counts: tuple[int, ...]
    """Of :data:`COUNTED`."""
    project_id: str


def facts_of(connection: sqlite3.Connection) -> Facts:
    """Read them; a table that an older file does not have is empty."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    counts = [
        connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] if name in tables else 0  # noqa: S608
        for name in COUNTED
    ]
    last = id_ = None
    if "changeset" in tables:
        last = connection.execute("SELECT seq, hash, time FROM changeset ORDER BY seq DESC LIMIT 1").fetchone()
    if "project" in tables:
        id_ = connection.execute("SELECT value FROM project WHERE key = 'id'").fetchone()
    return Facts(LogHead(*last) if last else LogHead(0, FIRST_HASH), tuple(counts), id_[0] if id_ else "")


def copy_project(
    project: Path, target: Path, stopped: Callable[[], bool] = lambda: False, purpose: Purpose = BACKED_UP
) -> bool:
    """Copy a project file to ``target``, which appears only when it is complete, checked and on the disk.

    False: ``stopped`` answered True meanwhile, and there is no copy.

    Raises:
        ProjectDamaged: the project is damaged.
        ProjectError: the copy could not be made; nothing is left behind.
    """
    try:
        with replacing(target) as partial, translated(project.name):
            _copy(project, partial, stopped, purpose)
    except _Stopped:
        return False
    except OSError as error:
        raise _not_made(project, reason_of(error), purpose) from error
    except ProjectError as error:
        full = isinstance(error.__cause__, sqlite3.Error) and _code(error.__cause__) == sqlite3.SQLITE_FULL
        raise (_not_made(project, "the disk is full", purpose) if full else error) from error
    return True


def copy_to_new(project: Path, target: Path, purpose: Purpose) -> None:
    """The same to a file that must not exist yet. Raises :class:`ProjectError`, also when it does."""
    with appearing(target) as made:
        copy_project(project, made, purpose=purpose)


def _copy(project: Path, partial: Path, stopped: Callable[[], bool], purpose: Purpose) -> None:
    with (
        closing(sqlite3.connect(sqlite_uri(project, "ro"), uri=True)) as source,
        closing(sqlite3.connect(partial, isolation_level=None)) as copy,
    ):
        copy.execute("PRAGMA journal_mode=OFF")  # what is not whole has no name yet, and is synced as a whole
        copy.execute("PRAGMA synchronous=OFF")
        source.backup(copy, pages=_PAGES, progress=_Watch(project, stopped), sleep=_PAUSE)
        _check(project, source, copy, purpose)


def is_sound(path: Path) -> bool:
    """Whether SQLite finds nothing wrong with a file that nobody writes."""
    try:
        with closing(sqlite3.connect(sqlite_uri(path, "ro", still=True), uri=True)) as connection:
            return bool(connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))
    except sqlite3.Error:
        return False


class _Stopped(Exception):
    pass


class _Watch:
    """Called after each step with SQLite's answer and the pages that remain."""

    def __init__(self, project: Path, stopped: Callable[[], bool]) -> None:
        self._project, self._stopped = project, stopped
        self._remaining = self._anew = 0

    def __call__(self, _status: int, remaining: int, _total: int) -> None:
        if self._stopped():
            raise _Stopped
        self._anew += remaining > self._remaining > 0
        self._remaining = remaining
        if self._anew > _BEGUN_ANEW:
            raise ProjectBusy(f"“{self._project.name}” is being written all the time; it is backed up later.")


def _check(project: Path, source: sqlite3.Connection, copy: sqlite3.Connection, purpose: Purpose) -> None:
    """Raise unless the copy is sound and a state that the project has been in."""
    (answer,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
    if answer != "ok":
        raise ProjectDamaged(f"“{project.name}” is damaged, so {purpose.undone}: {sentence(str(answer))}")
    copied, now = facts_of(copy), facts_of(source)
    logged = ("SELECT hash FROM changeset WHERE seq = ?", (copied.head.seq,))
    same_log = copied.head.seq == 0 or source.execute(*logged).fetchone() == (copied.head.hash,)
    if not same_log or (copied.head == now.head and copied != now):
        raise ProjectError(f"A copy of “{project.name}” does not hold what it holds, so {purpose.undone}.")


def _code(error: sqlite3.Error) -> int:
    return int(getattr(error, "sqlite_errorcode", None) or 0) & 0xFF


def _not_made(project: Path, reason: str, purpose: Purpose) -> ProjectError:
    return ProjectError(f"{purpose.failed.format(project.name)}: {reason[:1].lower()}{reason[1:]}.")

"""The backups of a project file: a folder beside it, in which every name is a time and a reason.

There is no list of them: what is told of one is read in the file itself.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from annotator.backups import REASONS, Backup, kept
from annotator.edits import LogHead
from annotator.errors import AnnotatorError, ProjectError
from annotator.files import BACKUPS_SUFFIX, PROJECT_SUFFIX, sync_names
from db.changelog import FIRST_HASH
from db.copies.copying import copy_project, facts_of, is_sound
from db.engine import sqlite_uri
from db.errors import translated

_NAME = re.compile(r"(\d{8}T\d{6}\.\d{3})Z-([a-z]+)(?:-\w+)?")
_TIME = "%Y%m%dT%H%M%S.%f"
_DAY = 86_400.0
_ALWAYS = frozenset({"asked", "restore"})
"""Reasons to make one though nothing was changed."""
_NOTHING = LogHead(0, FIRST_HASH)


class FileBackups:
    """Implements :class:`annotator.backups.Backups`: opens every file by itself, and keeps no connection."""

    def __init__(self, project: Path) -> None:
        self._project = project.resolve()
        stem = self._project.stem if self._project.suffix == PROJECT_SUFFIX else self._project.name
        self._folder = self._project.with_name(f"{stem}{BACKUPS_SUFFIX}")
        self._one_at_a_time = threading.Lock()

    @property
    def folder(self) -> str:
        return str(self._folder)

    def make(self, reason: str, stopped: Callable[[], bool] = lambda: False) -> Backup | None:
        with self._one_at_a_time:
            if reason not in _ALWAYS and not self._is_changed():
                return None
            target = self._new_name(reason)
            return told(target) if copy_project(self._project, target, stopped) else None

    def before_upgrade(self, revision: str | None) -> None:
        """Copy the project before its tables are upgraded from ``revision``. Raises like :meth:`make`."""
        with self._one_at_a_time:
            copy_project(self._project, self._new_name("upgrade", f"-{revision or 'none'}"))

    def all(self) -> list[Backup]:
        return sorted(map(told, self._files()), key=lambda backup: (backup.time, backup.path), reverse=True)

    def newest(self) -> Backup | None:
        """The newest that can be read and is not damaged; None when there is none."""
        return next((each for each in self.all() if not each.problem and is_sound(Path(each.path))), None)

    def tidy(self, last: Backup) -> None:
        own = [each for each in self.all() if each.prunable and each.project_id == last.project_id]
        staying = kept([each.time for each in own], last.time)
        for each in own:
            if each.time not in staying:
                with suppress(OSError):  # it stays for another time
                    Path(each.path).unlink()
        with suppress(OSError):
            made = Path(last.path).stat().st_mtime
            for left in self._folder.glob(".*.partial"):  # of a program that was killed; a copy takes less than a day
                if left.stat().st_mtime < made - _DAY:
                    left.unlink()

    def _is_changed(self) -> bool:
        """Whether there is anything that the newest backup of this project does not hold."""
        with translated(self._project.name), closing(_reader(self._project)) as connection:
            now = facts_of(connection)
        if now.head == _NOTHING:
            return False
        last = next(self._of_project(now.project_id), None)
        return last is None or last.head != now.head

    def _of_project(self, project_id: str) -> Iterator[Backup]:
        """Those that were made of it, the newest first."""
        named = sorted((path for path in self._files() if _NAME.fullmatch(path.stem)), reverse=True)
        return (each for each in map(told, named) if not each.problem and each.project_id == project_id)

    def _files(self) -> list[Path]:
        with suppress(OSError):
            return [path for path in self._folder.iterdir() if path.suffix == PROJECT_SUFFIX and path.is_file()]
        return []

    def _new_name(self, reason: str, more: str = "") -> Path:
        """A name that is not taken, in a folder that is there."""
        try:
            if not self._folder.is_dir():
                self._folder.mkdir()
                sync_names(self._folder.parent)
        except OSError as error:
            where = f"the folder “{self._folder.name}” cannot be made"
            raise ProjectError(f"No backup of “{self._project.name}” could be made: {where}.") from error
        time, taken = datetime.now(UTC), {path.name[:20] for path in self._files()}
        while time.strftime(_TIME)[:19] + "Z" in taken:
            time += timedelta(milliseconds=1)
        return self._folder / f"{time.strftime(_TIME)[:19]}Z-{reason}{more}{PROJECT_SUFFIX}"


def told(path: Path) -> Backup:
    """What can be said of one file, wherever it lies; what cannot be read has a ``problem``."""
    try:
        state = path.stat()
    except OSError:
        return Backup(str(path), datetime.fromtimestamp(0, UTC), "", 0, _NOTHING, problem="It is gone.")
    name = _NAME.fullmatch(path.stem)
    time = _time(name[1]) if name else None
    reason = name[2] if name and time and name[2] in REASONS else ""
    found = Backup(str(path), time or datetime.fromtimestamp(state.st_mtime, UTC), reason, state.st_size, _NOTHING)
    try:
        with translated(path.name), closing(_reader(path, still=True)) as connection:
            facts = facts_of(connection)
    except (AnnotatorError, sqlite3.Error) as error:
        return replace(found, problem=str(error) if isinstance(error, AnnotatorError) else "It cannot be read.")
    articles, claims, speakers, mentions, corrections = facts.counts
    return replace(
        found,
        head=facts.head,
        articles=articles,
        claims=claims,
        speakers=speakers,
        mentions=mentions,
        corrections=corrections,
        project_id=facts.project_id,
    )


def _reader(path: Path, *, still: bool = False) -> sqlite3.Connection:
    return sqlite3.connect(sqlite_uri(path, "ro", still=still), uri=True)


def _time(text: str) -> datetime | None:
    """The time in a name, to the millisecond."""
    with suppress(ValueError):
        return datetime.strptime(text, _TIME).replace(tzinfo=UTC)
    return None

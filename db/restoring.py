"""Going back to a backup. What is there is backed up or set aside first; nothing is ever overwritten."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from annotator.errors import ProjectBusy, ProjectDamaged, ProjectError, ProjectReadOnly
from annotator.files import PROJECT_SUFFIX, sync_names
from db.backup import FileBackups
from db.copying import copy_project
from db.lock import Held, ProjectLock
from db.rebuilding import rebuild


def restore(project: Path, backup: Path) -> Path | None:
    """Put a backup in the place of a project that no window has open. Gives where what was there is now.

    It is backed up first. When that cannot be done because it is damaged, or was left in the middle of a change, it is
    set aside under another name, with its journal.

    Raises:
        ProjectBusy: a window has it open.
        ProjectError: the backup is damaged, or there is no room; the project is as it was.
    """
    if backup.resolve() == project.resolve():
        raise ProjectError("A project cannot be restored from itself.")
    lock = _lock(project)
    aside: Path | None = None
    try:
        if project.exists():
            try:
                made = FileBackups(project).make("restore")
                aside = Path(made.path) if made is not None else None
            except (ProjectDamaged, ProjectReadOnly):  # the latter: a journal waits to be rolled back
                _check(backup, project)
                aside = set_aside(project)
        try:
            copy_project(backup, project)
        except ProjectError as error:
            if aside is None or project.exists():
                raise
            raise ProjectError(f"{error} The damaged project is “{aside.name}” now.") from error
    finally:
        if lock is not None:
            lock.release()
    return aside


def rebuild_in_place(project: Path) -> tuple[str, ...]:
    """Put in the place of a damaged project what can be read of it and of its newest backup.

    What was there is set aside once that is done. Gives one sentence for each thing that is missing, was taken from
    elsewhere, or is somewhere else now. Raises like :func:`restore`.
    """
    lock = _lock(project)
    trial = project.with_name(f".{project.name}.rebuilt")
    aside: Path | None = None
    try:
        trial.unlink(missing_ok=True)  # of a program that was killed here
        newest = FileBackups(project).newest()
        made = rebuild(project, trial, Path(newest.path) if newest is not None else None)
        aside = set_aside(project)
        trial.rename(project)
        sync_names(project.parent)
    except OSError as error:
        now = f" The damaged project is “{aside.name}” now." if aside is not None else ""
        raise ProjectError(f"“{project.name}” cannot be put together again here: {error.strerror}.{now}") from error
    finally:
        with suppress(OSError):
            trial.unlink(missing_ok=True)
        if lock is not None:
            lock.release()
    return (f"The damaged file is “{aside.name}” now.", *made.notes)


def set_aside(project: Path) -> Path:
    """Give a damaged project another name beside its own, its journal with it. Raises :class:`ProjectError`.

    The journal is there under the new name before the file is, and under the old one until then: the file never lies
    without it.
    """
    suffix = project.suffix or PROJECT_SUFFIX
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%S}Z"
    aside, number = project.with_name(f"{project.stem}.damaged-{stamp}{suffix}"), 1
    while aside.exists():
        number += 1
        aside = project.with_name(f"{project.stem}.damaged-{stamp}-{number}{suffix}")
    journal = project.with_name(f"{project.name}-journal")
    try:
        if journal.exists():
            kept = aside.with_name(f"{aside.name}-journal")
            shutil.copyfile(journal, kept)
            with kept.open("rb+") as file:
                os.fsync(file.fileno())
        sync_names(project.parent)
        project.rename(aside)
        sync_names(project.parent)
        journal.unlink(missing_ok=True)
        sync_names(project.parent)
    except OSError as error:
        raise ProjectError(f"“{project.name}” cannot be set aside: {error.strerror}.") from error
    return aside


def _check(backup: Path, project: Path) -> None:
    """Raise unless the backup can be copied, before anything is moved."""
    trial = project.with_name(f".{project.name}.trial")
    try:
        copy_project(backup, trial)
    finally:
        trial.unlink(missing_ok=True)


def _lock(project: Path) -> ProjectLock | None:
    try:
        return ProjectLock.acquire(project)
    except Held as held:
        raise ProjectBusy(f"“{project.name}” is open in another window ({held}).") from None
    except OSError as error:
        raise ProjectError(f"“{project.parent}” cannot be written: {error.strerror}.") from error

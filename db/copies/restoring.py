"""Going back to a backup. What is there is backed up or set aside first; nothing is ever overwritten."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from annotator.errors import ProjectBusy, ProjectDamaged, ProjectError, ProjectReadOnly
from annotator.files import MAKING, PROJECT_SUFFIX, reason_of, replacing, sync_names
from db.copies.backup import FileBackups
from db.copies.copying import RESTORED, copy_project
from db.copies.rebuilding import rebuild
from db.files import SET_ASIDE, journal_of
from db.lock import Held, ProjectLock


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
    with _locked(project), _successor(project) as successor:
        if not project.exists():
            _move_stray_journal(project)
            copy_project(backup, project, purpose=RESTORED)
            return None
        try:
            made = FileBackups(project).make("restore")
        except (ProjectDamaged, ProjectReadOnly):  # the latter: a journal waits to be rolled back
            copy_project(backup, successor, purpose=RESTORED)
            return set_aside(project, successor)
        copy_project(backup, project, purpose=RESTORED)
        return Path(made.path) if made is not None else None


def rebuild_in_place(project: Path) -> tuple[str, ...]:
    """Put in the place of a damaged project what can be read of it and of its newest backup.

    What was there is set aside once that is done. Gives one sentence for each thing that is missing, was taken from
    elsewhere, or is somewhere else now. Raises like :func:`restore`.
    """
    with _locked(project), _successor(project) as successor:
        newest = FileBackups(project).newest()
        made = rebuild(project, successor, Path(newest.path) if newest is not None else None)
        aside = set_aside(project, successor)
    return (f"The damaged file is “{aside.name}” now.", *made.notes)


def set_aside(project: Path, successor: Path) -> Path:
    """Give a damaged project another name beside its own, its journal with it, and its own name to the successor.

    The name leads to the one or to the other at any moment. Only where a journal waits there is none in between: the
    journal is there under the new name before the file is, and goes before its successor comes, so that neither lies
    beside the wrong one.

    Raises:
        ProjectError: it cannot be done; the sentence says when the project has its new name already.
    """
    aside = _name_aside(project)
    journal, kept = journal_of(project), journal_of(aside)
    moved = False
    try:
        if journal.exists() and journal.stat().st_size:  # an empty one is none
            with replacing(kept) as partial:
                shutil.copyfile(journal, partial)
            project.rename(aside)
            moved = True
            sync_names(project.parent)
            journal.unlink()
        else:
            moved = _named_too(project, aside)
        sync_names(project.parent)
        successor.replace(project)
    except OSError as error:
        if not moved:
            with suppress(OSError):
                kept.unlink(missing_ok=True)
                aside.unlink(missing_ok=True)
        now = f" The damaged project is “{aside.name}” now." if moved else ""
        raise ProjectError(f"“{project.name}” cannot be set aside: {reason_of(error)}.{now}") from error
    sync_names(project.parent)
    return aside


def _named_too(project: Path, aside: Path) -> bool:
    """Give the file a second name, where the file system has such; else True: it was moved there."""
    try:
        aside.hardlink_to(project)
    except (OSError, NotImplementedError):
        project.rename(aside)
        return True
    return False


def _name_aside(project: Path) -> Path:
    """A name beside the project's that neither a file nor a journal has."""
    suffix = project.suffix or PROJECT_SUFFIX
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%S}Z"
    aside, number = project.with_name(f"{project.stem}{SET_ASIDE}{stamp}{suffix}"), 1
    while aside.exists() or journal_of(aside).exists():
        number += 1
        aside = project.with_name(f"{project.stem}{SET_ASIDE}{stamp}-{number}{suffix}")
    return aside


def _move_stray_journal(project: Path) -> None:
    """A journal whose project is gone would be rolled back into whatever gets its name."""
    try:
        with suppress(FileNotFoundError):
            journal_of(project).rename(journal_of(_name_aside(project)))
            sync_names(project.parent)
    except OSError as error:
        raise ProjectError(f"“{journal_of(project).name}” cannot be set aside: {reason_of(error)}.") from error


@contextmanager
def _successor(project: Path) -> Iterator[Path]:
    """Where something of the project's name may be made, to take its place; nothing is left there in the end."""
    try:
        with tempfile.TemporaryDirectory(prefix=MAKING, dir=project.parent, ignore_cleanup_errors=True) as folder:
            yield Path(folder) / project.name
    except OSError as error:
        raise ProjectError(f"“{project.parent}” cannot be written: {reason_of(error)}.") from error


@contextmanager
def _locked(project: Path) -> Iterator[None]:
    """Keep windows from opening it for writing. Raises :class:`ProjectBusy` when one has."""
    try:
        lock = ProjectLock.acquire(project)
    except Held as held:
        raise ProjectBusy(f"“{project.name}” is open in another window ({held}).") from None
    except OSError as error:
        raise ProjectError(f"“{project.parent}” cannot be written: {reason_of(error)}.") from error
    try:
        yield
    finally:
        if lock is not None:
            lock.release()

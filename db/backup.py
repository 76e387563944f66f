"""Copies of a project file through SQLite's backup API: whole even while somebody writes."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from annotator.errors import ProjectError
from db.engine import sqlite_uri
from db.errors import translated


def back_up(project: Path, target: Path) -> None:
    """Write a checked copy of ``project`` to ``target``, which appears only when it is complete and on disk.

    Raises:
        ProjectError: the copy could not be made; nothing is left behind.
    """
    partial = target.with_name(f"{target.name}.partial")
    try:
        with translated(project.name):
            partial.unlink(missing_ok=True)
            _copy(project, partial)
        _sync(partial)
        partial.replace(target)
        _sync(target.parent)
    except OSError as error:
        raise ProjectError(f"No backup could be written to “{target}”: {error.strerror}.") from error
    finally:
        partial.unlink(missing_ok=True)


def _copy(project: Path, partial: Path) -> None:
    with (
        closing(sqlite3.connect(sqlite_uri(project, "ro"), uri=True)) as source,
        closing(sqlite3.connect(partial)) as copy,
    ):
        source.backup(copy)
        (answer,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
        if answer != "ok":
            raise ProjectError(f"“{project.name}” is damaged, so no backup of it was made: {answer}")


def backup_path(project: Path, revision: str | None) -> Path:
    """A name beside the project that is not taken: ``name.before-upgrade-0001.annotator``."""
    stem = f"{project.stem}.before-upgrade-{revision or 'none'}"
    candidate = project.with_name(f"{stem}{project.suffix}")
    number = 1
    while candidate.exists():
        number += 1
        candidate = project.with_name(f"{stem}-{number}{project.suffix}")
    return candidate


def _sync(path: Path) -> None:
    if os.name == "nt" and path.is_dir():
        return  # Windows has no descriptors of folders
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

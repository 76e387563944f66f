"""Copies of a project file through SQLite's backup API: whole even while somebody writes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from annotator.errors import ProjectError
from annotator.files import replacing
from db.engine import sqlite_uri
from db.errors import translated


def back_up(project: Path, target: Path) -> None:
    """Write a checked copy of ``project`` to ``target``, which appears only when it is complete and on disk.

    Raises:
        ProjectError: the copy could not be made; nothing is left behind.
    """
    try:
        with replacing(target) as partial, translated(project.name):
            _copy(project, partial)
    except OSError as error:
        raise ProjectError(f"No backup could be written to “{target}”: {error.strerror}.") from error


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

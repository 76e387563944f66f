"""Opening and creating projects: a SQLite file by its path, any other database by its SQLAlchemy URL."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from sqlalchemy import URL, Engine

from annotator.errors import ProjectBusy, ProjectError, ProjectReadOnly
from db import migrate
from db.address import name_of, path_of, shown, url_of
from db.copies.backup import FileBackups
from db.engine import sqlite_engine
from db.errors import translated
from db.files import check_file, is_writable, network_share, new_file
from db.lock import Held, ProjectLock
from db.server import server_engine, why_read_only
from db.sql_project import SqlProject
from db.strangers import check_beside, check_schema, check_values

__all__ = ["Access", "SqlProject", "create_project", "open_project"]

Access = Literal["auto", "read", "write"]


def create_project(location: str) -> SqlProject:
    """Make a new, empty project and open it.

    Args:
        location: the path of a file that does not exist, in a folder that does; or a database URL.

    Raises:
        ProjectError: it exists already or cannot be made; nothing is left behind.
    """
    url = url_of(location)
    if url is not None and url.get_backend_name() != "sqlite":
        return _create_in_database(url)
    path = path_of(location, url)
    with new_file(path):
        return _create_in_file(path)


def open_project(location: str, access: Access = "auto") -> SqlProject:
    """Open a project, upgrading one of an older version (a file after it was backed up).

    Args:
        location: the path of a project file, or a database URL.
        access: ``auto`` opens read-only, with a ``notice``, what cannot be written or is open in another program;
            ``read`` never writes and never keeps another program from writing; ``write`` fails instead.

    Raises:
        ProjectBusy: ``write``, and another program has the project open.
        ProjectReadOnly: ``write``, and the file or its folder cannot be written.
        ProjectNewer: a newer version of the program wrote it.
        ProjectError: it is missing, empty, a folder, unreadable, damaged, or no project.
    """
    url = url_of(location)
    if url is not None and url.get_backend_name() != "sqlite":
        return _open_database(url, access)
    path = path_of(location, url)
    check_file(path)
    if access == "read":
        return _open_file(path, None, ProjectReadOnly(f"“{path.name}” was opened for reading only."))
    lock, obstacle = _right_to_write(path)
    if obstacle is not None and access == "write":
        raise obstacle
    return _open_file(path, lock, obstacle, notice=None if obstacle is None else f"{obstacle} It is shown read-only.")


def _right_to_write(path: Path) -> tuple[ProjectLock | None, ProjectError | None]:
    """The lock, or what stands against writing. Both None where the file system has no locks."""
    unwritable = ProjectReadOnly(f"“{path.name}” or its folder cannot be written.")
    if not is_writable(path):
        return None, unwritable
    try:
        return ProjectLock.acquire(path), None
    except Held as held:
        return None, ProjectBusy(f"“{path.name}” is open in another window ({held}).")
    except OSError:
        return None, unwritable


def _create_in_file(path: Path) -> SqlProject:
    lock, obstacle = _right_to_write(path)
    if obstacle is not None:
        raise obstacle
    engine = sqlite_engine(path, writer=True)
    try:
        with translated(path.name):
            migrate.create_schema(engine)
    except BaseException:
        _abandon(engine, lock)
        raise
    return SqlProject(engine, str(path), path.stem, lock, backups=FileBackups(path))


def _open_file(
    path: Path, lock: ProjectLock | None, obstacle: ProjectError | None, notice: str | None = None
) -> SqlProject:
    engine: Engine | None = None
    backups = FileBackups(path)
    try:
        check_beside(path)
        engine = sqlite_engine(path, writer=obstacle is None, media_read_only=not is_writable(path))
        with translated(path.name):
            with engine.connect() as connection:
                check_schema(connection, path.name)
                revision = migrate.revision_of(connection)
                upgrading = migrate.needs_upgrade(revision, path.name)
                check_values(connection, path.name)
            if upgrading:
                if obstacle is not None:
                    raise ProjectError(
                        f"“{path.name}” is of an older version and must be upgraded, but: {str(obstacle).rstrip('.')}."
                    )
                backups.before_upgrade(revision)
                migrate.upgrade(engine)
    except BaseException:
        _abandon(engine, lock)
        raise
    share = network_share(path)
    if share is not None and obstacle is None:
        notice = (
            f"“{path.name}” lies on a network share ({share}): let nobody else open it meanwhile, and work on a copy "
            "on this machine where you can."
        )
    return SqlProject(engine, str(path), path.stem, lock, obstacle, notice, backups)


def _create_in_database(url: URL) -> SqlProject:
    engine, name = server_engine(url), name_of(url)
    try:
        with translated(name):
            with engine.connect() as connection:
                if migrate.revision_of(connection) is not None:
                    raise ProjectError(f"The database “{name}” holds a project already.")
                if (sentence := why_read_only(connection, name)) is not None:
                    raise ProjectReadOnly(sentence)
            migrate.create_schema(engine)
    except BaseException:
        _abandon(engine, None)
        raise
    return SqlProject(engine, shown(url), name)


def _open_database(url: URL, access: Access) -> SqlProject:
    engine, name = server_engine(url), name_of(url)
    notice: str | None = None
    try:
        with translated(name):
            with engine.connect() as connection:
                revision = migrate.revision_of(connection)
                obstacle = why_read_only(connection, name)
            if revision is None:
                raise ProjectError(f"The database “{name}” holds no project.")
            if obstacle is not None and access == "write":
                raise ProjectReadOnly(obstacle)
            if access == "read":
                obstacle = f"“{name}” was opened for reading only."
            elif obstacle is not None:
                notice = f"{obstacle} It is shown read-only."
            if migrate.needs_upgrade(revision, name):
                if obstacle is not None:
                    raise ProjectError(f"“{name}” is of an older version and must be opened for writing once.")
                migrate.upgrade(engine)
    except BaseException:
        _abandon(engine, None)
        raise
    return SqlProject(
        engine, shown(url), name, obstacle=None if obstacle is None else ProjectReadOnly(obstacle), notice=notice
    )


def _abandon(engine: Engine | None, lock: ProjectLock | None) -> None:
    if engine is not None:
        engine.dispose()
    if lock is not None:
        lock.release()

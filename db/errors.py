"""Database errors as sentences for the user. What is not known here is a bug and passes through."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError

from annotator.errors import AnnotatorError, ProjectBusy, ProjectDamaged, ProjectError, ProjectReadOnly
from db.server_errors import server_error

_POSTGRESQL_FOREIGN_KEY = "23503"
_DAMAGED = "“{name}” is damaged: the database cannot be read as it should."
_NO_ACCESS = "“{name}” cannot be opened: it or its folder is not accessible, or the disk is full."
_NOT_OURS = "no such table", "no such column", "foreign key mismatch", "unsupported file format"
_NOT_UTF8 = re.compile(r"Could not decode to UTF-8 column '(\w+)'")
_SQLITE: dict[int, tuple[type[ProjectError], str]] = {
    sqlite3.SQLITE_BUSY: (ProjectBusy, "Another program is using “{name}” just now; try again in a moment."),
    sqlite3.SQLITE_LOCKED: (ProjectBusy, "Another program is using “{name}” just now; try again in a moment."),
    sqlite3.SQLITE_FULL: (ProjectError, "The disk is full: the change was not saved in “{name}”."),
    sqlite3.SQLITE_READONLY: (ProjectReadOnly, "“{name}” can be read but not written."),
    sqlite3.SQLITE_IOERR: (ProjectError, "The disk failed while reading or writing “{name}”."),
    sqlite3.SQLITE_CORRUPT: (ProjectDamaged, _DAMAGED),
    sqlite3.SQLITE_NOTADB: (ProjectDamaged, _DAMAGED),
    sqlite3.SQLITE_CANTOPEN: (ProjectError, _NO_ACCESS),
    sqlite3.SQLITE_TOOBIG: (ProjectError, "“{name}” holds a value that is too large to be read."),
    sqlite3.SQLITE_PERM: (ProjectError, "“{name}” cannot be opened: permission denied."),
}

_SQLITE_EXTENDED: dict[int, tuple[type[ProjectError], str]] = {
    sqlite3.SQLITE_READONLY_DBMOVED: (
        ProjectReadOnly,
        "“{name}” was moved, replaced or deleted while it was open; put it back, or save a copy.",
    ),
}


def known_error(error: DBAPIError | sqlite3.Error, name: str) -> AnnotatorError | None:
    """The error to show for a database error, or None when it is a bug."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", None)
        if code is None and (column := _NOT_UTF8.match(str(cause))):  # Python's own error; it quotes the text
            return damaged(column[1])
        if code == sqlite3.SQLITE_ERROR and str(cause).startswith(_NOT_OURS):
            return ProjectDamaged(_DAMAGED.format(name=name))
        if code is None or code & 0xFF not in _SQLITE:
            return None
        kind, sentence = _SQLITE_EXTENDED.get(code) or _SQLITE[code & 0xFF]
        return kind(sentence.format(name=name))
    return server_error(error, name) if isinstance(error, DBAPIError) else None


def damaged(where: str) -> ProjectDamaged:
    """The error for a stored value that this program never wrote; ``where`` is its column ("mention.spans")."""
    return ProjectDamaged(f"The project is damaged: a value of “{where}” cannot be read.")


def is_broken_link(error: IntegrityError) -> bool:
    """Whether a foreign key points at nothing (any other broken constraint is a bug)."""
    codes = (getattr(error.orig, "sqlite_errorcode", None), getattr(error.orig, "sqlstate", None))
    return codes[0] == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY or codes[1] == _POSTGRESQL_FOREIGN_KEY


@contextmanager
def translated(name: str) -> Iterator[None]:
    """Turn known database errors inside the block into errors of ``annotator.errors``."""
    try:
        yield
    except UnicodeDecodeError as error:  # SQLite quotes a damaged schema in its message, and Python cannot read that
        raise ProjectDamaged(_DAMAGED.format(name=name)) from error
    except (DBAPIError, sqlite3.Error) as error:
        known, before = known_error(error, name), error.__context__
        while known is None and before is not None:  # SQLite took all back by itself: going to a savepoint failed, too
            known = known_error(before, name) if isinstance(before, DBAPIError | sqlite3.Error) else None
            before = before.__context__
        if known is None:
            raise
        raise known from error

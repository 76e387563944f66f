"""What a project file from a stranger could do by being opened, found before anything of it is used.

A SQLite file is a program: triggers and views run statements, generated columns, defaults and indexes call functions,
and a journal beside it can have another file rolled back or removed. This program's projects have none of that, so
whatever is more than its own tables, indexes and triggers is refused. Their records can still be had by import, which
copies them (:mod:`db.by_copy`).
"""

from __future__ import annotations

import re
import sqlite3
import stat
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, Text, func, inspect, select

from annotator.errors import ProjectError
from annotator.files import reason_of
from annotator.text.disguise import badged
from db.schema import VERSION_TABLE, Base, append_only_triggers
from db.types import JsonTuple

LARGEST_VALUE = 256 << 20
"""Bytes of the longest text that is read of a project, and the longest statement."""
LARGEST_SHOWN = 1_000_000
"""Characters of the longest value of what is not the text of an article or an annotation."""
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: LARGEST_VALUE,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
_TABLES = frozenset({*Base.metadata.tables, VERSION_TABLE.name})
COPIED = _TABLES - {"project", "scheme", "work_time", "changeset", "change"}
"""The tables that an import by copy reads."""
_STATISTICS = re.compile(r"sqlite_stat[1-4]")
_MOST = 500
_COLUMNS = re.compile(r'CREATE TABLE "?(\w+)"? \([\w\s(),"]+\)')
_INDEX = re.compile(r'CREATE (?:UNIQUE )?INDEX "?\w+"? ON "?(\w+)"? \([\w ,"]+\)')
_EXPRESSIONS = re.compile(r"\b(CHECK|DEFAULT|GENERATED|AS|COLLATE|SELECT|CONFLICT)\b", re.IGNORECASE)
_SUPER_JOURNAL = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
_WAY_OUT = "It was not opened; import it into another project instead, which copies its articles."


def limit(connection: sqlite3.Connection) -> None:
    """Bound what a file can make SQLite do."""
    for what, most in _LIMITS.items():
        connection.setlimit(what, most)


def check_beside(path: Path) -> None:
    """Look at the files that SQLite takes for those of ``path``: a journal may name any other file.

    Raises:
        ProjectError: a journal is none of this program's; nothing was touched.
    """
    real = path.resolve()
    for end in ("-journal", "-wal", "-shm"):
        beside = real.with_name(f"{real.name}{end}")
        try:
            facts = beside.lstat()
        except FileNotFoundError:
            continue
        except OSError as error:
            told = reason_of(error)
            raise ProjectError(f"“{beside.name}” beside the project cannot be looked at: {told}.") from error
        if not stat.S_ISREG(facts.st_mode) or facts.st_nlink > 1:
            raise ProjectError(f"“{beside.name}” beside “{path.name}” leads to another file; remove it. {_WAY_OUT}")
        if end != "-journal" and facts.st_size:
            raise ProjectError(
                f"“{beside.name}” lies beside “{path.name}”: another program works on it, or did. "
                f"Close it there. {_WAY_OUT}"
            )
        if facts.st_size and _names_another(beside):
            raise ProjectError(f"“{beside.name}” beside “{path.name}” names other files; remove it. {_WAY_OUT}")


def _names_another(journal: Path) -> bool:
    with journal.open("rb") as stream:
        stream.seek(max(0, journal.stat().st_size - len(_SUPER_JOURNAL)))
        return stream.read() == _SUPER_JOURNAL


def check_schema(connection: Connection, name: str) -> None:
    """Compare what the file declares with what this program declares.

    Raises:
        ProjectError: it declares something else. No statement has run but the one that lists the declarations.
    """
    for row in _declared(connection, name):
        if not _is_ours(row):
            strange = f"a {' '.join(str(row[0]).split())[:20]} that this program did not put there: {_cut(row[1])}"
            raise ProjectError(f"“{name}” holds {strange}. {_WAY_OUT}")


def check_values(connection: Connection, name: str) -> None:
    """See that what is read of all articles at once, and shown in lists, is of a size that a person could have written.

    Raises:
        ProjectError: a value is none.
    """
    inspector = inspect(connection)
    for kind in sorted({"article", "speaker", "scheme"} & {*inspector.get_table_names()}):
        there = {column["name"] for column in inspector.get_columns(kind)}  # an older file may have fewer
        every = Base.metadata.tables[kind].c
        columns = tuple(c.name for c in every if c.name in there and isinstance(c.type, (Text, JsonTuple)))
        lengths = connection.execute(_largest(kind, columns)).one()
        for column, largest in zip(columns, lengths, strict=True):
            if isinstance(largest, int) and largest > LARGEST_SHOWN:
                told = f"a {column} of {largest:,} characters for the {kind}, which nobody wrote"
                raise ProjectError(f"“{name}” holds {told}. {_WAY_OUT}")


@cache
def _largest(kind: str, columns: tuple[str, ...]) -> Select[Any]:
    """How many characters the longest value of each of our columns has."""
    table = Base.metadata.tables[kind]
    return select(*(func.max(func.length(table.c[column])) for column in columns))


def check_tables(connection: Connection, name: str) -> None:
    """See that the tables that are copied are ordinary tables, whatever else there is.

    Raises:
        ProjectError: one is none.
    """
    for row in _declared(connection, name):
        if row[0] in ("table", "view") and row[1] in COPIED and not _is_ours(row):
            raise ProjectError(f"{name} is not to be read: {_cut(row[1])} is no ordinary table.")


def _declared(connection: Connection, name: str) -> Sequence[Sequence[object]]:
    query = "SELECT type, name, tbl_name, sql FROM sqlite_master"
    found = connection.exec_driver_sql(query).fetchmany(_MOST + 1)
    if len(found) > _MOST:
        raise ProjectError(f"“{name}” declares hundreds of things, as no project does. {_WAY_OUT}")
    return found


def _is_ours(row: Sequence[object]) -> bool:
    kind, name, table, sql = row
    if not all(isinstance(each, str) for each in (kind, name, table)):
        return False
    if kind == "trigger":
        return sql in append_only_triggers()
    if kind == "table":
        return _is_our_table(str(name), sql)
    if kind != "index":
        return False
    if sql is None:
        return str(name).startswith("sqlite_autoindex_")
    found = _INDEX.fullmatch(str(sql))
    return found is not None and found[1] == table and table in _TABLES and not _EXPRESSIONS.search(str(sql))


def _is_our_table(name: str, sql: object) -> bool:
    if _STATISTICS.fullmatch(name):
        return True
    found = _COLUMNS.fullmatch(str(sql))
    return found is not None and found[1] == name and name in _TABLES and not _EXPRESSIONS.search(str(sql))


def _cut(name: object) -> str:
    words = badged(" ".join(str(name).split()))
    return f"“{words if len(words) <= 60 else words[:59] + '…'}”"

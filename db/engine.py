"""Engines on SQLite files: how a connection is made, which pragmas it has, how a transaction begins.

Measured on this program's transactions (four rows, ext4): TRUNCATE+FULL 0.76 ms, PERSIST+FULL 0.77 ms,
DELETE+EXTRA 0.9 ms, all of which keep a committed transaction over a power cut. TRUNCATE leaves the smallest
journal behind after a kill, and it goes when the project is closed.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.pool import QueuePool
from sqlalchemy.util import LRUCache

from db.strangers import limit

APPLICATION_ID = 0x41416E31
"""``AAn1``: what marks a SQLite file as a project of this program."""
BUSY_SECONDS = 2.0
WRITE = "annotator_write"
"""Execution option of connections whose transaction will write."""
_PRAGMAS = ("foreign_keys=ON", "trusted_schema=OFF", "cell_size_check=ON")
_WRITER_PRAGMAS = ("journal_mode=TRUNCATE", "synchronous=FULL", "cache_size=-16000")
"""Ids are random, so an import of thousands of articles touches the pages of all indexes over and over: with SQLite's 2
MB of cache it reads and writes a hundred of them for each article."""

_STATEMENTS: LRUCache[Any, Any] = LRUCache(500)
"""Statements as SQLite takes them. Making one takes longer than running it, and opening a project runs a dozen."""


class OfAllFiles(SQLiteDialect_pysqlite):
    """SQLite as it is for every file: a statement that was made ready for one file is ready for all others."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(other) is OfAllFiles

    def __hash__(self) -> int:
        return hash(OfAllFiles)


registry.register("sqlite.annotator", __name__, OfAllFiles.__name__)


def sqlite_uri(path: Path, mode: str, *, still: bool = False) -> str:
    """SQLite's URI for an existing file; ``mode`` is ``ro`` or ``rw``, so that no file is ever created.

    ``still``: nobody writes it, so SQLite takes no lock, looks at no journal and leaves nothing beside it.
    """
    posix = path.absolute().as_posix()
    rooted = posix if posix.startswith("/") else f"/{posix}"
    return f"file://{quote(os.fsencode(rooted))}?mode={mode}{'&immutable=1' if still else ''}"


def sqlite_engine(path: Path, *, writer: bool, media_read_only: bool = False) -> Engine:
    """An engine on an existing file.

    Args:
        path: the project file.
        writer: False makes every write fail, while an interrupted transaction of another program can still
            be rolled back.
        media_read_only: the file or its folder cannot be written at all.
    """
    uri = sqlite_uri(path, "ro" if media_read_only else "rw")

    def connect() -> sqlite3.Connection:
        # The project is used from one thread at a time, which need not be the one that opened it.
        return sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)

    engine = create_engine(
        "sqlite+annotator://", creator=connect, poolclass=QueuePool, hide_parameters=True,
        execution_options={"compiled_cache": _STATEMENTS},
    )  # fmt: skip

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
        limit(connection)
        try:
            for pragma in (*_PRAGMAS, *(_WRITER_PRAGMAS if writer else ("query_only=ON",))):
                connection.execute(f"PRAGMA {pragma}").close()
        except BaseException:  # nobody has the connection yet who would close it
            connection.close()
            raise

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        write = connection.get_execution_options().get(WRITE, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    @event.listens_for(engine, "reset")
    def end_failed_commit(connection: sqlite3.Connection, _record: object, _state: object) -> None:
        # A COMMIT that fails (broken link, busy, disk full) leaves SQLite inside the transaction.
        if connection.in_transaction:
            connection.rollback()

    @event.listens_for(engine, "close")
    def remove_journal(connection: sqlite3.Connection, _record: object) -> None:
        if writer:
            with suppress(sqlite3.Error):
                connection.execute("PRAGMA journal_mode=DELETE").close()

    return engine

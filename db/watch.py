"""Waiting for what others commit: a server tells, a file counts how often it was written."""

from __future__ import annotations

import select
import socket
import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from db.engine import sqlite_uri
from db.files import identity_of
from db.server_schema import CHANNEL

_PAUSE_SECONDS = 1.0
"""Between two looks where nobody tells, and between two tries to reach a server."""


class _Bell:
    """Ends the waiting of another thread."""

    def __init__(self) -> None:
        self._near, self._far = socket.socketpair()

    def wait(self, seconds: float, *others: Any) -> bool:
        """Until one of ``others`` can be read (True), or the bell rings or the time is over (False)."""
        ready, _, _ = select.select([self._near, *others], [], [], max(0.0, seconds))
        return bool(ready) and self._near not in ready

    def ring(self) -> None:
        with suppress(OSError):
            self._far.send(b".")

    def close(self) -> None:
        self._near.close()
        self._far.close()


class ServerWatch:
    """Implements :class:`annotator.ports.Watch` by LISTEN; where a server does not tell, it is asked every second."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._bell = _Bell()
        self._closed = False
        self._listening: Any = None
        self._missed = False

    def wait(self, seconds: float) -> bool:
        if self._closed:
            return False
        if self._engine.dialect.driver != "psycopg":
            self._bell.wait(_PAUSE_SECONDS)
            return True
        try:
            if self._listening is None:
                self._listen()
            return self._missed_some() or self._told(seconds)
        except (SQLAlchemyError, OSError, self._engine.dialect.loaded_dbapi.Error):
            self._hang_up()
            self._bell.wait(_PAUSE_SECONDS)
            return False

    def _listen(self) -> None:
        pooled = self._engine.raw_connection()
        self._listening = pooled.driver_connection
        pooled.detach()  # it is no connection for others from now on
        self._listening.autocommit = True
        self._listening.execute(f"LISTEN {CHANNEL}")
        self._missed = True

    def _missed_some(self) -> bool:
        """What was committed before anybody listened."""
        missed, self._missed = self._missed, False
        return missed

    def _told(self, seconds: float) -> bool:
        if not self._bell.wait(seconds, self._listening):
            return False
        return any(True for _ in self._listening.notifies(timeout=0))

    def _hang_up(self) -> None:
        listening, self._listening = self._listening, None
        if listening is not None:
            with suppress(Exception):
                listening.close()

    def stop(self) -> None:
        self._closed = True
        self._bell.ring()

    def close(self) -> None:
        self._closed = True
        self._hang_up()
        self._bell.close()


class FileWatch:
    """Implements :class:`annotator.ports.Watch` for a window that reads a file which another window writes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._bell = _Bell()
        self._closed = False
        self._looking: sqlite3.Connection | None = None
        self._file = identity_of(path)
        self._seen = -1

    def wait(self, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while not self._closed:
            with suppress(sqlite3.Error):  # the disk is away just now
                if self._look():
                    return True
            if (left := until - time.monotonic()) <= 0:
                break
            self._bell.wait(min(left, _PAUSE_SECONDS))
        return False

    def _look(self) -> bool:
        """Whether somebody has written or restored it since the last look; the first one cannot tell, and says yes."""
        file = identity_of(self._path)
        if self._looking is not None and file not in (None, self._file):
            self._looking.close()
            self._looking, self._seen = None, -1
        if self._looking is None:
            self._file = file
            self._looking = sqlite3.connect(sqlite_uri(self._path, "ro"), uri=True)
        (now,) = self._looking.execute("PRAGMA data_version").fetchone()
        before, self._seen = self._seen, now
        return bool(before != now)

    def stop(self) -> None:
        self._closed = True
        self._bell.ring()

    def close(self) -> None:
        self._closed = True
        if self._looking is not None:
            self._looking.close()
        self._bell.close()

"""Who may write a project file: one window at a time.

The owner holds an operating system lock on ``<project>-lock`` beside the file, so a killed program never
blocks the next one; the file only says who the owner is, and goes when the project is closed. The lock is not
put on the project file itself: closing any descriptor of it would drop SQLite's own locks.
"""

from __future__ import annotations

import errno
import getpass
import os
import platform
import sys
from contextlib import suppress
from pathlib import Path

_FAR = 1 << 30
"""The byte that is locked on Windows, where locked bytes cannot be read: far behind the text."""
_FLAGS = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Held(Exception):
    """Another program owns the project; ``str()`` says who ("anna on desk, process 4711")."""


class ProjectLock:
    """The right to write one project file, until :meth:`release` or the end of the process."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor = descriptor

    @staticmethod
    def acquire(project: Path) -> ProjectLock | None:
        """Take the lock; None where the file system has no locks (SQLite's own still protect the data).

        Raises:
            Held: another live program has it.  OSError: the lock file cannot be made.
        """
        path = lock_path(project)
        while True:
            descriptor = _open(path)
            try:
                _lock(descriptor)
            except OSError as error:
                holder = _read(descriptor)
                os.close(descriptor)
                if error.errno in {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK}:
                    raise Held(holder or "unknown") from None
                return None
            if _same_file(path, descriptor):
                _write(descriptor)
                return ProjectLock(path, descriptor)
            os.close(descriptor)  # the last owner removed the file between our open and our lock

    def release(self) -> None:
        """Give the lock back and remove its file."""
        if self._descriptor < 0:
            return
        with suppress(OSError):
            self._path.unlink()
        os.close(self._descriptor)
        self._descriptor = -1
        if sys.platform == "win32":  # an open file cannot be removed there
            with suppress(OSError):
                self._path.unlink()


def lock_path(project: Path) -> Path:
    """Where the lock of a project file is."""
    real = project.resolve()
    return real.with_name(f"{real.name}-lock")


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | _FLAGS, 0o666)
    except PermissionError:
        return os.open(path, os.O_RDONLY | _FLAGS)  # left behind by another user's killed program


def _same_file(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _read(descriptor: int) -> str:
    with suppress(OSError):
        return os.read(descriptor, 300).decode("utf-8", "replace").strip()
    return ""


def _write(descriptor: int) -> None:
    with suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{_user()} on {platform.node()}, process {os.getpid()}\n".encode())


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "somebody"

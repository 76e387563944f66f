"""A disk on which one step fails, or every step from one on until it is mended."""

from __future__ import annotations

import contextlib
import errno
import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlite_files import Disk, SqliteFiles

_OPEN = io.open


class FailingDisk(Disk):
    """Counts the steps under ``folder``. From step ``at`` on they fail: once, or until :meth:`mend`."""

    real_syncs = False
    reads = True

    def __init__(self, folder: Path, *, reads: bool) -> None:
        self.folder, self._reads = str(folder), reads
        self.steps: list[str] = []
        self.at = -1
        self.reason = 0
        self.once = True
        self.paused = False
        """Nothing fails and nothing is counted: the test itself looks at the files."""
        self.failed = ""
        """What failed last."""

    def before(self, what: str, path: str) -> int:
        if self.paused or (what == "read" and not self._reads) or not str(path).startswith(self.folder):
            return 0
        self.steps.append(what)
        now = len(self.steps) - 1
        if self.at < 0 or now < self.at or (self.once and now > self.at):
            return 0
        if self.reason == errno.ENOSPC and what not in ("write", "open", "sync"):
            return 0  # a full disk still takes names away and is read
        self.failed = f"{what} of {Path(path).suffix or Path(path).name}"
        return self.reason

    def mend(self) -> None:
        self.at = -1

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """SQLite's steps and those of Python: syncing, naming, and writing to files that it opened."""
        ours: dict[str, Callable[..., Any]] = {
            name: self._asking(what, getattr(os, name))
            for name, what in (
                ("fsync", "sync"),
                ("replace", "rename"),
                ("rename", "rename"),
                ("unlink", "unlink"),
                ("link", "rename"),
            )
        }
        before = {name: getattr(os, name) for name in ours}
        opened, io.open = io.open, self._opened
        with SqliteFiles(self):
            for name, function in ours.items():
                setattr(os, name, function)
            try:
                yield
            finally:
                io.open = opened
                for name, function in before.items():
                    setattr(os, name, function)

    def _asking(self, what: str, done: Callable[..., Any]) -> Callable[..., Any]:
        def asked(first: Any, *others: Any, **named: Any) -> Any:
            path = str(Path(f"/proc/self/fd/{first}").readlink()) if isinstance(first, int) else os.fspath(first)
            number = self.before(what, path) if named.get("dir_fd") is None else 0
            if number:
                raise OSError(number, os.strerror(number), path)
            return done(first, *others, **named)

        return asked

    def _opened(self, file: Any, mode: str = "r", *others: Any, **named: Any) -> Any:
        writes = set(mode) & set("wxa+")
        if not writes or not isinstance(file, str | os.PathLike) or not str(file).startswith(self.folder):
            return _OPEN(file, mode, *others, **named)
        raw = _FailingFile(file, mode.replace("b", "").replace("t", ""), self)
        buffered = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        if "b" in mode:
            return buffered
        texts = dict(zip(("encoding", "errors", "newline"), others[1:], strict=False))
        return io.TextIOWrapper(buffered, **{**texts, **named})  # type: ignore[arg-type]


class _FailingFile(io.FileIO):
    def __init__(self, path: Any, mode: str, disk: FailingDisk) -> None:
        super().__init__(path, mode)
        self._path, self._disk = os.fspath(path), disk

    def write(self, data: Any) -> int:
        number = self._disk.before("write", self._path)
        if number:
            super().write(bytes(data)[: len(data) // 2])
            raise OSError(number, os.strerror(number))
        return super().write(data)

"""A file with what must outlive the program, in the first of some folders that takes it: one disk may be full."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QLockFile

from annotator.files import replacing
from ui.settings import APP, data_folder

T = TypeVar("T")
_MOST = 32
"""Windows on one project."""


def folders(first: Path | None = None) -> tuple[Path, ...]:
    """Where such files are put: the user's data folder (or ``first``), else what is likely another disk."""
    user = os.getuid() if hasattr(os, "getuid") else "user"
    running = os.environ.get("XDG_RUNTIME_DIR")
    others = [Path(running) / APP] if running else []
    return first or data_folder(), *others, Path(tempfile.gettempdir()) / f"{APP}-{user}"


class KeptFiles:
    """Those of one window for the project that it has open.

    Where several windows may write in a project, each has files of its own, by a number that no living one has.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        """``folders``: where they are put, the best first."""
        self._folders = tuple(folders)
        self._name, self._number = "", 0
        self._lock: QLockFile | None = None

    def claim(self, location: str, *, shared: bool) -> None:
        """From now on they are of the project at ``location``; their names tell nothing of it."""
        name = hashlib.sha256(location.encode()).hexdigest()[:32]
        if name == self._name:
            return
        self.release()
        self._name, self._number = name, 0
        while shared and self._number < _MOST and not self._take(self._number):
            self._number += 1

    def release(self) -> None:
        """Leave the number to others."""
        self._name, self._lock = "", None  # what is no longer held is unlocked

    def file(self, kind: str) -> KeptFile:
        """The window's own file of that kind."""
        return self._file(kind, self._number)

    def abandoned(self, kind: str) -> list[KeptFile]:
        """Those of windows that died, whose number is above the own one; none where nobody else may write."""
        if self._lock is None:
            return []
        higher = range(self._number + 1, _MOST)
        there = [n for n in higher if any(place.exists() for place in self._file(kind, n).places)]
        return [self._file(kind, number) for number in there if self._is_free(number)]

    def _file(self, kind: str, number: int) -> KeptFile:
        name = f"{self._name}-{number}.json" if number else f"{self._name}.json"
        return KeptFile(tuple(folder / kind / name for folder in self._folders))

    def _lock_of(self, number: int) -> QLockFile:
        folder = self._folders[0] / "windows"
        with suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = QLockFile(str(folder / f"{self._name}-{number}.lock"))
        lock.setStaleLockTime(0)  # who lives keeps it for days
        return lock

    def _take(self, number: int) -> bool:
        """False: another window has it. Where no lock can be made nobody can tell."""
        self._lock = self._lock_of(number)
        return self._lock.tryLock(0) or self._lock.error() != QLockFile.LockError.LockFailedError

    def _is_free(self, number: int) -> bool:
        return self._lock_of(number).tryLock(0)


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One such file, for its owner only: written whole, in one of its places at a time."""

    places: tuple[Path, ...]
    """Where it may be, the best first. All but the first may lie where everybody can write."""

    def write(self, data: bytes) -> None:
        """Keep this and nothing else; of nothing there is no file.

        Raises the ``OSError`` of the first place when none takes it.
        """
        if not data:
            self.remove()
            return
        errors: list[OSError] = []
        for place in self.places:
            try:
                self._write(place, data)
            except OSError as error:
                errors.append(error)
                continue
            with suppress(OSError):  # what is older is not read when there is something newer
                self._remove_from(each for each in self.places if each != place)
            return
        raise errors[0]

    def remove(self) -> None:
        """Keep nothing any more. Raises ``OSError``."""
        self._remove_from(self.places)

    def read(self) -> bytes:
        """What was kept last; nothing when there is no such file, or none that can be read."""
        for place in self._newest():
            with suppress(OSError):
                return place.read_bytes()
        return b""

    def set_aside(self) -> Path | None:
        """Give what :meth:`read` gives another name beside it; where it is then. Raises ``OSError``."""
        for place in self._newest():
            names = (place.with_suffix(f".unreadable{number or ''}") for number in count())
            return place.rename(next(name for name in names if not name.exists()))
        return None

    def _newest(self) -> list[Path]:
        found: list[tuple[int, Path]] = []
        for place in filter(self._is_ours, self.places):
            with suppress(OSError):
                found.append((place.stat().st_mtime_ns, place))
        return [place for _, place in sorted(found, reverse=True)]

    def _write(self, place: Path, data: bytes) -> None:
        for folder in (place.parent.parent, place.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self._is_ours(place):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))
        with replacing(place) as partial:
            partial.touch(0o600)
            partial.write_bytes(data)

    def _remove_from(self, places: Iterable[Path]) -> None:
        errors: list[OSError] = []
        for place in filter(self._is_ours, places):
            try:
                place.unlink()
            except (FileNotFoundError, NotADirectoryError):
                pass
            except OSError as error:
                errors.append(error)
        if errors:
            raise errors[0]

    def _is_ours(self, place: Path) -> bool:
        """False: somebody else has put its folders where everybody can write, or there are none."""
        if place == self.places[0] or not hasattr(os, "getuid"):
            return True
        try:
            told = [folder.lstat() for folder in (place.parent.parent, place.parent)]
        except OSError:
            return False
        return all(stat.S_ISDIR(each.st_mode) and each.st_uid == os.getuid() for each in told)


def gather(
    file: KeptFile,
    others: Sequence[KeptFile],
    decode: Callable[[bytes], tuple[T, ...] | None],
    encode: Callable[[Sequence[T]], bytes],
) -> tuple[tuple[T, ...], Path | None]:
    """What is in the file, and in those of windows that died, which is in this one from now on.

    What ``decode`` cannot read, since another version wrote it, gets another name: where that is, else None.
    Raises ``OSError``.
    """
    found: tuple[T, ...] = ()
    aside: Path | None = None
    for each in (file, *others):
        more = decode(each.read())
        found, aside = (*found, *(more or ())), each.set_aside() if more is None else aside
    with suppress(OSError):
        if others:
            file.write(encode(found))
        for other in others:
            other.remove()
    return found, aside

"""Where an export goes: a file or a folder that appears whole or not at all."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from types import TracebackType

from annotator.errors import ExportFailed
from annotator.files import SQLITE_MAGIC, new_beside, reason_of, remove_left, replacing, sync_folder, sync_names

_ALONE = nullcontext()


class Beside:
    """Small files that belong to another one: they have their names shortly before it has its own.

    Entered when the other one is on the disk, left when it has its name: where that fails, what was there before is
    there again, as far as the disk can still give names.
    """

    def __init__(self, files: Mapping[Path, bytes]) -> None:
        """``files``: path → content. Raises ``ExportFailed``: one of them cannot be written there."""
        self._files = [_Small(path, data) for path, data in files.items()]

    def __enter__(self) -> None:
        """Give them their names, all or none. Raises ``ExportFailed``."""
        try:
            for small in self._files:
                small.write()
            for small in self._files:
                small.take_name()
        except ExportFailed:
            self._take_back()
            raise
        for folder in {small.target.parent for small in self._files}:
            sync_names(folder)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._take_back()
        for small in self._files:
            small.forget()

    def _take_back(self) -> None:
        for small in self._files:
            with suppress(OSError):
                small.take_back()
            small.forget()


class _Small:
    """One of them, and a copy of what has its name."""

    def __init__(self, path: Path, data: bytes) -> None:
        self._path, self._data = path, data
        with _told(path):
            self.target = path.resolve()
            _check_file(self.target, path)
        self._new, self._before = new_beside(self.target), new_beside(self.target)
        self._replaces = self._named = False

    def write(self) -> None:
        with _told(self._path):
            with self._new.open("xb") as stream:
                stream.write(self._data)
                stream.flush()
                os.fsync(stream.fileno())
            self._replaces = self.target.exists()
            if self._replaces:
                shutil.copyfile(self.target, self._before)
                for copy in (self._before, self._new):
                    shutil.copymode(self.target, copy)

    def take_name(self) -> None:
        with _told(self._path):
            self._new.replace(self.target)
            self._named = True

    def take_back(self) -> None:
        if self._named and self._replaces:
            self._before.replace(self.target)
        elif self._named:
            self.target.unlink()

    def forget(self) -> None:
        """Leave nothing but the file itself."""
        for path in (self._new, self._before):
            with suppress(OSError):
                path.unlink()


@contextmanager
def target_file(path: Path, beside: AbstractContextManager[None] = _ALONE) -> Iterator[tuple[Path, bool]]:
    """The path of a new file that becomes ``path`` when the block ends well, and whether one is there to be replaced.

    ``beside`` (see :class:`Beside`) is what takes its names together with it.

    Raises:
        ExportFailed: it cannot be written there; what was there stays.
    """
    with _told(path):
        target = path.resolve()
        replaced = _check_file(target, path)
        remove_left(target.parent)
        with replacing(target, beside) as temporary:
            yield temporary, replaced


def write_file(path: Path, data: bytes) -> None:
    """Write a small file, whole or not at all. Raises :class:`ExportFailed`."""
    with target_file(path) as (temporary, _):
        temporary.write_bytes(data)


@contextmanager
def target_folder(
    path: Path, otherwise: str = ", or one that ends in .zip", beside: AbstractContextManager[None] = _ALONE
) -> Iterator[tuple[Path, bool]]:
    """A new folder that becomes ``path`` when the block ends well; False, as none that holds something is replaced.

    ``otherwise`` is what the refusal offers besides a new folder, ``beside`` what takes its names together with it.

    Raises:
        ExportFailed: it cannot be made there, or something is there.
    """
    with _told(path):
        target = path.resolve()
        _check_parent(target, path)
        remove_left(target.parent)
        if target.exists() and not (target.is_dir() and not any(target.iterdir())):
            what = "holds files" if target.is_dir() else "is a file"
            raise ExportFailed(f"{path} is there and {what}; give the name of a new folder{otherwise}.")
        temporary = new_beside(target)
        try:
            temporary.mkdir()
            yield temporary, False
            sync_folder(temporary)
            with beside:
                temporary.replace(target)  # an empty folder of that name gives way
            sync_names(target.parent)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the system refuses in the block, as a sentence about ``path``."""
    try:
        yield
    except (OSError, ValueError, RuntimeError) as error:  # a NUL in the path; a loop of links
        raise ExportFailed(f"{path} cannot be written: {reason_of(error)}.") from error


def _check_parent(target: Path, path: Path) -> None:
    if not target.parent.is_dir():
        raise ExportFailed(f"{path} cannot be written: the directory {path.parent} does not exist.")


def _check_file(target: Path, path: Path) -> bool:
    """Whether a file is there to be replaced. Raises ``ExportFailed`` when the target is no place to write to."""
    _check_parent(target, path)
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return False
    if stat.S_ISDIR(mode):
        raise ExportFailed(f"{path} is a directory; give the name of a file.")
    if not stat.S_ISREG(mode):
        raise ExportFailed(f"{path} is no regular file; give another name.")
    if not os.access(target, os.W_OK):
        raise ExportFailed(f"{path} is write-protected.")
    with target.open("rb") as stream:
        if stream.read(len(SQLITE_MAGIC)) == SQLITE_MAGIC:
            raise ExportFailed(f"{path} is a project or another database; give another name.")
    return True

"""Files: the extension of projects, what a database looks like, and replacing a file whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import shutil
import stat
import time
from collections.abc import Iterator
from pathlib import Path

PROJECT_SUFFIX = ".annotator"
"""The extension of project files."""
BACKUPS_SUFFIX = ".backups"
"""What the folder with a project's backups has instead."""
MAKING = ".making-"
"""How the hidden folder is called in which something is made before it has its name."""
SQLITE_MAGIC = b"SQLite format 3\x00"
"""How every SQLite file begins."""

_LEFT = re.compile(rf"\.[0-9a-f]{{16}}\.partial|{re.escape(MAKING)}[a-z0-9_]{{8}}")
_DAY = 86_400
_NOTHING = contextlib.nullcontext()


def project_file(name: str) -> Path:
    """The file of a new project that a person calls so: with the extension of projects, whatever else is in it."""
    return Path(name if name.endswith(PROJECT_SUFFIX) else f"{name}{PROJECT_SUFFIX}")


def reason_of(error: Exception) -> str:
    """Why the system refused, or Python a name, as the end of a sentence: ``no space left on device``."""
    return (getattr(error, "strerror", None) or str(error).rstrip(".") or "unknown reason").lower()


def new_beside(target: Path) -> Path:
    """A hidden name beside ``target`` that nothing has yet, for what is to take its place."""
    return target.parent / f".{secrets.token_hex(8)}.partial"


@contextlib.contextmanager
def replacing(target: Path, around: contextlib.AbstractContextManager[object] = _NOTHING) -> Iterator[Path]:
    """The path of a new file beside ``target`` that takes its name when the block ends without an error.

    The block makes the file and closes it. Afterwards it is on disk under the name ``target``, with the mode of the
    file that was there; after an error nothing is left of it, and what was there stays. ``around`` is entered when the
    new file is whole and on the disk, and left when it has its name, or with the error.
    """
    temporary = new_beside(target)
    try:
        yield temporary
        _sync(temporary)
        with contextlib.suppress(FileNotFoundError):
            temporary.chmod(stat.S_IMODE(target.stat().st_mode))
        with around:
            temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):  # where even that fails, it is the first error that says why
            temporary.unlink(missing_ok=True)
        raise
    sync_names(target.parent)


def remove_left(folder: Path) -> None:
    """Remove what :func:`replacing` and hidden folders for making left there when the power failed, a day ago or more.

    What is younger may still be written by somebody.
    """
    with contextlib.suppress(OSError):
        for left in [path for path in folder.iterdir() if _LEFT.fullmatch(path.name)]:
            with contextlib.suppress(OSError):
                newest = max(path.lstat().st_mtime for path in (left, *left.rglob("*")))
                if newest > time.time() - _DAY:
                    continue
                if left.is_dir() and not left.is_symlink():
                    shutil.rmtree(left)
                else:
                    left.unlink()


def take_new_name(temporary: Path, target: Path) -> None:
    """Give a file on the same disk, which is whole, a name that no other file has, durably.

    Raises:
        FileExistsError: something of that name is there; it stays as it is.  OSError: it cannot be done.
    """
    _sync(temporary)
    try:
        target.hardlink_to(temporary)  # unlike a renaming, this never takes anybody's place
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):  # no file system knows everything
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        temporary.replace(target)
    sync_names(target.parent)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Put all files in a folder, and in the folders in it, on the disk, with their names but not its own."""
    for path in folder.rglob("*"):
        if path.is_dir():
            sync_names(path)
        else:
            _sync(path)
    sync_names(folder)


def sync_names(directory: Path) -> None:
    """Make the names in a directory durable, where the system allows a directory to be synced."""
    with contextlib.suppress(OSError):
        handle = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

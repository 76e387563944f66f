"""Where an export goes: a file or a folder that appears whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.errors import ExportFailed
from annotator.files import SQLITE_MAGIC, reason_of, remove_left, replacing, sync_folder, sync_names


@contextmanager
def target_file(path: Path) -> Iterator[tuple[Path, bool]]:
    """The path of a new file that becomes ``path`` when the block ends well, and whether one is there to be replaced.

    Raises:
        ExportFailed: it cannot be written there; what was there stays.
    """
    try:
        target = path.resolve()
        replaced = _check_file(target, path)
        remove_left(target.parent)
        with replacing(target) as temporary:
            yield temporary, replaced
    except (OSError, ValueError, RuntimeError) as error:  # a NUL in the path; a loop of links
        raise _cannot(path, error) from error


def write_file(path: Path, data: bytes) -> None:
    """Write a small file, whole or not at all. Raises :class:`ExportFailed`."""
    with target_file(path) as (temporary, _):
        temporary.write_bytes(data)


@contextmanager
def target_folder(path: Path, otherwise: str = ", or one that ends in .zip") -> Iterator[tuple[Path, bool]]:
    """A new folder that becomes ``path`` when the block ends well; False, as none that holds something is replaced.

    ``otherwise`` is what the refusal offers besides a new folder.

    Raises:
        ExportFailed: it cannot be made there, or something is there.
    """
    temporary: Path | None = None
    try:
        target = path.resolve()
        _check_parent(target, path)
        remove_left(target.parent)
        if target.exists() and not (target.is_dir() and not any(target.iterdir())):
            what = "holds files" if target.is_dir() else "is a file"
            raise ExportFailed(f"{path} is there and {what}; give the name of a new folder{otherwise}.")
        temporary = target.parent / f".{secrets.token_hex(8)}.partial"
        temporary.mkdir()
        yield temporary, False
        sync_folder(temporary)
        temporary.replace(target)  # an empty folder of that name gives way
        sync_names(target.parent)
    except (OSError, ValueError, RuntimeError) as error:
        raise _cannot(path, error) from error
    finally:
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)


def _cannot(path: Path, error: Exception) -> ExportFailed:
    return ExportFailed(f"{path} cannot be written: {reason_of(error)}.")


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

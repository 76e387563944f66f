"""What can be said about a project file before SQLite opens it. Nothing here changes the file."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

from annotator.errors import ProjectDamaged, ProjectError
from annotator.files import BACKUPS_SUFFIX, MAKING, PROJECT_SUFFIX, SQLITE_MAGIC, reason_of, remove_left, take_new_name
from db.engine import APPLICATION_ID

_SHARES = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "fuse.sshfs", "fuse.davfs", "davfs", "ncpfs", "glusterfs"}
)
"""File systems on other machines, whose locks and syncs nobody here can vouch for."""
SET_ASIDE = ".damaged-"
"""What follows the name of a project in that of a damaged one that was set aside."""
_HEADER_SIZE = 100
_VERSIONS_AT, _ENCODING_AT = 18, 56
_ROLLBACK, _UTF_8 = b"\x01\x01", 1
_APPLICATION_ID_AT = 68
_COUNTER_AT, _PAGES_AT, _VALID_FOR_AT = 24, 28, 92


def check_file(path: Path) -> None:
    """Raise :class:`ProjectError` unless ``path`` is a readable SQLite file that this program made."""
    header, size = _beginning(path)
    if not header:
        raise _not_whole(path)(f"“{path}” is empty (0 bytes), so it is no project.")
    if len(header) < _HEADER_SIZE or not header.startswith(SQLITE_MAGIC):
        raise _not_whole(path)(f"“{path}” is not a project: it is no SQLite file.")
    if int.from_bytes(header[_APPLICATION_ID_AT : _APPLICATION_ID_AT + 4], "big") != APPLICATION_ID:
        raise ProjectError(f"“{path}” is a SQLite file of another program, not a project.")
    encoding = int.from_bytes(header[_ENCODING_AT : _ENCODING_AT + 4], "big")
    if header[_VERSIONS_AT : _VERSIONS_AT + 2] != _ROLLBACK or encoding != _UTF_8:
        raise ProjectError(
            f"“{path}” was changed by another program (a journal or an encoding that no project has). It was not "
            "opened; import it into another project instead, which copies its articles."
        )
    if size is not None:
        _check_length(path, header, size)


def _beginning(path: Path) -> tuple[bytes, int | None]:
    """The header of the file and its size in bytes; None: it is just being changed, or was not done with."""
    try:
        mode = path.stat()
        if stat.S_ISDIR(mode.st_mode):
            raise ProjectError(f"“{path}” is a folder, not a project file.")
        if not stat.S_ISREG(mode.st_mode):
            raise ProjectError(f"“{path}” is not an ordinary file.")
        with path.open("rb") as file:
            header = file.read(_HEADER_SIZE)
        # In this order: another program that has just written a longer header is done with the rest when its journal
        # has gone, so that a file that is too short then stays so.
        return header, None if journal_of(path).exists() else path.stat().st_size
    except FileNotFoundError:
        raise ProjectError(f"There is no project “{path}”.{_aside(path)}") from None
    except ValueError as error:  # a NUL in the name
        raise ProjectError("That is not the name of a file.") from error
    except OSError as error:
        raise ProjectError(f"“{path}” cannot be read: {reason_of(error)}.") from error


def _aside(path: Path) -> str:
    """Where a damaged project lies that has lost its name, when the power failed before another one got it."""
    with suppress(OSError):
        found = sorted(path.parent.glob(f"{escape(path.stem)}{SET_ASIDE}*{escape(path.suffix)}"))
        if found:
            return f" A damaged one was set aside as “{found[-1].name}”: rebuild that, or restore a backup."
    return ""


def identity_of(path: Path) -> tuple[int, int] | None:
    """Which file has that name now: another one after it was restored. None: there is none just now."""
    with suppress(OSError):
        found = path.stat()
        return found.st_dev, found.st_ino
    return None


def journal_of(path: Path) -> Path:
    """Where SQLite keeps what it needs to take a half-done change of the file back."""
    return path.with_name(f"{path.name}-journal")


def _not_whole(path: Path) -> type[ProjectError]:
    """What is called a project, but does not begin as one: it was one when there are backups of it."""
    was = path.suffix == PROJECT_SUFFIX and path.resolve().with_suffix(BACKUPS_SUFFIX).is_dir()
    return ProjectDamaged if was else ProjectError


def _check_length(path: Path, header: bytes, size: int) -> None:
    """Raise when the file is shorter than its header says."""
    number = [int.from_bytes(header[at : at + 4], "big") for at in (_COUNTER_AT, _PAGES_AT, _VALID_FOR_AT)]
    page = int.from_bytes(header[16:18], "big")
    length = number[1] * (65536 if page == 1 else page)
    if number[0] == number[2] and size < length:
        raise ProjectDamaged(f"“{path.name}” is damaged: it is cut off after {size:,} of {length:,} bytes.")


@contextmanager
def new_file(path: Path) -> Iterator[None]:
    """An empty file for the project that the block makes there; after an error it is gone.

    Raises:
        ProjectError: something of that name exists, or the folder is missing or cannot be written.
    """
    _reserve(path)
    try:
        yield
    except BaseException:
        with suppress(OSError):  # a disk that fails to forget it, too, is told of by the first error
            path.unlink(missing_ok=True)
        raise


@contextmanager
def appearing(target: Path) -> Iterator[Path]:
    """Where the block makes a new project; it becomes ``target`` when the block ends well, else nothing is left of it.

    It has the name of ``target``, in a hidden folder of its own beside it, where the block may make other files, too.

    Raises:
        ProjectError: something of that name exists, or the folder is missing or cannot be written.
    """
    _check_new(target)
    remove_left(target.parent)
    try:
        with tempfile.TemporaryDirectory(prefix=MAKING, dir=target.parent, ignore_cleanup_errors=True) as folder:
            yield Path(folder) / target.name
            take_new_name(Path(folder) / target.name, target)
    except FileExistsError:
        raise _taken(target) from None
    except OSError as error:
        raise ProjectError(f"“{target.name}” cannot be written: {reason_of(error)}.") from error


def _check_new(path: Path) -> None:
    try:
        if not path.parent.exists():
            raise ProjectError(f"The folder “{path.parent}” does not exist.")
        if not path.parent.is_dir():
            raise ProjectError(f"“{path.parent}” is not a folder.")
        if os.path.lexists(path):
            raise _taken(path)
        if journal_of(path).exists() and journal_of(path).stat().st_size:  # it would be rolled back into the new file
            raise _taken(journal_of(path))
    except ValueError as error:  # a NUL in the name
        raise ProjectError("That is not the name of a file.") from error
    except OSError as error:
        raise ProjectError(f"“{path}” cannot be created: {reason_of(error)}.") from error


def _taken(path: Path) -> ProjectError:
    return ProjectError(f"“{path}” exists already; a new project needs a new name.")


def _reserve(path: Path) -> None:
    _check_new(path)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0), 0o666))
    except FileExistsError:
        raise _taken(path) from None
    except OSError as error:
        raise ProjectError(f"“{path}” cannot be created: {reason_of(error)}.") from error


def is_writable(path: Path) -> bool:
    """Whether the file and its folder (for the journal) can be written."""
    return os.access(path, os.W_OK) and os.access(path.resolve().parent, os.W_OK)


def network_share(path: Path, mounts: Path = Path("/proc/self/mountinfo")) -> str | None:
    """What kind of share a file lies on (``nfs4``), None when it is a disk of this machine or nobody can say.

    ``mounts`` is where Linux lists what is mounted; elsewhere there is no such list.
    """
    real = path.resolve()
    if os.name == "nt":
        return "share" if str(real).startswith("\\\\") else None
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    inside, found, deepest = f"{real}/", None, -1
    for line in lines:
        before, _, after = line.partition(" - ")
        fields, kinds = before.split(), after.split()
        if len(fields) < 5 or not kinds:
            continue
        point = fields[4].replace("\\040", " ").rstrip("/")
        if len(point) >= deepest and inside.startswith(f"{point}/"):
            found, deepest = kinds[0], len(point)
    return found if found in _SHARES else None

"""Zip archives as entries: nothing is unpacked to disk, sizes and ratios are bounded before anything is inflated."""

from __future__ import annotations

import io
import stat
import threading
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, BinaryIO

from annotator.errors import ImportFailed
from annotator.formats.bounds import MOST_BYTES
from annotator.services.importing.entry import MOST_BESIDE, MOST_ENTRIES, Entry
from annotator.text.wording import plain

if TYPE_CHECKING:
    from typing_extensions import Buffer

MOST_RATIO = 200
"""Times that a file may grow when it is inflated, once it is larger than ``_SMALL``; text grows some ten times."""
MOST_IN_ALL = 16 << 30
_SMALL = 1 << 20
_ARCHIVES = {".zip", ".7z", ".rar", ".gz", ".tar", ".tgz", ".bz2", ".xz"}
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


def is_archive(path: Path) -> bool:
    """Whether the file is a zip archive by its name; documents that are archives inside (``.docx``) are not."""
    return path.suffix.casefold() == ".zip" and path.is_file()


def open_archive(path: Path, name: str) -> Archive:
    """The archive. Raises ``ImportFailed`` when it is none or holds too much."""
    archive = Archive(path, name)
    archive.check()
    return archive


class Archive:
    """A zip archive on disk, opened when it is needed."""

    def __init__(self, path: Path, name: str) -> None:
        self._path = path
        self._name = name
        self._zip: zipfile.ZipFile | None = None
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close the file; whatever is read later opens it again."""
        with self._lock:
            if self._zip is not None:
                self._zip.close()
                self._zip = None

    def check(self) -> None:
        """Raise ``ImportFailed`` when this is no archive, or one that holds more than anybody can mean."""
        infos = self._opened().infolist()
        if len(infos) > MOST_ENTRIES:
            raise ImportFailed(f"{self._name} holds more than {MOST_ENTRIES:,} files; import a part of it.")
        total = sum(info.file_size for info in infos)
        if total > MOST_IN_ALL:
            raise ImportFailed(f"{self._name} would grow to {total >> 30:,} GB; it was not opened.")

    def entries(self, problems: list[str]) -> Iterator[Entry]:
        """Its files by name; one sentence goes to ``problems`` for each that is not offered."""
        seen: set[str] = set()
        for info in sorted(self._opened().infolist(), key=lambda each: each.filename):
            if info.filename.endswith("/"):
                continue
            path = _cleaned(info.filename)
            name = f"{self._name}: {path}"
            reason = _unfit(info) or ("is in it twice" if info.filename in seen else None)
            seen.add(info.filename)
            if reason:
                problems.append(f"{name} {reason}; it was left out.")
            else:
                yield self._entry(info, name, path)

    def _entry(self, info: zipfile.ZipInfo, name: str, path: str) -> Entry:
        folder = PurePosixPath(info.filename).parent

        def beside(other: str) -> bytes | None:
            wanted = str(folder / other)
            try:
                found = self._opened().getinfo(wanted)
                if _unfit(found) or found.file_size > MOST_BESIDE:
                    return None
                with self._opened().open(found) as stream:
                    return stream.read()
            except (KeyError, *_BROKEN):
                return None

        return Entry(name, path, lambda: self._open(info, name), beside)

    def _opened(self) -> zipfile.ZipFile:
        with self._lock:
            if self._zip is None:
                try:
                    self._zip = zipfile.ZipFile(self._path)
                except PermissionError:
                    raise ImportFailed(f"{self._path} may not be read: permission denied.") from None
                except _BROKEN as error:
                    raise ImportFailed(f"{self._name} is no zip archive or a damaged one.") from error
            return self._zip

    def _open(self, info: zipfile.ZipInfo, name: str) -> BinaryIO:
        try:
            return io.BufferedReader(_Guarded(self._opened().open(info), name))
        except _BROKEN as error:
            raise _damaged(name, error) from error


class _Guarded(io.RawIOBase):
    """The bytes of a file in an archive; damage is one sentence."""

    def __init__(self, inner: IO[bytes], name: str) -> None:
        self._inner, self._told = inner, name

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._inner.seek(offset, whence)

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer).cast("B")
        try:
            data = self._inner.read(len(view))
        except _BROKEN as error:
            raise _damaged(self._told, error) from error
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._inner.close()
        super().close()


def _damaged(name: str, error: Exception) -> ImportFailed:
    if isinstance(error, NotImplementedError):
        return ImportFailed(f"{name} is compressed in a way that cannot be read here; pack the archive anew.")
    return ImportFailed(f"{name} is damaged in the archive.")


def _cleaned(name: str) -> str:
    return plain(name.replace("\\", "/").encode("utf-8", "replace").decode())


def _unfit(info: zipfile.ZipInfo) -> str | None:
    """Why a file of an archive is not read, as a clause; None when it can be."""
    path = PurePosixPath(_cleaned(info.filename))
    if not path.parts:
        return "has no name"
    grown = info.file_size > _SMALL and info.file_size > MOST_RATIO * max(1, info.compress_size)
    reasons = {
        "has a name that leads out of the archive": path.is_absolute() or ".." in path.parts or ":" in path.parts[0],
        "is a link": stat.S_ISLNK(info.external_attr >> 16),
        "is encrypted": bool(info.flag_bits & 0x1),
        f"is larger than {MOST_BYTES >> 20} MB": info.file_size > MOST_BYTES,
        f"would grow more than {MOST_RATIO} times when it is unpacked, as only a trap does": grown,
        "is an archive inside an archive: unpack it and import it by itself": path.suffix.casefold() in _ARCHIVES,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)

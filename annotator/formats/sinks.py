"""Where formats of several files write them, and where these are read again."""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from annotator.errors import ExportFailed

_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every file in an archive, the first that a zip can state: the same content gives the same bytes."""


class FolderSink:
    """Files in a folder, which exists and is empty."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.names: list[str] = []
        """What was written, in order."""

    @contextlib.contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """A new file."""
        path = self._folder / _checked(name, self.names)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as stream:
            yield stream

    def read(self, name: str) -> bytes | None:
        """What was written under that name; None: nothing."""
        return (self._folder / name).read_bytes() if name in self.names else None


class ZipSink:
    """Files in a zip archive."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.names: list[str] = []
        """What was written, in order."""

    @contextlib.contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """A new file."""
        entry = zipfile.ZipInfo(_checked(name, self.names), _DAY)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        with self._archive.open(entry, "w") as stream:
            yield stream  # type: ignore[misc]

    def read(self, name: str) -> bytes | None:
        """What was written under that name; None: nothing."""
        return self._archive.read(name) if name in self.names else None


def _checked(name: str, taken: list[str]) -> str:
    """The name, noted as taken. Raises ``ExportFailed`` when it is, or leads out of the folder."""
    parts = PurePosixPath(name).parts
    if name in taken or not parts or name.startswith("/") or ".." in parts or "\\" in name:
        raise ExportFailed(f"Two files of the export would be called “{name}”, or it is no name for a file.")
    taken.append(name)
    return name


def file_name(title: str, number: int, total: int) -> str:
    """A name for an article's file without its extension: its number and the letters and digits of its title."""
    words = "".join(letter if letter.isalnum() else " " for letter in title).split()
    kept = ""
    for word in words:
        if len(kept) + len(word) > 40:
            break
        kept += f"-{word}"
    return f"{number:0{len(str(total))}d}{kept.lower()}"


_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in "123456789¹²³")})


def unreserved(stem: str) -> str:
    """The stem of a file's name, changed where Windows takes it for a device: ``CON.v2`` → ``CON_.v2``."""
    device, dot, rest = stem.partition(".")
    return f"{device}_{dot}{rest}" if device.rstrip(" ").casefold() in _DEVICES else stem

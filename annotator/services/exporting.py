"""Export: write a project to a file in one of the formats, whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from annotator.errors import ExportFailed
from annotator.formats import registry
from annotator.formats.base import Format, Source, Writing

VIEWS = ("source", "corrected")
_SQLITE_MAGIC = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What was written. ``losses`` has one sentence for each thing that the format cannot carry."""

    path: Path
    bytes: int
    articles: int
    claims: int
    speakers: int
    mentions: int
    corrections: int
    losses: tuple[str, ...] = ()
    replaced: bool = False
    """Whether a file of that name was there before."""


def export(project: Source, path: Path, file_format: Format | None = None, view: str = "source") -> ExportResult:
    """Write all articles to ``path``. The file appears complete, or what was there before stays.

    ``file_format`` None means JSON Lines. ``view`` is ``source`` or ``corrected``.

    Raises:
        ExportFailed: the target cannot be written, or a line would be wrong; the sentence names the place.
    """
    chosen = file_format or registry.named("jsonl")
    if chosen.write is None:
        raise ExportFailed(f"{chosen.title} can be read but not written.")
    if view not in VIEWS:
        raise ExportFailed(f"There is no view “{view}”; choose {' or '.join(VIEWS)}.")
    writing = Writing(view)
    try:
        target = path.resolve()
        replaced = _check_target(target, path)
        with _replacing(target) as stream:
            chosen.write(project, stream, writing)
            size = stream.tell()
    except OSError as error:
        raise ExportFailed(f"{path} cannot be written: {(error.strerror or str(error)).lower()}.") from error
    return ExportResult(
        path,
        size,
        writing.articles,
        writing.claims,
        writing.speakers,
        writing.mentions,
        writing.corrections,
        tuple(writing.losses),
        replaced,
    )


def _check_target(target: Path, path: Path) -> bool:
    """Whether a file is there to be replaced. Raises ``ExportFailed`` when the target is no place to write to."""
    if not target.parent.is_dir():
        raise ExportFailed(f"{path} cannot be written: the directory {path.parent} does not exist.")
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
        if stream.read(len(_SQLITE_MAGIC)) == _SQLITE_MAGIC:
            raise ExportFailed(f"{path} is a project or another database; give another name.")
    return True


@contextlib.contextmanager
def _replacing(target: Path) -> Iterator[BinaryIO]:
    """A stream to a temporary file beside ``target`` that takes its name when the block ends without an error."""
    temporary = target.parent / f".export-{secrets.token_hex(8)}.tmp"
    try:
        with temporary.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        with contextlib.suppress(FileNotFoundError):
            temporary.chmod(stat.S_IMODE(target.stat().st_mode))
        temporary.replace(target)
        _sync_directory(target.parent)
    finally:
        temporary.unlink(missing_ok=True)


def _sync_directory(directory: Path) -> None:
    """Make the new name itself durable, where the system allows a directory to be synced."""
    with contextlib.suppress(OSError):
        handle = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

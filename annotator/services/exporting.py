"""Export: write a project to a file in one of the formats, whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from annotator.errors import ExportFailed
from annotator.files import SQLITE_MAGIC, replacing
from annotator.formats import registry, scheme_json
from annotator.formats.base import Format, Source, Writing
from annotator.model import Scheme

VIEWS = ("source", "corrected")


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
    beside: tuple[Path, ...] = ()
    """The files with the scheme and the guideline."""


def export(
    project: Source,
    path: Path,
    file_format: Format | None = None,
    view: str = "source",
    scheme: Scheme | None = None,
) -> ExportResult:
    """Write all articles to ``path``. The file appears complete, or what was there before stays.

    ``file_format`` None means JSON Lines. ``view`` is ``source`` or ``corrected``. By what ``scheme`` they are labelled
    goes beside them, into ``NAME.scheme.json`` and ``NAME.guideline.md``; None: nowhere.

    Raises:
        ExportFailed: the target cannot be written, or a line would be wrong; the sentence names the place.
    """
    chosen = file_format or registry.named("jsonl")
    if chosen.write is None:
        raise ExportFailed(f"{chosen.title} can be read but not written.")
    if view not in VIEWS:
        raise ExportFailed(f"There is no view “{view}”; choose {' or '.join(VIEWS)}.")
    writing = Writing(view)
    beside = _beside(path, scheme) if scheme is not None else {}
    with ExitStack() as stack:
        temporary, replaced = stack.enter_context(target_file(path))
        for other, data in beside.items():
            stack.enter_context(target_file(other))[0].write_bytes(data)
        with temporary.open("xb") as stream:
            chosen.write(project, stream, writing)
            size = stream.tell()
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
        tuple(beside),
    )


def _beside(path: Path, scheme: Scheme) -> dict[Path, bytes]:
    """What is written next to a dataset."""
    return {
        scheme_json.beside(path, scheme_json.SCHEME_SUFFIX): scheme_json.write(scheme),
        scheme_json.beside(path, scheme_json.GUIDELINE_SUFFIX): scheme.guideline.encode(),
    }


def write_file(path: Path, data: bytes) -> None:
    """Write a small file, whole or not at all. Raises :class:`ExportFailed`."""
    with target_file(path) as (temporary, _):
        temporary.write_bytes(data)


@contextmanager
def target_file(path: Path) -> Iterator[tuple[Path, bool]]:
    """The path of a new file that becomes ``path`` when the block ends well, and whether one is there to be replaced.

    Raises:
        ExportFailed: it cannot be written there; what was there stays.
    """
    try:
        target = path.resolve()
        replaced = _check_target(target, path)
        with replacing(target) as temporary:
            yield temporary, replaced
    except (OSError, ValueError, RuntimeError) as error:  # a NUL in the path; a loop of links
        told = getattr(error, "strerror", None)
        reason = told.lower() if told else str(error).rstrip(".")
        raise ExportFailed(f"{path} cannot be written: {reason}.") from error


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
        if stream.read(len(SQLITE_MAGIC)) == SQLITE_MAGIC:
            raise ExportFailed(f"{path} is a project or another database; give another name.")
    return True

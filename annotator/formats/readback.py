"""Reading what a format has just written, for the loss report."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from annotator.errors import AnnotatorError, ExportFailed
from annotator.formats.article_bytes import compared
from annotator.formats.base import Back, Draft, Format, Reading
from annotator.formats.drafts import drafts_back


def read_back(file_format: Format, written: Path, path: Path, reading: Reading) -> Iterator[Draft]:
    """The articles in ``written``, a file or a folder that will be called ``path``, as they are read.

    Raises:
        ExportFailed: it cannot be read again, so it is not right.
    """
    with _readable(path):
        if file_format.write is not None:
            with written.open("rb") as stream:
                yield from drafts_back(file_format, stream, reading)
        else:
            yield from _several(file_format, written, reading)


def compare_back(file_format: Format, written: Path, path: Path, reading: Reading) -> Iterator[Back]:
    """The same articles as they are compared with what was written. Raises like :func:`read_back`."""
    if file_format.compare_back is None:
        for draft in read_back(file_format, written, path, reading):
            yield draft.article.id, compared(draft.document, draft.speakers)
    else:
        with _readable(path), written.open("rb") as stream:
            yield from file_format.compare_back(stream, reading)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except (AnnotatorError, OSError, zipfile.BadZipFile) as error:
        raise ExportFailed(f"{path} was not written, since it could not be read again: {error}") from error


def _several(file_format: Format, written: Path, reading: Reading) -> Iterator[Draft]:
    if written.is_dir():
        names = sorted(file.relative_to(written).as_posix() for file in written.rglob("*") if file.is_file())
        yield from _files(file_format, names, lambda name: (written / name).read_bytes(), reading)
    else:
        with zipfile.ZipFile(written) as archive:
            yield from _files(file_format, sorted(archive.namelist()), archive.read, reading)


def _files(file_format: Format, names: list[str], read: Callable[[str], bytes], reading: Reading) -> Iterator[Draft]:
    for name in names:
        if PurePosixPath(name).suffix not in file_format.extensions:
            continue
        own = _Beside(name, names, read)
        each = Reading(
            name, reading.annotator, reading.guideline, reading.vocabulary, beside=own, relabel=reading.relabel
        )
        yield from drafts_back(file_format, io.BytesIO(read(name)), each)


class _Beside:
    """The other files in the same folder as one."""

    def __init__(self, name: str, names: list[str], read: Callable[[str], bytes]) -> None:
        self._folder, self._names, self._read = PurePosixPath(name).parent, frozenset(names), read

    def __call__(self, name: str) -> bytes | None:
        path = (self._folder / name).as_posix()
        return self._read(path) if path in self._names else None

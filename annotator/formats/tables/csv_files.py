"""A project as CSV files that are joined by ids: RFC 4180, UTF-8 with a byte order mark, one header row each.

The byte order mark is there because Excel takes a file without one for another encoding; readers of CSV skip it.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import PurePosixPath
from typing import IO, BinaryIO

from annotator.errors import ImportFailed
from annotator.formats.article_lines import article_data
from annotator.formats.base import Draft, Reading, Sink, Source, Writing
from annotator.formats.tables.cells import to_cell
from annotator.formats.tables.relations import Row, Table, checked, drafts, rows, tables
from annotator.formats.writing import documents

_IN_MEMORY = 4 << 20
_CHUNK = 1 << 16
_LONGEST = 1 << 30


def write_files(source: Source, sink: Sink, writing: Writing) -> None:
    """One file for each table, also for those without rows. The project is gone through once."""
    with ExitStack() as stack:
        # A zip takes one file at a time, and a row of an article belongs into all of them.
        files: dict[str, IO[str]] = {
            table.name: stack.enter_context(
                tempfile.SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="")
            )
            for table in tables()
        }
        _fill(source, files, writing)
        for name, file in files.items():
            file.seek(0)
            with sink.open(f"{name}.csv") as stream:
                stream.writelines(chunk.encode() for chunk in iter(lambda file=file: file.read(_CHUNK), ""))  # type: ignore[misc]


def _fill(source: Source, files: Mapping[str, IO[str]], writing: Writing) -> None:
    columns = {table.name: table.columns for table in tables()}
    writers = {name: csv.writer(file, lineterminator="\r\n") for name, file in files.items()}
    for name, file in files.items():
        file.write("\ufeff")
        writers[name].writerow(columns[name])
    told: set[str] = set()
    for document, speakers in documents(source, writing):
        for name, row in rows(article_data(document, speakers, writing.view), told):
            writers[name].writerow([to_cell(row[key], shape) for key, shape in columns[name].items()])


def part_of_export(data: bytes) -> str | None:
    """Which table of such an export a file is, by its header; None: it is another file."""
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    return next((t.name for t in tables() if head.startswith(f"{','.join(t.columns)}\r\n".encode())), None)


def read(data: bytes, part: str, reading: Reading) -> list[Draft]:
    """The articles of ``articles.csv`` and of the files beside it; of any other ``part`` none, as it is read with that.

    Raises:
        ImportFailed: one of the files is missing or not right.
    """
    if part == "articles":
        return _read(io.BytesIO(data), reading, back=False)
    if part_of_export(reading.beside("articles.csv") or b"") != "articles":
        raise ImportFailed(f"{reading.name} is one of the tables of an export, but articles.csv is not beside it.")
    return []


def read_back(stream: BinaryIO, reading: Reading) -> list[Draft]:
    """The same for what was just written; the other files, which are read with that one, hold no articles."""
    return _read(stream, reading, back=True) if PurePosixPath(reading.name).name == "articles.csv" else []


def _read(stream: BinaryIO, reading: Reading, *, back: bool) -> list[Draft]:
    files = {table.name: reading.beside(f"{table.name}.csv") for table in tables()[1:]}
    files["articles"] = stream.read()
    return drafts({table.name: _rows(files[table.name], table) for table in tables()}, reading, back=back)


def _rows(data: bytes | None, table: Table) -> Iterator[Row]:
    name = f"{table.name}.csv"
    if data is None:
        raise ImportFailed(f"{name} is missing beside articles.csv.")
    csv.field_size_limit(_LONGEST)
    found = csv.reader(io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", newline=""), strict=True)
    try:
        yield from checked(table, ((str(number), cells) for number, cells in enumerate(found, start=1)), name)
    except (csv.Error, UnicodeDecodeError):
        raise ImportFailed(f"{name} is damaged near its line {found.line_num:,}.") from None

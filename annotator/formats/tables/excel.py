"""Excel: the first sheet with rows, its first row naming the columns. Formulas count by what they showed last.

What is written is a project on several sheets, see :mod:`.sheets`.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any, BinaryIO

from annotator.errors import ImportFailed
from annotator.formats.base import Draft, Format, Reading
from annotator.formats.bounds import whole
from annotator.formats.drafting import reader
from annotator.formats.extras import need
from annotator.formats.found import Asked, Found
from annotator.formats.package import Package
from annotator.formats.tables import sheets
from annotator.formats.tables.columns import MOST_COLUMNS, MOST_ROWS, articles, named, numbered

_DAMAGED = (LookupError, ValueError, TypeError, AttributeError, SyntaxError, EOFError, zipfile.BadZipFile, zlib.error)
"""What openpyxl raises for what it does not understand."""


def extract(data: bytes, asked: Asked) -> list[Found]:
    """An article for each row. Raises ``ImportFailed`` as :func:`.columns.articles` does, or when it is no table."""
    openpyxl = need("openpyxl", "tables", "Reading Excel tables")
    _check(data, asked)
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        sheets = [(sheet.title, list(_rows(sheet, asked.name))) for sheet in book.worksheets]
    finally:
        book.close()
    filled = [(title, rows) for title, rows in sheets if len(rows) > 1]
    if not filled:
        raise ImportFailed(f"{asked.name} has no rows below the one that names the columns.")
    title, rows = filled[0]
    found = articles(named(rows[0][1]), [(place, cells) for place, cells in rows[1:]], asked)
    others = ", ".join(f"“{other}”" for other, _ in filled[1:])
    notes = (f"Read the sheet “{title}”; others with rows were left out: {others}.",) if others else ()
    return [replace(each, notes=(*each.notes, *notes)) for each in found]


def _check(data: bytes, asked: Asked) -> None:
    """Refuse what would grow without bounds or declares entities, before another program's code sees it."""
    package = Package(data, asked.name, "Excel table")
    if package.part("xl/workbook.xml") is None:
        raise package.broken()
    for name in package.names:
        if name.endswith((".xml", ".rels")):
            part = package.part(name) or b""
            if (
                b"<!DOCTYPE" in part
                or "<!DOCTYPE".encode("utf-16-le") in part
                or "<!DOCTYPE".encode("utf-16-be") in part
            ):
                raise ImportFailed(f"{asked.name} cannot be read: its part {name} declares entities of its own.")


def _rows(sheet: Any, name: str) -> Iterator[tuple[str, list[str]]]:
    sheet.reset_dimensions()  # what the file says of them may be wrong
    rows = ([_cell(cell) for cell in row[:MOST_COLUMNS]] for row in sheet.iter_rows(values_only=True))
    for count, row in enumerate(numbered(rows, 1)):
        if count > MOST_ROWS:
            raise ImportFailed(f"{name} has more than {MOST_ROWS:,} rows; import a part of it.")
        yield row[0], list(row[1])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("_x000D_", "\r") if isinstance(value, str) else str(value)


_read_articles = reader(extract)


def read(stream: BinaryIO, reading: Reading) -> Iterable[Draft]:
    """An article for each row of a sheet; of an export of this program everything."""
    data = whole(stream, reading.name)
    own = _own(data, reading) if sheets.LAST_PART in data else None
    return own if own is not None else _read_articles(io.BytesIO(data), reading)


def _own(data: bytes, reading: Reading) -> list[Draft] | None:
    """The articles of an export of this program; None when it is another table."""
    openpyxl: Any = need("openpyxl", "tables", "Reading Excel tables")
    _check(data, reading.asked)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        try:
            return sheets.read(book, reading) if sheets.is_ours(book) else None
        finally:
            book.close()
    except _DAMAGED:
        raise ImportFailed(f"{reading.name} is no Excel table, or a damaged one.") from None


FORMAT = Format(
    name="xlsx",
    title="Table (Excel)",
    extensions=(".xlsx", ".xlsm"),
    read=read,
    write=sheets.write,
    read_back=sheets.read_back,
    extra="tables",
    modules=("openpyxl", "xlsxwriter"),
)

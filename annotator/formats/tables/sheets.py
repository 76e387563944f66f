"""A project as one Excel file: the tables of :mod:`.relations` as sheets, with the cells that CSV has.

No text is turned into a formula, a link or a number. A text that is longer than a cell can be goes on in the sheet
``continued``. Characters that XML cannot hold stand there as Excel writes them, ``_x0001_``.
"""

from __future__ import annotations

import io
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, BinaryIO

from annotator.errors import ExportFailed
from annotator.formats.article_lines import article_data
from annotator.formats.base import CHANGE_LOG, Draft, Reading, Source, Writing
from annotator.formats.extras import need
from annotator.formats.shape import Shape, Value
from annotator.formats.tables.cells import GUARD, guarded, to_cell
from annotator.formats.tables.relations import checked, drafts, rows, tables
from annotator.formats.writing import documents
from annotator.text.wording import counted

LONGEST_CELL = 32_767
"""UTF-16 code units that a cell of Excel can hold."""
MOST_ROWS = 1_048_576
"""Rows of a sheet, the header included."""
CONTINUED = "continued"
LAST_PART = f"xl/worksheets/sheet{len(tables()) + 1}.xml".encode()
"""The last sheet inside the archive."""
_CONTINUED_COLUMNS = ("table", "row", "column", "number", "text")
_NO_TEXT = Value("boolean", optional=False)
_PIECE = LONGEST_CELL // 2 - 1
"""Code points that always fit, an apostrophe in front included."""
_DAY = datetime(1980, 1, 1)  # noqa: DTZ001 -- a fixed date: the same content gives the same bytes
_AS_IT_IS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNUSUAL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


def write(source: Source, stream: BinaryIO, writing: Writing) -> None:
    """One sheet for each table. Raises ``ExportFailed``, also for a table that has more rows than a sheet."""
    xlsxwriter: Any = need("xlsxwriter", "tables", "Writing Excel tables")
    with tempfile.TemporaryDirectory() as folder:
        book = xlsxwriter.Workbook(stream, {**_AS_IT_IS, "constant_memory": True, "tmpdir": folder})
        book.use_zip64()
        book.set_properties({"created": _DAY, "comments": writing.change_log(f"{CHANGE_LOG}: ")})
        try:
            sheets = _Sheets(book)
            told: set[str] = set()
            for document, speakers in documents(source, writing):
                for name, row in rows(article_data(document, speakers, writing.view), told):
                    sheets.add(name, row)
        except BaseException:
            book.filename = io.BytesIO()  # only closing it closes its temporary files
            raise
        finally:
            book.close()
    writing.losses += sheets.remarks()


class _Sheets:
    """The sheets of one workbook, filled row by row."""

    def __init__(self, book: Any) -> None:
        self._columns = {table.name: table.columns for table in tables()}
        bold = book.add_format({"bold": True})
        self._sheets: dict[str, Any] = {}
        for name, columns in (*self._columns.items(), (CONTINUED, _CONTINUED_COLUMNS)):
            self._sheets[name] = sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for at, header in enumerate(columns):
                sheet.write_string(0, at, header, bold)
        self._rows = dict.fromkeys(self._sheets, 0)
        self._long: Counter[tuple[str, str]] = Counter()
        self._unusual = 0

    def add(self, name: str, row: Mapping[str, Any]) -> None:
        """One row more."""
        number = self._next(name)
        for at, (key, shape) in enumerate(self._columns[name].items()):
            self._write(name, number, at, row[key], shape)

    def remarks(self) -> list[str]:
        """What is in the file but not where, or as, a reader may look for it."""
        found = [
            f"The {key} of {counted(count, name.removesuffix('s'))} is longer than a cell of Excel can be; the rest is "
            f"on the sheet “{CONTINUED}”."
            for (name, key), count in self._long.items()
        ]
        if self._unusual:
            cells = counted(self._unusual, "cell")
            found.append(
                f"Control characters in {cells} are written as Excel does, _x0001_; not every reader turns them back."
            )
        return found

    def _next(self, name: str) -> int:
        self._rows[name] += 1
        if self._rows[name] >= MOST_ROWS:
            raise ExportFailed(
                f"The table “{name}” has more rows than a sheet of Excel can have ({MOST_ROWS:,}); export CSV."
            )
        return self._rows[name]

    def _write(self, name: str, number: int, at: int, value: Any, shape: Shape) -> None:
        sheet = self._sheets[name]
        if isinstance(value, bool):
            sheet.write_boolean(number, at, value)
        elif isinstance(value, int):
            sheet.write_number(number, at, value)
        elif cell := to_cell(value, shape):
            self._unusual += _UNUSUAL.search(cell) is not None
            if _units(cell) > LONGEST_CELL:
                cell = self._continue(name, number, list(self._columns[name])[at], cell)
            if sheet.write_string(number, at, cell):
                raise ExportFailed(f"A cell of the table “{name}” cannot be written to an Excel file.")

    def _continue(self, name: str, number: int, key: str, cell: str) -> str:
        """What of the cell stays in its place; the rest goes to the sheet for it."""
        self._long[name, key] += 1
        for piece, start in enumerate(range(_PIECE, len(cell), _PIECE), start=2):
            text = guarded(cell[start : start + _PIECE], optional=False)
            place = self._next(CONTINUED)
            sheet = self._sheets[CONTINUED]
            for at, value in enumerate((name, number + 1, key, piece, text)):
                (sheet.write_string if isinstance(value, str) else sheet.write_number)(place, at, value)
        return cell[:_PIECE]


def _units(cell: str) -> int:
    return len(cell) if len(cell) > LONGEST_CELL or cell.isascii() else len(cell.encode("utf-16-le")) // 2


def is_ours(book: Any) -> bool:
    """Whether a workbook is such an export."""
    names = [table.name for table in tables()]
    return book.sheetnames == [*names, CONTINUED] and next(
        (list(row) == list(tables()[0].columns) for row in book[names[0]].iter_rows(max_row=1, values_only=True)), False
    )


def read_back(stream: BinaryIO, reading: Reading) -> list[Draft]:
    """The articles that were just written."""
    openpyxl: Any = need("openpyxl", "tables", "Reading Excel tables")
    return read(openpyxl.load_workbook(stream, read_only=True), reading, back=True)


def read(book: Any, reading: Reading, *, back: bool = False) -> list[Draft]:
    """The articles of a workbook that :func:`is_ours`. Raises ``ImportFailed`` when it is not right."""
    more: dict[tuple[str, str, str], str] = defaultdict(str)
    for _, (name, row, key, _number, text) in _numbered(book[CONTINUED], len(_CONTINUED_COLUMNS)):
        more[name, row, key] += text.removeprefix(GUARD)
    found = {}
    for table in tables():
        cells = _completed(table.name, list(table.columns), book[table.name], more)
        found[table.name] = checked(table, cells, f"{reading.name}, sheet “{table.name}”")
    return drafts(found, reading, back=back)


def _completed(
    name: str, columns: list[str], sheet: Any, more: Mapping[tuple[str, str, str], str]
) -> Iterator[tuple[str, list[str]]]:
    for number, cells in _numbered(sheet, len(columns)):
        yield number, [cell + more.get((name, number, key), "") for key, cell in zip(columns, cells, strict=True)]


def _numbered(sheet: Any, width: int) -> Iterator[tuple[str, list[str]]]:
    sheet.reset_dimensions()  # what the file says of them may be wrong
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = [_text(cell) for cell in row[:width]]
        yield str(number), cells + [""] * (width - len(cells))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
    return to_cell(value, _NO_TEXT) if isinstance(value, bool) else str(value)

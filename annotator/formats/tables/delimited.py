"""CSV and TSV as articles: the first row names the columns. What parts the columns is told from that row.

What is written is a project in several files, see :mod:`.csv_files`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import replace
from typing import BinaryIO

from annotator.errors import ImportFailed
from annotator.formats.base import Draft, Format, Reading
from annotator.formats.bounds import whole
from annotator.formats.drafting import reader
from annotator.formats.found import Asked, Found
from annotator.formats.tables import csv_files
from annotator.formats.tables.columns import articles, named, numbered
from annotator.text.decode import decode

MOST_CELL = 4_000_000
"""Characters of one cell."""
_DELIMITERS = ",;\t|"


def extract(data: bytes, asked: Asked) -> list[Found]:
    """An article for each row. Raises ``ImportFailed`` as :func:`.columns.articles` does, or when it is no table."""
    decoded = decode(data, asked.name, asked.encoding)
    text = decoded.text.removeprefix("\ufeff").replace("\x00", "\ufffd")
    csv.field_size_limit(MOST_CELL)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    rows: list[list[str]] = []
    try:
        rows.extend(lines)  # those before a bad one are kept, so that it can be named
    except csv.Error as error:
        if "field larger" in str(error):
            reason = (
                f"a cell is longer than {MOST_CELL:,} characters, which no article is; perhaps a quote is not closed"
            )
        else:
            reason = "it is no row of a table"
        raise ImportFailed(f"{asked.name}, row {len(rows) + 1}: {reason}.") from None
    if len(rows) < 2:
        raise ImportFailed(f"{asked.name} has no rows below the one that names the columns.")
    headers = named(rows[0])
    found = articles(headers, list(numbered(rows[1:], 2)), asked)
    return [replace(each, notes=(*each.notes, *decoded.notes), encoding=decoded.encoding) for each in found]


def _delimiter(text: str) -> str:
    """What parts the columns of the first row, quoted cells aside; a comma when nothing does."""
    counts = dict.fromkeys(_DELIMITERS, 0)
    quoted = False
    for character in text[:10_000]:
        if character == '"':
            quoted = not quoted
        elif not quoted and character in counts:
            counts[character] += 1
        elif not quoted and character in "\r\n":
            break
    return max(counts, key=lambda delimiter: counts[delimiter])


_read_articles = reader(extract)


def read(stream: BinaryIO, reading: Reading) -> Iterable[Draft]:
    """An article for each row; of an export of this program everything, from the files beside it, too."""
    data = whole(stream, reading.name)
    part = csv_files.part_of_export(data)
    return csv_files.read(data, part, reading) if part else _read_articles(io.BytesIO(data), reading)


FORMAT = Format(
    name="csv",
    title="Table (CSV, TSV)",
    extensions=(".csv", ".tsv", ".tab"),
    read=read,
    write_files=csv_files.write_files,
    read_back=csv_files.read_back,
)

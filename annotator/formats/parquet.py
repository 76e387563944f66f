"""Parquet: an article in each row, with the keys of a line of JSON Lines and their nesting.

The columns follow from the published schema (:mod:`.shape`). The same content gives the same bytes with the same
version of pyarrow, whose name and version stand in each file. Memory holds one group of rows at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from annotator.errors import ImportFailed
from annotator.formats.article_check import SCHEMA_NAME
from annotator.formats.article_lines import Lines, article_data
from annotator.formats.base import Draft, Format, Reading, Source, Writing
from annotator.formats.extras import need
from annotator.formats.published import schema
from annotator.formats.shape import Keys, Shape, Value, article_shape
from annotator.formats.strict_json import find_uncarriable
from annotator.formats.writing import documents

_GROUP_ROWS = 1_000
_GROUP_CHARACTERS = 16 << 20
"""Characters of text after which a group of rows is written, whichever comes first."""
MOST_BYTES = 4 << 30
"""Bytes that a file may have when it is unpacked."""
MOST_VALUES = 200_000_000
_BATCH = 64
_TYPES = {"string": "string", "integer": "int32", "boolean": "bool_"}


def write(source: Source, stream: BinaryIO, writing: Writing) -> None:
    """Write every article of ``source``, checked."""
    arrow: Any = need("pyarrow", "parquet", "Writing Parquet files")
    parquet: Any = need("pyarrow.parquet", "parquet", "Writing Parquet files")
    columns = _schema(arrow)
    with parquet.ParquetWriter(stream, columns, compression="zstd") as writer:
        for rows in _groups(source, writing):
            writer.write_table(arrow.Table.from_pylist(rows, schema=columns), row_group_size=len(rows))


def _groups(source: Source, writing: Writing) -> Iterator[list[dict[str, Any]]]:
    rows: list[dict[str, Any]] = []
    characters = 0
    for document, speakers in documents(source, writing):
        rows.append(article_data(document, speakers, writing.view))
        characters += len(document.source.text)
        if len(rows) >= _GROUP_ROWS or characters >= _GROUP_CHARACTERS:
            yield rows
            rows, characters = [], 0
    if rows:
        yield rows


def _schema(arrow: Any) -> Any:
    fields = [_field(arrow, key, shape) for key, shape in article_shape().keys.items()]
    return arrow.schema(fields, metadata={"json_schema": schema(SCHEMA_NAME)["$id"]})


def _field(arrow: Any, name: str, shape: Shape) -> Any:
    return arrow.field(name, _type(arrow, shape), nullable=isinstance(shape, Value) and shape.optional)


def _type(arrow: Any, shape: Shape) -> Any:
    if isinstance(shape, Value):
        return getattr(arrow, _TYPES[shape.kind])()
    if isinstance(shape, Keys):
        return arrow.struct([_field(arrow, key, each) for key, each in shape.keys.items()])
    return arrow.list_(_field(arrow, "element", shape.item))


def read(stream: BinaryIO, reading: Reading) -> list[Draft]:
    """Every row's article, or none: one wrong row refuses the file."""
    return _read(stream, reading, back=False)


def read_back(stream: BinaryIO, reading: Reading) -> list[Draft]:
    """The same for what was just written: it may be over the corrected text, which is not imported again."""
    return _read(stream, reading, back=True)


def _read(stream: BinaryIO, reading: Reading, *, back: bool) -> list[Draft]:
    arrow: Any = need("pyarrow", "parquet", "Reading Parquet files")
    parquet: Any = need("pyarrow.parquet", "parquet", "Reading Parquet files")
    lines = Lines(reading, "row")
    try:
        file = parquet.ParquetFile(stream)
        _check(file, reading.name)
        rows = (row for batch in file.iter_batches(_BATCH, use_threads=False) for row in batch.to_pylist())
        drafts = [_draft(lines, row, number, reading, back=back) for number, row in enumerate(rows, start=1)]
    except (arrow.ArrowException, OSError, UnicodeDecodeError) as error:
        reason = str(error).partition("\n")[0].rstrip(".")
        raise ImportFailed(f"{reading.name} is no Parquet file, or a damaged one ({reason}).") from None
    if not drafts:
        raise ImportFailed(f"{reading.name} holds no article.")
    return drafts


def _check(file: Any, name: str) -> None:
    """Refuse what is something else, or would grow without bounds."""
    if "schema_version" not in file.schema_arrow.names:
        raise ImportFailed(f"{name} is a table of another kind; only articles as this program writes them are read.")
    told = file.metadata
    groups = [told.row_group(number) for number in range(told.num_row_groups)]
    size = sum(group.total_byte_size for group in groups)
    values = sum(group.column(at).num_values for group in groups for at in range(group.num_columns))
    if size > MOST_BYTES or values > MOST_VALUES:
        raise ImportFailed(f"{name} would grow to {size >> 20:,} MB and {values:,} values; it was not read.")


def _draft(lines: Lines, row: dict[str, Any], number: int, reading: Reading, *, back: bool) -> Draft:
    if where := find_uncarriable(row):
        raise ImportFailed(f"{reading.name}, row {number} has a NUL or half a surrogate pair in {where}.")
    return lines.draft(row, number, back=back)


FORMAT = Format(
    "parquet",
    "Parquet",
    (".parquet",),
    read=read,
    write=write,
    read_back=read_back,
    extra="parquet",
    modules=("pyarrow",),
)

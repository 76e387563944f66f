"""Parquet: an article in each row, with the keys of a line of JSON Lines and their nesting.

The columns follow from the published schema (:mod:`.shape`). The same content gives the same bytes with the same
version of pyarrow, whose name and version stand in each file. Memory holds one group of rows at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from annotator.errors import ImportFailed
from annotator.formats.article_check import SCHEMA_NAME
from annotator.formats.article_lines import Lines, article_data
from annotator.formats.base import Draft, Format, Reading, Source, Writing
from annotator.formats.extras import need
from annotator.formats.published import schema
from annotator.formats.shape import Keys, Shape, Value, shape_of
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
    rows = (article_data(document, speakers, writing.view) for document, speakers in documents(source, writing))
    write_rows(rows, stream, schema(SCHEMA_NAME), writing.change_log())


def write_rows(
    rows: Iterable[dict[str, Any]], stream: BinaryIO, described: Mapping[str, Any], change_log: str = ""
) -> None:
    """Write data of articles that are of the shape that a JSON Schema describes. Raises ``ExtraMissing``.

    ``change_log``, where it ends, stands in the file's metadata.
    """
    arrow: Any = need("pyarrow", "parquet", "Writing Parquet files")
    parquet: Any = need("pyarrow.parquet", "parquet", "Writing Parquet files")
    columns = _schema(arrow, described, change_log)
    with parquet.ParquetWriter(stream, columns, compression="zstd") as writer:
        for group in _groups(rows):
            writer.write_table(arrow.Table.from_pylist(group, schema=columns), row_group_size=len(group))


def _groups(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    group: list[dict[str, Any]] = []
    characters = 0
    for row in rows:
        group.append(row)
        characters += len(row["text"] or "")
        if len(group) >= _GROUP_ROWS or characters >= _GROUP_CHARACTERS:
            yield group
            group, characters = [], 0
    if group:
        yield group


def _schema(arrow: Any, described: Mapping[str, Any], change_log: str) -> Any:
    log = {"change_log": change_log} if change_log else {}
    fields = [_field(arrow, key, shape) for key, shape in shape_of(described).keys.items()]
    return arrow.schema(fields, metadata={"json_schema": described["$id"], **log})


def _field(arrow: Any, name: str, shape: Shape) -> Any:
    return arrow.field(name, _type(arrow, shape), nullable=isinstance(shape, Value) and shape.optional)


def _type(arrow: Any, shape: Shape) -> Any:
    if isinstance(shape, Value):
        return getattr(arrow, _TYPES[shape.kind])()
    if isinstance(shape, Keys):
        return arrow.struct([_field(arrow, key, each) for key, each in shape.keys.items()])
    return arrow.list_(_field(arrow, "element", shape.item))


def read(stream: BinaryIO, reading: Reading) -> Iterator[Draft]:
    """Every row's article, or none: one wrong row refuses the file."""
    return _read(stream, reading, back=False)


def read_back(stream: BinaryIO, reading: Reading) -> Iterator[Draft]:
    """The same for what was just written: it may be over the corrected text, which is not imported again."""
    return _read(stream, reading, back=True)


def _read(stream: BinaryIO, reading: Reading, *, back: bool) -> Iterator[Draft]:
    lines, number = Lines(reading, "row"), 0
    for number, row in enumerate(rows_of(stream, reading.name), start=1):
        if where := find_uncarriable(row):
            raise ImportFailed(f"{reading.name}, row {number} has a NUL or half a surrogate pair in {where}.")
        yield lines.draft(row, number, back=back)
    if not number:
        raise ImportFailed(f"{reading.name} holds no article.")
    lines.finish(lambda: enumerate(rows_of(stream, reading.name), start=1))


def rows_of(stream: BinaryIO, name: str) -> Iterator[dict[str, Any]]:
    """The data of every row, unchecked. Raises ``ImportFailed``: it is no such file; ``ExtraMissing``."""
    arrow: Any = need("pyarrow", "parquet", "Reading Parquet files")
    parquet: Any = need("pyarrow.parquet", "parquet", "Reading Parquet files")
    try:
        file = parquet.ParquetFile(stream)
        _check(file, name)
        for batch in file.iter_batches(_BATCH, use_threads=False):
            yield from batch.to_pylist()
    except (arrow.ArrowException, OSError, UnicodeDecodeError):
        raise ImportFailed(f"{name} is no Parquet file, or a damaged one.") from None


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

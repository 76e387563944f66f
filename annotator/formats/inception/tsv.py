"""WebAnno TSV 3: rows of tokens, which needs no other package."""

from __future__ import annotations

from typing import BinaryIO

from annotator.errors import ImportFailed
from annotator.formats.base import Format, Reading, Sink, Source, Writing
from annotator.formats.bounds import article_bytes
from annotator.formats.inception import tsv_reading, tsv_writing, types
from annotator.formats.inception.exchange import standing, write_files
from annotator.formats.inception.layers import Layered
from annotator.formats.inception.tsv_fitting import fitted
from annotator.formats.standoff.graph import Standoff

_FIRST = b"#FORMAT=WebAnno TSV "


def layers_of(data: bytes, reading: Reading) -> Layered:
    """The text of a file with its layers. Raises ``ImportFailed``."""
    try:
        text = data.decode(reading.encoding or "utf-8-sig")
    except (UnicodeDecodeError, LookupError):
        raise ImportFailed(f"{reading.name} is not in UTF-8, as WebAnno TSV files are.") from None
    return tsv_reading.read(text, reading.name)


def read(stream: BinaryIO, reading: Reading) -> list[Standoff]:
    """The annotated text of a file. Raises ``ImportFailed``."""
    return standing([layers_of(article_bytes(stream, reading.name), reading)])


def write(source: Source, sink: Sink, writing: Writing) -> None:
    """Write a project. Raises ``ExportFailed``."""

    def file(layered: Layered, _description: bytes) -> bytes | None:
        if not any(tokens for _, tokens in layered.sentences):
            writing.losses.append(f"The article “{layered.name[:60]}” has no words, which WebAnno TSV cannot hold.")
            return None
        return tsv_writing.write(layered).encode()

    write_files(source, sink, writing, ".tsv", file, fitted)


FORMAT = Format(
    name="webanno-tsv",
    title="INCEpTION: WebAnno TSV 3",
    extensions=(".tsv",),
    read_standoff=read,
    write_files=write,
    offset_unit="utf16",
    sniff=lambda head: head.removeprefix(b"\xef\xbb\xbf").startswith(_FIRST),
    takes=(types.NAME.casefold(),),
)

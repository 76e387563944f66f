"""What the formats of a UIMA CAS share: cassis reads and writes them, and the same things are said of both."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from annotator.formats.base import Format, Reading, Sink, Source, Writing
from annotator.formats.bounds import article_bytes
from annotator.formats.extras import need
from annotator.formats.inception import types
from annotator.formats.inception.exchange import Fit, Make, as_it_is, standing, write_files
from annotator.formats.inception.layers import Layered
from annotator.formats.standoff.graph import Standoff


def cas_format(
    name: str,
    title: str,
    extension: str,
    layers_of: Callable[[bytes, Reading], list[Layered]],
    file: Make,
    fit: Fit = as_it_is,
    sniff: Callable[[bytes], bool] | None = None,
) -> Format:
    """The format of files with that extension, read by ``layers_of``, each made by ``file``."""

    def read(stream: BinaryIO, reading: Reading) -> list[Standoff]:
        return standing(layers_of(article_bytes(stream, reading.name), reading))

    def write(source: Source, sink: Sink, writing: Writing) -> None:
        need("cassis", types.EXTRA, "Writing UIMA CAS")
        write_files(source, sink, writing, extension, file, fit)

    return Format(
        name=name,
        title=title,
        extensions=(extension,),
        read_standoff=read,
        write_files=write,
        offset_unit="utf16",
        extra=types.EXTRA,
        modules=("cassis",),
        sniff=sniff,
        takes=(types.NAME.casefold(),),
    )

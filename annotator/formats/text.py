"""Plain text: one file is one article, its text kept as it is."""

from __future__ import annotations

from typing import BinaryIO

from annotator.formats.base import Draft, Format, Reading
from annotator.formats.bounds import article_bytes
from annotator.formats.drafting import drafts
from annotator.formats.found import Found
from annotator.text.decode import decode


def read(stream: BinaryIO, reading: Reading) -> list[Draft]:
    """One draft: the text decoded, normalised and frozen; fields and segments as far as they can be recognised."""
    data = article_bytes(stream, reading.name)
    decoded = decode(data, reading.name, reading.encoding)
    return drafts([Found(decoded.text, notes=decoded.notes, encoding=decoded.encoding)], data, reading)


_EXTENSIONS = (".txt", ".text", ".test", ".dev")
"""The last two are those of other formats, too, which look whether it is one of theirs."""
FORMAT = Format(name="text", title="Plain text", extensions=_EXTENSIONS, read=read, offset_unit="none")

"""An article in few bytes, made and read in C: equal articles are equal bytes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import msgspec

from annotator.model import Document, Speaker

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Document)


def bytes_of(document: Document) -> bytes | Document:
    """The article in bytes, or itself when it holds half a surrogate pair, which no bytes can."""
    try:
        return _ENCODER.encode(document)
    except UnicodeEncodeError:
        return document


def compared(document: Document, people: Iterable[Speaker]) -> bytes | Document:
    """The article as it is compared: speakers by id, and without its place in the list, which is the file's order."""
    by_id = tuple(sorted(people, key=lambda speaker: speaker.id))
    return bytes_of(replace(document, article=replace(document.article, position=0), speakers=by_id))


def article_of(data: bytes | Document) -> Document:
    """An article equal to the one that they were made of."""
    return _DECODER.decode(data) if isinstance(data, bytes) else data

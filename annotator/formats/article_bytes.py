"""An article in few bytes, made and read in C: equal articles are equal bytes."""

from __future__ import annotations

import msgspec

from annotator.model import Document

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Document)


def bytes_of(document: Document) -> bytes | Document:
    """The article in bytes, or itself when it holds half a surrogate pair, which no bytes can."""
    try:
        return _ENCODER.encode(document)
    except UnicodeEncodeError:
        return document


def article_of(data: bytes | Document) -> Document:
    """An article equal to the one that they were made of."""
    return _DECODER.decode(data) if isinstance(data, bytes) else data

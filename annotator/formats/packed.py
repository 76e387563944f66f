"""An article in few bytes, made and read in C: equal articles are equal bytes."""

from __future__ import annotations

import msgspec

from annotator.model import Document

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Document)


def pack(document: Document) -> bytes | Document:
    """The article packed, or itself when it holds half a surrogate pair, which no bytes can."""
    try:
        return _ENCODER.encode(document)
    except UnicodeEncodeError:
        return document


def unpack(packed: bytes | Document) -> Document:
    """An article equal to the one that was packed."""
    return _DECODER.decode(packed) if isinstance(packed, bytes) else packed

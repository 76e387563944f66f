"""How much of a file is read at once: what is larger is refused before it fills the memory."""

from __future__ import annotations

import os
from typing import BinaryIO

from annotator.errors import ImportFailed

MOST_BYTES = 256 << 20
"""A larger file is no article, and its text could not be shown."""
MOST_OF_MANY = 512 << 20
"""The same for a file of many articles that is read at once."""
MOST_LINE = 128 << 20
"""The same for an article that is a line of a file."""
MOST_CHARACTERS = 20_000_000
"""A longer text is no article."""
_PART = 1 << 20


def whole(stream: BinaryIO, name: str, most: int = MOST_OF_MANY) -> bytes:
    """All bytes of a file called ``name``. Raises ``ImportFailed``: they are more than ``most``."""
    too_large = ImportFailed(f"{name} is larger than {most >> 20} MB, too large to be read at once.")
    told = _told_size(stream)
    if told > most:
        raise too_large
    parts = [stream.read(told)] if told else []
    size = len(parts[0]) if parts else 0
    while part := stream.read(_PART):  # asked for all at once, the memory for it is taken however small the file is
        parts.append(part)
        size += len(part)
        if size > most:
            raise too_large
    return b"".join(parts)


def _told_size(stream: BinaryIO) -> int:
    """How many bytes the disk says that a file has; 0 where there is no disk."""
    try:
        return os.fstat(stream.fileno()).st_size
    except (OSError, AttributeError):
        return 0


def article_bytes(stream: BinaryIO, name: str) -> bytes:
    """The same of a file that is one article, and therefore not empty. Raises ``ImportFailed``."""
    data = whole(stream, name, MOST_BYTES)
    if not data:
        raise ImportFailed(f"{name} is empty.")
    return data

"""Word boundaries, for moving the ends of spans."""

from __future__ import annotations

import regex

_WORD = regex.compile(r"\w+(?:[’'\-.]\w+)*|[^\w\s]")


def word_after(text: str, offset: int, side: str) -> int:
    """Where a span's ``side`` (start or end) lands when it moves one word or punctuation mark later."""
    begin = max(text.rfind("\n", 0, offset) + 1, offset - 100)
    for match in _WORD.finditer(text, begin):
        edge = match.start() if side == "start" else match.end()
        if edge > offset:
            return edge
    return offset


def word_before(text: str, offset: int, side: str) -> int:
    """Where a span's ``side`` (start or end) lands when it moves one word or punctuation mark earlier."""
    begin = max(0, offset - 400)
    found = offset
    for match in _WORD.finditer(text, begin, min(len(text), offset + 100)):
        edge = match.start() if side == "start" else match.end()
        if edge >= offset:
            break
        found = edge
    return found

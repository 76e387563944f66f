"""Code points to UTF-16 units and back. The only place that knows Qt counts differently."""

from __future__ import annotations

import re
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Utf16Map:
    """Converts offsets of one text in O(log n) of its characters beyond U+FFFF.

    >>> m = Utf16Map("a\U0001f600b")
    >>> m.to_utf16(2), m.to_code_point(3), m.to_code_point(2)
    (3, 2, 1)
    """

    __slots__ = ("_astral", "_astral16", "length", "utf16_length")

    def __init__(self, text: str) -> None:
        self._astral = [] if text.isascii() else [match.start() for match in _ASTRAL.finditer(text)]
        self._astral16 = [offset + index for index, offset in enumerate(self._astral)]
        self.length = len(text)
        self.utf16_length = len(text) + len(self._astral)

    def to_utf16(self, offset: int) -> int:
        """The UTF-16 offset of the code point at ``offset`` (0 … length)."""
        return offset + bisect_left(self._astral, offset)

    def to_code_point(self, offset16: int) -> int:
        """The code point offset at ``offset16``; inside a surrogate pair, that of the pair's start."""
        before = bisect_left(self._astral16, offset16)
        if before and self._astral16[before - 1] + 1 == offset16:
            return self._astral[before - 1]
        return offset16 - before

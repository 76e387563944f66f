"""Which way a text runs."""

from __future__ import annotations

import re
import unicodedata

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def directions(text: str) -> tuple[bool, bool]:
    """Whether a block has characters that run right to left, and whether it runs so as a whole."""
    if not _RIGHT_TO_LEFT.search(text):
        return False, False
    strong = (bidi for bidi in map(unicodedata.bidirectional, text) if bidi in ("L", "R", "AL"))
    return True, next(strong, "L") != "L"

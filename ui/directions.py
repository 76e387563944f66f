"""Which way a text runs."""

from __future__ import annotations

import re
import unicodedata

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

_BEGINNING = 2000


def directions(text: str) -> tuple[bool, bool]:
    """Whether a block has characters that run right to left, and whether it runs so as a whole."""
    if not _RIGHT_TO_LEFT.search(text):
        return False, False
    strong = (bidi for bidi in map(unicodedata.bidirectional, text) if bidi in ("L", "R", "AL"))
    return True, next(strong, "L") != "L"


def runs_backwards(text: str) -> bool:
    """Whether most of the letters that a text begins with run right to left."""
    kinds = [unicodedata.bidirectional(character) for character in text[:_BEGINNING]]
    return sum(kind in ("R", "AL") for kind in kinds) > kinds.count("L")


def has_letters(text: str) -> bool:
    """Whether any character says by itself which way it runs."""
    return any(unicodedata.bidirectional(character) in ("L", "R", "AL") for character in text)

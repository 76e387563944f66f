"""Which text can be stored and exported: everything but NUL and half of a surrogate pair."""

from __future__ import annotations

import re

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""A character that neither UTF-8 nor a database carries."""


def is_storable(text: str) -> bool:
    """Whether every character of ``text`` can be stored. Fast enough for every commit."""
    if "\x00" in text:
        return False
    return text.isascii() or UNSTORABLE.search(text) is None

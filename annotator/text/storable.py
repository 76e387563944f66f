"""Which text can be stored and exported: everything but NUL and half of a surrogate pair."""

from __future__ import annotations

import re
from typing import Any

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""A character that neither UTF-8 nor a database carries."""


def is_storable(text: str) -> bool:
    """Whether every character of ``text`` can be stored. Fast enough for every commit."""
    if "\x00" in text:
        return False
    return text.isascii() or UNSTORABLE.search(text) is None


def storable(value: Any) -> Any:
    """A value of JSON with NUL and halves of surrogate pairs replaced by U+FFFD, one for one."""
    if isinstance(value, str):
        return value if is_storable(value) else UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, list):
        return [storable(each) for each in value]
    if isinstance(value, dict):
        return {storable(key): storable(each) for key, each in value.items()}
    return value

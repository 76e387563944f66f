"""Addresses of databases, as they may be shown: without a password."""

from __future__ import annotations

import re

_IN_FRONT = re.compile(r"(?P<before>\w[\w+.-]*://[^\s/:@?]*):[^\s?]*@")
_BEHIND = re.compile(r"(?P<before>[?&](?:ssl)?password=)[^\s&]*", re.IGNORECASE)


def without_passwords(text: str) -> str:
    """``text`` with “…” for every password of an address in it, also one that is written wrongly."""
    return _BEHIND.sub(r"\g<before>…", _IN_FRONT.sub(r"\g<before>:…@", text))

"""Small pieces of sentences for people."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_MARKS = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‑": "-", "–": "-"})
_TRICKS = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ud800-\\udfff]")
_LINE_ENDS = re.compile("\r\n|[\r\n\u2028\u2029]")


def shorten(text: str, limit: int = 40) -> str:
    """``text`` on one line (line ends show as ⏎), cut to ``limit`` characters with an ellipsis."""
    line = _LINE_ENDS.sub("⏎", text[: limit + 2])
    return line if len(line) <= limit else line[: limit - 1] + "…"


def plain(text: str) -> str:
    """``text`` with U+FFFD for all that breaks a line, turns its direction, colours a terminal or cannot be stored."""
    return _TRICKS.sub("\ufffd", text)


def sentence(text: str) -> str:
    """What is told of a file, which quotes from it: :func:`plain`, with a blank for a tab or a line end."""
    return plain(re.sub("[\t\n\r]", " ", text))


def counted(number: int, noun: str) -> str:
    """``1 article``, ``1,200 articles``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def listed(parts: Sequence[str]) -> str:
    """``a, b and c``; nothing for no parts."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def size_in_words(size: int) -> str:
    """A number of bytes as people say it: ``212 KB``, ``1.3 MB``, thousands being thousands."""
    for unit, scale in (("GB", 10**9), ("MB", 10**6)):
        if size >= scale:
            return f"{size / scale:.1f} {unit}"
    return f"{-(-size // 1000):,} KB"


def clause(sentence: object) -> str:
    """A sentence (or an error that says one) in lower case at its start, to stand behind a colon."""
    text = str(sentence)
    return text[:1].lower() + text[1:]


def fold(name: str) -> str:
    """What spellings of one name have in common: case, accents, the kind of apostrophe and spaces do not count."""
    if name.isascii():
        return " ".join(name.split()).lower()
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(bare.translate(_MARKS).split()).casefold()

"""What WebAnno TSV writes with a backslash, in values and in the text of sentences."""

from __future__ import annotations

import re

_VALUE = re.compile(r"->|[\\\[\]|_;\t\n\r*]")
_ESCAPED_VALUE = re.compile(r"\\(->|[\\\[\]|_;tnr*])")
_NAMED = {"\t": "t", "\n": "n", "\f": "f", "\r": "r", "\b": "b", "\\": "\\"}
_BY_NAME = {name: character for character, name in _NAMED.items()}
_TEXT = re.compile(r"[\x00-\x0a\x0c-\x1f\\]")
_ESCAPED_TEXT = re.compile(r"\\([tnfrb\\\x00-\x07\x0e-\x1f])")
_ESCAPED_JAVA = re.compile(r"\\(?:u+([0-9a-fA-F]{4})|(.))")


def escape_value(value: str) -> str:
    """A feature's value or a role as it stands in a cell."""
    return _VALUE.sub(lambda match: "\\" + _NAMED.get(match[0], match[0]), value)


def unescape_value(cell: str) -> str:
    """The value of a cell, or of one in a stack."""
    return _ESCAPED_VALUE.sub(lambda match: _BY_NAME.get(match[1], match[1]), cell)


def escape_text(text: str) -> str:
    """A line of a sentence as it stands behind ``#Text=``."""
    return _TEXT.sub(lambda match: "\\" + _NAMED.get(match[0], match[0]), text)


def unescape_text(line: str, minor: int) -> str:
    """The line again. Up to version 3.1 it is escaped as Java does it."""
    if minor >= 2:
        return _ESCAPED_TEXT.sub(lambda match: _BY_NAME.get(match[1], match[1]), line)
    return _ESCAPED_JAVA.sub(_as_java, line).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _as_java(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else _BY_NAME.get(match[2], match[2])


def split_unescaped(cell: str, separator: str) -> list[str]:
    """The parts of a cell between separators with no backslash before them."""
    parts = [""]
    escaped = False
    for character in cell:
        if character == separator and not escaped:
            parts.append("")
        else:
            parts[-1] += character
        escaped = character == "\\" and not escaped
    return parts

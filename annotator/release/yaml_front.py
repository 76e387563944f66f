"""YAML as far as a release needs it: maps, lists, strings and numbers, the same bytes for the same data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_ODD = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What YAML would take for line ends, or not at all."""


def dump(data: Any) -> str:
    """The YAML text of ``data``."""
    return "\n".join(_lines(data)) + "\n"


def _lines(data: Any) -> Iterator[str]:
    """Block style; what is empty or single is written by its caller."""
    if isinstance(data, dict):
        for key, value in data.items():
            if _is_block(value):
                yield f"{key}:"
                yield from (f"  {line}" for line in _lines(value))
            else:
                yield f"{key}: {scalar(value)}"
        return
    for value in data:
        if _is_block(value):
            first, *rest = _lines(value)
            yield f"- {first}"
            yield from (f"  {line}" for line in rest)
        else:
            yield f"- {scalar(value)}"


def _is_block(value: Any) -> bool:
    return isinstance(value, dict | list) and bool(value)


def scalar(value: Any) -> str:
    """A string in double quotes, a number, true, false, null, or an empty list or map."""
    return _ODD.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))

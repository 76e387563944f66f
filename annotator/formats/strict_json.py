"""JSON as strict as the standard allows it to be: no duplicate keys, no NaN, no floats, no lone surrogates."""

from __future__ import annotations

import json
from typing import Any

from annotator.text.storable import is_storable


def parse(data: bytes) -> Any:
    """The value of one JSON text in UTF-8.

    Raises:
        ValueError: with a clause such as “is not valid JSON (…)” that completes a sentence about the place.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"is not valid UTF-8 (byte {error.start + 1})") from None
    try:
        value = _DECODER.decode(text.strip(" \t\r\n"))
    except json.JSONDecodeError as error:
        raise ValueError(f"is not valid JSON ({error.msg}, column {error.colno})") from None
    except RecursionError:
        raise ValueError("is nested too deeply") from None
    if "\\u" in text and (where := find_uncarriable(value)):
        raise ValueError(f"has a NUL or half a surrogate pair in {where}")
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ValueError(f"has the key “{twice}” twice in one object")
    return found


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"holds {name}, which is not JSON")


def _refuse_float(digits: str) -> Any:
    raise ValueError(f"holds the number {digits[:20]}, where only whole numbers can stand")


def _integer(digits: str) -> int:
    if len(digits) > 15:
        raise ValueError(f"holds the number {digits[:20]}…, which is too large")
    return int(digits)


def find_uncarriable(value: Any) -> str | None:
    """The key under which a string with a NUL or a lone surrogate stands, or None. JSON allows it, no text does."""
    stack: list[tuple[str, Any]] = [("the line", value)]
    while stack:
        where, item = stack.pop()
        if isinstance(item, str) and not is_storable(item):
            return where
        if isinstance(item, dict):
            if not all(is_storable(key) for key in item):
                return "a key"
            stack.extend((f"“{key}”", inner) for key, inner in item.items())
        elif isinstance(item, list):
            stack.extend((where, inner) for inner in item)
    return None


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=_refuse_float, parse_int=_integer, parse_constant=_refuse_constant
)

"""JSON as strict as the standard allows it to be: no duplicate keys, no NaN, no floats, no lone surrogates."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import msgspec

from annotator.text.storable import is_storable


def parse(data: bytes) -> Any:
    """The value of one JSON text in UTF-8.

    Raises:
        ValueError: with a clause such as “is not valid JSON (…)” that completes a sentence about the place.
    """
    if (quick := _quickly(data)) is not None:
        return quick
    text = _text(data)
    value = _decoded(_DECODER, text)
    if "\\u" in text and (where := find_uncarriable(value)):
        raise ValueError(f"has a NUL or half a surrogate pair in {where}")
    return value


def _quickly(data: bytes) -> Any | None:
    return None if _LONG in data.translate(_DIGITS) else quickly(data, _WITHOUT_FLOATS.decode)


def quickly(data: bytes, decode: Callable[[bytes], Any]) -> Any | None:
    """The value of what is written as this program writes, in C; None: it is not, or may be wrong, or is null.

    ``decode`` makes it, and raises one of msgspec's errors or ``ValueError``: of no number of more than 15 digits.
    What comes out in the same bytes again has no key twice in an object, and none that ``decode`` does not know.
    """
    try:
        value = decode(data)
        same = msgspec.json.encode(value) == data.strip(b" \t\r\n")
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    return value if same and _NUL not in data else None


def parse_foreign(data: bytes) -> Any:
    """The same of another program's JSON, in which numbers may be of any sort and strings hold anything.

    Raises:
        ValueError: like :func:`parse`.
    """
    return _decoded(_FOREIGN, _text(data))


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"is not valid UTF-8 (byte {error.start + 1})") from None


def _decoded(decoder: json.JSONDecoder, text: str) -> Any:
    try:
        return decoder.decode(text.strip(" \t\r\n"))
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
        raise ValueError(f"is not valid JSON ({error.msg}, {where})") from None
    except RecursionError:
        raise ValueError("is nested too deeply") from None


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


def _any_integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= 300 else float("inf")


def json_line(data: Any) -> bytes:
    """The JSON text of ``data`` in UTF-8: keys as they come, no spaces, no escapes beyond JSON's own.

    Raises:
        ValueError: with a clause that names the key under which a NUL or half a surrogate pair stands.
    """
    try:
        line = msgspec.json.encode(data)
    except UnicodeEncodeError:
        line = _NUL
    if _NUL in line and (where := find_uncarriable(data)):
        raise ValueError(f"{where} has a NUL or half a surrogate pair")
    return line


_NUL = b"\\u0000"


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
_DIGITS = bytes.maketrans(b"123456789", b"000000000")
MOST = 10**15 - 1
"""The largest number that is read."""
_LONG = b"0" * 15
"""What a number that may be too large looks like when all digits are noughts: quicker to find than by a pattern."""
_WITHOUT_FLOATS = msgspec.json.Decoder(float_hook=_refuse_float)
_FOREIGN = json.JSONDecoder(object_pairs_hook=_object, parse_int=_any_integer, parse_constant=_refuse_constant)

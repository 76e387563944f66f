"""Records to plain JSON data and back, for the change log and drafts.

The shape is the records' own: a dataclass becomes an object, a tuple an array. Spans become the compact
array ``[start, end, exact, prefix, suffix]``, since they are the bulk of every record.
"""

from __future__ import annotations

import json
import typing
from collections.abc import Callable, Sequence
from dataclasses import is_dataclass
from functools import cache
from typing import Any

import msgspec

from annotator.model import RECORD_TYPES, Record, Span, field_names

Decoder = Callable[[Any], Any]


def encode(value: object) -> Any:
    """The JSON data of a record or of any value inside one."""
    if isinstance(value, Span):
        return [value.start, value.end, value.exact, value.prefix, value.suffix]
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {name: encode(getattr(value, name)) for name in field_names(type(value))}
    return value


def text_of(value: object) -> str:
    """``canonical_json(encode(value))`` of a record or a value inside one, made in C.

    Thousands are written by an import, each into its row and into the change log.
    """
    try:
        return _IN_C.encode(value).decode()
    except (UnicodeEncodeError, OverflowError):  # half a surrogate pair, a number of more than 64 bits
        return canonical_json(encode(value))


def texts_of(values: Sequence[object]) -> list[str]:
    """The same of several values, with one call."""
    try:
        return _IN_C.encode_lines(values).decode().split("\n")[:-1]  # a line end inside a string is written \\n
    except (UnicodeEncodeError, OverflowError):
        return list(map(text_of, values))


def decode(kind: str, data: dict[str, Any]) -> Record:
    """The record of ``kind`` that ``data`` (from :func:`encode`) describes.

    Raises:
        KeyError: unknown kind.  TypeError: a field is unknown or a required one is missing.
    """
    record: Record = _decoder_of(kind)(data)
    return record


def canonical_json(data: object) -> str:
    """The one JSON text of ``data``: sorted keys, no spaces, no escapes beyond JSON's own. What hashes are made of."""
    return _CANONICAL.encode(data)


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_IN_C = msgspec.json.Encoder(order="sorted")


def _identity(value: Any) -> Any:
    return value


def values_reader(item: type) -> Callable[[str], tuple[Any, ...]]:
    """What makes the tuple of ``item`` values (strings, spans, segments, roles, evidence, terms …) of its JSON text.

    That raises ``ValueError``, ``TypeError`` or ``RecursionError``: the text is not what :func:`text_of` makes of them.
    What is written as :func:`text_of` writes it is read and checked in C.
    """
    in_c: Decoder = msgspec.json.Decoder(tuple[item, ...]).decode  # type: ignore[valid-type]
    if item in (str, Span):
        return in_c

    def read(text: str) -> tuple[Any, ...]:
        try:
            values: tuple[Any, ...] = in_c(text)
            if text_of(values) == text:  # else it may say more
                return values
        except msgspec.MsgspecError:
            pass
        return _values_of(item, text)

    return read


def _values_of(item: type, text: str) -> tuple[Any, ...]:
    if text == "[]":  # as most are
        return ()
    values = tuple([item(**entry) for entry in _OBJECTS.decode(text)])
    for name, allowed in _allowed(item):
        if not all(type(getattr(value, name)) in allowed for value in values):
            raise TypeError(f"no {item.__name__}")
    return values


_OBJECTS = msgspec.json.Decoder(list[dict[str, Any]])


@cache
def _allowed(owner: type) -> list[tuple[str, tuple[type, ...]]]:
    """Each field with the types that its values may have."""
    return [(name, typing.get_args(hint) or (hint,)) for name, hint in _hints(owner).items()]


@cache
def _hints(owner: type) -> dict[str, Any]:
    return typing.get_type_hints(owner)


@cache
def _decoder_of(kind: str) -> Decoder:
    return _decoder(RECORD_TYPES[kind])


def _decoder(hint: Any) -> Decoder:
    """A function from JSON data to a value of the type ``hint``."""
    if hint is Span:
        return lambda data: Span(*data)
    if is_dataclass(hint) and isinstance(hint, type):
        hints = typing.get_type_hints(hint)
        decoders = {name: _decoder(inner) for name, inner in hints.items()}
        plain = {name for name, decoder in decoders.items() if decoder is _identity}

        def build(data: dict[str, Any], make: Callable[..., Any] = hint) -> Any:
            return make(**{k: v if k in plain else decoders[k](v) for k, v in data.items()})

        return build
    if typing.get_origin(hint) is tuple:
        inner = _decoder(typing.get_args(hint)[0])
        if inner is _identity:
            return tuple
        return lambda data: tuple(inner(item) for item in data)
    return _identity

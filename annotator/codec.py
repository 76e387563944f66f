"""Records to plain JSON data and back, for the change log and drafts.

The shape is the records' own: a dataclass becomes an object, a tuple an array. Spans become the compact
array ``[start, end, exact, prefix, suffix]``, since they are the bulk of every record.
"""

from __future__ import annotations

import json
import typing
from collections.abc import Callable, Iterable
from dataclasses import is_dataclass
from functools import cache
from operator import attrgetter
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
    """``canonical_json(encode(value))`` of a record or a value inside one, made in one pass.

    Thousands are written by an import, each into its row and into the change log.
    """
    return (_WRITERS.get(type(value)) or _writer_of(type(value)))(value)


class Plan:
    """How values of one dataclass become text: asked once for each type, since there are hundreds of thousands."""

    def __init__(self, owner: type) -> None:
        self.names = tuple(sorted(field_names(owner)))
        """The fields, as canonical JSON has them."""
        self._values = attrgetter(*self.names)
        self._one = len(self.names) == 1
        self.lists = tuple(at for at, name in enumerate(self.names) if typing.get_origin(_hints(owner)[name]) is tuple)
        """Which of them hold lists of values."""
        self._template = "{" + ",".join(f'"{name}":%s' for name in self.names) + "}"

    def values(self, value: object) -> tuple[Any, ...]:
        """What stands in the fields, in the order of ``names``."""
        found = self._values(value)
        return (found,) if self._one else found

    def text(self, texts: Iterable[str]) -> str:
        """The object whose fields have these JSON texts."""
        return self._template % tuple(texts)

    def write(self, value: object) -> str:
        """The canonical JSON of a value."""
        return self.text(texts_of(self.values(value)))


def plan_of(owner: type) -> Plan:
    """The plan of a record's type, or of the type of a value inside one."""
    plan = _PLANS.get(owner)
    if plan is None:
        plan = _PLANS[owner] = Plan(owner)
    return plan


_PLANS: dict[type, Plan] = {}


def texts_of(values: Iterable[object]) -> list[str]:
    """The canonical JSON of each value."""
    known = _WRITERS.get
    return [(known(type(value)) or _writer_of(type(value)))(value) for value in values]


def _writer_of(owner: type) -> Callable[[Any], str]:
    if not is_dataclass(owner):
        return lambda value: canonical_json(encode(value))
    writer = _WRITERS[owner] = plan_of(owner).write
    return writer


def _span_text(span: Span) -> str:
    return f"[{span.start},{span.end},{_quoted(span.exact)},{_quoted(span.prefix)},{_quoted(span.suffix)}]"


def _list_text(values: tuple[Any, ...]) -> str:
    return f"[{','.join(texts_of(values))}]"


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
_quoted = json.encoder.encode_basestring
_WRITERS: dict[type, Callable[[Any], str]] = {
    str: _quoted,
    int: int.__repr__,
    bool: lambda value: "true" if value else "false",
    type(None): lambda _: "null",
    tuple: _list_text,
    Span: _span_text,
}
"""Exact types only, dataclasses as they are met: whatever else there is goes the general way."""


def _identity(value: Any) -> Any:
    return value


def values_reader(item: type) -> Callable[[str], tuple[Any, ...]]:
    """What makes the tuple of ``item`` values (strings, spans, segments, roles, evidence, terms …) of its JSON text.

    That raises ``ValueError``, ``TypeError`` or ``RecursionError``: the text is not what :func:`text_of` makes of them.
    Strings and spans, of which an article has many, are read and checked in C.
    """
    if item in (str, Span):
        return msgspec.json.Decoder(tuple[item, ...]).decode  # type: ignore[valid-type]
    return lambda text: _values_of(item, text)


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

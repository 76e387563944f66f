"""A published schema as types that msgspec checks JSON data with, in C: a yes that costs little.

The types are made of the schema itself, so that the two cannot drift. Only a yes is certain: what is not accepted here
may be right all the same, and the schema is asked, which also says what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, NotRequired, TypedDict

import msgspec

from annotator.formats.strict_json import MOST

_SAID = frozenset({"$schema", "$id", "title", "description", "examples", "definitions", "default"})
"""Keywords that check nothing."""
_LIMITS = {"minLength": "min_length", "maxLength": "max_length", "minItems": "min_length", "maxItems": "max_length"}
_BOUNDS = {"minimum": "ge", "maximum": "le"}
_PLAIN: dict[str, Any] = {"string": str, "integer": int, "boolean": bool, "null": None}


class _NotTold(Exception):
    """A schema says what these types cannot."""


def acceptor(schema: dict[str, Any]) -> Callable[[Any], bool] | None:
    """Tells whether data surely fit the schema; None: it says what the types cannot."""
    try:
        likely, told = (_Types(schema, narrow=narrow).of(schema) for narrow in (True, False))
    except _NotTold:
        return None
    return lambda data: _fits(data, likely) or _fits(data, told)


def decoder(schema: dict[str, Any]) -> Callable[[bytes], Any] | None:
    """Makes data of JSON that surely fits the schema, else raises one of msgspec's errors; None: as above.

    Keys that the schema does not know are left out. No number is larger than :data:`MOST`.
    """
    try:
        likely, told = (
            msgspec.json.Decoder(_Types(schema, narrow=narrow, dicts=True).of(schema)) for narrow in (True, False)
        )
    except _NotTold:
        return None

    def decode(line: bytes) -> Any:
        try:
            return likely.decode(line)
        except msgspec.ValidationError:
            return told.decode(line)

    return decode


def _fits(data: Any, told: Any) -> bool:
    try:
        msgspec.convert(data, told)
    except (msgspec.ValidationError, UnicodeError, RecursionError):
        return False
    return True


class _Types:
    """The types of one schema and of what it defines."""

    def __init__(self, schema: dict[str, Any], *, narrow: bool, dicts: bool = False) -> None:
        """``narrow``: where a schema gives examples, nothing else is taken: to look a pattern up costs the most.

        ``dicts``: what is made with the types is kept, objects as dicts.
        """
        self._narrow, self._dicts = narrow, dicts
        self._defined = {f"#/definitions/{name}": each for name, each in schema.get("definitions", {}).items()}
        self._made: dict[str, Any] = {}

    def of(self, schema: dict[str, Any]) -> Any:
        """The type of what fits ``schema``. Raises ``_NotTold``."""
        told = self._of(schema)
        if self._narrow and "examples" in schema:
            examples = [example for example in schema["examples"] if _fits(example, told)]
            return _either([_one_of(examples), *([None] if _fits(None, told) else [])])
        return told

    def _of(self, schema: dict[str, Any]) -> Any:
        words = schema.keys() - _SAID
        if words == {"$ref"}:
            return self._referred(schema["$ref"])
        if words == {"allOf"} and len(schema["allOf"]) == 1:
            return self.of(schema["allOf"][0])
        if words == {"anyOf"}:
            return _either([self.of(each) for each in schema["anyOf"]])
        if words in ({"enum"}, {"type", "const"}):
            return _one_of(schema["enum"] if "enum" in words else [schema["const"]])
        return self._of_kinds(schema, words)

    def _of_kinds(self, schema: dict[str, Any], words: set[str]) -> Any:
        kinds = schema.get("type", [])
        left = words - {"type"}
        if kinds == "object":
            return self._object(schema, left)
        if kinds == "array":
            return self._array(schema, left)
        several = [kinds] if isinstance(kinds, str) else kinds
        if self._dicts and "integer" in several:
            schema, left = {"maximum": MOST, **schema}, left | {"maximum"}
        return _either([_simple(schema, kind, left) for kind in several])

    def _referred(self, name: str) -> Any:
        if name not in self._made:
            if name not in self._defined:
                raise _NotTold
            self._made[name] = self.of(self._defined[name])
        return self._made[name]

    def _object(self, schema: dict[str, Any], words: set[str]) -> Any:
        if words != {"properties", "required", "additionalProperties"} or schema["additionalProperties"] is not False:
            raise _NotTold
        if self._dicts:
            told = {name: self.of(each) for name, each in schema["properties"].items()}
            return TypedDict(  # type: ignore[operator]
                "Fitting", {n: each if n in schema["required"] else NotRequired[each] for n, each in told.items()}
            )
        fields: list[Any] = []
        for name, each in schema["properties"].items():
            told = self.of(each)
            may_lack = name not in schema["required"]
            fields.append((name, told | msgspec.UnsetType, msgspec.UNSET) if may_lack else (name, told))
        return msgspec.defstruct("Fitting", fields, forbid_unknown_fields=True, kw_only=True, gc=False)

    def _array(self, schema: dict[str, Any], words: set[str]) -> Any:
        if "items" not in words or not isinstance(schema["items"], dict):
            raise _NotTold
        return _limited(list[self.of(schema["items"])], schema, words - {"items"}, _LIMITS)  # type: ignore[misc]


def _simple(schema: dict[str, Any], kind: str, words: set[str]) -> Any:
    """A string, a number … of which several may be allowed: what does not speak of this one is of the others."""
    if kind not in _PLAIN:
        raise _NotTold
    about: dict[str, dict[str, str]] = {"string": {**_LIMITS, "pattern": "pattern"}, "integer": _BOUNDS}
    if any(not any(word in names for names in about.values()) for word in words):
        raise _NotTold
    names = about.get(kind, {})
    return _limited(_PLAIN[kind], schema, {word for word in words if word in names}, names)


def _limited(plain: Any, schema: dict[str, Any], words: set[str], names: dict[str, str]) -> Any:
    if not words <= names.keys():
        raise _NotTold
    limits = {names[word]: schema[word] for word in words}
    if isinstance(pattern := limits.get("pattern"), str):
        limits["pattern"] = pattern.replace("$", r"\Z")  # for Python, $ also stands before a line feed at the end
    return Annotated[plain, msgspec.Meta(**limits)] if limits else plain


def _one_of(values: list[Any]) -> Any:
    if not values or any(type(value) not in (str, int) for value in values):
        raise _NotTold
    return Literal[tuple(values)]


def _either(types: list[Any]) -> Any:
    """One of several types."""
    if not types:
        raise _NotTold
    found = types[0]
    for each in types[1:]:
        found = found | each
    return found

"""The JSON Schemas that this program publishes: what is written and read is checked against them.

Of thousands of articles nearly all are right: they are told in C (``quick_check``), and only what is not accepted there
is looked at by the schema's own validator, which says what is wrong.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

from annotator.formats.quick_check import acceptor, decoder
from annotator.text.wording import shorten


@cache
def schema(name: str) -> dict[str, Any]:
    """The schema in ``schemas/NAME.schema.json``."""
    text = files("annotator.formats").joinpath("schemas", f"{name}.schema.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


Validator = Callable[[Any], Any]


def find_mismatch(data: Any, described: str | Validator, whole: str = "it") -> str | None:
    """How JSON data differs from a schema, as a clause that names the place; None when it does not.

    ``described`` is the name of a published schema, or one that :func:`compiled` made ready. ``whole`` is what the
    clause calls the data itself.
    """
    if isinstance(described, str) and (accepts := _acceptor(described)) and accepts(data):
        return None
    from fastjsonschema import JsonSchemaValueException  # noqa: PLC0415 -- see compiled

    try:
        (_validator(described) if isinstance(described, str) else described)(data)
    except JsonSchemaValueException as error:
        place, _, clause = str(error.message).partition(" ")
        return f"{place.removeprefix('data').removeprefix('.') or whole} {_keys_clause(error) or clause}"
    return None


@cache
def decoder_of(name: str) -> Callable[[bytes], Any] | None:
    """See :func:`annotator.formats.quick_check.decoder`."""
    return decoder(schema(name))


@cache
def _acceptor(name: str) -> Callable[[Any], bool] | None:
    return acceptor(schema(name))


@cache
def _validator(name: str) -> Validator:
    return compiled(schema(name))


def compiled(described: dict[str, Any]) -> Validator:
    """A schema made ready to check data with."""
    import fastjsonschema  # noqa: PLC0415 -- compiles for tens of milliseconds; only import and export pay

    validator: Validator = fastjsonschema.compile(described)
    return validator


def _keys_clause(error: Any) -> str | None:
    """What a schema error says when an object has the wrong keys: which; None for any other error."""
    if error.rule == "required":
        missing = next((key for key in error.rule_definition if key not in error.value), "?")
        return f"lacks the key “{missing}”"
    if error.rule == "additionalProperties":
        extra = sorted(error.value.keys() - error.definition["properties"].keys())
        return f"has the key “{shorten(extra[0])}”, which the schema does not know"
    return None

"""UIMA CAS JSON (0.4): one file an article, which has its type system in itself, as INCEpTION exports it."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from annotator.errors import ImportFailed
from annotator.formats.base import Reading
from annotator.formats.extras import need
from annotator.formats.inception import cas_reading, types
from annotator.formats.inception.cas_format import cas_format
from annotator.formats.inception.cas_writing import to_cas
from annotator.formats.inception.exchange import of_cassis
from annotator.formats.inception.layers import Layered
from annotator.formats.strict_json import parse_foreign

_KEYS = ("%TYPES", "%FEATURE_STRUCTURES", "%VIEWS")


def layers_of(data: bytes, reading: Reading) -> list[Layered]:
    """The texts of a file with their layers. Raises ``ImportFailed``, ``ExtraMissing``."""
    cassis = need("cassis", types.EXTRA, "Reading UIMA CAS")
    try:
        parsed = parse_foreign(data.removeprefix(b"\xef\xbb\xbf"))
    except ValueError as error:
        raise ImportFailed(f"{reading.name} {error}.") from None
    if not isinstance(parsed, dict) or "%FEATURE_STRUCTURES" not in parsed:
        raise ImportFailed(f"{reading.name} is JSON but no UIMA CAS: it has no “%FEATURE_STRUCTURES”.")
    embedded = parsed.get("%TYPES")
    description = types.beside(reading) if embedded is None else None
    if embedded is None and description is None:
        raise ImportFailed(f"{reading.name} has no “%TYPES”, and no {types.NAME} is beside it.")
    with of_cassis(reading.name) as unmapped:
        known = types.load(description, types.NAME) if description is not None else _embedded(json.dumps(embedded))
        cas = cassis.load_cas_from_json(json.dumps(parsed), typesystem=known, merge_typesystem=False)
    with of_cassis(reading.name):
        return cas_reading.read(cas, reading.name, frozenset(unmapped))


@lru_cache(maxsize=4)
def _embedded(declared: str) -> Any:
    """The type system that files have in themselves, the same one for the same declaration."""
    cassis = need("cassis", types.EXTRA, "Reading UIMA CAS")
    alone = f'{{"%TYPES": {declared}, "%FEATURE_STRUCTURES": [], "%VIEWS": {{}}}}'
    return cassis.load_cas_from_json(alone).typesystem


def _file(layered: Layered, description: bytes) -> bytes:
    return str(to_cas(layered, description, xml=False).to_json()).encode()


def _is_cas(head: bytes) -> bool:
    return any(f'"{key}"'.encode() in head for key in _KEYS)


FORMAT = cas_format("inception-json", "INCEpTION: UIMA CAS JSON", ".json", layers_of, _file, sniff=_is_cas)

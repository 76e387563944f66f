"""A mapping as a JSON file, so that the next files of the same tool are read the same way.

The shape is ``schemas/mapping-v1.schema.json``. The same mapping always gives the same bytes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from annotator.errors import ImportFailed
from annotator.formats.published import parsed, read_start
from annotator.formats.standoff.graph import Attributes
from annotator.formats.standoff.mapping import AttributeRule, ItemRule, LinkRule, Mapping, problems

SUFFIX = ".mapping.json"
_MOST = 10_000_000
"""Bytes: more is no mapping that a person has looked at."""


def write(mapping: Mapping) -> bytes:
    """The file's bytes."""
    data = {
        "mapping_version": 1,
        "name": mapping.name,
        "names": mapping.names,
        "items": [_filled(label=r.label, to=r.to, when=dict(r.when), give=dict(r.give)) for r in mapping.items],
        "links": [
            _filled(
                label=r.label, to=r.to, roles=dict(r.roles), when=dict(r.when), give=dict(r.give), trigger=r.trigger
            )
            for r in mapping.links
        ],
        "attributes": [
            _filled(name=r.name, to=r.to, of=r.of, on=r.on, values=dict(r.values)) for r in mapping.attributes
        ],
        **_filled(remarks=list(mapping.remarks)),
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def read(path: Path) -> Mapping:
    """The mapping in a file.

    Raises:
        ImportFailed: it cannot be read or is no mapping that can be used; the sentence says why.
    """
    data = read_start(path, _MOST)
    try:
        return loads(data)
    except ValueError as error:
        raise ImportFailed(f"{path.name} is no mapping that can be used: {error}.") from error


def loads(data: bytes) -> Mapping:
    """The mapping in a file's bytes. Raises ``ValueError`` with a clause that says what is wrong."""
    found = parsed(data, _MOST, "mapping-v1")
    mapping = Mapping(
        found["name"],
        tuple(ItemRule(r["label"], r["to"], _pairs(r, "when"), _pairs(r, "give")) for r in found["items"]),
        tuple(
            LinkRule(
                r["label"], r["to"], _pairs(r, "roles"), _pairs(r, "when"), _pairs(r, "give"), r.get("trigger", "")
            )
            for r in found["links"]
        ),
        tuple(
            AttributeRule(r["name"], r["to"], r.get("of", ""), r.get("on", ""), _pairs(r, "values"))
            for r in found["attributes"]
        ),
        found["names"],
        tuple(found.get("remarks", ())),
    )
    if problem := next(problems(mapping), None):
        raise ValueError(problem)
    return mapping


def _filled(**values: Any) -> dict[str, Any]:
    """What is not empty."""
    return {name: value for name, value in values.items() if value}


def _pairs(rule: dict[str, Any], name: str) -> Attributes:
    return tuple(rule.get(name, {}).items())

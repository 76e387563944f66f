"""A mapping as a JSON file, so that the next files of the same tool are read the same way.

The shape is ``schemas/mapping-v1.schema.json``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from annotator.formats import small_file
from annotator.formats.standoff.graph import Attributes
from annotator.formats.standoff.mapping import AttributeRule, ItemRule, LinkRule, Mapping, problems

SUFFIX = ".mapping.json"


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
    return small_file.bytes_of(data)


def read(path: Path) -> Mapping:
    """The mapping in a file.

    Raises:
        ImportFailed: it cannot be read or is no mapping that can be used; the sentence says why.
    """
    return small_file.read(path, loads, "is no mapping that can be used")


def loads(data: bytes) -> Mapping:
    """The mapping in a file's bytes. Raises ``ValueError`` with a clause that says what is wrong."""
    found = small_file.data_of(data, "mapping-v1")
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

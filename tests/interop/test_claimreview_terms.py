"""The terms of ClaimReview beside the vocabulary that schema.org publishes: properties, domains and ranges."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from article_samples import Content, full_document
from round_trip import exported
from schema_org import KNOWN

pytestmark = pytest.mark.interop
_PLAIN = {"schema:Text", "schema:URL", "schema:Number", "schema:Date", "schema:DateTime", "schema:Language"}


@pytest.fixture(scope="module")
def vocabulary() -> dict[str, Any]:
    """``schemaorg-current-https.jsonld`` of a release, in ``schemaorg`` under ``ANNOTATOR_CORPORA``."""
    path = Path(os.environ.get("ANNOTATOR_CORPORA", "/nowhere")) / "schemaorg" / "schemaorg-current-https.jsonld"
    if not path.is_file():
        pytest.skip("schema.org is not there: put schemaorg-current-https.jsonld in schemaorg/ of ANNOTATOR_CORPORA")
    return {each["@id"]: each for each in json.loads(path.read_bytes())["@graph"]}


def ids(value: Any) -> list[str]:
    return [each["@id"] for each in (value if isinstance(value, list) else [value])] if value else []


def above(kind: str, vocabulary: dict[str, Any]) -> set[str]:
    """A type and everything it is a kind of."""
    found = {kind}
    for each in ids(vocabulary[kind].get("rdfs:subClassOf")):
        found |= above(each, vocabulary) if each in vocabulary else {each}
    return found


def test_every_term_that_is_written_is_in_the_vocabulary(vocabulary: dict[str, Any]) -> None:
    for kind, properties in KNOWN.items():
        for name in properties:
            term = vocabulary[f"schema:{name}"]
            assert "schema:supersededBy" not in term
            assert above(f"schema:{kind}", vocabulary) & set(ids(term["schema:domainIncludes"])), (kind, name)


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for each in value:
            yield from nodes(each)
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from nodes(each)


def test_every_value_is_of_a_type_that_its_property_takes(vocabulary: dict[str, Any], tmp_path: Path) -> None:
    document, speaker = full_document()
    exported("claimreview", Content([document], [speaker]), tmp_path / "out.claimreview.jsonld")
    written = json.loads((tmp_path / "out.claimreview.jsonld").read_bytes())["@graph"]
    checked = 0
    for node in nodes(written):
        for key, value in node.items():
            if not key.startswith("@"):
                ranges = set(ids(vocabulary[f"schema:{key}"]["schema:rangeIncludes"]))
                for each in value if isinstance(value, list) else [value]:
                    kinds = above(f"schema:{each['@type']}", vocabulary) if isinstance(each, dict) else _PLAIN
                    assert kinds & ranges, (node["@type"], key)
                    checked += 1
    assert checked > 20

"""The published schema: valid in itself, in step with the vocabularies, and judged alike by another validator."""

from __future__ import annotations

import io
import json
from typing import Any

import jsonschema
import pytest
from article_samples import Content, contents, full_document
from hypothesis import given

from annotator import vocabulary
from annotator.formats import jsonl
from annotator.formats.article_check import find_problem, schema
from annotator.formats.base import Writing

VALIDATOR = jsonschema.Draft7Validator(schema())


def lines_of(content: Content, view: str) -> list[Any]:
    stream = io.BytesIO()
    jsonl.write(content, stream, Writing(view))
    return [json.loads(line) for line in stream.getvalue().split(b"\n")[:-1]]


def test_the_schema_is_a_valid_schema_and_explains_every_property() -> None:
    jsonschema.Draft7Validator.check_schema(schema())
    objects = [schema(), *(item for item in schema()["definitions"].values() if item.get("type") == "object")]
    assert len(objects) == 10
    for item in objects:
        assert item["additionalProperties"] is False
        assert item["required"] == list(item["properties"])
        assert item["description"]
        for name, rule in item["properties"].items():
            assert rule.get("description") or rule.get("$ref") == "#/definitions/id", name


@pytest.mark.parametrize("view", ["source", "corrected"])
@given(content=contents())
def test_every_export_is_valid_for_another_validator(view: str, content: Content) -> None:
    for line in lines_of(content, view):
        VALIDATOR.validate(line)


def places(rule: Any, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], list[Any]]]:
    found = []
    if isinstance(rule, dict):
        if "enum" in rule:
            found.append((path, rule["enum"]))
        for key, inner in rule.items():
            found += places(inner, (*path, key))
    return found


def test_the_schemas_values_are_the_vocabularies() -> None:
    def values(name: str, null: bool = False) -> list[str | None]:
        return [*vocabulary.values(name), *([None] if null else [])]

    expected = {
        ("", "state"): values("article.state"),
        ("segment", "kind"): values("segment.kind"),
        ("speaker", "kind"): values("speaker.kind"),
        ("mention", "kind"): values("mention.kind"),
        ("hop", "referring"): values("hop.referring", True),
        ("claim", "form"): values("claim.form", True),
        ("claim", "type"): values("claim.type", True),
        ("claim", "check_worthy"): values("claim.check_worthy", True),
        ("claim", "stance"): values("claim.stance", True),
        ("claim", "certainty"): values("certainty", True),
        ("claim", "status"): values("status"),
        ("correction", "kind"): values("correction.kind"),
        ("correction", "cause"): values("correction.cause", True),
        ("correction", "verdict"): values("correction.verdict", True),
        ("correction", "status"): values("status"),
    }
    found = {
        (path[1] if path[0] == "definitions" else "", path[-1]): enum for path, enum in places(schema())
    }  # fmt: skip
    assert found == expected


def mutations(line: Any) -> list[Any]:
    """The line with each of its keys in turn missing, null, of another type, and with one too many."""
    result: list[Any] = []

    def visit(node: Any) -> None:
        if isinstance(node, dict):
            for key in list(node):
                kept = dict(node)
                for wrong in ([], {}, None, 7, "odd"):
                    node[key] = wrong
                    result.append(json.loads(json.dumps(line)))
                del node[key]
                result.append(json.loads(json.dumps(line)))
                node.clear()
                node.update(kept)
                visit(node[key])
            node["one too many"] = 1
            result.append(json.loads(json.dumps(line)))
            del node["one too many"]
        elif isinstance(node, list):
            for item in node:
                visit(item)

    visit(line)
    return result


def test_both_validators_refuse_the_same_wrong_lines() -> None:
    document, speaker = full_document()
    (line,) = lines_of(Content([document], [speaker]), "source")
    refused = 0
    for wrong in mutations(line):
        if not VALIDATOR.is_valid(wrong):
            refused += 1
            assert find_problem(wrong) is not None, wrong
    assert refused > 500


def test_the_schema_is_in_the_package() -> None:
    from importlib.resources import files

    assert files("annotator.formats").joinpath("schemas", "article-v1.schema.json").is_file()

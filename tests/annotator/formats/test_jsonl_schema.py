"""The published schema: valid in itself, in step with the vocabularies, and judged alike by another validator."""

from __future__ import annotations

import io
import json
import re
from typing import Any, get_args, get_type_hints

import jsonschema
import pytest
from article_samples import Content, contents, full_document
from hypothesis import given

from annotator.formats import jsonl
from annotator.formats.article_check import SCHEMA_NAME, find_problem
from annotator.formats.base import Writing
from annotator.formats.published import schema
from annotator.model import Claim, Correction, Evidence, Hop, Mention, Segment, Speaker
from annotator.vocabulary import DEFAULT

ADDED = {"addressee_id", "date", "kind"}
"""Properties that lines of an earlier program do not have (``kind``: of a piece of evidence)."""
VALIDATOR = jsonschema.Draft7Validator(schema(SCHEMA_NAME))


def lines_of(content: Content, view: str) -> list[Any]:
    stream = io.BytesIO()
    jsonl.write(content, stream, Writing(view))
    return [json.loads(line) for line in stream.getvalue().split(b"\n")[:-1]]


def test_the_schema_is_a_valid_schema_and_explains_every_property() -> None:
    jsonschema.Draft7Validator.check_schema(schema(SCHEMA_NAME))
    objects = [
        schema(SCHEMA_NAME),
        *(item for item in schema(SCHEMA_NAME)["definitions"].values() if item.get("type") == "object"),
    ]
    assert len(objects) == 11
    for item in objects:
        assert item["additionalProperties"] is False
        assert item["required"] == [
            name for name in item["properties"] if name not in ADDED or name in item["required"]
        ]
        assert item["description"]
        for name, rule in item["properties"].items():
            assert rule.get("description") or rule.get("$ref") == "#/definitions/id", name


@pytest.mark.parametrize("view", ["source", "corrected"])
@given(content=contents())
def test_every_export_is_valid_for_another_validator(view: str, content: Content) -> None:
    for line in lines_of(content, view):
        VALIDATOR.validate(line)


def rules(key: str) -> dict[tuple[str, str], Any]:
    """(definition, property) → the value of ``key`` there, wherever the schema has it."""
    objects = {"": schema(SCHEMA_NAME), **schema(SCHEMA_NAME)["definitions"]}
    return {
        (name, prop): rule[key]
        for name, item in objects.items()
        for prop, rule in item.get("properties", {}).items()
        if key in rule
    }


def test_only_what_the_program_branches_on_is_frozen() -> None:
    assert rules("enum") == {
        ("", "state"): list(DEFAULT.values("article.state")),
        ("correction", "kind"): list(DEFAULT.values("correction.kind")),
        ("", "view"): ["source", "corrected"],
    }
    assert rules("const") == {("", "schema_version"): 2, ("", "offset_unit"): "codepoint"}


def test_every_other_vocabulary_is_a_label_with_its_values_as_examples() -> None:
    expected = {
        ("segment", "kind"): "segment.kind",
        ("speaker", "kind"): "speaker.kind",
        ("mention", "kind"): "mention.kind",
        ("hop", "referring"): "hop.referring",
        ("claim", "form"): "claim.form",
        ("claim", "type"): "claim.type",
        ("claim", "check_worthy"): "claim.check_worthy",
        ("claim", "stance"): "claim.stance",
        **{(kind, "certainty"): "certainty" for kind in ("mention", "claim", "correction")},
        **{(kind, "status"): "status" for kind in ("mention", "claim", "correction")},
        ("evidence", "kind"): "evidence.kind",
        ("correction", "cause"): "correction.cause",
        ("correction", "verdict"): "correction.verdict",
    }
    assert rules("examples") == {place: list(DEFAULT.values(name)) for place, name in expected.items()}
    hints = {
        "segment": Segment,
        "speaker": Speaker,
        "mention": Mention,
        "hop": Hop,
        "claim": Claim,
        "evidence": Evidence,
    }
    for (owner, name), (rule,) in rules("allOf").items():
        optional = type(None) in get_args(get_type_hints(hints.get(owner, Correction))[name])
        assert rule == {"$ref": f"#/definitions/{'label_or_null' if optional else 'label'}"}, (owner, name)
    assert rules("allOf").keys() == expected.keys()
    label = re.compile(schema(SCHEMA_NAME)["definitions"]["label"]["pattern"])
    assert all(label.fullmatch(value) for name in DEFAULT.fields for value in DEFAULT.values(name))


@pytest.mark.parametrize("value", ["", " ", "Sung", "two words", "_a", "x" * 65, None, 7])
def test_a_label_looks_like_one(value: object) -> None:
    document, speaker = full_document()
    (line,) = lines_of(Content([document], [speaker]), "source")
    line["claims"][0]["status"] = value
    assert not VALIDATOR.is_valid(line)
    problem = find_problem(line)
    assert problem is not None
    assert problem.startswith("claims[0].status must ")


def test_a_project_may_have_labels_of_its_own() -> None:
    document, speaker = full_document()
    (line,) = lines_of(Content([document], [speaker]), "source")
    line["claims"][0]["form"] = "sung-aloud.2"
    VALIDATOR.validate(line)
    assert find_problem(line) is None


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

    assert files("annotator.formats").joinpath("schemas", "article-v2.schema.json").is_file()

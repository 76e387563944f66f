"""The yes that costs little: never to what the schema refuses, and to every line that is written."""

from __future__ import annotations

import copy
import io
import json
from typing import Any

import jsonschema
import pytest
from article_samples import Content, contents, full_document
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats import jsonl
from annotator.formats.base import Writing
from annotator.formats.published import schema
from annotator.formats.quick_check import acceptor

NAME = "article-v2"
ACCEPTS = acceptor(schema(NAME))
JUDGE = jsonschema.Draft7Validator(schema(NAME))
assert ACCEPTS is not None


def lines_of(content: Content) -> list[Any]:
    stream = io.BytesIO()
    jsonl.write(content, stream, Writing())
    return [json.loads(line) for line in stream.getvalue().splitlines()]


document, speaker = full_document()
FULL = lines_of(Content([document], [speaker]))[0]
ODD: list[Any] = [
    None, True, 0, -1, 1, 2, 3, 1.0, 2.5, 10**30, [], [None], [""], {}, {"": 1},
    "", "a", "a\n", "A", "a_b", "a__b", "x" * 64, "x" * 65, "😀" * 64, "é" * 65, "\ud800",
    "2026-01-02", "2026-01-02\n", "2026-13-01", "source", "codepoint", "0" * 64, "0" * 64 + "\n",
]  # fmt: skip


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value inside."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(found for key, value in inner for found in places(value, (*path, key)))]


PLACES = places(FULL)[1:]


def holder(data: Any, path: tuple[Any, ...]) -> Any:
    for key in path[:-1]:
        data = data[key]
    return data


@given(contents())
def test_every_line_that_is_written_is_accepted(content: Content) -> None:
    assert all(ACCEPTS(line) for line in lines_of(content))


@given(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(ODD)), min_size=1, max_size=2))
def test_what_is_accepted_is_right_for_another_validator(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    data = copy.deepcopy(FULL)
    for path, value in changes:
        try:
            holder(data, path)[path[-1]] = value
        except (TypeError, KeyError, IndexError):  # an earlier change took it away
            continue
    if ACCEPTS(data):
        JUDGE.validate(data)


@pytest.mark.parametrize("path", [path for path in PLACES if isinstance(path[-1], str)], ids=str)
def test_a_key_that_is_missing_or_too_many_is_not_accepted(path: tuple[Any, ...]) -> None:
    for change in (lambda found: found.pop(path[-1]), lambda found: found.update({f"{path[-1]}s_": 1})):
        data = copy.deepcopy(FULL)
        change(holder(data, path))
        assert not ACCEPTS(data)


def test_what_the_types_cannot_say_is_left_to_the_schema() -> None:
    assert acceptor({"type": "object", "properties": {}}) is None  # other keys are allowed
    assert acceptor({"type": "string", "format": "date"}) is None
    assert acceptor({"allOf": [{"type": "string"}, {"type": "string"}]}) is None
    assert acceptor({"enum": ["a", None]}) is None
    assert acceptor({"type": "number"}) is None

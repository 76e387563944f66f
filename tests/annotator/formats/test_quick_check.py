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

from annotator.formats import jsonl, strict_json
from annotator.formats.base import Writing
from annotator.formats.published import schema
from annotator.formats.quick_check import acceptor, decoder

NAME = "article-v2"
ACCEPTS = acceptor(schema(NAME))
JUDGE = jsonschema.Draft7Validator(schema(NAME))
assert ACCEPTS is not None
DECODE = decoder(schema(NAME))
assert DECODE is not None


def read_quickly(data: Any) -> Any | None:
    """What is read of these data when they surely fit."""
    line = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass")
    return strict_json.quickly(line, DECODE)


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
    assert all(ACCEPTS(line) and read_quickly(line) == line for line in lines_of(content))


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
    if (read := read_quickly(data)) is not None:
        JUDGE.validate(data)
        assert read == data


@pytest.mark.parametrize("path", [path for path in PLACES if isinstance(path[-1], str)], ids=str)
def test_a_key_that_is_missing_or_too_many_is_not_accepted(path: tuple[Any, ...]) -> None:
    for change in (lambda found: found.pop(path[-1]), lambda found: found.update({f"{path[-1]}s_": 1})):
        data = copy.deepcopy(FULL)
        change(holder(data, path))
        assert not ACCEPTS(data)
        assert read_quickly(data) is None


def test_a_key_told_twice_a_large_number_and_a_nul_are_not_read_quickly() -> None:
    assert read_quickly(FULL) == FULL
    line = json.dumps(FULL, ensure_ascii=False, separators=(",", ":"))
    for old, new in (
        ('"view":"source"', '"view":"source","view":"source"'),
        ('"title":"', r'"title":"\u0000'),
        ('"title":"', r'"title":"\ud800'),
    ):
        assert old in line
        assert strict_json.quickly(line.replace(old, new, 1).encode(), DECODE) is None
    large = copy.deepcopy(FULL)
    for most, told in ((strict_json.MOST, True), (strict_json.MOST + 1, False)):
        large["segments"][0]["corrected_end"] = most
        assert (read_quickly(large) is not None) is told


def test_what_the_types_cannot_say_is_left_to_the_schema() -> None:
    assert acceptor({"type": "object", "properties": {}}) is None  # other keys are allowed
    assert acceptor({"type": "string", "format": "date"}) is None
    assert acceptor({"allOf": [{"type": "string"}, {"type": "string"}]}) is None
    assert acceptor({"enum": ["a", None]}) is None
    assert acceptor({"type": "number"}) is None


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.integers(-9, 9)
    | st.text()
    | st.sampled_from(["\\u0000", "\x00"]),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=2), inner),
    max_leaves=8,
)


@given(VALUES, st.binary(max_size=3), st.integers(0, 40))
def test_what_is_read_in_one_go_is_what_the_strict_reader_reads(value: Any, put: bytes, at: int) -> None:
    """Also of text that is damaged somewhere: one of them refuses what the other would."""
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    for each in (data, data[:at] + put + data[at:], data[:at] + data[at + 1 :]):
        quick = strict_json._quickly(each)
        if quick is not None:
            assert json.dumps(quick) == json.dumps(strict_json._decoded(strict_json._DECODER, each.decode()))
            assert strict_json.find_uncarriable(quick) is None


@pytest.mark.parametrize("data", [b'{"a":1,"a":1}', b"1.0", b"[1e2]", b"1234567890123456", b'"\\u0000"', b"[1, 2]"])
def test_what_is_written_otherwise_is_left_to_the_strict_reader(data: bytes) -> None:
    assert strict_json._quickly(data) is None


@given(VALUES)
def test_a_line_is_what_json_writes(value: Any) -> None:
    if strict_json.find_uncarriable(value):
        with pytest.raises(ValueError, match="NUL"):
            strict_json.json_line(value)
        return
    assert strict_json.json_line(value) == json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

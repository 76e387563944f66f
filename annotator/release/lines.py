"""The lines of a release: JSON Lines, schema version 2, with the words of the articles or without them.

A bare line is one whose every quotation of the article is null. Its places and hashes tell exactly which text it
was: whoever has that text can put the words back (:func:`rebuilt`).
"""

from __future__ import annotations

import copy
import hashlib
from typing import Any

import msgspec

from annotator.errors import AnnotatorError, ImportFailed
from annotator.formats.article_check import SCHEMA_NAME, find_problem, spans_of
from annotator.formats.article_json import decode, encode
from annotator.formats.published import schema
from annotator.formats.strict_json import json_line
from annotator.text.anchors import anchor
from annotator.text.wording import clause

_QUOTES = ("text", "corrected_text")


def as_line(data: dict[str, Any]) -> bytes:
    """The bytes of a line, line feed included."""
    return json_line(data) + b"\n"


def without_words(data: dict[str, Any]) -> dict[str, Any]:
    """A line without any word of the article: text, corrected text and quotations are null."""
    bare = _copied(data)
    for name in _QUOTES:
        bare[name] = None
    for _, span in spans_of(bare):
        span["exact"] = None
    bare["quarantined"] = []
    return bare


def rebuilt(data: dict[str, Any], text: str) -> dict[str, Any]:
    """A bare line with the words of ``text`` put back.

    Raises:
        ImportFailed: it is another text, or the line does not fit it.
    """
    found = hashlib.sha256(text.encode()).hexdigest()
    if found != data["text_sha256"]:
        raise ImportFailed(f"The text for “{data['title']}” is another one: its hash is {found[:12]}….")
    told = f"The line of “{data['title']}” does not fit its text"
    try:
        draft = decode(_with_words(data, text), data["title"])
        whole = encode(draft.document, {speaker.id: speaker for speaker in draft.speakers})
    except AnnotatorError as error:
        raise ImportFailed(f"{told}: {clause(error)}") from error
    problem = find_problem(whole)
    if problem is None and as_line(without_words(whole)) != as_line(data):
        problem = "a place is told twice in different ways"
    if problem:
        raise ImportFailed(f"{told}: {problem}.")
    return whole


def _with_words(data: dict[str, Any], text: str) -> dict[str, Any]:
    """The line with its text and the words of each place. Raises ``InvalidSpan``: one is outside the text."""
    whole = {**_copied(data), "text": text}
    for _, span in spans_of(whole):
        span["exact"] = anchor(text, span["start"], span["end"]).exact
    return whole


def _copied(data: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(data))
    return made


def bare_schema() -> dict[str, Any]:
    """The JSON Schema of a bare line: that of a line, its words null."""
    bare = copy.deepcopy(schema(SCHEMA_NAME))
    bare["$id"] += ":bare"
    bare["title"] += ", without the words of the article"
    for name in _QUOTES:
        bare["properties"][name] = _NOTHING
    for name in ("span", "segment"):
        bare["definitions"][name]["properties"]["exact"] = _NOTHING
    bare["properties"]["quarantined"]["maxItems"] = 0
    return bare


_NOTHING = {
    "description": "Always null: the words are the publisher's. text_sha256 tells which text it was.",
    "type": ["string", "null"],
    "enum": [None],
}

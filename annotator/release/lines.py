"""The lines of a release: JSON Lines, schema version 2, with the words of the articles or without them.

A stand-off line is one whose every quotation of the article is null. Its places and hashes tell exactly which text it
was: whoever has that text can put the words back (:func:`rebuilt`).
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Iterator
from typing import Any

from annotator.errors import ImportFailed
from annotator.formats.article_check import SCHEMA_NAME, find_problem, spans_of
from annotator.formats.article_json import encode
from annotator.formats.published import schema
from annotator.model import Document, Speaker

_QUOTES = ("text", "corrected_text")


def line(document: Document, speakers: dict[str, Speaker], *, with_text: bool) -> dict[str, Any]:
    """The data of an article's line."""
    data = encode(document, speakers)
    return data if with_text else without_words(data)


def without_words(data: dict[str, Any]) -> dict[str, Any]:
    """A line without any word of the article: text, corrected text, quotations and headline are null."""
    bare = copy.deepcopy(data)
    for name in _QUOTES:
        bare[name] = None
    for _, span in spans_of(bare):
        span["exact"] = None
    bare["quarantined"] = []
    return bare


def rebuilt(data: dict[str, Any], text: str) -> dict[str, Any]:
    """A stand-off line with the words of ``text`` put back.

    Raises:
        ImportFailed: it is another text, or the line does not fit it.
    """
    found = hashlib.sha256(text.encode()).hexdigest()
    if found != data["text_sha256"]:
        raise ImportFailed(f"The text for “{data['title']}” is another one: its hash is {found[:12]}….")
    whole = copy.deepcopy(data)
    whole["text"] = text
    for _, span in spans_of(whole):
        span["exact"] = text[span["start"] : span["end"]]
    whole["corrected_text"] = _corrected(whole)
    problem = find_problem(whole)
    if problem:
        raise ImportFailed(f"The line of “{data['title']}” does not fit its text: {problem}.")
    return whole


def _corrected(data: dict[str, Any]) -> str:
    """The text as the transcription corrections of a line make it."""
    changes = sorted(
        (span["start"], span["end"], correction["replacement"] or "")
        for correction in data["corrections"]
        if correction["kind"] == "transcription" and correction["status"] != "rejected"
        for span in correction["spans"]
    )
    parts, at = [], 0
    for start, end, replacement in changes:
        parts += [data["text"][at:start], replacement]
        at = end
    return "".join([*parts, data["text"][at:]])


def standoff_schema() -> dict[str, Any]:
    """The JSON Schema of a stand-off line: that of a line, its words null."""
    bare = copy.deepcopy(schema(SCHEMA_NAME))
    bare["$id"] += ":stand-off"
    bare["title"] += ", without the words of the article"
    for name in _QUOTES:
        bare["properties"][name] = {"description": f"Always null: {_GONE}", "type": "null"}
    for name in ("span", "segment"):
        bare["definitions"][name]["properties"]["exact"] = {"description": f"Always null: {_GONE}", "type": "null"}
    return bare


_GONE = "the words are the publisher's. text_sha256 tells which text it was."


def places(data: dict[str, Any]) -> Iterator[tuple[int, int]]:
    """Every place of a line."""
    return ((span["start"], span["end"]) for _, span in spans_of(data))

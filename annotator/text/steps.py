"""Where the boundary of a span lands when it moves by one character, word or sentence."""

from __future__ import annotations

from typing import Literal

from annotator.text.anchors import grapheme_end, grapheme_start
from annotator.text.sentences import sentence_around
from annotator.text.words import word_after, word_before

Unit = Literal["character", "word", "sentence"]
"""A character is a whole grapheme cluster: an emoji, or a letter with its accents."""


def step(text: str, offset: int, side: str, unit: Unit, direction: int) -> int:
    """Where a span's ``side`` (start or end) lands from ``offset``, one unit later (1) or earlier (-1).

    The same offset comes back where there is no such unit in that direction.
    """
    if unit == "character":
        if direction > 0:
            return grapheme_end(text, min(len(text), offset + 1))
        return grapheme_start(text, max(0, offset - 1))
    if unit == "word":
        return (word_after if direction > 0 else word_before)(text, offset, side)
    found = (_sentence_after if direction > 0 else _sentence_before)(text, offset, side)
    # A sentence may begin with an accent that hangs on the blank before it: the blank is taken along, or left behind.
    whole = grapheme_start(text, found) if side == "start" or direction < 0 else grapheme_end(text, found)
    return offset if (whole - offset) * direction < 0 else whole


def _sentence_after(text: str, offset: int, side: str) -> int:
    start, end = sentence_around(text, offset)
    if side == "end" and start < end and end > offset:
        return end
    if start > offset:  # in the blanks before it
        return start
    following = _skip_blanks(text, max(offset, end))
    if following == len(text):
        return offset
    return following if side == "start" else sentence_around(text, following)[1]


def _sentence_before(text: str, offset: int, side: str) -> int:
    last = _skip_blanks_back(text, offset)
    if last < 0:
        return offset
    start, end = sentence_around(text, last)
    if side == "start":
        return min(start, offset)
    if end < offset:
        return end
    last = _skip_blanks_back(text, start)
    return offset if last < 0 else sentence_around(text, last)[1]


def _skip_blanks(text: str, offset: int) -> int:
    while offset < len(text) and text[offset].isspace():
        offset += 1
    return offset


def _skip_blanks_back(text: str, offset: int) -> int:
    """The last character before ``offset`` that is no white space; -1 when there is none."""
    offset -= 1
    while offset >= 0 and text[offset].isspace():
        offset -= 1
    return offset

"""Word boundaries, for moving the ends of spans."""

from __future__ import annotations

import regex

from annotator.text.anchors import grapheme_end, grapheme_start

_LETTER = r"[\w--[\p{Han}\p{Hiragana}\p{Katakana}]]"
_WORD = regex.compile(
    # Chinese and Japanese have no blanks between words: a character, or a run of one kana, is as much as can be told.
    rf"{_LETTER}+(?:[’'\-.]{_LETTER}+)*|\p{{Han}}\p{{M}}*|\p{{Hiragana}}+|[\p{{Katakana}}ー]+|(?![\w\s])\X",
    regex.V1,
)


def word_after(text: str, offset: int, side: str) -> int:
    """Where a span's ``side`` (start or end) lands when it moves one word or punctuation mark later."""
    begin = max(text.rfind("\n", 0, offset) + 1, offset - 100)
    for match in _WORD.finditer(text, begin):
        edge = _edge(text, match, side)
        if edge > offset:
            return edge
    return offset


def word_before(text: str, offset: int, side: str) -> int:
    """Where a span's ``side`` (start or end) lands when it moves one word or punctuation mark earlier."""
    begin = max(0, offset - 400)
    found = offset
    for match in _WORD.finditer(text, begin, min(len(text), offset + 100)):
        edge = _edge(text, match, side)
        if edge >= offset:
            break
        found = edge
    return found


def _edge(text: str, match: regex.Match[str], side: str) -> int:
    """Where a word starts or ends, never inside a character: a joiner or an accent may hang on its last letter."""
    return grapheme_start(text, match.start()) if side == "start" else grapheme_end(text, match.end())

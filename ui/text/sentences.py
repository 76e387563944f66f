"""The sentence around a place, for the triple click."""

from __future__ import annotations

import regex

from annotator.text.anchors import trim

_PARAGRAPH = regex.compile(r"\n[^\S\n]*\n")
_END = regex.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|[。！？]+[」』”]?")
_SHORT = regex.compile(
    r"(?:^|[\s(\"“'])(?:\p{Lu}|(?:\p{L}\.)+\p{L}|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Capt|St|Jr|Sr|No|vs|Inc|Ltd|Co|Corp"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)$"
)
_FARTHEST = 20_000


def sentence_around(text: str, offset: int) -> tuple[int, int]:
    """The sentence that the source offset lies in, without white space around it; it ends with its paragraph.

    A full stop behind an initial or a common abbreviation ends nothing, nor does one before a small letter.
    """
    low, high = _paragraph(text, offset)
    start = low
    for match in _END.finditer(text, low, high):
        end = match.end()
        if match[0][0] == "." and not _ends(text, match.start(), end, high):
            continue
        if end > offset:
            return trim(text, start, end)
        start = end
    return trim(text, start, high)


def _ends(text: str, stop: int, end: int, high: int) -> bool:
    follows = text[end:high].lstrip()[:1]
    return not follows.islower() and not _SHORT.search(text, max(0, stop - 12), stop)


def _paragraph(text: str, offset: int) -> tuple[int, int]:
    low, high = max(0, offset - _FARTHEST), min(len(text), offset + _FARTHEST)
    for match in _PARAGRAPH.finditer(text, low, high):
        if match.end() <= offset:
            low = match.end()
        elif match.start() >= offset:
            return low, match.start()
    return low, high

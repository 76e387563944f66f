"""The sentence and the quotation around a place, so that one key or click can take them whole."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from annotator.text.anchors import trim

_PARAGRAPH = regex.compile(r"\n[^\S\n]*\n")
_END = regex.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|[。！？]+[」』”]?")
_MARK = regex.compile(r"[\"“”„«»]")
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


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Every sentence of a text in order, without white space around it; see :func:`sentence_around`."""
    low = 0
    for match in _PARAGRAPH.finditer(text):
        yield from _sentences(text, low, match.start())
        low = match.end()
    yield from _sentences(text, low, len(text))


def _sentences(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    start = low
    for match in _END.finditer(text, low, high):
        if match[0][0] == "." and not _ends(text, match.start(), match.end(), high):
            continue
        yield trim(text, start, match.end())
        start = match.end()
    rest = trim(text, start, high)
    if rest[0] < rest[1]:
        yield rest


def quotation_around(text: str, offset: int) -> tuple[int, int] | None:
    """The quotation that the source offset lies in, with its marks; the outermost one where they are nested.

    A quotation ends with its paragraph. Where a mark is missing it reaches to the paragraph's end, or from its start;
    before another one that begins in between, to the end of the last whole sentence.
    None when the offset lies in no quotation.
    """
    low, high = trim(text, *_paragraph(text, offset))
    for start, end in _quotations(text, low, high):
        if start <= offset < end:
            return start, end
    return None


def quotations(text: str) -> Iterator[tuple[int, int]]:
    """Every outermost quotation of a text with its marks, in order; each ends with its paragraph."""
    low = 0
    for match in _PARAGRAPH.finditer(text):
        yield from _quotations(text, *trim(text, low, match.start()))
        low = match.end()
    yield from _quotations(text, *trim(text, low, len(text)))


def _quotations(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    """The outermost quotations of one paragraph, in order."""
    begin: int | None = None
    depth = 0
    last = low
    for match in _MARK.finditer(text, low, high):
        at, mark = match.start(), match[0]
        if begin is not None and depth == 1 and _begins_another(text, begin, at, high):
            yield begin, _end_unclosed(text, begin, at)
            begin = at
        elif _opens(text, at, mark, low, inside=begin is not None):
            depth += 1
            begin = at if begin is None else begin
        elif begin is not None:
            depth -= 1
            if depth == 0:
                yield begin, at + 1
                begin, last = None, at + 1
        elif last == low:  # the mark that should have opened it is missing
            yield low, at + 1
            last = at + 1
    if begin is not None:
        yield begin, high


def _opens(text: str, at: int, mark: str, low: int, *, inside: bool) -> bool:
    if mark == "“":  # opens in English, closes a „ in German
        return not inside or "„" not in text[low:at]
    if mark != '"':
        return mark in "«„"
    before = text[at - 1] if at > low else " "
    return not inside and (before.isspace() or before in "([—–-'‘“")


def _begins_another(text: str, begin: int, at: int, high: int) -> bool:
    """Whether this straight mark cannot close the quotation at ``begin``: it stands before a word, behind a blank."""
    if text[begin] != '"' or text[at] != '"' or at + 1 >= high:
        return False
    return text[at + 1].isalnum() and (text[at - 1].isspace() or text[at - 1] in "([")


def _end_unclosed(text: str, begin: int, at: int) -> int:
    """Where a quotation without its closing mark ends before the next one: with its last whole sentence, if any."""
    ends = [m.end() for m in _END.finditer(text, begin, at) if m[0][0] != "." or _ends(text, m.start(), m.end(), at)]
    return trim(text, begin, ends[-1] if ends else at)[1]


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

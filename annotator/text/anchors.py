"""Making, checking and finding spans. ``text[span.start:span.end] == span.exact`` always, everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile

import regex

from annotator.errors import InvalidSpan
from annotator.model import Annotation, Article, Claim, Record, Segment, Span
from annotator.text.wording import counted, shorten

Places = tuple[tuple[int, int], ...]
"""Where spans stand: (start, end) for each."""
CONTEXT = 32
"""Code points of prefix and suffix that an anchor keeps."""
_GRAPHEME = regex.compile(r"\X")
_ALONE = (
    "[\x00-\u02ff\u0370-\u0482\u048a-\u052f\u05d0-\u05ea\u0620-\u064a\u0660-\u066f"
    "\u3000-\u3029\u3041-\u3096\u30a0-\u30ff\u3400-\u9fff\uff01-\uff60]"
)
"""Characters that never join a neighbour of their kind: Latin, Greek, Cyrillic, Hebrew, Arabic, Kana, Han."""
_APART = regex.compile(rf"(?!\r\n){_ALONE}{_ALONE}")
_WINDOW = 64


def anchor(text: str, start: int, end: int) -> Span:
    """The span ``[start, end)`` of ``text``, with its exact text and context.

    Raises:
        InvalidSpan: the offsets do not fit the text.
    """
    if not 0 <= start <= end <= len(text):
        raise InvalidSpan(f"The place {start}–{end} is outside the text, which has {counted(len(text), 'character')}.")
    return Span(start, end, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def check(text: str, span: Span) -> None:
    """Raise :class:`InvalidSpan` unless the span fits the text and quotes it exactly."""
    if not 0 <= span.start <= span.end <= len(text):
        raise InvalidSpan(
            f"The place {span.start}–{span.end} is outside the text, which has {counted(len(text), 'character')}."
        )
    found = text[span.start : span.end]
    if found != span.exact:
        raise InvalidSpan(f"At {span.start}–{span.end} the text reads “{shorten(found)}”, not “{shorten(span.exact)}”.")


def places(spans: Iterable[Span | Segment]) -> Places:
    """Where these spans, or segments, stand."""
    return tuple((span.start, span.end) for span in spans)


def find_again(text: str, span: Span) -> Span | None:
    """The place where the words of ``span`` stand in ``text``, told by what stood around them.

    None when they stand nowhere, or in several places with as much around them alike.
    """
    found: list[tuple[int, int]] = []
    at = text.find(span.exact) if span.exact else -1
    while at >= 0:
        end = at + len(span.exact)
        before = _alike(span.prefix[::-1], text[max(0, at - CONTEXT) : at][::-1])
        found.append((before + _alike(span.suffix, text[end : end + CONTEXT]), at))
        at = text.find(span.exact, at + 1)
    found.sort(reverse=True)
    if not found or (len(found) > 1 and found[0][0] == found[1][0]):
        return None
    return anchor(text, found[0][1], found[0][1] + len(span.exact))


def _alike(one: str, other: str) -> int:
    """How many characters two strings have in common from their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def spans_of(record: Record) -> Iterable[Span]:
    """Every span inside a record: content, mentions, cues, corrected places."""
    if not isinstance(record, Annotation):
        return ()
    if not isinstance(record, Claim):
        return record.spans
    return [*record.spans, *(span for hop in record.chain for span in (*hop.mention_spans, *hop.cue_spans))]


def check_record(text: str, record: Record) -> None:
    """Check every span of a record, and the segments of an article, against the source text.

    Raises:
        InvalidSpan: with the first place that does not fit.
    """
    length = len(text)
    for span in spans_of(record):
        if not (0 <= span.start <= span.end <= length and text[span.start : span.end] == span.exact):
            check(text, span)
    if isinstance(record, Article):
        for index, clause in segment_problems(places(record.segments), len(text)):
            raise InvalidSpan(f"The {record.segments[index].kind} segment {clause}.")


def segment_problems(places: Iterable[tuple[int, int]], length: int | None = None) -> Iterator[tuple[int, str]]:
    """Segments are never empty, stand in text order and do not overlap: the index of each that does not, and how.

    Args:
        places: the segments' offsets, in their order.
        length: that of the text; None when it is not at hand.
    """
    before = (0, 0)
    for index, (start, end) in enumerate(places):
        if start < 0 or (length is not None and end > length):
            yield index, f"{start}–{end} is outside the text"
        elif start >= end:
            yield index, f"{start}–{end} is empty"
        elif start < before[1]:
            how = "overlaps the one before" if end > before[0] else "is out of order"
            yield index, f"{start}–{end} {how}"
        before = max(before, (start, end), key=lambda place: place[1])


def tidy(text: str, ranges: Iterable[tuple[int, int]], *, join: bool = True) -> tuple[Span, ...]:
    """Spans for ``ranges``: in text order, empty ones left out, overlapping and touching ones joined."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((s, e) for s, e in ranges if s < e):
        if join and merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(anchor(text, start, end) for start, end in merged)


def snap(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen ``[start, end)`` to grapheme cluster boundaries, so that no emoji or accent is cut in two."""
    return grapheme_start(text, start), grapheme_end(text, end) if end > start else grapheme_start(text, start)


def grapheme_start(text: str, offset: int) -> int:
    """The boundary at or before ``offset``."""
    return _boundaries(text, offset)[0]


def grapheme_end(text: str, offset: int) -> int:
    """The boundary at or after ``offset``."""
    return _boundaries(text, offset)[1]


def _boundaries(text: str, offset: int) -> tuple[int, int]:
    """The grapheme boundaries around ``offset``, found from the line's start or a bounded window before it."""
    offset = max(0, min(offset, len(text)))
    if _APART.match(text, max(0, offset - 1)):
        return offset, offset
    begin = max(text.rfind("\n", 0, offset) + 1, offset - _WINDOW)
    previous = begin
    for match in _GRAPHEME.finditer(text, begin):
        if match.end() == offset:
            return offset, offset
        if match.end() > offset:
            return (match.start(), match.end()) if match.start() < offset else (offset, offset)
        previous = match.end()
    return previous, offset


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """``[start, end)`` without white space at its ends (empty when there is nothing else)."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end

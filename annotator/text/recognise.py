"""Propose an article's fields and blocks from its frozen text. Everything here is a proposal a person can change.

The text itself is never touched. A title wrapped over two lines is joined in the *field* only.

Segments cover the lines of the text block by block: in text order, never overlapping, without white space at
their ends. A leading blank of a line, the empty lines and a trailing blank therefore belong to no segment, and
between two segments there is nothing but white space.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from annotator.model import Segment
from annotator.text.anchors import trim
from annotator.text.dates import parse_date
from annotator.text.language import guess_language


@dataclass(frozen=True, slots=True)
class Recognised:
    """What the text seems to say about itself; None where it does not clearly say."""

    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without surrounding blanks. ``block`` counts the groups of lines between empty lines."""

    start: int
    end: int
    text: str
    block: int
    kind: str = "body"


_MAX_TITLE = 220
_MAX_TITLE_LINES = 3
_URL = re.compile(r"<?((?:https?://|www\.)[^\s<>]+)>?", re.IGNORECASE)
_RELATED = re.compile(
    r"(?:related(?: articles?| stor(?:y|ies)| content| news)?|read (?:more|also)|also read|see also|more on this"
    r"|читайте также|смотрите также|по теме|lesen sie auch|siehe auch|lire aussi|voir aussi|lea también"
    r"|leggi anche)\s*:",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"(?:photo|caption|image|picture|фото|foto)(?: by| credit)?\s*:", re.IGNORECASE)
_NOTE = re.compile(
    r"(?:editor['’]s note|editors['’] note|correction|от редакции)\s*:"
    r"|\((?:reporting|editing|writing|additional reporting|compiled) by .*\)$",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?P<label>url|link|source|outlet|publication|newspaper|источник|издание)\s*:\s*(?P<value>\S.*)", re.IGNORECASE
)
_OUTLET_LABELS = {"outlet", "publication", "newspaper", "издание", "source", "источник"}
_NAME = r"(?:[^\W\d_][\w'’.-]*)"
_BYLINE = re.compile(
    r"(?:by|von|par|por|авторы?\s*:|authors?\s*:|byline\s*:)\s+"
    rf"(?P<names>{_NAME}(?:(?:,| and| &| и| und| et)?\s+{_NAME}){{0,11}})",
    re.IGNORECASE,
)
_PARTICLES = {"and", "und", "et", "и", "de", "da", "del", "della", "van", "von", "der", "den", "la", "le", "al", "bin"}
_BESIDE = re.compile(r"\s+[|•·–—]\s+")


def recognise(text: str) -> Recognised:
    """Title, byline, date, address, outlet, language and segments that ``text`` seems to have.

    Dates and bylines are looked for above the first line of running text only, so that a sentence beginning
    with “By” or a date inside the article is never taken. A bare address counts as the article's own only there;
    further down it is inserted matter.
    """
    lines = _lines(text)
    found = Recognised(language=guess_language(text))
    head = _head(lines)
    labelled, found = _classify_marked(lines, head, found)
    headline = _headline(labelled, head)
    labelled = [replace(line, kind="headline") if line in headline else line for line in labelled]
    title = " ".join(line.text for line in headline) if headline else _first_words(labelled)
    return replace(found, title=title, segments=_segments(labelled))


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    block = position = 0
    empty = True
    for raw in text.split("\n"):
        start, end = trim(text, position, position + len(raw))
        if start < end:
            block += empty
            lines.append(_Line(start, end, text[start:end], block))
        empty = start == end
        position += len(raw) + 1
    return lines


def _head(lines: list[_Line]) -> int:
    """How many lines stand above the running text: the first block, and what is clearly a header after it."""
    count = 0
    while count < len(lines) and count <= 12:
        line = lines[count]
        in_first = line.block == lines[0].block and count < _MAX_TITLE_LINES + 1 and not _runs_on(line.text)
        if not (in_first or _header_kind(line.text)):
            break
        count += 1
    return count


def _runs_on(line: str) -> bool:
    """Whether the line is a whole paragraph of running text."""
    return len(line) > _MAX_TITLE


def _header_kind(line: str) -> str | None:
    """The kind of a line that can only stand above an article: a date, a byline, a bare or labelled address."""
    if parse_date(line):
        return "dateline"
    if _byline(line):
        return "byline"
    if _URL.fullmatch(line):
        return "url"
    return "note" if _LABELLED.fullmatch(line) else None


def _byline(line: str) -> str | None:
    """The names in a line such as “By Jane Doe and John Smith”, None when it is not one."""
    match = _BYLINE.fullmatch(_BESIDE.split(line)[0]) if len(line) <= 120 else None
    if match is None or (match["names"].endswith(".") and len(match["names"].split()) > 5):
        return None
    words = re.split(r"[\s,]+", match["names"])
    capital = [word for word in words if word and word.casefold() not in _PARTICLES]
    return match["names"] if len(words) > 1 and all(word[0].isupper() or word == "&" for word in capital) else None


def _classify_marked(lines: list[_Line], head: int, found: Recognised) -> tuple[list[_Line], Recognised]:
    """The lines with the kinds that their own words give away, and the fields read from the header and the foot."""
    result: list[_Line] = []
    for index, line in enumerate(lines):
        previous = result[-1] if result else None
        kind = _marked_kind(line.text)
        if index < head:
            kind = _header_kind(line.text) or kind
            found = _read_header(line.text, kind, found)
        elif line.block == lines[-1].block and _LABELLED.fullmatch(line.text):
            kind = "note"
            found = _read_labelled(line.text, found)
        elif kind is None and previous and previous.block == line.block and _continues(lines, index, previous):
            kind = previous.kind
        result.append(replace(line, kind=kind or "body"))
    return result, found


def _marked_kind(line: str) -> str | None:
    if _RELATED.match(line):
        return "related_link"
    if _URL.fullmatch(line):
        return "url"
    if _CAPTION.match(line):
        return "caption"
    return "note" if _NOTE.match(line) else None


def _continues(lines: list[_Line], index: int, previous: _Line) -> bool:
    """Whether the line belongs to the related link, caption or note that *begins* its block and is hard-wrapped."""
    if previous.kind not in {"related_link", "caption", "note"} or len(previous.text) < 50:
        return False
    block = [line for line in lines[max(0, index - 3) : index + 3] if line.block == previous.block]
    return len(block) <= 3 and _marked_kind(block[0].text) == previous.kind


def _read_header(line: str, kind: str | None, found: Recognised) -> Recognised:
    if kind == "dateline":
        return replace(found, published=found.published or parse_date(line))
    if kind == "byline":
        dates = (parse_date(part) for part in _BESIDE.split(line)[1:])
        published = found.published or next((date for date in dates if date), None)
        return replace(found, byline=found.byline or _byline(line), published=published)
    if kind == "url":
        return replace(found, url=found.url or _address(line))
    return _read_labelled(line, found) if kind == "note" else found


def _read_labelled(line: str, found: Recognised) -> Recognised:
    match = _LABELLED.fullmatch(line)
    if match is None:
        return found
    if _URL.fullmatch(match["value"]):
        return replace(found, url=found.url or _address(match["value"]))
    if match["label"].casefold() in _OUTLET_LABELS and len(match["value"]) <= 60:
        return replace(found, outlet=found.outlet or match["value"])
    return found


def _address(line: str) -> str | None:
    match = _URL.fullmatch(line)
    if match is None:
        return None
    return match[1] if match[1].casefold().startswith("http") else f"https://{match[1]}"


def _headline(lines: list[_Line], head: int) -> list[_Line]:
    """The lines of the title: the first unmarked lines that stand together above the text and are no paragraph."""
    first = next((i for i, line in enumerate(lines) if line.kind == "body"), None)
    if first is None or first > head:
        return []
    title = [lines[first]]
    for line in lines[first + 1 :]:
        if line.block != title[0].block or line.kind != "body":
            break
        title.append(line)
    follows = lines[first + len(title) :]
    whole = any(line.kind == "body" for line in follows) and len(title) <= _MAX_TITLE_LINES
    if not whole and len(title) > 1 and _is_paragraph_per_line(title):
        title, follows = title[:1], title[1:]
    joined = " ".join(line.text for line in title)
    if len(title) > _MAX_TITLE_LINES or not follows or not _reads_as_title(joined):
        return []
    return title


def _reads_as_title(line: str) -> bool:
    """Short, and not a sentence that ends with a full stop (an abbreviation such as “U.S.” may end a title)."""
    if len(line) > _MAX_TITLE:
        return False
    return not re.search(r"[^\W\d_]{3,}[.;,:]['\"”’»)]*$", line)


def _is_paragraph_per_line(lines: list[_Line]) -> bool:
    """Whether the lines after the first are paragraphs, not pieces of one hard-wrapped paragraph."""
    rest = [line.text for line in lines[1:]]
    ended = sum(1 for line in rest if re.search(r"[.!?…。]['\"”’»)]*$", line))
    return ended == len(rest) and any(len(line) > len(lines[0].text) for line in rest)


def _first_words(lines: list[_Line], limit: int = 100) -> str | None:
    """A title for a text that has none: the beginning of its first line."""
    line = next((line.text for line in lines if line.kind == "body"), lines[0].text if lines else None)
    if line is None or len(line) <= limit:
        return line
    return line[:limit].rsplit(" ", 1)[0] + "…"


def _segments(lines: list[_Line]) -> tuple[Segment, ...]:
    """Lines of one kind in one block make one segment; each date, byline and address line is its own.

    A line too long to be hard-wrapped is a paragraph of its own.
    """
    segments: list[Segment] = []
    previous: _Line | None = None
    for line in lines:
        joins = previous is not None and previous.block == line.block and previous.kind == line.kind
        if joins and not (previous and _runs_on(previous.text)) and line.kind not in {"dateline", "byline", "url"}:
            segments[-1] = replace(segments[-1], end=line.end)
        else:
            segments.append(Segment(line.kind, line.start, line.end))
        previous = line
    return tuple(segments)

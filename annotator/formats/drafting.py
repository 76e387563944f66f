"""From what a reader found in a file to a draft: repaired if asked for, normalised, frozen, and recognised.

What the file itself says of an article counts; only what it does not say is looked for in the text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePath
from typing import BinaryIO

from annotator.errors import ImportFailed
from annotator.formats.base import Draft, Reader, Reading
from annotator.formats.bounds import MOST_CHARACTERS, article_bytes
from annotator.formats.found import Extract, Found
from annotator.formats.repair import repair
from annotator.model import Article, Segment, SourceText, new_id, now
from annotator.text.normalise import normalise
from annotator.text.recognise import Recognised, recognise
from annotator.text.wording import sentence


def reader(extract: Extract) -> Reader:
    """A :data:`Reader` that makes drafts of what ``extract`` finds, wherever ``Reading.run`` calls it."""

    def read(stream: BinaryIO, reading: Reading) -> list[Draft]:
        data = article_bytes(stream, reading.name)
        return drafts(reading.run(extract, data, reading.asked), data, reading)

    return read


def drafts(found: Iterable[Found], data: bytes, reading: Reading) -> list[Draft]:
    """A draft of each article of a file with the bytes ``data``.

    Raises:
        ImportFailed: one of them has no text, or too much of it.
    """
    digest = hashlib.sha256(data).hexdigest()
    return [_draft(each, digest, reading) for each in found]


def _draft(found: Found, digest: str, reading: Reading) -> Draft:
    place = f"{reading.name}, {found.part}" if found.part else reading.name
    if len(found.text) > MOST_CHARACTERS:
        raise ImportFailed(f"{place} is longer than {MOST_CHARACTERS:,} characters, too long for an article.")
    text, repaired = repair(found.text) if reading.repair else (found.text, ())
    text, changes = normalise(text)
    if not text.strip():
        raise ImportFailed(f"{place} holds nothing but white space.")
    time = now()
    article = _with_fields(_mended(found) if reading.repair else found, recognise(text), text, place)
    article = replace(
        article,
        id=new_id(),
        import_notes=(*map(sentence, found.notes), *repaired, *changes),
        created=time,
        updated=time,
    )
    source = SourceText(
        id=article.id,
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        bytes_sha256=digest,
        file_name=reading.name,
        encoding=found.encoding,
    )
    return Draft(article, source, place=place, table=found.table)


def _mended(found: Found) -> Found:
    """With the letters of its words about the article repaired, which were decoded together with its text."""
    title, byline, outlet = (words and repair(words)[0] for words in (found.title, found.byline, found.outlet))
    return replace(found, title=title, byline=byline, outlet=outlet)


def _with_fields(found: Found, told: Recognised, text: str, place: str) -> Article:
    """What the file says of the article, and what its text says where the file is silent."""
    title = _line(found.title)
    return Article(
        id="",
        title=title or told.title or PurePath(place).stem,
        byline=_line(found.byline) or told.byline,
        outlet=_line(found.outlet) or told.outlet,
        published=found.published or told.published,
        url=_line(found.url) or told.url,
        language=_line(found.language) or told.language,
        segments=_with_headline(told.segments, title, text),
    )


def _line(value: str | None) -> str | None:
    """A field on one line, as it can be stored; None when nothing is in it."""
    return " ".join(normalise(value)[0].split()) or None if value else None


def _with_headline(segments: tuple[Segment, ...], title: str | None, text: str) -> tuple[Segment, ...]:
    """The segments, the first one being the headline when the text begins with the title that the file gives."""
    if not segments or title is None or segments[0].kind == "headline":
        return segments
    first = segments[0]
    if " ".join(text[first.start : first.end].split()) == title:
        return (replace(first, kind="headline"), *segments[1:])
    return segments

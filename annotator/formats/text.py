"""Plain text: one file is one article, its text kept as it is."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import BinaryIO

from annotator.errors import ImportFailed
from annotator.formats.base import Draft, Format, Reading
from annotator.model import Article, SourceText, new_id, now
from annotator.text.decode import decode
from annotator.text.normalise import normalise
from annotator.text.recognise import recognise


def read(stream: BinaryIO, reading: Reading) -> list[Draft]:
    """One draft: the text decoded, normalised and frozen; fields and segments as far as they can be recognised."""
    data = stream.read()
    if not data:
        raise ImportFailed(f"{reading.name} is empty.")
    decoded = decode(data, reading.name)
    text, changes = normalise(decoded.text)
    if not text.strip():
        raise ImportFailed(f"{reading.name} holds nothing but white space.")
    return [_draft(data, text, decoded.encoding, (*decoded.notes, *changes), reading.name)]


def _draft(data: bytes, text: str, encoding: str, notes: tuple[str, ...], name: str) -> Draft:
    found = recognise(text)
    time = now()
    article = Article(
        id=new_id(),
        title=found.title or PurePath(name).stem,
        byline=found.byline,
        outlet=found.outlet,
        published=found.published,
        url=found.url,
        language=found.language,
        segments=found.segments,
        import_notes=notes,
        created=time,
        updated=time,
    )
    source = SourceText(
        id=article.id,
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        bytes_sha256=hashlib.sha256(data).hexdigest(),
        file_name=name,
        encoding=encoding,
    )
    return Draft(article, source, place=name)


FORMAT = Format(name="text", title="Plain text", extensions=(".txt", ".text"), read=read)

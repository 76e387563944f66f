"""Writes the report: one page that needs nothing else, runs nothing, and loads nothing."""

from __future__ import annotations

import base64
import hashlib
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import IO, BinaryIO

from annotator.formats.base import CHANGE_LOG, Format, Source, Writing
from annotator.formats.report.back import read_back
from annotator.formats.report.entries import claim_entry, correction_entry, facts, speaker_entry
from annotator.formats.report.marked import marked, numbered
from annotator.formats.report.markup import Html, field, tag, text, together
from annotator.formats.report.style import STYLE
from annotator.formats.writing import documents
from annotator.model import Document, Speaker
from annotator.rules import named_speakers
from annotator.vocabulary import DEFAULT
from annotator.workspace import reading_order

_IN_MEMORY = 8 << 20
_CHUNK = 1 << 16
_COUNTED = ("claim.form", "claim.type", "correction.kind", "correction.cause", "correction.verdict")


def write(source: Source, stream: BinaryIO, writing: Writing) -> None:
    """Write every article of ``source``; contents and figures stand in front, so the articles are kept aside first."""
    with tempfile.SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="") as body:
        summary = _Summary()
        for document, speakers in documents(source, writing):
            summary.add(document, speakers)
            body.write(_article(document, speakers, len(summary.titles), corrected=writing.view == "corrected"))
        body.seek(0)
        stream.write(_head(summary).encode())
        stream.writelines(_chunks(body))
        head = writing.change_log()
        log = tag("footer", f"{CHANGE_LOG}: ", tag("code", head)) if head else Html("")
        stream.write(f"{summary.people()}\n{log}</main></body></html>\n".encode())


def _chunks(body: IO[str]) -> Iterator[bytes]:
    while chunk := body.read(_CHUNK):
        yield chunk.encode()


class _Summary:
    """What is counted over all articles."""

    def __init__(self) -> None:
        self.titles: list[str] = []
        self._totals: Counter[str] = Counter()
        self._values: Counter[tuple[str, str]] = Counter()
        self._people: dict[str, Speaker] = {}
        self._claims: Counter[str] = Counter()

    def add(self, document: Document, speakers: Mapping[str, Speaker]) -> None:
        """One article more."""
        self.titles.append(document.article.title)
        self._totals.update(
            articles=1,
            claims=len(document.claims),
            mentions=len(document.mentions),
            corrections=len(document.corrections),
        )
        named = named_speakers((*document.mentions, *document.claims))
        self._people |= {id_: speakers[id_] for id_ in named if id_ in speakers}
        for claim in document.claims:
            self._count("claim.form", claim.form)
            self._count("claim.type", claim.type)
            self._claims[next((hop.speaker_id for hop in reversed(claim.chain) if hop.speaker_id), "")] += 1
        for correction in document.corrections:
            for name in ("kind", "cause", "verdict"):
                self._count(f"correction.{name}", getattr(correction, name))

    def _count(self, name: str, value: str | None) -> None:
        if value is not None:
            self._values[name, value] += 1

    def figures(self) -> Html:
        """The statistics."""
        counts = [(noun, f"{count:,}") for noun, count in (*self._totals.items(), ("speakers", len(self._people)))]
        found = [tag("dl", *(tag("div", tag("dt", noun), tag("dd", count)) for noun, count in counts))]
        for name in _COUNTED:
            rows = [(DEFAULT.label(name, value), n) for (key, value), n in self._values.most_common() if key == name]
            if rows:
                lines = (tag("tr", tag("td", label), tag("td", f"{count:,}")) for label, count in rows)
                found.append(tag("table", tag("caption", name.replace(".", ": ")), tag("tbody", *lines)))
        return together(found)

    def people(self) -> Html:
        """The table of speakers, by name."""
        heads = ("Name", "Kind", "Other names", "Affiliation", "Wikidata", "Claims")
        head = tag("thead", tag("tr", *(tag("th", each, scope="col") for each in heads)))
        people = sorted(self._people.values(), key=lambda speaker: (speaker.name, speaker.id))
        rows = (speaker_entry(speaker, self._claims[speaker.id]) for speaker in people)
        body = tag("tbody", *rows)
        return tag("section", tag("h2", "Speakers"), tag("table", head, body), id_="speakers") if people else Html("")


def _head(summary: _Summary) -> str:
    style = Html(STYLE)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name_="color-scheme", content="light dark"),
        tag("meta", name_="referrer", content="no-referrer"),
        tag("meta", name_="viewport", content="width=device-width"),
        tag("title", "Annotated articles"),
        tag("style", style),
    )
    contents = (
        tag("li", tag("a", tag("bdi", title or "Untitled"), href=f"#a{number}"))
        for number, title in enumerate(summary.titles, start=1)
    )
    start = together((tag("h1", "Annotated articles"), summary.figures(), tag("nav", tag("ol", *contents))))
    return f'<!DOCTYPE html>\n<html lang="en">{head}<body><main>\n{start}\n'


def _article(document: Document, speakers: Mapping[str, Speaker], number: int, *, corrected: bool) -> str:
    claims = sorted(document.claims, key=reading_order)
    ids = numbered(claims, f"a{number}")
    corrections = sorted(document.corrections, key=reading_order)
    article = document.article
    children = [
        tag("h2", field("title", article.title, article.title or "Untitled"), dir="auto"),
        facts(article),
        tag(
            "div",
            marked(document, ids, corrected=corrected),
            class_="text",
            dir="auto",
            lang=_language(article.language),
        ),
    ]
    if claims:
        children += [tag("h3", "Claims"), tag("ol", *(claim_entry(claim, ids, speakers) for claim in claims))]
    if corrections:
        entries = (correction_entry(each, ids) for each in corrections)
        children += [tag("h3", "Corrections"), tag("ul", *entries)]
    return tag("article", *children, id_=f"a{number}", data_record="article", data_id=article.id) + text("\n")


def _language(language: str | None) -> str | None:
    return language if language and language.isascii() and language.replace("-", "").isalnum() else None


FORMAT = Format("report", "Report (HTML page)", (".html", ".htm"), write=write, read_back=read_back)

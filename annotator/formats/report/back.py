"""What a page says of the project, for the loss report: the text, and the values, as they are stored.

Hops and evidence end what is told of their claim or correction.
"""

from __future__ import annotations

import hashlib
from dataclasses import fields
from html.parser import HTMLParser
from typing import Any, BinaryIO

from annotator.formats.base import Draft, Reading
from annotator.model import Article, Claim, Correction, Evidence, Hop, SourceText, Span, Speaker
from annotator.text.anchors import anchor

_LISTS = frozenset({"spans", "mention_spans", "cue_spans", "tags", "aliases"})
_PLACES = frozenset({"spans", "mention_spans", "cue_spans"})
_INSIDE = {"hop": ("claim", "chain"), "evidence": ("correction", "evidence")}


def read_back(stream: BinaryIO, _reading: Reading) -> list[Draft]:
    """The articles of a report."""
    page = _Page()
    page.feed(stream.read().decode())
    page.close()
    speakers = {id_: Speaker(id_, **_made(Speaker, record, "")) for id_, record in page.speakers.items()}
    return [_draft(record, speakers) for record in page.articles]


class _Page(HTMLParser):
    """Collects the records of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.articles: list[dict[str, Any]] = []
        self.speakers: dict[str, dict[str, Any]] = {}
        self._record: dict[str, Any] = {}
        self._last: dict[str, dict[str, Any]] = {}
        self._text: list[str] | None = None
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {key: value or "" for key, value in attrs}
        if "data-record" in told:
            self._begin(told["data-record"], told.get("data-id", ""))
        if "data-field" in told:
            self._put(told["data-field"], told["value"])
        if tag == "div" and told.get("class") == "text":
            self._text = []
        elif self._text is not None and (told.get("class") == "n" or (tag == "ins" and "class" not in told)):
            self._silent += 1

    def handle_endtag(self, tag: str) -> None:
        if self._text is not None:
            if tag == "div":
                self.articles[-1]["text"] = "".join(self._text)
                self._text = None
            elif self._silent and tag in ("a", "ins"):
                self._silent -= 1

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._silent:
            self._text.append(data)

    def _begin(self, kind: str, id_: str) -> None:
        self._record = self._last[kind] = {"id": id_}
        if kind == "article":
            self.articles.append({"article": self._record, "claim": [], "correction": [], "text": ""})
        elif kind == "speaker":
            self.speakers[id_] = self._record
        elif kind in _INSIDE:
            owner, key = _INSIDE[kind]
            self._last[owner].setdefault(key, []).append(self._record)
        else:
            self.articles[-1][kind].append(self._record)

    def _put(self, name: str, value: str) -> None:
        if name in _LISTS:
            self._record.setdefault(name, []).append(value)
        else:
            self._record[name] = value


def _draft(read: dict[str, Any], speakers: dict[str, Speaker]) -> Draft:
    text, id_ = read["text"], read["article"]["id"]
    article = Article(id_, **{"title": "", **_made(Article, read["article"], text)})
    common = {"article_id": id_, "annotator": ""}
    claims = tuple(
        Claim(id=each["id"], **{**common, "spans": (), **_made(Claim, each, text)}) for each in read["claim"]
    )
    corrections = tuple(
        Correction(id=each["id"], **{**common, "spans": (), **_made(Correction, each, text)})
        for each in read["correction"]
    )
    named = {id_ for claim in claims for hop in claim.chain for id_ in (hop.speaker_id, hop.addressee_id)}
    people = tuple(speaker for id_, speaker in speakers.items() if id_ in named)
    source = SourceText(id_, text, hashlib.sha256(text.encode()).hexdigest())
    return Draft(article, source, people, (), claims, corrections)


def _made(record: type, told: dict[str, Any], text: str) -> dict[str, Any]:
    known = {each.name for each in fields(record)} - {"id"}
    return {name: _value(name, value, text) for name, value in told.items() if name in known}


def _value(name: str, value: Any, text: str) -> Any:
    if name in _PLACES:
        return tuple(_span(each, text) for each in value)
    if name == "chain":
        return tuple(Hop(**_made(Hop, each, text)) for each in value)
    if name == "evidence":
        return tuple(Evidence(**_made(Evidence, each, text)) for each in value)
    if name == "unsure":
        return value == "true"
    return tuple(value) if isinstance(value, list) else value


def _span(value: str, text: str) -> Span:
    start, _, end = value.partition("-")
    return anchor(text, int(start), int(end))

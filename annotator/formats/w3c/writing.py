"""A standoff to a page of Web Annotations, and the pages to a collection."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from annotator.formats.base import CHANGE_LOG, Sink, Source, Writing
from annotator.formats.foreign_json import as_pairs, dumps
from annotator.formats.sinks import file_name
from annotator.formats.standoff.graph import Item, Link, Standoff
from annotator.formats.standoff.labels import FACTUAL, REGULARISATION, SEGMENT, SPEAKER, TRANSCRIPTION
from annotator.formats.w3c.common import (
    COMMENTING,
    CONTEXT,
    CONTEXT_LENGTH,
    EDITING,
    IDENTIFYING,
    LINKING,
    TAGGING,
    TEXT_SUFFIX,
    iri,
)
from annotator.formats.writing import standoffs

COLLECTION = "collection.jsonld"
_MOST = 999_999
"""Articles for which the names of the files sort as the articles do."""
_MOTIVATIONS = {
    TRANSCRIPTION: EDITING,
    REGULARISATION: EDITING,
    FACTUAL: "assessing",
    SEGMENT: "classifying",
    SPEAKER: "describing",
}
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def write(source: Source, sink: Sink, writing: Writing) -> None:
    """``NAME.jsonld`` beside ``NAME.source.txt`` for each article, and ``collection.jsonld`` that lists them."""
    total = 0
    first = last = None
    for name, page, following in _with_next(_pages(source, sink, writing)):
        page["startIndex"] = total
        if last is not None:
            page["prev"] = last
        if following is not None:
            page["next"] = following
        total += len(page["items"])
        first, last = first or name, name
        page["items"] = page.pop("items")  # the long part stands last
        with sink.open(name) as stream:
            stream.write(dumps(page, indent=1))
    collection = {"@context": CONTEXT[0], "id": COLLECTION, "type": "AnnotationCollection", "total": total}
    ends = {"first": first, "last": last} if first is not None else {}
    head = writing.change_log(f"{CHANGE_LOG}: ")
    told = {"dcterms:description": head} if head else {}
    with sink.open(COLLECTION) as stream:
        stream.write(dumps({**collection, **told, **ends}, indent=1))


_Page = tuple[str, dict[str, Any]]


def _with_next(pages: Iterator[_Page]) -> Iterator[tuple[str, dict[str, Any], str | None]]:
    """Each page with the name of the one after it."""
    before: _Page | None = None
    for page in pages:
        if before is not None:
            yield (*before, page[0])
        before = page
    if before is not None:
        yield (*before, None)


def _pages(source: Source, sink: Sink, writing: Writing) -> Iterator[_Page]:
    """The pages under their names; the texts are written on the way."""
    for number, (_, standoff) in enumerate(standoffs(source, writing), start=1):
        stem = file_name(standoff.name, number, _MOST)
        with sink.open(stem + TEXT_SUFFIX) as stream:
            stream.write(standoff.text.encode())
        yield f"{stem}.jsonld", _page(standoff, stem)


def _page(standoff: Standoff, stem: str) -> dict[str, Any]:
    work = _Article(standoff, stem + TEXT_SUFFIX)
    return {
        "@context": list(CONTEXT),
        "id": f"{stem}.jsonld",
        "type": "AnnotationPage",
        "partOf": {"id": COLLECTION, "type": "AnnotationCollection"},
        "text": stem + TEXT_SUFFIX,
        "sha256": hashlib.sha256(standoff.text.encode()).hexdigest(),
        "article": as_pairs(standoff.fields),
        "items": [*map(work.item, standoff.items), *map(work.link, standoff.links)],
    }


class _Article:
    def __init__(self, standoff: Standoff, file: str) -> None:
        self._text, self._file = standoff.text, file
        self._id = standoff.get("id") or ""

    def item(self, item: Item) -> dict[str, Any]:
        """An annotation on the words, or on the whole text when the item stands on none."""
        targets: list[Any] = [self._target(*place) for place in item.places] or [self._file]
        data = self._annotation(item, _MOTIVATIONS.get(item.label, TAGGING))
        data["target"] = targets[0] if len(targets) == 1 else targets
        if item.exact is not None and not item.places:
            data["quoted"] = list(item.exact)
        return data

    def link(self, link: Link) -> dict[str, Any]:
        """An annotation on annotations, each with its role."""
        data = self._annotation(link, LINKING)
        ends = [{"type": "SpecificResource", "source": self._iri(id_), "role": role} for role, id_ in link.ends]
        data["target"] = ends or self._file
        return data

    def _iri(self, id_: str) -> str:
        return iri(self._id, id_)

    def _annotation(self, thing: Item | Link, motivation: str) -> dict[str, Any]:
        data: dict[str, Any] = {"id": self._iri(thing.id), "type": "Annotation", "motivation": motivation}
        if name := thing.get("annotator"):
            data["creator"] = {"type": "Person", "name": name}
        for term, field in (("created", "created"), ("modified", "updated")):
            if _TIME.fullmatch(time := thing.get(field) or ""):
                data[term] = time
        data["body"] = self._bodies(thing)
        data["attributes"] = as_pairs(thing.attributes)
        return data

    def _bodies(self, thing: Item | Link) -> list[dict[str, Any]]:
        """The label, and what readers that know the recommendation alone can understand of the attributes."""
        bodies: list[dict[str, Any]] = [_textual(thing.label, TAGGING)]
        if thing.label in (TRANSCRIPTION, REGULARISATION):
            bodies.append(_textual(thing.get("replacement") or "", EDITING))
        bodies += (_textual(tag, TAGGING) for tag in thing.all("tag"))
        if note := thing.get("note"):
            bodies.append(_textual(note, COMMENTING))
        if speaker := thing.get("speaker"):
            bodies.append({"type": "SpecificResource", "source": self._iri(speaker), "purpose": IDENTIFYING})
        return bodies

    def _target(self, start: int, end: int) -> dict[str, Any]:
        text = self._text
        quoted = {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": _near(text[max(0, start - CONTEXT_LENGTH) : start][::-1])[::-1],
            "suffix": _near(text[end : end + CONTEXT_LENGTH]),
        }
        position = {"type": "TextPositionSelector", "start": start, "end": end}
        return {"type": "SpecificResource", "source": self._file, "selector": [quoted, position]}


def _near(text: str) -> str:
    """The beginning of a text that is no longer than context may be."""
    units = accumulate(1 + (character > "\uffff") for character in text)
    return text[: sum(count <= CONTEXT_LENGTH for count in units)]


def _textual(value: str, purpose: str) -> dict[str, Any]:
    return {"type": "TextualBody", "value": value, "purpose": purpose}

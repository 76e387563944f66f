"""DocBins to standoffs: this program's own come back whole; of others the span groups and the entities."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from typing import Any, BinaryIO

from annotator.errors import ImportFailed
from annotator.formats.base import Reading
from annotator.formats.bounds import MOST_OF_MANY, whole
from annotator.formats.extras import need
from annotator.formats.foreign_json import pairs
from annotator.formats.spacy_docs.common import EXTRA, USER_DATA
from annotator.formats.standoff.graph import Item, Link, Place, Standoff

"""Unpacked."""


def read(stream: BinaryIO, reading: Reading) -> list[Standoff]:
    """Every document of a file.

    Raises:
        ExtraMissing: spaCy is not installed.
        ImportFailed: it is no DocBin, or one too large.
    """
    tokens_ = need("spacy.tokens", EXTRA, "Reading spaCy files")
    vocab = need("spacy.vocab", EXTRA, "Reading spaCy files").Vocab()
    data = _checked(whole(stream, reading.name), reading.name)
    try:
        docs = list(tokens_.DocBin().from_bytes(data).get_docs(vocab))
    except Exception:  # whatever spaCy, msgpack and numpy raise at bytes that are no DocBin
        raise ImportFailed(f"{reading.name} is no DocBin of spaCy.") from None
    places = [reading.name] if len(docs) == 1 else [f"{reading.name}, document {n}" for n in range(1, len(docs) + 1)]
    return [_standoff(doc, place) for doc, place in zip(docs, places, strict=True)]


def _checked(data: bytes, name: str) -> bytes:
    """The bytes, when they are packed and unpack to what can be read."""
    unpacking = zlib.decompressobj()
    try:
        size = len(unpacking.decompress(data, MOST_OF_MANY))
    except zlib.error:
        raise ImportFailed(f"{name} is no DocBin of spaCy.") from None
    if size >= MOST_OF_MANY:
        raise ImportFailed(f"{name} unpacks to more than {MOST_OF_MANY >> 20} MB.")
    return data


def _standoff(doc: Any, place: str) -> Standoff:
    told = doc.user_data.get(USER_DATA)
    if isinstance(told, str):
        try:
            return _own(doc, json.loads(told))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            note = "What this program had written beside the spans cannot be read; the spans alone were."
            return _foreign(doc, place, note)
    return _foreign(doc, place)


def _own(doc: Any, told: dict[str, Any]) -> Standoff:
    at: dict[str, list[Place]] = defaultdict(list)
    for spans in doc.spans.values():
        for span in spans:
            at[span.id_].append((span.start_char, span.end_char))
    items = []
    for each in told["items"]:
        places = tuple((int(s), int(e)) for s, e in each["places"]) if "places" in each else tuple(at[each["id"]])
        if places or "places" in each:
            exact = tuple(each["exact"]) if each.get("exact") is not None else None
            items.append(Item(each["id"], each["label"], places, exact, pairs(each["attributes"])))
    links = tuple(
        Link(each["id"], each["label"], pairs(each["ends"]), pairs(each["attributes"])) for each in told["links"]
    )
    known = {each["id"] for each in told["items"]}
    return Standoff(told["name"], doc.text, (*items, *_others(doc, known)), links, pairs(told["fields"]))


def _others(doc: Any, known: set[str]) -> list[Item]:
    """Spans that somebody else put into the groups."""
    found: list[Item] = []
    for name, spans in doc.spans.items():
        for span in spans:
            if span.id_ not in known:
                id_ = f"{name}/{len(found) + 1}"
                found.append(Item(id_, span.label_ or name, ((span.start_char, span.end_char),)))
    return found


def _foreign(doc: Any, place: str, *notes: str) -> Standoff:
    entities = [
        Item(f"ents/{n}", ent.label_ or "entity", ((ent.start_char, ent.end_char),))
        for n, ent in enumerate(doc.ents, start=1)
    ]
    return Standoff(place, doc.text, (*_others(doc, set()), *entities), notes=notes)

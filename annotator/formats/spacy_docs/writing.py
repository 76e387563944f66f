"""A project as a DocBin. The tokens are this program's own, parted where a span begins or ends: none is ever lost."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from annotator.errors import ExportFailed
from annotator.formats.base import Source, Writing
from annotator.formats.extras import need
from annotator.formats.foreign_json import as_pairs
from annotator.formats.spacy_docs.common import EXTRA, GROUPS, SHOWN, USER_DATA
from annotator.formats.standoff.graph import Item, Place, Standoff
from annotator.formats.writing import standoffs
from annotator.text.tokens import parted, tokens
from annotator.text.wording import shorten


def write(source: Source, stream: BinaryIO, writing: Writing) -> None:
    """Write every article.

    Raises:
        ExtraMissing: spaCy is not installed.
    """
    tokens_ = need("spacy.tokens", EXTRA, "Writing spaCy files")
    vocab = need("spacy.vocab", EXTRA, "Writing spaCy files").Vocab()
    found = tokens_.DocBin(attrs=["ORTH"], store_user_data=True)
    for _, standoff in standoffs(source, writing):
        found.add(_doc(standoff, tokens_, vocab))
    stream.write(found.to_bytes())


def _doc(standoff: Standoff, tokens_: Any, vocab: Any) -> Any:
    text = standoff.text
    places = [place for item in standoff.items for place in item.places if place[0] < place[1]]
    words = divided(text, places)
    doc = tokens_.Doc(vocab, words=[text[s:e] for s, e, _ in words], spaces=[space for _, _, space in words])
    if doc.text != text:
        raise ExportFailed(f"spaCy cannot hold the text of “{shorten(standoff.name, 60)}” as it is.")
    starts = {start: n for n, (start, _, _) in enumerate(words)}
    ends = {end: n + 1 for n, (_, end, _) in enumerate(words)}
    groups: dict[str, list[Any]] = {name: [] for name in GROUPS.values()}
    for item in standoff.items:
        label = item.get(SHOWN.get(item.label, "")) or item.label
        for start, end in item.places:
            if start < end:
                span = tokens_.Span(doc, starts[start], ends[end], label=label, span_id=item.id)
                groups.setdefault(GROUPS.get(item.label, item.label), []).append(span)
    for name, spans in groups.items():
        doc.spans[name] = spans
    doc.user_data[USER_DATA] = json.dumps(_beside(standoff), ensure_ascii=False)
    return doc


def _beside(standoff: Standoff) -> dict[str, Any]:
    """All that the spans do not say."""
    return {
        "name": standoff.name,
        "fields": as_pairs(standoff.fields),
        "items": [_item(item) for item in standoff.items],
        "links": [
            {"id": link.id, "label": link.label, "ends": as_pairs(link.ends), "attributes": as_pairs(link.attributes)}
            for link in standoff.links
        ],
    }


def _item(item: Item) -> dict[str, Any]:
    """An item; its places stand here too where spans cannot show them, since one of them is empty."""
    found: dict[str, Any] = {"id": item.id, "label": item.label, "attributes": as_pairs(item.attributes)}
    if any(start == end for start, end in item.places):
        found["places"] = [list(place) for place in item.places]
    elif not item.places:
        found["places"] = []
        found["exact"] = list(item.exact) if item.exact is not None else None
    return found


def divided(text: str, places: Iterable[Place]) -> list[tuple[int, int, bool]]:
    """The tokens of a text, white space included, and behind which of them spaCy is to put a blank of its own.

    A blank is one of spaCy's own unless a place begins with it or ends behind it.
    """
    kept = list(places)
    starts, ends = {start for start, _ in kept}, {end for _, end in kept}
    words = parted(tokens(text), starts | ends)
    found: list[tuple[int, int, bool]] = []
    at = 0
    for start, end in (*words, (len(text), len(text))):
        gap = at
        if found and text[at:start].startswith(" ") and at not in starts and at + 1 not in ends:
            found[-1] = (*found[-1][:2], True)
            gap += 1
        found += ((s, e, False) for s, e in _blanks(gap, start, starts | ends))
        if start < end:
            found.append((start, end, False))
        at = end
    return found


def _blanks(start: int, end: int, edges: set[int]) -> Iterator[Place]:
    """White space, parted at the edges of places."""
    cuts = [start, *sorted(edge for edge in edges if start < edge < end), end]
    yield from ((s, e) for s, e in itertools.pairwise(cuts) if s < e)

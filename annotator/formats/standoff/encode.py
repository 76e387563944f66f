"""Records to a standoff in this program's own labels (see :mod:`.labels`)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields
from typing import Any

from annotator.formats.standoff.graph import Attributes, Item, Link, Standoff
from annotator.formats.standoff.labels import (
    ABOUT,
    CLAIM,
    CUE,
    FACTUAL,
    HOP,
    INSIDE,
    MENTION,
    REGULARISATION,
    SEGMENT,
    SOURCE,
    SPEAKER,
    TRANSCRIPTION,
)
from annotator.formats.standoff.quarantine import again
from annotator.model import (
    Annotation,
    Article,
    Claim,
    Correction,
    Document,
    Evidence,
    Hop,
    Mention,
    Role,
    SourceText,
    Span,
    Speaker,
)
from annotator.rules import named_speakers
from annotator.workspace import reading_order

KINDS = {"transcription": TRANSCRIPTION, "regularisation": REGULARISATION, "factual": FACTUAL}
"""The label of each kind of correction."""
NOT_VALUES = frozenset({"id", "article_id", "spans", "chain", "tags", "parent_id", "claim_id", "speaker_id"})
"""Fields of annotations that are places, links or lists, not attributes of their own."""
FROM_SOURCE = ("bytes_sha256", "file_name", "encoding")
"""Fields of :class:`SourceText` that stand among those of the article."""


def encode(document: Document, speakers: Mapping[str, Speaker]) -> Standoff:
    """The article with everything annotated in it; ``speakers`` are those of the project, by id.

    Items stand in text order: segments, speakers by name, claims with their sources and cues, mentions, corrections,
    and last what is in quarantine, under the label that it came with.
    """
    claims = sorted(document.claims, key=reading_order)
    corrections = sorted(document.corrections, key=reading_order)
    used = named_speakers((*document.mentions, *document.claims))
    named = sorted((speakers[id_] for id_ in used if id_ in speakers), key=lambda speaker: (speaker.name, speaker.id))
    items = [
        *(Item(f"segment/{n}", SEGMENT, ((s.start, s.end),), attributes=(("kind", s.kind),))
          for n, s in enumerate(document.article.segments, start=1)),
        *(Item(speaker.id, SPEAKER, attributes=_speaker(speaker)) for speaker in named),
        *(item for claim in claims for item in _claim_items(claim)),
        *(_mention(mention, speakers) for mention in sorted(document.mentions, key=reading_order)),
        *(_correction(correction) for correction in corrections),
    ]  # fmt: skip
    links = [
        *(_hop(claim, number, hop, speakers) for claim in claims for number, hop in enumerate(claim.chain, start=1)),
        *(Link(f"{c.id}/inside", INSIDE, (("child", c.id), ("parent", c.parent_id))) for c in claims if c.parent_id),
        *(Link(f"{c.id}/about", ABOUT, (("correction", c.id), ("claim", c.claim_id)))
          for c in corrections if c.claim_id),
    ]  # fmt: skip
    kept = [again(quarantined) for quarantined in document.quarantined]
    items += (each for each in kept if isinstance(each, Item))
    links += (each for each in kept if isinstance(each, Link))
    return Standoff(document.article.title, document.source.text, tuple(items), tuple(links), tuple(_article(document)))


def _article(document: Document) -> Iterator[tuple[str, str]]:
    yield "id", document.article.id
    yield from values(document.article, frozenset({"id", "segments", "import_notes"}))
    yield from values(document.source, frozenset(SourceText.__slots__) - set(FROM_SOURCE))
    for note in document.article.import_notes:
        yield "import_note", note


def values(record: Any, without: frozenset[str] = frozenset()) -> Attributes:
    """The fields of a record that are single values and not the model's default, as text."""
    found = []
    for item in fields(record):
        value = getattr(record, item.name)
        if item.name in without or isinstance(value, tuple) or (item.default is not MISSING and value == item.default):
            continue
        if value is not None and value is not False:
            found.append((item.name, "true" if value is True else str(value)))
    return tuple(found)


def _annotation(record: Annotation) -> Attributes:
    """What every annotation carries, and its own values. The guideline is said even where it is the default."""
    without = NOT_VALUES | ({"kind"} if isinstance(record, Correction) else set())
    guideline = () if record.guideline != "1" else (("guideline", "1"),)
    return (("uuid", record.id), *values(record, frozenset(without)), *guideline)


def _speaker(speaker: Speaker) -> Attributes:
    return (
        ("uuid", speaker.id),
        *values(speaker, frozenset({"id"})),
        *(("alias", alias) for alias in speaker.aliases),
        *(("role", _json(role)) for role in speaker.roles),
    )


def _json(value: Role | Evidence) -> str:
    return json.dumps({f.name: getattr(value, f.name) for f in fields(value)}, ensure_ascii=False)


def places(spans: Iterable[Span]) -> tuple[tuple[int, int], ...]:
    """Where the spans are."""
    return tuple((span.start, span.end) for span in spans)


def _item(id_: str, label: str, spans: tuple[Span, ...], attributes: Attributes) -> Item:
    return Item(id_, label, places(spans), tuple(span.exact for span in spans) or None, attributes)


def _claim_items(claim: Claim) -> Iterator[Item]:
    tags = tuple(("tag", tag) for tag in claim.tags)
    yield _item(claim.id, CLAIM, claim.spans, (*_annotation(claim), *tags))
    for number, hop in enumerate(claim.chain, start=1):
        if hop.mention_spans:
            yield _item(f"{claim.id}/source/{number}", SOURCE, hop.mention_spans, (("hop", f"{claim.id}/{number}"),))
        if hop.cue_spans:
            yield _item(f"{claim.id}/cue/{number}", CUE, hop.cue_spans, (("hop", f"{claim.id}/{number}"),))


def _hop(claim: Claim, number: int, hop: Hop, speakers: Mapping[str, Speaker]) -> Link:
    ends = [("claim", claim.id)]
    ends += [("source", f"{claim.id}/source/{number}")] if hop.mention_spans else []
    ends += [("cue", f"{claim.id}/cue/{number}")] if hop.cue_spans else []
    attributes = [("order", str(number))]
    for name, id_ in (("speaker", hop.speaker_id), ("addressee", hop.addressee_id)):
        if id_ is not None:
            attributes.append((name, id_))
            if id_ in speakers:
                attributes.append(("name" if name == "speaker" else "addressee_name", speakers[id_].name))
    attributes += values(hop, frozenset({"speaker_id", "addressee_id"}))
    return Link(f"{claim.id}/hop/{number}", HOP, tuple(ends), tuple(attributes))


def _mention(mention: Mention, speakers: Mapping[str, Speaker]) -> Item:
    speaker: list[tuple[str, str]] = []
    if mention.speaker_id is not None:
        speaker.append(("speaker", mention.speaker_id))
        if mention.speaker_id in speakers:
            speaker.append(("name", speakers[mention.speaker_id].name))
    return _item(mention.id, MENTION, mention.spans, (*_annotation(mention), *speaker))


def _correction(correction: Correction) -> Item:
    evidence = tuple(("evidence", _json(item)) for item in correction.evidence)
    return _item(correction.id, KINDS[correction.kind], correction.spans, (*_annotation(correction), *evidence))


def article_fields() -> frozenset[str]:
    """The names that ``Standoff.fields`` may have."""
    return frozenset(f.name for f in fields(Article)) - {"segments", "import_notes"} | set(FROM_SOURCE)

"""An article and its annotations to the JSON data of one line (schema version 1), and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from annotator.formats.article_check import SCHEMA_VERSION
from annotator.formats.base import Draft, Reading
from annotator.model import (
    Article,
    Claim,
    Correction,
    Document,
    Evidence,
    Hop,
    Mention,
    Role,
    Segment,
    SourceText,
    Span,
    Speaker,
    now,
)
from annotator.rules import named_speakers
from annotator.text.anchors import anchor
from annotator.workspace import reading_order


def encode(document: Document, speakers: Mapping[str, Speaker]) -> dict[str, Any]:
    """The JSON data of an article, keys in the schema's order.

    ``speakers`` are those of the project; the ones that the article names go into the line, by name and id.
    A speaker id that is not among them stays a dangling reference, which the check then names.
    """
    article, source = document.article, document.source
    used = {id_ for id_ in named_speakers((*document.mentions, *document.claims)) if id_ in speakers}
    named = sorted((speakers[id_] for id_ in used), key=lambda speaker: (speaker.name, speaker.id))
    return {
        "schema_version": SCHEMA_VERSION,
        "id": article.id,
        "title": article.title,
        "byline": article.byline,
        "outlet": article.outlet,
        "published": article.published,
        "url": article.url,
        "language": article.language,
        "state": article.state,
        "text": source.text,
        "text_sha256": source.text_sha256,
        "offset_unit": "codepoint",
        "segments": [_segment(source.text, segment) for segment in article.segments],
        "speakers": [_speaker(speaker) for speaker in named],
        "mentions": [_mention(mention) for mention in sorted(document.mentions, key=reading_order)],
        "claims": [_claim(claim) for claim in sorted(document.claims, key=reading_order)],
        "corrections": [_correction(correction) for correction in sorted(document.corrections, key=reading_order)],
    }


def _speaker(speaker: Speaker) -> dict[str, Any]:
    return {
        "id": speaker.id,
        "name": speaker.name,
        "kind": speaker.kind,
        "aliases": list(speaker.aliases),
        "roles": [{"title": role.title, "since": role.since, "until": role.until} for role in speaker.roles],
        "affiliation": speaker.affiliation,
        "wikidata": speaker.wikidata,
        "note": speaker.note,
    }


def decode(data: dict[str, Any], reading: Reading, place: str) -> Draft:
    """The draft that a line's checked JSON data describes. What the line does not say comes from ``reading``."""
    text, time = data["text"], now()
    common = {"article_id": data["id"], "guideline": reading.guideline}
    made_here = {**common, "created": time, "updated": time, "origin": "imported"}
    article = Article(
        segments=tuple(Segment(item["kind"], item["start"], item["end"]) for item in data["segments"]),
        created=time,
        updated=time,
        **{key: data[key] for key in _ARTICLE_FIELDS},
    )
    mentions = (
        Mention(annotator=reading.annotator, spans=_anchored(text, item["spans"]), **_rest(item, "spans"), **made_here)
        for item in data["mentions"]
    )
    return Draft(
        article,
        SourceText(data["id"], text, data["text_sha256"]),
        tuple(_read_speaker(item, time) for item in data["speakers"]),
        tuple(mentions),
        tuple(_read_claim(text, item, common) for item in data["claims"]),
        tuple(_read_correction(text, item, made_here) for item in data["corrections"]),
        place,
    )


_ARTICLE_FIELDS = ("id", "title", "byline", "outlet", "published", "url", "language", "state")


def _segment(text: str, segment: Segment) -> dict[str, Any]:
    start, end = segment.start, segment.end
    return {"kind": segment.kind, "start": start, "end": end, "exact": text[start:end]}


def _spans(spans: Iterable[Span]) -> list[dict[str, Any]]:
    return [{"start": span.start, "end": span.end, "exact": span.exact} for span in spans]


def _mention(mention: Mention) -> dict[str, Any]:
    return {
        "id": mention.id,
        "spans": _spans(mention.spans),
        "speaker_id": mention.speaker_id,
        "kind": mention.kind,
    }


def _hop(hop: Hop) -> dict[str, Any]:
    return {
        "speaker_id": hop.speaker_id,
        "mention_spans": _spans(hop.mention_spans),
        "cue_spans": _spans(hop.cue_spans),
        "referring": hop.referring,
        "medium": hop.medium,
        **({"addressee_id": hop.addressee_id} if hop.addressee_id is not None else {}),
        **({"date": hop.date} if hop.date is not None else {}),
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "spans": _spans(claim.spans),
        "text": claim.text,
        "form": claim.form,
        "type": claim.type,
        "check_worthy": claim.check_worthy,
        "stance": claim.stance,
        "certainty": claim.certainty,
        "unsure": claim.unsure,
        "parent_id": claim.parent_id,
        "chain": [_hop(hop) for hop in claim.chain],
        "note": claim.note,
        "tags": list(claim.tags),
        "annotator": claim.annotator,
        "origin": claim.origin,
        "status": claim.status,
        "created": claim.created,
        "updated": claim.updated,
    }


def _correction(correction: Correction) -> dict[str, Any]:
    return {
        "id": correction.id,
        "kind": correction.kind,
        "spans": _spans(correction.spans),
        "replacement": correction.replacement,
        "cause": correction.cause,
        "claim_id": correction.claim_id,
        "verdict": correction.verdict,
        "evidence": [_evidence(item) for item in correction.evidence],
        "note": correction.note,
        "annotator": correction.annotator,
        "status": correction.status,
    }


def _evidence(item: Evidence) -> dict[str, Any]:
    found: dict[str, Any] = {"url": item.url, "date": item.date, "note": item.note}
    return found if item.kind == "evidence" else {**found, "kind": item.kind}


def _rest(item: dict[str, Any], *without: str) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key not in without}


def _anchored(text: str, spans: list[dict[str, Any]]) -> tuple[Span, ...]:
    return tuple(anchor(text, span["start"], span["end"]) for span in spans)


def _read_speaker(item: dict[str, Any], time: str) -> Speaker:
    return Speaker(
        aliases=tuple(item["aliases"]),
        roles=tuple(Role(**role) for role in item["roles"]),
        created=time,
        updated=time,
        **_rest(item, "aliases", "roles"),
    )


def _read_claim(text: str, item: dict[str, Any], common: dict[str, Any]) -> Claim:
    chain = tuple(
        Hop(
            mention_spans=_anchored(text, hop["mention_spans"]),
            cue_spans=_anchored(text, hop["cue_spans"]),
            **_rest(hop, "mention_spans", "cue_spans"),
        )
        for hop in item["chain"]
    )
    return Claim(
        spans=_anchored(text, item["spans"]),
        chain=chain,
        tags=tuple(item["tags"]),
        **_rest(item, "spans", "chain", "tags"),
        **common,
    )


def _read_correction(text: str, item: dict[str, Any], common: dict[str, Any]) -> Correction:
    return Correction(
        spans=_anchored(text, item["spans"]),
        evidence=tuple(Evidence(**evidence) for evidence in item["evidence"]),
        **_rest(item, "spans", "evidence"),
        **common,
    )

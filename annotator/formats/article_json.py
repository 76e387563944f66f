"""An article and its annotations to the JSON data of one line (schema version 2), and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from operator import attrgetter
from typing import Any

import msgspec

from annotator.formats.article_check import SCHEMA_VERSION
from annotator.formats.base import Draft
from annotator.model import (
    Article,
    Claim,
    Correction,
    Document,
    Hop,
    Mention,
    Quarantined,
    Segment,
    SourceText,
    Span,
    Speaker,
)
from annotator.rules import named_speakers
from annotator.text.anchors import CONTEXT
from annotator.text.corrected import PieceMap, replacements
from annotator.workspace import reading_order


def encode(document: Document, speakers: Mapping[str, Speaker], view: str = "source") -> dict[str, Any]:
    """The JSON data of an article, keys in the schema's order.

    ``speakers`` are those of the project; the ones that the article names go into the line, by name and id.
    A speaker id that is not among them stays a dangling reference, which the check then names. ``view`` says over
    which text the document is.
    """
    return _Line(document, view).data(speakers)


class _Line:
    """One article, with the way from its text to the corrected text.

    Thousands are written at once: keys are written out, and each place is projected once.
    """

    def __init__(self, document: Document, view: str) -> None:
        self._document, self._view, self._text = document, view, document.source.text
        self._map: PieceMap | None = None
        self._applied: dict[tuple[str, int, int], tuple[int, int]] = {}
        self._there: dict[tuple[int, int], tuple[int, int] | tuple[None, None]] = {}
        if view == "source":
            self._map = PieceMap(self._text, replacements(document.corrections))
            self._applied = {
                (piece.correction_id, piece.source_start, piece.source_end): (piece.start, piece.end)
                for piece in self._map.pieces
                if piece.correction_id
            }

    def data(self, speakers: Mapping[str, Speaker]) -> dict[str, Any]:
        document, article, source = self._document, self._document.article, self._document.source
        used = {id_ for id_ in named_speakers((*document.mentions, *document.claims)) if id_ in speakers}
        named = sorted((speakers[id_] for id_ in used), key=lambda speaker: (speaker.name, speaker.id))
        return {
            "schema_version": SCHEMA_VERSION,
            **{name: getattr(article, name) for name in _ARTICLE_FIELDS},
            "import_notes": list(article.import_notes),
            **{name: getattr(source, name) for name in _SOURCE_FIELDS},
            "view": self._view,
            "text": source.text,
            "text_sha256": source.text_sha256,
            "corrected_text": self._map.text if self._map else None,
            "offset_unit": "codepoint",
            "segments": [self._segment(each) for each in article.segments],
            "speakers": [_speaker(speaker) for speaker in named],
            "mentions": [self._mention(mention) for mention in sorted(document.mentions, key=reading_order)],
            "claims": [self._claim(claim) for claim in sorted(document.claims, key=reading_order)],
            "corrections": [self._correction(each) for each in sorted(document.corrections, key=reading_order)],
            "quarantined": [_quarantined(each) for each in document.quarantined],
        }

    def _projected(self, start: int, end: int) -> tuple[int, int] | tuple[None, None]:
        """Where a place stands in the corrected text, and stands from now on in ``_there``."""
        there = (self._map.to_corrected(start, end) if self._map else None) or (None, None)
        self._there[start, end] = there
        return there

    def _segment(self, segment: Segment) -> dict[str, Any]:
        start, end = segment.start, segment.end
        low, high = self._projected(start, end)
        return {
            "kind": segment.kind,
            "start": start,
            "end": end,
            "exact": self._text[start:end],
            "corrected_start": low,
            "corrected_end": high,
        }

    def _spans(self, spans: Iterable[Span], correction_id: str | None = None) -> list[dict[str, Any]]:
        # What is quoted comes from the record, not from the text: a wrong one must be found by the check.
        found, projected = [], self._there
        for span in spans:
            start, end = span.start, span.end
            there = self._applied.get((correction_id, start, end)) if correction_id else None
            low, high = there or projected.get((start, end)) or self._projected(start, end)
            found.append(
                {"start": start, "end": end, "exact": span.exact, "corrected_start": low, "corrected_end": high}
            )
        return found

    def _mention(self, mention: Mention) -> dict[str, Any]:
        return {
            "id": mention.id,
            "spans": self._spans(mention.spans),
            "speaker_id": mention.speaker_id,
            "kind": mention.kind,
            **dict(zip(_COMMON, _common(mention), strict=True)),
        }

    def _claim(self, claim: Claim) -> dict[str, Any]:
        return {
            "id": claim.id,
            "spans": self._spans(claim.spans),
            "text": claim.text,
            "form": claim.form,
            "type": claim.type,
            "check_worthy": claim.check_worthy,
            "stance": claim.stance,
            "unsure": claim.unsure,
            "parent_id": claim.parent_id,
            "chain": [self._hop(hop) for hop in claim.chain],
            "tags": list(claim.tags),
            **dict(zip(_COMMON, _common(claim), strict=True)),
        }

    def _hop(self, hop: Hop) -> dict[str, Any]:
        return {
            "speaker_id": hop.speaker_id,
            "mention_spans": self._spans(hop.mention_spans),
            "cue_spans": self._spans(hop.cue_spans),
            "referring": hop.referring,
            "medium": hop.medium,
            "addressee_id": hop.addressee_id,
            "date": hop.date,
        }

    def _correction(self, correction: Correction) -> dict[str, Any]:
        return {
            "id": correction.id,
            "kind": correction.kind,
            "spans": self._spans(correction.spans, correction.id),
            "replacement": correction.replacement,
            "cause": correction.cause,
            "claim_id": correction.claim_id,
            "verdict": correction.verdict,
            "evidence": [
                {"url": each.url, "date": each.date, "note": each.note, "kind": each.kind}
                for each in correction.evidence
            ],
            **dict(zip(_COMMON, _common(correction), strict=True)),
        }


_ARTICLE_FIELDS = (
    "id", "title", "byline", "outlet", "published", "url", "language", "state", "created", "updated"
)  # fmt: skip
_SOURCE_FIELDS = ("file_name", "encoding", "bytes_sha256")


_COMMON = ("certainty", "note", "annotator", "guideline", "origin", "status", "created", "updated")
_common = attrgetter(*_COMMON)


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
        "created": speaker.created,
        "updated": speaker.updated,
    }


def _quarantined(record: Quarantined) -> dict[str, Any]:
    data = asdict(record)
    del data["article_id"]
    return data


def decode(data: dict[str, Any], place: str) -> Draft:
    """The draft that a line's checked JSON data describes. The records are made in C."""
    text, article_id = data["text"], data["id"]
    told: dict[str, Any] = {"article": data, "source": {**data, "id": article_id}, "speakers": data["speakers"]}
    for kind in ("mentions", "claims", "corrections"):
        told[kind] = [_anchored(text, {**item, "article_id": article_id}) for item in data[kind]]
    told["quarantined"] = [{**item, "article_id": article_id} for item in data["quarantined"]]
    found = msgspec.convert(told, _Records)
    return Draft(
        found.article,
        found.source,
        found.speakers,
        found.mentions,
        found.claims,
        found.corrections,
        place,
        found.quarantined,
        told=frozenset(found.article.import_notes),
    )


class _Records(msgspec.Struct):
    """The records of a line. What the line says besides, of an article its text, is passed over."""

    article: Article
    source: SourceText
    speakers: tuple[Speaker, ...]
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    corrections: tuple[Correction, ...]
    quarantined: tuple[Quarantined, ...]


def _anchored(text: str, item: dict[str, Any]) -> dict[str, Any]:
    """An annotation's data, its spans with what stands around them: as :func:`.anchors.anchor` has it."""
    item["spans"] = _around(text, item["spans"])
    if "chain" in item:
        item["chain"] = [
            {
                **hop,
                "mention_spans": _around(text, hop["mention_spans"]),
                "cue_spans": _around(text, hop["cue_spans"]),
            }
            for hop in item["chain"]
        ]
    return item


def _around(text: str, spans: list[dict[str, Any]]) -> list[tuple[int, int, str, str, str]]:
    return [
        (
            start := span["start"],
            end := span["end"],
            span["exact"],
            text[start - CONTEXT if start > CONTEXT else 0 : start],
            text[end : end + CONTEXT],
        )
        for span in spans
    ]

"""Verify a project: every place, hash, link and vocabulary value, and what the storage says of itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotator import vocabulary
from annotator.errors import InvalidEdit, InvalidSpan
from annotator.formats.article_check import find_cycle
from annotator.model import Annotation, Claim, Correction, Document, Mention, Segment, Span, kind_of
from annotator.ports import Project
from annotator.text.anchors import anchor, check, spans_of
from annotator.text.corrected import replacements


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong: in which article (None: the project), at which record, and what."""

    message: str
    article_id: str | None = None
    kind: str | None = None
    id: str | None = None
    title: str | None = None
    """The article's title."""

    def __str__(self) -> str:
        where = "project" if self.article_id is None else f"“{self.title}”"
        record = f", {self.kind} {self.id}" if self.kind and self.kind != "article" else ""
        return f"{where}{record}: {self.message}"


def verify(project: Project) -> Iterator[Problem]:
    """Every problem, the storage's first; none when the project is sound. Reads everything, changes nothing."""
    for message in project.check_storage():
        yield Problem(message)
    speakers = project.speakers()
    for speaker in speakers:
        for message in _vocabulary_problems(speaker, _SPEAKER_FIELDS):
            yield Problem(message, kind="speaker", id=speaker.id)
    ids = frozenset(speaker.id for speaker in speakers)
    for document in project.documents():
        yield from _verify_document(document, ids)


def _verify_document(document: Document, speaker_ids: frozenset[str]) -> Iterator[Problem]:
    article = document.article
    for message in _article_problems(document):
        yield Problem(message, article.id, "article", article.id, article.title)
    claims = {claim.id: claim for claim in document.claims}
    annotations: tuple[Mention | Claim | Correction, ...] = (
        *document.mentions,
        *document.claims,
        *document.corrections,
    )
    for annotation in annotations:
        for message in _annotation_problems(annotation, document.source.text, speaker_ids, claims.keys()):
            yield Problem(message, article.id, kind_of(annotation), annotation.id, article.title)
    cycle = find_cycle({claim.id: claim.parent_id for claim in document.claims})
    if cycle:
        yield Problem("it sits inside itself.", article.id, "claim", cycle, article.title)


def _article_problems(document: Document) -> Iterator[str]:
    article, source = document.article, document.source
    if hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest() != source.text_sha256:
        yield "the text no longer matches its hash."
    yield from _vocabulary_problems(article, {"state": "article.state"})
    yield from _segment_problems(source.text, article.segments)
    try:
        replacements(document.corrections)
    except InvalidEdit as error:
        yield f"{str(error)[0].lower()}{str(error)[1:]}"


def _segment_problems(text: str, segments: Iterable[Segment]) -> Iterator[str]:
    position = 0
    for segment in segments:
        yield from _vocabulary_problems(segment, {"kind": "segment.kind"})
        if not 0 <= segment.start < segment.end <= len(text):
            yield f"the {segment.kind} segment {segment.start}–{segment.end} is outside the text."
        elif segment.start < position:
            yield f"the {segment.kind} segment {segment.start}–{segment.end} overlaps the one before."
        position = max(position, segment.end)


def _annotation_problems(
    annotation: Mention | Claim | Correction, text: str, speaker_ids: frozenset[str], claim_ids: Iterable[str]
) -> Iterator[str]:
    for span in spans_of(annotation):
        yield from _span_problems(text, span)
    if not annotation.spans and not isinstance(annotation, Correction):
        yield "it has no place in the text."
    yield from _vocabulary_problems(annotation, _ANNOTATION_FIELDS[type(annotation)])
    for name, id_ in _speaker_links(annotation):
        if id_ not in speaker_ids:
            yield f"{name} refers to the speaker {id_}, which is not there."
    link = annotation.parent_id if isinstance(annotation, Claim) else None
    link = annotation.claim_id if isinstance(annotation, Correction) else link
    if link is not None and link not in claim_ids:
        yield f"it refers to the claim {link}, which is not in this article."


def _span_problems(text: str, span: Span) -> Iterator[str]:
    try:
        check(text, span)
    except InvalidSpan as error:
        yield f"{str(error)[0].lower()}{str(error)[1:]}"
        return
    if anchor(text, span.start, span.end) != span:
        yield f"the context kept with {span.start}–{span.end} is not what stands around it."


def _speaker_links(annotation: Annotation) -> Iterator[tuple[str, str]]:
    if isinstance(annotation, Mention) and annotation.speaker_id is not None:
        yield "it", annotation.speaker_id
    if isinstance(annotation, Claim):
        for number, hop in enumerate(annotation.chain, start=1):
            if hop.speaker_id is not None:
                yield f"hop {number} of its chain", hop.speaker_id


_SHARED = {"status": "status", "certainty": "certainty"}
_SPEAKER_FIELDS = {"kind": "speaker.kind"}
_ANNOTATION_FIELDS: dict[type, dict[str, str]] = {
    Mention: {**_SHARED, "kind": "mention.kind"},
    Claim: {
        **_SHARED,
        "form": "claim.form",
        "type": "claim.type",
        "check_worthy": "claim.check_worthy",
        "stance": "claim.stance",
    },
    Correction: {
        **_SHARED,
        "kind": "correction.kind",
        "cause": "correction.cause",
        "verdict": "correction.verdict",
    },
}


def _vocabulary_problems(record: object, fields: dict[str, str]) -> Iterator[str]:
    checked = [(name, getattr(record, name), vocabulary.values(field)) for name, field in fields.items()]
    if isinstance(record, Claim):
        checked += [("referring", hop.referring, vocabulary.values("hop.referring")) for hop in record.chain]
    for name, value, known in checked:
        if value is not None and value not in known:
            yield f"“{value}” is not a known value of {name.replace('_', ' ')}."

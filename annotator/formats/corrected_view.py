"""An article as its transcription corrections make it: the corrected text, every place projected onto it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from annotator.model import Claim, Correction, Document, Hop, Mention, Segment, Span
from annotator.text.anchors import anchor
from annotator.text.corrected import PieceMap, replacements
from annotator.text.wording import shorten


def corrected_view(document: Document) -> tuple[Document, list[str]]:
    """The document over its corrected text, and one sentence for each place that has none there.

    Such a place (it lies wholly inside a deletion) is left out; its annotation stays, if need be without places.
    The places of an applied transcription correction cover its replacement: an empty one marks a deletion.

    Raises:
        InvalidEdit: two transcription corrections overlap.
    """
    projection = _Projection(document)
    view = Document(
        replace(document.article, segments=projection.segments(document.article.segments)),
        replace(
            document.source,
            text=projection.text,
            text_sha256=hashlib.sha256(projection.text.encode("utf-8", "surrogatepass")).hexdigest(),
        ),
        tuple(projection.mention(mention) for mention in document.mentions),
        tuple(projection.claim(claim) for claim in document.claims),
        tuple(projection.correction(correction) for correction in document.corrections),
    )
    return view, projection.losses


class _Projection:
    """Projects the records of one article and notes which places are lost."""

    def __init__(self, document: Document) -> None:
        self.map = PieceMap(document.source.text, replacements(document.corrections))
        self.text = self.map.text
        self.title = document.article.title
        self.losses: list[str] = []
        self._applied = {
            (piece.correction_id, piece.source_start, piece.source_end): (piece.start, piece.end)
            for piece in self.map.pieces
            if piece.correction_id
        }

    def segments(self, segments: Iterable[Segment]) -> tuple[Segment, ...]:
        """Segments that still have text. A replacement that two of them touch belongs to the first."""
        result: list[Segment] = []
        for segment in segments:
            place = self.map.to_corrected(segment.start, segment.end)
            start = max(place[0], result[-1].end if result else 0) if place else 0
            if place is None or start >= place[1]:
                self._lose(f"the {segment.kind} segment", segment.start, segment.end)
            else:
                result.append(Segment(segment.kind, start, place[1]))
        return tuple(result)

    def mention(self, mention: Mention) -> Mention:
        return replace(mention, spans=self._spans("a mention", mention.spans))

    def claim(self, claim: Claim) -> Claim:
        return replace(claim, spans=self._spans("a claim", claim.spans), chain=tuple(self._hop(h) for h in claim.chain))

    def correction(self, correction: Correction) -> Correction:
        if correction.kind != "transcription" or correction.status == "rejected":
            return replace(correction, spans=self._spans("a correction", correction.spans))
        places = (self._applied[correction.id, span.start, span.end] for span in correction.spans)
        return replace(correction, spans=tuple(anchor(self.text, start, end) for start, end in places))

    def _hop(self, hop: Hop) -> Hop:
        return replace(
            hop,
            mention_spans=self._spans("a source", hop.mention_spans),
            cue_spans=self._spans("a cue", hop.cue_spans),
        )

    def _spans(self, what: str, spans: Iterable[Span]) -> tuple[Span, ...]:
        result: list[Span] = []
        for span in spans:
            place = self.map.to_corrected(span.start, span.end)
            if place is None:
                self._lose(f"the place “{shorten(span.exact)}” of {what}", span.start, span.end)
            else:
                result.append(anchor(self.text, *place))
        return tuple(result)

    def _lose(self, what: str, start: int, end: int) -> None:
        self.losses.append(f"“{shorten(self.title)}”: {what} at {start}–{end} is not in the corrected text.")

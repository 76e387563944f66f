"""From records to what the article view paints: marks with numbers, colours and links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator import vocabulary
from annotator.model import Claim, Correction, Hop, Mention, Span
from annotator.services.speakers import source_of
from annotator.workspace import Workspace, reading_order
from ui.hues import claim_numbers, speaker_hues
from ui.text.marks import Mark


def marks_of(ws: Workspace) -> list[Mark]:
    """Every mark of the open article: claims, mentions, cues, and corrections that make the corrected text."""
    hues = speaker_hues(ws)
    numbers = claim_numbers(ws)
    mention_at = {_places(m.spans): m.id for m in ws.mentions.values()}
    children: dict[str, list[str]] = {}
    for claim in ws.claims.values():
        if claim.parent_id:
            children.setdefault(claim.parent_id, []).append(claim.id)
    marks: list[Mark] = []
    for claim in sorted(ws.claims.values(), key=reading_order):
        inside = list(_inside(ws, claim, hues, mention_at))
        named = [mention_at[p] for hop in claim.chain if (p := _places(hop.mention_spans)) in mention_at]
        family = [*children.get(claim.id, ()), *([claim.parent_id] if claim.parent_id else ())]
        marks.append(
            Mark(
                id=claim.id,
                kind="claim",
                parts=_places(claim.spans),
                hue=hues.get(source_of(claim), hues[None]),
                number=numbers[claim.id],
                links=(*named, *(mark.id for mark in inside), *family),
                label=_claim_label(ws, claim, numbers[claim.id]),
            )
        )
        marks += inside
    marks += [_mention(ws, mention, hues) for mention in ws.mentions.values()]
    marks += [mark for c in ws.corrections.values() if (mark := _correction(c)) is not None]
    return marks


def _inside(
    ws: Workspace, claim: Claim, hues: dict[str | None, int], mention_at: dict[tuple[tuple[int, int], ...], str]
) -> Iterator[Mark]:
    """The cues of a claim, and the words that name its sources where no mention is marked."""
    for index, hop in enumerate(claim.chain):
        hue = hues.get(hop.speaker_id, hues[None])
        if hop.cue_spans:
            yield Mark(
                id=f"{claim.id}#cue{index}",
                kind="cue",
                parts=_places(hop.cue_spans),
                hue=hue,
                owner=claim.id,
                label=f"cue of {_name(ws, hop)}",
            )
        if hop.mention_spans and _places(hop.mention_spans) not in mention_at:
            yield Mark(
                id=f"{claim.id}#source{index}",
                kind="mention",
                parts=_places(hop.mention_spans),
                hue=hue,
                owner=claim.id,
                label=f"source {_name(ws, hop)}",
            )


def _mention(ws: Workspace, mention: Mention, hues: dict[str | None, int]) -> Mark:
    speaker = ws.speakers.get(mention.speaker_id) if mention.speaker_id else None
    return Mark(
        id=mention.id,
        kind="mention",
        parts=_places(mention.spans),
        hue=hues.get(mention.speaker_id, hues[None]),
        label=f"mention of {speaker.name}" if speaker else "mention of nobody yet",
    )


def _correction(correction: Correction) -> Mark | None:
    if correction.kind == "factual" or correction.status == "rejected" or not correction.spans:
        return None
    cause = vocabulary.label("correction.cause", correction.cause) or "correction"
    reading = f"read “{correction.replacement}”" if correction.replacement else "leave out"
    return Mark(
        id=correction.id,
        kind="correction",
        parts=_places(correction.spans),
        hue=0,
        replacement=correction.replacement or "",
        quiet=correction.cause == "line_break" or correction.kind == "regularisation",
        label=f"{cause}: {reading}",
    )


def _claim_label(ws: Workspace, claim: Claim, number: int) -> str:
    source = source_of(claim)
    speaker = ws.speakers.get(source) if source else None
    return f"claim {number} by {speaker.name}" if speaker else f"claim {number}, no speaker"


def _name(ws: Workspace, hop: Hop) -> str:
    speaker = ws.speakers.get(hop.speaker_id) if hop.speaker_id else None
    return speaker.name if speaker else "an unknown source"


def _places(spans: Iterable[Span]) -> tuple[tuple[int, int], ...]:
    return tuple((span.start, span.end) for span in spans)

"""What the pages after the article list: speakers, claims and corrections, each in words. No Qt."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotator.model import Claim, Hop, Span
from annotator.services.speakers import source_of
from annotator.text.disguise import badged
from annotator.text.wording import counted
from annotator.vocabulary import Vocabulary
from annotator.workspace import Workspace, reading_order
from ui.outline import NARRATION, Outline

_WORDS = 320
"""Characters of a claim's or a correction's words."""
_HALF = 90
ARROW = " → "


@dataclass(frozen=True, slots=True)
class SpeakerEntry:
    """One speaker and the numbers of its claims."""

    hue: int
    name: str
    facts: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim or correction. ``offset`` is where it stands in the source text (None: nowhere)."""

    head: str
    words: str
    offset: int | None
    number: int | None = None
    hue: int = NARRATION
    replacement: str | None = None
    """What a correction reads instead; None when it changes no text."""
    details: tuple[str, ...] = ()


def speakers(ws: Workspace, outline: Outline) -> list[SpeakerEntry]:
    """The speakers of the article in the order of their colours, then its own voice."""
    makes: dict[str | None, list[int]] = {}
    passes: dict[str | None, list[int]] = {}
    for number, claim_id in enumerate(outline.claims.ids(), start=1):
        claim = ws.claims[claim_id]
        source = source_of(claim)
        makes.setdefault(source, []).append(number)
        for passing in {hop.speaker_id for hop in claim.chain} - {source, None}:
            passes.setdefault(passing, []).append(number)
    found = []
    for id_, hue in outline.hues.items():
        if id_ is not None and (speaker := ws.speakers.get(id_)) is not None:
            mentions = len(outline.mentions_of(id_))
            facts = [ws.vocabulary.label("speaker.kind", speaker.kind)]
            facts += [f"{_claims(made)}"] if (made := makes.get(id_)) else []
            facts += [f"passes on {_claims(passed)}"] if (passed := passes.get(id_)) else []
            facts += [counted(mentions, "mention")] if mentions else []
            found.append(SpeakerEntry(hue, isolated(badged(speaker.name)), " · ".join(facts)))
    if nobody := makes.get(None):
        found.append(SpeakerEntry(NARRATION, "The article itself, or nobody named", _claims(nobody)))
    return found


def claims(ws: Workspace, outline: Outline) -> Iterator[Entry]:
    """The claims, in reading order."""
    for number, claim_id in enumerate(outline.claims.ids(), start=1):
        claim = ws.claims[claim_id]
        yield Entry(
            ARROW.join(_name(ws, hop) for hop in claim.chain) or "The article itself, or nobody named",
            _quoted(claim.spans),
            claim.spans[0].start if claim.spans else None,
            number,
            outline.hue(source_of(claim)),
            details=tuple(_claim_details(claim, outline, ws.vocabulary)),
        )


def corrections(ws: Workspace) -> Iterator[Entry]:
    """The corrections of the text, in reading order; hard wraps are counted at the end."""
    wraps = 0
    for correction in sorted(ws.corrections.values(), key=reading_order):
        if correction.kind == "factual":
            continue
        wrap = correction.cause == "line_break" and correction.status != "rejected"
        if wrap and not correction.note:
            wraps += len(correction.spans)
            continue
        kind = ws.vocabulary.label("correction.kind", correction.kind)
        cause = ws.vocabulary.label("correction.cause", correction.cause)
        yield Entry(
            " · ".join(part for part in (kind, cause) if part),
            _wrapped(len(correction.spans)) if wrap else _quoted(correction.spans),
            correction.spans[0].start if correction.spans and not wrap else None,
            replacement=None if wrap else _one_line(correction.replacement or "", _WORDS),
            details=tuple(_details(correction.note, correction.status)),
        )
    if wraps:
        yield Entry(f"Transcription · {ws.vocabulary.label('correction.cause', 'line_break')}", _wrapped(wraps), None)


def facts(ws: Workspace, outline: Outline) -> Iterator[Entry]:
    """The corrections about facts, in the order of their claims."""
    factual = [correction for correction in ws.corrections.values() if correction.kind == "factual"]
    for correction in sorted(factual, key=lambda each: (outline.claims.index(each.claim_id or ""), each.id)):
        claim = ws.claims.get(correction.claim_id or "")
        spans = correction.spans or (claim.spans if claim else ())
        number = outline.number(claim.id) if claim else None
        verdict = ws.vocabulary.label("correction.verdict", correction.verdict) or "No verdict"
        details = list(_details(correction.note, correction.status))
        for evidence in correction.evidence:
            parts = [part for part in (evidence.url, evidence.date, evidence.note) if part]
            details.append(f"Evidence: {' · '.join(parts)}")
        yield Entry(
            verdict, _quoted(spans), spans[0].start if spans else None, number,
            outline.hue(source_of(claim)) if claim else NARRATION, details=tuple(details),
        )  # fmt: skip


def spell(numbers: Iterable[int]) -> str:
    """``1, 4, 7–9`` for ascending numbers."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    pairs = (
        f"{run[0]}{'–' if run[-1] > run[0] + 1 else ', '}{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs
    )
    return ", ".join(pairs)


def _claims(numbers: list[int]) -> str:
    return f"claim{'' if len(numbers) == 1 else 's'} {spell(numbers)}"


def _wrapped(wraps: int) -> str:
    return "1 line end is read as a space" if wraps == 1 else f"{wraps:,} line ends are read as a space each"


def _name(ws: Workspace, hop: Hop) -> str:
    name = ws.shown_name(hop.speaker_id)
    return isolated(name) if name else "?"


def isolated(text: str) -> str:
    """``text`` so that it does not turn the line around that it stands in, when it is written right to left."""
    turns = any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)
    return f"\u2068{text}\u2069" if turns else text


def _claim_details(claim: Claim, outline: Outline, vocabulary: Vocabulary) -> Iterator[str]:
    parts = [
        vocabulary.label("claim.form", claim.form),
        vocabulary.label("claim.type", claim.type),
        vocabulary.label("claim.check_worthy", claim.check_worthy),
        vocabulary.label("claim.stance", claim.stance),
        "Unsure" if claim.unsure else "",
        vocabulary.label("certainty", claim.certainty),
        f"inside claim {number}" if (number := outline.number(claim.parent_id or "")) else "",
        f"tags: {', '.join(claim.tags)}" if claim.tags else "",
    ]
    if line := " · ".join(part for part in parts if part):
        yield line
    if claim.text:
        yield f"In full: {_one_line(claim.text, 4 * _WORDS)}"
    yield from _details(claim.note, claim.status)


def _details(note: str, status: str) -> Iterator[str]:
    if status == "rejected":
        yield "Rejected in review"
    if note.strip():
        yield f"Note: {note.strip()}"


def _quoted(spans: Iterable[Span]) -> str:
    """The words of an annotation, its parts joined by an ellipsis; a long text without its middle."""
    return _one_line(" … ".join(span.exact for span in spans), _WORDS)


def _one_line(text: str, limit: int) -> str:
    if len(text) <= limit:
        return " ".join(text.split()) or text.replace("\n", "⏎").replace(" ", "␣")
    return " ".join(f"{text[: limit - _HALF]} […] {text[-_HALF:]}".split())

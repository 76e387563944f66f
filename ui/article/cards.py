"""What is told of a mark where the pointer rests on it: from records to titles and rows of plain words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.model import Annotation, Claim, Correction, Hop, Mention, Speaker
from annotator.services.speakers import source_of
from annotator.text.disguise import badged
from annotator.text.wording import counted
from annotator.vocabulary import Vocabulary
from annotator.workspace import Workspace
from ui.outline import Outline
from ui.presenter import CUE, parts_of
from ui.widgets.paint import one_line, visible

_WORDS = 48
"""Characters of a cue or of other words quoted from the article."""
_LONGEST = 600
"""Characters of a note: what follows is left out before anything is measured."""
_UNKNOWN = "unknown source"


@dataclass(frozen=True, slots=True)
class Card:
    """What is told of one mark or speaker. All of it is plain text."""

    id: str
    title: str
    kind: str = ""
    number: int | None = None
    hue: int | None = None
    """Index of a speaker's colour; None for what has no speaker."""
    rows: tuple[tuple[str, str], ...] = ()
    """(label, words); never empty words."""
    struck: str | None = None
    """What a correction replaces, white space made visible."""
    reading: str | None = None
    """What it reads instead; "" leaves it out."""

    @property
    def spoken(self) -> str:
        """All of it in one line, for a screen reader."""
        change = []
        if self.struck is not None:
            change = [f"{self.struck}: {f'read {self.reading}' if self.reading else 'leave out'}"]
        parts = [f"{self.title}, {self.kind}" if self.kind else self.title, *change]
        return ". ".join([*parts, *(f"{label}: {words}" for label, words in self.rows)])


class Cards:
    """Makes the cards of the open article's marks."""

    def __init__(self, ws: Workspace, outline: Outline) -> None:
        self._ws = ws
        self._outline = outline

    def card(self, id_: str) -> Card | None:
        """The card of a mark or of a speaker, by id; None when it is not there any more."""
        ws = self._ws
        claim, part, index = parts_of(ws, id_)
        if claim is not None:
            return self._of_hop(id_, claim, part, index) if part else self._of_claim(claim)
        if (mention := ws.mentions.get(id_)) is not None:
            return self._of_mention(mention)
        if (correction := ws.corrections.get(id_)) is not None:
            return self._of_correction(correction)
        speaker = ws.speakers.get(id_)
        return self._of_speaker(speaker) if speaker is not None else None

    # -- kinds --------------------------------------------------------------------------------------------------

    def _of_claim(self, claim: Claim) -> Card:
        source = self._ws.shown_name(source_of(claim))
        number = self._outline.number(claim.id)
        kind = _dotted(
            self._ws.vocabulary.label("claim.form", claim.form),
            self._ws.vocabulary.label("claim.type", claim.type),
            self._ws.vocabulary.label("claim.stance", claim.stance),
            self._ws.vocabulary.label("claim.check_worthy", claim.check_worthy),
            "unsure" if claim.unsure else "",
        )
        rows = [
            ("Chain", self._chain(claim)),
            *self._family(claim),
            ("Parts", f"{len(claim.spans)} parts" if len(claim.spans) > 1 else ""),
            ("Means", claim.text or ""),
            ("Tags", ", ".join(claim.tags)),
            *_common(claim, self._ws.vocabulary),
        ]
        title = f"Claim {number} by {source}" if source else f"Claim {number}, no speaker"
        return Card(claim.id, title, kind, number, self._outline.hue(source_of(claim)), _filled(rows))

    def _of_hop(self, id_: str, claim: Claim, part: str, index: int) -> Card:
        hop = claim.chain[index]
        number, name = self._outline.number(claim.id), self._ws.shown_name(hop.speaker_id) or _UNKNOWN
        what, spans = ("Cue", hop.cue_spans) if part == CUE else ("Source", hop.mention_spans)
        rows = [
            ("Words", _quoted(span.exact for span in spans)),
            ("Speaker", name),
            ("Chain", self._chain(claim)),
        ]
        kind = f"Hop {index + 1} of {len(claim.chain)}" if len(claim.chain) > 1 else ""
        return Card(id_, f"{what} of claim {number}", kind, None, self._outline.hue(hop.speaker_id), _filled(rows))

    def _of_mention(self, mention: Mention) -> Card:
        speaker = self._ws.speakers.get(mention.speaker_id or "")
        title = f"Mention of {badged(speaker.name)}" if speaker else "Mention of nobody yet"
        rows = [("Speaker", self._described(speaker)), *_common(mention, self._ws.vocabulary)]
        kind = self._ws.vocabulary.label("mention.kind", mention.kind) or ""
        return Card(mention.id, title, kind, None, self._outline.hue(mention.speaker_id), _filled(rows))

    def _of_correction(self, correction: Correction) -> Card:
        kind = _dotted(
            self._ws.vocabulary.label("correction.kind", correction.kind),
            self._ws.vocabulary.label("correction.cause", correction.cause),
        )
        number = self._outline.number(correction.claim_id) if correction.claim_id else None
        rows = [
            ("About", f"claim {number}" if number else ""),
            ("Verdict", self._ws.vocabulary.label("correction.verdict", correction.verdict) or ""),
            *_common(correction, self._ws.vocabulary),
        ]
        struck = visible(_cut("".join(span.exact for span in correction.spans), 2 * _WORDS))
        return Card(
            correction.id,
            "Correction" if struck else "Insertion",
            kind,
            rows=_filled(rows),
            struck=struck,
            reading=visible(_cut(correction.replacement or "", 2 * _WORDS)),
        )

    def _of_speaker(self, speaker: Speaker) -> Card:
        mentions, claims = len(self._outline.mentions_of(speaker.id)), self._outline.claims_of(speaker.id)
        rows = [
            ("Here", f"{counted(mentions, 'mention')}, {counted(claims, 'claim')}"),
            ("Also", ", ".join(speaker.aliases)),
            ("Role", "; ".join(role.title for role in speaker.roles)),
            ("With", speaker.affiliation or ""),
            ("Note", speaker.note),
        ]
        kind = self._ws.vocabulary.label("speaker.kind", speaker.kind) or ""
        return Card(speaker.id, badged(speaker.name), kind, None, self._outline.hue(speaker.id), _filled(rows))

    # -- parts --------------------------------------------------------------------------------------------------

    def _chain(self, claim: Claim) -> str:
        return " › ".join(self._hop(hop) for hop in claim.chain)

    def _hop(self, hop: Hop) -> str:
        name = self._ws.shown_name(hop.speaker_id) or _UNKNOWN
        plain = hop.referring in (None, "explicit")
        aside = _dotted(
            hop.medium and f"in {hop.medium}",
            f"to {to}" if (to := self._ws.shown_name(hop.addressee_id)) else "",
            hop.date,
            "" if plain else self._ws.vocabulary.label("hop.referring", hop.referring),
        )
        cue = _quoted(span.exact for span in hop.cue_spans)
        return " ".join(part for part in (name, cue, f"({aside.lower()})" if aside else "") if part)

    def _family(self, claim: Claim) -> list[tuple[str, str]]:
        numbers = [str(self._outline.number(child)) for child in self._outline.children(claim.id)]
        parent = self._outline.number(claim.parent_id) if claim.parent_id else None
        inside = f"claim{'' if len(numbers) == 1 else 's'} {', '.join(numbers)}" if numbers else ""
        return [("Inside", f"claim {parent}" if parent else ""), ("Contains", inside)]

    def _described(self, speaker: Speaker | None) -> str:
        if speaker is None:
            return ""
        roles = "; ".join(role.title for role in speaker.roles)
        return _dotted(self._ws.vocabulary.label("speaker.kind", speaker.kind), roles, speaker.affiliation)


def _common(annotation: Annotation, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """What every annotation has: note, status and who made it."""
    state = _dotted(
        vocabulary.label("status", annotation.status),
        vocabulary.label("certainty", annotation.certainty),
        f"by {annotation.annotator}" if annotation.annotator else "",
    )
    return [("Note", annotation.note), ("Status", state)]


def _dotted(*words: str | None) -> str:
    return " · ".join(word for word in words if word)


def _quoted(words: Iterable[str]) -> str:
    return " … ".join(f"“{_cut(one_line(text), _WORDS)}”" for text in words)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _filled(rows: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The rows that say something, in one line each and not too long."""
    return tuple((label, _cut(one_line(words[: 2 * _LONGEST]), _LONGEST)) for label, words in rows if words.strip())

"""Change one hop of an attribution chain: who it is, its words, its place. Every function returns the edit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from annotator.edits import Change, Edit
from annotator.errors import InvalidEdit
from annotator.model import Claim, Hop, Speaker
from annotator.services import annotate, speakers
from annotator.services.annotate import Ranges
from annotator.text import anchors
from annotator.workspace import Workspace

MENTION, CUE = "mention_spans", "cue_spans"
"""The two kinds of words that a hop has, by the name of their field."""


def change(ws: Workspace, claim_id: str, index: int, **values: Any) -> Edit:
    """Set fields of a hop. A source that becomes implicit loses its mention: no words name it."""
    hop = _hop(ws, claim_id, index)
    if values.get("referring") == "implicit":
        values[MENTION] = ()
    return _with(ws, claim_id, index, replace(hop, **values))


def set_speaker(ws: Workspace, claim_id: str, index: int, name: str) -> Edit:
    """Say by name or alias who a hop is; an unknown name adds the speaker. "" takes the speaker out."""
    created, speaker_id = _speaker(ws, name)
    return _with(ws, claim_id, index, replace(_hop(ws, claim_id, index), speaker_id=speaker_id), created)


def set_addressee(ws: Workspace, claim_id: str, index: int, name: str) -> Edit:
    """Say by name or alias who was spoken to; an unknown name adds the speaker. "" takes the addressee out.

    Raises:
        InvalidEdit: the hop's own speaker is named.
    """
    hop = _hop(ws, claim_id, index)
    created, speaker_id = _speaker(ws, name)
    if speaker_id is not None and speaker_id == hop.speaker_id:
        raise InvalidEdit(f"{ws.speakers[speaker_id].name} is the source here; name who was spoken to.")
    return _with(ws, claim_id, index, replace(hop, addressee_id=speaker_id), created)


def add(ws: Workspace, claim_id: str, hop: Hop | None = None) -> Edit:
    """A further hop at the inner end of the chain (left out: one of which nothing is known yet)."""
    return _put(ws, claim_id, (*annotate.claim_of(ws, claim_id).chain, hop or Hop()))


def remove(ws: Workspace, claim_id: str, index: int) -> Edit:
    """Take a hop out of the chain."""
    _hop(ws, claim_id, index)
    chain = annotate.claim_of(ws, claim_id).chain
    return _put(ws, claim_id, (*chain[:index], *chain[index + 1 :]))


def move(ws: Workspace, claim_id: str, index: int, to: int) -> Edit:
    """Move a hop to another place in the chain; beyond an end it comes to stand there."""
    hop = _hop(ws, claim_id, index)
    chain = list(annotate.claim_of(ws, claim_id).chain)
    del chain[index]
    chain.insert(max(0, min(len(chain), to)), hop)
    return _put(ws, claim_id, chain)


def take_words(ws: Workspace, claim_id: str, index: int, part: str, ranges: Ranges) -> Edit:
    """Take words of the article for a hop: its :data:`MENTION` anew, or one more part of its :data:`CUE`.

    Where exactly these words are marked as a mention, its speaker is the hop's, too.
    """
    if part == CUE:
        return annotate.mark_cue(ws, claim_id, ranges, index)
    spans = anchors.tidy(ws.text, ranges)
    if not spans:
        raise InvalidEdit("Select the words that name the source first.")
    where = anchors.places(spans)
    for mention in ws.mentions.values():
        if anchors.places(mention.spans) == where:
            return take_mention(ws, claim_id, index, mention.id)
    values: dict[str, Any] = {MENTION: spans, "referring": annotate.guess_referring(spans[0].exact)}
    return _with(ws, claim_id, index, replace(_hop(ws, claim_id, index), **values))


def take_mention(ws: Workspace, claim_id: str, index: int, mention_id: str) -> Edit:
    """Take a marked mention for a hop: its words, and who it stands for, so that a pronoun is resolved.

    A mention of nobody leaves the hop its speaker.
    """
    mention = ws.mentions.get(mention_id)
    if mention is None:
        raise InvalidEdit("This mention is no longer there.")
    hop = _hop(ws, claim_id, index)
    after = replace(
        hop,
        speaker_id=mention.speaker_id or hop.speaker_id,
        mention_spans=mention.spans,
        referring=annotate.REFERRING.get(mention.kind, "explicit"),
    )
    return _with(ws, claim_id, index, after)


def drop_words(ws: Workspace, claim_id: str, index: int, part: str, number: int | None = None) -> Edit:
    """Take a hop's words away: all of its :data:`MENTION` or :data:`CUE`, or the part of that ``number``, from 0."""
    hop = _hop(ws, claim_id, index)
    spans = getattr(hop, part)
    kept = () if number is None else (*spans[:number], *spans[number + 1 :])
    values: dict[str, Any] = {part: kept}
    return _with(ws, claim_id, index, replace(hop, **values))


def _speaker(ws: Workspace, name: str) -> tuple[list[Speaker], str | None]:
    """Who is meant, and whether that one is to be added."""
    clean = " ".join(name.split())
    if not clean or clean == "?":
        return [], None
    known = speakers.find(ws.speakers.values(), clean)
    if known is not None:
        return [], known.id
    fresh = speakers.new_speaker(clean)
    return [fresh], fresh.id


def _with(ws: Workspace, claim_id: str, index: int, hop: Hop, created: Iterable[Speaker] = ()) -> Edit:
    chain = list(annotate.claim_of(ws, claim_id).chain)
    chain[index] = hop
    return _put(ws, claim_id, chain, created)


def _put(ws: Workspace, claim_id: str, chain: Sequence[Hop], created: Iterable[Speaker] = ()) -> Edit:
    """Give the claim that chain, unless somebody stands twice in it who did not before."""
    fresh = list(created)
    claim = annotate.claim_of(ws, claim_id)
    _check_circle(ws, claim, chain)
    held = ws.copy() if fresh else ws
    held.speakers.update({speaker.id: speaker for speaker in fresh})
    edit = annotate.change(held, claim_id, chain=tuple(chain))
    return Edit("Change attribution chain", (*(Change(None, speaker) for speaker in fresh), *edit.changes))


def _check_circle(ws: Workspace, claim: Claim, chain: Sequence[Hop]) -> None:
    """Nobody is a source of their own.

    Raises:
        InvalidEdit: says who would stand twice, and where.
    """
    places: dict[str, list[int]] = {}
    for number, hop in enumerate(chain, 1):
        if hop.speaker_id is not None:
            places.setdefault(hop.speaker_id, []).append(number)
    before = [hop.speaker_id for hop in claim.chain]
    for speaker_id, numbers in places.items():
        if len(numbers) > max(1, before.count(speaker_id)):
            speaker = ws.speakers.get(speaker_id)
            name = speaker.name if speaker else "This speaker"
            raise InvalidEdit(
                f"{name} would be source {numbers[0]} and source {numbers[1]} of one chain: nobody is their own source."
            )


def _hop(ws: Workspace, claim_id: str, index: int) -> Hop:
    chain = annotate.claim_of(ws, claim_id).chain
    if not 0 <= index < len(chain):
        raise InvalidEdit(f"The claim has no source {index + 1} any more.")
    return chain[index]

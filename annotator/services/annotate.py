"""Make, change and delete mentions, claims and corrections. Every function returns the edit and changes nothing."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from annotator.edits import Change, Edit
from annotator.errors import InvalidEdit, PlaceTaken
from annotator.model import Claim, Correction, Hop, Mention, Record, Span, kind_of, new_id, now
from annotator.rules import check_fields, links_of
from annotator.text import anchors
from annotator.text.corrected import overlaps
from annotator.workspace import Workspace

Ranges = Sequence[tuple[int, int]]
MarkedRecord = Mention | Claim | Correction

_FIXED_FIELDS = {"id", "article_id", "annotator", "guideline", "origin", "created", "updated", "spans"}


@dataclass(frozen=True, slots=True)
class Author:
    """Who makes new annotations, and by which version of the guidelines."""

    name: str
    guideline: str = "1"


def mark_claim(ws: Workspace, ranges: Ranges, author: Author) -> Edit:
    """A new claim whose content is ``ranges`` (several: discontinuous). Raises InvalidEdit when they are empty."""
    return _created("Mark claim", Claim(spans=_content(ws, ranges), **common_fields(ws, author)))


def mark_mention(
    ws: Workspace, ranges: Ranges, author: Author, speaker_id: str | None = None, kind: str | None = None
) -> Edit:
    """A new mention of a speaker (None: not yet known). ``kind`` is guessed from the words when left out."""
    spans = _content(ws, ranges)
    for other in ws.mentions.values():
        if anchors.places(other.spans) == anchors.places(spans):
            raise InvalidEdit(f"“{spans[0].exact}” is already marked as a mention here.")
    mention = Mention(
        spans=spans, speaker_id=speaker_id, kind=kind or guess_mention_kind(spans[0].exact), **common_fields(ws, author)
    )
    return _created("Mark mention", mention)


def mark_cue(ws: Workspace, claim_id: str, ranges: Ranges, hop: int | None = None) -> Edit:
    """Add ``ranges`` to the cue of a hop of the claim's chain (default: the innermost; made when there is none)."""
    claim = claim_of(ws, claim_id)
    chain = list(claim.chain) or [Hop()]
    index = len(chain) - 1 if hop is None else hop
    if not 0 <= index < len(chain):
        raise InvalidEdit(f"The claim has no hop {index + 1}.")
    spans = anchors.tidy(ws.text, (*anchors.places(chain[index].cue_spans), *anchors.places(_content(ws, ranges))))
    if spans == chain[index].cue_spans:
        raise InvalidEdit("These words are already the cue.")
    chain[index] = replace(chain[index], cue_spans=spans)
    return _changed("Mark cue", claim, replace(claim, chain=tuple(chain), updated=now()))


def set_spans(ws: Workspace, annotation_id: str, ranges: Ranges) -> Edit:
    """Put the annotation on other places. Raises InvalidEdit when none are left or corrections would overlap."""
    record = _annotation(ws, annotation_id)
    title = f"Change {kind_of(record)} boundaries"
    if not isinstance(record, Correction):
        return _changed(title, record, replace(record, spans=_content(ws, ranges), updated=now()))
    spans = tuple(anchors.anchor(ws.text, start, end) for start, end in sorted(set(ranges)))
    if not spans and record.kind != "factual":
        raise InvalidEdit("A correction needs at least one place; delete it instead.")
    after = replace(record, spans=spans, updated=now())
    check_places(ws, after)
    return _changed(title, record, after)


def add_part(ws: Workspace, annotation_id: str, start: int, end: int) -> Edit:
    """Add ``[start, end)`` to the annotation; a part that touches another one joins it."""
    record = _annotation(ws, annotation_id)
    edit = set_spans(ws, annotation_id, [*anchors.places(record.spans), (start, end)])
    if not edit:
        raise InvalidEdit("These words are already part of it.")
    return replace(edit, title=f"Add part to {kind_of(record)}")


def remove_range(ws: Workspace, annotation_id: str, start: int, end: int) -> Edit:
    """Take ``[start, end)`` out of the annotation; a part cut in the middle becomes two."""
    record = _annotation(ws, annotation_id)
    rest: list[tuple[int, int]] = []
    for span in record.spans:
        if end <= span.start or start >= span.end:
            rest.append((span.start, span.end))
            continue
        left = [(s, e) for s, e in ((span.start, start), (end, span.end)) if s < e]
        if isinstance(record, Correction) and not span.exact.strip():
            rest += left  # what it replaces is white space
        elif isinstance(record, Correction):
            rest += [(s, e) for s, e in left if ws.text[s:e].strip()]
        else:
            rest += [anchors.trim(ws.text, s, e) for s, e in left]
    if tuple(rest) == anchors.places(record.spans):
        raise InvalidEdit("These words are not part of it.")
    if not any(s < e for s, e in rest):
        raise InvalidEdit("Nothing would be left; delete it instead.")
    edit = set_spans(ws, annotation_id, rest)
    return replace(edit, title=f"Remove part from {kind_of(record)}")


def move_boundary(ws: Workspace, annotation_id: str, part: int, side: str, offset: int) -> Edit:
    """Move one end (``side``: ``start`` or ``end``) of one part to ``offset``. A part never becomes empty."""
    record = _annotation(ws, annotation_id)
    ranges = list(anchors.places(record.spans))
    if not 0 <= part < len(ranges):
        raise InvalidEdit(f"There is no part {part + 1}.")
    start, end = ranges[part]
    start, end = (offset, end) if side == "start" else (start, offset)
    if start >= end:
        raise InvalidEdit("A part must keep at least one character.")
    ranges[part] = (start, end)
    return set_spans(ws, annotation_id, ranges)


def change(ws: Workspace, annotation_id: str, **values: Any) -> Edit:
    """Set fields of a claim, mention or correction; vocabulary values and links are checked.

    Raises:
        InvalidEdit: unknown or fixed field, unknown value, a claim inside itself, a link to a record that is
            not there.
    """
    record = _annotation(ws, annotation_id)
    kind = kind_of(record)
    check_fields(record, values, _FIXED_FIELDS, ws.vocabulary)
    after: MarkedRecord = replace(record, **values)
    _check_links(ws, record, after)
    if isinstance(after, Correction) and isinstance(record, Correction) and _reads(after) != _reads(record):
        check_places(ws, after)
    if after == record:
        return Edit(f"Change {kind}", ())
    names = ", ".join(name.replace("_", " ") for name in values)
    return _changed(f"Change {names} of {kind}", record, replace(after, updated=now()))


def delete(ws: Workspace, annotation_ids: Iterable[str]) -> Edit:
    """Delete annotations. Claims inside a deleted claim and corrections about it stay and lose that link."""
    doomed = {id_: _annotation(ws, id_) for id_ in annotation_ids}
    changes = [Change(record, None) for record in doomed.values()]
    changes += [
        Change(claim, replace(claim, parent_id=None, updated=now()))
        for claim in ws.claims.values()
        if claim.parent_id in doomed and claim.id not in doomed
    ]
    changes += [
        Change(correction, replace(correction, claim_id=None, updated=now()))
        for correction in ws.corrections.values()
        if correction.claim_id in doomed and correction.id not in doomed
    ]
    nouns = {kind_of(record) for record in doomed.values()}
    noun = nouns.pop() if len(nouns) == 1 else "annotation"
    title = f"Delete {noun}" if len(doomed) == 1 else f"Delete {len(doomed)} {noun}s"
    return Edit(title, tuple(changes))


def correction_spans(ws: Workspace, ranges: Ranges, skip: str | None) -> tuple[Span, ...]:
    """Spans for a correction (empty ones insert). Raises PlaceTaken when a place is already corrected."""
    spans = tuple(anchors.anchor(ws.text, start, end) for start, end in sorted(set(ranges)))
    for other in ws.corrections.values():
        if other.id == skip or not other.applied:
            continue
        for theirs in other.spans:
            for ours in spans:
                if overlaps(ours.start, ours.end, theirs.start, theirs.end):
                    raise PlaceTaken(f"“{theirs.exact}” at {theirs.start:,} is already corrected.", other.id)
    for left, right in pairwise(spans):
        if overlaps(left.start, left.end, right.start, right.end):
            raise InvalidEdit("The places of one correction overlap.")
    return spans


def guess_mention_kind(words: str) -> str:
    """``pronoun``, ``name`` or ``nominal``, from the words alone."""
    if words.casefold() in _PRONOUNS:
        return "pronoun"
    first = words.split(maxsplit=1)[0].casefold() if words.split() else ""
    if first in _DETERMINERS or words[:1].islower():
        return "nominal"
    return "name"


def guess_referring(words: str) -> str:
    """How words name a source: ``explicit`` by a name, ``anaphoric`` by a noun phrase or a pronoun."""
    return REFERRING[guess_mention_kind(words)]


REFERRING = {"name": "explicit", "nominal": "anaphoric", "pronoun": "anaphoric"}
"""How a source is referred to by a mention of each kind."""


_PRONOUNS = frozenset(
    {"i", "you", "he", "she", "it", "we", "they", "me", "him", "her", "us", "them", "who"}
    | {"я", "ты", "он", "она", "оно", "мы", "вы", "они"}
)
_DETERMINERS = frozenset(
    {"the", "a", "an", "his", "her", "its", "their", "our", "my", "your"}
    | {"this", "that", "these", "those", "some", "many"}
)


def common_fields(ws: Workspace, author: Author) -> dict[str, Any]:
    """The fields that every new annotation of the open article gets."""
    if ws.article is None:
        raise InvalidEdit("Open an article first.")
    time = now()
    return {
        "id": new_id(),
        "article_id": ws.article.id,
        "annotator": author.name,
        "guideline": author.guideline,
        "created": time,
        "updated": time,
    }


def _content(ws: Workspace, ranges: Ranges) -> tuple[Span, ...]:
    spans = anchors.tidy(ws.text, ranges)
    if not spans or all(not span.exact.strip() for span in spans):
        raise InvalidEdit("Select some words first.")
    return spans


def _created(title: str, record: Record) -> Edit:
    return Edit(title, (Change(None, record),))


def _changed(title: str, before: Record, after: Record) -> Edit:
    return Edit(title, (Change(before, after),))


def _annotation(ws: Workspace, id_: str) -> MarkedRecord:
    record = ws.annotation(id_)
    if record is None:
        raise InvalidEdit("This annotation is no longer there.")
    return record


def claim_of(ws: Workspace, id_: str) -> Claim:
    """The claim of that id. Raises InvalidEdit when it is not there."""
    claim = ws.claims.get(id_)
    if claim is None:
        raise InvalidEdit("This claim is no longer there.")
    return claim


def check_places(ws: Workspace, correction: Correction) -> None:
    """A correction that takes part in the corrected text changes something, and overlaps no other one."""
    if correction.applied:
        correction_spans(ws, anchors.places(correction.spans), skip=correction.id)
        if all(span.exact == (correction.replacement or "") for span in correction.spans):
            raise InvalidEdit("The replacement is the same as the text; delete the correction instead.")


def is_inside(ws: Workspace, claim_id: str | None, others: Container[str]) -> bool:
    """Whether the claim is one of the others, or sits inside one of them, however deep."""
    seen: set[str] = set()
    at = ws.claims.get(claim_id or "")
    while at is not None and at.id not in others and at.id not in seen:
        seen.add(at.id)
        at = ws.claims.get(at.parent_id or "")
    return at is not None and at.id in others


def _reads(correction: Correction) -> tuple[bool, str]:
    """Whether it takes part in the corrected text, and with which words."""
    return correction.applied, correction.replacement or ""


def _check_links(ws: Workspace, before: MarkedRecord, after: MarkedRecord) -> None:
    """What the change links to must be there, and no claim may come to sit inside itself."""
    held: dict[str, Mapping[str, Record]] = {"speaker": ws.speakers, "claim": ws.claims}
    known = set(links_of(before))
    for link in links_of(after):
        _, kind, id_ = link
        if link not in known and id_ not in held[kind]:
            raise InvalidEdit(f"This {kind} is no longer there.")
    if not isinstance(after, Claim) or not isinstance(before, Claim) or after.parent_id == before.parent_id:
        return
    if is_inside(ws, after.parent_id, {after.id}):
        raise InvalidEdit("A claim cannot be inside itself.")

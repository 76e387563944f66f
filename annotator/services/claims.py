"""What is done with whole claims: split, merge, duplicate, nest, and change many at once. One edit each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from annotator.edits import Change, Edit
from annotator.errors import InvalidEdit
from annotator.model import Claim, Hop, Speaker, now
from annotator.services import annotate, speakers
from annotator.services.annotate import Author
from annotator.services.together import in_turn, together
from annotator.text import anchors
from annotator.text.wording import counted
from annotator.workspace import Workspace, reading_order


def split(ws: Workspace, claim_id: str, offset: int, author: Author) -> Edit:
    """Divide a claim at a source offset: what comes after it becomes a claim of its own.

    Both have the same chain, labels, tags and parent. The sentence, the note and what is about the claim stay with the
    first. Claims inside go with the half that holds them whole, else they stay with the first.

    Raises:
        InvalidEdit: nothing would be left on one side.
    """
    claim = annotate.claim_of(ws, claim_id)
    ranges = anchors.places(claim.spans)
    before = [anchors.trim(ws.text, start, min(end, offset)) for start, end in ranges if start < offset]
    after = [anchors.trim(ws.text, max(start, offset), end) for start, end in ranges if end > offset]
    first, second = anchors.tidy(ws.text, before), anchors.tidy(ws.text, after)
    if not first or not second:
        raise InvalidEdit("Put the caret inside the claim, where it should be divided.")
    fresh = annotate.common_fields(ws, author)
    other = replace(claim, spans=second, text=None, note="", **fresh)
    changes = [Change(claim, replace(claim, spans=first, updated=now())), Change(None, other)]
    changes += [
        Change(child, replace(child, parent_id=other.id, updated=now()))
        for child in ws.claims.values()
        if child.parent_id == claim_id and child.spans and child.spans[0].start >= second[0].start
    ]
    return Edit("Split claim", tuple(changes))


def merge(ws: Workspace, claim_ids: Iterable[str]) -> Edit:
    """Make one claim of several: the first in the text takes the words, tags, notes and missing labels of the others.

    Raises:
        InvalidEdit: fewer than two claims, or their chains name different speakers.
    """
    found = {id_: annotate.claim_of(ws, id_) for id_ in claim_ids}
    claims = sorted(found.values(), key=reading_order)
    if len(claims) < 2:
        raise InvalidEdit("Select at least two claims to merge.")
    chains = {tuple(hop.speaker_id for hop in claim.chain): claim.chain for claim in claims if claim.chain}
    if len(chains) > 1:
        raise InvalidEdit("These claims have different sources; give them the same chain first.")
    kept = claims[0]
    outside = next(
        (c.parent_id for c in claims if c.parent_id is not None and not annotate.is_inside(ws, c.parent_id, found)),
        None,
    )
    values: dict[str, Any] = {
        name: next((value for c in claims if (value := getattr(c, name)) is not None), None)
        for name in ("form", "type", "check_worthy", "stance", "certainty")
    }
    values["text"] = " ".join(c.text for c in claims if c.text) or None
    values["note"] = "\n".join(dict.fromkeys(c.note for c in claims if c.note))
    values["tags"] = tuple(dict.fromkeys(tag for c in claims for tag in c.tags))
    values["unsure"] = any(c.unsure for c in claims)
    values["chain"] = _joined_chain(ws, [c.chain for c in claims if c.chain])
    values["spans"] = anchors.tidy(ws.text, [place for c in claims for place in anchors.places(c.spans)])
    after = replace(kept, parent_id=outside, updated=now(), **values)
    changes = [Change(kept, after), *(Change(claim, None) for claim in claims[1:])]
    gone = found.keys() - {kept.id}
    changes += [
        Change(c, replace(c, parent_id=kept.id, updated=now()))
        for c in ws.claims.values()
        if c.parent_id in gone and c.id not in found
    ]
    changes += [
        Change(c, replace(c, claim_id=kept.id, updated=now())) for c in ws.corrections.values() if c.claim_id in gone
    ]
    return Edit(f"Merge {len(claims)} claims", tuple(changes))


def duplicate(ws: Workspace, claim_id: str, author: Author) -> Edit:
    """A second claim on the same words, with the same chain and labels."""
    claim = annotate.claim_of(ws, claim_id)
    return Edit("Duplicate claim", (Change(None, replace(claim, **annotate.common_fields(ws, author))),))


def change_many(ws: Workspace, claim_ids: Sequence[str], **values: Any) -> Edit:
    """Set the same fields of several claims; see :func:`annotator.services.annotate.change`."""
    names = ", ".join(name.replace("_", " ") for name in values)
    return _each(ws, f"Change {names} of {counted(len(claim_ids), 'claim')}", claim_ids, lambda _: values)


def tag_many(ws: Workspace, claim_ids: Sequence[str], add: Sequence[str] = (), remove: Sequence[str] = ()) -> Edit:
    """Add tags to several claims and take others away; the tags they have besides stay."""

    def tags(claim: Claim) -> dict[str, Any]:
        kept = [tag for tag in claim.tags if tag not in remove]
        return {"tags": tuple(dict.fromkeys((*kept, *add)))}

    return _each(ws, f"Tag {counted(len(claim_ids), 'claim')}", claim_ids, tags)


def _each(ws: Workspace, title: str, claim_ids: Sequence[str], values: Callable[[Claim], dict[str, Any]]) -> Edit:
    """Change each claim as if alone: what one of them gets does not hang on what another gets.

    That holds for the parent, too: all get the same one, and a claim around that one can be no part of it.
    """
    edits = (annotate.change(ws, id_, **values(annotate.claim_of(ws, id_))) for id_ in dict.fromkeys(claim_ids))
    return Edit(title, tuple(change for edit in edits for change in edit.changes))


def set_chain_many(ws: Workspace, claim_ids: Sequence[str], line: str) -> Edit:
    """Give several claims the chain of one line; a speaker that is unknown is created once."""
    found: dict[str, Speaker] = {}
    makers = in_turn(claim_ids, lambda at, id_: speakers.set_chain_line(at, id_, line, found=found))
    return together(ws, f"Set the source of {counted(len(claim_ids), 'claim')}", makers)


def enclosing(ws: Workspace, claim_id: str) -> Claim | None:
    """The smallest claim that holds all of this one's words, which it most likely sits inside; None when none does."""
    claim = annotate.claim_of(ws, claim_id)
    if not claim.spans:
        return None
    start, end = claim.spans[0].start, claim.spans[-1].end
    around = [
        other
        for other in ws.claims.values()
        if other.id != claim_id and other.spans and other.spans[0].start <= start and other.spans[-1].end >= end
        if (other.spans[0].start, other.spans[-1].end) != (start, end)
    ]
    return min(around, key=lambda c: (c.spans[-1].end - c.spans[0].start, c.id), default=None)


def _joined_chain(ws: Workspace, chains: Sequence[tuple[Hop, ...]]) -> tuple[Hop, ...]:
    """One chain of several that name the same speakers: each hop has the words of all."""
    if not chains:
        return ()
    joined = []
    for hops in zip(*chains, strict=True):
        values: dict[str, Any] = {
            name: anchors.tidy(ws.text, [place for hop in hops for place in anchors.places(getattr(hop, name))])
            for name in ("mention_spans", "cue_spans")
        }
        for name in ("referring", "medium", "addressee_id", "date"):
            values[name] = next((value for hop in hops if (value := getattr(hop, name)) is not None), None)
        joined.append(Hop(hops[0].speaker_id, **values))
    return tuple(joined)

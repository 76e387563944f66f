"""Corrections: marking them, guessing their cause, and the corrected text they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from annotator.edits import Change, Edit
from annotator.errors import InvalidEdit
from annotator.model import Correction, Span, now
from annotator.rules import check_fields
from annotator.services.annotate import Author, Ranges, change, common_fields, correction_spans
from annotator.services.together import in_turn, together
from annotator.text import anchors
from annotator.text.corrected import PieceMap, overlaps, replacements
from annotator.workspace import Workspace

_QUOTES = "\"'“”„‟‘’‚‛«»‹›"


def mark(ws: Workspace, ranges: Ranges, replacement: str, author: Author, cause: str | None = None) -> Edit:
    """A new transcription correction: every range reads ``replacement`` ("" deletes, an empty range inserts).

    Raises:
        InvalidEdit: nothing would change, or a place is already corrected.
    """
    spans = correction_spans(ws, ranges, skip=None)
    if not spans:
        raise InvalidEdit("Select the words to correct first.")
    if all(span.exact == replacement for span in spans):
        raise InvalidEdit("The replacement is the same as the text.")
    return _marked(spans, replacement, ws, author, cause)


def _marked(spans: tuple[Span, ...], replacement: str, ws: Workspace, author: Author, cause: str | None = None) -> Edit:
    record = Correction(
        spans=spans,
        kind="transcription",
        replacement=replacement,
        cause=cause or guess_cause(spans[0].exact, replacement),
        **common_fields(ws, author),
    )
    return Edit("Mark correction", (Change(None, record),))


def regularise(ws: Workspace, ranges: Ranges, replacement: str, author: Author) -> Edit:
    """Another spelling of the words, for searching; the text stays as it is.

    A regularisation that stands on these very places is changed.

    Raises:
        InvalidEdit: there are no words, or no other spelling.
    """
    spans = tuple(anchors.anchor(ws.text, start, end) for start, end in sorted(set(ranges)) if start < end)
    if not spans:
        raise InvalidEdit("Select the words to regularise first.")
    if not replacement.strip():
        raise InvalidEdit("Type how it is spelt otherwise; a regularisation leaves nothing out.")
    if all(span.exact == replacement for span in spans):
        raise InvalidEdit("The spelling is the same as in the text.")
    if (former := regularised(ws, anchors.places(spans))) is not None:
        return change(ws, former.id, replacement=replacement)
    record = Correction(spans=spans, kind="regularisation", replacement=replacement, **common_fields(ws, author))
    return Edit("Regularise", (Change(None, record),))


def regularised(ws: Workspace, ranges: Ranges) -> Correction | None:
    """The regularisation that stands on these very places and is not rejected."""
    wanted = tuple(sorted(set(ranges)))
    for record in ws.corrections.values():
        kept = record.kind == "regularisation" and record.status != "rejected"
        if kept and anchors.places(record.spans) == wanted:
            return record
    return None


def reading(ws: Workspace, start: int, end: int) -> tuple[int, int, str]:
    """What ``[start, end)`` reads now, as the transcription corrections have it.

    The range comes back with its text, widened to whole corrected places; insertions at its ends stay outside, unless
    it is empty.
    """
    inside = _corrected_places(ws, start, end)
    low = min([start, *(span.start for span, _ in inside)])
    high = max([end, *(span.end for span, _ in inside)])
    parts, position = [], low
    for span, record in inside:
        parts += [ws.text[position : span.start], record.replacement or ""]
        position = span.end
    return low, high, "".join(parts) + ws.text[position:high]


def correct(ws: Workspace, start: int, end: int, replacement: str, author: Author) -> Edit:
    """Let ``[start, end)``, widened to whole corrected places, read ``replacement``.

    A correction that stood there alone is changed; others give up their places there. When the text is to read as the
    source does, they do so as well, and nothing comes instead.

    Raises:
        InvalidEdit: nothing would change.
    """
    inside = _corrected_places(ws, start, end)
    low, high, text = reading(ws, start, end)
    if not inside:
        return mark(ws, [(low, high)], replacement, author)
    if replacement == text:
        raise InvalidEdit("The text reads so already.")
    taken = {(record.id, span.start, span.end) for span, record in inside}
    records = {record.id: record for _, record in inside}
    rest = {r.id: tuple(s for s in r.spans if (r.id, s.start, s.end) not in taken) for r in records.values()}
    changes: list[Change] = []
    whole = [record for record in records.values() if not rest[record.id]]
    if replacement != ws.text[low:high]:
        spans = (anchors.anchor(ws.text, low, high),)
        if whole:
            kept = whole.pop(0)
            same = anchors.places(kept.spans) == ((low, high),)
            cause = kept.cause if same else guess_cause(spans[0].exact, replacement) or kept.cause
            after = replace(kept, spans=spans, replacement=replacement, cause=cause, updated=now())
            changes.append(Change(kept, after))
        else:
            changes += _marked(spans, replacement, ws, author).changes
    changes += [Change(record, None) for record in whole]
    changes += [
        Change(record, replace(record, spans=rest[id_], updated=now())) for id_, record in records.items() if rest[id_]
    ]
    return Edit("Change correction", tuple(changes))


def _corrected_places(ws: Workspace, start: int, end: int) -> list[tuple[Span, Correction]]:
    """The corrected places that share a character with the range or lie inside it, in text order.

    For an empty range: the insertion at that very place, or the place around it.
    """
    found = [
        (span, record)
        for record in ws.corrections.values()
        if record.applied
        for span in record.spans
        if overlaps(start, end, span.start, span.end)
    ]
    return sorted(found, key=lambda place: (place[0].start, place[0].end))


def factual(ws: Workspace, claim_id: str, author: Author, verdict: str | None = None) -> Edit:
    """A new factual correction about a claim. It changes no text; evidence and verdict are given to it afterwards.

    Raises:
        InvalidEdit: the claim is not there, or the verdict is unknown.
    """
    if claim_id not in ws.claims:
        raise InvalidEdit("This claim is no longer there.")
    record = Correction(kind="factual", claim_id=claim_id, spans=(), **common_fields(ws, author))
    check_fields(record, {"verdict": verdict}, (), ws.vocabulary)
    return Edit("Add factual correction", (Change(None, replace(record, verdict=verdict)),))


def change_kind(ws: Workspace, id_: str, kind: str) -> Edit:
    """Make a correction one of another kind. What the new kind does not have is dropped: the kinds are never mixed.

    Raises:
        InvalidEdit: there is no new text, which the new kind needs; another correction stands where this one would
            change the text.
    """
    record = ws.corrections.get(id_)
    if record is None or record.kind == kind:
        return change(ws, id_, kind=kind)
    if record.kind == "factual":
        raise InvalidEdit("A factual correction has no new text; correct the words in the article instead.")
    if kind == "factual":
        return change(ws, id_, kind=kind, replacement=None, cause=None)
    if kind == "regularisation":
        if not (record.replacement or "").strip():
            raise InvalidEdit("A regularisation leaves nothing out; give the other spelling first.")
        return change(ws, id_, kind=kind, cause=None)
    return change(ws, id_, kind=kind, cause=guess_cause(record.spans[0].exact, record.replacement or ""))


def set_status(ws: Workspace, ids: Sequence[str], status: str) -> Edit:
    """Accept, reject or reopen corrections, one or many in one step.

    Raises:
        PlaceTaken: one that was rejected overlaps another that has been made since.
    """
    verb = {"accepted": "Accept", "rejected": "Reject"}.get(status, "Reopen")
    what = "correction" if len(ids) == 1 else f"{len(ids)} corrections"
    return together(ws, f"{verb} {what}", in_turn(ids, lambda at, id_: change(at, id_, status=status)))


def guess_cause(exact: str, replacement: str) -> str | None:
    """The likeliest cause, from the difference alone; None when several are as likely."""
    if "\n" in exact and exact.replace("\n", " ").split() == replacement.split():
        return "line_break"
    if exact and not replacement and len(exact.split()) > 2:
        return "inserted_matter"
    if re.sub(r"-\s*\n\s*", "", exact) == replacement != exact:
        return "hyphenation"
    if "".join(exact.split()) == "".join(replacement.split()):
        return "spacing"
    if _without(exact, _QUOTES) == _without(replacement, _QUOTES):
        return "quote_mark"
    return "ocr" if exact and replacement else None


def piece_map(text: str, corrections: Iterable[Correction]) -> PieceMap:
    """The way between ``text`` and its corrected text. Raises InvalidEdit when corrections overlap."""
    return PieceMap(text, replacements(corrections))


def _without(text: str, characters: str) -> str:
    return "".join(c for c in text if c not in characters)

"""Give an annotation whose places no longer quote the text sound ones again. Every function returns the edit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from annotator.edits import Change, Edit
from annotator.errors import InvalidEdit, InvalidSpan
from annotator.model import Claim, Correction, Hop, Span, kind_of, now
from annotator.services.annotate import MarkedRecord, check_places
from annotator.text import anchors
from annotator.workspace import Workspace

Mend = Callable[[str, Span], Span | None]
"""Makes a sound span of a broken one (text, span); None when it cannot."""


def find_again(ws: Workspace, annotation_id: str) -> Edit:
    """Move each broken place to where its words stand now, told by what stood around them.

    Raises:
        InvalidEdit: some words are nowhere, or in several places that are equally likely.
    """
    return _mended(ws, annotation_id, anchors.find_again, "They stand nowhere in the text, or in more than one place.")


def take_anew(ws: Workspace, annotation_id: str) -> Edit:
    """Leave each broken place where it is and take the words that stand there now.

    Raises:
        InvalidEdit: a place is outside the text, or empty.
    """
    return _mended(ws, annotation_id, _as_it_stands, "There are no words at this place.")


def _as_it_stands(text: str, span: Span) -> Span | None:
    return anchors.anchor(text, span.start, span.end) if 0 <= span.start < span.end <= len(text) else None


def _mended(ws: Workspace, annotation_id: str, mend: Mend, refusal: str) -> Edit:
    record = ws.annotation(annotation_id)
    if record is None:
        raise InvalidEdit("This annotation is no longer there.")

    def sound(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        kept: list[Span] = []
        for span in spans:
            try:
                anchors.check(ws.text, span)
            except InvalidSpan:
                found = mend(ws.text, span)
                if found is None:
                    raise InvalidEdit(refusal) from None
                kept.append(found)
            else:
                kept.append(span)
        return tuple(sorted(set(kept), key=lambda span: (span.start, span.end)))

    after: MarkedRecord = replace(record, spans=sound(record.spans), updated=now())
    if isinstance(after, Claim):
        after = replace(after, chain=tuple(_hop(hop, sound) for hop in after.chain))
    if isinstance(after, Correction):
        check_places(ws, after)
    return Edit(f"Mend places of {kind_of(record)}", (Change(record, after),))


def _hop(hop: Hop, sound: Callable[[tuple[Span, ...]], tuple[Span, ...]]) -> Hop:
    return replace(hop, mention_spans=sound(hop.mention_spans), cue_spans=sound(hop.cue_spans))

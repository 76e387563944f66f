"""Move one boundary of an annotation by a character, a word or a sentence."""

from __future__ import annotations

from annotator.edits import Edit
from annotator.errors import InvalidEdit
from annotator.services import annotate
from annotator.text import anchors, steps
from annotator.workspace import Workspace


def step(ws: Workspace, annotation_id: str, part: int, side: str, unit: steps.Unit, direction: int) -> Edit:
    """Move the ``side`` (start or end) of a part one unit later (1) or earlier (-1).

    Parts never cross, and never touch, which would make them one: a boundary stops before the neighbouring part.

    Raises:
        InvalidEdit: it cannot move that way; the sentence says what is in the way.
    """
    record = ws.annotation(annotation_id)
    if record is None or not 0 <= part < len(record.spans):
        raise InvalidEdit("This annotation has no place in the text.")
    span, at_start = record.spans[part], side == "start"
    here = span.start if at_start else span.end
    there = steps.step(ws.text, here, side, unit, direction)
    if (direction > 0) == at_start and (there == here or not span.start < there < span.end):
        smaller = ": take it out, or delete the annotation" if unit == "character" else ": move it by a smaller step"
        raise InvalidEdit(f"Nothing would be left of this part{smaller}.")
    if there == here:
        raise InvalidEdit("The text ends here." if direction > 0 else "The text begins here.")
    if at_start and direction < 0 and part > 0:
        there = max(there, _first_free(ws.text, record.spans[part - 1].end, here))
    elif not at_start and direction > 0 and part + 1 < len(record.spans):
        there = min(there, _last_free(ws.text, here, record.spans[part + 1].start))
    if there == here:
        raise InvalidEdit("Another part of this annotation is next to it.")
    return annotate.move_boundary(ws, annotation_id, part, side, there)


def _first_free(text: str, low: int, high: int) -> int:
    """The earliest start in ``[low, high]`` that does not touch a part that ends at ``low``."""
    start, end = anchors.trim(text, low, high)
    if start == end:
        return high
    return start if start > low else min(high, anchors.grapheme_end(text, low + 1))


def _last_free(text: str, low: int, high: int) -> int:
    """The latest end in ``[low, high]`` that does not touch a part that starts at ``high``."""
    start, end = anchors.trim(text, low, high)
    if start == end:
        return low
    return end if end < high else max(low, anchors.grapheme_start(text, high - 1))

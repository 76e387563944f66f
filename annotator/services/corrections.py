"""Corrections: marking them, guessing their cause, and the corrected text they make."""

from __future__ import annotations

import re
from collections.abc import Iterable

from annotator.edits import Change, Edit
from annotator.errors import InvalidEdit
from annotator.model import Correction
from annotator.services.annotate import Author, Ranges, common_fields, correction_spans
from annotator.text.corrected import PieceMap, replacements
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
    record = Correction(
        spans=spans,
        kind="transcription",
        replacement=replacement,
        cause=cause or guess_cause(spans[0].exact, replacement),
        **common_fields(ws, author),
    )
    return Edit("Mark correction", (Change(None, record),))


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

"""What reading and writing GNQA's JSON share: its words for ours, places in notes, and words as a file divides them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from annotator.formats.standoff.graph import Attributes, Place
from annotator.text.sentences import sentences
from annotator.text.tokens import Token, tokens
from annotator.text.wording import shorten

FORMS: Attributes = (
    ("Direct", "direct"),
    ("Indirect", "indirect"),
    ("FreeIndirect", "free_indirect"),
    ("Reported", "reported"),
)
"""Their types and our forms. Theirs of a mixed quotation is ``Indirect``."""
UNDECIDED = "IndirectFreeIndirect"
"""The type of a quotation that is indirect or free indirect: the form is ``free_indirect``, and this is a tag."""
MEDIUMS = ("Speech", "Thought", "Writing", "ST", "SW", "TW")
NO_MEDIUM = "none"
NOTED = ("frame", "addressee")
"""Roles of theirs that stand in the claim's note."""
ORDER, NESTED, NESTING, TYPE = "gnqa_order", "gnqa_is_nested", "gnqa_has_nested", "gnqa_type"
"""Names in the note: what of a quotation could not be told from our records."""

_WORDS = "Words as the file divides them: "
_SENTENCES = "Sentences of the file that begin otherwise than here: "
_NOTED = re.compile(r"^(\w+) = ([\d, –]+) “(.*)”$")
_RANGE = re.compile(r"(\d+)–(\d+)")


def noted(text: str, places: Sequence[Place]) -> str:
    """Places as a note tells them, with the beginning of their words: ``3–9, 12–14 “sagte …”``."""
    where = ", ".join(f"{start}–{end}" for start, end in places)
    return f"{where} “{_quoted(text, places)}”"


def places_noted(text: str, line: str) -> tuple[str, list[Place]] | None:
    """The name and places that a line of a note tells (:func:`noted`); None when it tells none of this text."""
    match = _NOTED.match(line)
    if match is None:
        return None
    places = [(int(start), int(end)) for start, end in _RANGE.findall(match[2])]
    fits = all(start < end <= len(text) for start, end in places) and places
    return (match[1], places) if fits and _quoted(text, places) == match[3] else None


def _quoted(text: str, places: Sequence[Place]) -> str:
    return shorten(" … ".join(text[start:end] for start, end in places), 60)


# -- words and sentences ----------------------------------------------------------------------------------------


def division(text: str, words: Sequence[Token], begins: Iterable[int]) -> list[str]:
    """Notes that say how a file divides the text where this program would do otherwise."""
    own = set(tokens(text))
    differing = [word for word in words if word not in own]
    told = []
    if differing:
        told.append(_WORDS + ", ".join(f"{start}–{end}" for start, end in differing) + ".")
    otherwise = sorted({start for start, _ in sentences(text)} ^ set(begins))
    if otherwise:
        told.append(_SENTENCES + ", ".join(map(str, otherwise)) + ".")
    return told


def divided(text: str, notes: Iterable[str]) -> tuple[list[Token], list[int]]:
    """The words of a text and where its sentences begin, as the notes of :func:`division` say."""
    words: list[Token] = []
    begins = {start for start, _ in sentences(text)}
    for note in notes:
        if note.startswith(_WORDS):
            words = [(int(start), int(end)) for start, end in _RANGE.findall(note)]
        elif note.startswith(_SENTENCES):
            begins ^= {int(each) for each in re.findall(r"\d+", note)}
    return with_words(tokens(text), words), sorted(begins)


def with_words(own: Sequence[Token], words: Sequence[Token]) -> list[Token]:
    """``own`` with ``words`` instead of those that they touch. Both are in text order."""
    result = []
    at = 0
    for token in own:
        while at < len(words) and words[at][1] <= token[0]:
            at += 1
        if at == len(words) or words[at][0] >= token[1]:
            result.append(token)
    return sorted([*result, *words])

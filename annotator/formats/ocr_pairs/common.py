"""What reading and writing pairs share: the words of ICDAR's layout, and why a text was misread."""

from __future__ import annotations

INPUT, OCR, GROUND_TRUTH = "[OCR_toInput]", "[OCR_aligned]", "[ GS_aligned]"
PAD, IGNORED = "@", "#"
"""Stand for a character that the other line alone has, and for one that the ground truth leaves open."""
_QUOTES = frozenset("\"'“”„‟‘’‚‛«»‹›`´")
_HYPHENS = frozenset("-­‐¬")


def cause_of(wrong: str, right: str) -> str:
    """The cause of a correction, as far as the letters show it."""
    if "".join(wrong.split()) == "".join(right.split()):
        return "line_break" if "\n" in wrong + right else "spacing"
    if "\n" in wrong and _without(wrong, _HYPHENS) == _without(right, _HYPHENS):
        return "hyphenation"
    return "quote_mark" if _without(wrong, _QUOTES) == _without(right, _QUOTES) else "ocr"


def _without(text: str, letters: frozenset[str]) -> str:
    return "".join(letter for letter in text if letter not in letters and not letter.isspace())

"""The lines of a PDF page, with where they stand, from the places of its characters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

_GAP = 1.8
"""How many times the size of the letters a blank is wide that parts two columns, not two words."""
_HYPHENS = {0x02: "-", 0xFFFE: "-"}
"""What pdfium puts for a hyphen at the end of a line."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or the part of it in one column. Points from the lower left of the page."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    """How high the letters' boxes are, in points: a little more than the size of the type."""


_Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""


@dataclass(slots=True)
class _Character:
    text: str
    box: _Box | None
    """None for what pdfium puts in: blanks and line ends."""


def lines_of(pdfium: Any, page: Any) -> list[Line]:
    """The lines in the order in which the document has them."""
    textpage = page.get_textpage()
    try:
        lines: list[list[_Character]] = [[]]
        for character in _characters(pdfium.raw, textpage):
            if character.text in "\r\n":
                lines.append([])
            else:
                lines[-1].append(character)
    finally:
        textpage.close()
    return [line for run in lines for piece in _parted(run) if (line := _line(piece))]


def _characters(raw: Any, textpage: Any) -> Iterator[_Character]:
    high = 0
    for index in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if 0xD800 <= code < 0xDC00:  # half a pair: the other half follows
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        if code == 0:
            continue
        yield _Character(_HYPHENS.get(code, chr(code)), _box(raw, textpage, index, code))


def _box(raw: Any, textpage: Any, index: int, code: int) -> _Box | None:
    """Where a character stands; None for blanks and line ends that pdfium puts in."""
    if code not in _HYPHENS and raw.FPDFText_IsGenerated(textpage, index) == 1:
        return None
    rect = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(textpage, index, rect):
        return None
    return rect.left, rect.bottom, rect.right, rect.top


def _parted(run: list[_Character]) -> list[list[_Character]]:
    """A run cut where the next column begins: at a blank much wider than one between words."""
    pieces: list[list[_Character]] = [[]]
    before: _Box | None = None
    for character in run:
        box = character.box
        if box is not None and not character.text.isspace():
            if before is not None and _distance(before, box) > _GAP * max(1.0, box[3] - box[1]):
                pieces.append([])
            before = box
        pieces[-1].append(character)
    return pieces


def _distance(one: _Box, other: _Box) -> float:
    """The width of the blank between two characters of a line, whichever of them comes first."""
    return max(other[0] - one[2], one[0] - other[2])


def _line(run: list[_Character]) -> Line | None:
    text = " ".join("".join(character.text for character in run).split())
    boxes = [character.box for character in run if character.box and not character.text.isspace()]
    if not text or not boxes:
        return None
    return Line(
        text,
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
        median(box[3] - box[1] for box in boxes),
    )

"""What repeats at the top and the foot of the pages: the name of the paper, the date, page numbers."""

from __future__ import annotations

import re
from collections import Counter

from annotator.formats.pdf.lines import Line
from annotator.text.wording import counted, shorten

_EDGE = 2
"""How many rows at the top and at the foot may repeat."""
_ROOM = 0.5
"""How much room there is at least between them and the text, in sizes of letters."""
_ROOM_OF_A_NUMBER = 1.5
"""The same for a number that no other page has at this place, so that nothing but its place shows what it is."""
_NUMBERS = re.compile(r"\d+")
_PAGE = re.compile(r"(?:page|seite|p\.|s\.|стр\.?)?\s*[-–—]?\s*#\s*[-–—]?(?:\s*(?:of|von|/|из)\s*#)?", re.IGNORECASE)


def without_furniture(pages: list[list[Line]]) -> tuple[list[list[Line]], list[str]]:
    """The pages without the lines that repeat at their edges, and a sentence for each kind that was left out.

    A line counts when it stands at the same height of at least half of the pages and of three (of both, when there
    are two), numbers aside; on two pages only what has a number in it counts, since a line may repeat by chance.
    """
    filled = [page for page in pages if page]
    if len(filled) < 2:
        return _without_number(pages)
    seen = Counter(key for page in filled for key in {_key(line) for line in _edges(page)})
    least = max(2, min(3, len(filled)), len(filled) // 2)
    repeated = {key for key, count in seen.items() if count >= least and (len(filled) > 2 or "#" in key[0])}
    if not repeated:
        return pages, []
    kept: list[list[Line]] = []
    left_out: Counter[tuple[str, int]] = Counter()
    examples: dict[tuple[str, int], str] = {}
    for page in pages:
        edges = {id(line) for line in _edges(page) if _key(line) in repeated}
        for line in page:
            if id(line) in edges:
                left_out[_key(line)] += 1
                examples.setdefault(_key(line), line.text)
        kept.append([line for line in page if id(line) not in edges])
    if not any(kept):  # nothing but lines that repeat: they are the text
        return pages, []
    notes = [
        f"Left out “{shorten(examples[key], 60)}” and its like, which stands at the edge of {counted(count, 'page')}."
        for key, count in left_out.items()
    ]
    return kept, notes


def _without_number(pages: list[list[Line]]) -> tuple[list[list[Line]], list[str]]:
    """An only page without its number, which stands alone in its row and far from the text."""
    rows = [rows_of(page) for page in pages]
    found = [
        ends[0][0]
        for each in rows
        if len(each) > 1
        for ends in (each, each[::-1])
        if len(ends[0]) == 1
        and is_page_number(ends[0][0].text)
        and keeps_away(ends[0][0], ends[1][0], _ROOM_OF_A_NUMBER)
    ]
    kept = [[line for line in page if line not in found] for page in pages]
    if not any(kept):  # nothing but numbers: they are the text
        return pages, []
    return kept, [f"Left out “{shorten(line.text, 60)}” at the edge of the page, as its number." for line in found]


def _edges(page: list[Line]) -> list[Line]:
    """What stands apart from the rest at the top and at the foot: a row or two with room beside them."""
    rows = rows_of(page)
    return [line for row in (*_apart(rows), *_apart(rows[::-1])) for line in row]


def rows_of(page: list[Line]) -> list[list[Line]]:
    """What stands beside each other, from the top of the page to its foot."""
    rows: list[list[Line]] = []
    for line in sorted(page, key=lambda each: -(each.bottom + each.top)):
        if rows and rows[-1][0].bottom < (line.bottom + line.top) / 2:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _apart(rows: list[list[Line]]) -> list[list[Line]]:
    """The first rows of these that the others keep away from; none when they are all one block."""
    for count in range(min(_EDGE, len(rows) - 1), 0, -1):
        if keeps_away(rows[count - 1][0], rows[count][0]):
            return rows[:count]
    return []


def keeps_away(one: Line, other: Line, room: float = _ROOM) -> bool:
    """Whether there is more room between two lines, one above the other, than in running text."""
    return max(one.bottom - other.top, other.bottom - one.top) > room * one.size


def _key(line: Line) -> tuple[str, int]:
    """What is the same in repeated lines: the words without numbers, and the height on the page to a few points."""
    words = "#" if is_page_number(line.text) else _NUMBERS.sub("#", line.text)
    return words, round(line.bottom / 6)


def is_page_number(words: str) -> bool:
    """Whether it says which page it is: ``3``, ``- 3 -``, ``3/12``, ``Page 3 of 12``."""
    return _PAGE.fullmatch(_NUMBERS.sub("#", words)) is not None

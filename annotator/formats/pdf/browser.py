"""What a browser prints at the edges of each page: when, the page's title, its address, and which page of how many.

It stands in the outermost rows, on a single page too, where nothing repeats, and never close to the text. A row counts
when the outermost rows of its page have signs of two sorts, one of them an address: a time above and a number below
may well be the article's own.
"""

from __future__ import annotations

import re

from annotator.formats.pdf.furniture import is_page_number, keeps_away, rows_of
from annotator.formats.pdf.lines import Line
from annotator.text.wording import counted, shorten

_STAMP = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s+\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?(?!\S)")
_ADDRESS = re.compile(r"(?:https?|file)://\S+", re.IGNORECASE)
_CUT = ("…", "...")
"""What a browser puts for the rest of an address that is too long."""


def without_browsers_rows(pages: list[list[Line]]) -> tuple[list[list[Line]], str | None, list[str]]:
    """The pages without these rows, the address in them if it is whole, and a sentence with what was left out."""
    kept: list[list[Line]] = []
    told: list[str] = []
    address: str | None = None
    for page in pages:
        rows = _browsers(page)
        gone = {id(line) for row in rows for line in row}
        kept.append([line for line in page if id(line) not in gone])
        told += [" ".join(line.text for line in row) for row in rows] if not told else []
        address = address or next((found for row in rows for line in row if (found := _whole(line))), None)
    count = sum(len(before) != len(after) for before, after in zip(pages, kept, strict=True))
    if not count or not any(kept):
        return pages, None, []
    quoted = " and ".join(f"“{shorten(each, 100)}”" for each in told)
    return kept, address, [f"Left out what a browser printed at the edges of {counted(count, 'page')}: {quoted}."]


def _browsers(page: list[Line]) -> list[list[Line]]:
    """The rows of a page that are a browser's."""
    rows = [sorted(row, key=lambda line: line.left) for row in rows_of(page)]
    outer = (
        rows
        if len(rows) < 2
        else [row for row, other in ((rows[0], rows[1]), (rows[-1], rows[-2])) if keeps_away(row[0], other[0])]
    )
    signs = [{sign for line in row if (sign := _sign(line))} for row in outer]
    sorts = set().union(*signs)
    if len(sorts) < 2 or "address" not in sorts:
        return []
    return [row for row, found in zip(outer, signs, strict=True) if found]


def _sign(line: Line) -> str:
    if _STAMP.match(line.text):
        return "time"
    if _ADDRESS.match(line.text):
        return "address"
    return "page" if is_page_number(line.text) else ""


def _whole(line: Line) -> str | None:
    """The address in a line, unless it is cut or leads to a file."""
    found = _ADDRESS.match(line.text)
    return None if found is None or any(cut in found[0] for cut in _CUT) or found[0][:4] == "file" else found[0]

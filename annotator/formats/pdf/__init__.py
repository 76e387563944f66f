"""PDF documents: their text as it is printed, line by line, by pypdfium2.

Lines stay lines and a hyphen at the end of one stays, since that is what the source says; whoever wants running text
corrects it. Columns are read one after the other. What repeats at the top or the foot of the pages is left out, and
said; so is where each page begins. A document that is locked or has pictures of text only is refused.
"""

from __future__ import annotations

import contextlib
import re
from typing import Any

from annotator.errors import ImportFailed
from annotator.formats.base import Format
from annotator.formats.drafting import reader
from annotator.formats.extras import need
from annotator.formats.found import Asked, Found
from annotator.formats.pdf.browser import without_browsers_rows
from annotator.formats.pdf.furniture import without_furniture
from annotator.formats.pdf.lines import Line, lines_of
from annotator.formats.pdf.order import in_order
from annotator.formats.pdf.paragraphs import joined
from annotator.text.wording import counted

MOST_PAGES = 2000
_PLACES = 40
_NO_TITLE = re.compile(r"\.(?:docx?|odt|indd|qxd|pdf|tex|rtf|html?)$|^(?:untitled|microsoft word)", re.IGNORECASE)


def extract(data: bytes, asked: Asked) -> list[Found]:
    """The document as one article. Raises ``ImportFailed``: it is locked, broken, too long, or has no text."""
    pdfium = need("pypdfium2", "articles", "Reading PDF files")
    document = _opened(pdfium, data, asked.name)
    with contextlib.closing(document):
        if len(document) > MOST_PAGES:
            raise ImportFailed(f"{asked.name} has {len(document):,} pages; more than {MOST_PAGES:,} are no article.")
        pages, widths, unread = _pages(pdfium, document)
        title, byline = _metadata(document)
    if not any(pages):
        if unread:
            raise ImportFailed(f"{asked.name} cannot be read: its pages are damaged.")
        raise ImportFailed(
            f"{asked.name} has no text, only pictures of it; put it through a text recognition (OCR) first."
        )
    kept, address, browsers = without_browsers_rows(pages)
    kept, notes = without_furniture(kept)
    notes[:0] = browsers
    text, begins = joined([in_order(lines, width) for lines, width in zip(kept, widths, strict=True)])
    empty = [str(number) for number, page in enumerate(pages, start=1) if not page]
    if empty and len(empty) > len(unread):
        notes.append(f"No text on {counted(len(empty), 'page')} ({', '.join(empty[:_PLACES])}): pictures, or nothing.")
    notes += [f"Page {number} is damaged and was left out." for number in unread[:_PLACES]]
    notes += _breaks(begins)
    return [Found(text, title, byline, url=address, notes=tuple(notes))]


def _opened(pdfium: Any, data: bytes, name: str) -> Any:
    try:
        document = pdfium.PdfDocument(data)
        len(document)
    except pdfium.PdfiumError as error:
        if "password" in str(error).casefold():
            raise ImportFailed(f"{name} is locked with a password; save it without one.") from None
        raise ImportFailed(f"{name} is no PDF document, or a damaged one.") from None
    return document


def _pages(pdfium: Any, document: Any) -> tuple[list[list[Line]], list[float], list[int]]:
    """The lines of each page in the document's order, its width in points, and the pages that cannot be read."""
    pages: list[list[Line]] = []
    widths: list[float] = []
    unread: list[int] = []
    for number in range(len(document)):
        try:
            page = document[number]
            pages.append(lines_of(pdfium, page))
            widths.append(page.get_width())
            page.close()
        except pdfium.PdfiumError:
            unread.append(number + 1)
            pages.append([])
            widths.append(0.0)
    return pages, widths, unread


def _metadata(document: Any) -> tuple[str | None, str | None]:
    """Title and author, where the document names them and they are no names of files or programs."""
    told = document.get_metadata_dict(skip_empty=True)
    title, author = told.get("Title", "").strip(), told.get("Author", "").strip()
    return None if _NO_TITLE.search(title) else title or None, author or None


def _breaks(begins: list[tuple[int, int]]) -> list[str]:
    if len(begins) < 2:
        return []
    told = ", ".join(f"page {number} at character {place:,}" for number, place in begins[1 : _PLACES + 1])
    return [f"Pages begin in the text: {told}{' …' if len(begins) > _PLACES + 1 else ''}."]


FORMAT = Format(
    name="pdf",
    title="PDF document",
    extensions=(".pdf",),
    read=reader(extract),
    offset_unit="none",
    extra="articles",
    modules=("pypdfium2",),
)

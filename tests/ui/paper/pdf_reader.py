"""Reads PDFs with another program than Qt."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pypdfium2


def read_pdf(path: Path) -> list[str]:
    """The text of each page, in the order of its content, with plain letters."""
    with pypdfium2.PdfDocument(path) as pdf:
        return [plain(page.get_textpage().get_text_bounded()) for page in pdf]


def plain(text: str) -> str:
    """Without blanks and line ends; typographic look-alikes (a font has one glyph for several) as one character."""
    text = unicodedata.normalize("NFKC", text.replace("\ufffe", "-").replace("\x02", "-"))
    return "".join(text.translate({0x2BC: "’", 0x2EE: "”", 0x2010: "-"}).split())

"""Electronic books: each chapter with text is an article of its own, in the order of reading.

News that is delivered as a book has one article a chapter, and a whole book would be too long to work on. Pages
that only lead elsewhere (cover, contents) are left out, and said.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from annotator.errors import ImportFailed
from annotator.formats.base import Format
from annotator.formats.drafting import reader
from annotator.formats.found import Asked, Found
from annotator.formats.markup import read_page
from annotator.formats.package import Package
from annotator.text.decode import decode

MOST_CHAPTERS = 5000
_PAGES = {"application/xhtml+xml", "text/html", "application/x-dtbook+xml"}
_DAY = re.compile(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:T.*)?")


def extract(data: bytes, asked: Asked) -> list[Found]:
    """An article for each chapter. Raises ``ImportFailed``: it is none, protected, damaged, or without text."""
    package = Package(data, asked.name, "EPUB book")
    path, book = _book(package)
    protected = _protected(package)
    manifest = {
        item.get("id", ""): item for item in book.iter() if _name(item) == "item" and item.get("href") is not None
    }
    refs = dict.fromkeys(each.get("idref", "") for each in book.iter() if _name(each) == "itemref")
    spine = [manifest[ref] for ref in refs if ref in manifest]
    if len(spine) > MOST_CHAPTERS:
        raise ImportFailed(f"{asked.name} has {len(spine):,} chapters; more than {MOST_CHAPTERS:,} are no book.")
    found: list[Found] = []
    passed: list[str] = []
    for item in spine:
        target = posixpath.normpath(
            posixpath.join(posixpath.dirname(path), unquote(urlsplit(item.get("href", "")).path))
        )
        if target in protected:
            raise ImportFailed(f"{asked.name} is protected against copying (DRM) and cannot be read.")
        page = package.part(target) if item.get("media-type") in _PAGES else None
        chapter = _chapter(page, book, asked) if page and "nav" not in item.get("properties", "").split() else None
        if chapter is None:
            passed.append(posixpath.basename(target))
        else:
            found.append(chapter)
    if not found:
        raise ImportFailed(f"{asked.name} has no text.")
    return _numbered(found, passed)


def _book(package: Package) -> tuple[str, Element]:
    """The path of the part that describes the book, and its content."""
    container = package.xml("META-INF/container.xml")
    roots = [each for each in container.iter() if _name(each) == "rootfile"] if container is not None else []
    path = roots[0].get("full-path", "") if roots else ""
    book = package.xml(path)
    if book is None:
        raise package.broken()
    return path, book


def _protected(package: Package) -> set[str]:
    """The parts that are encrypted; fonts often are, without harm."""
    root = package.xml("META-INF/encryption.xml")
    found = [each for each in root.iter() if _name(each) == "CipherReference"] if root is not None else []
    return {posixpath.normpath(unquote(each.get("URI", ""))) for each in found}


def _chapter(data: bytes, book: Element, asked: Asked) -> Found | None:
    """One chapter; None when it says nothing that its headings do not."""
    match = re.search(rb"""(?:encoding|charset)\s*=\s*["']?([A-Za-z0-9_.:-]{2,40})""", data[:1024])
    decoded = decode(data, asked.name, asked.encoding, match[1].decode() if match else None)
    page = read_page(decoded.text)
    if len(page.text.split()) <= len(" ".join(page.headings).split()) + 3:
        return None
    told = {name: _told(book, name) for name in ("creator", "publisher", "date", "language", "title")}
    date = _DAY.fullmatch(told["date"] or "")
    return Found(
        page.text,
        title=page.headings[0] if page.headings else page.title or told["title"],
        byline=told["creator"],
        outlet=told["publisher"],
        published=date[1] if date else None,
        language=page.language or told["language"],
        notes=(f"A chapter of “{told['title'] or asked.name}”.", *decoded.notes),
        encoding=decoded.encoding,
    )


def _told(book: Element, name: str) -> str | None:
    """What the book says of itself."""
    values = (
        " ".join(each.text.split())
        for each in book.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}")
        if each.text and each.text.strip()
    )
    return next(values, None)


def _numbered(found: list[Found], passed: list[str]) -> list[Found]:
    """The chapters with their numbers; the first one says what was passed over."""
    note = (f"Left out pages of the book without running text: {', '.join(passed[:10])}.",) if passed else ()
    return [
        replace(each, notes=(*each.notes, *(note if number == 1 else ())), part=f"chapter {number}")
        for number, each in enumerate(found, start=1)
    ]


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


FORMAT = Format(name="epub", title="EPUB book", extensions=(".epub",), read=reader(extract), offset_unit="none")

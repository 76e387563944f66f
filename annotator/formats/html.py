"""Web pages that were saved: the article of the page with what the page says of it, by trafilatura.

Nothing is fetched, no script runs, no file is read. Menus, links, comments and notices around the article are left
out, and a note says how much. A page whose article cannot be told from the rest is taken whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from annotator.errors import ImportFailed
from annotator.formats.base import Format
from annotator.formats.drafting import reader
from annotator.formats.extras import need
from annotator.formats.found import Asked, Found
from annotator.formats.markup import read_page
from annotator.text.decode import Decoded, decode
from annotator.text.wording import shorten

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_LONG_TAG = re.compile(r"<[^<>]{4000,}")
_ATTRIBUTE = re.compile(r"\s[\w:-]+\s*=")
_HEAD = 4096
_FEW = 3
_MOST_ELEMENTS, _MOST_INSIDE, _MOST_ATTRIBUTES = 20_000, 5_000, 1_000
"""Elements of a page in which an article is looked for, those right inside one of them, and attributes of one."""
_UNREADABLE = "".join(map(chr, (*range(9), 11, *range(14, 32))))
_CONTROLS = str.maketrans(dict.fromkeys(_UNREADABLE, "\ufffd"))
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


def extract(data: bytes, asked: Asked) -> list[Found]:
    """The article of a page. Raises ``ImportFailed`` when the page shows no text."""
    need("trafilatura", "articles", "Reading web pages")
    declared = _CHARSET.search(data[:_HEAD]) or _XML.search(data[:_HEAD])
    decoded = decode(data, asked.name, asked.encoding, declared[1].decode() if declared else None)
    html = _DECLARATION.sub("", decoded.text).translate(_CONTROLS)
    if any(len(_ATTRIBUTE.findall(tag[0])) > _MOST_ATTRIBUTES for tag in _LONG_TAG.finditer(html)):
        raise ImportFailed(f"{asked.name} cannot be read: an element has more attributes than in any real page.")
    tree = _tree(html, asked.name)
    whole = read_page(html)
    article = _article(tree) if tree is not None and _is_small(tree) else None
    language = _language(tree) or (whole.language if _LANGUAGE.fullmatch(whole.language or "") else None)
    if article is None:
        if not whole.text:
            raise ImportFailed(
                f"{asked.name} is a web page without text; a page that scripts fill must be saved complete."
            )
        note = "The article could not be told from the rest of the page, so the whole text of the page was taken."
        found = Found(whole.text, title=whole.headings[0] if whole.headings else whole.title, language=language)
        return [_finished(found, decoded, note)]
    text = "\n\n".join(_paragraphs(article.body)) or article.text or ""
    title, notes = _title(article.title, whole.headings), [_left_out(text, whole.text)]
    if title and not _begins_with(text, title):
        text = f"{title}\n\n{text}"
    found = Found(
        text,
        title=title,
        byline=article.author and ", ".join(name.strip() for name in article.author.split(";")),
        outlet=article.sitename,
        published=article.date if article.date and _DAY.fullmatch(article.date) else None,
        url=article.url,
        language=language,
    )
    return [_finished(found, decoded, *notes)]


def _finished(found: Found, decoded: Decoded, *notes: str) -> Found:
    return replace(found, notes=(*decoded.notes, *filter(None, notes)), encoding=decoded.encoding)


def _tree(html: str, name: str) -> Any:
    """The page as lxml's tree; None when there is no element in it."""
    lxml = need("lxml.html", "articles", "Reading web pages")
    parser = lxml.HTMLParser(
        collect_ids=False, remove_comments=True, remove_pis=True, no_network=True, huge_tree=True, encoding="utf-8"
    )
    try:
        tree = lxml.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (ValueError, lxml.etree.ParserError):
        return None
    if any("depth" in entry.message for entry in parser.error_log):
        raise ImportFailed(f"{name} cannot be read: its elements are nested more deeply than in any real page.")
    return tree


def _is_small(tree: Any) -> bool:
    """Whether an article can be looked for in a page: the time for that grows with the square of its elements."""
    return sum(1 for _ in tree.iter()) <= _MOST_ELEMENTS and all(len(each) <= _MOST_INSIDE for each in tree.iter())


def _article(tree: Any) -> Any | None:
    """What trafilatura finds, with ``body`` (a tree), ``title``, ``author`` and so on; None: no article."""
    trafilatura = need("trafilatura", "articles", "Reading web pages")
    dates = {"original_date": True, "extensive_search": False}
    found = trafilatura.bare_extraction(
        tree, include_comments=False, include_tables=True, with_metadata=True, date_extraction_params=dates
    )
    return found if found is not None and found.body is not None and "".join(found.body.itertext()).strip() else None


def _language(tree: Any) -> str | None:
    """What the page says its language is."""
    value = tree.get("lang") or tree.get("xml:lang") if tree is not None else None
    return value if value and _LANGUAGE.fullmatch(value) else None


def _paragraphs(body: Any) -> Iterator[str]:
    """The article's blocks; items of a list and rows of a table on a line each."""
    for element in body:
        if element.tag == "list":
            block = "\n".join(filter(None, (_line(item) for item in element.iter("item"))))
        elif element.tag == "table":
            rows = ("\t".join(_line(cell) for cell in row.iter("cell")).strip("\t") for row in element.iter("row"))
            block = "\n".join(filter(None, rows))
        elif element.tag in {"quote", "div"} and any(child.tag in {"p", "list", "quote"} for child in element):
            lead = " ".join((element.text or "").split())
            block = "\n\n".join(filter(None, (lead, *_paragraphs(element))))
        else:
            block = _line(element)
        if block:
            yield block
        tail = " ".join((element.tail or "").split())
        if tail:
            yield tail


def _line(element: Any) -> str:
    """The words of an element; a line break in it is one in the text."""
    parts = [element.text or ""]
    for child in element.iter():
        if child is not element:
            parts += ["\n" if child.tag == "lb" else "", child.text or "", child.tail or ""]
    return "\n".join(filter(None, (" ".join(line.split()) for line in "".join(parts).split("\n"))))


def _title(named: str | None, headings: list[str]) -> str | None:
    """The title as the page shows it, when one of its headings is that title, which may name the outlet besides."""
    named = " ".join(named.split()) if named else None
    if named is None:
        return None
    return next((heading for heading in headings if len(heading) > 9 and named.startswith(heading)), named)


def _begins_with(text: str, title: str) -> bool:
    return " ".join(text[: 2 * len(title) + 20].split()).startswith(title)


def _left_out(text: str, whole: str) -> str:
    kept, all_ = len(text.split()), len(whole.split())
    if all_ < kept + _FEW:
        return ""
    first = next((line for line in whole.splitlines() if line.strip() and line.strip() not in text), "")
    such = f", such as “{shorten(first.strip())}”" if first else ""
    return f"Left out what stands around the article: {all_ - kept:,} of the page's {all_:,} words{such}."


FORMAT = Format(
    name="html",
    title="Web page",
    extensions=(".html", ".htm", ".xhtml"),
    read=reader(extract),
    offset_unit="none",
    extra="articles",
    modules=("trafilatura", "lxml"),
)

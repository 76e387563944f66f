"""Paragraphs of HTML as it stands, with nothing left out that a reader would see. For pages whose article nothing
else can tell from the rest, and for the chapters of a book, which are an article and nothing else.

The standard library's parser knows neither scripts nor entities beyond characters, and takes anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_BLOCKS = frozenset(
    [
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
        "header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table",
        "tbody", "tfoot", "thead", "tr", "ul",
    ]
)  # fmt: skip
_UNSEEN = frozenset(
    ("script", "style", "noscript", "template", "head", "iframe", "object", "svg", "math", "audio", "video", "canvas")
)
_ALONE = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_JOINED = frozenset(("li", "tr", "dt", "dd"))
"""Blocks that follow each other without an empty line."""
_BLANK = re.compile(r"[ \t\n\r\f]+")


@dataclass(slots=True)
class Page:
    """What a page shows."""

    text: str = ""
    """Paragraphs with an empty line between them; items of lists and rows of tables on a line each."""
    title: str | None = None
    """The ``<title>``."""
    headings: list[str] = field(default_factory=list)
    language: str | None = None


def read_page(html: str) -> Page:
    """The text of a page or a piece of one."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.page()


class _Parser(HTMLParser):
    """Collects blocks; white space is what a browser makes of it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[tuple[str, bool]] = []
        self._words: list[str] = []
        self._unseen: list[str] = []
        self._title: list[str] = []
        self._in_title = False
        self._page = Page()
        self._pre = 0
        self._joined = False

    def page(self) -> Page:
        self._end_block()
        parts: list[str] = []
        for index, (block, joined) in enumerate(self._blocks):
            close = joined and index > 0 and self._blocks[index - 1][1]
            parts.append(("\n" if close else "\n\n") if parts else "")
            parts.append(block)
        self._page.text = "".join(parts)
        self._page.title = " ".join("".join(self._title).split()) or None
        return self._page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "html":
            named = dict(attrs)
            self._page.language = named.get("lang") or named.get("xml:lang")
        elif tag == "title":
            self._in_title = not self._title and "svg" not in self._unseen
        elif tag in _UNSEEN:
            self._unseen.append(tag)
        elif tag == "br":
            self._words.append("\n")
        elif tag in _BLOCKS:
            self._end_block()
            self._joined = tag in _JOINED or (self._joined and tag == "p")
            self._pre += tag == "pre"
        elif tag in {"td", "th"} and self._words:
            self._words.append("\t")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _ALONE:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            if tag in self._unseen:
                del self._unseen[self._unseen.index(tag) :]
        elif tag == "title":
            self._in_title = False
        elif tag in _BLOCKS:
            block = self._end_block()
            if block and tag in _HEADINGS:
                self._page.headings.append(" ".join(block.split()))
            self._joined = False
            self._pre -= tag == "pre" and self._pre > 0

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self._title.append(data)
        elif not self._unseen:
            self._words.append(data if self._pre else _BLANK.sub(" ", data))

    def _end_block(self) -> str:
        block = "".join(self._words)
        if not self._pre:
            block = "\n".join(" ".join(filter(None, line.split(" "))) for line in block.split("\n"))
        block = block.strip(" \n\t\r\f")
        self._words.clear()
        if block:
            self._blocks.append((block, self._joined))
        return block

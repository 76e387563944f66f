"""The characters of a page as Label Studio counts them in its regions of hypertext: those of all its text nodes."""

from __future__ import annotations

from html.parser import HTMLParser

_UNSEEN = frozenset(("script", "style", "head"))


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, _attributes: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.found.append(data)


def text_of_html(page: str) -> str:
    """The text of a page, with all its white space."""
    parser = _Text()
    parser.feed(page)
    parser.close()
    return "".join(parser.found)

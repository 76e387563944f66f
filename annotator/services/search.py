"""Find words in texts: in one article, and across the project with snippets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from annotator.errors import InvalidEdit
from annotator.model import Document

_SECONDS = 2.0
"""A pattern that needs longer for one text is given up: it would go on for ever."""
AROUND = 40
"""So many characters before and after a place are in its snippet."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for. Letters match in either case unless ``case``; ``words`` wants whole words."""

    text: str
    case: bool = False
    words: bool = False
    pattern: bool = False
    """``text`` is a regular expression."""

    def compiled(self) -> regex.Pattern[str]:
        """The pattern.

        Raises:
            InvalidEdit: it is no regular expression; the sentence says where it goes wrong.
        """
        source = self.text if self.pattern else _spaces(regex.escape(self.text, literal_spaces=True))
        if self.words:
            source = rf"(?<!\w)(?:{source})(?!\w)"
        flags = regex.UNICODE | (0 if self.case else regex.IGNORECASE)
        try:
            return regex.compile(source, flags)
        except regex.error as error:
            raise InvalidEdit(f"This is no regular expression: {error}.") from None


@dataclass(frozen=True, slots=True)
class Hit:
    """One article where something was found: the places, and a snippet ``before + exact + after`` of the first."""

    article_id: str
    title: str
    places: tuple[tuple[int, int], ...]
    before: str
    exact: str
    after: str


def find(text: str, query: Query) -> list[tuple[int, int]]:
    """Every place in ``text``, in order, none empty, none overlapping.

    Raises:
        InvalidEdit: the pattern is none, or takes longer than two seconds.
    """
    return list(each(text, query))


def each(text: str, query: Query) -> Iterator[tuple[int, int]]:
    """The same places, one after the other as they are asked for."""
    if not query.text:
        return
    try:
        for match in query.compiled().finditer(text, timeout=_SECONDS):
            if match.end() > match.start():
                yield match.span()
    except TimeoutError:
        raise InvalidEdit("This pattern takes too long; make it simpler.") from None


def find_all(documents: Iterable[Document], query: Query) -> Iterator[Hit]:
    """The articles whose source text holds the query, as they are found."""
    for document in documents:
        text = document.source.text
        places = find(text, query)
        if places:
            yield Hit(document.article.id, document.article.title, tuple(places), *snippet(text, *places[0]))


def snippet(text: str, start: int, end: int) -> tuple[str, str, str]:
    """What stands before, at and after a place, each on one line."""
    around = text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND]
    before, exact, after = (_one_line(piece) for piece in around)
    return before, exact, after


def _spaces(source: str) -> str:
    """A space in the query also finds a line end: hard-wrapped text is one text."""
    return source.replace(" ", r"\s+")


def _one_line(text: str) -> str:
    return "".join(" " if c.isspace() else c for c in text)

"""Reading a file of an import in another way: what a person had typed for its articles stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from annotator.formats.base import Draft
from annotator.model import Article
from annotator.services.importing import Choice, Drafts, ReadResult
from annotator.services.importing.drafts import Head
from annotator.services.importing.entry import Entry

ReadAgain = Callable[[Entry, Choice, Callable[[list[Draft]], None], Callable[[Exception], None]], None]
"""Reads a file in another way and calls one of the two functions, later."""


_TYPED = ("title", "byline", "outlet", "published", "url", "language")


class Again:
    """Knows of each file of an import how it was read, and what its articles were when they were read first."""

    def __init__(self, read: ReadResult, read_again: ReadAgain) -> None:
        self._entries = read.entries
        self._read_again = read_again
        self._choices: dict[str, Choice] = {}
        self._read = read.drafts[:]
        """As read first, before anybody typed."""
        self._by_id = {head.id: number for number, head in enumerate(self._read.heads)}
        self._by_place = {head.place: number for number, head in enumerate(self._read.heads)}
        self._articles: dict[str, Article] = {}
        """As read later, before anybody typed."""

    def of(self, draft: Draft) -> tuple[Choice, str]:
        """How the draft was read, and the text that was read first at its place."""
        number = self._by_place.get(draft.place)
        first = draft if number is None else self._read[number]
        return self._choices.get(self._name(draft.article.id), Choice()), first.source.text

    def can_change(self, draft: Draft) -> bool:
        """Whether it can be read in another way: not when somebody has worked on its text."""
        return bool(self._name(draft.article.id)) and not (draft.claims or draft.mentions or draft.corrections)

    def read(
        self,
        drafts: Drafts,
        row: int,
        choice: Choice,
        done: Callable[[range, list[Draft]], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Read the file of the draft at ``row`` again; ``done`` gets the rows of its drafts and what comes in there."""
        name = self._name(drafts.heads[row].id)
        rows = [index for index, head in enumerate(drafts.heads) if self._name(head.id) == name]
        before = {drafts.heads[index].place: drafts[index] for index in rows}
        entry = self._entries[drafts.heads[row].id]

        def arrived(found: list[Draft]) -> None:
            self._choices[name] = choice
            done(range(rows[0], rows[-1] + 1), self.adopt(entry, before, found))

        self._read_again(entry, choice, arrived, failed)

    def adopt(self, entry: Entry, before: Mapping[str, Draft], found: Sequence[Draft]) -> list[Draft]:
        """Drafts of an entry that was read again, with what was typed for those ``before`` at their places."""
        for draft in found:
            self._entries[draft.article.id] = entry
            self._articles[draft.article.id] = draft.article
        return [self._with_typed(draft, before.get(draft.place)) for draft in found]

    def entry(self, head: Head) -> Entry | None:
        """What the draft was read from."""
        return self._entries.get(head.id)

    def _name(self, article_id: str) -> str:
        entry = self._entries.get(article_id)
        return entry.name if entry is not None else ""

    def _with_typed(self, draft: Draft, before: Draft | None) -> Draft:
        if before is None:
            return draft
        id_ = before.article.id
        read = self._articles[id_] if id_ in self._articles else self._read[self._by_id[id_]].article
        typed = {
            name: getattr(before.article, name)
            for name in _TYPED
            if getattr(before.article, name) != getattr(read, name)
        }
        return replace(draft, article=replace(draft.article, **typed))

"""The same error in every article of the project: found, shown, corrected in one step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator.edits import Change, Edit
from annotator.errors import InvalidEdit
from annotator.model import Document
from annotator.services import annotate_all
from annotator.services.annotate import Author
from annotator.services.articles import is_frozen
from annotator.services.search import Query, find, snippet
from annotator.text.wording import counted
from annotator.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place where words stand that no correction touches, with what stands around them on one line."""

    article_id: str
    title: str
    start: int
    end: int
    before: str
    exact: str
    after: str
    frozen: bool = False
    """The article is done: it is shown, but not corrected."""


def occurrences(documents: Iterable[Document], query: Query) -> Iterator[Occurrence]:
    """Every free place, article by article, in text order. Raises InvalidEdit when the pattern is none."""
    for document in documents:
        places = find(document.source.text, query)
        for start, end in annotate_all.free_for_corrections(Workspace((), document), places) if places else ():
            before, exact, after = snippet(document.source.text, start, end)
            article = document.article
            yield Occurrence(article.id, article.title, start, end, before, exact, after, is_frozen(article))


def correct(documents: Mapping[str, Document], chosen: Sequence[Occurrence], replacement: str, author: Author) -> Edit:
    """Correct the chosen occurrences in all their articles, as one edit.

    Args:
        documents: the articles of ``chosen`` as they are now, by id.
        chosen: what :func:`occurrences` found; those in articles that are done, that read so already or that have
            been corrected since are left alone.
        replacement: what they should read.
        author: who makes the corrections.

    Raises:
        InvalidEdit: nothing is left to correct.
    """
    changes: list[Change] = []
    articles = dict.fromkeys(found.article_id for found in chosen if not found.frozen)
    for article_id in articles:
        document = documents.get(article_id)
        if document is None or is_frozen(document.article):
            continue
        ws = Workspace((), document)
        places = [(found.start, found.end) for found in chosen if found.article_id == article_id]
        wrong = [place for place in places if ws.text[slice(*place)] != replacement]
        if free := annotate_all.free_for_corrections(ws, wrong):
            changes += annotate_all.correct(ws, free, replacement, author).changes
    if not changes:
        raise InvalidEdit("There is nothing left to correct.")
    where = counted(len({change.article_id for change in changes}), "article")
    return Edit(f"Correct {counted(len(changes), 'place')} in {where}", tuple(changes))

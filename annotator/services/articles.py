"""Article fields, segments and state, and deleting an article with all that hangs on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from annotator.edits import Change, Edit
from annotator.errors import InvalidEdit
from annotator.model import Annotation, Article, Document, Record, article_of, now
from annotator.rules import check_edit, check_fields
from annotator.text.wording import counted, shorten
from annotator.vocabulary import DEFAULT
from annotator.workspace import Workspace

FROZEN = "This article is done and frozen; reopen it to change it (menu Review)."
Find = Callable[[str], Article | None]
"""The article of an id as it is now; None when there is none."""
_FIXED_FIELDS = {"id", "created", "updated", "import_notes", "position"}


def change(ws: Workspace, **values: Any) -> Edit:
    """Set fields of the open article.

    Raises:
        InvalidEdit: no article is open, the title is empty, a date is no day, a value is unknown, segments overlap.
        InvalidSpan: segments do not fit the text.
    """
    edit = change_article(_article(ws), **values)
    check_edit(edit, {ws.source.id: ws.text} if ws.source else {})
    return edit


def change_article(article: Article, **values: Any) -> Edit:
    """Set fields of any article; see :func:`change`."""
    check_fields(article, values, _FIXED_FIELDS, DEFAULT)
    if "title" in values:
        values["title"] = " ".join(values["title"].split())
        if not values["title"]:
            raise InvalidEdit("An article needs a title.")
    after = replace(article, **values)
    if after == article:
        return Edit("Change article", ())
    names = ", ".join(values)
    return Edit(f"Change {names} of article", (Change(article, replace(after, updated=now())),))


def delete(document: Document) -> Edit:
    """Delete an article with its text and annotations. Undo brings everything back."""
    records: list[Record] = [*document.claims, *document.mentions, *document.corrections, *document.quarantined]
    records += [document.source, document.article]
    changes = [Change(record, None) for record in records]
    return Edit(f"Delete article “{document.article.title[:40]}”", tuple(changes))


def is_frozen(article: Article | None) -> bool:
    """Whether the article is done, so that nothing in it changes until it is reopened."""
    return article is not None and article.state == "done"


def is_project_wide(edit: Edit) -> bool:
    """Whether it changes the scheme or takes a speaker away: every record that names what goes must follow."""
    return any(c.kind == "scheme" or (c.kind == "speaker" and c.after is None) for c in edit.changes)


def check_open(find: Find, edit: Edit, *, undoes: bool = False) -> None:
    """An article that is done is frozen until it is reopened; what belongs to the whole project goes on through it.

    Args:
        find: the article of an id as it is now.
        edit: what is about to be done.
        undoes: it takes back its inverse, and may do so wherever that may be done.

    Raises:
        InvalidEdit: the edit changes something in an article that is done, and does not reopen it.
    """
    if is_project_wide(edit.inverted() if undoes else edit):
        return
    for article_id in sorted(edit.article_ids):
        article = find(article_id)
        if is_frozen(article) and not any(_reopens(change, article_id) for change in edit.changes):
            raise InvalidEdit(FROZEN)


def _reopens(change: Change, article_id: str) -> bool:
    before, after = change.before, change.after
    if not isinstance(before, Article) or before.id != article_id or not is_frozen(before):
        return False
    return not isinstance(after, Article) or not is_frozen(after)


def with_start(find: Find, edit: Edit) -> Edit:
    """``edit``, and every article in progress in which it makes the first annotations."""
    if is_project_wide(edit):
        return edit
    own = {change.id for change in edit.changes if change.kind == "article"}
    annotated = (c.article_id for c in edit.changes if isinstance(c.after, Annotation))
    found = (find(id_) for id_ in dict.fromkeys(annotated) if id_ is not None and id_ not in own)
    started = [
        Change(article, replace(article, state="in_progress", updated=now()))
        for article in found
        if article is not None and article.state == "todo"
    ]
    return replace(edit, changes=(*edit.changes, *started)) if started else edit


def done_among(find: Find, records: Iterable[Record]) -> str:
    """The articles that are done and to which some of the records belong, as ``“Talks”, which is done``; or ""."""
    found = (find(id_) for id_ in dict.fromkeys(map(article_of, records)) if id_ is not None)
    done = [article for article in found if article is not None and is_frozen(article)]
    if len(done) > 1:
        return f"{counted(len(done), 'article')} that are done"
    return f"“{shorten(done[0].title)}”, which is done" if done else ""


def _article(ws: Workspace) -> Article:
    if ws.article is None:
        raise InvalidEdit("Open an article first.")
    return ws.article

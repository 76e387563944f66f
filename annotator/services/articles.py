"""Article fields, segments and state, and deleting an article with all that hangs on it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from annotator.edits import Change, Edit
from annotator.errors import InvalidEdit
from annotator.model import Annotation, Article, Document, Record, now
from annotator.rules import check_edit, check_fields
from annotator.vocabulary import DEFAULT
from annotator.workspace import Workspace

FROZEN = "This article is done and frozen; reopen it to change it (menu Review)."
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


def check_open(ws: Workspace, edit: Edit) -> None:
    """An article that is done is frozen until it is reopened; what belongs to the whole project goes on through it.

    Raises:
        InvalidEdit: the edit changes the open article, which is done, and does not reopen it.
    """
    article = ws.article
    if article is None or not is_frozen(article):
        return
    own = [change for change in edit.changes if change.article_id == article.id]
    wide = any(change.before is not None for change in edit.changes if change.article_id != article.id)
    reopened = any(not isinstance(c.after, Article) or c.after.state != "done" for c in own if c.kind == "article")
    if own and not wide and not reopened:
        raise InvalidEdit(FROZEN)


def with_start(ws: Workspace, edit: Edit) -> Edit:
    """``edit``, and the open article in progress when this is the first annotation made in it."""
    article = ws.article
    if article is None or article.state != "todo":
        return edit
    if not any(isinstance(c.after, Annotation) and c.article_id == article.id for c in edit.changes):
        return edit
    started = Change(article, replace(article, state="in_progress", updated=now()))
    return replace(edit, changes=(*edit.changes, started))


def _article(ws: Workspace) -> Article:
    if ws.article is None:
        raise InvalidEdit("Open an article first.")
    return ws.article

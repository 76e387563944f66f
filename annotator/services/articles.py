"""Article fields, segments and state, and deleting an article with all that hangs on it."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date
from typing import Any

from annotator import vocabulary
from annotator.edits import Change, Edit
from annotator.errors import InvalidEdit
from annotator.model import Annotation, Article, Document, Record, now
from annotator.workspace import Workspace

_FIXED_FIELDS = {"id", "created", "updated", "import_notes"}
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?")


def change(ws: Workspace, **values: Any) -> Edit:
    """Set fields of the open article.

    Raises:
        InvalidEdit: no article is open, the title is empty, a date is not ``YYYY-MM-DD``, the state is unknown.
    """
    article = _article(ws)
    return change_article(article, **values)


def change_article(article: Article, **values: Any) -> Edit:
    """Set fields of any article; see :func:`change`."""
    known = {field.name for field in fields(article)} - _FIXED_FIELDS
    if unknown := values.keys() - known:
        raise InvalidEdit(f"An article has no field “{min(unknown)}” to change.")
    if "title" in values:
        values["title"] = " ".join(str(values["title"]).split())
        if not values["title"]:
            raise InvalidEdit("An article needs a title.")
    if values.get("published") and not _is_date(str(values["published"])):
        raise InvalidEdit(f"“{values['published']}” is not a date; write it as 2018-04-20, 2018-04 or 2018.")
    if "state" in values and values["state"] not in vocabulary.values("article.state"):
        raise InvalidEdit(f"“{values['state']}” is not a state of an article.")
    after = replace(article, **values)
    if after == article:
        return Edit("Change article", ())
    names = ", ".join(values)
    return Edit(f"Change {names} of article", (Change(article, replace(after, updated=now())),))


def delete(document: Document) -> Edit:
    """Delete an article with its text and annotations. Undo brings everything back."""
    records: list[Record] = [*document.claims, *document.mentions, *document.corrections]
    records += [document.source, document.article]
    changes = [Change(record, None) for record in records]
    return Edit(f"Delete article “{document.article.title[:40]}”", tuple(changes))


def with_start(ws: Workspace, edit: Edit) -> Edit:
    """``edit``, and the open article in progress when this is the first annotation made in it."""
    article = ws.article
    if article is None or article.state != "todo":
        return edit
    if not any(isinstance(c.after, Annotation) and c.article_id == article.id for c in edit.changes):
        return edit
    started = Change(article, replace(article, state="in_progress", updated=now()))
    return replace(edit, changes=(*edit.changes, started))


def _is_date(value: str) -> bool:
    """Whether it is written as a date, and that day exists."""
    if not _DATE.fullmatch(value):
        return False
    day = value.split("T", maxsplit=1)[0]
    try:
        date.fromisoformat((day + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _article(ws: Workspace) -> Article:
    if ws.article is None:
        raise InvalidEdit("Open an article first.")
    return ws.article

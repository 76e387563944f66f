"""Articles of a project to a PDF, with no window and no display: what ``annotator pdf`` does."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from annotator.errors import ExportFailed
from annotator.model import Document
from annotator.ports import Project
from annotator.text.wording import counted
from ui.application import make_application
from ui.paper.manuscript import Manuscript
from ui.paper.pdf import write_pdf
from ui.paper.sheet import PaperSheet
from ui.paper.type import paper_typography
from ui.paper.wish import Wish, today


def write(
    project: Project, out: Path, article: str | None, wish: Wish, progress: Callable[[int, int], None]
) -> tuple[int, int]:
    """Write one article (its number from 1, or its id) or all (None). How many articles and pages comes back.

    Raises:
        ExportFailed: there is no such article, or the file cannot be written; what was there stays.
        InvalidEdit: corrections of an article overlap, so that it has no corrected text.
    """
    ids = _chosen(project.article_ids(), article)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    make_application()
    pages = 0

    def manuscripts() -> Iterator[Manuscript]:
        for number, id_ in enumerate(ids, start=1):
            progress(number, len(ids))
            document = _document(project, id_)
            typography = paper_typography(document.source.text)
            yield Manuscript(document, project.name, wish.view, today(), typography)

    def told(_done: int, _known: int) -> None:
        nonlocal pages
        pages += 1

    title = project.name if len(ids) > 1 else _document(project, ids[0]).article.title
    for _ in write_pdf(out, title, manuscripts(), PaperSheet(wish.page_layout()), told, legend=wish.legend):
        pass
    return len(ids), pages


def _chosen(ids: list[str], article: str | None) -> list[str]:
    if not ids:
        raise ExportFailed("The project has no articles; nothing was written.")
    if article is None:
        return ids
    if article in ids:
        return [article]
    if article.isascii() and article.isdigit() and 1 <= int(article) <= len(ids):
        return [ids[int(article) - 1]]
    raise ExportFailed(f"The project has {counted(len(ids), 'article')}; there is no article {article}.")


def _document(project: Project, id_: str) -> Document:
    try:
        return project.document(id_)
    except KeyError as error:  # another program's window deleted it just now
        raise ExportFailed("An article is no longer in the project; nothing was written.") from error

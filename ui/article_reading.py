"""Reading the article that is to be shown: on the database thread, after the last commit, and never an older state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, SignalInstance

from annotator.edits import Edit
from annotator.errors import AnnotatorError
from annotator.model import Document
from annotator.ports import Project
from ui.outline import Filed
from ui.tasks import Tasks

Then = Callable[[], None] | None


class Stage(Protocol):
    """What the reading of articles needs of the store."""

    @property
    def tasks(self) -> Tasks: ...
    @property
    def project(self) -> Project | None: ...
    @property
    def make_ready(self) -> Callable[[Document, Filed], object]: ...
    @property
    def refused(self) -> SignalInstance: ...
    def when_saved(self, job: Callable[[], None]) -> None: ...
    def show_article(self, document: Document | None, filed: Filed, ready: object = None) -> None: ...


class ArticleReading(QObject):
    """The last article that was asked for wins."""

    def __init__(self, stage: Stage, parent: QObject) -> None:
        super().__init__(parent)
        self._stage = stage
        self._wanted: str | None = None
        self._touched: Counter[str] = Counter()
        """Article id to how many edits have touched it, to see that a document was read too early."""

    def follow(self, edit: Edit) -> None:
        """An edit was applied: what is being read of these articles is old."""
        self._touched.update(edit.article_ids)

    def forget(self) -> None:
        """Whatever was asked for is no longer wanted."""
        self._wanted = None

    def ask(self, article_id: str, then: Then, otherwise: Then) -> None:
        """Read an article and show it, then call ``then``.

        ``otherwise`` is called when the article is not there, or another one was asked for meanwhile.
        """
        self._wanted = article_id
        self._stage.when_saved(lambda: self._read(article_id, then, otherwise))

    def _read(self, article_id: str, then: Then, otherwise: Then) -> None:
        stage, project, touched = self._stage, self._stage.project, self._touched[article_id]
        if project is None:
            return

        def job() -> tuple[Document, Filed, object]:
            document = project.document(article_id)
            filed = Filed(document.claims, document.mentions, document.corrections)
            return document, filed, stage.make_ready(document, filed)

        def show(read: tuple[Document, Filed, object]) -> None:
            if self._wanted != article_id or stage.project is not project:
                _call(otherwise)
            elif self._touched[article_id] != touched:  # edited while it was read: what was read is old
                stage.when_saved(lambda: self._read(article_id, then, otherwise))
            else:
                self._wanted = None
                stage.show_article(*read)
                _call(then)

        def not_found(error: Exception) -> None:
            if self._wanted == article_id:
                self._wanted = None
            _call(otherwise)
            if isinstance(error, KeyError):
                stage.refused.emit("This article is no longer in the project.")
            elif isinstance(error, AnnotatorError):
                stage.refused.emit(str(error))
            else:
                raise error

        stage.tasks.submit(job, show, not_found)


def _call(callback: Then) -> None:
    if callback is not None:
        callback()

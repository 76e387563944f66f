"""What is done with whole articles: their fields, deleting one, going to the next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from annotator.model import Document
from annotator.services import articles
from annotator.text.wording import counted
from ui.actions import Actions
from ui.dialogs import article_details
from ui.dialogs.messages import Messages
from ui.store import Store


class ArticleCommands(QObject):
    """For one window (``parent``). ``flush`` commits what is being typed.

    ``neighbour(step)`` is the id of the article so many rows below the open one in the list, or None.
    ``worked(id)`` says how long an article was worked on.
    """

    def __init__(
        self,
        store: Store,
        neighbour: Callable[[int], str | None],
        worked: Callable[[str], str],
        flush: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._neighbour = neighbour
        self._worked = worked
        self._flush = flush
        self._parent = parent
        self._messages = Messages(parent)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """The commands about the open article and those beside it."""
        return {
            "next_article": lambda: self._step(1),
            "previous_article": lambda: self._step(-1),
            "article_details": self.details,
            "delete_article": self._delete_open,
        }

    def follow(self, actions: Actions) -> None:
        """From now on the menu offers what needs an article only while there is one."""

        def show() -> None:
            actions.enable(["article_details"], self._store.workspace.article is not None)

        self._store.article_opened.connect(show)
        self._store.summaries_changed.connect(show)

    def open(self, article_id: str, then: Callable[[], None] | None = None) -> None:
        """Commit what is being typed, then show an article; ``then`` follows when it shows."""
        self._flush()
        self._store.open_article(article_id, then)

    def details(self, article_id: str | None = None) -> None:
        """Edit the fields of an article, default the open one."""
        current = self._store.workspace.article
        if article_id is None or (current is not None and current.id == article_id):
            if current is not None:
                article_details.show(self._store, self._parent, self._worked(current.id))
        else:
            worked = self._worked(article_id)
            self.open(article_id, lambda: article_details.show(self._store, self._parent, worked))

    def delete(self, article_id: str) -> None:
        """Delete an article with its annotations after asking; undo brings it back."""

        def ask(document: Document) -> None:
            labels = len(document.claims) + len(document.mentions) + len(document.corrections)
            what = f" and its {counted(labels, 'annotation')}" if labels else ""
            question = f"Delete “{document.article.title}”{what}? Undo brings it back."
            self._messages.ask(question, "Delete", lambda: self._delete(document))

        self._store.read(lambda project: project.document(article_id), ask, self._messages.report)

    def _delete_open(self) -> None:
        if (article := self._store.workspace.article) is not None:
            self.delete(article.id)

    def _delete(self, document: Document) -> None:
        labels = len(document.claims) + len(document.mentions) + len(document.corrections)

        def then(refusal: str | None) -> None:
            if refusal is None and self._store.workspace.article is None:
                self._store.open_first()

        self._store.large.attempt(labels, lambda _: articles.delete(document), then)

    def _step(self, step: int) -> None:
        if (article_id := self._neighbour(step)) is not None:
            self.open(article_id)

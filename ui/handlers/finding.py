"""Finding words: in the article on show, in all articles, and annotating each place where they stand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from annotator.services.search import Query
from ui.article.pane import ArticlePane
from ui.dialogs import annotate_all, find_all
from ui.store import Store


class Finding(QObject):
    """For one window (``parent``). ``open_article`` takes an article's id and what to do once it is shown."""

    def __init__(
        self,
        store: Store,
        pane: ArticlePane,
        open_article: Callable[[str, Callable[[], None] | None], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._pane = pane
        self._open_article = open_article
        self._parent = parent
        pane.find_bar.closed.connect(pane.focus_article)
        pane.find_bar.annotate_all_requested.connect(self._annotate_all)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """The commands of the find bar, and the one that looks through the project."""
        return {
            "find": self._pane.find_words,
            "find_next": lambda: self._pane.find_bar.step(1),
            "find_previous": lambda: self._pane.find_bar.step(-1),
            "find_all": self._find_all,
        }

    def _find_all(self) -> None:
        def go(article_id: str, query: Query) -> None:
            self._open_article(article_id, lambda: self._pane.find_bar.show_query(query))

        find_all.show(self._store, self._pane.find_bar.query.text, go, self._parent)

    def _annotate_all(self) -> None:
        annotate_all.show(self._store, self._pane.find_bar.places, self._parent)

"""Find words in all articles of the project; a found article is opened at its first place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem, QVBoxLayout, QWidget

from annotator.errors import AnnotatorError
from annotator.services.search import Hit, Query, find_all
from annotator.text.disguise import badged
from annotator.text.wording import counted
from ui.dialogs.search_dialog import SearchDialog
from ui.store import Store
from ui.widgets.focus import order_as_laid_out
from ui.widgets.screen import resize_to_screen
from ui.widgets.snippet import SNIPPET

_AT_ONCE = 20
"""Hits that the database thread hands over at a time; between two handfuls it does other work."""
_MOST = 1000


class FindAll(SearchDialog):
    """Searches the source texts on the database thread, a handful of articles at a time."""

    def __init__(self, store: Store, words: str, go: Callable[[str, Query], None], parent: QWidget) -> None:
        super().__init__(store, Query(words), "Articles found", parent)
        self.setWindowTitle("Find in all articles")
        self._go = go
        self.start.setDefault(True)
        layout = QVBoxLayout(self)
        for row in self._asking():
            layout.addLayout(row)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.summary)
        order_as_laid_out(self)
        resize_to_screen(self, 680, 520)
        self.list.itemActivated.connect(self._open)
        if words:
            self.field.selectAll()
            self.search()

    def search(self) -> None:
        """Start over; results of an earlier search no longer arrive."""
        project = self._store.project
        self.list.clear()
        self._run += 1
        if project is None or not self.field.text():
            self.summary.setText("")
            return
        self.summary.setText("Searching…")
        hits = find_all(project.documents(), self.query)
        self._store.when_saved(lambda: self._more(hits, self._run))

    def _more(self, hits: Iterator[Hit], run: int) -> None:
        def show(found: list[Hit]) -> None:
            if run != self._run:
                return
            for hit in found:
                self._add(hit)
            if len(found) == _AT_ONCE and self.list.count() < _MOST:
                self._more(hits, run)
            else:
                self._say()

        def failed(error: Exception) -> None:
            if not isinstance(error, AnnotatorError):
                raise error
            self.summary.setText(str(error))

        self._store.tasks.submit(lambda: list(islice(hits, _AT_ONCE)), show, failed)

    def _add(self, hit: Hit) -> None:
        count = f"{len(hit.places):,} ×" if len(hit.places) > 1 else ""
        item = QListWidgetItem(f"{hit.title}  {count}\n…{hit.before}[{hit.exact}]{hit.after}…")
        item.setData(Qt.ItemDataRole.UserRole, hit.article_id)
        item.setData(SNIPPET, (badged(f"{hit.title}  {count}".rstrip()), f"…{hit.before}", hit.exact, f"{hit.after}…"))
        self.list.addItem(item)

    def _say(self) -> None:
        number = self.list.count()
        more = " (the first ones; make the search narrower)" if number >= _MOST else ""
        self.summary.setText(f"Found in {counted(number, 'article')}{more}.")

    def _open(self, item: QListWidgetItem) -> None:
        self._go(item.data(Qt.ItemDataRole.UserRole), self.query)


def show(store: Store, words: str, go: Callable[[str, Query], None], parent: QWidget) -> None:
    """Open the dialog; ``go(article_id, query)`` is called for the article chosen."""
    dialog = FindAll(store, words, go, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()

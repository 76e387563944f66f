"""Find words in all articles of the project; a found article is opened at its first place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.errors import AnnotatorError
from annotator.services.search import Hit, Query, find_all
from annotator.text.wording import counted
from ui.store import Store
from ui.widgets.focus import order_as_laid_out
from ui.widgets.screen import resize_to_screen
from ui.widgets.snippet import SNIPPET, SnippetRow

_AT_ONCE = 20
"""Hits that the database thread hands over at a time; between two handfuls it does other work."""
_MOST = 1000


class FindAll(QDialog):
    """Searches the source texts on the database thread, a handful of articles at a time."""

    def __init__(self, store: Store, words: str, go: Callable[[str, Query], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Find in all articles")
        self._store = store
        self._go = go
        self._run = 0
        self.field = QLineEdit(words, self)
        self.field.setAccessibleName("Find in all articles")
        self.case = QCheckBox("Match case", self)
        self.words = QCheckBox("Whole words", self)
        self.pattern = QCheckBox("Regular expression", self)
        self.start = QPushButton("Find", self)
        self.start.setDefault(True)
        self.list = QListWidget(self)
        self.list.setAccessibleName("Articles found")
        self.list.setItemDelegate(SnippetRow(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.summary = QLabel(self)
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        top, options = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.field, 1)
        top.addWidget(self.start)
        for box in (self.case, self.words, self.pattern):
            options.addWidget(box)
        options.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addLayout(options)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.summary)
        order_as_laid_out(self)
        resize_to_screen(self, 680, 520)
        self.field.textEdited.connect(lambda _: self._forget())
        for box in (self.case, self.words, self.pattern):
            box.toggled.connect(lambda _: self.search())
        self.start.clicked.connect(lambda _=False: self.search())
        self.list.itemActivated.connect(self._open)
        if words:
            self.field.selectAll()
            self.search()

    @property
    def query(self) -> Query:
        """What is looked for."""
        return Query(self.field.text(), self.case.isChecked(), self.words.isChecked(), self.pattern.isChecked())

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

    def _forget(self) -> None:
        """What was found is not what the field asks for any more; nothing is searched while one types."""
        self._run += 1
        self.list.clear()
        self.summary.setText("Press Enter to search.")

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
        item.setData(SNIPPET, (f"{hit.title}  {count}".rstrip(), f"…{hit.before}", hit.exact, f"{hit.after}…"))
        self.list.addItem(item)

    def _say(self) -> None:
        number = self.list.count()
        more = " (the first ones; make the search narrower)" if number >= _MOST else ""
        self.summary.setText(f"Found in {counted(number, 'article')}{more}.")

    def _open(self, item: QListWidgetItem) -> None:
        self._go(item.data(Qt.ItemDataRole.UserRole), self.query)

    def done(self, result: int) -> None:
        """Closed: what is still being searched for is not wanted any more."""
        self._run += 1
        super().done(result)


def show(store: Store, words: str, go: Callable[[str, Query], None], parent: QWidget) -> None:
    """Open the dialog; ``go(article_id, query)`` is called for the article chosen."""
    dialog = FindAll(store, words, go, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()

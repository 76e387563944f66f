"""What the dialogs that search the whole project have in common: the question, the list, and one search at a time."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLabel, QLineEdit, QListWidget, QPushButton, QWidget

from annotator.services.search import Query
from ui.store import Store
from ui.widgets.editors import passing
from ui.widgets.snippet import SnippetRow


class SearchDialog(QDialog):
    """The parts, not yet laid out. ``listed`` names the list for screen readers.

    A subclass searches in :meth:`search` and passes over what arrives for another ``_run`` than the present one.
    """

    def __init__(self, store: Store, query: Query, listed: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._store = store
        self._run = 0
        self.field = QLineEdit(query.text, self)
        passing(self.field)
        self.field.setAccessibleName("Find in all articles")
        self.case = self._box("Match case", on=query.case)
        self.words = self._box("Whole words", on=query.words)
        self.pattern = self._box("Regular expression", on=query.pattern)
        self.start = QPushButton("Find", self)
        self.list = QListWidget(self)
        self.list.setAccessibleName(listed)
        self.list.setItemDelegate(SnippetRow(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.summary = QLabel(self)
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.field.textEdited.connect(lambda _: self._forget())
        self.start.clicked.connect(lambda _=False: self.search())

    def _box(self, text: str, *, on: bool) -> QCheckBox:
        box = QCheckBox(text, self)
        box.setChecked(on)
        box.toggled.connect(lambda _: self.search())
        return box

    def _asking(self) -> tuple[QHBoxLayout, QHBoxLayout]:
        """The field with its button, and the row of options with room at its end."""
        find, options = QHBoxLayout(), QHBoxLayout()
        find.addWidget(self.field, 1)
        find.addWidget(self.start)
        for box in (self.case, self.words, self.pattern):
            options.addWidget(box)
        options.addStretch(1)
        return find, options

    @property
    def query(self) -> Query:
        """What is looked for."""
        return Query(self.field.text(), self.case.isChecked(), self.words.isChecked(), self.pattern.isChecked())

    def search(self) -> None:
        """Start over; results of an earlier search no longer arrive."""
        raise NotImplementedError

    def _forget(self) -> None:
        """What was found is not what the field asks for any more; nothing is searched while one types."""
        self._run += 1
        self.list.clear()
        self.summary.setText("Press Enter to search.")

    def done(self, result: int) -> None:
        """Closed: what is still being looked for, or read, is not wanted any more."""
        self._run += 1
        super().done(result)

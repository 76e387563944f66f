"""The fields and blocks of one article, for the import preview and the details dialog."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QHeaderView, QLineEdit, QTableWidget, QTableWidgetItem, QWidget

from annotator.edits import Edit
from annotator.errors import InvalidEdit
from annotator.model import Article, Segment
from annotator.services import articles
from annotator.vocabulary import DEFAULT
from ui.slices import Slices

_FIELDS = (
    ("title", "Title", ""),
    ("byline", "Byline", "Who wrote it"),
    ("outlet", "Outlet", "The Moscow Times"),
    ("published", "Published", "2018-04-20"),
    ("url", "Address", "https://…"),
    ("language", "Language", "en"),
)
_SNIPPET = 120
_AT_ONCE = 12
"""Blocks that are shown before the event loop turns again: more than there is room for in most windows."""


class ArticleForm(QWidget):
    """Shows an article and reads it back. ``changed`` comes with every key."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._article: Article | None = None
        self._shown: dict[str, str] = {}
        self._segments: list[Segment] = []
        self._filling: Slices | None = None
        self.fields: dict[str, QLineEdit] = {}
        layout = QFormLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for name, label, example in _FIELDS:
            field = QLineEdit(self)
            field.setPlaceholderText(example)
            field.setAccessibleName(label)
            field.textEdited.connect(self.changed)
            self.fields[name] = field
            layout.addRow(label, field)
        self.blocks = QTableWidget(0, 2, self)
        self.blocks.setAccessibleName("Blocks of the article")
        self.blocks.setHorizontalHeaderLabels(["Block is", "Text"])
        self.blocks.setTabKeyNavigation(False)  # else Tab goes round in the table for ever
        self.blocks.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.blocks.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.blocks.verticalHeader().hide()
        self.blocks.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.blocks.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.blocks.setColumnWidth(0, 150)
        layout.addRow("Blocks", self.blocks)

    def show_article(self, article: Article, text: str, *, editable: bool = True) -> None:
        """Fill the form. ``text`` is the source text that the blocks quote."""
        self._article = article
        self._segments = list(article.segments)
        for name, field in self.fields.items():
            field.setText(getattr(article, name) or "")
            field.setCursorPosition(0)
            field.setReadOnly(not editable)
        self._shown = {name: field.text() for name, field in self.fields.items()}
        if self._filling is not None:
            self._filling.stop()
            self._filling.deleteLater()
        self.blocks.setRowCount(len(self._segments))
        steps = self._fill(text, editable)
        for _ in range(_AT_ONCE):
            next(steps, None)
        self._filling = Slices(steps, self)

    def _fill(self, text: str, editable: bool) -> Iterator[None]:
        """Show one block after the other: a long article has hundreds, and each has a list."""
        for row, segment in enumerate(self._segments):
            combo = self.blocks.cellWidget(row, 0)
            if not isinstance(combo, QComboBox):
                combo = self._list_of_kinds(row)
            combo.setCurrentIndex(combo.findData(segment.kind))
            combo.setEnabled(editable)
            item = QTableWidgetItem(" ".join(text[segment.start : segment.end][:_SNIPPET].split()))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.blocks.setItem(row, 1, item)
            yield

    def _list_of_kinds(self, row: int) -> QComboBox:
        combo = QComboBox()
        for term in DEFAULT.terms("segment.kind"):
            combo.addItem(term.label, term.value)
        combo.setAccessibleName(f"What block {row + 1} is")
        combo.activated.connect(lambda _: self._set_kind(row, combo.currentData()))
        combo.installEventFilter(self)
        self.blocks.setCellWidget(row, 0, combo)
        above = self.blocks.cellWidget(row - 1, 0) if row else None
        QWidget.setTabOrder(above or self.fields[_FIELDS[-1][0]], combo)
        return combo

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The block whose kind has the focus is in sight."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QComboBox):
            self.blocks.scrollTo(self.blocks.indexAt(watched.pos()))
        return super().eventFilter(watched, event)

    def _set_kind(self, row: int, kind: str) -> None:
        self._segments[row] = replace(self._segments[row], kind=kind)
        self.changed.emit()

    def edit(self) -> Edit:
        """The edit that turns the shown article into what the form says.

        Raises:
            InvalidEdit: with the sentence for the user.
        """
        if self._article is None:
            raise InvalidEdit("There is no article in the form.")
        segments = tuple(self._segments)
        values: dict[str, object] = {"segments": segments} if segments != self._article.segments else {}
        for name, field in self.fields.items():
            if field.text() != self._shown[name]:  # what nobody touched stays as it was read, odd spaces and all
                values[name] = field.text() if name == "title" else field.text().strip() or None
        return articles.change_article(self._article, **values)

    def typed(self) -> dict[str, str]:
        """The fields that are not as they were shown: what each is called → what stands in it."""
        lines = {name: field for name, field in self.fields.items() if field.text() != self._shown.get(name, "")}
        return {field.accessibleName(): field.text() for field in lines.values()}

    def article(self) -> Article:
        """The article as the form says. Raises InvalidEdit like :meth:`edit`."""
        edit = self.edit()
        after = edit.changes[0].after if edit.changes else self._article
        assert isinstance(after, Article)  # noqa: S101  # edit() changes the article and nothing else
        return after

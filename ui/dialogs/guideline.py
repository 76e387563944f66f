"""The project's guideline in a window of its own that stays open beside the work."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.edits import Edit
from annotator.services import guideline
from ui.dialogs.links import ask_before_opening
from ui.store import Store
from ui.widgets.editors import passing
from ui.widgets.focus import name_clear_button
from ui.widgets.markdown import MarkdownPage
from ui.widgets.screen import resize_to_screen


class GuidelineWindow(QDialog):
    """Its sections on the left, the text on the right, a search above. It follows the scheme."""

    def __init__(self, store: Store, parent: QWidget) -> None:
        super().__init__(parent)
        self._store = store
        self.search = QLineEdit(self)
        passing(self.search)
        self.search.setPlaceholderText("Find in the guideline")
        self.search.setAccessibleName("Find in the guideline")
        self.search.setClearButtonEnabled(True)
        name_clear_button(self.search)
        self.found = QLabel(self)
        self.found.setProperty("tone", "secondary")
        self.found.hide()
        self.list = QListWidget(self)
        self.list.setAccessibleName("Sections of the guideline")
        self.list.setFixedWidth(180)
        self.list.setSpacing(2)
        self.page = MarkdownPage("Guideline", self)
        ask_before_opening(self.page, self)
        top, middle, layout = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        top.addWidget(self.search, 1)
        top.addWidget(self.found)
        middle.addWidget(self.list)
        middle.addWidget(self.page, 1)
        layout.addLayout(top)
        layout.addLayout(middle, 1)
        resize_to_screen(self, 780, 560)
        self.list.currentItemChanged.connect(self._chosen)
        self.list.itemClicked.connect(self._chosen)
        self.search.textEdited.connect(lambda _: self._search())
        store.project_opened.connect(self._read)
        store.changed.connect(self._follow)
        self._read()

    def show_section(self, field: str) -> None:
        """Show what is said of a field or panel, or what is nearest to it."""
        nearest = guideline.nearest(self._store.workspace.scheme, field)
        for row in range(self.list.count()):
            if self.list.item(row).data(Qt.ItemDataRole.UserRole) == nearest:
                self.list.setCurrentRow(row)
                self._chosen(self.list.item(row))
        self.list.setFocus()

    def _read(self) -> None:
        scheme = self._store.workspace.scheme
        current = self.list.currentItem()
        kept = current.data(Qt.ItemDataRole.UserRole) if current else ""
        self.setWindowTitle(f"Guideline: {scheme.name}, version {scheme.version}")
        self.page.show_markdown(guideline.titled(scheme.guideline))
        self.list.blockSignals(True)
        self.list.clear()
        for field in guideline.sections(scheme):
            item = QListWidgetItem(guideline.title(field) if field else "Beginning")
            item.setData(Qt.ItemDataRole.UserRole, field)
            self.list.addItem(item)
            if field == kept:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)

    def _follow(self, edit: Edit) -> None:
        if "scheme" in edit.by_kind:
            self._read()

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None and not self.page.reveal(item.text()):
            self.page.verticalScrollBar().setValue(0)

    def _search(self) -> None:
        self.page.unselect()
        self._find(backwards=False)

    def _find(self, *, backwards: bool) -> None:
        words = self.search.text()
        there = bool(words) and self.page.find_next(words, backwards=backwards)
        self.found.setText("" if there or not words else "Not found.")
        self.found.setVisible(bool(self.found.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter finds the next place, Shift+Enter the one before."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.search.hasFocus():
            self._find(backwards=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

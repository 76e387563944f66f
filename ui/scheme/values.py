"""The values of one vocabulary as a list that is edited in place and put in order by keys or with the mouse."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QDropEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from annotator.model import Term
from ui.scheme.page import Counts
from ui.widgets.paint import tooltip

LABEL, MEANING, VALUE, USES = range(4)
_HEADS = ("Label", "Meaning", "Stored as", "Uses")
_ROW = 32
_ROLE = Qt.ItemDataRole.UserRole


class ValueList(QTreeWidget):
    """Rows in the order in which they are offered; a retired value is greyed and says so."""

    edited = Signal(str, int, str)
    """The stored value of a row, a column, and what was typed there."""
    moved = Signal(str, int)
    """A stored value, and by how many places it should move."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._filling = False
        self._editable = True
        self.setAccessibleName("Values")
        self.setHeaderLabels(_HEADS)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.itemDoubleClicked.connect(self._edit)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(True)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(MEANING, QHeaderView.ResizeMode.Stretch)
        for column, width in ((LABEL, 150), (VALUE, 130), (USES, 76)):
            self.setColumnWidth(column, width)
        self.itemChanged.connect(self._changed)

    def show_terms(self, terms: tuple[Term, ...], counts: Counts | None) -> None:
        """Show these; the row that is current stays so. ``counts`` None: not known yet."""
        current = self.value()
        column = max(0, self.currentColumn())
        self._filling = True
        self.clear()
        for term in terms:
            item = self._item(term, counts)
            self.addTopLevelItem(item)
            if term.value == current:
                self.setCurrentItem(item, column)
        if self.currentItem() is None and (first := self.topLevelItem(0)) is not None:
            self.setCurrentItem(first)
        self._filling = False

    def show_counts(self, vocabulary: str, counts: Counts) -> None:
        """Show how often each value stands."""
        self._filling = True
        for row in range(self.topLevelItemCount()):
            item = self.topLevelItem(row)
            if item is not None:
                item.setText(USES, _uses(counts.get((vocabulary, item.data(LABEL, _ROLE)), 0), item))
        self._filling = False

    def value(self) -> str | None:
        """The stored value of the current row."""
        item = self.currentItem()
        return None if item is None else str(item.data(LABEL, _ROLE))

    def go_to(self, value: str) -> None:
        """Make the row of that value the current one."""
        for row in range(self.topLevelItemCount()):
            item = self.topLevelItem(row)
            if item is not None and item.data(LABEL, _ROLE) == value:
                self.setCurrentItem(item)

    def set_editable(self, editable: bool) -> None:
        self._editable = editable
        self.setDragEnabled(editable)

    def _item(self, term: Term, counts: Counts | None) -> QTreeWidgetItem:
        item = QTreeWidgetItem([term.label, term.meaning, term.value, ""])
        item.setData(LABEL, _ROLE, term.value)
        item.setData(VALUE, _ROLE, term.retired)
        item.setSizeHint(LABEL, QSize(0, _ROW))
        item.setToolTip(MEANING, tooltip(term.meaning))
        item.setText(USES, _uses(None if counts is None else counts.get((term.vocabulary, term.value), 0), item))
        item.setTextAlignment(USES, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        kind = Qt.ItemFlag
        flags = kind.ItemIsEnabled | kind.ItemIsSelectable | kind.ItemIsDragEnabled
        item.setFlags(flags | kind.ItemIsEditable if self._editable else flags)
        if term.retired:
            font = item.font(LABEL)
            font.setItalic(True)
            grey = self.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
            for column in range(self.columnCount()):
                item.setFont(column, font)
                item.setForeground(column, QBrush(QColor(grey)))
        return item

    def _edit(self, item: QTreeWidgetItem | None, column: int) -> None:
        editing = self.state() == QAbstractItemView.State.EditingState  # the Enter that ends it comes here, too
        if item is not None and self._editable and column != USES and not editing:
            self.editItem(item, column)

    def _changed(self, item: QTreeWidgetItem, column: int) -> None:
        if not self._filling:
            self.edited.emit(item.data(LABEL, _ROLE), column, item.text(column))

    # -- Qt -----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt with an arrow moves the row; Enter and F2 edit it."""
        value, alt = self.value(), event.modifiers() == Qt.KeyboardModifier.AltModifier
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if alt and step and value is not None and self._editable:
            self.moved.emit(value, step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self._edit(self.currentItem(), self.currentColumn())
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """A row was dropped: say where it should go; the list is filled anew from the scheme."""
        value, target = self.value(), self.indexAt(event.position().toPoint())
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if value is None or not self._editable:
            return
        source = self.currentIndex().row()
        row = target.row() if target.isValid() else self.topLevelItemCount()
        if target.isValid() and self.dropIndicatorPosition() == QAbstractItemView.DropIndicatorPosition.BelowItem:
            row += 1
        step = row - source - (1 if row > source else 0)
        if step:
            self.moved.emit(value, step)


def _uses(count: int | None, item: QTreeWidgetItem) -> str:
    retired = "retired" if item.data(VALUE, _ROLE) else ""
    words = [retired, "…" if count is None else f"{count:,}"]
    return " · ".join(word for word in words if word)

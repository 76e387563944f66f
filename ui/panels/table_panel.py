"""A panel whose rows are cells, some of them edited in place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QVBoxLayout, QWidget

from annotator.edits import Edit
from annotator.services import annotate
from ui.fonts import ui_font
from ui.panels.panel import Panel
from ui.theme import Theme
from ui.widgets.cells import CellDelegate
from ui.widgets.editors import LineEditor, overtaken
from ui.widgets.paint import tooltip

CELL = "cell/"
"""What the key of a cell in which one types begins with: ``cell/ROW/COLUMN``."""


class TablePanel(Panel):
    """Adds the refusal, a sentence below the table, and gives a refused cell back as it was typed.

    Several rows may be chosen, where the table allows it.
    """

    _moving = False

    def _watch_cells(self, cells: CellDelegate) -> None:
        """Call once, after ``assemble``."""
        self._cells = cells
        self.refusal = QLabel()
        self.refusal.setProperty("tone", "error")
        self.refusal.setFont(ui_font(12))
        self.refusal.setWordWrap(True)
        self._refusal_box = self.padded(self.refusal)
        self._refusal_box.hide()
        self.body.addWidget(self._refusal_box)
        header = self.table.horizontalHeader()
        header.setFont(ui_font(12))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(20)
        triggers = QAbstractItemView.EditTrigger
        self.table.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        cells.refused.connect(self._refused)
        cells.overtaken.connect(lambda theirs: self.store.refused.emit(overtaken(theirs)))

    def padded(self, widget: QWidget) -> QWidget:
        """The widget in a box with the panel's side margins."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(16, 0, 16, 8)
        column.addWidget(widget)
        return box

    def tell(self, sentence: str | None) -> None:
        """Show one sentence below the table; None takes it away."""
        self.refusal.setText(sentence or "")
        self.refusal.setToolTip(tooltip(sentence or ""))
        self._refusal_box.setVisible(bool(sentence))

    def attempt_cell(self, make: Callable[[], Edit]) -> bool:
        """Commit a cell; a refusal is told below the table."""
        refusal = self.committer.commit(make)
        self.tell(refusal)
        return refusal is None

    # -- several rows -------------------------------------------------------------------------------------------

    def chosen(self) -> list[str]:
        """The keys of the rows that are chosen, as they are listed."""
        ranges = self.table.selectionModel().selection().toList()
        rows = sorted({row for part in ranges for row in range(part.top(), part.bottom() + 1)})
        return [self.rows.keys[row] for row in rows]

    def delete_key(self, key: str) -> None:
        """Delete the record of that row, with all chosen ones where it is one of them."""
        chosen = self.chosen()
        doomed = chosen if key in chosen else [key]
        self.store.large.attempt(len(doomed), lambda ws: annotate.delete(ws, doomed))

    def _moved(self, current: QModelIndex, previous: QModelIndex) -> None:
        """A press chooses rows where the pointer is: they must not open, close or scroll before that is done."""
        many = self.table.selectionMode() == QAbstractItemView.SelectionMode.ExtendedSelection
        if many and self.table.pressing:
            QTimer.singleShot(0, self, self._catch_up)
            return
        self._moving = True
        super()._moved(current, previous)
        self._moving = False

    def _catch_up(self) -> None:
        """Select the row that was gone to, and open or close it."""
        current = self.table.currentIndex()
        if current.isValid() and self.rows.keys[current.row()] != self.selected_key():
            self._moving = True
            super()._moved(current, current)
            self._moving = False
        self.follow()

    def _mark(self, row: int) -> None:
        """While several are chosen the selected one stays one of them; who moves there by hand chooses by hand."""
        stays = row >= 0 and row == self.table.currentIndex().row()
        if not stays or not (self._moving or self.table.selectionModel().hasSelection()):
            super()._mark(row)

    # -- what is being typed ------------------------------------------------------------------------------------

    def loose_fields(self) -> list[QWidget]:
        """Fields in which one types for no single record."""
        return []

    def cell_typed(self) -> tuple[str, str, str] | None:
        """Key, name and text of the cell in which one is typing, where it is not as it was."""
        editor, index = self.table.cell_editor(), self.table.currentIndex()
        if not isinstance(editor, LineEditor) or not editor.is_touched() or not index.isValid():
            return None
        name = self.rows.headerData(index.column(), Qt.Orientation.Horizontal) or ""
        return f"{CELL}{self.rows.keys[index.row()]}/{index.column()}", name.lower(), editor.text()

    # -- what was refused ---------------------------------------------------------------------------------------

    def _refused(self, cell: QPersistentModelIndex, typed: str) -> None:
        QTimer.singleShot(0, self, lambda: self._reopen(cell, typed))

    def type_again(self, key: str, text: str) -> bool:
        """Put a text of :meth:`cell_typed` back into its cell; False where there is none that can be edited."""
        row_key, _, column = key.removeprefix(CELL).rpartition("/")
        row = self.rows.row_of(row_key)
        cell = QPersistentModelIndex(self.rows.index(row, int(column))) if row >= 0 else QPersistentModelIndex()
        if not cell.isValid() or not cell.flags() & Qt.ItemFlag.ItemIsEditable:
            return False
        self._reopen(cell, text)
        return isinstance(self.table.cell_editor(), LineEditor)

    def _reopen(self, cell: QPersistentModelIndex, typed: str) -> None:
        if not cell.isValid():
            return
        index = self.rows.index(cell.row(), cell.column())
        self.table.setCurrentIndex(index)
        self.table.edit(index)
        editor = self.table.cell_editor()
        if isinstance(editor, LineEditor):
            editor.restore(typed)

    def set_theme(self, theme: Theme) -> None:
        cells = self.table.itemDelegate()
        if isinstance(cells, CellDelegate):
            cells.theme = theme
        super().set_theme(theme)

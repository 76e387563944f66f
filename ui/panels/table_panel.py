"""A panel whose rows are cells, some of them edited in place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPersistentModelIndex, QTimer
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QVBoxLayout, QWidget

from annotator.edits import Edit
from ui.fonts import ui_font
from ui.panels.panel import Panel
from ui.theme import Theme
from ui.widgets.cells import CellDelegate
from ui.widgets.editors import LineEditor
from ui.widgets.paint import tooltip


class TablePanel(Panel):
    """Adds the notice that says what was refused, and gives a refused cell back as it was typed."""

    def _watch_cells(self, cells: CellDelegate) -> None:
        """Call once, after ``assemble``."""
        self._cells = cells
        self.notice = QLabel()
        self.notice.setProperty("tone", "error")
        self.notice.setFont(ui_font(12))
        self.notice.setWordWrap(True)
        self._notice_box = self.padded(self.notice)
        self._notice_box.hide()
        self.body.addWidget(self._notice_box)
        header = self.table.horizontalHeader()
        header.setFont(ui_font(12))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(20)
        triggers = QAbstractItemView.EditTrigger
        self.table.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        cells.refused.connect(self._refused)

    def padded(self, widget: QWidget) -> QWidget:
        """The widget in a box with the panel's side margins."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(16, 0, 16, 8)
        column.addWidget(widget)
        return box

    def tell(self, sentence: str | None) -> None:
        """Show one sentence below the table; None takes it away."""
        self.notice.setText(sentence or "")
        self.notice.setToolTip(tooltip(sentence or ""))
        self._notice_box.setVisible(bool(sentence))

    def attempt_cell(self, make: Callable[[], Edit]) -> bool:
        """Commit a cell; a refusal is told below the table."""
        refusal = self.committer.commit(make)
        self.tell(refusal)
        return refusal is None

    def _refused(self, cell: QPersistentModelIndex, typed: str) -> None:
        QTimer.singleShot(0, self, lambda: self._reopen(cell, typed))

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

"""Rows of 32 pixels with cells that can be edited in place."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QAbstractItemDelegate, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.fonts import ui_font
from ui.theme import Theme
from ui.widgets import paint
from ui.widgets.choice import ChoiceEditor
from ui.widgets.editors import LineEditor

_FOUND = "found"
"""The property of a cell's editor that holds what the cell held when the editor was filled from it."""

ROW = 32
PAD = 8
Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Paints the ground of a row and edits its cells. A refused value is typed back into the cell (``refused``)."""

    overtaken = Signal(str)
    """Somebody else has put that text into the cell meanwhile. ``refused`` follows; the next time it goes through."""
    refused = Signal(QPersistentModelIndex, str)
    """The cell, and what was typed into it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    # -- painting -----------------------------------------------------------------------------------------------

    def head(self, painter: QPainter, option: QStyleOptionViewItem) -> QRectF:
        """Paint the row's ground and line; the rectangle of the cell without the open form."""
        whole = QRectF(option.rect)
        head = QRectF(whole.left(), whole.top(), whole.width(), ROW)
        paint.row_ground(painter, option.state, whole, head, self.theme)
        return head

    def words(self, painter: QPainter, rect: QRectF, words: str, font: QFont, colour: str, *, right: bool) -> None:
        """One line of text in a cell, cut with “…”."""
        painter.setFont(font)
        painter.setPen(QColor(colour))
        flags = Qt.AlignmentFlag.AlignVCenter | (Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
        cut = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, int(flags) | int(Qt.TextFlag.TextSingleLine), cut)

    # -- editing ------------------------------------------------------------------------------------------------

    def make_editor(self, index: Index) -> LineEditor | ChoiceEditor:
        """The editor of a cell."""
        raise NotImplementedError

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = self.make_editor(index)
        editor.setParent(parent)
        editor.setObjectName("cell")
        editor.setFont(ui_font(13))
        editor.setAccessibleName(str(index.model().headerData(index.column(), Qt.Orientation.Horizontal) or "Status"))
        if isinstance(editor, ChoiceEditor):
            editor.committed.connect(lambda: self._finish(editor))
            QTimer.singleShot(0, editor, editor.showPopup)
        return editor

    def _finish(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        value = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, ChoiceEditor):
            editor.set_value(value)
        elif isinstance(editor, LineEditor) and not editor.is_touched():
            editor.setText(value or "")
            editor.selectAll()
            editor.setProperty(_FOUND, value or "")

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        value: Any = editor.value() if isinstance(editor, LineEditor | ChoiceEditor) else None
        if isinstance(editor, LineEditor):
            if not editor.is_touched():
                return
            editor.settle()
        kept = QPersistentModelIndex(index)
        stored = index.data(Qt.ItemDataRole.EditRole) or ""
        if isinstance(editor, LineEditor) and stored not in (editor.property(_FOUND), value):
            self.overtaken.emit(stored)
            self.refused.emit(kept, value)
            return
        if not model.setData(kept, value) and isinstance(editor, LineEditor):
            self.refused.emit(kept, value)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        rect = option.rect
        editor.setGeometry(rect.left() + 1, rect.top() + 1, rect.width() - 2, ROW - 2)

"""A list of the uses of a speaker, the words of each under the title of its article."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QListView, QStyleOptionViewItem, QWidget

from ui.models.uses import PART, UsesModel
from ui.widgets.snippet import SnippetRow

_INDENT = 20
_PART = 72
"""Pixels for what the speaker is."""
_ROW = 28


class _UseRow(SnippetRow):
    """A use stands a little to the right of its article."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, self._moved(option, index), index)

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        return super().editorEvent(event, model, self._moved(option, index), index)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, _ROW)

    def lead(self, painter: QPainter, room: QRect, font: QFont, index: QModelIndex | QPersistentModelIndex) -> int:
        part = index.data(PART)
        if part is None:
            return 0
        self._put(painter, room, QApplication.palette().color(QPalette.ColorRole.PlaceholderText), font, part)
        return _PART

    @staticmethod
    def _moved(option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QStyleOptionViewItem:
        moved = QStyleOptionViewItem(option)
        if index.data(PART):
            moved.rect.adjust(_INDENT, 0, 0, 0)
        return moved


class UsesList(QListView):
    """All rows are of one height, so that none is looked at before it is seen."""

    def __init__(self, model: UsesModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_UseRow(self))
        self.setModel(model)

"""A list of sentences: each row as high as its words need at the width that the list has."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtWidgets import QListWidget, QStyledItemDelegate, QStyleOptionViewItem, QWidget


class WrappedList(QListWidget):
    """``spacing`` is the room around each row, in pixels."""

    def __init__(self, name: str, spacing: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setWordWrap(True)
        self.setSpacing(spacing)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Rows(self))


class _Rows(QStyledItemDelegate):
    """Qt lays rows out as if there were a wide scroll bar and no room around them, and paints them as they are."""

    def __init__(self, listed: QListWidget) -> None:
        super().__init__(listed)
        self._list = listed

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        room = QRect(option.rect)
        room.setWidth(self._list.viewport().width() - 2 * self._list.spacing())
        option.rect = room
        return super().sizeHint(option, index)

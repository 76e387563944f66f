"""Rows that show words found between the words around them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

SNIPPET = Qt.ItemDataRole.UserRole + 1
"""``(heading, before, exact, after)``; the heading may be empty. The item's own text is what is read out."""
_LINE, _PAD = 22, 8
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_QUIET = QPalette.ColorRole.PlaceholderText


class SnippetRow(QStyledItemDelegate):
    """The words found stand bold in their line, under the heading if there is one."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        style = QApplication.style()
        self.initStyleOption(option, index)
        option.text = ""
        widget: QWidget | None = option.widget
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)  # ground and tick
        tick = style.subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, widget)
        left = max(option.rect.left(), tick.right() if tick.isValid() else 0) + _PAD
        room = QRect(left, option.rect.top(), option.rect.right() - left - _PAD, option.rect.height())
        heading, before, exact, after = index.data(SNIPPET)
        painter.save()
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        if heading:
            top = QRect(room.left(), room.top() + 4, room.width(), _LINE)
            self._put(painter, top, option.palette.color(QPalette.ColorRole.Text), bold, heading)
            room = QRect(room.left(), top.bottom(), room.width(), _LINE)
        room.setLeft(room.left() + self.lead(painter, room, option.font, index))
        on = bool(option.state & QStyle.StateFlag.State_Enabled)
        quiet = QApplication.palette().color(_QUIET)  # the list's own is made by the style sheet, and too faint
        ink = option.palette.color(QPalette.ColorRole.Text) if on else quiet
        for color, font, words in ((quiet, option.font, before), (ink, bold, exact), (quiet, option.font, after)):
            room.setLeft(room.left() + self._put(painter, room, color, font, words))
        painter.restore()

    def lead(self, _painter: QPainter, _room: QRect, _font: QFont, _index: QModelIndex | QPersistentModelIndex) -> int:
        """Paint what stands before the words, if anything does; the room that it takes in pixels."""
        return 0

    @staticmethod
    def _put(painter: QPainter, room: QRect, color: QColor, font: QFont, words: str) -> int:
        """Paint ``words`` at the left of ``room``, cut short where it ends; their width."""
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0, room.width()))
        painter.setFont(font)
        painter.setPen(color)
        painter.drawText(room, _LEFT, shown)
        return metrics.horizontalAdvance(shown)

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, 2 * _LINE + 8 if index.data(SNIPPET)[0] else _LINE + 8)

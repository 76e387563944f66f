"""How a claim looks in its list: a card with number, words and source."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui import icons
from ui.fonts import ui_font
from ui.models.claims import CARD, IMPLICIT, ClaimCard, ClaimsModel
from ui.panels.claim_cells import HEADING, heading_of, paint_heading
from ui.theme import Theme
from ui.widgets import paint

SIDE, GAP = 12, 7
_TEXT_LEFT, _TEXT_RIGHT, _TOP, _LINE, _FOOT = 44, 13, 9, 18, 27
_LINES = 3


class ClaimCards(QStyledItemDelegate):
    """Paints the cards and knows how tall they are. ``open_row`` tells which one shows its form, -1: none."""

    def __init__(
        self, model: ClaimsModel, open_row: Callable[[], int], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._open_row = open_row
        self._model = model
        self._font = ui_font(13)
        self._lines: dict[str, tuple[str, float, float, int]] = {}

    def row_height(self, row: int, width: int, *, opened: bool) -> int:
        """The height of the card with its gap; of an open one, of the part above its form."""
        key = self._model.keys[row]
        lines = self._line_count(key, self._text_width(width))
        return (HEADING if key in self._model.groups else 0) + _TOP + lines * _LINE + (8 if opened else _FOOT + GAP + 3)

    def _text_width(self, width: int) -> float:
        return max(60.0, width - 2 * SIDE - _TEXT_LEFT - _TEXT_RIGHT)

    def _line_count(self, key: str, width: float) -> int:
        """How many lines the claim takes; measured once for its words, wrapped only in a close call."""
        words = self._model.quote(key)
        known = self._lines.get(key)
        if known is not None and known[0] == words:
            if known[2] == width:
                return known[3]
            advance = known[1]
        else:
            advance = QFontMetricsF(self._font).horizontalAdvance(words[:400])
        full, rest = divmod(advance, width)
        count = min(_LINES, int(full) + 1)
        if 0 < full < _LINES and rest > 0.75 * width:
            count = len(paint.wrap(words, self._font, width, _LINES))
        self._lines[key] = (words, advance, width, count)
        return count

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        card = index.data(CARD)
        if not isinstance(card, ClaimCard):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if words := heading_of(index):
            paint_heading(painter, QRectF(option.rect), words, self.theme)
            option.rect = option.rect.adjusted(0, HEADING, 0, 0)
        opened = index.row() == self._open_row()
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver) and not selected
        frame = QRectF(option.rect).adjusted(SIDE + 0.5, 0.5, -SIDE - 0.5, -GAP - 0.5)
        self._frame(painter, frame, selected=selected, hovered=hovered)
        if state & QStyle.StateFlag.State_HasFocus:
            colour = self.theme.text if selected else self.theme.accent  # the frame has the accent's colour already
            paint.focus_ring(painter, frame.adjusted(-1, -1, 1, 1), colour, 9)
        hue = self.theme.speaker_line(card.hue)
        width = 24 if card.number < 100 else 32
        badge = QRectF(frame.left() + 9, frame.top() + _TOP, width, 18)
        paint.number_badge(painter, badge, card.number, hue, self.theme, selected=selected)
        bottom = self._words(painter, card, frame)
        if not opened:
            self._footer(painter, card, frame, bottom, hue)
        painter.restore()

    def _frame(self, painter: QPainter, frame: QRectF, *, selected: bool, hovered: bool) -> None:
        edge = self.theme.accent if selected else self.theme.outline if hovered else self.theme.border
        painter.setPen(QPen(QColor(edge), 1.4 if selected else 1))
        painter.setBrush(QColor(self.theme.field))
        painter.drawRoundedRect(frame, 8, 8)

    def _words(self, painter: QPainter, card: ClaimCard, frame: QRectF) -> float:
        left, top = frame.left() + _TEXT_LEFT, frame.top() + _TOP
        painter.setFont(self._font)
        painter.setPen(QColor(self.theme.text))
        for line in paint.wrap(card.quote, self._font, frame.right() - _TEXT_RIGHT - left + 1, _LINES):
            painter.drawText(paint.baseline(QRectF(left, top, 10, _LINE), self._font), line)
            top += _LINE
        return top

    def _footer(self, painter: QPainter, card: ClaimCard, frame: QRectF, top: float, hue: str) -> None:
        row = QRectF(frame.left() + _TEXT_LEFT, top + 5, frame.width() - _TEXT_LEFT - _TEXT_RIGHT, _LINE)
        font = ui_font(12, QFont.Weight.Medium)
        at = paint.baseline(row, font)
        if card.source is None:
            painter.setPen(QColor(self.theme.text2 if card.implicit else self.theme.delete))
            name = IMPLICIT if card.implicit else "No speaker"
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(hue))
            painter.drawEllipse(QRectF(row.left(), row.center().y() - 3, 6, 6))
            at += QPointF(11, 0)
            painter.setPen(QColor(self.theme.text))
            name = card.source
        metrics = QFontMetricsF(font)
        name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, row.right() - at.x() - 110)
        painter.setFont(font)
        painter.drawText(at, name)
        if card.unsure:
            icons.draw(
                painter, "circle-help", self.theme.accent, QRectF(row.right() - 15, row.center().y() - 7.5, 15, 15)
            )
        if card.form:
            painter.setFont(ui_font(12))
            painter.setPen(QColor(self.theme.text2))
            painter.drawText(at + QPointF(metrics.horizontalAdvance(name) + 8, 0), f"·  {card.form}")

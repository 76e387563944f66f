"""The hover card: a small window over the article that tells what lies under the pointer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.article.cards import Card
from ui.fonts import ui_font
from ui.theme import Theme, blend
from ui.widgets import paint

_WIDTH, _EDGE, _LABELS, _SPACE = 380, 14, 64, 6
_LINE, _TITLE, _BADGE = 18, 22, 24
_CLICK = "Click selects"
"""Said of the mark that a click would choose, where several lie on each other."""
_MOST_LINES = 4
_MOST_CARDS = 8
"""Marks that are listed by name; further ones are counted."""
_AWAY = 14
"""From the words to the card."""
Draw = Callable[[QPainter], None]


class _Sheet:
    """What a card paints, from top to bottom, and how large it is."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.draws: list[Draw] = []
        self.places: list[tuple[QRectF, str]] = []
        """Where a click chooses which mark."""
        self.y = float(_EDGE - 4)

    def words(
        self, x: float, text: str, font: QFont, colour: str, height: float = _LINE, *, struck: bool = False
    ) -> None:
        """One line of words at this height; the height is not used up."""
        at = paint.baseline(QRectF(x, self.y, 10, height), font)
        width = QFontMetricsF(font).horizontalAdvance(text)

        def draw(painter: QPainter) -> None:
            painter.setFont(font)
            painter.setPen(QColor(colour))
            painter.drawText(at, text)
            if struck:
                middle = at.y() - 4
                painter.drawLine(QPointF(at.x() - 1, middle), QPointF(at.x() + width + 1, middle))

        self.draws.append(draw)

    def fill(self, rect: QRectF, colour: str, radius: float = 0) -> None:
        """A filled area."""

        def draw(painter: QPainter) -> None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(rect, radius, radius)

        self.draws.append(draw)

    def add(self, card: Card, *, listed: bool, whole: bool) -> None:
        """One mark: its title, and with ``whole`` all that is told of it. ``listed``: it is one of several."""
        top = self.y
        self._head(card, tag=_CLICK if listed and whole else "")
        if whole:
            self._body(card)
        if listed and whole:
            self.fill(QRectF(1, top, 3, self.y - top), self.theme.accent, 1.5)
        self.places.append((QRectF(0, top, _WIDTH, _TITLE), card.id))
        self.y += _SPACE

    def _head(self, card: Card, tag: str) -> None:
        theme, x = self.theme, float(_EDGE)
        if card.number is not None and card.hue is not None:
            number, hue, badge = card.number, theme.speaker_line(card.hue), QRectF(x, self.y + 2, _BADGE + 6, 18)
            self.draws.append(lambda p: paint.number_badge(p, badge, number, hue, theme, selected=bool(tag)))
            x += _BADGE + 6 + 8
        elif card.hue is not None:
            self.fill(QRectF(x, self.y + 7, 8, 8), theme.speaker_line(card.hue), 4)
            x += 16
        font, light, small = ui_font(13, QFont.Weight.DemiBold), ui_font(12), ui_font(11, QFont.Weight.DemiBold)
        right = _WIDTH - _EDGE - (QFontMetricsF(small).horizontalAdvance(tag) + 10 if tag else 0)
        kind = f"·  {card.kind}" if card.kind else ""
        title = QFontMetricsF(font).elidedText(card.title, Qt.TextElideMode.ElideRight, right - x)
        self.words(x, title, font, theme.text, _TITLE)
        if tag:
            self.words(right + 10, tag, small, theme.accent, _TITLE)
        x += QFontMetricsF(font).horizontalAdvance(title) + 8
        if kind and right - x > 60:
            kind = QFontMetricsF(light).elidedText(kind, Qt.TextElideMode.ElideRight, right - x)
            self.words(x, kind, light, theme.text2, _TITLE)
        self.y += _TITLE

    def _body(self, card: Card) -> None:
        theme = self.theme
        if card.struck is not None:
            self._change(card.struck, card.reading or "")
        for label, text in card.rows:
            font = ui_font(12)
            self.words(_EDGE, label, font, theme.text2)
            for line in paint.wrap(text, font, _WIDTH - 2 * _EDGE - _LABELS, _MOST_LINES):
                self.words(_EDGE + _LABELS, line, font, theme.text)
                self.y += _LINE
            self.y += 2

    def _change(self, struck: str, reading: str) -> None:
        """Struck words with what they should read beside them, or below where they are long."""
        theme, font, strong = self.theme, ui_font(13), ui_font(13, QFont.Weight.DemiBold)
        room, x = float(_WIDTH - 2 * _EDGE), float(_EDGE)
        old = QFontMetricsF(font).elidedText(struck, Qt.TextElideMode.ElideMiddle, room)
        new = QFontMetricsF(strong).elidedText(reading or "left out", Qt.TextElideMode.ElideMiddle, room - 12)
        if old:
            self.words(x, old, font, theme.delete, _TITLE, struck=True)
            x += QFontMetricsF(font).horizontalAdvance(old) + 8
        width = QFontMetricsF(strong).horizontalAdvance(new)
        if x + width + 12 > _WIDTH - _EDGE:
            self.y, x = self.y + _TITLE, float(_EDGE)
        if reading:
            self.fill(QRectF(x, self.y + 2, width + 10, 18), blend(theme.insert, theme.insert_tint, theme.field), 3)
            self.words(x + 5, new, strong, theme.insert, _TITLE)
        else:
            self.words(x, new, font, theme.text2, _TITLE)
        self.y += _TITLE + 2

    def more(self, count: int) -> None:
        """How many marks are not listed."""
        self.words(_EDGE, f"and {count:,} more", ui_font(12), self.theme.text2)
        self.y += _LINE


class HoverCard(QWidget):
    """Tells of one mark, or of several that lie on each other. Takes no focus; ``chosen`` when a title is clicked."""

    chosen = Signal(str)
    entered = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        flags = Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint
        super().__init__(parent, flags)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setMouseTracking(True)
        self._sheet: _Sheet | None = None

    def tell(self, cards: Sequence[Card], chosen: str, at: QRect, theme: Theme) -> None:
        """Show these cards, the smallest mark first, beside a place on the screen; of ``chosen`` all is told."""
        sheet = _Sheet(theme)
        index = next((i for i, card in enumerate(cards) if card.id == chosen), 0)
        first = max(0, min(index - _MOST_CARDS + 1, len(cards) - _MOST_CARDS))
        shown = cards[first : first + _MOST_CARDS]
        for card in shown:
            sheet.add(card, listed=len(cards) > 1, whole=card is cards[index])
        if len(cards) > len(shown):
            sheet.more(len(cards) - len(shown))
        self._sheet = sheet
        self.setAccessibleName(cards[index].spoken)
        others = ". ".join(card.title for card in shown if card is not cards[index])
        self.setAccessibleDescription(f"Also here: {others}" if others else "")
        self.resize(_WIDTH, round(sheet.y + _EDGE - 4 - _SPACE))
        self.move(_beside(at, self.size().width(), self.size().height(), self.parentWidget() or self))
        self.show()
        self.raise_()
        self.update()

    def titles(self) -> list[tuple[QRect, str]]:
        """Where each mark's title stands, and whose it is."""
        return [(rect.toRect(), id_) for rect, id_ in self._sheet.places] if self._sheet is not None else []

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        if self._sheet is None:
            return
        painter, theme = QPainter(self), self._sheet.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(theme.field))
        painter.setPen(QPen(QColor(theme.outline), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        for draw in self._sheet.draws:
            draw(painter)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.entered.emit()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.left.emit()
        super().leaveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = any(rect.contains(event.position().toPoint()) for rect, _ in self.titles())
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for rect, id_ in self.titles():
            if rect.contains(event.position().toPoint()):
                self.hide()
                self.chosen.emit(id_)
                return


def _beside(at: QRect, width: int, height: int, window: QWidget) -> QPoint:
    """Below a place on the screen, or above it where there is no room; never outside the screen."""
    screen = window.screen().availableGeometry()
    y = at.bottom() + _AWAY
    if y + height > screen.bottom() + 1:
        y = at.top() - _AWAY - height
    x = min(max(at.left() - 24, screen.left()), screen.right() + 1 - width)
    return QPoint(x, max(screen.top(), min(y, screen.bottom() + 1 - height)))

"""When the hover card comes and goes: after a rest over a mark, by a key, until something else happens."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from ui.article.cards import Card, Cards
from ui.article.hover_card import HoverCard
from ui.text.view import ArticleView
from ui.theme import Theme

_GRACE_MS = 350
"""How long the pointer may be on its way from a mark to its card."""
_ENDS = (QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.Resize, QEvent.Type.WindowDeactivate)
_PLAIN_KEYS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)


class Hovering(QObject):
    """Shows the cards of the article's marks over the views that are watched."""

    chosen = Signal(str)
    """The mark whose title was clicked in a card."""

    def __init__(self, cards: Cards, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._cards = cards
        self._theme = theme
        self.card = HoverCard(parent)
        self.card.chosen.connect(self.chosen)
        self._under: tuple[str, ...] = ()
        self._closed_now = False
        self.grace = QTimer(self)
        """Runs while the pointer is elsewhere; the card goes when it ends."""
        self.grace.setSingleShot(True)
        self.grace.setInterval(_GRACE_MS)
        self.grace.timeout.connect(self.hide)
        self.card.entered.connect(self.grace.stop)
        self.card.left.connect(self.grace.start)

    def watch(self, view: ArticleView) -> None:
        """Show cards over this view from now on."""
        view.card_requested.connect(self._rest)
        view.verticalScrollBar().valueChanged.connect(self.hide)
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)

    def set_theme(self, theme: Theme) -> None:
        """Paint the next card in this theme."""
        self.hide()
        self._theme = theme

    def hide(self) -> None:
        """Take the card away."""
        self.grace.stop()
        self.card.hide()

    def toggle(self, view: ArticleView, id_: str) -> None:
        """Show the card of a mark or speaker at its place, by key; when a card shows, take it away."""
        closed, self._closed_now = self._closed_now or self.card.isVisible(), False
        self.hide()
        card = self._cards.card(id_)
        if closed or card is None:
            return
        place = view.place_of(id_)
        corner = view.viewport().mapToGlobal(QPoint(0, 0))
        self._under = ()
        self.card.tell([card], id_, place.translated(corner), self._theme)
        QAccessible.updateAccessibility(QAccessibleEvent(self.card, QAccessible.Event.Alert))

    def _rest(self, at: QPoint, ids: tuple[str, ...], chosen: str) -> None:
        """The pointer rests: tell what lies there."""
        cards = [card for id_ in ids if (card := self._cards.card(id_)) is not None]
        if not cards:
            self.hide()
            return
        self._under = ids
        self.grace.stop()
        self.card.tell(cards, _told(cards, chosen), QRect(at - QPoint(0, 8), at), self._theme)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whether the event ends here: Escape that takes a card away."""
        if not self.card.isVisible():
            return False
        kind = event.type()
        if kind in _ENDS:
            self.hide()
        elif kind == QEvent.Type.Leave:
            self.grace.start()
        elif kind == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._moved(watched, event)
        elif kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            return self._key(event)
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() not in _PLAIN_KEYS:
            self.hide()
        return False

    def _moved(self, watched: QObject, event: QMouseEvent) -> None:
        view = watched.parent()
        if isinstance(view, ArticleView) and self._under and view.marks_at(event.position()) == self._under:
            self.grace.stop()
        elif not self.grace.isActive():
            self.grace.start()

    def _key(self, event: QKeyEvent) -> bool:
        """A key takes the card away, and says so to a command that it calls: the same key does not bring it back."""
        if event.key() in _PLAIN_KEYS:
            return False
        self.hide()
        self._closed_now = True
        QTimer.singleShot(0, self._forget)
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return False

    def _forget(self) -> None:
        self._closed_now = False


def _told(cards: list[Card], chosen: str) -> str:
    """The first card that a click would choose: that of the mark, or of a cue or source that stands for its claim."""
    return next((card.id for card in cards if card.id.partition("#")[0] == chosen), cards[0].id)

"""Small parts of the drawers: buttons, labels for data, removable lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QWidget,
)

from ui import icons
from ui.fonts import ui_font
from ui.theme import Theme
from ui.widgets import paint


def button(text: str, clicked: Callable[[], object], *, primary: bool = False, link: bool = False) -> QPushButton:
    """A push button. ``primary`` is the one that ends the work, ``link`` looks like words."""
    made = QPushButton(text)
    made.setAutoDefault(False)
    made.setFont(ui_font(12 if link else 13, QFont.Weight.Normal if link else QFont.Weight.Medium))
    if primary:
        made.setProperty("primary", "true")
    if link:
        made.setProperty("link", "true")
    made.clicked.connect(lambda _checked: clicked())
    return made


def caption(text: str) -> QLabel:
    """A small heading inside a drawer."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(ui_font(12, QFont.Weight.DemiBold))
    made.setProperty("tone", "secondary")
    return made


class ElidedLabel(QLabel):
    """One line of data, painted with “…” where it does not fit; the tool tip shows it whole. It never asks for room."""

    def __init__(self, tone: str = "", size: int = 12) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(ui_font(size))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if tone:
            self.setProperty("tone", tone)

    def show_text(self, text: str) -> None:
        self.setText(text)
        self._tell_cut()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_cut()

    def shown(self) -> str:
        """What of the text can be seen."""
        room = self.contentsRect().width()
        return QFontMetricsF(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def _tell_cut(self) -> None:
        self.setToolTip(paint.tooltip(self.text()) if self.shown() != self.text() else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect, alignment = self.contentsRect(), self.alignment()
        role, enabled = self.foregroundRole(), self.isEnabled()
        self.style().drawItemText(painter, rect, int(alignment), self.palette(), enabled, self.shown(), role)
        painter.end()


class FieldLabel(QLabel):
    """What a field is called. Dots below it say that the guideline tells of the field: in the tool tip, and at F1."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._told = False

    def explain(self, said: str) -> None:
        """Show that in the tool tip; "" takes it away."""
        self._told = bool(said)
        self.setToolTip(paint.tooltip(said))
        if said:
            self.setCursor(Qt.CursorShape.WhatsThisCursor)
        else:
            self.unsetCursor()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._told:
            return
        wrapped = Qt.TextFlag.TextWordWrap if self.wordWrap() else Qt.TextFlag.TextSingleLine
        words = self.fontMetrics().boundingRect(self.contentsRect(), self.alignment() | wrapped, self.text())
        painter = QPainter(self)
        painter.setPen(QPen(self.palette().color(self.foregroundRole()), 1, Qt.PenStyle.DotLine))
        painter.drawLine(words.left(), words.bottom() + 1, words.right(), words.bottom() + 1)
        painter.end()


class RemovableLine(QWidget):
    """``caption  “words”  ×``; clicking the words calls ``chosen`` when it is given."""

    def __init__(self, removed: Callable[[], object], what: str, chosen: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.caption = QLabel()
        self.caption.setTextFormat(Qt.TextFormat.PlainText)
        self.caption.setFont(ui_font(12))
        self.caption.setProperty("tone", "secondary")
        self.caption.setMinimumWidth(60)
        self.words = ElidedLabel()
        self.choose: QPushButton | None = None
        self.setFixedHeight(24)
        self.remove = QToolButton()
        self.remove.setAccessibleName(what)
        self.remove.setToolTip(what)
        self.remove.setFixedSize(24, 24)
        self.remove.clicked.connect(lambda _checked: removed())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.caption)
        if chosen is None:
            row.addWidget(self.words, 1)
        else:
            self.choose = button("", chosen, link=True)
            self.choose.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            row.addWidget(self.choose, 1)
        row.addWidget(self.remove)

    def add_before_remove(self, part: QWidget) -> None:
        """Put a further part into the line, before the button that removes it."""
        row = self.layout()
        if isinstance(row, QHBoxLayout):
            row.insertWidget(row.count() - 1, part)

    def show_line(self, caption: str, words: str, theme: Theme) -> None:
        self.caption.setText(caption)
        self.caption.setVisible(bool(caption))
        if self.choose is not None:
            self.choose.setText(words.replace("&", "&&"))
            self.choose.setToolTip(paint.tooltip(words))
        else:
            self.words.show_text(words)
        self.remove.setIcon(icons.icon("x", theme.text2, theme.border))


def tab_order(parts: Iterable[QWidget], after: QWidget | None = None) -> None:
    """Let Tab go through the parts in this order, and inside each as its widgets were added.

    ``after`` is what they follow; without it the first stays where Tab comes to it now.
    """
    stops = [stop for part in parts for stop in _stops(part)]
    while after is not None and not after.focusPolicy() & Qt.FocusPolicy.TabFocus:
        after = after.previousInFocusChain()  # Qt takes no other one for a neighbour
    for first, second in pairwise(stops if after is None else [after, *stops]):
        QWidget.setTabOrder(first, second)


def _stops(widget: QWidget) -> list[QWidget]:
    if widget.focusProxy() is None and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return [widget]
    inside = [stop for child in widget.children() if isinstance(child, QWidget) for stop in _stops(child)]
    return inside if widget.focusProxy() is None else [widget, *inside]  # Tab stops at who stands in for it


def inset(box: QSpinBox | QDoubleSpinBox) -> None:
    """Have a number begin as far from the border as words in other fields; a style sheet's padding ends outside it."""
    box.lineEdit().setTextMargins(8, 0, 0, 0)

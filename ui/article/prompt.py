"""A one-line question over the article: type, Enter accepts, Escape leaves everything as it was."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from annotator.services.lookup import NameIndex
from ui.theme import Theme
from ui.widgets import bits
from ui.widgets.typeahead import TypeAhead

_WIDTH = 340
_CHAIN = 520
"""A chain of three names is read whole."""


class Prompt(QFrame):
    """Shown inside its parent, near the words it is about. ``accept`` answers None or the sentence of a refusal."""

    refused = Signal(str)
    """The answer was not accepted; the sentence says why."""

    def __init__(self, parent: QWidget, give_focus_back: Callable[[], None]) -> None:
        super().__init__(parent)
        self.setObjectName("prompt")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self._area = parent
        self._give_focus_back = give_focus_back
        self._accept: Callable[[str], str | None] = lambda _: None
        self.question = QLabel(self)
        self.question.setTextFormat(Qt.TextFormat.PlainText)
        self.question.setWordWrap(True)
        self._names = NameIndex()
        self._words = QLineEdit(self)
        self._words.setClearButtonEnabled(True)  # a correction that leaves words out, with the mouse alone
        self._name = TypeAhead(lambda: self._names, chain=True)
        self.field: QLineEdit = self._words
        """The line that is asked for now: plain words, or names that are proposed while one types."""
        self.refusal = QLabel(self)
        self.refusal.setProperty("tone", "error")
        self.refusal.setTextFormat(Qt.TextFormat.PlainText)
        self.refusal.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 12)
        layout.setSpacing(8)
        self.accept_button = bits.button("OK", self._enter, primary=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in (self._words, self._name, self.accept_button):
            row.addWidget(part)
        layout.addWidget(self.question)
        layout.addLayout(row)
        layout.addWidget(self.refusal)
        for widget in (self._words, self._name, self.accept_button):
            widget.installEventFilter(self)
        for field in (self._words, self._name):
            field.returnPressed.connect(self._enter)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        self._name.set_theme(theme)

    def ask(
        self,
        question: str,
        text: str,
        at: QPoint,
        accept: Callable[[str], str | None],
        names: NameIndex | None = None,
        *,
        chain: bool = False,
    ) -> None:
        """Show the prompt below ``at`` (parent coordinates) with ``text`` selected; ``names`` are proposed.

        ``chain``: the answer is a chain of names, so that choosing one does not finish it.
        """
        self._accept = accept
        self.question.setText(question)
        self._names = names or NameIndex()
        self._name.chain = chain
        self.field = self._words if names is None else self._name
        self._words.setVisible(names is None)
        self._name.setVisible(names is not None)
        self.field.setAccessibleName(question)
        self.refusal.hide()
        self.field.setText(text)
        self.field.selectAll()
        self.setFixedWidth(min(_CHAIN if chain else _WIDTH, self._area.width() - 16))
        self.adjustSize()
        area = self._area.rect().adjusted(8, 8, -8, -8)
        x = max(area.left(), min(at.x(), area.right() - self.width()))
        above = at.y() - self.height() - 40
        y = at.y() if at.y() + self.height() <= area.bottom() else above
        self.move(x, max(area.top(), min(y, area.bottom() - self.height())))  # the caret may be scrolled out of sight
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _enter(self) -> None:
        refusal = self._accept(self.field.text())
        if refusal is None:
            self._close()
        else:
            self.refusal.setText(refusal)
            self.refusal.show()
            self.adjustSize()
            self.refused.emit(refusal)

    def close_unanswered(self) -> None:
        """Hide without an answer, for when the words it asked about are gone."""
        self.hide()

    def _close(self) -> None:
        self.hide()
        self._give_focus_back()

    def focusNextPrevChild(self, _forward: bool) -> bool:
        """Tab goes to and fro between the line and its button: what is behind the prompt waits for the answer."""
        (self.field if self.accept_button.hasFocus() else self.accept_button).setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape leaves the prompt before any shortcut of the window sees it; Enter presses its button."""
        if not isinstance(event, QKeyEvent) or (watched is self.field and self._name.suggestions):
            return super().eventFilter(watched, event)
        pressed = event.type() == QEvent.Type.KeyPress
        if event.key() == Qt.Key.Key_Escape:
            if pressed:
                self._close()
        elif watched is self.accept_button and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if pressed:
                self._enter()
        else:
            return super().eventFilter(watched, event)
        event.accept()
        return True

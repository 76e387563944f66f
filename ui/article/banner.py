"""A strip over the article for what needs an answer: a change that could not be saved, what was being typed
when the program died, a project opened read-only. The gravest is shown; the others wait until it is settled.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from ui.store import Store

SAVE_COPY = "Save a Copy Elsewhere…"


@dataclass(frozen=True)
class _Said:
    """A sentence with its buttons. What the answers to an offer do belongs to it, so that two offers are two."""

    sentence: str
    buttons: tuple[QPushButton, ...]
    restore: Callable[[], None] | None = None
    discard: Callable[[], None] | None = None


class Banner(QFrame):
    """Hidden unless there is something to say."""

    told = Signal(str)
    """The sentence that is shown from now on."""

    def __init__(self, store: Store, save_copy: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.sentence = self._label(wrapped=True)
        self.more = self._label(wrapped=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.more)
        self.retry = self._button("Try Again", store.retry)
        self.copy = self._button(SAVE_COPY, save_copy)
        self.give_up = self._button("Discard the Change", store.give_up)
        self.restore = self._button("Restore", lambda: self._answered(restore=True))
        self.discard = self._button("Discard", lambda: self._answered(restore=False))
        self.dismiss = self._button("Close", lambda: self._answered(restore=False))
        store.failed.connect(self._failed)
        store.cut_off.connect(self._cut_off)
        store.saved.connect(self._saved)
        store.project_opened.connect(self._opened)
        self._failure: _Said | None = None
        self._offers: list[_Said] = []
        self._notices: list[_Said] = []
        self._shown: _Said | None = None
        self.hide()

    def _label(self, *, wrapped: bool) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(wrapped)
        return label

    def _button(self, text: str, pressed: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.clicked.connect(lambda _=False: pressed())
        self.layout().addWidget(button)  # type: ignore[union-attr]
        return button

    def tell(self, sentence: str) -> None:
        """Show a notice that only needs to be read."""
        self._notices.append(_Said(sentence, (self.dismiss,)))
        self._refresh()

    def offer(self, sentence: str, restore: Callable[[], None], discard: Callable[[], None]) -> None:
        """Ask whether something is to be brought back or given up, until it is answered."""
        self._offers.append(_Said(sentence, (self.restore, self.discard), restore, discard))
        self._refresh()

    def _answered(self, *, restore: bool) -> None:
        """An offer or a notice is settled: the next is shown."""
        said = (self._offers or self._notices).pop(0)
        self._refresh()
        act = said.restore if restore else said.discard
        if act is not None:
            act()

    def _opened(self) -> None:
        """What was said of the project before is no longer so."""
        self._failure = None
        self._offers.clear()
        self._notices.clear()
        self._refresh()

    def _failed(self, sentence: str) -> None:
        told = f"Not saved: {sentence} Editing waits: try again, or save a copy elsewhere."
        self._failure = _Said(told, (self.retry, self.copy, self.give_up))
        self._refresh()

    def _cut_off(self, sentence: str) -> None:
        told = f"{sentence} You can go on; all of it is saved as soon as the server is there again."
        if self._failure is None or self._failure.sentence != told:  # it is tried again and again, but said once
            self._failure = _Said(told, (self.retry, self.copy))
            self._refresh()

    def _saved(self) -> None:
        self._failure = None
        self._refresh()

    def _refresh(self) -> None:
        """Show the gravest of what is to be said, and how much else waits."""
        failure = [self._failure] if self._failure is not None else []
        said = [*failure, *self._offers, *self._notices]
        self.more.setText(f"and {len(said) - 1} more" if len(said) > 1 else "")
        self.more.setVisible(len(said) > 1)
        before, self._shown = self._shown, said[0] if said else None
        if self._shown is None:
            self.hide()
        elif self._shown is not before:
            self.sentence.setText(self._shown.sentence)
            for button in (self.retry, self.copy, self.give_up, self.restore, self.discard, self.dismiss):
                button.setVisible(button in self._shown.buttons)
            self.show()
            self.told.emit(self._shown.sentence)

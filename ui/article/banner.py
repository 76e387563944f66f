"""A strip over the article for what needs an answer: a change that could not be saved, what was being typed
when the program died, a project opened read-only.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from ui.store import Store

SAVE_COPY = "Save a Copy Elsewhere…"


class Banner(QFrame):
    """Hidden unless there is something to say."""

    told = Signal(str)
    """The sentence that is shown from now on."""

    def __init__(self, store: Store, save_copy: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.sentence = QLabel(self)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.addWidget(self.sentence, 1)
        self.retry = self._button("Try Again", store.retry)
        self.copy = self._button(SAVE_COPY, save_copy)
        self.give_up = self._button("Discard the Change", store.give_up)
        self.restore = self._button("Restore", lambda: self._answered(restore=True))
        self.discard = self._button("Discard", lambda: self._answered(restore=False))
        self.dismiss = self._button("Close", self.hide)
        store.failed.connect(self._failed)
        store.cut_off.connect(self._cut_off)
        store.saved.connect(self._saved)
        store.project_opened.connect(self._opened)
        self._about_failure = False
        self._answers: tuple[str, Callable[[], None], Callable[[], None]] | None = None
        """What is offered, until somebody has answered."""
        self.hide()

    def _button(self, text: str, pressed: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.clicked.connect(lambda _=False: pressed())
        self.layout().addWidget(button)  # type: ignore[union-attr]
        return button

    def tell(self, sentence: str) -> None:
        """Show a notice that only needs to be read."""
        self._show(sentence, self.dismiss)
        self._about_failure = False

    def offer(self, sentence: str, restore: Callable[[], None], discard: Callable[[], None]) -> None:
        """Ask whether something is to be brought back or given up, until it is answered."""
        self._answers = sentence, restore, discard
        if not self._about_failure or self.isHidden():
            self._show(sentence, self.restore, self.discard)

    def _answered(self, *, restore: bool) -> None:
        answers, self._answers = self._answers, None
        self.hide()
        if answers is not None:
            _, wanted, given_up = answers
            (wanted if restore else given_up)()

    def _opened(self) -> None:
        self._answers = None
        self.hide()

    def _failed(self, sentence: str) -> None:
        self._show(
            f"Not saved: {sentence} Editing waits: try again, or save a copy elsewhere.",
            self.retry,
            self.copy,
            self.give_up,
        )
        self._about_failure = True

    def _cut_off(self, sentence: str) -> None:
        told = f"{sentence} You can go on; all of it is saved as soon as the server is there again."
        if self.isHidden() or self.sentence.text() != told:  # it is tried again and again, but said once
            self._show(told, self.retry, self.copy)
            self._about_failure = True

    def _saved(self) -> None:
        if self._about_failure:
            self._about_failure = False
            self.hide()
            if self._answers is not None:
                self.offer(*self._answers)

    def _show(self, sentence: str, *buttons: QPushButton) -> None:
        self.sentence.setText(sentence)
        for button in (self.retry, self.copy, self.give_up, self.restore, self.discard, self.dismiss):
            button.setVisible(button in buttons)
        self.show()
        self.told.emit(sentence)

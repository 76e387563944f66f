"""A strip over the article for what needs an answer: a change that could not be saved, a project opened read-only."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from ui.store import Store


class Banner(QFrame):
    """Hidden unless there is something to say."""

    told = Signal(str)
    """The sentence that is shown from now on."""

    def __init__(self, store: Store, save_copy: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._store = store
        self.sentence = QLabel(self)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.addWidget(self.sentence, 1)
        self.retry = self._button("Try Again", store.retry)
        self.copy = self._button("Save a Copy…", save_copy)
        self.give_up = self._button("Discard the Change", store.give_up)
        self.dismiss = self._button("Close", self.hide)
        store.failed.connect(self._failed)
        store.cut_off.connect(self._cut_off)
        store.saved.connect(self._saved)
        store.project_opened.connect(self.hide)
        self._about_failure = False
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

    def _failed(self, sentence: str) -> None:
        self._show(f"Not saved: {sentence} Editing waits until this is settled.", self.retry, self.copy, self.give_up)
        self._about_failure = True

    def _cut_off(self, sentence: str) -> None:
        told = f"{sentence} You can go on: what you do is kept, and saved as soon as the server is there again."
        if self.isHidden() or self.sentence.text() != told:  # it is tried again and again, but said once
            self._show(told, self.retry, self.copy)
            self._about_failure = True

    def _saved(self) -> None:
        if self._about_failure:
            self.hide()

    def _show(self, sentence: str, *buttons: QPushButton) -> None:
        self.sentence.setText(sentence)
        for button in (self.retry, self.copy, self.give_up, self.dismiss):
            button.setVisible(button in buttons)
        self.show()
        self.told.emit(sentence)

"""What becomes of a value that is no longer offered, where it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from annotator.model import Term
from annotator.text.wording import counted


class RetireDialog(QDialog):
    """``others`` are (value, label, meaning); ``retire`` is called with the value that takes the place, or None.

    ``frozen`` says in which of the articles that hold the value it stays all the same, since they are done.
    """

    def __init__(
        self,
        term: Term,
        uses: int,
        frozen: str,
        others: Sequence[tuple[str, str, str]],
        retire: Callable[[str | None], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Retire a value")
        self._retire = retire
        stands = f"It stands in {counted(uses, 'record')}." if uses else "It stands nowhere."
        if frozen:
            stands += f" It stays in {frozen}."
        self.words = QLabel(f"“{term.label}” is no longer offered. {stands}", self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.choice = QComboBox(self)
        self.choice.setAccessibleName("What takes its place")
        self.choice.addItem("Keep it where it stands", None)
        for value, label, _ in others:
            self.choice.addItem(f"Put “{label}” in its place", value)
        self.choice.setVisible(uses > 0)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.accept_button = self.buttons.addButton("Retire", QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setDefault(True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (self.words, self.choice, self.buttons):
            column.addWidget(widget)
        self.setMinimumWidth(380)

    def accept(self) -> None:
        into = self.choice.currentData()
        super().accept()
        self._retire(into)

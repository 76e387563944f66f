"""Words for which there is no place any more: to be read, and copied to where they belong."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from ui.widgets.screen import resize_to_screen


class HandingOver(QDialog):
    """Stays until it is closed: who copied may want to read on."""

    def __init__(self, sentence: str, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Typed before")
        label = QLabel(sentence, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        self.words = QPlainTextEdit(words, self)
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName("What was typed")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.copy = buttons.addButton("&Copy Text", QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(lambda _=False: QGuiApplication.clipboard().setText(words))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        for part in (label, self.words, buttons):
            column.addWidget(part)
        resize_to_screen(self, 560, 380)
        self.copy.setFocus()

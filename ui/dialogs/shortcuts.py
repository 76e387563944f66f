"""The sheet of keyboard shortcuts, made from the table of commands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui.actions import COMMANDS


class ShortcutSheet(QDialog):
    """Every command that has a key, by menu, in three columns."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        sheet = QWidget()
        grid = QGridLayout(sheet)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        row, menu = 0, ""
        for command in (c for c in COMMANDS if c.keys):
            if command.menu != menu:
                menu = command.menu
                heading = self._label(menu, "heading")
                grid.addWidget(heading, row, 0, 1, 2)
                row += 1
            keys = "  or  ".join(
                QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in command.keys
            )
            grid.addWidget(self._label(keys, "secondary"), row, 0)
            place = " — in the article" if command.where == "article" else ""
            grid.addWidget(self._label(command.text.rstrip("…") + place, ""), row, 1)
            row += 1
        grid.setColumnStretch(1, 1)
        scroll = QScrollArea(self)
        scroll.setWidget(sheet)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(scroll)
        layout.addWidget(buttons)
        self.resize(520, 640)

    @staticmethod
    def _label(text: str, tone: str) -> QLabel:
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("tone", tone)
        return label


def show(parent: QWidget) -> None:
    """Open the sheet; it does not block the window."""
    sheet = ShortcutSheet(parent)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    sheet.open()

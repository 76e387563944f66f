"""The command palette: every command by a few letters of its name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.actions import Actions
from ui.commands import COMMANDS, Command

_ROWS = 12


def matches(typed: str, command: Command) -> bool:
    """Whether every word typed begins a word of the command's text, menu or hint."""
    words = f"{command.text} {command.menu} {command.hint}".casefold().replace("/", " ").split()
    return all(any(word.startswith(part) for word in words) for part in typed.casefold().split())


class Palette(QDialog):
    """Type to narrow, Down and Up to choose, Enter to run; Escape leaves."""

    def __init__(self, actions: Actions, give_focus_back: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle("Commands")
        self._actions = actions
        self._give_focus_back = give_focus_back
        self.field = QLineEdit(self)
        self.field.setPlaceholderText("Type a command")
        self.field.setAccessibleName("Type a command")
        self.field.installEventFilter(self)
        self.list = QListWidget(self)
        self.list.setAccessibleName("Commands found")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        self.resize(480, 380)
        self.field.textChanged.connect(self._fill)
        self.field.returnPressed.connect(self._run)
        self.list.itemClicked.connect(lambda _: self._run())
        self._fill("")

    def _fill(self, typed: str) -> None:
        self.list.clear()
        for command in COMMANDS:
            action = self._actions[command.id]
            if not action.isEnabled() or not matches(typed, command):
                continue
            keys = action.shortcut().toString()
            item = QListWidgetItem(f"{action.text().rstrip('…')}    {keys}".rstrip())
            item.setData(Qt.ItemDataRole.UserRole, command.id)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _run(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.accept()
            self._give_focus_back()  # the command acts where the keyboard was: in the article
            self._actions[item.data(Qt.ItemDataRole.UserRole)].trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down and Up move in the list while the field keeps the keyboard."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _ROWS, Qt.Key.Key_PageUp: -_ROWS}
            if (by := step.get(Qt.Key(event.key()))) is not None and self.list.count():
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + by)))
                return True
        return super().eventFilter(watched, event)

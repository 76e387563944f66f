"""The sheet of keyboard shortcuts, where every key can be changed. Made from the table of commands."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.actions import Actions
from ui.commands import COMMANDS, Command
from ui.settings import Settings
from ui.widgets.editors import passing
from ui.widgets.focus import name_clear_button
from ui.widgets.screen import resize_to_screen

_KEY = 168
"""Wide enough for Ctrl+Alt+Shift+PgDown and the clear button."""
_ORDER = ("Annotate", "Go", "View", "Speakers", "Edit", "Review", "File", "Help")
"""The menus as the sheet lists them: what a hand needs while it labels comes first."""


class KeyEdit(QKeySequenceEdit):
    """One key combination. Tab and Escape are not recorded: they move on and leave."""

    def __init__(self, command: Command, keys: tuple[str, ...]) -> None:
        super().__init__(QKeySequence(keys[0]) if keys else QKeySequence())
        self.command = command
        self.setMaximumSequenceLength(1)
        self.setClearButtonEnabled(True)
        self.setAccessibleName(f"Key for {command.text}")
        name_clear_button(self)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            key = event.key()
            if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and event.type() == QEvent.Type.KeyPress:
                return self.focusNextPrevChild(key == Qt.Key.Key_Tab)
            if key == Qt.Key.Key_Escape:  # leaves the sheet, as everywhere
                event.ignore()
                return False
        return super().event(event)


class ShortcutSheet(QDialog):
    """Every command by menu with its first key; others are named beside it. A change works at once and is kept."""

    def __init__(self, actions: Actions, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self._actions = actions
        self._settings = settings
        self.filter = QLineEdit(self)
        passing(self.filter)
        self.filter.setPlaceholderText("Filter commands")
        self.filter.setAccessibleName("Filter commands")
        self.edits: dict[str, KeyEdit] = {}
        self._rows: dict[str, tuple[QWidget, ...]] = {}
        self._headings: dict[str, QLabel] = {}
        sheet = QWidget()
        self._fill(QGridLayout(sheet))
        scroll = QScrollArea(self)
        scroll.setWidget(sheet)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows the key that has the focus
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self.conflicts = self._label("", "error")
        self.conflicts.setWordWrap(True)
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.RestoreDefaults | kinds.Close, self)
        for button in self.buttons.buttons():
            if isinstance(button, QPushButton):  # Enter in the filter must not press one
                button.setAutoDefault(False)
                button.setDefault(False)
        self.buttons.rejected.connect(self.reject)
        self.buttons.clicked.connect(self._clicked)
        layout = QVBoxLayout(self)
        for widget in (self.filter, scroll, self.conflicts, self.buttons):
            layout.addWidget(widget)
        self.filter.textChanged.connect(self._narrow)
        resize_to_screen(self, 720, 680)
        self._show_conflicts()

    def _fill(self, grid: QGridLayout) -> None:
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        menu = ""
        for command in sorted(COMMANDS, key=lambda command: _ORDER.index(command.menu)):
            if command.menu != menu:
                menu = command.menu
                self._headings[menu] = self._label(menu, "heading")
                grid.addWidget(self._headings[menu], grid.rowCount(), 0, 1, 3)
            keys = self._actions.keys(command.id)
            place = " — in the article" if command.where == "article" else ""
            name = self._label(command.text.rstrip("…") + place, "")
            edit = KeyEdit(command, keys)
            edit.setFixedWidth(_KEY)
            more = self._label(", ".join(keys[1:]), "secondary")
            row = grid.rowCount()
            for column, widget in enumerate((name, edit, more)):
                grid.addWidget(widget, row, column)
            self.edits[command.id] = edit
            self._rows[command.id] = (name, edit, more)
            edit.editingFinished.connect(lambda e=edit: self._changed(e))
        grid.setRowStretch(grid.rowCount(), 1)  # the few that a filter leaves stay together at the top

    @staticmethod
    def _label(text: str, tone: str) -> QLabel:
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("tone", tone)
        return label

    def _changed(self, edit: KeyEdit) -> None:
        command, key = edit.command, edit.keySequence().toString()
        others = self._actions.keys(command.id)[1:]
        keys = [k for k in (key, *others) if k]
        if list(self._actions.keys(command.id)) == keys:
            return
        chosen = {**self._settings.get("keys"), command.id: keys}
        if keys == list(command.keys):
            del chosen[command.id]
        self._settings.set("keys", chosen)
        self._show_conflicts()

    def _clicked(self, button: QAbstractButton) -> None:
        if button is self.buttons.button(QDialogButtonBox.StandardButton.RestoreDefaults):
            self._settings.set("keys", {})
            for command_id, edit in self.edits.items():
                keys = self._actions.keys(command_id)
                edit.setKeySequence(QKeySequence(keys[0]) if keys else QKeySequence())
            self._show_conflicts()

    def _show_conflicts(self) -> None:
        names = {command.id: command.text.rstrip("…") for command in COMMANDS}
        lines = [
            f"{key} stands for several commands: {', '.join(names[id_] for id_ in ids)}. None of them will work by it."
            for key, ids in self._actions.conflicts().items()
        ]
        self.conflicts.setText("\n".join(lines))
        self.conflicts.setVisible(bool(lines))

    def _narrow(self, typed: str) -> None:
        wanted = typed.casefold()
        seen: set[str] = set()
        for command in COMMANDS:
            keys = " ".join(self._actions.keys(command.id))
            shown = wanted in f"{command.text} {command.menu} {keys}".casefold()
            seen |= {command.menu} if shown else set()
            for widget in self._rows[command.id]:
                widget.setVisible(shown)
        for menu, heading in self._headings.items():
            heading.setVisible(menu in seen)


def show(actions: Actions, settings: Settings, parent: QWidget) -> None:
    """Open the sheet; it does not block the window."""
    sheet = ShortcutSheet(actions, settings, parent)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    sheet.open()

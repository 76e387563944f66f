"""The window's actions, made from the table of commands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from ui.commands import COMMANDS, SEPARATED_BEFORE, Command
from ui.physical import latin_sequences


class Actions(QObject):
    """The window's QActions by command id, with the keys of the table or those the user chose.

    ``articles`` are the views in which the commands of the article work while they have the focus.
    """

    def __init__(
        self, handlers: Mapping[str, Callable[[], None]], window: QWidget, articles: Sequence[QWidget]
    ) -> None:
        super().__init__(window)
        self._articles = articles
        self._actions: dict[str, QAction] = {}
        self._keys: dict[str, tuple[str, ...]] = {command.id: command.keys for command in COMMANDS}
        for command in COMMANDS:
            self._actions[command.id] = self._make(command, handlers[command.id], window, articles)
        window.installEventFilter(self)

    def __getitem__(self, command_id: str) -> QAction:
        return self._actions[command_id]

    def keys(self, command_id: str) -> tuple[str, ...]:
        """The keys of a command, portable text such as ``Ctrl+Shift+Z``."""
        return self._keys[command_id]

    def bind(self, chosen: Mapping[str, Sequence[str]]) -> None:
        """Give commands the keys in ``chosen``; all others, and where these are no keys, get those of the table."""
        for command in COMMANDS:
            keys = chosen.get(command.id)
            usable = isinstance(keys, list | tuple) and all(isinstance(key, str) for key in keys)
            self._keys[command.id] = tuple(keys) if keys is not None and usable else command.keys
            self._actions[command.id].setShortcuts([QKeySequence(key) for key in self._keys[command.id]])

    def conflicts(self) -> dict[str, list[str]]:
        """Key to the ids of the commands that share it where both could be meant; empty when all is well."""
        users: dict[str, list[Command]] = {}
        for command in COMMANDS:
            for key in self._keys[command.id]:
                users.setdefault(QKeySequence(key).toString(), []).append(command)
        return {key: [c.id for c in commands] for key, commands in users.items() if key and len(commands) > 1}

    def _make(
        self, command: Command, handler: Callable[[], None], window: QWidget, articles: Sequence[QWidget]
    ) -> QAction:
        action = QAction(command.text, self)
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        if command.hint:
            action.setStatusTip(command.hint)
            action.setToolTip(command.hint)
        in_article = command.where == "article"
        scope = Qt.ShortcutContext.WidgetShortcut if in_article else Qt.ShortcutContext.WindowShortcut
        action.setShortcutContext(scope)
        for widget in articles if in_article else (window,):
            widget.addAction(action)
        action.triggered.connect(lambda _=False: handler())
        return action

    def fill_menu_bar(self, bar: QMenuBar, submenus: Mapping[str, QMenu]) -> None:
        """Add every command to its menu. ``submenus`` go after the command of that id."""
        menus: dict[str, QMenu] = {}
        for command in COMMANDS:
            menu = menus.get(command.menu)
            if menu is None:
                menu = menus[command.menu] = bar.addMenu(f"&{command.menu}")  # every menu begins with another letter
            if command.id in SEPARATED_BEFORE:
                menu.addSeparator()
            menu.addAction(self._actions[command.id])
            if command.id in submenus:
                menu.addMenu(submenus[command.id])

    def context_menu(self, parent: QWidget) -> QMenu:
        """The article's context menu."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for command in COMMANDS:
            if command.context:
                if command.id == "mark_claim":
                    menu.addSeparator()
                menu.addAction(self._actions[command.id])
        return menu

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key that nobody took and that came up to the window may write another script: its Latin letter counts."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            in_article = any(view.hasFocus() for view in self._articles)
            return any(self._press(sequence, in_article) for sequence in latin_sequences(event))
        return super().eventFilter(watched, event)

    def _press(self, sequence: QKeySequence, in_article: bool) -> bool:
        """Do what the key stands for, if it stands for one command only; whether it did."""
        found = [
            self._actions[command.id]
            for command in COMMANDS
            if (in_article or command.where == "window") and sequence in self._actions[command.id].shortcuts()
        ]
        if len(found) != 1 or not found[0].isEnabled():
            return False
        found[0].trigger()
        return True

    def check(self, command_id: str, *, on: bool) -> None:
        """Show in the menus whether what a command chooses is chosen."""
        action = self._actions[command_id]
        action.setCheckable(True)
        action.setChecked(on)

    def enable(self, command_ids: Iterable[str], on: bool) -> None:
        """Enable or disable commands."""
        for command_id in command_ids:
            self._actions[command_id].setEnabled(on)

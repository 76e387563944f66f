"""The window's actions, made from the table of commands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcutEvent
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from ui.commands import COMMANDS, SEPARATED_BEFORE, Command
from ui.physical import latin_sequences


class Actions(QObject):
    """The window's QActions by command id, with the keys of the table or those the user chose.

    ``articles`` are the views in which the commands of the article work while they have the focus.
    """

    began = Signal()
    """A command is about to act."""
    undecided = Signal(str)
    """A key was pressed that several commands share, so that none acted: the sentence that says so."""

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
        action.triggered.connect(self.began)
        action.triggered.connect(lambda _=False: handler())
        action.installEventFilter(self)
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
        """A key that nobody took and that came up to the window may write another script: its Latin letter counts.

        Of a key that several actions share Qt tells one of them, and does nothing.
        """
        if isinstance(event, QShortcutEvent) and event.isAmbiguous():
            self._tell_sharing(event.key(), self._users(event.key()))
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self.parent():
            return any(self._press(sequence) for sequence in latin_sequences(event))
        return super().eventFilter(watched, event)

    def _users(self, sequence: QKeySequence) -> list[QAction]:
        """The actions that the key stands for where the focus is."""
        in_article = any(view.hasFocus() for view in self._articles)
        return [
            self._actions[command.id]
            for command in COMMANDS
            if (in_article or command.where == "window") and sequence in self._actions[command.id].shortcuts()
        ]

    def _press(self, sequence: QKeySequence) -> bool:
        """Do what the key stands for, if it stands for one command only; whether the key is dealt with."""
        found = self._users(sequence)
        able = [action for action in found if action.isEnabled()]
        if len(found) == 1 and able:
            able[0].trigger()
        elif len(able) > 1:
            self._tell_sharing(sequence, able)
        return bool(able)

    def _tell_sharing(self, sequence: QKeySequence, users: list[QAction]) -> None:
        names = [f"“{action.text().rstrip('…')}”" for action in users if action.isEnabled()]
        if len(names) < 2:  # the other one is the letter of a menu
            names.append("a menu")
        key = sequence.toString(QKeySequence.SequenceFormat.NativeText)
        shared = f"{', '.join(names[:-1])} and {names[-1]}"
        self.undecided.emit(f"{key} is the key of {shared}: give one of them another in Help, Keyboard Shortcuts.")

    def check(self, command_id: str, *, on: bool) -> None:
        """Show in the menus whether what a command chooses is chosen."""
        action = self._actions[command_id]
        action.setCheckable(True)
        action.setChecked(on)

    def enable(self, command_ids: Iterable[str], on: bool) -> None:
        """Enable or disable commands."""
        for command_id in command_ids:
            self._actions[command_id].setEnabled(on)

"""Undo and redo in the menus: what each would do, and doing it after what is being typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from ui.actions import Actions
from ui.store import Store
from ui.widgets.paint import tooltip


class UndoCommands(QObject):
    """For one window. ``flush`` commits what is being typed: that is undone first."""

    def __init__(self, store: Store, flush: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._flush = flush

    def handlers(self) -> dict[str, Callable[[], None]]:
        """The two commands."""
        return {"undo": self._undo, "redo": self._redo}

    def follow(self, actions: Actions) -> None:
        """From now on the two actions name what they would do."""

        def show() -> None:
            for command_id, title in (("undo", self._store.undo_title), ("redo", self._store.redo_title)):
                word, action = command_id.capitalize(), actions[command_id]
                action.setText(f"{word} {title}" if title else word)
                action.setToolTip(tooltip(f"{action.text()} ({action.shortcut().toString()})"))
                action.setEnabled(title is not None and not self._store.read_only)

        show()
        self._store.history_changed.connect(show)

    def _undo(self) -> None:
        self._flush()
        self._store.undo()

    def _redo(self) -> None:
        self._flush()
        self._store.redo()

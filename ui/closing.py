"""Closing the window: only when everything is saved, or who works agreed to lose what is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QWidget
from shiboken6 import isValid

from annotator.text.wording import counted
from ui.commands import SAVE_COPY
from ui.dialogs.messages import Messages
from ui.panels.panel import Panel
from ui.store import Store
from ui.unsaved import UnsavedChanges, titles_of

_LOSE = "Close and Lose It"
_LATER = "Close and Save It Later"
_QUOTED = 80
"""Characters shown of what was typed and would be lost."""


class Closing(QObject):
    """Decides for one ``window`` over its panels."""

    def __init__(
        self,
        store: Store,
        panels: Iterable[Panel],
        save_copy: Callable[[], None],
        unsaved: UnsavedChanges,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._save_copy, self._unsaved = save_copy, unsaved
        self._store = store
        self._panels = tuple(panels)
        self._window = window
        self._messages = Messages(window)
        self._agreed = False
        self.keeps = False
        """Whether all that is unsaved or unfinished was agreed to be asked about at the next start."""
        self._when_saved = False
        self._question: QMessageBox | None = None
        store.saved.connect(self._saved)
        store.failed.connect(self._not_saved)
        store.cut_off.connect(self._not_saved)

    def may_close(self) -> bool:
        """Whether nothing is lost by closing now. If not, the window closes once it is saved, or asks."""
        text = self._unfinished_text()
        if self._agreed or not (self._store.unsaved or text):
            return True
        self._when_saved = False
        if self._store.stuck or self._store.waiting_for_server:
            self._ask_about_changes()
        elif text:
            self._ask(
                f"“{text}” was not accepted and is not saved. Close anyway and lose it?", {_LOSE: self._close_now}
            )
        else:
            self._when_saved = True
        return False

    def _unfinished_text(self) -> str:
        """What was typed into a field and refused, and would be lost."""
        typed = (text.replace("\t", " ") for panel in self._panels for text in panel.unfinished_text().values())
        return " ".join(typed)[:_QUOTED]

    def _unsaved_changes(self) -> str:
        """How many changes are not saved and what they are, a few of them by name."""
        waiting = self._store.unsaved_changesets
        return (
            f"{counted(len(waiting), 'change')} {'is' if len(waiting) == 1 else 'are'} not saved: {titles_of(waiting)}."
        )

    def _ask_about_changes(self) -> None:
        ways, question = {_LOSE: self._lose_changes, SAVE_COPY: self._save_copy}, "Close anyway and lose it?"
        if self._unsaved.safe:
            ways, question = {_LATER: self._close_for_now, **ways}, "It is kept, and can be saved at the next start."
        self._ask(f"{self._unsaved_changes()} {question}", ways)

    def _ask(self, question: str, ways: dict[str, Callable[[], None]]) -> None:
        if self._question is None or not isValid(self._question) or not self._question.isVisible():
            self._question = self._messages.choose(question, ways, grave=True)

    def _lose_changes(self) -> None:
        self._unsaved.give_up()
        self._close_now()

    def _close_for_now(self) -> None:
        self.keeps = True
        self._close_now()

    def _close_now(self) -> None:
        self._agreed = True
        self._window.close()

    def _saved(self) -> None:
        if self._when_saved:
            self._window.close()

    def _not_saved(self, _sentence: str) -> None:
        self._when_saved = False

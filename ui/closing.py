"""Closing the window: only when everything is saved, or who works agreed to lose what is not."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QWidget
from shiboken6 import isValid

from ui.dialogs.messages import Notices
from ui.panels.panel import Panel
from ui.store import Store

_QUOTED = 80
"""Characters shown of what was typed and would be lost."""


class Closing(QObject):
    """Decides for one ``window`` over its panels."""

    def __init__(self, store: Store, panels: Iterable[Panel], window: QWidget) -> None:
        super().__init__(window)
        self._store = store
        self._panels = tuple(panels)
        self._window = window
        self._notice = Notices(window)
        self._agreed = False
        self._when_saved = False
        self._question: QMessageBox | None = None
        store.saved.connect(self._saved)
        store.failed.connect(self._not_saved)

    def may_close(self) -> bool:
        """Whether nothing is lost by closing now. If not, the window closes once it is saved, or asks."""
        text = self._unsaved_text()
        if self._agreed or not (self._store.unsaved or text):
            return True
        self._when_saved = False
        if self._store.stuck:
            self._ask("The last change is not saved. Close anyway and lose it?")
        elif text:
            self._ask(f"“{text}” was not accepted and is not saved. Close anyway and lose it?")
        else:
            self._when_saved = True
        return False

    def _unsaved_text(self) -> str:
        """What was typed into a field and refused, and would be lost."""
        typed = (text.replace("\t", " ") for panel in self._panels for text in panel.unsaved_text().values())
        return " ".join(typed)[:_QUOTED]

    def _ask(self, question: str) -> None:
        if self._question is None or not isValid(self._question) or not self._question.isVisible():
            self._question = self._notice.ask(question, "Close and Lose It", self._close_anyway)

    def _close_anyway(self) -> None:
        self._agreed = True
        self._window.close()

    def _saved(self) -> None:
        if self._when_saved:
            self._window.close()

    def _not_saved(self, _sentence: str) -> None:
        self._when_saved = False

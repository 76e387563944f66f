"""What the guideline says of the place where one is: F1 shows it at the field that has the focus."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from ui.dialogs.guideline import GuidelineWindow
from ui.selection import Selection
from ui.store import Store
from ui.topics import topic_of

_OF_KIND = {"claim": "claims", "mention": "mention.kind", "correction": "corrections", "speaker": "speaker.kind"}


class GuidelineHelp(QObject):
    """Shows the guideline for one window (``parent``)."""

    def __init__(self, store: Store, selection: Selection, parent: QWidget) -> None:
        super().__init__(parent)
        self._store = store
        self._selection = selection
        self._parent = parent
        self._window: GuidelineWindow | None = None

    def handlers(self) -> dict[str, Callable[[], None]]:
        """The command that shows it."""
        return {"guideline": self.show}

    def show(self) -> None:
        """Show it at the field that has the focus; in the article, at what is selected."""
        topic = topic_of(QApplication.focusWidget()) or _OF_KIND.get(self._selection.kind or "", "")
        if self._window is None:
            self._window = GuidelineWindow(self._store, self._parent)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        self._window.show_section(topic)

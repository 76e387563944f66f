"""What concerns the project as a whole, for one window: its scheme, what that hides, its guideline and history."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.actions import Actions
from ui.handlers.guideline_help import GuidelineHelp
from ui.handlers.hidden import HiddenPanels
from ui.handlers.history import HistoryCommands
from ui.right_column import RightColumn
from ui.scheme.dialog import SchemeCommand
from ui.selection import Selection
from ui.settings import Settings
from ui.store import Store
from ui.topics import set_topic


class ProjectCommands(QObject):
    """Joins the rooms that do the work."""

    def __init__(
        self,
        store: Store,
        selection: Selection,
        settings: Settings,
        open_article: Callable[[str, Callable[[], None] | None], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self.guideline = GuidelineHelp(store, selection, parent)
        self.scheme = SchemeCommand(store, settings, parent)
        self.history = HistoryCommands(store, selection, open_article, parent)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """The commands."""
        return {**self.guideline.handlers(), **self.scheme.handlers(), **self.history.handlers()}

    def follow(self, actions: Actions, panels: Mapping[str, QWidget], column: RightColumn) -> None:
        """From now on the panels are on show that the scheme does not hide; each knows what it is about."""
        hidden = HiddenPanels(self._store, panels, actions, self)
        hidden.changed.connect(lambda: column.choose(column.chosen()))
        for topic, panel in panels.items():
            set_topic(panel, topic)

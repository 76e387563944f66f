"""Opens the history of what is selected and that of the project, for one window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QWidget

from ui.dialogs.history import HistoryDialog
from ui.dialogs.timeline import TimelineDialog
from ui.selection import Selection
from ui.store import Store


class HistoryCommands(QObject):
    """``open_article(id, then)`` shows an article in the window (``parent``)."""

    def __init__(
        self,
        store: Store,
        selection: Selection,
        open_article: Callable[[str, Callable[[], None] | None], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._selection = selection
        self._open_article = open_article
        self._parent = parent

    def handlers(self) -> dict[str, Callable[[], None]]:
        """The two commands."""
        return {"history": self.show, "timeline": self.show_timeline}

    def show(self) -> None:
        """The versions of the selected annotation or speaker, else of the open article."""
        kind, id_, article = self._selection.kind, self._selection.id, self._store.workspace.article
        if kind is None or id_ is None:
            if article is None:
                self._store.refused.emit("Select an annotation or a speaker, or open an article, to see its history.")
                return
            kind, id_ = "article", article.id
        self._open(HistoryDialog(self._store, kind, id_, self._parent))

    def show_timeline(self) -> None:
        """What happened in the project."""
        if self._store.project is not None:
            self._open(TimelineDialog(self._store, self._open_article, self._parent))

    @staticmethod
    def _open(dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

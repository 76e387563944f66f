"""Who annotates: asked for, kept in the settings, and named in what is made from then on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QInputDialog, QWidget

from ui.settings import Settings
from ui.status import StatusBar
from ui.store import Store


class AnnotatorName(QObject):
    """Keeps store and status bar of one window (``parent``) as the settings say."""

    def __init__(self, store: Store, settings: Settings, status: StatusBar, parent: QWidget) -> None:
        super().__init__(parent)
        self._store = store
        self._settings = settings
        self._status = status
        self._parent = parent
        status.annotator_clicked.connect(self._ask)
        settings.changed.connect(self._follow)
        self._show()

    def handlers(self) -> dict[str, Callable[[], None]]:
        """The command that asks."""
        return {"annotator_name": self._ask}

    def _ask(self) -> None:
        name, accepted = QInputDialog.getText(
            self._parent, "Annotator", "Who is named in new annotations:", text=self._settings.annotator
        )
        if accepted and name.strip():
            self._settings.set("annotator", " ".join(name.split()))

    def _follow(self, key: str) -> None:
        if key == "annotator":
            self._show()

    def _show(self) -> None:
        self._store.annotator = self._settings.annotator
        self._status.set_annotator(self._settings.annotator)

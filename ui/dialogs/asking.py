"""Dialogs that stay open and ask the project: what is answered after they were closed reaches nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtWidgets import QDialog, QWidget

from annotator.ports import Project
from ui.dialogs.messages import Messages
from ui.store import Store

T = TypeVar("T")


class AskingDialog(QDialog):
    """``store`` is asked on the database thread; refusals of the store are shown while the dialog is in front."""

    def __init__(self, store: Store, parent: QWidget) -> None:
        super().__init__(parent)
        self.store = store
        self.messages = Messages(self)
        self._closed = False
        store.refused.connect(self._refused)

    def ask(self, job: Callable[[Project], T], show: Callable[[T], None]) -> None:
        """Call ``show`` with what ``job`` finds, once everything is saved; say it when that fails."""

        def open_still(then: Callable[[Any], object]) -> Callable[[Any], None]:
            def call(value: Any) -> None:
                if not self._closed:
                    then(value)

            return call

        self.store.read(job, open_still(show), open_still(self.messages.report))

    def done(self, result: int) -> None:
        """However it is closed."""
        self._closed = True
        super().done(result)

    def _refused(self, sentence: str) -> None:
        if self.isActiveWindow():
            self.messages.warn(sentence)

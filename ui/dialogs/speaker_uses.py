"""Every place of the project that names a speaker. It stays open beside the article, and follows what changes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from annotator.edits import Edit
from annotator.errors import AnnotatorError
from annotator.model import kind_of
from annotator.ports import Project
from annotator.services.uses import Use, arranged, names, summed_up
from ui.dialogs.speaker_dialog import plain_label, title_of
from ui.dialogs.uses_list import UsesList
from ui.models.uses import UsesModel
from ui.store import Store
from ui.widgets.screen import resize_to_screen


class SpeakerUses(QDialog):
    """``go(article_id, kind, id)`` opens an article and selects a mention or claim in it."""

    def __init__(self, store: Store, speaker_id: str, go: Callable[[str, str, str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._store = store
        self.speaker_id = speaker_id
        self._go = go
        self._reading = False
        self._stale = False
        self.uses = UsesModel(title_of(store), parent=self)
        self.list = UsesList(self.uses, "Mentions and claims", self)
        self.summary = plain_label("secondary")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.buttons.rejected.connect(self.reject)
        for button in self.buttons.buttons():
            if isinstance(button, QPushButton):  # Enter belongs to the list
                button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.summary)
        layout.addWidget(self.buttons)
        resize_to_screen(self, 560, 520)
        self.list.doubleClicked.connect(self._open)
        store.changed.connect(self._follow)
        store.project_opened.connect(self.reject)
        self._show_name()
        self.read()

    def read(self) -> None:
        """Look again; what changes meanwhile is looked for once that is done."""
        if self._reading:
            self._stale = True
            return
        self._reading, self._stale = True, False
        articles = [summary.article.id for summary in self._store.tally.ordered()]

        def look(project: Project) -> list[Use]:
            return arranged(project.uses_of_speaker(self.speaker_id), articles)

        def failed(error: Exception) -> None:
            self._reading = False
            if not isinstance(error, AnnotatorError):
                raise error
            self.summary.setText(str(error))

        self._store.read(look, self._show, failed)

    def _show(self, uses: list[Use]) -> None:
        self._reading = False
        row = max(0, self.list.currentIndex().row())
        current = self.uses.use(row)
        self.uses.show_uses(self.speaker_id, uses)
        found = self.uses.row_of(current.id) if current else row
        row = found if found >= 0 else min(row, self.uses.rowCount() - 1)
        self.list.setCurrentIndex(self.uses.index(row))
        self.summary.setText(f"{summed_up(uses).capitalize()}.")
        if self._stale:
            self.read()

    def _follow(self, edit: Edit) -> None:
        if self.speaker_id not in self._store.workspace.speakers:
            self.reject()
            return
        self._show_name()
        records = [record for change in edit.changes for record in (change.before, change.after)]
        whole = any(change.kind in ("article", "source_text") for change in edit.changes)
        if whole or any(names(record, self.speaker_id) for record in records):
            self.read()

    def _show_name(self) -> None:
        self.setWindowTitle(f"Uses of “{self._store.workspace.shown_name(self.speaker_id)}”")

    def _open(self, index: QModelIndex) -> None:
        use = self.uses.first_use(index.row())
        if use is not None:
            self._go(use.article_id, kind_of(use), use.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the list goes to the use."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.hasFocus():
            self._open(self.list.currentIndex())
        else:
            super().keyPressEvent(event)


def show(store: Store, speaker_id: str, go: Callable[[str, str, str], None], parent: QWidget) -> None:
    """Open the dialog beside the window, or bring the one about this speaker to the front."""
    dialog = next((d for d in parent.findChildren(SpeakerUses) if d.speaker_id == speaker_id), None)
    if dialog is None:
        dialog = SpeakerUses(store, speaker_id, go, parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()
    dialog.raise_()
    dialog.activateWindow()
    dialog.list.setFocus()

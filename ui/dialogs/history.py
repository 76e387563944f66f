"""Every version of one record, newest first: who changed what and when; each can be brought back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from annotator.edits import Edit
from annotator.history import Version
from annotator.model import Speaker
from annotator.ports import Project
from annotator.services import account, restoring
from ui.dialogs.asking import AskingDialog
from ui.store import Store
from ui.when import local
from ui.widgets.screen import resize_to_screen
from ui.widgets.wrapped_list import WrappedList

_MOST = 500
"""Versions that are listed: of more, the newest."""


def names(store: Store, gone: Mapping[str, Speaker]) -> account.Names:
    """How things are called in the open project, the speakers that are ``gone`` besides."""
    ws = store.workspace
    return account.Names(ws.vocabulary, dict(ws.speakers), {**ws.mentions, **ws.claims, **ws.corrections}, gone)


class HistoryDialog(AskingDialog):
    """Follows new changes of the record. It stays open when another article is opened."""

    def __init__(self, store: Store, kind: str, id_: str, parent: QWidget) -> None:
        super().__init__(store, parent)
        self._key = kind, id_
        self._versions: list[Version] = []
        self.setWindowTitle(f"History of this {kind}")
        self.heading = QLabel(self)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setWordWrap(True)
        self.list = WrappedList("Versions, newest first", 4, self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.restore = self.buttons.addButton("&Restore This Version", QDialogButtonBox.ButtonRole.ActionRole)
        self.restore.setAutoDefault(False)  # Enter in the list must not bring anything back
        self.restore.setEnabled(False)
        self.restore.clicked.connect(lambda _=False: self._restore())
        self.buttons.rejected.connect(self.reject)
        self.list.currentRowChanged.connect(lambda _: self._show_button())
        column = QVBoxLayout(self)
        for widget in (self.heading, self.list, self.buttons):
            column.addWidget(widget)
        column.setStretchFactor(self.list, 1)
        resize_to_screen(self, 560, 480)
        store.changed.connect(self._follow)
        store.project_opened.connect(self.close)
        self.read()
        self.list.setFocus()

    def read(self) -> None:
        """Ask the project anew, once everything is saved."""
        (kind, id_), known = self._key, names(self.store, {})

        def look(project: Project) -> tuple[list[Version], list[str], int]:
            every = project.versions(kind, id_)
            newest = every[: -_MOST - 1 : -1]
            records = (record for version in newest for record in (version.before, version.after))
            all_known = replace(known, gone=account.gone_speakers(project, records, known.speakers))
            return newest, ["\n".join([_head(v), *account.tell(v, all_known)]) for v in newest], len(every)

        self.ask(look, lambda found: self._show(*found))

    def _follow(self, edit: Edit) -> None:
        if any((change.kind, change.id) == self._key for change in edit.changes):
            self.read()

    def _show(self, newest: list[Version], told: list[str], number: int) -> None:
        row = self.list.currentRow()
        kept = self._versions[row].seq if 0 <= row < len(self._versions) else None
        self._versions = newest
        self.list.clear()
        self.list.addItems(told)
        seqs = [version.seq for version in self._versions]
        self.list.setCurrentRow(seqs.index(kept) if kept in seqs else 0)
        more = f" Only the newest {_MOST:,} versions are listed." if number > _MOST else ""
        last = newest[0] if newest else None
        self.heading.setText((account.headline(last.before, last.after) if last else "No versions.") + more)
        self._show_button()

    def _version(self) -> Version | None:
        row = self.list.currentRow()
        return self._versions[row] if 0 <= row < len(self._versions) else None

    def _show_button(self) -> None:
        version = self._version()
        gone = version is not None and version.after is None
        self.restore.setText("&Restore What Was Deleted" if gone else "&Restore This Version")
        self.restore.setEnabled(version is not None and not self.store.read_only)

    def _restore(self) -> None:
        version = self._version()
        record = (version.after or version.before) if version is not None else None
        if record is not None:
            self.store.attempt(lambda: restoring.restore(self.store.workspace, record))


def _head(version: Version) -> str:
    action = {"undo": "undone: ", "redo": "done again: "}.get(version.action, "")
    return f"{local(version.time)}  ·  {version.actor}  ·  {action}{version.title}"

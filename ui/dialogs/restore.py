"""The backups of the open project: when and why each was made, what is in it, and what restoring it would change."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.backups import REASONS, Backup
from annotator.errors import ProjectError
from annotator.files import PROJECT_SUFFIX, project_file
from annotator.ports import Project
from annotator.services.comparing import compare
from annotator.text.wording import size_in_words
from ui.dialogs.asking import AskingDialog
from ui.dialogs.new_project import PROJECTS
from ui.store import Store
from ui.when import local
from ui.widgets import bits
from ui.widgets.screen import resize_to_screen

_COLUMNS = ("Made", "Why", "Articles", "Claims", "Speakers", "Corrections", "Size", "Checked")
_NUMBERS = range(2, 7)
_SHOWN = 500
"""Lines of differences that are listed."""


class RestoreDialog(AskingDialog):
    """``read`` opens a backup for reading; it is called on the database thread, as the list is made there."""

    replace_chosen = Signal(str)
    """A backup (its path) is to take the place of the open project."""
    copy_chosen = Signal(str, str)
    """A backup is to become a new project: its path, and that of the new file."""

    def __init__(self, store: Store, read: Callable[[str], Project], folder: Path, parent: QWidget) -> None:
        super().__init__(store, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Restore a Backup")
        self._read = read
        self._folder = folder
        self._backups: list[Backup] = []
        self._turn = 0
        self.heading = self._label("Reading the backups …")
        self.table = self._table()
        self.preview = QPlainTextEdit(self)
        self.preview.setReadOnly(True)
        self.preview.setTabChangesFocus(True)
        self.preview.setAccessibleName("What restoring would change")
        self.preview.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.now = bits.button("&Back Up Now", self._back_up)
        self.copy = bits.button("Restore as &New Project…", self._ask_target)
        self.replace = bits.button("Restore in &Place…", self._ask_replace)
        self.leave = bits.button("&Close", self.reject, primary=True)
        self._lay_out()
        self.table.currentCellChanged.connect(lambda row, *_: self._chosen(row))
        store.project_opened.connect(self.close)
        self._show_buttons()
        self.read()
        self.table.setFocus()

    def _label(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setProperty("tone", "secondary")
        return label

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, len(_COLUMNS), self)
        table.setAccessibleName("Backups, newest first")
        table.setHorizontalHeaderLabels(_COLUMNS)
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for column in range(len(_COLUMNS)):
            if (title := table.horizontalHeaderItem(column)) is not None:
                title.setTextAlignment(_alignment(column))
        return table

    def _lay_out(self) -> None:
        column, below = QVBoxLayout(self), QHBoxLayout()
        column.setSpacing(10)
        column.addWidget(self.heading)
        column.addWidget(self.table, 3)
        column.addWidget(self.preview, 2)
        below.addWidget(self.now)
        below.addStretch(1)
        for button in (self.copy, self.replace, self.leave):
            below.addWidget(button)
        column.addLayout(below)
        resize_to_screen(self, 980, 560)

    # -- the list -----------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Look into the folder again, once everything is saved."""
        self.ask(lambda project: project.backups.all() if project.backups else [], self._show)

    def _show(self, backups: list[Backup]) -> None:
        self._backups = backups
        project = self.store.project
        folder = project.backups.folder if project is not None and project.backups is not None else ""
        self.heading.setText(f"In {folder}" if backups else f"There are no backups in {folder} yet.")
        self.table.setRowCount(len(backups))
        for row, backup in enumerate(backups):
            for column, text in enumerate(_cells(backup)):
                item = QTableWidgetItem(text)
                item.setTextAlignment(_alignment(column))
                item.setToolTip(f"{text}\n{Path(backup.path).name}" if text else "")
                self.table.setItem(row, column, item)
        if backups:
            first = next((row for row, backup in enumerate(backups) if not backup.problem), 0)
            self.table.setCurrentCell(first, 0)
            self._chosen(first)
        self._show_buttons()

    def _backup(self) -> Backup | None:
        row = self.table.currentRow()
        return self._backups[row] if 0 <= row < len(self._backups) else None

    def _show_buttons(self) -> None:
        backup = self._backup()
        can = backup is not None and not backup.problem
        self.copy.setEnabled(can)
        self.replace.setEnabled(can and not self.store.read_only)
        self.now.setEnabled(not self.store.read_only)

    # -- what it would change -----------------------------------------------------------------------------------

    def _chosen(self, _row: int) -> None:
        self._show_buttons()
        backup = self._backup()
        self._turn += 1
        turn = self._turn
        if backup is None or backup.problem:
            self.preview.setPlainText(backup.problem if backup else "")
            return
        self.preview.setPlainText("Comparing with the project as it is now …")

        def look(project: Project) -> list[str]:
            try:
                with closing(self._read(backup.path)) as then:
                    return compare(project, then).told()
            except ProjectError as error:
                return [f"What is different cannot be told: {error}"]

        def show(lines: list[str]) -> None:
            if turn == self._turn:
                more = [f"… and {len(lines) - _SHOWN:,} more."] if len(lines) > _SHOWN else []
                self.preview.setPlainText("\n".join([*lines[:_SHOWN], *more]))

        self.ask(look, show)

    # -- what is done -------------------------------------------------------------------------------------------

    def _back_up(self) -> None:
        self.now.setEnabled(False)
        self.ask(lambda project: project.backups and project.backups.make("asked"), lambda _: self.read())

    def _ask_target(self) -> None:
        backup = self._backup()
        if backup is None:
            return
        stem = f"{self.store.project.name if self.store.project else 'project'} {local(backup.time.isoformat())[:10]}"
        proposal = self._folder / f"{stem}{PROJECT_SUFFIX}"
        name, _ = QFileDialog.getSaveFileName(
            self, "Restore as new project", str(proposal), PROJECTS, options=QFileDialog.Option.DontConfirmOverwrite
        )
        if name:
            self.copy_chosen.emit(backup.path, str(project_file(name)))

    def _ask_replace(self) -> None:
        backup = self._backup()
        if backup is not None:
            when = local(backup.time.isoformat())
            self.messages.ask(
                f"Put the backup of {when} in the place of the project? What the project is now is backed up before.",
                "Restore",
                lambda: self.replace_chosen.emit(backup.path),
            )


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _cells(backup: Backup) -> tuple[str, ...]:
    counts = (backup.articles, backup.claims, backup.speakers, backup.corrections)
    why = REASONS.get(backup.reason, Path(backup.path).name)
    made = local(backup.time.isoformat())
    if backup.problem:
        return made, why, "", "", "", "", size_in_words(backup.size), "cannot be read"
    checked = "when made" if backup.reason else "not yet"
    return made, why[:1].upper() + why[1:], *(f"{n:,}" for n in counts), size_in_words(backup.size), checked

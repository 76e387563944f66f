"""The corrections of the open article as a table with cells that are edited in place, judged one by one or together."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from annotator.edits import Edit
from annotator.services import annotate, corrections
from annotator.text.wording import counted
from ui.models.corrections import CAUSE, REPLACEMENT, STATUS, TEXT, CorrectionsModel
from ui.panels.correction_cells import CorrectionCells, CorrectionsTable
from ui.panels.correction_drawer import CorrectionDrawer
from ui.panels.field_editors import Sources
from ui.panels.table_panel import TablePanel
from ui.selection import Selection
from ui.store import Store
from ui.theme import Theme
from ui.widgets import bits
from ui.widgets.header import PanelHeader


class CorrectionsPanel(TablePanel):
    """The plus offers what makes a correction (:meth:`offer`). Several rows selected are judged in one step."""

    def __init__(self, store: Store, selection: Selection, theme: Theme) -> None:
        super().__init__(store, selection, theme)
        self.model = CorrectionsModel(store.workspace, store.outline, self._change_cell, self)
        claims, label = self.model.names.choices, self.model.names.of
        sources = Sources(self._names, self._vocabulary, claims, label, guidance=self._guidance)
        self.editor = CorrectionDrawer(self, sources)
        self.cells = CorrectionCells(theme, self._vocabulary, self)
        table = CorrectionsTable(self.editor)
        table.setItemDelegate(self.cells)
        table.setAccessibleName("Corrections")
        table.set_margins(16, 16, 12)
        table.width_changed.connect(self._share)
        table.judged.connect(lambda key, status: self.judge(status, [key]))
        self.menu = QMenu(self)
        self.editor.done.connect(self.close_drawer)
        self.assemble(PanelHeader("Corrections", "Add a correction"), table, self.model, self.editor)
        self._watch_cells(self.cells)
        self.mark_requested.connect(self._offer)
        self._make_bar()

    def _make_bar(self) -> None:
        """What is done with several rows."""
        self.several = bits.caption("")
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.several, 1)
        self.judges = {
            status: bits.button(verb, partial(self.judge, status))
            for status, verb in (("accepted", "Accept"), ("rejected", "Reject"), ("draft", "Reopen"))
        }
        for button in self.judges.values():
            row.addWidget(button)
        self._bar = self.padded(bar)
        self._bar.hide()
        self.body.addWidget(self._bar)
        self.table.selectionModel().selectionChanged.connect(lambda _on, _off: self._show_bar())
        self.model.modelReset.connect(self._show_bar)

    # -- judging ------------------------------------------------------------------------------------------------

    def chosen(self) -> list[str]:
        """The ids of the selected rows, in order; with fewer than two of them, that of the selected correction."""
        keys, key = super().chosen(), self.selected_key()
        if len(keys) > 1 and key in keys:
            return keys
        return [key] if key is not None and key in self.store.workspace.corrections else []

    def judge(self, status: str, keys: Iterable[str] | None = None) -> None:
        """Give these corrections (None: the chosen ones) a status, in one step; a refusal is told below the table."""
        ids = list(self.chosen() if keys is None else keys)
        if not ids:
            self.store.refused.emit("Select a correction first: click it, or press K.")
        elif self.flush():
            self.committer.commit_many(len(ids), lambda ws: corrections.set_status(ws, ids, status), self.tell)

    def _show_bar(self) -> None:
        number = len(super().chosen())
        self.several.setText(f"{counted(number, 'correction')} selected")
        self._bar.setVisible(number > 1)
        for button in self.judges.values():
            button.setEnabled(not self.store.read_only)
        if number > 1 and self.table.open_row >= 0:
            self.close_several()

    def close_several(self) -> None:
        """With several rows selected there is no one form to show."""
        self.editor.show_key(None)
        self.table.open(-1)

    def opens(self) -> bool:
        return len(self.chosen()) < 2

    # -- adding -------------------------------------------------------------------------------------------------

    def offer(self, actions: Iterable[QAction]) -> None:
        """What the menu of the plus holds."""
        self.menu.addActions(list(actions))

    def _offer(self) -> None:
        add = self.header.add
        self.menu.popup(add.mapToGlobal(add.rect().bottomLeft()))

    # -- the interface of Panel ---------------------------------------------------------------------------------

    def _change_cell(self, key: str, field: str, value: Any) -> bool:
        return self.attempt_cell(lambda: annotate.change(self.store.workspace, key, **{field: value}))

    def selected_key(self) -> str | None:
        return self.selection.id if self.selection.kind == "correction" else None

    def choose(self, key: str) -> None:
        self.selection.select("correction", key)

    def apply(self, edit: Edit) -> None:
        self.model.apply(edit)

    def reload(self) -> None:
        self.model.reload()

    def _share(self, width: int) -> None:
        text, replacement = round(width * 0.29), round(width * 0.27)
        for column, size in ((TEXT, text), (REPLACEMENT, replacement), (STATUS, 64)):
            self.table.setColumnWidth(column, size)
        self.table.setColumnWidth(CAUSE, max(60, width - text - replacement - 64))

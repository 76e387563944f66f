"""The claims of the open article as cards; the selected one opens and every field can be edited in it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from annotator.edits import Edit
from annotator.services import annotate
from ui.models.claims import ClaimsModel
from ui.panels.claim_card import GAP, SIDE, ClaimCards
from ui.panels.claim_drawer import ClaimDrawer
from ui.panels.form import Sources
from ui.panels.panel import Panel
from ui.selection import Selection
from ui.store import Store
from ui.theme import Theme
from ui.widgets.expander import ExpandingTable
from ui.widgets.header import PanelHeader
from ui.widgets.typeahead import Name


class ClaimsPanel(Panel):
    """``mark_requested`` from the plus; ``add_part_requested(claim_id)`` from the card's button."""

    add_part_requested = Signal(str)

    def __init__(self, store: Store, selection: Selection, theme: Theme) -> None:
        super().__init__(store, selection, theme)
        self.model = ClaimsModel(store.workspace, store.outline, self)
        self.editor = ClaimDrawer(self, Sources(self._names, self._vocabulary, self.model.numbered, self.model.label))
        self.cards = ClaimCards(self.model, lambda: self.table.open_row, theme, self)
        table = ExpandingTable(self.editor, self._row_height)
        table.setItemDelegate(self.cards)
        table.setAccessibleName("Claims")
        table.setEditTriggers(ExpandingTable.EditTrigger.NoEditTriggers)
        table.horizontalHeader().hide()
        table.horizontalHeader().setStretchLastSection(True)
        table.set_margins(SIDE + 13, SIDE + 13, GAP + 11)
        self.editor.done.connect(self.close_drawer)
        self.editor.add_part_requested.connect(self.add_part_requested)
        self.assemble(PanelHeader("Claims", "Mark a claim"), table, self.model, self.editor)

    def _row_height(self, row: int, width: int) -> int:
        return self.cards.row_height(row, width, opened=row == self.table.open_row)

    def _names(self) -> list[Name]:
        return [(speaker.name, speaker.aliases) for speaker in self.store.workspace.speakers.values()]

    def selected_key(self) -> str | None:
        return self.selection.id if self.selection.kind == "claim" else None

    def choose(self, key: str) -> None:
        self.selection.select("claim", key)

    def apply(self, edit: Edit) -> None:
        self.model.apply(edit)
        for change in edit.changes:
            row = self.model.row_of(change.id) if change.kind == "claim" else -1
            if row >= 0:
                self.table.fit_rows(row, row)

    def reload(self) -> None:
        self.model.reload()

    def delete_key(self, key: str) -> None:
        self.store.attempt(lambda: annotate.delete(self.store.workspace, [key]))

    def set_theme(self, theme: Theme) -> None:
        self.cards.theme = theme
        super().set_theme(theme)

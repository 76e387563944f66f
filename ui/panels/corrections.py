"""The corrections of the open article as a table with cells that are edited in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from annotator.edits import Edit
from annotator.model import Correction
from annotator.services import annotate
from annotator.vocabulary import Vocabulary
from ui import icons
from ui.fonts import reading_font, ui_font
from ui.models.corrections import CAUSE, DELETES, REPLACEMENT, STATUS, TEXT, CorrectionsModel
from ui.models.rows import KEY
from ui.panels.correction_drawer import CorrectionDrawer
from ui.panels.form import Sources
from ui.panels.table_panel import TablePanel
from ui.selection import Selection
from ui.store import Store
from ui.theme import Theme
from ui.widgets.cells import PAD, ROW, CellDelegate
from ui.widgets.choice import ChoiceEditor
from ui.widgets.editors import LineEditor
from ui.widgets.expander import ExpandingTable
from ui.widgets.header import PanelHeader

_SIGNS = {"accepted": "check", "draft": "ellipsis", "rejected": "x"}


class CorrectionCells(CellDelegate):
    """Struck words, their replacement, the reason and a sign for the status."""

    def __init__(self, theme: Theme, vocabulary: Callable[[], Vocabulary], parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._vocabulary = vocabulary

    def make_editor(self, index: QModelIndex | QPersistentModelIndex) -> LineEditor | ChoiceEditor:
        if index.column() == REPLACEMENT:
            return LineEditor()
        if index.column() == CAUSE:
            return ChoiceEditor(lambda: self._vocabulary().choices("correction.cause"), "Not set")
        return ChoiceEditor(lambda: self._vocabulary().choices("status"), None)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model = index.model()
        record = model.record(index.data(KEY)) if isinstance(model, CorrectionsModel) else None
        if record is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = self.head(painter, option)
        if index.column() == STATUS:
            self._sign(painter, record, rect)
        else:
            words = str(index.data(Qt.ItemDataRole.DisplayRole))
            font, colour = self._look(record, index.column(), words)
            inset = rect.adjusted(16 if index.column() == TEXT else PAD, 0, -PAD / 2, -1)
            self.words(painter, inset, words, font, colour, right=False)
        painter.restore()

    def _look(self, record: Correction, column: int, words: str) -> tuple[QFont, str]:
        """Font and colour of a cell; a rejected correction is greyed, because it changes nothing."""
        theme = self.theme
        if record.kind == "factual" or column == CAUSE:
            return ui_font(13), theme.text2 if column == CAUSE else theme.text
        rejected = record.status == "rejected"
        if column == TEXT:
            font = reading_font(14.5)
            font.setStrikeOut(not rejected)
            return font, theme.text3 if rejected else theme.delete
        if words == DELETES:
            return ui_font(12), theme.text3
        return reading_font(14.5, QFont.Weight.DemiBold), theme.text3 if rejected else theme.insert

    def _sign(self, painter: QPainter, record: Correction, rect: QRectF) -> None:
        colour = {"accepted": self.theme.insert, "rejected": self.theme.delete}.get(record.status, self.theme.text2)
        at = QRectF(rect.right() - 32, rect.center().y() - 8, 16, 16)
        icons.draw(painter, _SIGNS.get(record.status, "ellipsis"), colour, at)


class CorrectionsPanel(TablePanel):
    """``mark_requested`` from the plus: correct the words selected in the article."""

    def __init__(self, store: Store, selection: Selection, theme: Theme) -> None:
        super().__init__(store, selection, theme)
        self.model = CorrectionsModel(store.workspace, store.outline, self._change_cell, self)
        claims, label = self.model.claims, self.model.claim_label
        sources = Sources(self._names, self._vocabulary, claims, label, guidance=self._guidance)
        self.editor = CorrectionDrawer(self, sources)
        self.cells = CorrectionCells(theme, self._vocabulary, self)
        table = ExpandingTable(self.editor, lambda _row, _width: ROW)
        table.setItemDelegate(self.cells)
        table.setAccessibleName("Corrections")
        table.set_margins(16, 16, 12)
        table.width_changed.connect(self._share)
        self.editor.done.connect(self.close_drawer)
        self.assemble(PanelHeader("Corrections", "Correct the selected words"), table, self.model, self.editor)
        self._watch_cells(self.cells)

    def _change_cell(self, key: str, field: str, value: Any) -> bool:
        return self.attempt_cell(lambda: annotate.change(self.store.workspace, key, **{field: value}))

    def selected_key(self) -> str | None:
        return self.selection.id if self.selection.kind == "correction" else None

    def choose(self, key: str) -> None:
        self.selection.select("correction", key)

    def apply(self, edit: Edit) -> None:
        self.model.apply(edit)

    def reload(self) -> None:
        self.model.editable = not self.store.read_only
        self.model.reload()

    def delete_key(self, key: str) -> None:
        self.store.attempt(lambda: annotate.delete(self.store.workspace, [key]))

    def _share(self, width: int) -> None:
        text, replacement = round(width * 0.29), round(width * 0.27)
        for column, size in ((TEXT, text), (REPLACEMENT, replacement), (STATUS, 52)):
            self.table.setColumnWidth(column, size)
        self.table.setColumnWidth(CAUSE, max(60, width - text - replacement - 52))

"""The speakers of the open article, or of the whole project, as a table; the selected one opens."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QWidget

from annotator.edits import Edit
from annotator.services import speakers
from ui.fonts import ui_font
from ui.models.rows import KEY
from ui.models.speakers import CLAIMS, HUE, MENTIONS, NAME, NOBODY, SpeakersModel
from ui.panels.field_editors import Sources
from ui.panels.speaker_drawer import SpeakerDrawer
from ui.panels.table_panel import TablePanel
from ui.selection import Selection
from ui.store import Store
from ui.theme import Theme
from ui.widgets import bits, paint
from ui.widgets.cells import PAD, ROW, CellDelegate
from ui.widgets.editors import LineEditor
from ui.widgets.expander import ExpandingTable
from ui.widgets.header import PanelHeader
from ui.widgets.segmented import SegmentedButton


class SpeakerCells(CellDelegate):
    """Avatar and name, and two numbers."""

    def make_editor(self, _index: QModelIndex | QPersistentModelIndex) -> LineEditor:
        return LineEditor()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = self.head(painter, option)
        words = str(index.data(Qt.ItemDataRole.DisplayRole))
        if index.column() == NAME:
            nobody = index.data(KEY) == NOBODY
            badge = QRectF(rect.left() + 16, rect.top() + (ROW - 22) / 2, 22, 22)
            paint.avatar(painter, badge, "?" if nobody else words, self.theme.speaker_line(index.data(HUE)), self.theme)
            font = ui_font(13, QFont.Weight.Normal if nobody else QFont.Weight.Medium)
            colour = self.theme.delete if nobody else self.theme.text
            self.words(painter, rect.adjusted(46, 0, -PAD, -1), words, font, colour, right=False)
        else:
            inset = 16 if index.column() == CLAIMS else PAD
            self.words(painter, rect.adjusted(0, 0, -inset, -1), words, ui_font(13), self.theme.text2, right=True)
        painter.restore()


class SpeakersPanel(TablePanel):
    """``delete_speaker_requested(id)``: the window finds every use in the project, asks and deletes."""

    delete_speaker_requested = Signal(str)
    menu_requested = Signal(QPoint)
    """A menu about the chosen speakers is wanted, at this point of the screen."""

    def __init__(self, store: Store, selection: Selection, theme: Theme) -> None:
        super().__init__(store, selection, theme)
        self._sought: str | None = None
        self._many = False
        self.model = SpeakersModel(store.workspace, store.outline, self._totals, self._change_cell, self)
        self.editor = SpeakerDrawer(
            self, self.model, Sources(self._names, self._vocabulary, list, str, guidance=self._guidance)
        )
        self.cells = SpeakerCells(theme, self)
        table = ExpandingTable(self.editor, lambda _row, _width: ROW)
        table.setItemDelegate(self.cells)
        table.setAccessibleName("Speakers")
        table.set_margins(16, 16, 12)
        table.width_changed.connect(self._share)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._ask_menu)
        self.scope = SegmentedButton([("article", "This article"), ("all", "All")], "Which speakers are listed")
        self.scope.chosen.connect(self._choose_scope)
        self.editor.done.connect(self.close_drawer)
        self.editor.delete_requested.connect(self.delete_speaker_requested)
        header = PanelHeader("Speakers", "Mark a mention of a speaker", self.scope)
        self.assemble(header, table, self.model, self.editor)
        self.search = LineEditor()
        self.search.setFont(ui_font(13))
        self.search.setPlaceholderText("Find a speaker; Enter adds a new one")
        self.search.setAccessibleName("Find or add a speaker")
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self._find_or_add)
        self.search.installEventFilter(self)
        self._find_box = self.padded(self.search)
        self.body.insertWidget(1, self._find_box)
        self._find_box.hide()
        bits.tab_order([self.scope, header.add, self.search, table])
        self._watch_cells(self.cells)
        self.table.selectionModel().selectionChanged.connect(self._choice_changed)

    def _totals(self, key: str) -> tuple[int, int]:
        return self.store.tally.speaker(key)

    def _change_cell(self, key: str, field: str, value: Any) -> bool:
        return self.attempt_cell(lambda: speakers.change(self.store.workspace, key, **{field: value}))

    # -- following ----------------------------------------------------------------------------------------------

    def selected_key(self) -> str | None:
        kind, id_, ws = self.selection.kind, self.selection.id, self.store.workspace
        if kind == "speaker":
            return id_
        if kind == "mention" and id_ in ws.mentions:
            return ws.mentions[id_].speaker_id or NOBODY
        if kind == "claim" and id_ in ws.claims:
            return speakers.source_of(ws.claims[id_])
        return None

    def opens(self) -> bool:
        return self.selection.kind in ("speaker", "mention") and len(self.chosen()) < 2

    def choose(self, key: str) -> None:
        if key != NOBODY:
            self.selection.select("speaker", key)
        elif mentions := self.model.mentions_of(NOBODY):
            self.selection.select("mention", mentions[0].id)

    def editable(self) -> bool:
        """Speakers belong to the project: an article that is done does not freeze them."""
        return not self.store.read_only

    def apply(self, edit: Edit) -> None:
        self.model.apply(edit)

    def reload(self) -> None:
        self.model.reload()

    def delete_key(self, key: str) -> None:
        if key != NOBODY:
            self.delete_speaker_requested.emit(key)

    def follow(self) -> None:
        """A speaker who has just been selected and is not in the list is shown among all."""
        selected = self.selection.id if self.selection.kind == "speaker" else None
        if selected != self._sought:
            self._sought = selected
            if selected in self.store.workspace.speakers and self.model.row_of(selected) < 0:
                self.show_all(everybody=True)
                return
        super().follow()

    def says_nothing(self) -> str:
        if not self.model.wanted:
            return super().says_nothing()
        return "No speaker is called that." + ("" if self.store.read_only else " Enter adds one.")

    # -- several speakers ---------------------------------------------------------------------------------------

    def chosen_speakers(self) -> list[str]:
        """The ids of the speakers whose rows are chosen."""
        return [key for key in self.chosen() if key != NOBODY]

    def _choice_changed(self) -> None:
        if (len(self.chosen()) > 1) != self._many:
            self._many = not self._many
            if not self._following:
                QTimer.singleShot(0, self, self._catch_up)

    def _ask_menu(self, at: QPoint) -> None:
        index = self.table.indexAt(at)
        if not index.isValid():
            index = self.table.currentIndex()
            at = self.table.visualRect(index).bottomLeft()
        if index.isValid() and self.chosen_speakers():
            self.menu_requested.emit(self.table.viewport().mapToGlobal(at))

    def rename(self, speaker_id: str) -> None:
        """Give the name of a speaker to be edited in its row; it is another one everywhere at once."""
        self.selection.select("speaker", speaker_id)
        if (row := self.model.row_of(speaker_id)) >= 0:
            self.table.setFocus()
            self.table.setCurrentIndex(self.model.index(row, NAME))
            self.table.edit(self.model.index(row, NAME))

    # -- all speakers -------------------------------------------------------------------------------------------

    def _choose_scope(self, scope: str) -> None:
        self.flush()
        self.model.everybody = scope == "all"
        self._find_box.setVisible(self.model.everybody)
        self.search.clear()
        self.model.wanted = ""
        self.model.relist()
        self._count()
        self.follow()

    def show_all(self, *, everybody: bool) -> None:
        """List all speakers of the project, or those of the open article."""
        self.scope.button("all" if everybody else "article").click()

    def _narrow(self, wanted: str) -> None:
        self.model.wanted = wanted
        self.model.relist()
        self._count()
        self.follow()

    def _find_or_add(self) -> None:
        name = self.search.text().strip()
        if not name:
            return
        known = speakers.find(self.store.workspace.speakers.values(), name)
        if known is None and not self.store.read_only:
            self.tell(self.committer.commit(lambda: speakers.create(self.store.workspace, name)))
            known = speakers.find(self.store.workspace.speakers.values(), name)
        if known is not None:
            self.search.clear()
            self.selection.select("speaker", known.id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down in the find field goes to the table, Escape to the article."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, QWidget):
            if event.key() == Qt.Key.Key_Down:
                self.table.setFocus()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.focus_article.emit()
                return True
        return super().eventFilter(watched, event)

    def _share(self, width: int) -> None:
        self.table.setColumnWidth(MENTIONS, 84)
        self.table.setColumnWidth(CLAIMS, 76)
        self.table.setColumnWidth(NAME, max(120, width - 160))

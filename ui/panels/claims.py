"""The claims of the open article, as cards or as a dense table; the selected one opens and can be edited whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QToolButton, QWidget

from annotator.edits import Edit
from annotator.services import annotate, speakers
from annotator.services.lookup import NameIndex
from ui import icons
from ui.models.claim_shape import NUMBER, TAGS, Shape
from ui.models.claims import ClaimsModel
from ui.models.rows import runs
from ui.panels.bulk_bar import BulkBar
from ui.panels.claim_card import GAP, SIDE, ClaimCards
from ui.panels.claim_cells import ClaimCells, row_height, share_width
from ui.panels.claim_drawer import ClaimDrawer
from ui.panels.claim_filter import ClaimFilter
from ui.panels.field_editors import Sources
from ui.panels.fields import split_list
from ui.panels.table_panel import TablePanel
from ui.selection import Selection
from ui.slices import Slices
from ui.store import Store
from ui.theme import Theme
from ui.widgets import bits
from ui.widgets.editors import enter
from ui.widgets.expander import ExpandingTable
from ui.widgets.header import PanelHeader
from ui.widgets.segmented import SegmentedButton

CARDS, TABLE = "cards", "table"


class ClaimsPanel(TablePanel):
    """``mark_requested`` from the plus; ``add_part_requested(claim_id)`` from the card's button."""

    add_part_requested = Signal(str)
    merge_requested = Signal()
    """Make one claim of those that are chosen."""
    mode_changed = Signal(str)
    """``cards`` or ``table``."""

    def __init__(self, store: Store, selection: Selection, theme: Theme) -> None:
        super().__init__(store, selection, theme)
        self.mode = CARDS
        self._asked: str | None = None
        """The claim that the user opened in the table, where going to a row does not open it."""
        self._many = False
        self._preparing: Slices | None = None
        self._troubled: frozenset[str] = frozenset()
        self._listed_tags: list[str] = []
        self._tag_index = NameIndex()
        self.model = ClaimsModel(store.workspace, store.outline, self._change_cell, self)
        self.sources = Sources(
            self._names, self._vocabulary, self.model.names.choices, self.model.names.of, self._tags, self._guidance
        )
        self.editor = ClaimDrawer(self, self.sources)
        self.cards = ClaimCards(self.model, lambda: self.table.open_row, theme, self)
        table = self._make_table()
        self.cells = ClaimCells(theme, lambda: self.sources, table)
        self.editor.done.connect(self.close_drawer)
        self.editor.add_part_requested.connect(self.add_part_requested)
        self.assemble(PanelHeader("Claims", "Mark a claim", self._tools()), table, self.model, self.editor)
        self._add_bars()
        self._watch_cells(self.cells)
        self._show_mode()

    def _make_table(self) -> ExpandingTable:
        table = ExpandingTable(self.editor, self._row_height)
        table.setItemDelegate(self.cards)
        table.setAccessibleName("Claims")
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.set_margins(SIDE + 13, SIDE + 13, GAP + 11)
        table.width_changed.connect(self._share)
        return table

    def _tools(self) -> QWidget:
        """How claims are shown, and the way to their filter."""
        self.modes = SegmentedButton([(CARDS, "Cards"), (TABLE, "Table")], "How claims are shown")
        self.modes.chosen.connect(self.set_mode)
        self.find_button = QToolButton()
        self.find_button.setAutoRaise(True)
        self.find_button.setCheckable(True)
        self.find_button.setFixedSize(28, 28)
        self.find_button.setAccessibleName("Filter, sort and group claims")
        self.find_button.setToolTip("Filter, sort and group claims")
        self.find_button.clicked.connect(lambda on: self._show_filter(on=on))
        tools = QWidget()
        row = QHBoxLayout(tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.modes)
        row.addWidget(self.find_button)
        return tools

    def _add_bars(self) -> None:
        self.filter = ClaimFilter(self.store)
        self.filter.shaped.connect(self._arrange)
        self.filter.left.connect(self._leave_filter)
        self.filter.hide()
        self.bulk = BulkBar(self.store, self.committer, self.sources, self.chosen, self.theme)
        self.bulk.merge_requested.connect(self.merge_requested)
        self.body.insertWidget(1, self.filter)
        self.body.addWidget(self.bulk)  # below: rows must not move while several are chosen one after the other
        self.table.selectionModel().selectionChanged.connect(self._choice_changed)
        header = self.table.horizontalHeader()
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._sort)
        bits.tab_order([self.modes, self.find_button, self.header.add, self.filter, self.table, self.bulk])

    # -- what the fields are offered ----------------------------------------------------------------------------

    def _tags(self) -> NameIndex:
        listed = self.store.tally.tags()
        if listed != self._listed_tags:
            self._listed_tags, self._tag_index = listed, NameIndex((tag, ()) for tag in listed)
        return self._tag_index

    # -- cards or table -----------------------------------------------------------------------------------------

    def set_mode(self, mode: str) -> None:
        """Show ``cards`` or a ``table``; what is selected and chosen stays so."""
        if mode == self.mode or mode not in (CARDS, TABLE) or not self.flush():
            self.modes.button(self.mode).setChecked(True)
            return
        self.mode = mode
        self.modes.button(mode).setChecked(True)
        if mode == TABLE:
            self._asked = None
        self._show_mode()
        self.follow()
        if (row := self.model.row_of(self.selected_key())) >= 0:
            self.table.reveal(row)
        else:
            self.table.scrollToTop()
        self.mode_changed.emit(mode)

    def _show_mode(self) -> None:
        dense, table = self.mode == TABLE, self.table
        table.setItemDelegate(self.cells if dense else self.cards)
        for column in range(1, TAGS + 1):
            table.setColumnHidden(column, not dense)
        header = table.horizontalHeader()
        header.setVisible(dense)
        header.setStretchLastSection(not dense)
        triggers, policy = QAbstractItemView.EditTrigger, Qt.ScrollBarPolicy
        table.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed if dense else triggers.NoEditTriggers)
        table.setHorizontalScrollBarPolicy(policy.ScrollBarAsNeeded if dense else policy.ScrollBarAlwaysOff)
        if not dense and table.currentIndex().column() > 0:
            self._keep_place(table.currentIndex().siblingAtColumn(0))
        self._share(table.viewport().width())
        table.fit()

    def _keep_place(self, index: QModelIndex) -> None:
        self._following = True
        self.table.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self._following = False

    def _share(self, width: int) -> None:
        if self.mode == TABLE:
            share_width(self.table, width)

    def _row_height(self, row: int, width: int) -> int:
        if self.mode == TABLE:
            return row_height(self.model.index(row, 0))
        return self.cards.row_height(row, width, opened=row == self.table.open_row)

    # -- sorting and narrowing ----------------------------------------------------------------------------------

    def _sort(self, column: int) -> None:
        """A click on a column's title: sort by it; the next one turns the order round, the third ends it."""
        shape = self.filter.shape
        if shape.column != column:
            self.filter.sort(column, descending=column == NUMBER)
        elif shape.descending:
            self.filter.sort(NUMBER, descending=False)
        else:
            self.filter.sort(column, descending=True)

    def show_filter(self) -> None:
        """Open the filter and give it the keyboard."""
        self._show_filter(on=True)
        enter(self.filter.line)

    def _show_filter(self, *, on: bool) -> None:
        self.find_button.setChecked(on)
        self.filter.setVisible(on)
        if on:
            self.filter.line.setFocus()
        else:
            self.filter.reset()

    def _leave_filter(self, to_list: bool) -> None:
        if to_list:
            self.table.setFocus()
        else:
            self.focus_article.emit()

    def _arrange(self, shape: Shape) -> None:
        self.flush()
        arranger = self.model.arranger
        if self._preparing is not None:
            self._preparing.stop()
            self._preparing.deleteLater()
            self._preparing = None
        if shape.text.strip() and not arranger.ready:
            self._preparing = Slices(arranger.prepare(), self)
            self._preparing.finished.connect(self._rearrange)
        else:
            self._rearrange()
        header, order = self.table.horizontalHeader(), Qt.SortOrder
        sorted_by_it = bool(shape.column or shape.descending)
        header.setSortIndicatorShown(sorted_by_it)
        header.setSortIndicator(shape.column, order.DescendingOrder if shape.descending else order.AscendingOrder)

    def set_troubled(self, claims: frozenset[str]) -> None:
        """Know which claims have problems, for who wants to see these alone."""
        if claims != self._troubled:
            self._troubled = claims
            if self.filter.shape.problems:
                self._rearrange()

    def _rearrange(self) -> None:
        chosen = self.chosen()
        self._following = True
        with self.table.held():
            self.model.arrange(self.filter.shape, self._troubled)
        self._following = False
        self.table.fit()
        self._count()
        self.follow()
        if len(chosen) > 1:
            self.choose_all(chosen)

    # -- several claims -----------------------------------------------------------------------------------------

    def choose_all(self, keys: list[str]) -> None:
        """Choose these claims, the selected one besides."""
        wanted, last = QItemSelection(), self.model.columnCount() - 1
        rows = sorted(row for key in keys if (row := self.model.row_of(key)) >= 0)
        for first, end in runs(rows):  # Qt compares each range with every other
            wanted.select(self.model.index(first, 0), self.model.index(end - 1, last))
        self.table.selectionModel().select(wanted, QItemSelectionModel.SelectionFlag.Select)

    def _choice_changed(self) -> None:
        many = len(self.chosen())
        self.bulk.show_count(many, editable=self.editable())
        if (many > 1) != self._many:
            self._many = many > 1
            if not self._following:
                QTimer.singleShot(0, self, self._catch_up)

    def opens(self) -> bool:
        if len(self.chosen()) > 1:
            return False
        return self.mode == CARDS or self._asked == self.selected_key()

    def _enter(self, index: QModelIndex) -> None:
        self._asked = self.model.keys[index.row()]
        super()._enter(index)

    def focus_editor(self) -> None:
        self._asked = self.selected_key()
        super().focus_editor()

    def close_drawer(self) -> None:
        self._asked = None
        super().close_drawer()

    # -- the interface of Panel ---------------------------------------------------------------------------------

    def selected_key(self) -> str | None:
        return self.selection.id if self.selection.kind == "claim" else None

    def choose(self, key: str) -> None:
        self.selection.select("claim", key)

    def apply(self, edit: Edit) -> None:
        chosen, keys = self.chosen(), self.model.keys
        self.model.apply(edit)
        if self.model.groups:
            self.table.fit()
        for change in edit.changes if len(edit.changes) < 200 else ():
            row = self.model.row_of(change.id) if change.kind == "claim" else -1
            if row >= 0:
                self.table.fit_rows(row, row)
        if len(chosen) > 1 and self.model.keys is not keys:
            self.choose_all(chosen)

    def reload(self) -> None:
        self.model.reload()

    def _change_cell(self, key: str, field: str, value: Any) -> bool:
        ws = self.store.workspace
        makers: dict[str, Callable[[], Edit]] = {
            "source": lambda: speakers.set_source(ws, key, value),
            "tags": lambda: annotate.change(ws, key, tags=split_list(value)),
        }
        return self.attempt_cell(makers.get(field) or (lambda: annotate.change(ws, key, **{field: value})))

    def loose_fields(self) -> list[QWidget]:
        return [*self.bulk.editors.values()]

    def set_theme(self, theme: Theme) -> None:
        self.cards.theme = self.cells.theme = theme
        self.find_button.setIcon(icons.icon("search", theme.text2))
        if hasattr(self, "bulk"):
            self.bulk.set_theme(theme)
        super().set_theme(theme)

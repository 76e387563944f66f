"""What is open in the article: one row each, with the steps that settle it. With nothing open only the title shows."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QMenu, QWidget

from annotator.checks.base import Problem
from annotator.edits import Edit
from ui.checking import Checking
from ui.fonts import ui_font
from ui.models.problems import ProblemsModel
from ui.panels.panel import A_ROW, Panel
from ui.panels.problem_row import ProblemDrawer, ProblemRows, ProblemTable
from ui.selection import Selection
from ui.store import Store
from ui.theme import Theme
from ui.widgets import bits
from ui.widgets.choice import ChoiceEditor
from ui.widgets.header import HEIGHT, PanelHeader

_FEW = 12
"""With so many rows the panel takes no more room than they need."""
_MOST = (1 << 24) - 1


class ProblemsPanel(Panel):
    """Shows what ``checking`` has found. The window goes to places and takes steps; here they are asked for."""

    whole = True
    shown = Signal(object)
    """The Problem whose row was opened; None when none is open any more."""
    fix_requested = Signal(str, int)
    """The key of a problem, and the index of the step to take."""

    def __init__(self, store: Store, selection: Selection, theme: Theme, checking: Checking) -> None:
        super().__init__(store, selection, theme)
        self._checking = checking
        self._chosen: str | None = None
        self._pointed: str | None = None
        self._choosing = False
        self._scheme: QAction | None = None
        self.model = ProblemsModel(store.workspace, store.outline, checking.is_blocking, self)
        self.editor = ProblemDrawer(self, self.model)
        self.cells = ProblemRows(self.model, theme, self)
        table = ProblemTable(self.editor, self.cells.row_height)
        table.setItemDelegate(self.cells)
        table.setAccessibleName("Problems")
        table.setEditTriggers(ProblemTable.EditTrigger.NoEditTriggers)
        table.horizontalHeader().hide()
        table.horizontalHeader().setStretchLastSection(True)
        table.set_margins(40, 16, 12)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._menu_at)
        table.digit_pressed.connect(lambda number: self._fix(number - 1))
        self.editor.fix_requested.connect(self._fix)
        self.editor.done.connect(self._leave)
        self.assemble(PanelHeader("Problems", "", self._extras()), table, self.model, self.editor)
        table.fitted.connect(self.limit)
        table.heights.changed.connect(self.limit)
        checking.changed.connect(self._show)
        self._show()

    def _extras(self) -> QWidget:
        self.filter = ChoiceEditor(self.model.checks, "All checks")
        self.filter.setProperty("flat", "true")
        self.filter.setFont(ui_font(12))
        self.filter.setFixedWidth(136)
        self.filter.setAccessibleName("Show what this check found")
        self.filter.currentIndexChanged.connect(self._narrow)
        self.none = QLabel("Nothing open")
        self.none.setFont(ui_font(12))
        self.none.setProperty("tone", "secondary")
        self.scheme = bits.button("Checks…", self._open_scheme, link=True)
        self.scheme.setAccessibleName("Choose the checks of the project")
        self.scheme.hide()
        extras = QWidget()
        row = QHBoxLayout(extras)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self.none, self.filter, self.scheme):
            row.addWidget(part)
        return extras

    def offer_scheme(self, action: QAction) -> None:
        """From now on a link opens the project's scheme, where checks are switched on, off or made blocking."""
        self._scheme = action
        self.scheme.show()

    def _open_scheme(self) -> None:
        if self._scheme is not None:
            self._scheme.trigger()

    # -- following ----------------------------------------------------------------------------------------------

    def selected_key(self) -> str | None:
        problem, selection = self.model.problem(self._chosen), self.selection
        if problem is not None and (problem.kind, problem.id) == (selection.kind, selection.id):
            return self._chosen
        if problem is not None and problem.kind == "article" and selection.id is None:
            return self._chosen
        return self.model.first_of(selection.kind, selection.id)

    def opens(self) -> bool:
        return self._chosen is not None and self.selected_key() == self._chosen

    def follow(self) -> None:
        super().follow()
        if self._choosing:
            return
        opened = self._chosen if self.table.open_row >= 0 else None
        if opened != self._pointed:
            self._pointed = opened
            self.shown.emit(self.model.problem(opened))

    def apply(self, edit: Edit) -> None:
        """What is open is known a moment later; until then the rows stay."""

    def reload(self) -> None:
        self._chosen = None

    def delete_key(self, key: str) -> None:
        """A problem goes when it is settled."""

    def _count(self) -> None:
        self.header.set_count(self.model.total)

    def _show(self) -> None:
        """Other problems: rows that stay are kept, and who settled one in the list goes on to what took its place."""
        row, inside = self.model.row_of(self._chosen), self._has_focus()
        self._following = True
        with self.table.held():
            self.model.show(self._checking.problems)
            self.filter.set_value(self.model.check)
        self._following = False
        self._count()
        some = self.model.total > 0
        self.none.setText("Nothing open" if self._checking.fresh else "Checking …")
        for part, shown in ((self.none, not some), (self.filter, some), (self.table, some)):
            part.setVisible(shown)
        self.follow()
        self.limit()
        if inside and row >= 0 and self.model.row_of(self._chosen) < 0:
            if self.model.keys:
                self.table.setFocus()
                self.choose(self.model.keys[min(row, len(self.model.keys) - 1)])
            else:
                self.focus_article.emit()

    def _has_focus(self) -> bool:
        widget = QApplication.focusWidget()
        return widget is not None and self.isAncestorOf(widget)

    def limit(self) -> None:
        """Take no more room than the rows need, with none that of the title; keep a row when another panel grows."""
        rows = self.model.rowCount()
        if not self.model.total:
            most = HEIGHT
        elif rows > _FEW:
            most = _MOST
        else:
            most = HEIGHT + sum(self.table.rowHeight(row) for row in range(rows)) + 2
        least = min(most, HEIGHT + A_ROW)
        if (least, most) != (self.least, self.maximumHeight()):
            self.least = least
            self.setMaximumHeight(most)
            self.limited.emit()

    # -- what the user does -------------------------------------------------------------------------------------

    @property
    def chosen(self) -> str | None:
        """The key of the problem whose row was opened last, while it is there."""
        return self._chosen if self.model.problem(self._chosen) else None

    def choose(self, key: str) -> None:
        """Open the row of a problem and select what it is about."""
        problem = self.model.problem(key)
        if problem is None:
            return
        self._closed = None
        self._chosen, self._pointed, self._choosing = key, None, True
        if problem.id is not None and problem.kind != "article" and self._known(problem):
            self.selection.select(problem.kind, problem.id)
        else:
            self.selection.clear()
        self._choosing = False  # the views have shown the record; the place of the problem may be within it
        self.follow()

    def _known(self, problem: Problem) -> bool:
        """Whether the record is still there; rows may be a moment old."""
        return self.store.workspace.get(problem.kind, problem.id or "") is not None

    def _narrow(self) -> None:
        self.model.narrow(self.filter.value())
        self.follow()
        self.limit()

    def _fix(self, index: int) -> None:
        key = self.selected_key()
        if key is not None:
            self.fix_requested.emit(key, index)

    def _go(self, key: str) -> None:
        self.choose(key)
        self._leave()

    def _leave(self) -> None:
        self.shown.emit(self.model.problem(self._chosen))
        self.focus_article.emit()

    def _menu_at(self, at: QPoint) -> None:
        index = self.table.indexAt(at)
        if index.isValid():
            self.menu(self.model.keys[index.row()]).popup(self.table.viewport().mapToGlobal(at))

    def menu(self, key: str) -> QMenu:
        """What can be done about a problem; the digit before a step is its key."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        problem = self.model.problem(key)
        editable = self.editable()
        for number, step in enumerate(problem.fixes if problem else ()):
            entry = menu.addAction(f"&{number + 1}   {step.title.replace('&', '&&')}")
            entry.setEnabled(editable)
            entry.triggered.connect(lambda _=False, number=number: self.fix_requested.emit(key, number))
        menu.addSeparator()
        menu.addAction("Show in the Article").triggered.connect(lambda: self._go(key))
        return menu

    def set_theme(self, theme: Theme) -> None:
        self.cells.theme = theme
        super().set_theme(theme)

"""What the three annotation panels have in common: a header, a table with a drawer, and the way they follow."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from annotator.edits import Edit
from annotator.services import guideline
from annotator.services.lookup import NameIndex
from annotator.vocabulary import Vocabulary
from ui.models.rows import RowsModel
from ui.panels.form import Committer, Form
from ui.panels.record_drawer import RecordDrawer
from ui.selection import Selection
from ui.store import Store
from ui.theme import Theme
from ui.widgets.editors import enter
from ui.widgets.empty_note import EmptyNote
from ui.widgets.expander import ExpandingTable, press_focused
from ui.widgets.header import HEIGHT, PanelHeader

A_ROW = 66
"""Titles of columns and a row, or the first words of a card, in pixels."""


class Panel(QWidget):
    """Follows the store and the selection, refreshes only what an edit touches, and never loses typed text."""

    least = HEIGHT
    """What the panel keeps when another one grows: its title, and with rows in it one of them, in pixels."""
    whole = False
    """Whether an open row is of use only when it is seen whole: then the others may close to their titles."""
    mark_requested = Signal()
    """The plus in the header: mark what is selected in the article."""
    focus_article = Signal()
    """Escape or Done, or the open row closed with the keyboard in it: the article should get the keyboard."""
    wants_height = Signal(int)
    """The height at which the open row can be seen whole, in pixels; 0 when none is open."""
    limited = Signal()
    """The panel's greatest height, or the ``least``, is another one now."""

    def __init__(self, store: Store, selection: Selection, theme: Theme) -> None:
        super().__init__()
        self.store = store
        self.selection = selection
        self.theme = theme
        self.unfinished: dict[str, str] = {}
        """Refused text of records that are not shown now, by ``record/field``."""
        self.committer = Committer(store)
        self.added: list[str] = []
        """Names of the speakers that the edit being applied creates."""
        self._empty = self._way = ""
        self._following = False
        self._wanted = 0
        self._closed: tuple[str | None, str | None] | None = None
        """The row that the user closed, and what was selected then: another mention in it opens it again."""
        self._shown_key: str | None = None
        self._shown_as = (-1, False)
        self.setProperty("ground", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def assemble(self, header: PanelHeader, table: ExpandingTable, model: RowsModel, drawer: RecordDrawer) -> None:
        """Put the parts together. Called once, at the end of a subclass's ``__init__``."""
        self.header, self.table, self.rows, self.drawer = header, table, model, drawer
        table.setModel(model)
        policy = QSizePolicy.Policy  # in little room the rows give way to the title, not it to them
        table.setSizePolicy(policy.Expanding, policy.Ignored)
        self.nothing = EmptyNote(table)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(header)
        self.body.addWidget(table, 1)
        header.add_requested.connect(self.mark_requested)
        drawer.escaped.connect(self._escape)
        table.escaped.connect(self._escape)
        table.left.connect(self.focus_article)
        table.fitted.connect(self._want)
        table.delete_pressed.connect(lambda index: self._delete_row(index.row()))
        table.opened.connect(self._enter)
        table.clicked.connect(self._clicked)
        table.selectionModel().currentRowChanged.connect(self._moved)
        self.store.changed.connect(self._changed)
        self.store.article_opened.connect(self._article_opened)
        self.selection.changed.connect(self.follow)
        self.selection.revealed.connect(self._reveal)
        self._article_opened()
        self.set_theme(self.theme)

    def _names(self) -> NameIndex:
        """The names of all speakers."""
        return self.store.names

    def _vocabulary(self) -> Vocabulary:
        """The project's vocabularies as they are now."""
        return self.store.workspace.vocabulary

    def _guidance(self, topic: str) -> str:
        """What the project's guideline says of a topic, as plain text."""
        return guideline.plain(guideline.section(self.store.workspace.scheme, topic))

    # -- for subclasses -----------------------------------------------------------------------------------------

    def selected_key(self) -> str | None:
        """The row that belongs to what is selected, or None."""
        raise NotImplementedError

    def opens(self) -> bool:
        """Whether what is selected opens its row (else the row is only marked)."""
        return True

    def choose(self, key: str) -> None:
        """The user went to that row."""
        raise NotImplementedError

    def editable(self) -> bool:
        """Whether what the rows show may be changed now."""
        return self.store.locked is None

    def apply(self, edit: Edit) -> None:
        """Bring the rows up to date after an edit."""
        raise NotImplementedError

    def reload(self) -> None:
        """Show the rows of another article."""
        raise NotImplementedError

    def delete_key(self, key: str) -> None:
        """Delete was pressed on that row."""
        raise NotImplementedError

    def says_nothing(self) -> str:
        """What stands in the panel while it has no rows."""
        if self.store.workspace.article is None:
            return ""  # the article's column says so
        return self._empty if self.store.read_only else f"{self._empty} {self._way}".rstrip()

    # -- for the window -----------------------------------------------------------------------------------------

    def set_empty(self, empty: str, way: str) -> None:
        """What the panel says without rows, and the way to its first row, which a read-only project has not."""
        self._empty, self._way = empty, way
        self._count()

    def flush(self) -> bool:
        """Commit every open field; False when one was refused (its text stays where it is)."""
        editor = self.table.cell_editor()
        if editor is not None:
            self.table.commitData(editor)
        return self.drawer.flush()

    def unfinished_text(self) -> dict[str, str]:
        """Typed text that no record holds yet, by ``record/field``."""
        return {**self.unfinished, **self.drawer.typed()}

    def focus_editor(self) -> None:
        """Give the keyboard to the fields of the selected record, opening them if needed."""
        self._closed = None
        self.follow()
        if self.table.open_row >= 0:
            enter(self.drawer.first_field())
        else:
            self.table.setFocus()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.header.set_theme(theme)
        self.drawer.set_theme(theme)
        self.table.viewport().update()

    # -- following ----------------------------------------------------------------------------------------------

    def follow(self) -> None:
        """Mark, and open, the row of what is selected."""
        key = self.selected_key()
        if (key, self.selection.id) != self._closed:
            self._closed = None
        row = self.rows.row_of(key)
        opens = row >= 0 and self.opens() and self._closed is None
        self._following = True
        with self.table.held():
            self.drawer.show_key(key if opens else None)
            row = self.rows.row_of(key)  # what was typed before may just have moved the rows
            self._mark(row)
        self.table.open(row if opens else -1)
        self._following = False
        if row >= 0 and key != self._shown_key:
            self.table.reveal(row)
        if (key, row, opens) != (self._shown_key, *self._shown_as):
            self.table.viewport().update()
        self._shown_key, self._shown_as = key, (row, opens)

    def _mark(self, row: int) -> None:
        """Make that row the current and selected one; -1: none, but who is in the list keeps the place."""
        if row < 0:
            if not self.table.hasFocus():
                self.table.setCurrentIndex(QModelIndex())
            self.table.clearSelection()
        elif self.table.currentIndex().row() != row or not self.table.selectionModel().isRowSelected(row):
            column = max(0, self.table.currentIndex().column())
            flags = QItemSelectionModel.SelectionFlag  # said outright: the table's own go by the keys that are held
            index, alone = self.rows.index(row, column), flags.ClearAndSelect | flags.Rows
            self.table.selectionModel().setCurrentIndex(index, alone)

    def _reveal(self) -> None:
        row = self.rows.row_of(self.selected_key())
        if row >= 0:
            self.table.reveal(row)

    def _changed(self, edit: Edit) -> None:
        self.added = [str(getattr(c.after, "name", "")) for c in edit.of("speaker") if c.before is None]
        for form in self.drawer.findChildren(Form):
            form.forget_good_news()
        if self.rows.editable != self.editable():
            self._show_editable()
        self._following = True  # Qt moves the mark when its row goes; that is not the user's choice
        if "scheme" in edit.by_kind:
            self.drawer.follow_scheme()
        try:
            with self.table.held():
                self.apply(edit)
        except Exception:  # a bug; rows that followed half an edit would be taken for other records
            self.reload()
            raise
        finally:
            self._following = False
        self._count()
        if self.table.currentIndex().row() != self.rows.row_of(self.selected_key()):
            self.follow()  # the record has gone, come, or turned up in another row
        else:
            self.drawer.refresh()
        self.table.place()

    def _article_opened(self) -> None:
        self.drawer.show_key(None)
        self.drawer.follow_scheme()
        self.reload()
        self._count()
        self._show_editable()
        self._shown_key = None
        self.follow()

    def _show_editable(self) -> None:
        editable = self.rows.editable = self.editable()
        self.drawer.set_editable(editable)
        self.header.add.setEnabled(editable)

    def _count(self) -> None:
        count = self.rows.rowCount()
        self.header.set_count(count)
        self.nothing.setText(self.says_nothing())
        self.nothing.setVisible(count == 0)
        self.limit()

    def limit(self) -> None:
        """Keep a row when another panel grows, where there is one."""
        least = self.minimumSizeHint().height() + (A_ROW if self.rows.rowCount() else 0)
        if least != self.least:
            self.least = least
            self.limited.emit()

    # -- what the user does -------------------------------------------------------------------------------------

    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if not self._following and not self.table.marking and current.isValid():
            self._closed = None
            self.choose(self.rows.keys[current.row()])

    def _clicked(self, index: QModelIndex) -> None:
        """A click on the row that is current already: open it again, or select it again."""
        self._closed = None
        key = self.rows.keys[index.row()]
        if key == self.selected_key() and self.opens():
            self.follow()
            self.selection.revealed.emit()
        else:
            self.choose(key)

    def _enter(self, index: QModelIndex) -> None:
        self._clicked(index)
        if self.table.open_row >= 0:
            enter(self.drawer.first_field())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses a button of the header."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            press_focused(self)
        else:
            super().keyPressEvent(event)

    def _delete_row(self, row: int) -> None:
        """Delete a row's record and go on to the one that takes its place."""
        if not self.editable():
            self.store.refused.emit(self.store.locked or "")
        if not self.editable() or not self.flush():
            return
        key = self.rows.keys[row]
        self.delete_key(key)
        if self.rows.row_of(key) < 0 and self.rows.keys:
            self.choose(self.rows.keys[min(row, len(self.rows.keys) - 1)])

    def _want(self) -> None:
        height = 0
        if self.table.open_row >= 0:
            above = self.height() - self.table.viewport().height()
            height = above + self.table.open_height
        if height != self._wanted:
            self._wanted = height
            self.wants_height.emit(height)

    def _escape(self) -> None:
        if not self.drawer.give_up_refused():
            self.flush()
            self.focus_article.emit()

    def close_drawer(self) -> None:
        """Commit and close the open row; the record stays selected."""
        if self.flush():
            self._closed = self.selected_key(), self.selection.id
            self.follow()
            self.focus_article.emit()

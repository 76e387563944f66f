"""The list of articles, with a filter and a state each."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.edits import Edit
from annotator.model import ArticleSummary
from annotator.services.progress import progress
from annotator.text.disguise import badged
from annotator.text.wording import counted
from annotator.vocabulary import DEFAULT
from ui import icons
from ui.fonts import ui_font
from ui.models.articles import SUMMARY, ArticlesModel, subtitle
from ui.panels.progress_foot import ProgressFoot
from ui.selection import Selection
from ui.store import Store
from ui.theme import Theme
from ui.widgets import paint
from ui.widgets.choice import ChoiceEditor
from ui.widgets.focus import name_clear_button
from ui.widgets.header import PanelHeader

ROW = 66
_MANY = 50
"""More articles that changed than this are listed anew, at once."""


class ArticleRows(QStyledItemDelegate):
    """Paints a title over two lines, the state's sign and the counts."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.current: str | None = None

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        summary = index.data(SUMMARY)
        if not isinstance(summary, ArticleSummary):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        current = summary.article.id == self.current
        box = QRectF(option.rect).adjusted(8, 2, -8, -2)
        if current or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.selected if current else self.theme.hover))
            painter.drawRoundedRect(box, 8, 8)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint.focus_ring(painter, box, self.theme.accent, 8)
        self._lines(painter, summary, box, current=current)
        painter.restore()

    def _lines(self, painter: QPainter, summary: ArticleSummary, box: QRectF, *, current: bool) -> None:
        font = ui_font(13, QFont.Weight.DemiBold if current else QFont.Weight.Medium)
        left, width = box.left() + 12, box.width() - 24
        lines = paint.wrap(badged(paint.one_line(summary.article.title)) or "Untitled", font, width, 2)
        top = box.center().y() - (len(lines) * 17 + 18) / 2
        painter.setFont(font)
        painter.setPen(QColor(self.theme.text))
        for line in lines:
            painter.drawText(paint.baseline(QRectF(left, top, width, 17), font), line)
            top += 17
        small = ui_font(12)
        row = QRectF(left, top + 1, width, 17)
        state = summary.article.state
        self._sign(painter, state, QRectF(left, row.center().y() - 5, 10, 10))
        painter.setFont(small)
        painter.setPen(QColor(self.theme.accent if state == "in_progress" else self.theme.text2))
        painter.drawText(paint.baseline(row.adjusted(16, 0, 0, 0), small), subtitle(summary))

    def _sign(self, painter: QPainter, state: str, rect: QRectF) -> None:
        """A ring, a disc, a half disc or a check mark: the shape says the state, not only the colour."""
        theme = self.theme
        if state == "done":
            icons.draw(painter, "check", theme.insert, rect.adjusted(-2, -2, 2, 2))
            return
        colour = QColor({"in_progress": theme.accent, "needs_review": theme.lines[0]}.get(state, theme.text3))
        ring = rect.adjusted(1.2, 1.2, -1.2, -1.2)
        painter.setPen(QPen(colour, 1.6))
        painter.setBrush(colour if state == "in_progress" else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(ring)
        if state == "needs_review":
            painter.setBrush(colour)
            painter.drawPie(ring, 90 * 16, 180 * 16)


class _List(QListView):
    """Enter opens the row that the arrows have reached, Delete asks to delete it; Escape leaves."""

    chosen = Signal(QModelIndex)
    delete_pressed = Signal(QModelIndex)
    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self.delete_pressed.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


class ArticlesPanel(QWidget):
    """Opens an article by click or Enter. The menus of a row ask the window by signal, and set the state."""

    import_requested = Signal()
    details_requested = Signal(str)
    delete_requested = Signal(str)
    state_requested = Signal(str, str)
    """An article should have that state."""
    open_requested = Signal(str)
    """An article should be shown; the window commits open fields first and then opens it."""
    focus_article = Signal()

    def __init__(self, store: Store, selection: Selection, theme: Theme) -> None:
        super().__init__()
        self.store = store
        self.selection = selection
        self.theme = theme
        self.today = date.today
        self.progress = progress((), self.today())
        """How far the project is."""
        self.setProperty("ground", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = ArticlesModel(self)
        self.header = PanelHeader("Articles", "Import articles")
        self.filter = QLineEdit()
        self.filter.setClearButtonEnabled(True)
        self.filter.setAccessibleName("Filter articles")
        name_clear_button(self.filter)
        self._glass = QAction("Filter articles", self)
        self.filter.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.state = ChoiceEditor(self._states, "All states")
        self.state.setAccessibleName("Show articles in this state")
        self.state.setAccessibleDescription("Which articles are shown")  # its name is read as its value on Linux
        self.nothing = QLabel("No article fits the filter.")
        self.foot = ProgressFoot(theme)
        self.list = _List()
        self.rows = ArticleRows(theme, self)
        self._set_up_list()
        self._lay_out()
        self._connect()
        self._refresh()
        self._article_opened()
        self.set_theme(theme)

    def _set_up_list(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.rows)
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setAccessibleName("Articles")

    def _lay_out(self) -> None:
        self.nothing.setFont(ui_font(12))
        self.nothing.setProperty("tone", "secondary")
        self.nothing.setContentsMargins(20, 8, 12, 8)
        self.nothing.setWordWrap(True)
        self.nothing.hide()
        for field in (self.filter, self.state):
            field.setFont(ui_font(13))
        above = QVBoxLayout()
        above.setContentsMargins(12, 0, 12, 8)
        above.setSpacing(8)
        above.addWidget(self.filter)
        row = QHBoxLayout()
        row.addWidget(self.state)
        above.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(above)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        column.addWidget(self.foot)

    def _connect(self) -> None:
        self.header.add_requested.connect(self.import_requested)
        self.filter.textChanged.connect(self._narrow)
        self.filter.returnPressed.connect(self._first)
        self.state.currentIndexChanged.connect(self._narrow)
        self.list.clicked.connect(self._open)
        self.list.chosen.connect(self._open)
        self.list.delete_pressed.connect(self._delete)
        self.list.escaped.connect(self.focus_article)
        self.list.customContextMenuRequested.connect(self._menu)
        self.store.summaries_changed.connect(self._refresh)
        self.store.changed.connect(self._changed)
        self.store.article_opened.connect(self._article_opened)

    # -- for the window -----------------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        self.theme = self.rows.theme = theme
        self.header.set_theme(theme)
        self.foot.set_theme(theme)
        self._glass.setIcon(icons.icon("search", theme.text2))
        self.list.viewport().update()

    def flush(self) -> bool:
        """Nothing is edited here; for the window every panel is alike."""
        return True

    def focus_filter(self) -> None:
        self.filter.setFocus()
        self.filter.selectAll()

    def neighbour(self, step: int) -> str | None:
        """The id of the article ``step`` rows below the open one in the list as it is filtered, or None."""
        current = self.model.row_of(self.rows.current)
        row = current + step if current >= 0 else 0
        return self.model.keys[row] if 0 <= row < len(self.model.keys) else None

    def _states(self) -> list[tuple[str, str, str]]:
        """The states with how many articles are in each."""
        counts = self.progress.by_state
        return [
            (v, f"{label} · {counts.get(v, 0):,}", meaning) for v, label, meaning in DEFAULT.choices("article.state")
        ]

    # -- following ----------------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        self.model.show(self.store.tally.ordered())
        self.progress = progress(self.store.tally.summaries.values(), self.today())
        self.foot.show_progress(self.progress)
        self.state.refill()
        self.header.set_count(self.model.total)
        self.header.add.setEnabled(not self.store.read_only)
        self.filter.setPlaceholderText(f"Filter {counted(self.model.total, 'article')}")
        self.nothing.setVisible(not self.model.keys and self.model.total > 0)
        self._mark()

    def _changed(self, edit: Edit) -> None:
        if len(edit.article_ids) > _MANY:
            self.model.show(self.store.tally.ordered())
        for id_ in edit.article_ids if len(edit.article_ids) <= _MANY else ():
            summary = self.store.tally.summaries.get(id_)
            if summary is not None:
                self.model.update(summary)
        self._mark()

    def _article_opened(self) -> None:
        article = self.store.workspace.article
        self.rows.current = article.id if article else None
        self._mark()
        self.list.viewport().update()

    def _mark(self) -> None:
        row = self.model.row_of(self.rows.current)
        if row >= 0 and (not self.list.hasFocus() or not self.list.currentIndex().isValid()):
            self.list.setCurrentIndex(self.model.index(row, 0))

    # -- what the user does -------------------------------------------------------------------------------------

    def _narrow(self) -> None:
        self.model.narrow(self.filter.text(), self.state.value())
        self.nothing.setVisible(not self.model.keys and self.model.total > 0)
        self._mark()

    def _first(self) -> None:
        if self.model.keys:
            self._open(self.model.index(0, 0))

    def _open(self, index: QModelIndex) -> None:
        key = self.model.keys[index.row()]
        if key != self.rows.current:
            self.open_requested.emit(key)

    def _delete(self, index: QModelIndex) -> None:
        if not self.store.read_only:
            self.delete_requested.emit(self.model.keys[index.row()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down in the filter goes to the list, Escape clears it and then leaves."""
        if event.key() == Qt.Key.Key_Down and self.model.keys:
            if not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self.model.index(0, 0))
            self.list.setFocus()
        elif event.key() == Qt.Key.Key_Escape and self.filter.text():
            self.filter.clear()
        elif event.key() == Qt.Key.Key_Escape:
            self.focus_article.emit()
        else:
            super().keyPressEvent(event)

    def _menu(self, at: QPoint) -> None:
        index = self.list.indexAt(at)
        if index.isValid():
            self.menu(self.model.keys[index.row()]).popup(self.list.viewport().mapToGlobal(at))

    def menu(self, article_id: str) -> QMenu:
        """The context menu of an article."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        summary = self.model.summary(article_id)
        states = menu.addMenu("State")
        for term in DEFAULT.terms("article.state"):
            action = states.addAction(term.label)
            action.setCheckable(True)
            action.setChecked(summary is not None and summary.article.state == term.value)
            action.triggered.connect(lambda _=False, value=term.value: self.state_requested.emit(article_id, value))
        states.setEnabled(not self.store.read_only)
        menu.addAction("Article Details…").triggered.connect(lambda: self.details_requested.emit(article_id))
        menu.addSeparator()
        delete = menu.addAction("Delete…")
        delete.setEnabled(not self.store.read_only)
        delete.triggered.connect(lambda: self.delete_requested.emit(article_id))
        return menu

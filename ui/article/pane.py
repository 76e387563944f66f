"""The middle column: a row of tools over the article, kept in step with the store and the selection."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from annotator.edits import Edit
from annotator.errors import InvalidEdit
from annotator.text.corrected import PieceMap
from ui.actions import Actions
from ui.article.cards import Cards
from ui.article.find_bar import FindBar
from ui.article.hovering import Hovering
from ui.article.reading_places import ReadingPlaces
from ui.article.ready import Ready, make_ready
from ui.article.shown_texts import ShownTexts
from ui.article.sides import Sides
from ui.article.tools import ArticleTools
from ui.presenter import Presenter, record_id
from ui.selection import Selection
from ui.store import Store
from ui.text.document import DisplayMap
from ui.text.marks import Mark
from ui.text.view import ArticleView
from ui.theme import Theme

MODES = ("source", "corrected", "both")
"""What can be on show, in the order of the key that steps through them."""
_FEW = 60
_OPENING = "Opening the project …"


class ArticlePane(QWidget):
    """Shows the open article in one of three ways: ``source``, ``corrected``, or ``both`` side by side."""

    theme_toggled = Signal()
    mode_changed = Signal()
    selection_changed = Signal()
    caret_moved = Signal(int)
    boundary_dragged = Signal(str, int, str, int)
    context_menu_requested = Signal(QPoint, tuple)
    zoom_requested = Signal(int)

    def __init__(self, store: Store, selection: Selection, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._selection = selection
        self.mode = "source"
        self.picker: Callable[[str], None] | None = None
        """Takes the marks that are clicked while something is picked; None: they are selected."""
        self._places = ReadingPlaces()
        self._shown_id: str | None = None
        self._before_click: tuple[str | None, str | None] = (None, None)
        self._presenter = Presenter(store.workspace, store.outline)
        self.sides = Sides(self._presenter, theme, self)
        self.hovering = Hovering(Cards(store.workspace, store.outline), theme, self)
        self._empty = ""
        self.hint = QLabel(_OPENING, self.sides)
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setProperty("tone", "secondary")
        self.tools = ArticleTools(theme, self)
        self.find_bar = FindBar(self.sides, self._text_on_show, theme)
        self._texts = ShownTexts(store.workspace)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.tools, self.find_bar, self.sides):
            layout.addWidget(widget)
        layout.setStretchFactor(self.sides, 1)
        self._connect()

    def _connect(self) -> None:
        self._store.make_ready = make_ready
        self._store.article_opened.connect(self._article_opened)
        self._store.changed.connect(self._follow)
        self._selection.changed.connect(self.hovering.hide)
        self._selection.changed.connect(lambda: self._show_selection(reveal=False))
        self._selection.revealed.connect(lambda: self._show_selection(reveal=True))
        self.tools.mode_chosen.connect(self.set_mode)
        self.tools.theme_toggled.connect(self.theme_toggled)
        sides = self.sides
        for view in sides.views:
            self.hovering.watch(view)
        self.hovering.chosen.connect(self.select_mark)
        sides.mark_clicked.connect(self.select_mark)
        sides.background_clicked.connect(self._background_clicked)
        sides.word_selected.connect(self._select_as_before)
        sides.activated.connect(lambda: self.find_bar.search(reveal=False))
        sides.selection_changed.connect(self.selection_changed)
        sides.caret_moved.connect(self.caret_moved)
        sides.boundary_dragged.connect(self.boundary_dragged)
        sides.context_menu_requested.connect(self.context_menu_requested)
        sides.zoom_requested.connect(self.zoom_requested)

    @property
    def view(self) -> ArticleView:
        """The active view: the one on show, or of two the one that had the focus last."""
        return self.sides.view

    @property
    def views(self) -> tuple[ArticleView, ArticleView]:
        """Both views; the second is shown only in the mode ``both``."""
        return self.sides.views

    def focus_article(self) -> None:
        """Give the focus to the active view."""
        self.view.setFocus()

    def copy(self) -> None:
        """Copy the words selected in the active view."""
        self.view.copy()

    def add_tools(self, actions: Actions) -> None:
        """Fill the row of tools; each button is one of the window's actions."""
        self.tools.fill(actions)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.hint.setGeometry(0, 0, self.width(), max(80, self.height() // 2))

    # -- showing ------------------------------------------------------------------------------------------------

    def _article_opened(self) -> None:
        ready = self._store.ready if isinstance(self._store.ready, Ready) else None
        self._presenter.take(ready.shelf if ready else None)
        self._texts.take(ready.source if ready else None)
        self.show_article()

    def show_article(self) -> None:
        """Show the open article, or an empty page."""
        ws = self._store.workspace
        shown = ws.article.id if ws.article else None
        if shown != self._shown_id:
            self._places.note(self._shown_id, self.view.caret())
        corrected = None
        if self.mode != "source":
            corrected = self._read_corrected()
            if corrected is None:
                return
        self.sides.show_texts(self._texts.source, corrected, self._presenter.shelf, both=self.mode == "both")
        if shown is not None and shown != self._shown_id:
            self.view.set_caret(min(self._places.place(shown), len(ws.text)))
        self._shown_id = shown
        self.hint.setText(self._empty if self._store.project is not None else _OPENING)
        self.hint.setVisible(ws.article is None)
        self._show_selection(reveal=False)
        self.find_bar.search(reveal=False)

    def set_empty(self, told: str) -> None:
        """What stands where no article is open."""
        self._empty = told
        if self._store.project is not None:
            self.hint.setText(told)

    def places(self) -> dict[str, int]:
        """Article id to the caret's source offset where it was left, for the articles seen last."""
        self._places.note(self._shown_id, self.view.caret())
        return self._places.kept()

    def set_places(self, places: dict[str, int]) -> None:
        """Where the articles were left in an earlier session."""
        self._places.take(places)

    def _text_on_show(self) -> tuple[str, PieceMap | None]:
        pieces = self.view.scene.map.pieces
        return (pieces.text, pieces) if pieces is not None else (self._store.workspace.text, None)

    def find_words(self) -> None:
        """Open the find bar on the selected words, if they are few."""
        start, end = self.view.selected_range()
        words = self._store.workspace.text[start:end]
        self.find_bar.open_bar(words if 0 < len(words) <= _FEW and "\n" not in words else "")

    def set_mode(self, mode: str) -> None:
        """Show the ``source`` text, the ``corrected`` text or ``both``; the place in the article is kept."""
        if mode not in MODES:
            return
        self.tools.show_mode(mode)
        if mode != self.mode:
            self.mode = mode
            self.show_article()
            self.mode_changed.emit()

    def next_mode(self) -> None:
        """Show the article in the next of the three ways."""
        self.set_mode(MODES[(MODES.index(self.mode) + 1) % len(MODES)])

    def set_theme(self, theme: Theme) -> None:
        """Repaint in another theme."""
        for part in (self.sides, self.find_bar, self.tools, self.hovering):
            part.set_theme(theme)

    def set_zoom(self, percent: int) -> None:
        """Scale the article's text."""
        self.sides.set_zoom(percent / 100)
        self.tools.show_zoom(percent)

    def _follow(self, edit: Edit) -> None:
        current = self._store.workspace.article
        if current is None:
            self._presenter.take(None)
            self._texts.take(None)
            self.show_article()
            return
        ready = self._store.ready if isinstance(self._store.ready, Ready) else None
        if not self._presenter.is_seen(edit):
            return
        source = self._texts.source
        self._texts.follow(edit)
        if ready is not None and self._texts.source is source:
            self._follow_large(edit, ready)
            return
        changes = self._presenter.follow(edit)
        corrected = self.mode != "source" and "correction" in edit.by_kind
        if self._texts.source is not source or (corrected and self.mode == "corrected"):
            self.show_article()
        elif corrected:
            self._correct(changes)
        else:
            for view in self.sides.shown:
                view.update_marks(*changes)
            self._show_selection(reveal=False)

    def _follow_large(self, edit: Edit, ready: Ready) -> None:
        """The marks of all annotations have been filed anew, off this thread."""
        self._presenter.take(ready.shelf)
        corrected = self.mode != "source" and "correction" in edit.by_kind
        if corrected:
            self.sides.views[0].take_marks(ready.shelf)
            self.show_article()
            return
        for view in self.sides.shown:
            view.take_marks(ready.shelf)
        self._show_selection(reveal=False)

    def _correct(self, changes: tuple[list[Mark], list[str]]) -> None:
        """Side by side: corrections changed, so that the corrected text reads otherwise."""
        if (corrected := self._read_corrected()) is None:
            return
        self.sides.correct(corrected, self._presenter.shelf, changes)
        self._show_selection(reveal=False)
        self.find_bar.search(reveal=False)

    def _read_corrected(self) -> DisplayMap | None:
        """The corrected text; None, and the source text is shown, when there is none."""
        try:
            return self._texts.corrected
        except InvalidEdit as error:
            self.set_mode("source")
            self._store.refused.emit(f"The corrected text cannot be shown: {error}")
            return None

    def _show_selection(self, *, reveal: bool) -> None:
        ws, id_ = self._store.workspace, self._selection.id
        known = id_ is not None and (ws.annotation(id_) is not None or id_ in ws.speakers)
        for view in self.sides.shown:
            view.select_mark(id_ if known else None, reveal and view is self.view)

    def show_card(self) -> None:
        """Tell of what is selected, else of what lies under the caret, at its place; the second time hide it."""
        view = self.view
        shown = self._selection.id or next(iter(view.marks_at(QPointF(view.cursorRect().center()))), None)
        if shown is None:
            self._store.refused.emit("Nothing is marked here. Select an annotation, or put the caret into one.")
            return
        if not self.hovering.card.isVisible():
            self._show_selection(reveal=True)
            view.scrolling.finish()
        self.hovering.toggle(view, shown)

    def _background_clicked(self) -> None:
        if self.picker is not None:
            return
        self._before_click = (self._selection.kind, self._selection.id)
        self._selection.clear()

    def _select_as_before(self) -> None:
        """A double click selects a word for the annotation that was selected before its first click."""
        if self.picker is not None:
            return
        kind, id_ = self._before_click
        if kind is not None and id_ is not None and self._store.workspace.get(kind, id_) is not None:
            self._selection.select(kind, id_, reveal=False)

    def label(self, mark_id: str) -> str:
        """A mark in a few words: ``claim 13 by Sergei Lavrov``."""
        return self._presenter.label(mark_id)

    def select_mark(self, mark_id: str) -> None:
        """Select what a mark belongs to, as a click on it does."""
        if self.picker is not None:
            self.picker(mark_id)
            return
        ws = self._store.workspace
        self._before_click = (self._selection.kind, self._selection.id)
        id_ = record_id(mark_id)
        for kind, table in (("claim", ws.claims), ("mention", ws.mentions), ("correction", ws.corrections)):
            if id_ in table:
                self._selection.select(kind, id_, reveal=False)
                return

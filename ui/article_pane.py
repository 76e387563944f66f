"""The middle column: a row of tools over the article, kept in step with the store and the selection."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from annotator.edits import Edit
from annotator.errors import InvalidEdit
from annotator.model import Article
from annotator.services.corrections import piece_map
from annotator.text.corrected import PieceMap
from ui import icons
from ui.actions import Actions
from ui.find_bar import FindBar
from ui.presenter import Presenter, record_id
from ui.selection import Selection
from ui.store import Store
from ui.text.view import ArticleView, Mode
from ui.theme import Theme
from ui.widgets.segmented import SegmentedButton

_TOOLS = (
    ("mark_claim", "Claim", "C"),
    ("mark_mention", "Speaker", "S"),
    ("mark_cue", "Cue", "Q"),
    ("set_source", "Source", "A"),
    ("correct", "Correct", "X"),
)
_FULL_WIDTH = 740
_KEYS_WIDTH = 500
_FEW = 60
_PLACES = 500
_EMPTY = "No article is open.\n\nImport articles with Ctrl+I, or drop files here."


class ArticlePane(QWidget):
    """Shows the open article in one of two views: ``source`` or ``corrected``."""

    theme_toggled = Signal()
    mode_changed = Signal()

    def __init__(self, store: Store, selection: Selection, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._selection = selection
        self._theme = theme
        self.mode: Mode = "source"
        self._places: dict[str, int] = {}
        self._shown_id: str | None = None
        self._before_click: tuple[str | None, str | None] = (None, None)
        self._presenter = Presenter(store.workspace, store.outline)
        self.view = ArticleView(self._presenter, self)
        self.view.setObjectName("article")
        self.hint = QLabel(_EMPTY, self.view.viewport())
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setProperty("tone", "secondary")
        self.view.set_theme(theme)
        self.tools = QFrame(self)
        self.tools.setObjectName("tools")
        self._row = QHBoxLayout(self.tools)
        self._row.setContentsMargins(16, 8, 16, 8)
        self._row.setSpacing(8)
        self.find_bar = FindBar(self.view, self._text_on_show, theme)
        self._pieces: PieceMap | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.tools, self.find_bar, self.view):
            layout.addWidget(widget)
        layout.setStretchFactor(self.view, 1)
        self._icon_buttons: dict[QToolButton, str] = {}
        self._labelled: dict[QToolButton, tuple[str, str]] = {}
        self._connect()

    def _connect(self) -> None:
        self._store.article_opened.connect(self.show_article)
        self._store.changed.connect(self._follow)
        self._selection.changed.connect(lambda: self._show_selection(reveal=False))
        self._selection.revealed.connect(lambda: self._show_selection(reveal=True))
        self.view.mark_clicked.connect(self._clicked)
        self.view.background_clicked.connect(self._background_clicked)
        self.view.word_selected.connect(self._select_as_before)

    # -- tools --------------------------------------------------------------------------------------------------

    def add_tools(self, actions: Actions) -> None:
        """Fill the row of tools; each button is one of the window's actions."""
        self.views = SegmentedButton([("source", "Source text"), ("corrected", "Corrected")], "Which text is shown")
        self.views.setToolTip("The text as it was imported, or as the corrections make it (V)")
        self.views.chosen.connect(self.set_mode)
        self._row.addWidget(self.views)
        for command_id, text, key in _TOOLS:
            button = self._button(f"{text}  {key}", "tool")
            self._labelled[button] = (text, key)
            button.setAccessibleName(actions[command_id].text())
            button.setToolTip(f"{actions[command_id].text()} ({key})")
            button.clicked.connect(actions[command_id].trigger)
        self._row.addWidget(self._group(list(self._labelled)))
        self._row.addStretch(1)
        for command_id, icon in (("undo", "undo"), ("redo", "redo")):
            button = self._icon_button(icon, actions[command_id].text())
            button.setDefaultAction(actions[command_id])
            self._row.addWidget(button)
        self.zoom_label = QToolButton(self.tools)
        self.zoom_label.setObjectName("zoom")
        self.zoom_label.setToolTip("Normal size (Ctrl+0)")
        self.zoom_label.clicked.connect(actions["zoom_reset"].trigger)
        self._row.addWidget(self.zoom_label)
        theme = self._icon_button("theme", "Light or dark")
        theme.clicked.connect(self.theme_toggled)
        self._row.addWidget(theme)
        self.set_theme(self._theme)

    def _group(self, buttons: list[QToolButton]) -> QFrame:
        frame = QFrame(self.tools)
        frame.setObjectName("group")
        row = QHBoxLayout(frame)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        for button in buttons:
            row.addWidget(button)
        return frame

    def _button(self, text: str, name: str) -> QToolButton:
        button = QToolButton(self.tools)
        button.setText(text)
        button.setObjectName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _icon_button(self, icon: str, name: str) -> QToolButton:
        button = self._button("", "icon")
        button.setIconSize(QSize(18, 18))
        button.setAccessibleName(name)
        button.setToolTip(name)
        self._icon_buttons[button] = icon
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow column the tools show their keys only; names stay in tooltips and for screen readers."""
        super().resizeEvent(event)
        self.hint.setGeometry(0, 0, self.width(), max(80, self.height() // 2))
        if self._labelled:
            for button, (text, key) in self._labelled.items():
                button.setText(f"{text}  {key}" if self.width() >= _FULL_WIDTH else key)
            self.views.button("source").setText("Source text" if self.width() >= _FULL_WIDTH else "Source")
            self.zoom_label.setVisible(self.width() >= _KEYS_WIDTH)

    # -- showing ------------------------------------------------------------------------------------------------

    def show_article(self) -> None:
        """Load the open article, or an empty page."""
        ws = self._store.workspace
        shown = ws.article.id if ws.article else None
        if shown != self._shown_id:
            self._note_place()
        self._pieces = None
        if self.mode == "corrected":
            try:
                self._pieces = piece_map(ws.text, ws.corrections.values())
            except InvalidEdit as error:
                self._store.refused.emit(f"The corrected text cannot be shown: {error}")
                self.set_mode("source")
                return
        segments = ws.article.segments if ws.article else ()
        self.view.show_article(ws.text, segments, self._presenter.marks(), self._pieces, self.mode)
        if shown is not None and shown != self._shown_id:
            self.view.set_caret(min(self._places.get(shown, 0), len(ws.text)))
        self._shown_id = shown
        self.hint.setVisible(ws.article is None)
        self._show_selection(reveal=False)
        self.find_bar.search()

    def _note_place(self) -> None:
        if self._shown_id is not None:
            self._places.pop(self._shown_id, None)
            self._places[self._shown_id] = self.view.caret()

    def places(self) -> dict[str, int]:
        """Article id to the caret's source offset where it was left, for the articles seen last."""
        self._note_place()
        return dict(list(self._places.items())[-_PLACES:])

    def set_places(self, places: dict[str, int]) -> None:
        """Where the articles were left in an earlier session."""
        self._places = {id_: offset for id_, offset in places.items() if isinstance(offset, int) and offset >= 0}

    def _text_on_show(self) -> tuple[str, PieceMap | None]:
        pieces = self._pieces
        return (pieces.text, pieces) if pieces is not None else (self._store.workspace.text, None)

    def find_words(self) -> None:
        """Open the find bar on the selected words, if they are few."""
        start, end = self.view.selected_range()
        words = self._store.workspace.text[start:end]
        self.find_bar.open_bar(words if 0 < len(words) <= _FEW and "\n" not in words else "")

    def set_mode(self, mode: str) -> None:
        """Show the ``source`` or the ``corrected`` text; the place in the article is kept."""
        self.views.button(mode).setChecked(True)
        if mode != self.mode:
            self.mode = "corrected" if mode == "corrected" else "source"
            self.show_article()
            self.mode_changed.emit()

    def toggle_mode(self) -> None:
        """Show the other of the two texts."""
        self.set_mode("corrected" if self.mode == "source" else "source")

    def set_theme(self, theme: Theme) -> None:
        """Repaint in another theme."""
        self._theme = theme
        self.view.set_theme(theme)
        self.find_bar.set_theme(theme)
        names = {"theme": "sun" if theme.name == "dark" else "moon", "undo": "undo-2", "redo": "redo-2"}
        for button, icon in self._icon_buttons.items():
            drawing = icons.icon(names[icon], theme.text, theme.text3)
            button.setIcon(drawing)
            if (action := button.defaultAction()) is not None:
                action.setIcon(drawing)

    def set_zoom(self, percent: int) -> None:
        """Scale the article's text."""
        self.view.set_zoom(percent / 100)
        self.zoom_label.setText(f"{percent} %")
        self.zoom_label.setAccessibleName(f"Text size {percent} percent; press for normal size")

    def _follow(self, edit: Edit) -> None:
        current = self._store.workspace.article
        if current is None:
            self.show_article()
            return
        if not self._presenter.is_seen(edit):
            return
        mine = [c for c in edit.changes if c.article_id == current.id]
        reload = any(_segments(c.before) != _segments(c.after) for c in mine)
        corrected = self.mode == "corrected" and any(c.kind == "correction" for c in mine)
        if reload or corrected:
            self.show_article()
        else:
            self.view.update_marks(*self._presenter.follow(edit))
            self._show_selection(reveal=False)

    def _show_selection(self, *, reveal: bool) -> None:
        ws, id_ = self._store.workspace, self._selection.id
        if self._selection.kind == "speaker":
            mentions = self._store.outline.mentions_of(id_)
            id_ = mentions.at(0) if mentions else None
        self.view.select_mark(id_ if id_ and ws.annotation(id_) else None, reveal)

    def _background_clicked(self) -> None:
        self._before_click = (self._selection.kind, self._selection.id)
        self._selection.clear()

    def _select_as_before(self) -> None:
        """A double click selects a word for the annotation that was selected before its first click."""
        kind, id_ = self._before_click
        if kind is not None and id_ is not None and self._store.workspace.get(kind, id_) is not None:
            self._selection.select(kind, id_, reveal=False)

    def _clicked(self, mark_id: str) -> None:
        ws = self._store.workspace
        self._before_click = (self._selection.kind, self._selection.id)
        id_ = record_id(mark_id)
        for kind, table in (("claim", ws.claims), ("mention", ws.mentions), ("correction", ws.corrections)):
            if id_ in table:
                self._selection.select(kind, id_, reveal=False)
                return


def _segments(record: object) -> object:
    return record.segments if isinstance(record, Article) else None

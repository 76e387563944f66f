"""The article in one view, or in two side by side: source text left, corrected text right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from annotator.model import Segment
from annotator.text.corrected import PieceMap
from ui.text.marks import Legend, Mark
from ui.text.view import ArticleView
from ui.theme import Theme


class Sides(QWidget):
    """Two views, of which the second is shown only side by side. The *active* one had the focus last.

    The views' signals are handed on: those about caret and words only from the active view.
    """

    mark_clicked = Signal(str)
    background_clicked = Signal()
    word_selected = Signal()
    selection_changed = Signal()
    caret_moved = Signal(int)
    boundary_dragged = Signal(str, int, str, int)
    context_menu_requested = Signal(QPoint, tuple)
    zoom_requested = Signal(int)
    activated = Signal()
    """The other view is the active one now."""

    def __init__(self, legend: Legend, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.views = ArticleView(legend, self, theme), ArticleView(legend, self, theme)
        self._active = self.views[0]
        self.views[0].setObjectName("article")
        self.views[1].setObjectName("corrected_article")
        self.views[1].hide()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        for view in self.views:
            self._row.addWidget(view, 1)
            self._connect(view)
        self.setFocusProxy(self.views[0])

    def _connect(self, view: ArticleView) -> None:
        view.focused.connect(lambda: self.activate(view))
        for name in ("mark_clicked", "background_clicked", "word_selected", "boundary_dragged"):
            getattr(view, name).connect(lambda *_: self.activate(view))  # a click need not have given the focus
            getattr(view, name).connect(getattr(self, name))
        view.context_menu_requested.connect(lambda *_: self.activate(view))
        view.context_menu_requested.connect(self.context_menu_requested)
        view.zoom_requested.connect(self.zoom_requested)
        view.selection_changed.connect(lambda: self.selection_changed.emit() if view is self._active else None)
        view.caret_moved.connect(lambda offset: self.caret_moved.emit(offset) if view is self._active else None)

    @property
    def view(self) -> ArticleView:
        """The active view."""
        return self._active

    @property
    def both(self) -> bool:
        """Whether both views are shown."""
        return not self.views[1].isHidden()

    @property
    def shown(self) -> tuple[ArticleView, ...]:
        """The views on show."""
        return self.views if self.both else self.views[:1]

    def activate(self, view: ArticleView) -> None:
        """Make this view the active one."""
        if view is not self._active and view in self.shown:
            self._active = view
            self.setFocusProxy(view)
            self.activated.emit()
            self.selection_changed.emit()
            self.caret_moved.emit(view.caret())

    def show_article(
        self, text: str, segments: Sequence[Segment], marks: Sequence[Mark], pieces: PieceMap | None, *, both: bool
    ) -> None:
        """Show the source text (``pieces`` None), the corrected text, or both; the place is kept in the same text."""
        self._set_both(on=both)
        left, right = self.views
        left.show_article(text, segments, marks, None if both else pieces)
        if both:
            right.show_article(text, segments, marks, pieces)

    def _set_both(self, *, on: bool) -> None:
        """Show both views, or the first alone; the focus stays in the article."""
        if on == self.both:
            return
        first, second = self.views
        focused = second.hasFocus()
        if not on and self._active is second:
            first.set_selected_range(*second.selected_range())
            self.activate(first)
        second.setVisible(on)
        if focused:
            first.setFocus()
        if not on:
            second.show_article("", (), ())

    def set_theme(self, theme: Theme) -> None:
        """Repaint in another theme."""
        for view in self.views:
            view.set_theme(theme)

    def set_zoom(self, factor: float) -> None:
        """Magnify the text of both views."""
        for view in self.views:
            view.set_zoom(factor)

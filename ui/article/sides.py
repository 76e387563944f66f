"""The article in one view, or in two side by side: source text left, corrected text right, changes aligned."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from ui.text.alignment import Alignment
from ui.text.document import DisplayMap
from ui.text.marks import Legend, Mark
from ui.text.rows import pair
from ui.text.shelf import Shelf
from ui.text.typography import GUTTER, MARGIN_RIGHT, SLIM_GUTTER, Reading
from ui.text.view import ArticleView
from ui.theme import Theme

NARROWEST = 11
"""A line of text beside another one is at least so many of its sizes long, about 23 letters. Numbers in the gutter
make room for it; when that is not enough, the two views stand one above the other."""


class Sides(QWidget):
    """Two views, of which the second is shown only side by side. The *active* one had the focus last.

    Side by side both are scrolled together. The views' signals are handed on: those about caret and words only from
    the active view.
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
        self._alignment: Alignment | None = None
        self.views[0].setObjectName("article")
        self.views[1].setObjectName("corrected_article")
        self.line = QFrame(self)
        self.line.setObjectName("between")
        for view in self.views:
            self._connect(view)
        self.line.hide()
        self.views[1].hide()

    def _connect(self, view: ArticleView) -> None:
        view.focused.connect(lambda by_mouse: self._focused(view, by_mouse=by_mouse))
        for name in ("mark_clicked", "background_clicked", "word_selected", "boundary_dragged"):
            getattr(view, name).connect(lambda *_: self.activate(view))  # a click need not have given the focus
            getattr(view, name).connect(getattr(self, name))
        view.context_menu_requested.connect(lambda *_: self.activate(view))
        view.context_menu_requested.connect(self.context_menu_requested)
        view.zoom_requested.connect(self.zoom_requested)
        view.selection_changed.connect(lambda: self._selection_changed(view))
        view.caret_moved.connect(lambda offset: self.caret_moved.emit(offset) if view is self._active else None)
        view.verticalScrollBar().valueChanged.connect(lambda value: self._scrolled(view, value))

    # -- which view is meant ------------------------------------------------------------------------------------

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

    def other(self, view: ArticleView) -> ArticleView:
        """The view beside this one."""
        return self.views[1 - self.views.index(view)]

    def activate(self, view: ArticleView) -> None:
        """Make this view the active one. Only there words are selected; the other one mirrors them."""
        if view is self._active or view not in self.shown:
            return
        old, self._active = self._active, view
        old.clear_selection()
        self._selection_changed(view)
        self.activated.emit()
        self.caret_moved.emit(view.caret())

    def enter(self) -> None:
        """Give the focus to the active view; from there to the other one, if both are shown."""
        there = self.other(self._active) if self.both and self._active.hasFocus() else self._active
        there.setFocus(Qt.FocusReason.TabFocusReason)

    def _focused(self, view: ArticleView, *, by_mouse: bool) -> None:
        """By key one comes to the other view at the same place, with the same words selected."""
        here = self._active
        if view is not here and not by_mouse and view in self.shown:
            value = here.verticalScrollBar().value()
            view.set_selected_range(*here.selected_range())
            here.verticalScrollBar().setValue(value)
        self.activate(view)

    def _selection_changed(self, view: ArticleView) -> None:
        if view is not self._active:
            return
        if self.both:
            _mirror(view, (0, 0))
            _mirror(self.other(view), view.selected_range())
        self.selection_changed.emit()

    # -- showing ------------------------------------------------------------------------------------------------

    def show_texts(self, source: DisplayMap, corrected: DisplayMap | None, marks: Shelf, *, both: bool) -> None:
        """Show the source text (``corrected`` None), the corrected text, or both. The same text keeps its place."""
        before = self._active
        same = bool(source.source) and before.scene.map.source == source.source
        place = before.scrolling.place_of(before.caret()) or before.scrolling.top()
        self._part()
        self._set_both(on=both)
        self.views[0].show_text(source if both or corrected is None else corrected, marks)
        if both and corrected is not None:
            self._show_right(corrected, marks)
        if same:
            lowest = self._active.viewport().height() * 0.9
            self._active.scrolling.restore(place and place._replace(y=min(place.y, lowest)))

    def correct(self, corrected: DisplayMap, marks: Shelf, changes: tuple[Iterable[Mark], Iterable[str]]) -> None:
        """Side by side: follow a change of the corrections. ``changes`` are the marks made and gone in the source."""
        self._part()
        self.views[0].update_marks(*changes)
        self._show_right(corrected, marks)

    def _show_right(self, corrected: DisplayMap, marks: Shelf) -> None:
        left, right = self.views
        right.show_text(corrected, marks)
        layouts = left.article_layout, right.article_layout
        self._alignment = Alignment(pair(left.scene.map, right.scene.map), layouts)
        self._active.article_layout.commit()
        self._active.scrolling.settle()
        self._scrolled(self._active, self._active.verticalScrollBar().value())
        self._selection_changed(self._active)

    def _part(self) -> None:
        """The views stand and scroll by themselves until both are filled again."""
        if self._alignment is not None:
            self._alignment.release()
            self._alignment = None

    def _scrolled(self, view: ArticleView, value: int) -> None:
        if self._alignment is not None:
            self.other(view).scrolling.follow(value, moving=view.scrolling.gliding)

    def _set_both(self, *, on: bool) -> None:
        """Show both views, or the first alone; the focus stays in the article."""
        if on == self.both:
            return
        first, second = self.views
        focused = second.hasFocus()
        if not on and self._active is second:
            first.set_selected_range(*second.selected_range())
            self.activate(first)
        if focused:
            first.setFocus()
        for widget in (self.line, second):
            widget.setVisible(on)
        self._arrange()
        if not on:
            second.show_text(DisplayMap(""), ())
            _mirror(first, (0, 0))

    def _arrange(self) -> None:
        """Beside each other the columns of text are equally wide; in little room one stands above the other."""
        (first, second), whole = self.views, self.rect()
        if not self.both:
            first.set_slim(on=False)
            first.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
            first.setGeometry(whole)
            return
        numbered = self._is_room(GUTTER)
        stacked = not numbered and not self._is_room(SLIM_GUTTER)
        bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded if stacked else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        first.setVerticalScrollBarPolicy(bar)
        first.set_slim(on=not numbered and not stacked)
        second.set_slim(on=not stacked)
        if stacked:
            half = (whole.height() - 1) // 2
            parts = [QRect(0, 0, whole.width(), half), QRect(0, half, whole.width(), 1)]
            parts.append(QRect(0, half + 1, whole.width(), half))
        else:
            px = first.scene.typography.px
            spare = round(px(GUTTER - SLIM_GUTTER)) if numbered else 0
            half = (whole.width() - 1 + spare - second.verticalScrollBar().sizeHint().width()) // 2
            parts = [QRect(0, 0, half, whole.height()), QRect(half, 0, 1, whole.height())]
            parts.append(QRect(half + 1, 0, whole.width() - half - 1, whole.height()))
        for widget, part in zip((first, self.line, second), parts, strict=True):
            widget.setGeometry(part)

    def _is_room(self, gutter: int) -> bool:
        """Whether lines beside each other are long enough to read when the first view has this gutter."""
        typography = self.views[0].scene.typography
        aside = typography.px(gutter + SLIM_GUTTER + 2 * MARGIN_RIGHT)
        left = self.width() - 1 - aside - self.views[1].verticalScrollBar().sizeHint().width()
        return left / 2 >= NARROWEST * typography.zoom * typography.reading.size

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # -- look ---------------------------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        """Repaint in another theme."""
        for view in self.views:
            view.set_theme(theme)

    def set_zoom(self, factor: float) -> None:
        """Magnify the text of both views."""
        for view in self.views:
            view.set_zoom(factor)
        if self.both:
            self._arrange()

    def set_reading(self, reading: Reading) -> None:
        """Set both views in this font, size, spacing and measure."""
        for view in self.views:
            view.set_reading(reading)
        if self.both:
            self._arrange()


def _mirror(view: ArticleView, words: tuple[int, int]) -> None:
    """Show faintly the source range that is selected in the view beside this one."""
    scene = view.scene
    mirror = (scene.map.place(*words) if words[0] < words[1] else None) or (0, 0)
    if mirror != scene.mirror:
        scene.mirror = mirror
        view.viewport().update()

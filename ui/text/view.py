"""The article as a person reads and marks it: a read-only text edit with its own layout and painting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import nullcontext

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from annotator.model import Segment
from annotator.text.corrected import PieceMap
from ui.text.attributes import tell_attributes
from ui.text.document import DisplayMap
from ui.text.geometry import Spot
from ui.text.marks import Legend, Mark
from ui.text.mouse import Mouse
from ui.text.pointer import first_run, marks_at
from ui.text.scrolling import Place
from ui.text.sheet import Sheet
from ui.text.shelf import Shelf
from ui.text.spoken import Spoken
from ui.text.walk import Walk
from ui.text.zooming import GESTURES, Zooming
from ui.theme import LIGHT, Theme

_PAGE_KEYS = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class ArticleView(Sheet):
    """Shows one text with its marks. Every offset that goes in or out is a code point of the source text.

    Caret, selection and clipboard are Qt's; the view never changes the text, the caller answers its signals.
    """

    mark_clicked = Signal(str)
    """A click on a mark; another click at the same place reaches the next one that lies there."""
    background_clicked = Signal()
    word_selected = Signal()
    """A double click: the clicks it began with were none."""
    selection_changed = Signal()
    caret_moved = Signal(int)
    boundary_dragged = Signal(str, int, str, int)
    """A handle was let go: mark id, index of the part, ``start`` or ``end``, source offset."""
    context_menu_requested = Signal(QPoint, tuple)
    """Where on the screen, and the ids of the marks there, the smallest first."""
    focused = Signal(bool)
    """The view has got the focus; whether by the mouse, which says the place itself."""
    card_requested = Signal(QPoint, tuple, str)
    """The pointer rests: where on the screen, the ids of the marks there, the smallest first (none: ()), and of them
    the one that a click would choose (none: "")."""
    zoom_requested = Signal(int)
    """The wheel turned with Ctrl held: steps in (positive) or out."""
    zoom_scaled = Signal(float)
    """Two fingers were moved apart or together: the size wanted as a multiple of the present one."""

    def __init__(self, legend: Legend, parent: QWidget | None = None, theme: Theme = LIGHT) -> None:
        super().__init__(legend, theme, parent)
        self._zooming = Zooming(self)
        self._mouse = Mouse(self)
        self._walk = Walk(self)
        self.spoken = Spoken(lambda: self.scene)
        tell_attributes(self, self.spoken)
        self.selectionChanged.connect(self.selection_changed)
        self.cursorPositionChanged.connect(self._tell_caret)

    # ---- content

    def show_article(
        self,
        text: str,
        segments: Sequence[Segment],
        marks: Sequence[Mark],
        pieces: PieceMap | None = None,
    ) -> None:
        """Show a text, corrected when ``pieces`` say how, as :meth:`show_text` does."""
        self.show_text(DisplayMap(text, segments, pieces), marks)

    def show_text(self, display: DisplayMap, marks: Iterable[Mark]) -> None:
        """Show a text from its start. The same article again, corrected or not, keeps caret, selection, place, choice.

        What is shown already is not shown anew.
        """
        old = self.scene
        if old.map is display:
            return
        same = bool(display.source) and old.map.source == display.source
        start, end = self.selected_range()
        caret, top, selected = self.caret(), self.scrolling.top(), old.selected_id
        self._mouse.begin()
        self.load(display, marks)
        self.setAccessibleName("Article text, corrected" if display.corrected else "Article text")
        if same:
            self.scene.selected_id = selected
            if start < end:
                self.set_selected_range(start, end)
            else:
                self._put_caret(self.scene.map.position(caret))
            self.scrolling.restore(top)

    def update_marks(self, marks: Iterable[Mark], removed: Iterable[str] = ()) -> None:
        """Add or change some marks and take others away; the rest stays where it is. Everything is painted again."""
        self._mouse.cancel()
        self.scene.forget_relations()
        self.article_layout.refresh(self.scene.index.update(marks, removed))
        self.viewport().update()

    def take_marks(self, marks: Shelf) -> None:
        """Other marks altogether over the same text, which stays as it is laid out where it can."""
        self._mouse.cancel()
        self.scene.forget_relations()
        self.scene.index.load(marks)
        self.article_layout.refresh_all()
        self.viewport().update()

    # ---- choice, caret, selection

    def select_mark(self, mark_id: str | None, reveal: bool = False) -> None:
        """Highlight a mark, or all marks of a speaker (None: nothing); on demand, scroll the first into view."""
        self._mouse.cancel()
        self.scene.selected_id = mark_id
        placed = self.scene.selected
        if placed is None and reveal:
            placed = self.scene.first_related()
        if placed is not None and reveal:
            self.scrolling.reveal(placed.start, placed.end)
        self.viewport().update()

    def selected_id(self) -> str | None:
        """The id last given to :meth:`select_mark`."""
        return self.scene.selected_id

    def selected_range(self) -> tuple[int, int]:
        """The selected source range in whole grapheme clusters; start == end (the caret) when there is none."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return (self.caret(),) * 2
        return self.scene.map.source_range(cursor.selectionStart(), cursor.selectionEnd())

    def has_selection(self) -> bool:
        """Whether anything is selected, be it words that the source text does not have."""
        return bool(self.textCursor().hasSelection())

    def place_to_correct(self) -> tuple[int, int]:
        """The selected source range; without one what a correction replaced around the caret, or the caret."""
        cursor = self.textCursor()
        changed = None if cursor.hasSelection() else self.scene.map.changed_around(cursor.position())
        return changed or self.selected_range()

    def set_selected_range(self, start: int, end: int) -> None:
        """Select a source range (nothing, when a correction deleted it) and show its end."""
        placed = self.scene.map.place(start, end) or (self.scene.map.position(start),) * 2
        cursor = self.textCursor()
        cursor.setPosition(placed[0])
        cursor.setPosition(placed[1], QTextCursor.MoveMode.KeepAnchor)
        self.put_cursor(cursor)

    def clear_selection(self) -> None:
        """Select no words; caret and window stay where they are."""
        cursor, value = self.textCursor(), self.verticalScrollBar().value()
        if cursor.hasSelection():
            cursor.clearSelection()
            self.setTextCursor(cursor)  # which shows the caret
            self.verticalScrollBar().setValue(value)

    def set_caret(self, offset: int) -> None:
        """Put the caret before this source character, without a selection, and show it."""
        self._put_caret(self.scene.map.position(offset))

    def _put_caret(self, position: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(self.scene.map.rest(position))
        self.put_cursor(cursor)

    def spot(self) -> Spot:
        """Where the caret stands, and on which side."""
        position = self.textCursor().position()
        return Spot(position, position == self.scene.trailing)

    def put_cursor(self, cursor: QTextCursor, *, trailing: bool = False) -> None:
        """Take this cursor and show where it is; ``trailing``: behind the character before."""
        self._take_side(cursor.position() if trailing else None)
        self.setTextCursor(cursor)
        self.scrolling.settle()
        self.ensureCursorVisible()

    def _take_side(self, trailing: int | None) -> None:
        if trailing != self.scene.trailing:
            self.scene.trailing = trailing
            self.viewport().update()

    def _tell_caret(self) -> None:
        position = self.textCursor().position()
        if position != self.scene.trailing:
            self._take_side(None)
        if self.article_layout.turns_at(position):  # it may stand elsewhere than Qt repaints it
            self.viewport().update()
        self.caret_moved.emit(self.caret())

    def _put_side(self, event: QMouseEvent) -> None:
        """The mouse has put the caret: behind a character, if it was nearer to its end."""
        spot = self.article_layout.spot_at(self.to_document(event.position()))
        self._take_side(spot.position if spot == (self.textCursor().position(), True) else None)

    def set_find_matches(self, ranges: Sequence[tuple[int, int]], current: int | None, *, reveal: bool = True) -> None:
        """Show the source ranges that a search found; the current one (an index) is scrolled into view."""
        self.scene.set_finds(ranges, current)
        if reveal and self.scene.finds.current is not None:
            self.scrolling.reveal(*self.scene.finds.current)
        self.viewport().update()

    def point_at(self, ranges: Sequence[tuple[int, int]]) -> None:
        """Highlight these source ranges and scroll the first into view; () takes the highlight away."""
        if not ranges and not self.scene.pointed.ranges:
            return
        self.scene.point_at(ranges)
        if ranges and (place := self.scene.map.place(*ranges[0])) is not None:
            self.scrolling.reveal(*place)
        self.viewport().update()

    def marks_at(self, point: QPointF) -> tuple[str, ...]:
        """The ids of the marks under a point of the viewport, the smallest first."""
        return tuple(p.mark.id for p in marks_at(self.article_layout, self.scene, self.to_document(point)))

    def place_of(self, mark_id: str) -> QRect:
        """Where a mark begins to show in the viewport, or the caret when it does not."""
        top = self.verticalScrollBar().value()
        found = self.scene.index.get(mark_id) or self.scene.first_related()
        run = first_run(self.article_layout, self.scene, found, top, top + self.viewport().height()) if found else None
        if run is None:
            return self.cursorRect()
        return QRectF(run.left, run.top - top, run.right - run.left, run.bottom - run.top).toRect()

    def place_to_keep(self) -> Place | None:
        """What is under the pointer while one zooms, else the caret's line."""
        return self._zooming.place or super().place_to_keep()

    @Slot(QRectF)
    def _q_ensureVisible(self, rect: QRectF) -> None:  # Qt's accessible text calls it by this name
        """A screen reader wants a stretch to be seen; the rectangle is the document's."""
        ends = (rect.topLeft(), rect.bottomRight())
        self.scrolling.reveal(*(self.article_layout.hitTest(end, Qt.HitTestAccuracy.FuzzyHit) for end in ends))

    # ---- events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._mouse.dragging:
            self._mouse.cancel()
            self.viewport().update()
            return
        with self.scrolling.glided() if event.key() in _PAGE_KEYS else nullcontext():
            if self._walk.press(event):
                return
        before = self.textCursor().position()
        super().keyPressEvent(event)
        cursor = self.textCursor()
        rest = self.scene.map.rest(cursor.position(), before)
        if rest != cursor.position():
            keep = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            cursor.setPosition(rest, QTextCursor.MoveMode.KeepAnchor if keep else QTextCursor.MoveMode.MoveAnchor)
            self.setTextCursor(cursor)

    def let_go(self) -> None:
        """A second finger came down: the first one did not mean to click, drag or select."""
        self._mouse.let_go()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Qt would write composed text even into a text that is read only."""
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.scrolling.stop()
        self._zooming.pinching = False
        if not self._mouse.press(event):
            super().mousePressEvent(event)
            self._put_side(event)

    def press_as_qt(self, event: QMouseEvent) -> None:
        """Let Qt deal with a press, whatever the mouse has to do with marks."""
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not (self._zooming.pinching and event.buttons()) and not self._mouse.move(event):
            super().mouseMoveEvent(event)
            if event.buttons() & Qt.MouseButton.LeftButton:
                self._put_side(event)
            self._mouse.hover(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._mouse.release(event):
            super().mouseReleaseEvent(event)
            self._mouse.clicked(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self._mouse.double_click(event)
        self.word_selected.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        tell_attributes(self, self.spoken)
        self.focused.emit(event.reason() == Qt.FocusReason.MouseFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._mouse.cancel()
        super().focusOutEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not (self._zooming.wheel(event) or self.scrolling.wheel(event)):
            super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.scrolling.finish()
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        point = self.cursorRect().center() if by_key else event.pos()
        if not by_key:
            self._mouse.aim(QPointF(point))
        self.context_menu_requested.emit(self.viewport().mapToGlobal(point), self.marks_at(QPointF(point)))
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            point = QPointF(event.pos())
            found = marks_at(self.article_layout, self.scene, self.to_document(point))
            ids = tuple(placed.mark.id for placed in found)
            self.card_requested.emit(event.globalPos(), ids, self._mouse.choice(found, point) or "")
            return True
        if event.type() in GESTURES and self._zooming.gesture(event):
            return True
        return super().viewportEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        """The selected characters as the article has them, not as Qt shows them."""
        cursor = self.textCursor()
        start, end = self.scene.map.base_range(cursor.selectionStart(), cursor.selectionEnd())
        data = QMimeData()
        data.setText(self.scene.map.base[start:end])
        return data

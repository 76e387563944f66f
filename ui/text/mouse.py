"""The mouse over the article: clicks on marks, dragged handles, triple clicks. Selecting text stays Qt's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QElapsedTimer, QPointF, Qt, SignalInstance
from PySide6.QtGui import QMouseEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QScrollBar, QWidget

from annotator.text.sentences import sentence_around
from ui.text.frame import Frame
from ui.text.gutter import chip_at, chips
from ui.text.layout import ArticleLayout
from ui.text.marks import Placed
from ui.text.pointer import BoundaryDrag, handle_at, marks_at
from ui.text.scene import Scene

_BY_WORDS = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
_CREEP = 24
"""Pixels to scroll for each move while a handle is dragged beyond the window."""


class Surface(Protocol):
    """What the mouse needs of the view it works on."""

    scene: Scene
    article_layout: ArticleLayout

    @property
    def mark_clicked(self) -> SignalInstance: ...
    @property
    def background_clicked(self) -> SignalInstance: ...
    @property
    def boundary_dragged(self) -> SignalInstance: ...

    def viewport(self) -> QWidget: ...
    def verticalScrollBar(self) -> QScrollBar: ...
    def textCursor(self) -> QTextCursor: ...
    def setTextCursor(self, cursor: QTextCursor, /) -> None: ...
    def set_selected_range(self, start: int, end: int) -> None: ...
    def press_as_qt(self, event: QMouseEvent, /) -> None: ...
    def to_document(self, point: QPointF) -> QPointF: ...


class Mouse:
    """Tells clicks, drags of handles and selections apart for one view."""

    def __init__(self, view: Surface) -> None:
        self._view = view
        self._drag: BoundaryDrag | None = None
        self._pressed: QPointF | None = None
        self._last_click: QPointF | None = None
        self._since_double = QElapsedTimer()
        self._double_at = QPointF()
        self._new_text = False

    @property
    def dragging(self) -> bool:
        return self._drag is not None

    def cancel(self) -> None:
        """Let go of a dragged handle; the boundary stays where it was."""
        if self._drag is not None:
            self._drag.scene.preview = None
            self._drag = None

    def begin(self) -> None:
        """Another text is on show: what was pressed, clicked or begun in the one before is over."""
        self.cancel()
        self._pressed = self._last_click = None
        self._since_double.invalidate()
        self._new_text = True

    def let_go(self) -> None:
        """What was begun with the button down is no click, no drag and selects nothing."""
        self.cancel()
        self._pressed = None
        cursor = self._view.textCursor()
        cursor.setPosition(cursor.anchor())
        self._view.setTextCursor(cursor)

    def press(self, event: QMouseEvent) -> bool:
        """Whether the press is dealt with: a handle, or the third click on a sentence."""
        view = self._view
        self._pressed = None
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        point = view.to_document(event.position())
        handle = handle_at(view.article_layout, view.scene, point)
        if handle is not None:
            self._drag = BoundaryDrag.start(view.article_layout, view.scene, handle, point)
            return True
        if self._is_triple(event):
            self._select_sentence(point)
            return True
        self._pressed = event.position()
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        new, self._new_text = self._new_text, False
        if shift and new:
            self._forget_double_click(event)
        if not shift and view.textCursor().hasSelection():
            # Else Qt would start to drag the selected text away. And a cursor elsewhere would be scrolled to.
            cursor = view.textCursor()
            cursor.setPosition(view.article_layout.hitTest(point, Qt.HitTestAccuracy.FuzzyHit))
            view.setTextCursor(cursor)
        return False

    def _forget_double_click(self, event: QMouseEvent) -> None:
        """Qt extends with Shift the word that was clicked twice, also in a text now gone, until it is pressed on."""
        view, bare = self._view, self._view.textCursor()
        cursor, bar = QTextCursor(bare), view.verticalScrollBar()
        value = bar.value()
        bare.clearSelection()
        view.setTextCursor(bare)  # else Qt would start to drag the selected words
        bar.setValue(value)  # and the cursor, elsewhere, would be scrolled to
        where, plain = (event.position(), event.globalPosition()), Qt.KeyboardModifier.NoModifier
        view.press_as_qt(QMouseEvent(event.type(), *where, event.button(), event.buttons(), plain))
        view.setTextCursor(cursor)
        bar.setValue(value)

    def move(self, event: QMouseEvent) -> bool:
        """Whether a handle follows the pointer."""
        if self._drag is None:
            return False
        bar, height = self._view.verticalScrollBar(), self._view.viewport().height()
        if not 0 <= event.position().y() <= height:
            bar.setValue(bar.value() + (_CREEP if event.position().y() > height else -_CREEP))
        self._drag.move(self._view.to_document(event.position()), words=bool(event.modifiers() & _BY_WORDS))
        self._view.viewport().update()
        return True

    def release(self, event: QMouseEvent) -> bool:
        """Whether a handle was let go."""
        drag = self._drag
        if drag is None or event.button() != Qt.MouseButton.LeftButton:
            return False
        self.cancel()
        mark, part, side = drag.placed.mark, drag.handle.part, drag.handle.side
        before = mark.parts[part][0 if side == "start" else 1]
        if drag.offset is not None and drag.offset != before:
            self._view.boundary_dragged.emit(mark.id, part, side, drag.offset)
        self._view.viewport().update()
        return True

    def clicked(self, event: QMouseEvent) -> None:
        """Called after a release that Qt has dealt with: a click, unless text was selected."""
        pressed, self._pressed = self._pressed, None
        if event.button() != Qt.MouseButton.LeftButton or pressed is None or self._view.textCursor().hasSelection():
            return
        if not _near(pressed, event.position()):
            return
        view = self._view
        found = marks_at(view.article_layout, view.scene, view.to_document(event.position()))
        choice = self.choice(found, event.position())
        self._last_click = event.position()
        if choice is None:
            view.background_clicked.emit()
        else:
            view.mark_clicked.emit(choice)

    def choice(self, found: Sequence[Placed], at: QPointF) -> str | None:
        """Which of the marks that lie there a click would choose: the smallest, after it the next at each click."""
        ids = list(dict.fromkeys(self._target(placed) for placed in found))
        again = self._last_click is not None and _near(self._last_click, at)
        selected = self._view.scene.selected_id
        if again and selected in ids:
            return ids[(ids.index(selected) + 1) % len(ids)]
        return ids[0] if ids else None

    def _target(self, placed: Placed) -> str:
        """What a click on this mark selects."""
        owner = placed.mark.owner
        return owner if owner is not None and self._view.scene.index.get(owner) is not None else placed.mark.id

    def double_click(self, event: QMouseEvent) -> None:
        """Called after Qt has selected a word."""
        self._pressed = None
        self._double_at = event.position()
        self._since_double.start()

    def _is_triple(self, event: QMouseEvent) -> bool:
        if not self._since_double.isValid():
            return False
        soon = self._since_double.elapsed() < QApplication.doubleClickInterval()
        self._since_double.invalidate()
        return soon and _near(self._double_at, event.position())

    def _select_sentence(self, point: QPointF) -> None:
        view = self._view
        offset = view.scene.map.offset(view.article_layout.hitTest(point, Qt.HitTestAccuracy.FuzzyHit))
        view.set_selected_range(*sentence_around(view.scene.map.source, offset))

    def aim(self, point: QPointF) -> None:
        """Put the caret under a right click, unless it is on the selected text."""
        view = self._view
        position = view.article_layout.hitTest(view.to_document(point), Qt.HitTestAccuracy.FuzzyHit)
        cursor = view.textCursor()
        if not cursor.selectionStart() <= position <= cursor.selectionEnd():
            cursor.setPosition(position, QTextCursor.MoveMode.MoveAnchor)
            view.setTextCursor(cursor)

    def hover(self, event: QMouseEvent) -> None:
        """Give the pointer the shape of what a press would do here."""
        view, shape = self._view, Qt.CursorShape.IBeamCursor
        if event.buttons() == Qt.MouseButton.NoButton:
            point = view.to_document(event.position())
            if handle_at(view.article_layout, view.scene, point) is not None:
                shape = Qt.CursorShape.SizeHorCursor
            elif point.x() < view.article_layout.left - 4:
                shape = Qt.CursorShape.ArrowCursor
                frame = Frame(view.article_layout, view.scene, point.y(), point.y())
                if chip_at(chips(frame), point.x(), point.y()) is not None:
                    shape = Qt.CursorShape.PointingHandCursor
        if view.viewport().cursor().shape() != shape:
            view.viewport().setCursor(shape)


def _near(one: QPointF, other: QPointF) -> bool:
    return (one - other).manhattanLength() < QApplication.startDragDistance()

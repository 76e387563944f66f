"""Where the caret goes by key from line to line. Letters and words stay Qt's.

Qt asks its lines for the place nearest to an x coordinate, and at the right edge of a line that runs right to left
it is told the line's end: the caret would stick there.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QScrollBar, QWidget

from ui.text.layout import ArticleLayout
from ui.text.scene import Scene

_LINES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_PAGES = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
_EDGES = {Qt.Key.Key_Home: -1, Qt.Key.Key_End: 1}


class Page(Protocol):
    """What walking needs of the view it works on."""

    scene: Scene
    article_layout: ArticleLayout

    def document(self) -> QTextDocument: ...
    def textCursor(self) -> QTextCursor: ...
    def put_cursor(self, cursor: QTextCursor) -> None: ...
    def viewport(self) -> QWidget: ...
    def verticalScrollBar(self) -> QScrollBar: ...


class Walk:
    """Moves the caret of one view by lines and pages, and to the ends of a line. Shift takes the selection along.

    The caret keeps its distance from the edge over shorter lines. Beyond the first line it goes to the text's start,
    beyond the last one to its end.
    """

    def __init__(self, view: Page) -> None:
        self._view = view
        self._kept: tuple[int, float] | None = None
        """Where the last step put the caret, and the x coordinate it keeps."""

    def press(self, event: QKeyEvent) -> bool:
        """Whether the key was one of these."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held & ~Qt.KeyboardModifier.ShiftModifier:
            return False
        key, select = Qt.Key(event.key()), bool(held)
        if key in _LINES:
            self._step(_LINES[key], select)
        elif key in _PAGES:
            self._turn(_PAGES[key], select)
        elif key in _EDGES:
            self._to_edge(_EDGES[key], select)
        else:
            return False
        event.accept()
        return True

    def _step(self, step: int, select: bool) -> None:
        position, x = self._from()
        block = self._view.document().findBlock(position)
        lines = self._view.article_layout.lines(block, block.blockNumber())
        line = lines.number_of(position - block.position()) + step
        if not 0 <= line < lines.layout.lineCount():
            block = block.next() if step > 0 else block.previous()
            if not block.isValid():
                self._put(self._view.scene.map.length if step > 0 else 0, x, select)
                return
            lines = self._view.article_layout.lines(block, block.blockNumber())
            line = 0 if step > 0 else lines.layout.lineCount() - 1
        self._put(block.position() + lines.nearest(x, line, stay=True), x, select)

    def _turn(self, step: int, select: bool) -> None:
        layout, bar, height = self._view.article_layout, self._view.verticalScrollBar(), self._view.viewport().height()
        position, x = self._from()
        run = layout.caret(position)
        page = max(run.bottom - run.top, height - 2 * (run.bottom - run.top))
        bar.setValue(round(bar.value() + step * page))
        y = run.middle + step * page
        layout.settle(y, y + 1)
        layout.announce()
        there = self._at(x, y)
        if there == position or self._same_line(there, position):
            there = self._view.scene.map.length if step > 0 else 0
        self._put(there, x, select)

    def _at(self, x: float, y: float) -> int:
        layout = self._view.article_layout
        number = layout.number_at(y)
        block = self._view.document().findBlockByNumber(number)
        lines = layout.lines(block, number)
        line = max(0, min(lines.layout.lineCount() - 1, int((y - layout.top(number)) / lines.pitch)))
        return block.position() + lines.nearest(x, line, stay=True)

    def _same_line(self, one: int, other: int) -> bool:
        first, second = (self._view.article_layout.caret(position) for position in (one, other))
        return first.top == second.top

    def _to_edge(self, side: int, select: bool) -> None:
        position = self._view.textCursor().position()
        block = self._view.document().findBlock(position)
        lines = self._view.article_layout.lines(block, block.blockNumber())
        edge = lines.edge(lines.number_of(position - block.position()), side, stay=not select)
        self._kept = None
        self._move(block.position() + edge, select)

    def _from(self) -> tuple[int, float]:
        position = self._view.textCursor().position()
        if self._kept is not None and self._kept[0] == position:
            return self._kept
        layout = self._view.article_layout
        return position, layout.caret(position).left - layout.left

    def _put(self, position: int, x: float, select: bool) -> None:
        self._move(position, select)
        self._kept = self._view.textCursor().position(), x

    def _move(self, position: int, select: bool) -> None:
        cursor = self._view.textCursor()
        mode = QTextCursor.MoveMode.KeepAnchor if select else QTextCursor.MoveMode.MoveAnchor
        cursor.setPosition(self._view.scene.map.rest(position), mode)
        self._view.put_cursor(cursor)

"""Where the caret goes by key from line to line. Letters and words stay Qt's.

Qt asks its lines for the place nearest to an x coordinate, and at the right edge of a line that runs right to left
it is told the line's end: the caret would stick there.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import QScrollBar, QWidget

from ui.text.geometry import Lines, Spot
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
    def put_cursor(self, cursor: QTextCursor, *, trailing: bool = False) -> None: ...
    def spot(self) -> Spot: ...
    def viewport(self) -> QWidget: ...
    def verticalScrollBar(self) -> QScrollBar: ...


class Walk:
    """Moves the caret of one view by lines and pages, and to the ends of a line. Shift takes the selection along.

    The caret keeps its distance from the edge over shorter lines. Beyond the first line it goes to the text's start,
    beyond the last one to its end.
    """

    def __init__(self, view: Page) -> None:
        self._view = view
        self._kept: tuple[Spot, float] | None = None
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
        spot, x = self._from()
        block, lines, line = self._line_of(spot)
        line += step
        if not 0 <= line < lines.layout.lineCount():
            block = block.next() if step > 0 else block.previous()
            if not block.isValid():
                self._put(self._last() if step > 0 else Spot(0), x, select)
                return
            lines = self._view.article_layout.lines(block, block.blockNumber())
            line = 0 if step > 0 else lines.layout.lineCount() - 1
        found = lines.nearest(x, line)
        self._put(Spot(block.position() + found.position, found.trailing), x, select)

    def _line_of(self, spot: Spot) -> tuple[QTextBlock, Lines, int]:
        """The block, its lines, and the number of the one on which a caret stands."""
        block = self._view.document().findBlock(spot.position)
        lines = self._view.article_layout.lines(block, block.blockNumber())
        return block, lines, lines.number_of(Spot(spot.position - block.position(), spot.trailing))

    def _last(self) -> Spot:
        return Spot(self._view.scene.map.length, trailing=True)

    def _turn(self, step: int, select: bool) -> None:
        layout, bar, height = self._view.article_layout, self._view.verticalScrollBar(), self._view.viewport().height()
        spot, x = self._from()
        run = layout.caret(*spot)
        page = max(run.bottom - run.top, height - 2 * (run.bottom - run.top))
        bar.setValue(round(bar.value() + step * page))
        y = run.middle + step * page
        layout.settle(y, y + 1)
        layout.announce()
        there = layout.spot_at(QPointF(layout.left + x, y))
        if there == spot or layout.caret(*there).top == layout.caret(*spot).top:
            there = self._last() if step > 0 else Spot(0)
        self._put(there, x, select)

    def _to_edge(self, side: int, select: bool) -> None:
        block, lines, line = self._line_of(self._view.spot())
        edge = lines.edge(line, side)
        self._kept = None
        self._move(Spot(block.position() + edge.position, edge.trailing), select)

    def _from(self) -> tuple[Spot, float]:
        spot = self._view.spot()
        if self._kept is not None and self._kept[0] == spot:
            return self._kept
        layout = self._view.article_layout
        return spot, layout.caret(*spot).left - layout.left

    def _put(self, spot: Spot, x: float, select: bool) -> None:
        self._move(spot, select)
        self._kept = self._view.spot(), x

    def _move(self, spot: Spot, select: bool) -> None:
        cursor = self._view.textCursor()
        mode = QTextCursor.MoveMode.KeepAnchor if select else QTextCursor.MoveMode.MoveAnchor
        rest = self._view.scene.map.rest(spot.position)
        cursor.setPosition(rest, mode)
        self._view.put_cursor(cursor, trailing=spot.trailing and rest == spot.position)

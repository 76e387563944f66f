"""A lazy layout for the article: a block is laid out when it is seen or asked for, the rest when there is time.

Until then its height is an estimate. While estimates settle, what stands at the top of the window stays there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QPainter,
    QTextBlock,
    QTextDocument,
    QTextFrame,
    QTextInlineObject,
    QTextLayout,
)

from ui.text.ahead import Ahead
from ui.text.fonts_told import tell_fonts
from ui.text.gaps import Gap
from ui.text.geometry import Lines, Run, Spot
from ui.text.heights import Heights
from ui.text.laying import Laid, is_stale, lay
from ui.text.marks import Placed
from ui.text.scene import Scene
from ui.text.typography import GUTTER, MARGIN_BOTTOM, MARGIN_RIGHT, MARGIN_TOP

_BEHIND, _AHEAD = 1200.0, 3000.0
"""What lies within so many pixels of the window's top is laid out before it is seen."""
_NARROWEST = 120


class Aligned(Protocol):
    """What keeps a layout in step with another one."""

    @property
    def layouts(self) -> tuple[ArticleLayout, ArticleLayout]: ...
    def complete(self, layout: ArticleLayout, number: int) -> None: ...
    def fit(self, layout: ArticleLayout, number: int) -> None: ...
    def fit_all(self) -> None: ...


Paint = Callable[[QPainter, QAbstractTextDocumentLayout.PaintContext], None]


class ArticleLayout(QAbstractTextDocumentLayout):
    """Lays the document of a scene out. ``document`` already holds the scene's text."""

    moved = Signal(float)
    """What stood at the top of the window now stands at this y."""
    shifted = Signal()
    """Blocks have moved because the layout beside this one was worked on."""
    settled = Signal()
    """Every block has been measured: no height is an estimate any more."""

    def __init__(self, document: QTextDocument, scene: Scene, scroll_top: Callable[[], float]) -> None:
        super().__init__(document)
        self.scene = scene
        self.paint: Paint | None = None
        self._scroll_top = scroll_top
        self._width = float(_NARROWEST)
        self.measure = float(_NARROWEST)
        self.left = float(GUTTER)
        """The x coordinate of the text's left edge."""
        self.alignment: Aligned | None = None
        """What gives the blocks more room than they need, to stand beside those of another layout."""
        self.heights = Heights()
        self._laid: dict[int, Laid] = {}
        """The blocks that have been seen or asked for. Only they keep their lines, which take memory."""
        self._scratch = QTextLayout()
        self._owed = 0.0
        """By how much the window must still be scrolled, since heights above it are known already."""
        self._announce = False
        self._ahead = Ahead(self, self)
        self._ahead.settled.connect(self.settled)

    # ---- what Qt asks

    def documentSize(self) -> QSizeF:
        return QSizeF(self._width, self.heights.tops[-1] + self.scene.typography.px(MARGIN_BOTTOM))

    def pageCount(self) -> int:
        return 1

    def frameBoundingRect(self, frame: QTextFrame) -> QRectF:  # noqa: ARG002
        return QRectF(QPointF(0, 0), self.documentSize())

    def documentChanged(self, position: int, removed: int, added: int) -> None:
        """The text never changes under this layout; Qt also calls this for page sizes and fonts, which are ours."""

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        number = block.blockNumber() if block.isValid() else -1
        if not 0 <= number < len(self.heights.given):
            return QRectF()
        self.lines(block, number)
        if self.heights.changed:
            self.commit()
        block.layout().setPosition(QPointF(self.left, self.heights.tops[number]))
        return QRectF(self.left, self.heights.tops[number], self.measure, self.heights.given[number])

    def hitTest(self, point: QPointF, accuracy: Qt.HitTestAccuracy) -> int:  # type: ignore[override]
        if not self.heights.given:
            return 0
        number = self.number_at(point.y())
        lines, x, y = self._lines_of(number), point.x() - self.left, point.y() - self.heights.tops[number]
        return -1 if accuracy == Qt.HitTestAccuracy.ExactHit and not lines.holds(x, y) else self.spot_at(point).position

    def spot_at(self, point: QPointF) -> Spot:
        """Where a caret stands that is put here, in units of the document."""
        number = self.number_at(point.y())
        lines = self._lines_of(number)
        position, trailing = lines.nearest(point.x() - self.left, lines.row(point.y() - self.heights.tops[number]))
        rest = self.scene.map.rest(lines.start + position)
        return Spot(rest, trailing and rest == lines.start + position)

    def draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext) -> None:
        if self.paint is not None and self.heights.given:
            self.paint(painter, context)

    def resizeInlineObject(self, item: QTextInlineObject, position: int, form: object) -> None:
        """There are no inline objects."""

    # ---- loading and sizes

    def set_width(self, width: float) -> None:
        """Fit into a window of this width: gutter, text, margin."""
        gutter, right = self._margins()
        measure = self._measure(width)
        self.left = gutter + max(0.0, float(int((width - gutter - right - measure) / 2)))
        self._width = float(max(1.0, width))
        if self.would_reflow(width) or not self.heights.given:
            self.measure = measure
            self._estimate()

    def would_reflow(self, width: float) -> bool:
        """Whether :meth:`set_width` would break the text into other lines."""
        return self._measure(width) != self.measure

    def _margins(self) -> tuple[float, float]:
        px = self.scene.typography.px
        return px(self.scene.gutter), px(MARGIN_RIGHT)

    def _measure(self, width: float) -> float:
        return float(max(_NARROWEST, min(width - sum(self._margins()), self.scene.typography.measure)))

    def retire(self) -> None:
        """Another document is shown from now on: stop working, and give back what takes memory at once."""
        self._ahead.stop()
        self.paint = None
        self._laid.clear()
        self.scene.index.load(())

    def restyle(self, width: float) -> None:
        """Take the scene's typography anew."""
        tell_fonts(self.document(), self.scene)
        self.heights.given.clear()
        self.set_width(width)

    def _estimate(self) -> None:
        self.heights.estimate(self.scene, self.measure)
        self._laid.clear()
        if self.alignment is not None:
            self.alignment.fit_all()
        self._retop()
        self._tell_size()
        self._ahead.restart()

    def _together(self) -> Iterable[ArticleLayout]:
        return (self,) if self.alignment is None else self.alignment.layouts

    def _retop(self) -> None:
        for layout in self._together():
            layout.heights.stack(layout.scene.typography.px(MARGIN_TOP))
            if layout is not self:
                layout.shifted.emit()

    def _tell_size(self) -> None:
        for layout in self._together():
            layout._announce = False
            layout.documentSizeChanged.emit(layout.documentSize())

    # ---- laying blocks out

    def lines(self, block: QTextBlock, number: int) -> Lines:
        """The lines of a block, laid out now if they are not yet."""
        laid = self._laid.get(number)
        if laid is None:
            laid = self._lay_out(block, number)
            if self.alignment is not None:
                self.alignment.complete(self, number)
        return Lines(block.layout(), *laid.setting, block.position(), self.scene.map)

    def _lines_of(self, number: int) -> Lines:
        return self.lines(self.document().findBlockByNumber(number), number)

    def lay_out(self, number: int) -> None:
        """Lay a block out, if it is not yet."""
        if number not in self._laid:
            self._lay_out(self.document().findBlockByNumber(number), number)

    def _lay_out(self, block: QTextBlock, number: int) -> Laid:
        layout = block.layout()
        layout.setCacheEnabled(True)  # else Qt would shape the text again to paint it
        laid = lay(self.scene, number, layout, block.position(), block.length() - 1, self.measure)
        self._laid[number] = laid
        block.setLineCount(max(1, laid.rows))
        self._take_height(number, laid.height)
        return laid

    def _take_height(self, number: int, height: float) -> None:
        if not self.heights.need(number, height):
            return
        if self.alignment is None:
            self.heights.give(number, (height,))
        else:
            self.alignment.fit(self, number)

    def refresh(self, changed: Iterable[Placed]) -> bool:
        """Lay those blocks out again that need other gaps or taller lines now. Whether there were any."""
        numbers: set[int] = set()
        document = self.document()
        for placed in changed:
            for _, start, end in placed.parts:
                low = document.findBlock(start).blockNumber()
                high = document.findBlock(min(end, self.scene.map.length)).blockNumber()
                numbers.update(n for n in range(low, high + 1) if n in self._laid)
        return self._refresh(numbers)

    def refresh_all(self) -> None:
        """The same for all marks: what nobody sees is looked at when it is laid out."""
        self._refresh(set(self._laid))

    def _refresh(self, numbers: set[int]) -> bool:
        blocks = [(self.document().findBlockByNumber(number), number) for number in numbers]
        stale = [
            (block, number)
            for block, number in blocks
            if is_stale(self.scene, self._laid[number], block.position(), block.length() - 1, self.measure)
        ]
        for block, number in stale:
            self._lay_out(block, number)
        if self.heights.changed:
            self.commit()
        return bool(stale)

    def settle(self, top: float, bottom: float, *, painting: bool = False) -> list[tuple[QTextBlock, int]]:
        """Lay out whatever shows between two heights; those blocks come back with their numbers.

        The next commit keeps what is at the top of the window; what is ``painting`` stays where it is painted.
        """
        if self.heights.changed:
            self._retop_early()
        while True:
            first = self.number_at(top)
            block, number, y = self.document().findBlockByNumber(first), first, self.heights.tops[first]
            found: list[tuple[QTextBlock, int]] = []
            while block.isValid() and (y < bottom or not found):
                self.lines(block, number)
                found.append((block, number))
                y += self.heights.given[number]
                block, number = block.next(), number + 1
            if not self.heights.changed:
                self._ahead.look()
                return found
            (self._retop if painting else self._retop_early)()
            self._announce = True
            self._ahead.go_on()

    def _retop_early(self) -> None:
        """Take new heights between two commits; the window follows with the next one."""
        number = self.anchor()[0]
        before = self.heights.tops[number]
        self._retop()
        for layout in self._together():
            layout._owed += self.heights.tops[number] - before

    def commit(self) -> None:
        """Make new heights known, keeping in place what stands at the top of the window."""
        number, offset = self.anchor()
        self._retop()
        self._tell_size()
        for layout in self._together():
            layout._owed = 0.0
        self.moved.emit(self.heights.tops[number] + offset)

    def announce(self) -> None:
        """Make heights known now that have changed while blocks were laid out."""
        if self.heights.changed or self._announce:
            self.commit()

    def anchor(self) -> tuple[int, float]:
        """The block at the top of the window, and how far its top stands above."""
        y = self._scroll_top() + self._owed
        number = self.number_at(y)
        return number, y - self.heights.tops[number]

    # ---- what is done in idle time

    def count(self) -> int:
        """How many blocks there are."""
        return len(self.heights.given)

    def near(self) -> range:
        """The blocks that a few steps of scrolling may show."""
        top = self._scroll_top()
        return range(self.number_at(top - _BEHIND), self.number_at(top + _AHEAD) + 1)

    def is_laid(self, number: int) -> bool:
        """Whether a block has its lines."""
        return number in self._laid

    def lay_out_row(self, number: int) -> None:
        """Lay a block out, with what stands beside it."""
        self._lines_of(number)

    def gauge(self, number: int) -> None:
        """Find out how high a block is that nobody has seen."""
        block, scratch = self.document().findBlockByNumber(number), self._scratch
        scratch.setText(self.scene.map.block_text(number))
        laid = lay(self.scene, number, scratch, block.position(), block.length() - 1, self.measure)
        self._take_height(number, laid.height)

    # ---- where things stand

    def number_at(self, y: float) -> int:
        """The number of the block at this height (the first or last one beyond the text)."""
        return self.heights.number_at(y)

    def top(self, number: int) -> float:
        return self.heights.tops[number]

    def runs(self, start: int, end: int, block: QTextBlock, number: int) -> list[Run]:
        """The stretches of ``[start, end)`` that lie in this block."""
        lines, first = self.lines(block, number), block.position()
        x, y = self.left, self.heights.tops[number]
        found = self._laid[number].runs(lines, start - first, end - first, block.length() - 1)
        return [run.moved(x, y) for run in found]

    def caret(self, position: int, trailing: bool = False) -> Run:
        """Where a caret stands; ``trailing``: behind the character before, not before the one that follows."""
        number = self.document().findBlock(position).blockNumber()
        lines = self._lines_of(number)
        if self.heights.changed:
            self.commit()
        return lines.caret(position - lines.start, trailing).moved(self.left, self.heights.tops[number])

    def outside(self, position: int, *, trailing: bool) -> int:
        """On which side of a caret the character is not that it stands before or behind: left (-1) or right (1)."""
        lines = self._lines_of(self.document().findBlock(position).blockNumber())
        return lines.outside(position - lines.start, trailing)

    def turns_at(self, position: int) -> bool:
        """Whether the text runs in both directions here."""
        return self._lines_of(self.document().findBlock(position).blockNumber()).pieces is not None

    def gap_boxes(self, block: QTextBlock, number: int) -> list[tuple[Gap, QRectF]]:
        """The replacements shown in a block, and where."""
        lines, x, y = self.lines(block, number), self.left, self.heights.tops[number]
        return [(gap, box.translated(x, y)) for gap, box in self._laid[number].gap_boxes(lines)]


def lay_out(
    scene: Scene, parent: QObject | None, scroll_top: Callable[[], float]
) -> tuple[QTextDocument, ArticleLayout]:
    """A document that shows the text of a scene, and its layout, which has no width yet."""
    document = QTextDocument(parent)
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    layout = ArticleLayout(document, scene, scroll_top)
    document.setDocumentLayout(layout)
    document.setPlainText(scene.map.text)
    tell_fonts(document, scene)
    return document, layout

"""A lazy layout for the article: a block is laid out when it is seen or asked for, the rest when there is time.

Until then its height is an estimate. While estimates settle, what stands at the top of the window stays there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from time import perf_counter
from typing import Protocol

from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QPainter,
    QTextBlock,
    QTextDocument,
    QTextFrame,
    QTextInlineObject,
    QTextLayout,
)

from ui.text.gaps import Gap, find_gaps, formats
from ui.text.geometry import Lines, Run, Setting, directions, line_option, x_of
from ui.text.marks import Hit, Placed
from ui.text.scene import Scene
from ui.text.typography import GUTTER, LANE_SPACE, LANE_STEP, MARGIN_BOTTOM, MARGIN_RIGHT, MARGIN_TOP, Style

_SLICE = 0.006
"""Seconds of layout between two turns of the event loop."""
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
    """Every block is laid out: no height is an estimate any more."""

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
        self.own: list[float] = []
        """The heights that the blocks need by themselves."""
        self._head = 0.0
        self._heights: list[float] = []
        self._tops: list[float] = [0.0]
        self._settings: dict[int, Setting] = {}
        self._gaps: dict[int, list[Gap]] = {}
        self._runs: dict[int, dict[tuple[int, int], list[Run]]] = {}
        self._boxes: dict[int, list[tuple[Gap, QRectF]]] = {}
        self._changed = False
        self._announce = False
        self._next = 0
        self._idle = QTimer(self)
        self._idle.setInterval(5)
        self._idle.timeout.connect(self._work)

    # ---- what Qt asks

    def documentSize(self) -> QSizeF:
        return QSizeF(self._width, self._tops[-1] + self.scene.typography.px(MARGIN_BOTTOM))

    def pageCount(self) -> int:
        return 1

    def frameBoundingRect(self, frame: QTextFrame) -> QRectF:  # noqa: ARG002
        return QRectF(QPointF(0, 0), self.documentSize())

    def documentChanged(self, position: int, removed: int, added: int) -> None:
        """The text never changes under this layout; Qt also calls this for page sizes and fonts, which are ours."""

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        number = block.blockNumber() if block.isValid() else -1
        if not 0 <= number < len(self._heights):
            return QRectF()
        self.lines(block, number)
        if self._changed:
            self.commit()
        block.layout().setPosition(QPointF(self.left, self._tops[number]))
        return QRectF(self.left, self._tops[number], self.measure, self._heights[number])

    def hitTest(self, point: QPointF, accuracy: Qt.HitTestAccuracy) -> int:  # type: ignore[override]
        if not self._heights:
            return 0
        number = self.number_at(point.y())
        block = self.document().findBlockByNumber(number)
        lines = self.lines(block, number)
        y = point.y() - self._tops[number]
        count = lines.layout.lineCount()
        line = lines.layout.lineAt(min(count - 1, max(0, int(y / lines.pitch))))
        if accuracy == Qt.HitTestAccuracy.ExactHit:
            rect = line.naturalTextRect().translated(self.left, 0)
            if not (rect.left() - 1 <= point.x() <= rect.right() + 1 and 0 <= y < count * lines.pitch):
                return -1
        found = lines.nearest(point.x() - self.left, line.lineNumber(), stay=False)
        return self.scene.map.rest(block.position() + found)

    def draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext) -> None:
        if self.paint is not None and self._heights:
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
        if self.would_reflow(width) or not self._heights:
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

    def restyle(self, width: float) -> None:
        """Take the scene's typography anew."""
        self._heights.clear()
        self.set_width(width)

    def _estimate(self) -> None:
        self.own = []
        for paragraph in self.scene.map.paragraphs:
            style = self.scene.typography.style(paragraph.kind)
            rows = max(1, -(-paragraph.length * style.average // self.measure))
            self.own.append(rows * style.line + (0 if paragraph.continues else style.gap))
        self._settings.clear()
        self._gaps.clear()
        self._runs.clear()
        self._boxes.clear()
        self._next = 0
        self._heights = list(self.own)
        if self.alignment is not None:
            self.alignment.fit_all()
        self._retop()
        self._tell_size()
        self._idle.start()

    def _together(self) -> Iterable[ArticleLayout]:
        return (self,) if self.alignment is None else self.alignment.layouts

    def _retop(self) -> None:
        for layout in self._together():
            top = layout.scene.typography.px(MARGIN_TOP) + layout._head
            layout._tops = list(accumulate(layout._heights, initial=top))
            layout._changed = False
            if layout is not self:
                layout.shifted.emit()

    def _tell_size(self) -> None:
        for layout in self._together():
            layout._announce = False
            layout.documentSizeChanged.emit(layout.documentSize())

    # ---- laying blocks out

    def lines(self, block: QTextBlock, number: int) -> Lines:
        """The lines of a block, laid out now if they are not yet."""
        setting = self._settings.get(number)
        if setting is None:
            setting = self._lay_out(block, number)
            if self.alignment is not None:
                self.alignment.complete(self, number)
        return Lines(block.layout(), *setting, block.position(), self.scene.map)

    def lay_out(self, number: int) -> None:
        """Lay a block out, if it is not yet."""
        if number not in self._settings:
            self._lay_out(self.document().findBlockByNumber(number), number)

    def set_heights(self, first: int, heights: Sequence[float]) -> None:
        """Give blocks, from the ``first`` on, this much room."""
        for number, height in enumerate(heights, first):
            if abs(height - self._heights[number]) > 0.01:
                self._heights[number] = height
                self._changed = True

    def set_head(self, height: float) -> None:
        """Leave this much room above the first block."""
        if abs(height - self._head) > 0.01:
            self._head = height
            self._changed = True

    def _lay_out(self, block: QTextBlock, number: int) -> Setting:
        scene = self.scene
        paragraph = scene.map.paragraphs[number]
        style = scene.typography.style(paragraph.kind)
        text = scene.map.block_text(number)
        both, right_to_left = directions(text)
        start, length = block.position(), block.length() - 1
        hits = scene.index.query(start, start + length)
        gaps = self._gaps[number] = find_gaps(scene, hits, start, length, style, self.measure)
        layout = block.layout()
        layout.setFont(style.font)
        layout.setTextOption(line_option(right_to_left=right_to_left))
        layout.setFormats(formats(scene, gaps, start, length, style))
        setting = self._settings[number] = Setting(style.line + self._extra(style, hits), style, both)
        leading = 0 if right_to_left else len(text) - len(text.lstrip())
        count = self._fill(layout, setting, leading, sum(gap.width for gap in gaps if gap.at == 0))
        block.setLineCount(max(1, count))
        height = count * setting.pitch + (0 if paragraph.continues else style.gap)
        if abs(height - self.own[number]) > 0.01:
            self.own[number] = height
            if self.alignment is None:
                self.set_heights(number, (height,))
            else:
                self.alignment.fit(self, number)
        self._runs.pop(number, None)
        self._boxes.pop(number, None)
        return setting

    def _fill(self, layout: QTextLayout, setting: Setting, leading: int, indent: float) -> int:
        """Break the text into lines; leading blanks hang into the margin. The number of lines comes back."""
        layout.beginLayout()
        count = 0
        while (line := layout.createLine()).isValid():
            inset = 0.0
            if count == 0:
                inset = indent
                if leading:
                    line.setLineWidth(self.measure)
                    inset -= x_of(line, min(leading, line.textLength()))
            line.setLineWidth(max(1.0, self.measure - inset))
            line.setPosition(QPointF(inset, count * setting.pitch + setting.style.baseline - line.ascent()))
            count += 1
        layout.endLayout()
        return count

    def _extra(self, style: Style, hits: Iterable[Hit]) -> float:
        """What the lines of a block must be taller for the underlines of its claims."""
        lanes = max((placed.lane + 1 for _, _, placed in hits if placed.mark.kind == "claim"), default=0)
        deeper = lanes - style.lanes
        return self.scene.typography.px(LANE_STEP * deeper + LANE_SPACE) if deeper > 0 else 0.0

    def refresh(self, changed: Iterable[Placed]) -> bool:
        """Lay those blocks out again that need other gaps or taller lines now. Whether there were any."""
        numbers: set[int] = set()
        document = self.document()
        for placed in changed:
            for _, start, end in placed.parts:
                low = document.findBlock(start).blockNumber()
                high = document.findBlock(min(end, self.scene.map.length)).blockNumber()
                numbers.update(n for n in range(low, high + 1) if n in self._settings)
        stale = [number for number in numbers if self._is_stale(document.findBlockByNumber(number), number)]
        for number in stale:
            self._lay_out(document.findBlockByNumber(number), number)
        if self._changed:
            self.commit()
        return bool(stale)

    def _is_stale(self, block: QTextBlock, number: int) -> bool:
        setting, start, length = self._settings[number], block.position(), block.length() - 1
        hits = self.scene.index.query(start, start + length)
        gaps = find_gaps(self.scene, hits, start, length, setting.style, self.measure)
        return gaps != self._gaps[number] or setting.style.line + self._extra(setting.style, hits) != setting.pitch

    def settle(self, top: float, bottom: float) -> list[tuple[QTextBlock, int]]:
        """Lay out whatever shows between two heights; those blocks come back with their numbers."""
        while True:
            first = self.number_at(top)
            block, number, y = self.document().findBlockByNumber(first), first, self._tops[first]
            found: list[tuple[QTextBlock, int]] = []
            while block.isValid() and (y < bottom or not found):
                self.lines(block, number)
                found.append((block, number))
                y += self._heights[number]
                block, number = block.next(), number + 1
            if not self._changed:
                return found
            self._retop()
            self._announce = True
            self._idle.start()

    def commit(self) -> None:
        """Make new heights known, keeping in place what stands at the top of the window."""
        number, offset = self.anchor()
        self._retop()
        self._tell_size()
        self.moved.emit(self._tops[number] + offset)

    def announce(self) -> None:
        """Make heights known now that have changed while blocks were laid out."""
        if self._changed or self._announce:
            self.commit()

    def anchor(self) -> tuple[int, float]:
        """The block at the top of the window, and how far its top stands above."""
        y = self._scroll_top()
        number = self.number_at(y)
        return number, y - self._tops[number]

    def _work(self) -> None:
        """Lay out blocks nobody has asked for yet, a few milliseconds' worth."""
        end = perf_counter() + _SLICE
        block = self.document().findBlockByNumber(self._next)
        while block.isValid() and perf_counter() < end:
            self.lines(block, self._next)
            self._next += 1
            block = block.next()
        done = not block.isValid()
        self.announce()
        if done:
            self._idle.stop()
            self.settled.emit()

    # ---- where things stand

    def number_at(self, y: float) -> int:
        """The number of the block at this height (the first or last one beyond the text)."""
        return max(0, min(len(self._heights) - 1, bisect_right(self._tops, y) - 1))

    def top(self, number: int) -> float:
        return self._tops[number]

    def runs(self, start: int, end: int, block: QTextBlock, number: int) -> list[Run]:
        """The stretches of ``[start, end)`` that lie in this block."""
        known = self._runs.setdefault(number, {})
        if (found := known.get((start, end))) is None:
            lines, first = self.lines(block, number), block.position()
            text = self.scene.map.block_text(number)
            blanks = len(text) - len(text.rstrip())  # at its end, collapsed line ends among them, nothing is painted
            low, high = max(start - first, 0), min(end - first, block.length() - 1 - blanks)
            found = known[start, end] = lines.runs(low, high)
        x, y = self.left, self._tops[number]
        return [run.moved(x, y) for run in found]

    def caret(self, position: int, *, trailing: bool = False) -> Run:
        """Where a caret stands; ``trailing``: behind the character before, not before the one that follows."""
        block = self.document().findBlock(position)
        number = block.blockNumber()
        lines = self.lines(block, number)
        if self._changed:
            self.commit()
        at = position - block.position()
        run = lines.trailing(at) if trailing else lines.caret(at)
        return run.moved(self.left, self._tops[number])

    def gap_boxes(self, block: QTextBlock, number: int) -> list[tuple[Gap, QRectF]]:
        """The replacements shown in a block, and where."""
        lines = self.lines(block, number)
        if (known := self._boxes.get(number)) is None:
            known = self._boxes[number] = [(gap, _box(gap, lines)) for gap in self._gaps[number]]
        return [(gap, box.translated(self.left, self._tops[number])) for gap, box in known]


def _box(gap: Gap, lines: Lines) -> QRectF:
    run = lines.trailing(gap.at) if gap.at and not gap.backwards else lines.caret(gap.at)
    return QRectF(run.left - gap.after - gap.width, run.top, gap.width, lines.style.box)


def lay_out(scene: Scene, parent: QObject, scroll_top: Callable[[], float]) -> tuple[QTextDocument, ArticleLayout]:
    """A document that shows the text of a scene, and its layout, which has no width yet."""
    document = QTextDocument(parent)
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    document.setDefaultFont(scene.typography.body.font)
    layout = ArticleLayout(document, scene, scroll_top)
    document.setDocumentLayout(layout)
    document.setPlainText(scene.map.text)
    return document, layout

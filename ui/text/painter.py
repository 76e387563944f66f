"""Paints the article: tints and underlines below the text, chips, cues, search matches, the text, corrections."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QBrush, QPainter, QPainterPath, QTextCharFormat

from ui.text.corrections import paint_corrections, paint_grounds
from ui.text.crisp import Crisp
from ui.text.family import paint_family
from ui.text.frame import Frame, Item
from ui.text.geometry import Lines, Run
from ui.text.gutter import paint_gutter
from ui.text.inks import Inks, pen
from ui.text.layout import ArticleLayout
from ui.text.marks import Placed
from ui.text.scene import Scene
from ui.text.selected import paint_joins, paint_selected
from ui.text.spotlight import paint_veil
from ui.text.typography import LANE_WIDTH, REACH
from ui.text.words import part_of, word_colours

Context = QAbstractTextDocumentLayout.PaintContext
_DIMMED = 0.55
TINTED = 3
"""Claims that lie on each other and are all tinted; the selected one is among them, wherever it lies."""
"""Claims in lanes deeper than this have no tint."""


class ArticlePainter:
    """Paints one scene through its layout. On paper it paints exactly the lines whose middle lies inside the clip."""

    def __init__(self, layout: ArticleLayout, scene: Scene) -> None:
        self._layout = layout
        self._scene = scene
        self.inks = Inks(scene.theme)

    def paint(self, painter: QPainter, context: Context) -> None:
        """Paint what lies inside the context's clip."""
        clip: QRectF = context.clip
        if clip.isNull():
            clip = QRectF(QPointF(0, 0), self._layout.documentSize())
        reach = 0 if self._scene.on_paper else REACH
        frame = Frame(self._layout, self._scene, clip.top() - reach, clip.bottom() + reach)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._tints(painter, frame)
        self._underlines(painter, frame)
        paint_joins(painter, frame, self.inks)
        self._mentions(painter, frame)
        self._cues(painter, frame)
        paint_grounds(painter, frame, self.inks)
        self._finds(painter, frame)
        self._mirror(painter, frame)
        self._text(painter, frame, context, clip)
        paint_corrections(painter, frame, self.inks)
        paint_gutter(painter, frame, self.inks)
        paint_veil(painter, frame, self.inks)
        paint_family(painter, frame, self.inks)
        paint_selected(painter, frame, self.inks, clip)

    def _tints(self, painter: QPainter, frame: Frame) -> None:
        theme, px, chosen = self._scene.theme, self._scene.typography.px, self._scene.selected
        deeper = chosen is not None and chosen.mark.kind == "claim" and chosen.lane >= TINTED
        tinted = TINTED - 1 if deeper else TINTED
        for item in frame.of("claim"):
            placed = item.placed
            if frame.is_selected(placed):
                colour = self.inks.line(frame.hue(placed), theme.tint_selected)
                for run in item.runs:
                    painter.fillPath(_rounded(run, px(1.5), px(3), px(2)), colour)
            elif placed.lane < tinted:  # deeper ones have their underline only, so that the text stays legible
                colour = self.inks.line(frame.hue(placed), theme.tint)
                for run in item.runs:
                    painter.fillRect(
                        QRectF(run.left - 1, run.top, run.right - run.left + 2, run.bottom - run.top), colour
                    )

    def _underlines(self, painter: QPainter, frame: Frame) -> None:
        px = self._scene.typography.px
        recedes, crisp = self._scene.recedes, Crisp(painter)
        for item in frame.of("claim"):
            placed = item.placed
            on, relation = frame.is_selected(placed), self._scene.relation(placed)
            faint = recedes and not on and relation is None
            colour = self.inks.line(frame.hue(placed), _DIMMED if faint else 1.0)
            width = px(2.6 if on or relation in ("child", "speaker") else LANE_WIDTH)
            for run in item.runs:
                y = frame.lane_y(run, placed.lane)
                crisp.row(QRectF(run.left, y - width / 2, run.right - run.left, width), colour)

    def _mentions(self, painter: QPainter, frame: Frame) -> None:
        theme, px = self._scene.theme, self._scene.typography.px
        for item in frame.of("mention"):
            hue, on = frame.hue(item.placed), self._is_bright(frame, item.placed)
            for run in item.runs:
                painter.fillPath(_chip(run, px), self.inks.chip(hue, theme.chip_selected if on else theme.chip))
            self._outline(painter, frame, item)

    def _outline(self, painter: QPainter, frame: Frame, item: Item) -> None:
        px, on = self._scene.typography.px, self._is_bright(frame, item.placed)
        painter.setPen(pen(self.inks.line(frame.hue(item.placed), 1.0 if on else 0.6), px(1.6 if on else 1)))
        for run in item.runs:
            painter.drawPath(_chip(run, px))

    def _cues(self, painter: QPainter, frame: Frame) -> None:
        px = self._scene.typography.px
        for item in frame.of("cue"):
            on = self._is_bright(frame, item.placed)
            painter.setPen(pen(self.inks.line(frame.hue(item.placed)), px(2.2 if on else 1.5), (1.5, 2.2)))
            for run in item.runs:
                y = run.bottom - px(2.2)  # clear of the first underline
                painter.drawLine(QPointF(run.left + 1, y), QPointF(run.right - 1, y))

    def _is_bright(self, frame: Frame, placed: Placed) -> bool:
        return frame.is_selected(placed) or self._scene.relation(placed) is not None

    def _finds(self, painter: QPainter, frame: Frame) -> None:
        px = self._scene.typography.px
        pointed = self._scene.pointed.between(frame.low, frame.high)
        for match in self._scene.highlighted(frame.low, frame.high):
            current = match == self._scene.finds.current
            outlined = current or match in pointed
            painter.setPen(pen(self.inks.find_line, px(1.2)) if outlined else Qt.PenStyle.NoPen)
            painter.setBrush(self.inks.find_current if current else self.inks.find)
            for run in frame.runs(*match):
                painter.drawRoundedRect(
                    QRectF(run.left - 1, run.top, run.right - run.left + 2, run.bottom - run.top), 2, 2
                )
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _mirror(self, painter: QPainter, frame: Frame) -> None:
        """What is selected in the view beside this one: a faint ground with a line below it."""
        start, end = self._scene.mirror
        for run in frame.runs(start, end):
            rect = QRectF(run.left, run.top, run.right - run.left, run.bottom - run.top)
            painter.fillRect(rect, self.inks.mirror)
            painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), self.inks.accent)

    # ---- the text itself

    def _text(self, painter: QPainter, frame: Frame, context: Context, clip: QRectF) -> None:
        area = clip.adjusted(0, -REACH, 0, REACH)
        caret: int = context.cursorPosition
        places = [(s.cursor.selectionStart(), s.cursor.selectionEnd()) for s in context.selections]
        # The match that find has selected shows the colour of the current match, not that of selected words.
        selections = [place for place in places if place != self._scene.finds.current]
        for block, number in frame.blocks:
            start, length = block.position(), block.length()
            lines = self._layout.lines(block, number)
            painter.setPen(self.inks.text2 if lines.style.secondary else self.inks.text)
            if self._scene.on_paper:
                self._set_lines(painter, lines, self._layout.top(number), clip)
                continue
            hits = ((item.start, item.end, item.placed) for item in frame.items)
            ranges = word_colours(self._scene, self.inks, hits, start, length, secondary=lines.style.secondary)
            for low, high in self._scene.highlighted(start, start + length):  # struck or not, on a ground of its own
                ranges += part_of(start, length, low, high, _form(self.inks, selected=False))
            for low, high in selections:
                ranges += part_of(start, length, low, high, _form(self.inks, selected=True))
            layout = block.layout()
            layout.setPosition(QPointF(self._layout.left, self._layout.top(number)))
            layout.draw(painter, QPointF(0, 0), ranges, area)
            if start <= caret < start + length:
                self._caret(painter, caret)
        for item in frame.of("mention"):  # the ground of selected words has covered its outline
            if any(low < item.end and item.start < high for low, high in selections):
                self._outline(painter, frame, item)

    def _set_lines(self, painter: QPainter, lines: Lines, top: float, clip: QRectF) -> None:
        """Each line once and whole: Qt would draw lines of several colours several times, each time clipped."""
        for row in range(lines.layout.lineCount()):
            if clip.top() <= top + row * lines.pitch + lines.style.line / 2 <= clip.bottom():
                lines.layout.lineAt(row).draw(painter, QPointF(self._layout.left, top))

    def _caret(self, painter: QPainter, position: int) -> None:
        run = self._layout.caret(position, position == self._scene.trailing)
        width = self._scene.typography.px(1.8)
        Crisp(painter).column(QRectF(run.left - width / 2, run.top, width, run.bottom - run.top), self.inks.accent)


def _form(inks: Inks, *, selected: bool) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setForeground(QBrush(inks.text))
    if selected:
        form.setBackground(QBrush(inks.selection))
    return form


def _chip(run: Run, px: Callable[[float], float]) -> QPainterPath:
    return _rounded(run, px(2), px(5), px(-0.5))


def _rounded(run: Run, wider: float, radius: float, taller: float) -> QPainterPath:
    path = QPainterPath()
    rect = QRectF(run.left - wider, run.top, run.right - run.left + 2 * wider, run.bottom - run.top + taller)
    path.addRoundedRect(rect, radius, radius)
    return path

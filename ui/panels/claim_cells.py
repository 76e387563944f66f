"""The claims as a dense table: one line for each, every label a cell that is edited in place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QTableView, QWidget

from ui import icons
from ui.fonts import ui_font
from ui.models.claim_shape import NUMBER, SPEAKER, TAGS, UNSURE, VOCABULARIES, WORDS
from ui.models.claims import CARD, GROUP, ClaimCard
from ui.panels.field_editors import Sources
from ui.theme import Theme
from ui.widgets import paint
from ui.widgets.cells import PAD, ROW, CellDelegate
from ui.widgets.choice import ChoiceEditor
from ui.widgets.editors import LineEditor
from ui.widgets.typeahead import TypeAhead

HEADING = 28
"""The height of a group's heading, in pixels."""
WIDTHS = {NUMBER: 50, WORDS: 230, SPEAKER: 150, UNSURE: 64, TAGS: 120}
WIDTH = 118
"""Of every other column, in pixels."""
Index = QModelIndex | QPersistentModelIndex


def heading_of(index: Index) -> str:
    """The heading over the row, "" for none."""
    return str(index.data(GROUP) or "")


def paint_heading(painter: QPainter, rect: QRectF, words: str, theme: Theme) -> None:
    """A group's heading at the top of ``rect``."""
    painter.setFont(ui_font(12, QFont.Weight.DemiBold))
    painter.setPen(QColor(theme.text2))
    painter.drawText(QRectF(rect.left() + 16, rect.top(), rect.width() - 24, HEADING), _LEFT, words)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ClaimCells(CellDelegate):
    """A number on its speaker's colour, the words, and a cell for each label."""

    def __init__(self, theme: Theme, sources: Callable[[], Sources], table: QTableView) -> None:
        super().__init__(theme, table)
        self._sources = sources
        self._table = table

    # -- painting -----------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card = index.data(CARD)
        if not isinstance(card, ClaimCard):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(option.rect, Qt.ClipOperation.IntersectClip)
        if words := heading_of(index):
            whole = QRectF(option.rect)  # each cell paints its piece of the heading, which runs through all
            whole.setLeft(whole.left() - self._table.horizontalHeader().sectionPosition(index.column()))
            paint_heading(painter, QRectF(whole.left(), whole.top(), 600, HEADING), words, self.theme)
            option.rect = option.rect.adjusted(0, HEADING, 0, 0)
        rect = self.head(painter, option)
        self._cell(painter, rect, index, card, selected=bool(option.state & QStyle.StateFlag.State_Selected))
        painter.restore()

    def _cell(self, painter: QPainter, rect: QRectF, index: Index, card: ClaimCard, *, selected: bool) -> None:
        words, theme = str(index.data(Qt.ItemDataRole.DisplayRole)), self.theme
        inside = rect.adjusted(PAD, 0, -PAD, -1)
        if index.column() == NUMBER:
            badge = QRectF(rect.left() + 12, rect.top() + 7, 24 if card.number < 1000 else 34, 18)
            paint.number_badge(painter, badge, card.number, theme.speaker_line(card.hue), theme, selected=selected)
        elif index.column() == UNSURE:
            if card.unsure:
                at = QRectF(rect.left() + PAD, rect.center().y() - 8, 16, 16)
                icons.draw(painter, "circle-help", theme.accent, at)
        elif index.column() == SPEAKER and not card.source:
            colour = theme.text2 if card.implicit else theme.delete
            self.words(painter, inside, words or "No speaker", ui_font(13), colour, right=False)
        else:
            colour = theme.text if index.column() in (WORDS, SPEAKER) else theme.text2
            self.words(painter, inside, words or "–", ui_font(13), colour if words else theme.text3, right=False)

    # -- editing ------------------------------------------------------------------------------------------------

    def make_editor(self, index: Index) -> LineEditor | ChoiceEditor:
        sources = self._sources()
        if index.column() in VOCABULARIES:
            terms = VOCABULARIES[index.column()]
            return ChoiceEditor(lambda: sources.vocabulary().choices(terms), "Not set")
        if index.column() == UNSURE:
            return ChoiceEditor(lambda: [(False, "Sure", ""), (True, "Unsure", "Ask the lead")], None)
        line = TypeAhead(sources.tags, many=True) if index.column() == TAGS else TypeAhead(sources.names)
        line.set_theme(self.theme)
        return line

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = super().createEditor(parent, option, index)
        if isinstance(editor, TypeAhead):
            editor.committed.connect(lambda: self.commitData.emit(editor))  # a name taken with the mouse
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        if heading_of(index):
            option.rect = QRect(option.rect).adjusted(0, HEADING, 0, 0)
        super().updateEditorGeometry(editor, option, index)

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """Space, or a double click, on “unsure” turns it round."""
        if index.column() == UNSURE and index.flags() & Qt.ItemFlag.ItemIsEditable:
            space = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
            twice = isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonDblClick
            if (space and event.type() == QEvent.Type.KeyPress) or twice:
                model.setData(QPersistentModelIndex(index), not index.data(Qt.ItemDataRole.EditRole))
                return True
        return super().editorEvent(event, model, option, index)


def share_width(table: QTableView, width: int) -> None:
    """Give the columns of the dense table their widths; the claim's words get what is left of ``width``."""
    rest = sum(WIDTHS.get(column, WIDTH) for column in range(TAGS + 1) if column != WORDS)
    for column in range(TAGS + 1):
        size = WIDTHS.get(column, WIDTH)
        table.setColumnWidth(column, max(size, width - rest) if column == WORDS else size)


def row_height(index: Index) -> int:
    """The height of a row with the heading over it, in pixels."""
    return ROW + (HEADING if heading_of(index) else 0)

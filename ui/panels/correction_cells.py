"""The cells of the corrections table, and the signs in it that accept, reject and reopen with one click."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QWidget

from annotator.model import Correction
from annotator.vocabulary import Vocabulary
from ui import icons
from ui.fonts import reading_font, ui_font
from ui.models.corrections import CAUSE, DELETES, REPLACEMENT, STATUS, TEXT, CorrectionsModel
from ui.models.rows import KEY
from ui.theme import Theme
from ui.widgets.cells import PAD, ROW, CellDelegate
from ui.widgets.choice import ChoiceEditor
from ui.widgets.editors import LineEditor
from ui.widgets.expander import Drawer, ExpandingTable

_SIGNS = {"accepted": "check", "draft": "ellipsis", "rejected": "x"}
_SIGN, _REACH = 16, 4
"""The size of a sign, and how far around it a click counts, in pixels."""


def _places(cell: QRectF) -> tuple[QRectF, QRectF]:
    """Where the two signs of a status cell stand: left and right."""
    top, right = cell.center().y() - _SIGN / 2, cell.right() - 16
    return QRectF(right - 2 * _SIGN - 8, top, _SIGN, _SIGN), QRectF(right - _SIGN, top, _SIGN, _SIGN)


class CorrectionCells(CellDelegate):
    """Struck words, their replacement, the reason and signs for the status.

    Where the pointer or the mark is, a draft shows both what it can become: accepted or rejected.
    """

    def __init__(self, theme: Theme, vocabulary: Callable[[], Vocabulary], parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._vocabulary = vocabulary

    def make_editor(self, index: QModelIndex | QPersistentModelIndex) -> LineEditor | ChoiceEditor:
        if index.column() == REPLACEMENT:
            return LineEditor()
        if index.column() == CAUSE:
            return ChoiceEditor(lambda: self._vocabulary().choices("correction.cause"), "Not set")
        return ChoiceEditor(lambda: self._vocabulary().choices("status"), None)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model = index.model()
        if not isinstance(model, CorrectionsModel) or (record := model.record(index.data(KEY))) is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = self.head(painter, option)
        if index.column() == STATUS:
            state = QStyle.StateFlag
            at_hand = bool(option.state & (state.State_MouseOver | state.State_Selected)) and model.editable
            self._sign(painter, record, rect, at_hand=at_hand)
        else:
            words = str(index.data(Qt.ItemDataRole.DisplayRole))
            font, colour = self._look(record, index.column(), words)
            inset = rect.adjusted(16 if index.column() == TEXT else PAD, 0, -PAD / 2, -1)
            self.words(painter, inset, words, font, colour, right=False)
        painter.restore()

    def _look(self, record: Correction, column: int, words: str) -> tuple[QFont, str]:
        """Font and colour of a cell; a rejected correction is greyed, because it changes nothing."""
        theme, rejected = self.theme, record.status == "rejected"
        if record.kind == "factual" or column == CAUSE:
            return ui_font(13), theme.text3 if rejected else theme.text2 if column == CAUSE else theme.text
        applied = record.applied
        if column == TEXT:
            font = reading_font(14.5)
            font.setStrikeOut(applied)
            return font, theme.delete if applied else theme.text3 if rejected else theme.text
        if words == DELETES:
            return ui_font(12), theme.text3
        weight = QFont.Weight.DemiBold if applied else QFont.Weight.Normal
        return reading_font(14.5, weight), theme.insert if applied else theme.text3 if rejected else theme.text

    def _sign(self, painter: QPainter, record: Correction, rect: QRectF, *, at_hand: bool) -> None:
        left, right = _places(rect)
        if record.status == "draft" and at_hand:
            icons.draw(painter, "check", self.theme.insert, left)
            icons.draw(painter, "x", self.theme.delete, right)
            return
        colour = {"accepted": self.theme.insert, "rejected": self.theme.text3}.get(record.status, self.theme.text2)
        icons.draw(painter, _SIGNS.get(record.status, "ellipsis"), colour, right)


class CorrectionsTable(ExpandingTable):
    """Several rows can be selected; a click on a sign judges its correction and leaves all rows where they are."""

    judged = Signal(str, str)
    """A correction's id, and the status that its sign stands for."""

    def __init__(self, drawer: Drawer) -> None:
        super().__init__(drawer, lambda _row, _width: ROW)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def sign_rect(self, row: int, status: str) -> QRectF:
        """Where a click gives the correction of that row this status, in the viewport; empty where there is none."""
        model = self.model()
        record = model.record(model.keys[row]) if isinstance(model, CorrectionsModel) else None
        if record is None:
            return QRectF()
        cell = QRectF(self.visualRect(self.model().index(row, STATUS)))
        left, right = _places(QRectF(cell.left(), cell.top(), cell.width(), ROW))
        places = {"accepted": left, "rejected": right} if record.status == "draft" else {"draft": right}
        found = places.get(status, QRectF())
        return found.adjusted(-_REACH, -_REACH, _REACH, _REACH) if not found.isNull() else found

    def _sign_at(self, point: QPoint) -> tuple[str, str] | None:
        """The id and the status of the sign at a point of the viewport."""
        model, index = self.model(), self.indexAt(point)
        if index.column() != STATUS or not isinstance(model, CorrectionsModel) or not model.editable:
            return None
        for status in ("accepted", "rejected", "draft"):
            if self.sign_rect(index.row(), status).contains(point):
                return model.keys[index.row()], status
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        sign = self._sign_at(event.position().toPoint()) if event.button() == Qt.MouseButton.LeftButton else None
        if sign is None:
            super().mousePressEvent(event)
        else:
            self.judged.emit(*sign)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second press of a double click on a sign does nothing: it would take back what the first one did."""
        if self.indexAt(event.position().toPoint()).column() != STATUS:
            super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """No selecting by dragging: rows move away from under the pointer when the open one closes."""
        if event.buttons() == Qt.MouseButton.NoButton:
            super().mouseMoveEvent(event)

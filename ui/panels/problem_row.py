"""How a problem is painted in its row, and what opens below it: a numbered button for each step that settles it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.checks.base import Problem
from ui import icons
from ui.fonts import ui_font
from ui.models.problems import ProblemsModel
from ui.models.rows import KEY
from ui.panels.form import Form
from ui.panels.record_drawer import Home, RecordDrawer
from ui.theme import Theme
from ui.widgets import bits, paint
from ui.widgets.expander import ExpandingTable

TEXT = 40
"""Where the words begin, from the left edge of a row."""
_LINE, _WHERE, _AROUND, _LINES = 18, 17, 14, 3
_MOST = 9
"""Steps that have a key."""


def digit(event: QKeyEvent) -> int:
    """The digit 1 … 9 that a key stands for without Ctrl or Alt, else 0."""
    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
    found = event.key() - Qt.Key.Key_0
    return found if plain and 1 <= found <= _MOST else 0


class ProblemTable(ExpandingTable):
    """The rows; a digit takes that step of the row one is in."""

    digit_pressed = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if number := digit(event):
            self.digit_pressed.emit(number)
        else:
            super().keyPressEvent(event)


class ProblemRows(QStyledItemDelegate):
    """A sign for the level, the message, and below it what it is about."""

    def __init__(self, model: ProblemsModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._model = model

    def row_height(self, row: int, width: int) -> int:
        """The height of a closed row."""
        problem = self._model.problem(self._model.keys[row])
        lines = len(self._wrapped(problem.message, width)) if problem else 1
        return lines * _LINE + _WHERE + _AROUND

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, self.row_height(index.row(), option.rect.width()))

    def _wrapped(self, message: str, width: float) -> list[str]:
        return paint.wrap(paint.one_line(message), ui_font(13), max(80, width - TEXT - 16), _LINES)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        problem = self._model.problem(index.data(KEY))
        if problem is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(option.rect)
        lines = self._wrapped(problem.message, whole.width())
        head = QRectF(whole.left(), whole.top(), whole.width(), len(lines) * _LINE + _WHERE + _AROUND)
        paint.row_ground(painter, option.state, whole, head, self.theme)
        self.sign(painter, problem, QRectF(whole.left() + 16, whole.top() + 8, 16, 16))
        top, left = whole.top() + 7, whole.left() + TEXT
        painter.setFont(ui_font(13))
        painter.setPen(QColor(self.theme.text))
        for line in lines:
            painter.drawText(paint.baseline(QRectF(left, top, 10, _LINE), ui_font(13)), line)
            top += _LINE
        where = f"{self._model.level(problem)} · {self._model.where(problem)}"
        (shown,) = paint.wrap(where, ui_font(12), whole.width() - TEXT - 16, 1)
        painter.setFont(ui_font(12))
        painter.setPen(QColor(self.theme.text2))
        painter.drawText(paint.baseline(QRectF(left, top, 10, _WHERE), ui_font(12)), shown)
        painter.restore()

    def sign(self, painter: QPainter, problem: Problem, box: QRectF) -> None:
        """A triangle, or a disc with a bar where the problem keeps the article from being done."""
        if not self._model.blocks(problem):
            icons.draw(painter, "triangle-alert", self.theme.lines[0], box)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.delete))
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        painter.setBrush(QColor(self.theme.panel))
        painter.drawRoundedRect(QRectF(box.left() + 4.5, box.center().y() - 1.25, box.width() - 9, 2.5), 1, 1)


class ProblemDrawer(RecordDrawer):
    """The steps of one problem as buttons, numbered as their keys are, and one that goes to the place."""

    fix_requested = Signal(int)
    """The index of a step."""

    def __init__(self, home: Home, model: ProblemsModel) -> None:
        super().__init__(home)
        self._model = model
        self.fixes: list[QPushButton] = []
        self.done_button.setText("Show in the article")
        self.done_button.setFont(ui_font(12))
        self.done_button.setProperty("primary", None)
        self.done_button.setProperty("link", "true")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self.done_button)

    def bind(self, key: str) -> None:
        """Nothing is typed here."""

    def refresh(self) -> None:
        problem = self._model.problem(self._key)
        steps = problem.fixes[:_MOST] if problem is not None else ()
        while len(self.fixes) < len(steps):
            self._add_button()
        for number, button in enumerate(self.fixes):
            button.setVisible(number < len(steps))
            if number < len(steps):
                button.setText(f"{number + 1}   {paint.one_line(steps[number].title)}".replace("&", "&&"))
                button.setAccessibleName(f"{steps[number].title}, key {number + 1}")
                button.setEnabled(self._editable)
        self.resized.emit()

    def _add_button(self) -> None:
        number = len(self.fixes)
        button = bits.button("", lambda: self.fix_requested.emit(number))
        button.setProperty("step", "true")
        self._column.insertWidget(number, button)
        self.fixes.append(button)
        bits.tab_order([*self.fixes, self.done_button])

    def forms(self) -> list[Form]:
        return []

    def changers(self) -> tuple[QPushButton, ...]:
        return tuple(self.fixes)

    def first_field(self) -> QWidget:
        return next((b for b in self.fixes if not b.isHidden() and b.isEnabled()), self.done_button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if number := digit(event):
            self.fix_requested.emit(number - 1)
            event.accept()
        else:
            super().keyPressEvent(event)

"""The command palette: every command by a few letters of its name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.actions import Actions
from ui.commands import COMMANDS, Command
from ui.widgets.editors import passing
from ui.widgets.empty_note import EmptyNote

_ROWS = 12
_ROW, _PAD = 28, 8
_COMMAND, _KEY = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_QUIET = QPalette.ColorRole.PlaceholderText
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


def matches(typed: str, command: Command) -> bool:
    """Whether every word typed begins a word of the command's text, menu or hint."""
    words = f"{command.text} {command.menu} {command.hint}".casefold().replace("/", " ").split()
    return all(any(word.startswith(part) for word in words) for part in typed.casefold().split())


def _distance(typed: str, command: Command) -> int:
    """How far a command that matches is from what was typed: its name begins so, its name has the words, or more."""
    wanted, name = typed.casefold().strip(), command.text.casefold()
    if name.startswith(wanted):
        return 0
    return 1 if all(any(w.startswith(part) for w in name.split()) for part in wanted.split()) else 2


class CommandRow(QStyledItemDelegate):
    """A command's name, what it is about in a quieter ink, and its key at the right."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        command: Command = index.data(_COMMAND)
        key: str = index.data(_KEY)
        row = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(row, option.palette.color(QPalette.ColorRole.Highlight))
        inner = row.adjusted(_PAD, 0, -_PAD, 0)
        ink = option.palette.color(QPalette.ColorRole.Text)
        quiet = QApplication.palette().color(_QUIET)  # the list's own is made by the style sheet, and too faint
        painter.setFont(option.font)
        measure = option.fontMetrics.horizontalAdvance
        painter.setPen(ink)
        name: str = index.data(Qt.ItemDataRole.DisplayRole)
        painter.drawText(inner, _LEFT, name)
        painter.setPen(quiet)
        painter.drawText(inner, _RIGHT, key)
        start = inner.left() + measure(name) + 2 * _PAD
        room = inner.right() - measure(key) - 2 * _PAD - start
        hint = option.fontMetrics.elidedText(command.hint, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(start, row.top(), max(0, room), row.height()), _LEFT, hint)

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, max(_ROW, option.fontMetrics.height() + 8))


class Palette(QDialog):
    """Type to narrow, Down and Up to choose, Enter to run; Escape leaves."""

    def __init__(self, actions: Actions, give_focus_back: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle("Commands")
        self.setObjectName("palette")
        self._actions = actions
        self._give_focus_back = give_focus_back
        self.field = QLineEdit(self)
        passing(self.field)
        self.field.setPlaceholderText("Type a command")
        self.field.setAccessibleName("Type a command")
        self.field.installEventFilter(self)
        self.list = QListWidget(self)
        self.list.setItemDelegate(CommandRow(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Commands found")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.nothing = EmptyNote(self.list, "No command is called that.")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        self.resize(560, 16 + 34 + 6 + _ROWS * _ROW)
        self.field.textChanged.connect(self._fill)
        self.field.returnPressed.connect(self._run)
        self.list.itemClicked.connect(lambda _: self._run())
        self._fill("")

    def _fill(self, typed: str) -> None:
        self.list.clear()
        for command in sorted(COMMANDS, key=lambda command: _distance(typed, command)):
            action = self._actions[command.id]
            if not action.isEnabled() or not matches(typed, command):
                continue
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            item = QListWidgetItem(action.text().rstrip("…"))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}  {keys}".rstrip())
            item.setData(_COMMAND, command)
            item.setData(_KEY, keys)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.nothing.setVisible(self.list.count() == 0)

    def _run(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.accept()
            self._give_focus_back()  # the command acts where the keyboard was: in the article
            self._actions[item.data(_COMMAND).id].trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down and Up move in the list while the field keeps the keyboard."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _ROWS, Qt.Key.Key_PageUp: -_ROWS}
            if (by := step.get(Qt.Key(event.key()))) is not None and self.list.count():
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + by)))
                return True
        return super().eventFilter(watched, event)


def show(actions: Actions, give_focus_back: Callable[[], None], parent: QWidget) -> None:
    """Open the palette; it does not block the window. See :class:`Palette`."""
    palette = Palette(actions, give_focus_back, parent)
    palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    palette.open()

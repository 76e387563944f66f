"""The labels of another tool's files as a tree: what there is, how often, an example, and what it means here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFont

from annotator.formats.standoff.choosing import Key, Row, same_row
from annotator.text.wording import counted
from ui.fonts import ui_font
from ui.widgets.paint import one_line, tooltip

Index = QModelIndex | QPersistentModelIndex
CHOICES = Qt.ItemDataRole.UserRole + 1
"""The role that gives what a row may mean."""
MEANS = 3
_HEIGHT = 28
"""Pixels: a row has room for the list of its meanings."""
_BATCH = 300
"""Rows that the view gets at once: to lay out thousands would hold up the window, and nobody looks at all of them."""
_LEAF = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_KNOT = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_COLUMNS = ("In the files", "Times", "For example", "Means here")


class _Node:
    def __init__(self, row: Row, number: int, parent: _Node | None) -> None:
        self.row, self.number, self.parent = row, number, parent
        self.children = [_Node(child, index, self) for index, child in enumerate(row.children)]


class LabelsModel(QAbstractItemModel):
    """``choose(key, value)`` is called when a person chooses another meaning."""

    def __init__(self, choose: Callable[[Key, str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choose = choose
        self._nodes: list[_Node] = []
        self._waiting: list[Row] = []
        """Rows that the view has not asked for yet."""

    def show(self, rows: Sequence[Row]) -> bool:
        """Show these. Whether they are other rows than before, so that the view has to begin anew."""
        before = [*(node.row for node in self._nodes), *self._waiting]
        if len(before) != len(rows) or not all(map(_is_same, before, rows)):
            self.beginResetModel()
            self._nodes, self._waiting = (
                [_Node(row, at, None) for at, row in enumerate(rows[:_BATCH])],
                [*rows[_BATCH:]],
            )
            self.endResetModel()
            return True
        self._waiting = list(rows[len(self._nodes) :])
        for node, row in zip(self._nodes, rows, strict=False):
            if node.row is not row and node.row != row:
                self._update(node, row)
        return False

    def _update(self, node: _Node, row: Row) -> None:
        """Another choice in a row of the top, or below it."""
        at = self.createIndex(node.number, 0, node)
        if [child.row.key for child in node.children] != [child.key for child in row.children]:
            if node.children:
                self.beginRemoveRows(at, 0, len(node.children) - 1)
                node.children = []
                self.endRemoveRows()
            if row.children:
                self.beginInsertRows(at, 0, len(row.children) - 1)
                node.children = [_Node(child, number, node) for number, child in enumerate(row.children)]
                self.endInsertRows()
        else:
            for child, new in zip(node.children, row.children, strict=True):
                child.row = new
        node.row = row
        self.dataChanged.emit(at, at.siblingAtColumn(MEANS))
        if node.children:
            last = node.children[-1]
            self.dataChanged.emit(self.index(0, 0, at), self.createIndex(last.number, MEANS, last))

    def row(self, index: Index) -> Row | None:
        """The choice that a row of the tree stands for."""
        node = self._node(index)
        return node.row if node is not None else None

    def knots(self) -> Iterator[int]:
        """Which rows of the top have rows below them."""
        return (node.number for node in self._nodes if node.children)

    def find(self, key: Key) -> QModelIndex:
        """The row of that choice, or the one of the same label; invalid when it is gone or was never shown."""
        for node in self._nodes:
            for each in (node, *node.children):
                if same_row(each.row.key) == same_row(key):
                    return self.createIndex(each.number, 0, each)
        return QModelIndex()

    # -- Qt -------------------------------------------------------------------------------------------------------

    def _node(self, index: Index) -> _Node | None:
        node = index.internalPointer() if index.isValid() else None
        return node if isinstance(node, _Node) else None

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 -- as Qt
        above = self._node(parent)
        nodes = above.children if above is not None else self._nodes
        return self.createIndex(row, column, nodes[row]) if 0 <= row < len(nodes) else QModelIndex()

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        node = self._node(index)
        above = node.parent if node is not None else None
        return self.createIndex(above.number, 0, above) if above is not None else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        node = self._node(parent)
        if node is None:
            return len(self._nodes) if not parent.isValid() else 0
        return len(node.children) if parent.column() == 0 else 0

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and bool(self._waiting)

    def fetchMore(self, parent: Index) -> None:
        if not self.canFetchMore(parent):
            return
        start = len(self._nodes)
        more, self._waiting = self._waiting[:_BATCH], self._waiting[_BATCH:]
        self.beginInsertRows(QModelIndex(), start, start + len(more) - 1)
        self._nodes += [_Node(row, at, None) for at, row in enumerate(more, start=start)]
        self.endInsertRows()

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _COLUMNS[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        node = self._node(index)
        if node is None:
            return Qt.ItemFlag.NoItemFlags
        flags = _KNOT if node.children or node.parent is None else _LEAF
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == MEANS else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.row(index), index.column()
        if row is None:
            return None
        means = dict(row.choices).get(row.value, row.value)
        if role == Qt.ItemDataRole.DisplayRole:
            times = f"{row.count:,}" if row.count else ""
            return (one_line(row.title), times, one_line(row.example), means)[column]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            unsure = "not sure: " if row.unsure else ""
            return f"{unsure}{row.title}, {counted(row.count, 'time')}, means {means}"
        if role == Qt.ItemDataRole.FontRole:
            return ui_font(13, QFont.Weight.DemiBold) if row.unsure and column in (0, MEANS) else None
        plain: dict[int, Any] = {Qt.ItemDataRole.EditRole: row.value, CHOICES: row.choices}
        plain[Qt.ItemDataRole.SizeHintRole] = QSize(0, _HEIGHT)
        if column == 1:
            plain[Qt.ItemDataRole.TextAlignmentRole] = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        plain[Qt.ItemDataRole.ToolTipRole] = tooltip(row.example or row.title)
        return plain.get(role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.row(index)
        if row is None or role != Qt.ItemDataRole.EditRole or value == row.value:
            return False
        self._choose(row.key, str(value))
        return True


def _is_same(one: Row, other: Row) -> bool:
    return one is other or same_row(one.key) == same_row(other.key)

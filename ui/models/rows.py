"""The base of the list models: an ordered list of keys, changed with the fewest signals."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
KEY = int(Qt.ItemDataRole.UserRole)
"""The role that gives a row's key."""


_MANY = 64
"""More new and removed rows than this are cheaper as another list."""
_LONG = 2_000
"""So is another order of more rows than this: a table remembers each row's place before."""


class RowsModel(QAbstractTableModel):
    """Rows are known by unique keys. Subclasses give the cells; this class only inserts, removes and moves."""

    columns: Sequence[str] = ("",)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.keys: list[str] = []
        self.editable = True
        """Whether cells may be edited at all."""
        self._rows: dict[str, int] = {}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.keys)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section] if 0 <= section < len(self.columns) else None
        return None

    def row_of(self, key: str | None) -> int:
        """The row of that key, or -1."""
        return self._rows.get(key, -1) if key is not None else -1

    def reset_keys(self, keys: Iterable[str]) -> None:
        """Show another list altogether."""
        self.beginResetModel()
        self._rows.clear()
        self._put(list(keys), 0)
        self.endResetModel()

    def set_keys(self, keys: Sequence[str]) -> None:
        """Make the rows ``keys``, in that order, keeping every row that stays."""
        first, last, end = _difference(self.keys, keys)
        removed, added = set(self.keys[first:last]), set(keys[first:end])
        stay = [key for key in keys[first:end] if key in removed]
        turned = len(keys) > _LONG and stay != [key for key in self.keys[first:last] if key in added]
        if len(removed ^ added) > _MANY or turned:
            self.reset_keys(keys)
            return
        for row in range(last - 1, first - 1, -1):
            if self.keys[row] not in added:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._rows[self.keys[row]]
                self._put([*self.keys[:row], *self.keys[row + 1 :]], row)
                self.endRemoveRows()
        self._reorder([*self.keys[:first], *stay, *self.keys[first + len(stay) :]], first)
        for row in range(first, end):
            if keys[row] not in removed:
                self.beginInsertRows(QModelIndex(), row, row)
                self._put([*self.keys[:row], keys[row], *self.keys[row:]], row)
                self.endInsertRows()

    def touch(self, keys: Collection[str] | None = None) -> None:
        """Say that these rows (None: all) look different now."""
        if keys is not None and len(keys) > _LONG:
            keys = None  # all that show are painted again anyway
        rows = range(len(self.keys)) if keys is None else sorted(r for k in keys if (r := self.row_of(k)) >= 0)
        if not rows:
            return
        spans = [(rows[0], rows[-1])] if keys is None or len(rows) > 16 else [(row, row) for row in rows]
        for first, last in spans:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def _reorder(self, keys: list[str], first: int) -> None:
        if keys == self.keys:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        moved = [self.keys[index.row()] for index in before]
        self._put(keys, first)
        after = [self.index(self._rows[key], index.column()) for key, index in zip(moved, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _put(self, keys: list[str], first: int) -> None:
        """Take these keys; the rows before ``first`` are as they were, and those that went are forgotten already."""
        self.keys = keys
        self._rows.update(zip(keys[first:], range(first, len(keys)), strict=True))


class EditedRows(RowsModel):
    """Rows of which some cells are edited in place.

    ``change(key, field, value)`` is asked when a cell is edited; it answers whether it was accepted.
    """

    def __init__(self, change: Callable[[str, str, Any], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._change = change

    def field_of(self, key: str, column: int) -> str | None:
        """The field that this cell edits; None where it is not edited in place."""
        raise NotImplementedError

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and self.editable and self.field_of(self.keys[index.row()], index.column()):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        key = self.keys[index.row()]
        field = self.field_of(key, index.column())
        return field is not None and self._change(key, field, value)


def runs(rows: Iterable[int]) -> list[tuple[int, int]]:
    """Ascending row numbers as ranges ``[first, end)`` without gaps."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and found[-1][1] == row:
            found[-1] = found[-1][0], row + 1
        else:
            found.append((row, row + 1))
    return found


def _difference(old: Sequence[str], new: Sequence[str]) -> tuple[int, int, int]:
    """Where two lists differ: ``old[first:last]`` stands in the place of ``new[first:end]``."""
    most = min(len(old), len(new))
    first = _equal(most, lambda a, b: old[a:b] == new[a:b])
    last, end = len(old), len(new)
    rest = _equal(most - first, lambda a, b: old[last - b : last - a] == new[end - b : end - a])
    return first, last - rest, end - rest


def _equal(most: int, same: Callable[[int, int], bool]) -> int:
    """How many come before the first difference: Python compares slices much faster than one by one."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if same(low, middle):
            low = middle
        else:
            high = middle - 1
    return low

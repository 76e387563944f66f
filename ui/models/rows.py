"""The base of the list models: an ordered list of keys, changed with the fewest signals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
KEY = int(Qt.ItemDataRole.UserRole)
"""The role that gives a row's key."""


_MANY = 64
"""More new and removed rows than this are cheaper as another list."""


class RowsModel(QAbstractTableModel):
    """Rows are known by unique keys. Subclasses give the cells; this class only inserts, removes and moves."""

    columns: Sequence[str] = ("",)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.keys: list[str] = []
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
        self._put(list(keys))
        self.endResetModel()

    def set_keys(self, keys: Sequence[str]) -> None:
        """Make the rows ``keys``, in that order, keeping every row that stays."""
        if list(keys) == self.keys:
            return
        wanted = set(keys)
        if len(wanted.symmetric_difference(self.keys)) > _MANY:
            self.reset_keys(keys)
            return
        for row in range(len(self.keys) - 1, -1, -1):
            if self.keys[row] not in wanted:
                self.beginRemoveRows(QModelIndex(), row, row)
                self._put(self.keys[:row] + self.keys[row + 1 :])
                self.endRemoveRows()
        known = set(self.keys)
        self._reorder([key for key in keys if key in known])
        for row, key in enumerate(keys):
            if key not in known:
                self.beginInsertRows(QModelIndex(), row, row)
                self._put([*self.keys[:row], key, *self.keys[row:]])
                self.endInsertRows()

    def touch(self, keys: Iterable[str] | None = None) -> None:
        """Say that these rows (None: all) look different now."""
        rows = range(len(self.keys)) if keys is None else sorted(r for k in keys if (r := self.row_of(k)) >= 0)
        if not rows:
            return
        spans = [(rows[0], rows[-1])] if keys is None or len(rows) > 16 else [(row, row) for row in rows]
        for first, last in spans:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def _reorder(self, keys: list[str]) -> None:
        if keys == self.keys:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        moved = [self.keys[index.row()] for index in before]
        self._put(keys)
        after = [self.index(self._rows[key], index.column()) for key, index in zip(moved, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _put(self, keys: list[str]) -> None:
        self.keys = keys
        self._rows = {key: row for row, key in enumerate(keys)}

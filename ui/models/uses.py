"""All uses of one speaker as rows, under the title of each article; they may be ticked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, Signal

from annotator.services.uses import Use, part_of, words
from ui.models.rows import Index
from ui.widgets.snippet import SNIPPET

PART = SNIPPET + 1
"""The role that says what the speaker is in a use; None in the row of an article's title."""


class UsesModel(QAbstractListModel):
    """Rows are made when they are painted, so that fifty thousand uses are listed as fast as five."""

    ticked_changed = Signal()

    def __init__(self, title: Callable[[str], str], *, tickable: bool = False, parent: QObject | None = None) -> None:
        """``title`` is an article's by its id. A ``tickable`` heading ticks all below it."""
        super().__init__(parent)
        self._title = title
        self._tickable = tickable
        self._speaker_id = ""
        self._rows: list[Use | tuple[str, range]] = []
        """A use, or an article's id and the rows of its uses."""
        self._ticked: set[str] = set()
        self._states: dict[int, Qt.CheckState] = {}
        """The ticks of headings, by the first row below, as long as they are right."""

    def show_uses(self, speaker_id: str, uses: Sequence[Use]) -> None:
        """List other uses, which stand by article. What was ticked and is still there stays ticked."""
        self.beginResetModel()
        self._speaker_id = speaker_id
        rows: list[Use | tuple[str, range]] = []
        heading = -1
        for number, use in enumerate(uses):
            if number == 0 or uses[number - 1].article_id != use.article_id:
                heading = len(rows)
                rows.append((use.article_id, range(heading + 1, heading + 1)))
            rows.append(use)
            rows[heading] = (use.article_id, range(heading + 1, len(rows)))
        self._rows = rows
        self._ticked &= {use.id for use in uses}
        self._states.clear()
        self.endResetModel()
        self.ticked_changed.emit()

    def use(self, row: int) -> Use | None:
        """The use in a row; None for a heading, and where there is no row."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return None if found is None or isinstance(found, tuple) else found

    def first_use(self, row: int) -> Use | None:
        """The use in a row, or the first below a heading."""
        return self.use(row) or self.use(row + 1)

    def row_of(self, id_: str) -> int:
        """The row of a use; -1 when it is not listed."""
        found = (row for row, use in enumerate(self._rows) if not isinstance(use, tuple) and use.id == id_)
        return next(found, -1)

    def uses(self) -> list[Use]:
        """All that are listed."""
        return [use for use in self._rows if not isinstance(use, tuple)]

    def ticked(self) -> list[Use]:
        """Those that are ticked, in order."""
        return [use for use in self.uses() if use.id in self._ticked]

    # -- Qt -----------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, _index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if self._tickable else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == PART:
            return None if isinstance(row, tuple) else part_of(row, self._speaker_id)
        if role == Qt.ItemDataRole.CheckStateRole:
            return self._state(row) if self._tickable else None
        return self._shown(row, role)

    def _shown(self, row: Use | tuple[str, range], role: int) -> Any:
        if role not in (SNIPPET, Qt.ItemDataRole.DisplayRole):
            return None
        painted = role == SNIPPET
        if isinstance(row, tuple):
            title = self._title(row[0])
            return ("", "", title, f"   {len(row[1]):,}") if painted else f"{title}, {len(row[1]):,}"
        before, exact, after = words(row)
        part = part_of(row, self._speaker_id)
        return ("", before, exact, after) if painted else f"{part}: {before}[{exact}]{after}"

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not self._tickable:
            return False
        row = self._rows[index.row()]
        ids = [use.id for use in self._below(row)]
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._ticked.update(ids)
        else:
            self._ticked.difference_update(ids)
        self._states.clear()
        last = self.rowCount() - 1
        self.dataChanged.emit(self.index(0), self.index(last), [Qt.ItemDataRole.CheckStateRole])
        self.ticked_changed.emit()
        return True

    def _below(self, row: Use | tuple[str, range]) -> list[Use]:
        if not isinstance(row, tuple):
            return [row]
        return [use for place in row[1] if (use := self.use(place)) is not None]

    def _state(self, row: Use | tuple[str, range]) -> Qt.CheckState:
        if not isinstance(row, tuple):
            return Qt.CheckState.Checked if row.id in self._ticked else Qt.CheckState.Unchecked
        first = row[1].start
        if first not in self._states:
            self._states[first] = self._counted(row)
        return self._states[first]

    def _counted(self, row: tuple[str, range]) -> Qt.CheckState:
        below = self._below(row)
        ticked = sum(use.id in self._ticked for use in below)
        if 0 < ticked < len(below):
            return Qt.CheckState.PartiallyChecked
        return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked

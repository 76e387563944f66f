"""The heights of a long list's rows: the rows that show are measured at once, the others when there is time.

Until then they have the height they had, or the usual one. What stands at the top of the list stays there.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QTableView

_FEW = 200
"""So many rows are measured at once."""
_SLICE = 0.004
"""Seconds of measuring between two turns of the event loop."""


class RowHeights(QObject):
    """Keeps the row heights of ``table`` what ``height(row)`` says, in pixels."""

    changed = Signal()
    """Rows have other heights; whatever lies on them may stand elsewhere."""

    def __init__(self, table: QTableView, height: Callable[[int], int]) -> None:
        super().__init__(table)
        self._table = table
        self._height = height
        self._known = bytearray()
        """One byte for each row: whether it has been measured since it last changed."""
        self._next = 0
        self._idle = QTimer(self)
        self._idle.setInterval(5)
        self._idle.timeout.connect(self._work)

    @property
    def settled(self) -> bool:
        """Whether every row has been measured."""
        return not self._idle.isActive()

    def reset(self) -> None:
        """Other rows altogether: forget how high they were."""
        count = self._table.model().rowCount()
        if count > _FEW:
            usual = sum(self._height(row * count // 16) for row in range(16)) // 16
            self._table.verticalHeader().setDefaultSectionSize(usual)
        self.fit()

    def fit(self) -> None:
        """Every row may need another height."""
        count = self._table.model().rowCount()
        self._known = bytearray(count)
        self._next = 0
        if count > _FEW:
            self._idle.start()
            self.settle()
        else:
            self._idle.stop()
            self.measure(0, count)

    def insert(self, first: int, last: int) -> None:
        """Rows ``first`` to ``last`` are new."""
        self._known[first:first] = bytes(last - first + 1)
        self.measure(first, min(last + 1, first + _FEW))
        if last - first >= _FEW:
            self._next = min(self._next, first)
            self._idle.start()

    def remove(self, first: int, last: int) -> None:
        """Rows ``first`` to ``last`` are gone."""
        del self._known[first : last + 1]

    def settle(self) -> None:
        """Measure the rows that show."""
        row, count = max(0, self._table.rowAt(0)), len(self._known)
        bottom = self._table.viewport().height()
        while row < count and self._table.rowViewportPosition(row) < bottom:
            if not self._known[row]:
                self._measure(row)
            row += 1

    def surround(self, row: int) -> None:
        """Measure as many rows around ``row`` as can show together with it."""
        for step in (-1, 1):
            number, room = row, self._table.viewport().height()
            while 0 <= number < len(self._known) and room > 0:
                if not self._known[number]:
                    self._measure(number)
                room -= self._table.rowHeight(number)
                number += step

    def measure(self, first: int, end: int) -> None:
        """Measure the rows from ``first`` up to ``end``."""
        for row in range(first, end):
            self._measure(row)

    def _measure(self, row: int) -> None:
        self._known[row] = True
        height = self._height(row)
        if self._table.verticalHeader().sectionSize(row) != height:
            self._table.setRowHeight(row, height)

    def _work(self) -> None:
        """Measure rows that nobody has seen yet, a few milliseconds' worth."""
        end = perf_counter() + _SLICE
        header, bar = self._table.verticalHeader(), self._table.verticalScrollBar()
        top = self._table.rowAt(0)
        before = header.sectionPosition(top) if top >= 0 else 0
        while perf_counter() < end:
            self._next = self._known.find(0, self._next)
            if self._next < 0:
                self._idle.stop()
                break
            self._measure(self._next)
        if top >= 0 and (shift := header.sectionPosition(top) - before):
            self._table.updateGeometries()  # the scroll bar may not know yet how far it goes now
            bar.setValue(bar.value() + shift)
        self.changed.emit()

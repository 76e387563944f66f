"""A list too long to be measured at once: what shows is exact from the start, and nothing the user looks at moves."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from ui.models.rows import RowsModel
from ui.widgets.expander import Drawer, ExpandingTable

MANY = 3000


def height_of(key: str) -> int:
    """Between 30 and 90 pixels, in no order, and less at first than the usual row."""
    number = int(key)
    return 30 if number < 500 else 30 + number * 37 % 61


class Numbers(RowsModel):
    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        return self.keys[index.row()] if role == Qt.ItemDataRole.DisplayRole else None


@pytest.fixture
def table(qtbot):
    model = Numbers()
    drawer = Drawer()
    found = ExpandingTable(drawer, lambda row, _width: height_of(model.keys[row]))
    found.setModel(model)
    qtbot.addWidget(found)
    found.resize(300, 500)
    with qtbot.waitExposed(found):
        found.show()
    model.reset_keys([str(n) for n in range(MANY)])
    return found


def shown(table):
    """The keys of the rows that show, each with its height."""
    rows = range(table.rowAt(0), table.rowAt(table.viewport().height() - 1) + 1)
    return [(table.model().keys[row], table.rowHeight(row)) for row in rows]


def exact(table):
    return all(height == height_of(key) for key, height in shown(table))


def settle(qtbot, table):
    while not table.heights.settled:
        with qtbot.waitSignal(table.heights.changed):
            pass


def test_what_shows_is_measured_before_anything_else(table):
    assert exact(table)
    assert not table.heights.settled
    table.verticalScrollBar().setValue(20_000)
    assert exact(table)


def test_in_the_end_every_row_has_its_height(qtbot, table):
    settle(qtbot, table)
    assert [table.rowHeight(row) for row in range(MANY)] == [height_of(key) for key in table.model().keys]


@pytest.mark.parametrize("row", [700, 2500])
def test_what_one_looks_at_stays_while_the_others_are_measured(qtbot, table, row):
    table.reveal(row)
    before, where = shown(table), table.rowViewportPosition(row)
    settle(qtbot, table)
    assert table.rowViewportPosition(row) == where
    assert shown(table) == before


def test_a_revealed_row_shows_whole(qtbot, table):
    for row in (1500, 2999, 600, 0):
        table.reveal(row)
        top = table.rowViewportPosition(row)
        assert top >= 0
        assert top + height_of(table.model().keys[row]) <= table.viewport().height()


def test_rows_that_come_and_go_before_all_are_measured(qtbot, table):
    keys = [str(n) for n in range(MANY) if n not in (3, 900, 901)]
    keys[5:5] = ["9001", "9002"]
    keys[2000:2000] = ["9003"]
    table.model().set_keys(keys)
    assert exact(table)
    settle(qtbot, table)
    assert [table.rowHeight(row) for row in range(len(keys))] == [height_of(key) for key in keys]


def test_an_open_row_is_not_forgotten(qtbot, table):
    table.open(2000)
    settle(qtbot, table)
    assert table.rowHeight(2000) == height_of("2000") + table.drawer.wanted_height(table.viewport().width())

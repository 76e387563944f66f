"""A list of long and short sentences has no holes, whatever its width."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtWidgets import QWidget

from ui.widgets.wrapped_list import WrappedList


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_the_rows_follow_each_other_at_every_width(qtbot):
    home = QWidget()
    qtbot.addWidget(home)
    listed = WrappedList("Titles", 2, home)
    listed.addItems(["Harbour storm closes the ferry to the islands for a second week in a row", "Short"] * 9)
    home.setStyleSheet("QScrollBar:vertical { width: 6px; }")
    home.show()
    for width in range(150, 400, 7):
        listed.resize(width, 200)
        listed.doItemsLayout()
        rows = [listed.visualItemRect(listed.item(row)) for row in range(listed.count())]
        assert {below.top() - above.bottom() - 1 for above, below in pairwise(rows)} == {4}

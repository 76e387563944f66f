"""Every control has a name, and Tab goes to each of them as one reads: in the window and in every dialog."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QDialog,
    QLabel,
    QMessageBox,
    QWidget,
)
from ui_hands import Hands

TAB, BACK = Qt.Key.Key_Tab, Qt.Key.Key_Backtab


@pytest.fixture
def window(open_window, project_path):
    return open_window(project_path)


@pytest.fixture
def hands(qtbot, window):
    return Hands(qtbot, window)


def name_of(widget: QWidget) -> str:
    """What a screen reader calls a control: its name, or that of the label it belongs to."""
    interface = QAccessible.queryAccessibleInterface(widget)
    found = interface.text(QAccessible.Text.Name)
    return widget.accessibleName() or found


def controls(root: QWidget) -> list[QWidget]:
    """What can be gone to with Tab, now."""
    return [
        w
        for w in root.findChildren(QWidget)
        if w.isVisible()
        and w.isEnabled()
        and w.window() is root
        and w.focusProxy() is None
        and bool(w.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and not _is_reached_with_arrows(w)
    ]


def _is_reached_with_arrows(widget: QWidget) -> bool:
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group is not None and group.exclusive() and not widget.isChecked()


def ring(key: Qt.Key) -> list[QWidget]:
    """The controls that Tab goes through until it comes back to one."""
    found: list[QWidget] = []
    while (widget := QApplication.focusWidget()) not in found:
        assert widget is not None
        found.append(widget)
        modifier = Qt.KeyboardModifier.ShiftModifier if key == BACK else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(widget, key, modifier)
    assert QApplication.focusWidget() is found[0], f"{name_of(QApplication.focusWidget())} is a trap"
    return found


def check_names(root: QWidget) -> None:
    """Whatever can be pressed or gone to has a name."""
    buttons = [b for b in root.findChildren(QAbstractButton) if b.isVisible() and b.window() is root]
    nameless = [w for w in [*controls(root), *buttons] if not name_of(w).strip()]
    assert not nameless, nameless


def check_order(root: QWidget, areas: list[QWidget] | None = None) -> None:
    """Tab and Shift+Tab reach everything, area by area, and in each area line by line."""
    forth, back = ring(TAB), ring(BACK)
    assert {*forth} == {*back} == {*controls(root)}
    assert forth[1:] == back[:0:-1]
    for area in areas or [root]:
        inside = [area.isAncestorOf(w) for w in forth]
        start = next((n for n, here in enumerate(inside) if here and not inside[n - 1]), 0)
        turned = [w for w in forth[start:] + forth[:start] if area.isAncestorOf(w)]
        assert inside[start:] + inside[:start] == sorted(inside, reverse=True)  # in one go
        for one, following in pairwise(turned):
            if not isinstance(one, QAbstractScrollArea) and _scroller(one) is _scroller(following):
                assert _reads_on(one, following, root), (name_of(one), name_of(following))


def _scroller(widget: QWidget) -> QWidget | None:
    """The scroll area that a control is in: where it stands in there says nothing about what is outside."""
    found = widget.parentWidget()
    while found is not None and not isinstance(found, QAbstractScrollArea):
        found = found.parentWidget()
    return found


def _reads_on(one: QWidget, following: QWidget, root: QWidget) -> bool:
    """Whether the following control stands in a lower line, or further right in the same."""
    a, b = one.mapTo(root, QPoint(0, 0)), following.mapTo(root, QPoint(0, 0))
    lower = b.y() >= a.y() + one.height() - 4
    same = b.y() < a.y() + one.height() and b.y() + following.height() > a.y()
    return lower or (same and b.x() > a.x())


def _claim(hands) -> None:
    hands.to_article()
    hands.view.set_selected_range(*hands.place("Russia agreed"))
    hands.press("C")


def test_the_window(window, hands, qtbot):
    _claim(hands)
    assert window.claims.drawer.isVisible()
    check_names(window)
    panels = [window.claims, window.speakers, window.corrections, window.problems]
    areas = [window.articles, window.pane, *panels, window.status]
    qtbot.waitUntil(lambda: window.checking.fresh)  # or rows would come while Tab goes round
    hands.to_article()
    check_order(window, areas)
    hands.to_article()
    order = ring(TAB)
    of = [next(n for n, area in enumerate(areas) if area.isAncestorOf(w)) for w in order]
    start = next(n for n in range(len(of)) if of[n] == 0 and of[n - 1] != 0)
    assert of[start:] + of[:start] == sorted(of)
    pane = [w for w in order if window.pane.isAncestorOf(w)]
    assert pane[0] is window.pane.view  # the ring began there: the tools come before it
    QTest.keyClick(hands.view, BACK, Qt.KeyboardModifier.ShiftModifier)
    assert window.pane.tools.isAncestorOf(QApplication.focusWidget())


def test_the_window_side_by_side_while_searching(window, hands, qtbot):
    hands.to_article()
    window.pane.set_mode("both")
    hands.press("F", Qt.KeyboardModifier.ControlModifier, saves=False)
    qtbot.waitUntil(window.pane.find_bar.field.hasFocus)
    QTest.keyClicks(window.pane.find_bar.field, "agreed")
    qtbot.waitUntil(window.pane.find_bar.next.isEnabled)
    check_names(window)
    check_order(window, [window.pane])
    assert [view.accessibleName() for view in window.pane.views] == ["Article text", "Article text, corrected"]


@pytest.mark.parametrize(
    "command",
    ["article_details", "find_all", "reading", "shortcuts", "palette", "about", "delete_article"],
)
def test_the_dialogs(window, hands, qtbot, command):
    hands.to_article()
    window.actions_[command].trigger()

    def dialog() -> QWidget | None:
        shown = [w for w in window.findChildren(QDialog) if w.isVisible()]
        return shown[0] if shown else None

    qtbot.waitUntil(lambda: dialog() is not None)
    found = dialog()
    found.activateWindow()
    qtbot.waitUntil(lambda: found.isActiveWindow() and QApplication.focusWidget() is not None)
    check_names(found)
    if not isinstance(found, QMessageBox):
        assert found.windowTitle()
        check_order(found)
    found.close()
    hands.to_article()


def test_rows_are_read_out(window, hands, qtbot):
    _claim(hands)
    hands.press("X", saves=False)
    for table in (window.claims.table, window.speakers.table, window.corrections.table, window.articles.list):
        model = table.model()
        assert table.accessibleName()
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                index = model.index(row, column)
                said = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data(Qt.ItemDataRole.DisplayRole)
                assert str(said or "").strip(), (table.accessibleName(), row, column)
    claim = window.claims.table.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert claim.startswith("Claim 1, no speaker")
    assert "Russia agreed" in claim


def test_numbers_in_badges_say_what_they_count(window):
    for label in window.findChildren(QLabel):
        if label.property("badge") == "true":
            assert label.accessibleName()

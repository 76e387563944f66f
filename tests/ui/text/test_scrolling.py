"""Smooth movement: it ends where a movement at once ends, never lags behind, and stops when something else moves."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from view_samples import claim

LONG = "\n\n".join(f"Paragraph {n} says that the talks would resume on Monday, and so on. " * 9 for n in range(400))
NOTCH = 60
PLAIN, NONE = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase


@pytest.fixture
def smooth(view):
    """The view in the middle of a long text, of which nothing else is laid out yet."""
    view.show_article(LONG, [], [])
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    view.set_caret(view.scene.map.offset(view.article_layout.hitTest(view.to_document(QPointF(400, 300)), FUZZY)))
    view.scrolling.smooth = True
    return view


FUZZY = Qt.HitTestAccuracy.FuzzyHit


def turn(view, delta: int, pixels: int = 0, modifier=PLAIN, phase=NONE) -> None:
    port, point = view.viewport(), QPointF(400, 300)
    event = QWheelEvent(
        point,
        port.mapToGlobal(point),
        QPoint(0, pixels),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        modifier,
        phase,
        False,
    )
    QApplication.sendEvent(port, event)


def words_at(view, y: float) -> int:
    return view.scene.map.offset(view.article_layout.hitTest(view.to_document(QPointF(400, y)), FUZZY))


def height_of(view, offset: int) -> float:
    """Where in the window the line of a character is."""
    return view.article_layout.caret(view.scene.map.position(offset)).middle - view.verticalScrollBar().value()


def rest(view, qtbot) -> None:
    """Let a movement come to its end."""
    if view.scrolling.gliding:
        with qtbot.waitSignal(view.scrolling.rested):
            pass


@pytest.mark.parametrize("notches", [[-1], [1], [-1, -1, -1], [1, 1, 1, 1], [-1, -1, 1]])
def test_the_wheel_moves_smoothly_by_its_notches(smooth, qtbot, notches):
    offset = words_at(smooth, 300)
    before = height_of(smooth, offset)
    heights = []
    smooth.verticalScrollBar().valueChanged.connect(lambda _: heights.append(height_of(smooth, offset)))
    for notch in notches:
        turn(smooth, 120 * notch)
    assert smooth.scrolling.gliding
    assert heights == []
    rest(smooth, qtbot)
    assert height_of(smooth, offset) == pytest.approx(before + NOTCH * sum(notches), abs=1)
    steps = [late - early for early, late in zip([before, *heights], heights, strict=False)]
    assert len(steps) > 2
    assert all(step * sum(notches) >= 0 for step in steps), "it went to and fro"


def test_fine_wheels_and_touchpads_pass_straight_through(smooth):
    bar = smooth.verticalScrollBar()
    for delta, pixels, phase in ((-40, 0, NONE), (-120, -30, NONE), (-120, 0, Qt.ScrollPhase.ScrollUpdate)):
        before = bar.value()
        turn(smooth, delta, pixels, phase=phase)
        assert bar.value() > before
        assert not smooth.scrolling.gliding


def test_motion_that_is_not_wanted_does_not_happen(smooth):
    smooth.scrolling.smooth = False
    bar = smooth.verticalScrollBar()
    before = bar.value()
    turn(smooth, -120)
    assert bar.value() == before + NOTCH
    QTest.keyClick(smooth, Qt.Key.Key_PageDown)
    assert bar.value() > before + 500
    assert not smooth.scrolling.gliding


def test_the_wheel_stops_at_the_ends(smooth, qtbot):
    bar = smooth.verticalScrollBar()
    bar.setValue(40)
    turn(smooth, 120)
    turn(smooth, 120)
    rest(smooth, qtbot)
    assert bar.value() == 0
    turn(smooth, 120)
    rest(smooth, qtbot)
    assert bar.value() == 0


@pytest.mark.parametrize("key", [Qt.Key.Key_PageDown, Qt.Key.Key_PageUp])
def test_pages_end_where_they_would_at_once(smooth, qtbot, key):
    found = []
    for wanted in (False, True):
        smooth.show_article("", [], [])
        smooth.scrolling.smooth = False
        smooth.show_article(LONG, [], [])
        smooth.set_caret(len(LONG) // 2)
        smooth.scrolling.smooth = wanted
        for _ in range(3):  # faster than the movement
            QTest.keyClick(smooth, key)
        assert smooth.scrolling.gliding == wanted
        rest(smooth, qtbot)
        found.append((smooth.caret(), words_at(smooth, 350)))
    assert found[0] == found[1]


@pytest.mark.parametrize("paragraph", [0, 100, 198, 202, 399])
def test_a_mark_is_revealed_where_it_would_be_at_once(smooth, qtbot, paragraph):
    start = LONG.index(f"Paragraph {paragraph} ")
    found = []
    for wanted in (False, True):
        smooth.show_article("", [], [])
        smooth.scrolling.smooth = False
        smooth.show_article(LONG, [], [claim("a", (start, start + 50))])
        smooth.set_caret(len(LONG) // 2)
        smooth.scrolling.smooth = wanted
        smooth.select_mark("a", reveal=True)
        begin = height_of(smooth, start)
        rest(smooth, qtbot)
        assert abs(height_of(smooth, start) - begin) <= 2 * smooth.viewport().height()
        assert 0 <= height_of(smooth, start) <= smooth.viewport().height()
        found.append(round(height_of(smooth, start)))
    assert found[0] == pytest.approx(found[1], abs=1)


def test_other_movement_ends_it(smooth, qtbot):
    bar = smooth.verticalScrollBar()
    for move in (
        lambda: bar.setValue(bar.value() + 500),
        lambda: QTest.mouseClick(smooth.viewport(), Qt.MouseButton.LeftButton, PLAIN, QPoint(400, 300)),
        lambda: smooth.set_caret(0),
        lambda: smooth.show_article("Short.", [], []),
    ):
        turn(smooth, -120)
        assert smooth.scrolling.gliding
        with qtbot.waitSignal(smooth.scrolling.rested):
            move()
        assert not smooth.scrolling.gliding
        smooth.show_article(LONG, [], [])

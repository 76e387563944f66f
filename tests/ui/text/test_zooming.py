"""Gestures on the article: the wheel with Ctrl, pinches on a touchpad and on a touch screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from view_samples import Hand

LONG = "\n\n".join(f"Paragraph {n} says that the talks would resume on Monday, and so on. " * 6 for n in range(60))
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def long_view(view):
    """The view somewhere in a long text; whoever asks for another size gets it, as in the window."""
    view.show_article(LONG, [], [])
    view.zoom_requested.connect(lambda steps: view.set_zoom(view.zoom() + 0.25 * steps))
    view.zoom_scaled.connect(lambda factor: view.set_zoom(view.zoom() * factor))
    view.verticalScrollBar().setValue(2500)
    return view


def turn(view, point: QPoint, delta: int, modifier=CONTROL) -> None:
    port = view.viewport()
    event = QWheelEvent(
        QPointF(point),
        QPointF(port.mapToGlobal(point)),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(port, event)


def pinch_pad(view, point: QPoint, kind, value: float) -> None:
    port = view.viewport()
    at, device = QPointF(point), QPointingDevice.primaryPointingDevice()
    there = QPointF(port.mapToGlobal(point))
    QApplication.sendEvent(port, QNativeGestureEvent(kind, device, 2, at, at, there, value, QPointF()))


def line_at(view, point: QPoint) -> tuple[int, float]:
    """The character under a point, and how far its line's middle is from it."""
    layout = view.article_layout
    position = layout.hitTest(view.to_document(QPointF(point)), Qt.HitTestAccuracy.FuzzyHit)
    middle = layout.caret(position).middle - view.verticalScrollBar().value()
    return view.scene.map.offset(position), middle - point.y()


def is_still_at(view, offset: int, point: QPoint) -> bool:
    """Whether the point is on the character's line or in the space around it."""
    run = view.article_layout.caret(view.scene.map.position(offset))
    body = view.scene.typography.body
    y = point.y() + view.verticalScrollBar().value()
    return abs(run.middle - y) <= body.line / 2 + body.gap


@pytest.mark.parametrize("y", [40, 350, 640])
def test_the_words_under_the_pointer_stay_there(long_view, y):
    point = QPoint(400, y)
    offset, _ = line_at(long_view, point)
    for delta in (120, 120, 120, -120, -120, -240, 120):
        turn(long_view, point, delta)
        assert is_still_at(long_view, offset, point)
    assert long_view.zoom() == 1.0


def test_fine_wheels_add_up_to_notches(long_view, qtbot):
    for _ in range(7):
        turn(long_view, QPoint(400, 300), 15)
    assert long_view.zoom() == 1.0
    turn(long_view, QPoint(400, 300), 15)
    assert long_view.zoom() == 1.25
    for _ in range(4):
        turn(long_view, QPoint(400, 300), 20)
    turn(long_view, QPoint(400, 300), -60)  # the other way: what was begun does not count
    assert long_view.zoom() == 1.25
    turn(long_view, QPoint(400, 300), -60)
    assert long_view.zoom() == 1.0


def test_a_pinch_on_a_touchpad(long_view):
    point, kinds = QPoint(400, 300), Qt.NativeGestureType
    offset, _ = line_at(long_view, point)
    pinch_pad(long_view, point, kinds.BeginNativeGesture, 0)
    for _ in range(40):
        pinch_pad(long_view, point, kinds.ZoomNativeGesture, 0.01)
    assert long_view.zoom() == pytest.approx(1.01**40, rel=0.03)
    assert is_still_at(long_view, offset, point)
    for _ in range(40):
        pinch_pad(long_view, point, kinds.ZoomNativeGesture, -0.01)
    assert long_view.zoom() == pytest.approx(1.0, rel=0.03)
    assert is_still_at(long_view, offset, point)
    pinch_pad(long_view, point, kinds.EndNativeGesture, 0)


@pytest.mark.parametrize("leisurely", [False, True])
def test_a_pinch_on_a_touch_screen_selects_nothing(long_view, qtbot, leisurely):
    view, port, device = long_view, long_view.viewport(), QTest.createTouchDevice()
    offset, _ = line_at(view, QPoint(350, 300))
    clicks, settled = [], []
    view.background_clicked.connect(lambda: clicks.append(1))
    view.article_layout.settled.connect(lambda: settled.append(1))

    def fingers(move: str, apart: int) -> None:
        before = view.zoom()
        settled.clear()
        event = QTest.touchEvent(port, device)
        for number, x in enumerate((350 - apart, 350 + apart)):
            getattr(event, move)(number, QPoint(x, 300), port)
        event.commit()
        QApplication.processEvents()
        if leisurely and view.zoom() != before:  # between two moves every height above becomes known
            qtbot.waitUntil(lambda: bool(settled))

    fingers("press", 50)
    for apart in range(52, 110, 6):
        fingers("move", apart)
    fingers("release", 100)
    assert view.zoom() == pytest.approx(2.0, rel=0.2)
    assert is_still_at(view, offset, QPoint(350, 300))
    assert not view.textCursor().hasSelection()
    assert clicks == []
    view.setFocus()
    hand = Hand(view)
    hand.drag(QPoint(300, 300), QPoint(500, 300))  # the mouse selects again
    assert view.textCursor().hasSelection()


def test_zooming_by_keys_keeps_the_line_of_the_caret(long_view):
    view = long_view
    offset, _ = line_at(view, QPoint(400, 500))
    view.set_caret(offset)
    y = view.cursorRect().center().y()
    assert y > 400
    for zoom in (1.5, 2.0, 0.75, 1.0):
        view.set_zoom(zoom)
        assert abs(view.cursorRect().center().y() - y) <= 6
    view.verticalScrollBar().setValue(6000)  # the caret is out of sight: the top of the window stays
    top = line_at(view, QPoint(90, 1))[0]
    view.set_zoom(2.0)
    assert is_still_at(view, top, QPoint(90, 1))


def test_at_its_beginning_the_article_begins_at_every_size(long_view):
    long_view.set_caret(0)
    long_view.verticalScrollBar().setValue(0)
    for zoom in (2.0, 0.5, 1.0):
        long_view.set_zoom(zoom)
        assert long_view.verticalScrollBar().value() == 0

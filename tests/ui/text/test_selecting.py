"""Selecting with the real mouse and keyboard, in code points of the source text."""

from __future__ import annotations

import pytest
from effort import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from view_samples import ARTICLE, claim, pieces_of, segments_of, span

from annotator.model import Segment
from annotator.text.anchors import snap

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def selected(view) -> str:
    start, end = view.selected_range()
    return ARTICLE[start:end]


@pytest.mark.parametrize(
    "words",
    [
        "talks would resume",
        "nobody had\nobjected",
        "\U0001f600 nobody",
        "Marti\u0301n, denied",
        "Envoy Says Talks\nWill",
    ],
)
def test_a_drag_selects_the_words_under_it(shown, hand, qtbot, words):
    start, end = span(words)
    with qtbot.waitSignal(shown.selection_changed):
        hand.drag(hand.at(start), hand.at(end, after=True))
    assert selected(shown) == words


def test_a_drag_across_paragraphs(shown, hand):
    start, end = span("is known.")[0], span('"Twe')[1]
    hand.drag(hand.at(start), hand.at(end, after=True))
    assert selected(shown) == ARTICLE[start:end]


def test_a_double_click_takes_the_word_and_a_third_click_the_sentence(shown, hand):
    point = hand.at(span("spokesman")[0] + 3)
    QTest.mouseDClick(shown.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
    assert selected(shown) == "spokesman"
    hand.click(point)
    assert selected(shown) == "A spokesman, Jos\u00e9e Marti\u0301n, denied it."


@pytest.mark.parametrize("before", [(5, 5), (5, 30)], ids=["caret", "words"])
def test_shift_and_a_click_select_also_in_a_text_that_came_after_a_double_click(shown, hand, before):
    """Qt would go on with the word that was clicked in the text before."""
    point = hand.at(span("spokesman")[0] + 3)
    QTest.mouseDClick(shown.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
    other = "Some other text that has no such place."
    shown.show_article(other, [Segment("body", 0, len(other))], [])
    shown.set_selected_range(*before)
    hand.click(hand.at(other.index("text")), modifier=SHIFT)
    assert shown.selected_range() == (5, other.index("text"))


def test_a_drag_inside_a_selection_starts_a_new_one(shown, hand):
    shown.set_selected_range(*span("talks would resume on Monday"))
    start, end = span("would")
    hand.drag(hand.at(start), hand.at(end, after=True))
    assert selected(shown) == "would"


def test_arrows_and_their_modifiers(shown, qtbot):
    shown.set_caret(span("talks would")[0])
    moves = [
        (Qt.Key.Key_Right, SHIFT, "t"),
        (Qt.Key.Key_Right, SHIFT | CONTROL, "talks "),
        (Qt.Key.Key_End, SHIFT, ARTICLE[span("talks would")[0] : shown_line_end(shown)]),
    ]
    for key, modifier, expected in moves:
        QTest.keyClick(shown, key, modifier)
        assert selected(shown) == expected
    QTest.keyClick(shown, Qt.Key.Key_Home)
    assert shown.selected_range() == (shown.caret(),) * 2
    line = shown.caret()
    QTest.keyClick(shown, Qt.Key.Key_Down)
    assert shown.caret() > line
    QTest.keyClick(shown, Qt.Key.Key_Up)
    assert shown.caret() == line
    QTest.keyClick(shown, Qt.Key.Key_End, CONTROL)
    assert shown.caret() == len(ARTICLE)
    QTest.keyClick(shown, Qt.Key.Key_Home, CONTROL)
    assert shown.caret() == 0


def shown_line_end(view) -> int:
    """The end of the line that the caret stands in, from the layout."""
    block = view.textCursor().block()
    line = block.layout().lineForTextPosition(view.textCursor().positionInBlock())
    last = block.position() + line.textStart() + line.textLength()
    return view.scene.map.offset(last - 1)


def test_one_key_press_leaves_a_paragraph(shown):
    """Between two paragraphs lie several line ends, but the caret stops only once on either side."""
    end = span("April 20,2018")[1]
    shown.set_caret(end - 1)
    QTest.keyClick(shown, Qt.Key.Key_Right)
    assert shown.caret() == end
    QTest.keyClick(shown, Qt.Key.Key_Right)
    assert shown.caret() == span("The envoy")[0]
    QTest.keyClick(shown, Qt.Key.Key_Left)
    assert shown.caret() == end


def test_page_down_reaches_the_end_and_scrolls(shown):
    shown.resize(850, 200)
    shown.set_caret(0)
    for _ in range(6):
        QTest.keyClick(shown, Qt.Key.Key_PageDown)
    assert shown.caret() >= span('"Twe')[0]
    assert shown.verticalScrollBar().value() > 0
    for _ in range(6):
        QTest.keyClick(shown, Qt.Key.Key_PageUp)
    assert shown.caret() < span("April")[0]


def test_the_caret_is_painted_where_it_stands(shown):
    start = span("would resume")[0]
    before = shown.grab().toImage()
    shown.set_caret(start)
    QTest.keyClick(shown, Qt.Key.Key_Right)
    run = shown.article_layout.caret(shown.textCursor().position())
    after = shown.grab().toImage()
    point = QPoint(round(run.left), round(run.middle))
    assert after.pixelColor(point) != before.pixelColor(point)
    assert after.pixelColor(point).blue() > after.pixelColor(point).red() + 50


@pytest.mark.parametrize(
    "key", [Qt.Key.Key_C, Qt.Key.Key_S, Qt.Key.Key_Plus, Qt.Key.Key_BracketLeft, Qt.Key.Key_Question]
)
def test_single_keys_reach_the_windows_actions(shown, qtbot, key):
    action = QAction(shown)
    action.setShortcut(QKeySequence(key))
    shown.addAction(action)
    with qtbot.waitSignal(action.triggered):
        QTest.keyClick(shown, key)


@pytest.mark.parametrize("words", ["\U0001f600 nobody had\nobjected", "Envoy Says Talks\nWill Resume\n\nApril"])
def test_copies_the_source_text(shown, words):
    shown.set_selected_range(*span(words))
    QTest.keyClick(shown, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == words


def test_corrected_view_selects_the_source(shown, hand):
    pieces = pieces_of(ARTICLE, ("Twe", "I do"), ("20,2018", "20, 2018"))
    shown.show_article(ARTICLE, segments_of(ARTICLE), [claim("a", span("hope so"))], pieces)
    hand.drag(hand.at(span("Twe")[0]), hand.at(span("hope")[1], after=True))
    assert selected(shown) == "Twe hope"
    QTest.keyClick(shown, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "I do hope"
    assert shown.marks_at(hand.at(span("hope")[0]).toPointF()) == ("a",)


def test_another_mode_keeps_selection_and_choice(shown):
    pieces = pieces_of(ARTICLE, ("20,2018", "20, 2018"))
    marks = [claim("a", span("hope so"))]
    shown.show_article(ARTICLE, segments_of(ARTICLE), marks)
    shown.select_mark("a")
    shown.set_selected_range(*span("denied it"))
    shown.show_article(ARTICLE, segments_of(ARTICLE), marks, pieces)
    assert selected(shown) == "denied it"
    assert shown.selected_id() == "a"


WORDS = [
    "word ",
    "two\nlines ",
    "\U0001f600",
    "\U00020001\U00020002",
    "e\u0301",
    "שלום ",
    "عربي ",
    "\u2028",
    "\xa0",
    "\t",
    "\n\n",
    "👩‍👩‍👧",
    "漢字",
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(20))
@given(st.lists(st.sampled_from(WORDS), max_size=25).map("".join), st.data())
def test_any_range_of_any_text_comes_back(view, text, data):
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    view.show_article(text, [Segment("body", 0, len(text))] if text else [], [])
    view.set_selected_range(start, end)
    low, high = snap(text, start, end)
    found = view.selected_range()
    if start == end:
        assert found[0] == found[1]
        return
    lost = text[low : found[0]] + text[found[1] : high]
    assert low <= found[0] <= found[1] <= high
    assert not lost.strip()
    view.set_caret(start)
    assert text[min(start, view.caret()) : max(start, view.caret())].strip() == ""

"""Labels made in the source text, in the corrected text and on either side land on the same source."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from ui_hands import LEFT, PLAIN, Hands
from ui_samples import seed
from view_hands import TEXT, bars, correct, show, to_right

from annotator.services import corrections

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def hands(qtbot, open_window, tmp_path):
    path = tmp_path / "three.annotator"
    seed(path, TEXT, "Another article.\n\nIt has two paragraphs.\n")
    return Hands(qtbot, open_window(path))


@pytest.mark.parametrize("where", ["source", "corrected", "left", "right"])
def test_a_claim_has_the_same_span_wherever_it_is_made(hands, where):
    correct(hands, "ministrty", "ministry", 2)
    show(hands, "both" if where in ("left", "right") else where)
    if where == "right":
        to_right(hands)
    start, end = hands.place("the ministrty of foriegn", 2)
    hands.view.set_caret(start)
    while hands.view.selected_range()[1] < end:
        QTest.keyClick(hands.view, Qt.Key.Key_Right, SHIFT)
    hands.press("c")
    (claim,) = hands.ws.claims.values()
    assert [(s.start, s.end) for s in claim.spans] == [(start, end)]
    for view in hands.window.pane.sides.shown:
        assert view.scene.index.get(claim.id) is not None
        assert view.selected_id() == claim.id


@pytest.mark.parametrize("side", [0, 1])
def test_a_handle_dragged_on_either_side_moves_the_boundary_in_the_source(hands, side):
    correct(hands, "foriegn", "foreign", 1)
    show(hands, "both")
    hands.window.pane.views[side].setFocus()
    start, end = hands.place("ministrty", 1)
    hands.view.set_selected_range(start, end)
    hands.press("c")
    target = hands.place("affairs", 1)[1]
    hands.drag(hands.handle(0, "end"), hands.at(target, after=True))
    (claim,) = hands.ws.claims.values()
    assert [(s.start, s.end) for s in claim.spans] == [(start, target)]


def test_a_handle_dragged_into_a_replacement_takes_all_of_it(hands):
    correct(hands, "foriegn", "foreign", 1)
    show(hands, "corrected")
    start, end = hands.place("ministrty", 1)
    hands.view.set_selected_range(start, end)
    hands.press("c")
    shown = hands.view.scene.map.place(*hands.place("foriegn", 1))
    run = hands.view.article_layout.caret(shown[0] + 3)
    goal = hands.at(end)
    goal.setX(round(run.left))
    hands.drag(hands.handle(0, "end"), goal)
    (claim,) = hands.ws.claims.values()
    assert claim.spans[0].end == hands.place("foriegn", 1)[1]


def test_a_click_on_either_side_selects_the_claim_on_both(hands):
    show(hands, "both")
    hands.view.set_selected_range(*hands.place("foriegn affairs"))
    hands.press("c")
    (claim_id,) = hands.ws.claims
    for view in reversed(hands.window.pane.views):
        hands.window.selection.clear()
        start, end = hands.place("foriegn affairs")
        run = view.article_layout.caret(view.scene.map.position((start + end) // 2))
        point = view.viewport().rect().topLeft()
        point.setX(round(run.left) + 2)
        point.setY(round(run.middle) - view.verticalScrollBar().value())
        QTest.mouseClick(view.viewport(), LEFT, PLAIN, point)
        assert hands.view is view
        assert hands.window.selection.id == claim_id
        assert [v.selected_id() for v in hands.window.pane.views] == [claim_id] * 2


@pytest.mark.parametrize("side", [0, 1])
def test_the_context_menu_of_either_side_marks_the_words_selected_there(hands, side):
    correct(hands, "ministrty", "department")
    show(hands, "both")
    hands.window.pane.views[side].setFocus()
    start, end = hands.place("foriegn affairs")
    hands.view.set_selected_range(start, end)
    menu = hands.context_menu(start + 3)
    with hands.qtbot.waitSignal(hands.store.saved):
        hands.take(menu, "Mark Claim")
    (claim,) = hands.ws.claims.values()
    assert [(s.start, s.end) for s in claim.spans] == [(start, end)]


def test_clicking_the_other_side_while_finding_does_not_scroll_away(hands):
    show(hands, "both")
    bar = hands.window.pane.find_bar
    QTest.keyClick(hands.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    hands.enter(bar.field, "Paragraph 39", end=Qt.Key.Key_Return)
    bars(hands)[0].setValue(0)
    hands.window.pane.views[1].setFocus()
    hands.window.pane.sides.activate(hands.window.pane.views[1])
    assert bars(hands)[0].value() == 0
    assert bar.places[0] == hands.place("Paragraph 39")


def test_words_that_a_correction_put_in_are_refused_in_one_sentence(hands):
    start = hands.place("foriegn")[0]
    with hands.qtbot.waitSignal(hands.store.saved):
        hands.store.edit(corrections.mark(hands.ws, [(start, start)], "very ", hands.store.author))
    show(hands, "corrected")
    shown = hands.view.toPlainText().index("very ")
    hands.view.set_caret(start)
    cursor = hands.view.textCursor()
    cursor.setPosition(shown)
    cursor.setPosition(shown + 4, cursor.MoveMode.KeepAnchor)
    hands.view.setTextCursor(cursor)
    for key in ("c", "s"):
        hands.press(key, saves=False)
        assert hands.window.status.selected.text() == (
            "A correction put these words in; select words of the source text as well."
        )
    assert hands.ws.claims == hands.ws.mentions == {}
    hands.press("x", saves=False)  # but what was put in can be put otherwise
    assert hands.window.prompt.field.text() == "very "
    hands.answer("")
    assert hands.ws.corrections == {}


# -- correcting ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["source", "corrected", "both"])
def test_x_on_a_corrected_word_changes_its_correction(hands, mode):
    record = correct(hands, "ministrty", "minstry")
    show(hands, mode)
    if mode == "both":
        to_right(hands)
    hands.view.set_selected_range(*hands.place("ministrty"))
    hands.press("x", saves=False)
    assert hands.window.prompt.field.text() == "minstry"
    hands.answer("ministry")
    (after,) = hands.ws.corrections.values()
    assert (after.id, after.replacement) == (record.id, "ministry")
    hands.press("x", saves=False)
    hands.answer("ministrty")  # as the source reads: nothing is corrected any more
    assert hands.ws.corrections == {}


def test_x_over_more_than_a_corrected_word_takes_the_correction_along(hands):
    record = correct(hands, "ministrty", "ministry")
    show(hands, "corrected")
    hands.view.set_selected_range(*hands.place("ministrty of foriegn"))
    hands.press("x", saves=False)
    assert hands.window.prompt.field.text() == "ministry of foriegn"
    hands.answer("ministry of foreign")
    (after,) = hands.ws.corrections.values()
    assert (after.id, after.replacement) == (record.id, "ministry of foreign")
    assert after.spans[0].exact == "ministrty of foriegn"

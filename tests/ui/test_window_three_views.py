"""The article three ways: source, corrected, side by side. Labels made in each of them land on the source."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from ui_hands import LEFT, PLAIN, Hands
from ui_samples import seed

from annotator.services import corrections
from ui.sides import STACKED_BELOW

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")

SHIFT = Qt.KeyboardModifier.ShiftModifier
LINES = [
    f"Paragraph {n} says that the ministrty of foriegn affairs would answer {n} letters. " * (1 + n % 4)
    for n in range(40)
]
TEXT = "The headline\n\n" + "\n\n".join(line.strip() for line in LINES) + "\n"


@pytest.fixture
def hands(qtbot, open_window, tmp_path):
    path = tmp_path / "three.annotator"
    seed(path, TEXT, "Another article.\n\nIt has two paragraphs.\n")
    return Hands(qtbot, open_window(path))


def correct(hands, words, replacement, occurrence=0):
    start, end = hands.place(words, occurrence)
    with hands.qtbot.waitSignal(hands.store.saved):
        hands.store.edit(corrections.mark(hands.ws, [(start, end)], replacement, hands.store.author))
    return next(c for c in hands.ws.corrections.values() if c.spans[0].start == start)


def show(hands, mode):
    hands.to_article()
    for _ in range(3):
        if hands.window.pane.mode != mode:
            hands.press("v", saves=False)
    assert hands.window.pane.mode == mode


def to_right(hands):
    hands.window.pane.views[1].setFocus()
    hands.qtbot.waitUntil(lambda: hands.view is hands.window.pane.views[1])


def tops(hands, words, occurrence=0):
    """How high the beginning of these words stands in both views, in the window."""
    start = hands.place(words, occurrence)[0]
    found = []
    for view in hands.window.pane.views * 2:  # the second time both are laid out
        run = view.article_layout.caret(view.scene.map.position(start))
        at = view.viewport().mapTo(hands.window, view.viewport().rect().topLeft())
        found.append(at.y() + run.top - view.verticalScrollBar().value())
    return found[2:]


def bars(hands):
    return [view.verticalScrollBar() for view in hands.window.pane.views]


# -- one key ----------------------------------------------------------------------------------------------------


def test_one_key_steps_through_the_three_views(hands):
    pane, actions = hands.window.pane, hands.window.actions_
    seen = []
    for _ in range(4):
        seen.append((pane.mode, pane.tools.modes.key, [view.isVisible() for view in pane.views]))
        checked = [mode for mode in ("source", "corrected", "both") if actions[f"view_{mode}"].isChecked()]
        assert checked == [pane.mode]
        hands.press("v", saves=False)
    assert seen[:3] == [
        ("source", "source", [True, False]),
        ("corrected", "corrected", [True, False]),
        ("both", "both", [True, True]),
    ]
    assert seen[3] == seen[0]


def test_menu_and_buttons_choose_a_view_and_the_next_session_shows_it(hands, open_window, tmp_path):
    pane = hands.window.pane
    hands.menu("View", "Side by Side")
    assert pane.mode == "both"
    hands.click(pane.tools.modes.button("corrected"))
    assert pane.mode == "corrected"
    hands.click(pane.tools.modes.button("both"))
    window = open_window(tmp_path / "three.annotator")
    assert window.pane.mode == "both"
    assert [view.toPlainText() != "" for view in window.pane.views] == [True, True]


def test_the_place_is_kept_from_view_to_view(hands):
    correct(hands, "Paragraph 3 ", "A much longer beginning of the third paragraph ")
    start = hands.place("Paragraph 25")[0]
    hands.view.set_caret(start)
    for mode in ("corrected", "both", "source", "corrected", "both"):
        show(hands, mode)
        assert hands.view.caret() == start
        for view in hands.window.pane.sides.shown:
            run = view.article_layout.caret(view.scene.map.position(start))
            assert (
                0
                <= run.top - view.verticalScrollBar().value()
                < run.bottom - view.verticalScrollBar().value()
                < view.viewport().height()
            )


def test_what_was_selected_on_the_right_stays_selected_in_the_source(hands):
    correct(hands, "ministrty", "ministry")
    show(hands, "both")
    to_right(hands)
    words = hands.place("foriegn affairs", 4)
    hands.view.set_selected_range(*words)
    hands.press("v", saves=False)
    assert hands.window.pane.mode == "source"
    assert hands.view is hands.window.pane.views[0]
    assert hands.view.hasFocus()
    assert hands.view.selected_range() == words


# -- aligned ----------------------------------------------------------------------------------------------------


def test_what_belongs_together_stands_at_the_same_height_wherever_one_scrolls(hands):
    correct(
        hands, "Paragraph 2 ", "Something that is so much longer that the lines of this paragraph break differently, "
    )
    correct(hands, "Paragraph 7 says that the ministrty of foriegn affairs", "It")
    correct(hands, LINES[11].strip() + "\n\n", "")
    correct(hands, "\n\nParagraph 15", " And so")
    show(hands, "both")
    left, right = bars(hands)
    for value in (0, left.maximum() // 2, left.maximum()):
        left.setValue(value)
        hands.qtbot.wait(0)
        assert right.value() == left.value()
        assert right.maximum() == left.maximum()
    for name in ("Paragraph 3", "Paragraph 8", "Paragraph 12", "Paragraph 16", "Paragraph 39"):
        one, other = tops(hands, name)
        assert one == other
    right.setValue(right.maximum() // 3)
    assert left.value() == right.value()


def test_a_wheel_over_either_side_scrolls_both(hands):
    show(hands, "both")
    for _ in range(3):
        QTest.keyClick(hands.window.pane.views[0], Qt.Key.Key_PageDown)
    left, right = bars(hands)
    assert left.value() == right.value() > 0


def test_a_correction_made_or_taken_back_aligns_anew_and_keeps_the_place(hands):
    show(hands, "both")
    hands.view.set_caret(hands.place("Paragraph 20")[0])
    left, right = bars(hands)
    before = tops(hands, "Paragraph 19 ")
    record = correct(hands, "Paragraph 19 ", "The longest beginning that any paragraph of this article ever had, " * 3)
    assert "ever had" in hands.window.pane.views[1].toPlainText()
    one, other = tops(hands, "Paragraph 20")
    assert one == other
    assert tops(hands, "Paragraph 19 ") == pytest.approx(before)
    assert left.value() == right.value() > 0
    hands.window.selection.select("correction", record.id, reveal=False)
    hands.press(Qt.Key.Key_Delete)
    assert hands.ws.corrections == {}
    assert "ever had" not in hands.window.pane.views[1].toPlainText()
    assert tops(hands, "Paragraph 20")[0] == tops(hands, "Paragraph 20")[1]
    assert tops(hands, "Paragraph 19 ") == pytest.approx(before)
    assert left.value() == right.value()


@pytest.mark.parametrize("text", ["", "\n\n", "One line."])
def test_little_or_no_text_stands_beside_itself(hands, qtbot, open_window, tmp_path, text):
    seed(tmp_path / "little.annotator", text)
    window = open_window(tmp_path / "little.annotator")
    assert window.pane.mode == "source"
    window.pane.set_mode("both")
    assert [view.toPlainText().strip() for view in window.pane.views] == [text.strip()] * 2


def test_a_narrow_column_stacks_the_views_and_a_wide_one_parts_them_again(hands, qtbot):
    show(hands, "both")
    window, (first, second) = hands.window, hands.window.pane.views
    assert first.geometry().top() == second.geometry().top()
    assert abs(first.article_layout.measure - second.article_layout.measure) <= 2
    window.resize(920, 700)
    qtbot.waitUntil(lambda: window.pane.sides.width() < STACKED_BELOW)
    qtbot.waitUntil(lambda: second.geometry().top() > first.geometry().bottom())
    assert first.width() == second.width()
    hands.view.set_caret(hands.place("Paragraph 20")[0])
    assert bars(hands)[0].value() == bars(hands)[1].value() > 0
    window.resize(1500, 900)
    qtbot.waitUntil(lambda: first.geometry().top() == second.geometry().top())
    one, other = tops(hands, "Paragraph 20")
    assert one == other


# -- labelling in each --------------------------------------------------------------------------------------------


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


# -- from side to side --------------------------------------------------------------------------------------------


def test_f6_crosses_to_the_same_words_and_the_status_bar_follows(hands, qtbot):
    correct(hands, "ministrty", "department")
    show(hands, "both")
    left, right = hands.window.pane.views
    words = hands.place("foriegn affairs", 2)
    hands.view.set_selected_range(*words)
    assert right.scene.mirror == right.scene.map.place(*words)
    hands.press(Qt.Key.Key_F6, saves=False)
    qtbot.waitUntil(right.hasFocus)
    assert hands.view is right
    assert right.selected_range() == words
    assert not left.has_selection()
    assert left.scene.mirror == words
    QTest.keyClick(right, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert hands.window.status.place.text().startswith("Character 0 ")
    hands.press(Qt.Key.Key_F6, saves=False)
    qtbot.waitUntil(left.hasFocus)
    assert hands.view.caret() == 0


def test_found_words_show_on_both_sides_and_the_text_of_the_active_side_is_searched(hands, qtbot):
    correct(hands, "ministrty", "department")
    show(hands, "both")
    bar = hands.window.pane.find_bar
    QTest.keyClick(hands.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    hands.enter(bar.field, "department", end=None)
    bar.search()
    assert bar.places == []
    to_right(hands)
    assert bar.places == [hands.place("ministrty")]
    assert [len(view.scene.finds.ranges) for view in hands.window.pane.views] == [1, 1]


def test_another_article_is_shown_in_both_and_its_place_is_remembered(hands, qtbot):
    first, second = (summary.article.id for summary in hands.store.tally.ordered())
    show(hands, "both")
    hands.view.set_caret(hands.place("Paragraph 30")[0])
    place = hands.view.caret()
    for article in (second, first):
        with qtbot.waitSignal(hands.store.article_opened):
            hands.window.article_commands.open(article)
    assert hands.view.caret() == place
    assert bars(hands)[0].value() == bars(hands)[1].value() > 0
    one, other = tops(hands, "Paragraph 30")
    assert one == other


def test_zoom_and_theme_keep_both_aligned(hands):
    correct(
        hands, "Paragraph 2 ", "Something that is so much longer that the lines of this paragraph break differently, "
    )
    show(hands, "both")
    hands.view.set_caret(hands.place("Paragraph 20")[0])
    hands.window.settings.set("zoom", 150)
    hands.window.looks.toggle()
    one, other = tops(hands, "Paragraph 20")
    assert one == other
    assert bars(hands)[0].value() == bars(hands)[1].value()
    assert bars(hands)[0].maximum() == bars(hands)[1].maximum()

"""The article three ways: source, corrected, side by side. Both sides stay aligned, and the place is kept."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from ui_hands import Hands
from ui_samples import seed
from view_hands import LINES, TEXT, bars, correct, show, to_right, tops

from ui.article.sides import NARROWEST

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")


@pytest.fixture
def hands(qtbot, open_window, tmp_path):
    path = tmp_path / "three.annotator"
    seed(path, TEXT, "Another article.\n\nIt has two paragraphs.\n")
    return Hands(qtbot, open_window(path))


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
    qtbot.waitUntil(lambda: second.geometry().top() > first.geometry().bottom())
    assert first.width() == second.width()
    hands.view.set_caret(hands.place("Paragraph 20")[0])
    assert bars(hands)[0].value() == bars(hands)[1].value() > 0
    window.resize(1500, 900)
    qtbot.waitUntil(lambda: first.geometry().top() == second.geometry().top())
    one, other = tops(hands, "Paragraph 20")
    assert one == other


def test_large_text_has_lines_long_enough_to_read(hands, qtbot):
    """Words are not cut: first the numbers give their room, then the views stand one above the other."""
    show(hands, "both")
    window, (first, second) = hands.window, hands.window.pane.views
    window.resize(1280, 800)
    start = hands.place("Paragraph 20")[0]
    ways = {}
    for percent in (100, 125, 200):
        window.pane.set_zoom(percent)
        hands.view.set_caret(start)
        least = NARROWEST * first.reading().size * percent / 100
        assert first.article_layout.measure >= least - 1
        assert second.article_layout.measure >= least - 1
        below = second.geometry().top() > first.geometry().bottom()
        ways[percent] = "below" if below else "slim" if first.scene.slim else "numbered"
        if not below:
            assert len(set(tops(hands, "Paragraph 20"))) == 1
    assert ways == {100: "numbered", 125: "slim", 200: "below"}
    window.pane.set_zoom(125)
    show(hands, "source")
    assert not first.scene.slim


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

"""What is put off, or done elsewhere, so that a large article does not hold up the window, comes out the same."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from ui_hands import Hands
from ui_samples import seed

from annotator.services import annotate, corrections

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")
TEXT = "A headline.\n\n" + "Papa and Anna ran past a barn as a gala began.\n" * 1500
LETTERS = TEXT.lower().count("a")


@pytest.fixture
def hands(qtbot, open_window, tmp_path):
    path = tmp_path / "large.annotator"
    seed(path, TEXT, "Another article.\n")
    return Hands(qtbot, open_window(path))


# -- finding ----------------------------------------------------------------------------------------------------


def find(hands, words):
    bar = hands.window.pane.find_bar
    hands.window.pane.find_words()
    bar.field.setText(words)
    bar.search()
    return bar


def test_what_is_found_thousands_of_times_is_found_while_the_window_goes_on(qtbot, hands):
    bar = find(hands, "a")
    assert bar.count.text() == ""  # the window has its turn before all is found
    with qtbot.waitSignal(bar.counted):
        pass
    assert bar.count.text() == f"1 of {LETTERS:,}"
    assert bar.places == [(i, i + 1) for i, letter in enumerate(TEXT.lower()) if letter == "a"]


def test_enter_goes_to_the_first_place_although_not_all_are_found(hands):
    bar = find(hands, "a")
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert hands.view.selected_range() == (0, 1)
    assert bar.count.text() == f"1 of {LETTERS:,}"


def test_other_words_end_the_search_for_those_before(qtbot, hands):
    find(hands, "a")
    bar = find(hands, "headline")
    assert bar.count.text() == "1 of 1"
    with qtbot.assertNotEmitted(bar.counted, wait=50):
        pass
    assert bar.places == [(2, 10)]


def test_a_closed_bar_finds_no_more(qtbot, hands):
    bar = find(hands, "a")
    bar.close_bar()
    with qtbot.assertNotEmitted(bar.counted, wait=50):
        pass
    assert not hands.view.scene.finds.ranges


# -- opening and switching --------------------------------------------------------------------------------------


def test_an_article_is_made_ready_on_the_database_thread(qtbot, hands):
    window, store, seen = hands.window, hands.window.store, []
    first = store.workspace.article.id
    with qtbot.waitSignal(store.saved):
        store.edit(annotate.mark_claim(store.workspace, [(2, 10)], store.author))
    make_ready = store.make_ready

    def watched(document, filed):
        seen.append((threading.current_thread(), make_ready(document, filed)))
        return seen[-1][1]

    store.make_ready = watched
    for article_id in (store.tally.ordered()[1].article.id, first):
        with qtbot.waitSignal(store.article_opened):
            store.open_article(article_id)
    assert threading.main_thread() not in [thread for thread, _ in seen]
    assert window.pane.view.scene.map is seen[-1][1].source
    (claim,) = store.workspace.claims
    assert [placed.mark.id for placed in window.pane.view.scene.index] == [claim]
    assert store.outline.claims.ids() == [claim]


def test_edits_since_it_was_opened_are_in_every_view_of_an_article(hands):
    store, pane = hands.window.store, hands.window.pane
    store.edit(annotate.mark_claim(store.workspace, [(2, 10)], store.author))
    store.edit(annotate.mark_mention(store.workspace, [(13, 17)], store.author))
    store.edit(corrections.mark(store.workspace, [(22, 26)], "Hanna", store.author))
    wanted = {*store.workspace.claims, *store.workspace.mentions, *store.workspace.corrections}
    for mode in ("corrected", "both", "source"):
        pane.set_mode(mode)
        for view in pane.sides.shown:
            assert {placed.mark.id for placed in view.scene.index} == wanted
    store.undo()
    pane.set_mode("both")
    for view in pane.sides.shown:
        assert {placed.mark.id for placed in view.scene.index} == {*store.workspace.claims, *store.workspace.mentions}
        assert "Hanna" not in view.toPlainText()


def test_side_by_side_the_source_text_is_not_laid_out_again(hands):
    pane = hands.window.pane
    document = pane.view.document()
    pane.set_mode("both")
    assert pane.views[0].document() is document
    pane.set_mode("source")
    assert pane.views[0].document() is document

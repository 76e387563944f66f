"""Find in the article and in all articles, and annotate everything found, with real keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from ui_samples import seed

from ui.dialogs.annotate_all import AnnotateAll
from ui.dialogs.find_all import FindAll

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(open_window, project_path):
    return open_window(project_path)


def search(qtbot, window, words):
    QTest.keyClick(window.pane.view, Qt.Key.Key_F, CONTROL)
    bar = window.pane.find_bar
    qtbot.waitUntil(bar.field.hasFocus)
    bar.field.clear()
    QTest.keyClicks(bar.field, words)
    qtbot.waitUntil(lambda: not bar.is_waiting)
    return bar


def test_enter_goes_from_place_to_place_and_escape_back_to_the_article(qtbot, window):
    view, text = window.pane.view, window.store.workspace.text
    bar = search(qtbot, window, "he")
    found = [text[a:b].lower() for a, b in bar.places]
    assert found == ["he"] * text.lower().count("he")
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    first = view.selected_range()
    assert first == bar.places[0]
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert view.selected_range() == bar.places[1]
    assert bar.count.text() == f"2 of {len(found)}"
    QTest.keyClick(bar.field, Qt.Key.Key_Return, SHIFT)
    assert view.selected_range() == first
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    qtbot.waitUntil(view.hasFocus)


def test_case_words_and_patterns(qtbot, window):
    text = window.store.workspace.text
    bar = search(qtbot, window, "he")
    bar.words.click()
    bar.case.click()
    assert bar.places == []
    bar.case.click()
    assert [text[a:b] for a, b in bar.places] == ["He"]
    bar.words.click()
    bar.pattern.click()
    bar.field.clear()
    QTest.keyClicks(bar.field, "[")
    qtbot.waitUntil(lambda: "no regular expression" in bar.count.text())


def test_the_corrected_text_is_searched_where_it_is_shown(qtbot, window):
    ws = window.store.workspace
    view = window.pane.view
    start = ws.text.index("Russia")
    view.set_selected_range(start, start + 6)
    QTest.keyClick(view, Qt.Key.Key_X)
    window.prompt.field.setText("Muscovy")
    with qtbot.waitSignal(window.store.saved):
        QTest.keyClick(window.prompt.field, Qt.Key.Key_Return)
    bar = search(qtbot, window, "Muscovy")
    assert bar.places == []
    window.pane.set_mode("corrected")
    assert bar.places == [(start, start + 6)]


def test_annotate_all_marks_what_is_ticked_in_one_step(qtbot, window):
    ws = window.store.workspace
    bar = search(qtbot, window, "he")
    bar.all.click()
    dialog = window.findChild(AnnotateAll)
    qtbot.waitUntil(dialog.isVisible)
    dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    dialog.name.setText("Somebody")
    expected = dialog.chosen()
    with qtbot.waitSignal(window.store.saved):
        dialog.accept_button.click()
    assert sorted((m.spans[0].start, m.spans[0].end) for m in ws.mentions.values()) == expected
    assert [s.name for s in ws.speakers.values()] == ["Somebody"]
    with qtbot.waitSignal(window.store.saved):
        window.store.undo()
    assert (ws.mentions, ws.speakers) == ({}, {})


def test_an_article_found_is_opened_at_its_first_place(qtbot, window):
    QTest.keyClick(window.pane.view, Qt.Key.Key_F, CONTROL | SHIFT)
    dialog = window.findChild(FindAll)
    qtbot.waitUntil(dialog.isVisible)
    dialog.field.setText("second")
    dialog.start.click()
    qtbot.waitUntil(lambda: dialog.summary.text() == "Found in 1 article.")
    assert "[Second]" in dialog.list.item(0).text()
    QTest.keyClicks(dialog.field, "x")
    assert dialog.list.count() == 0, "what is listed is what the field asks for"
    assert dialog.summary.text() == "Press Enter to search."
    QTest.keyClick(dialog.field, Qt.Key.Key_Backspace)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.summary.text() == "Found in 1 article.")
    dialog.case.click()
    qtbot.waitUntil(lambda: dialog.summary.text() == "Found in 0 articles.")
    dialog.case.click()
    qtbot.waitUntil(lambda: dialog.summary.text() == "Found in 1 article.")
    with qtbot.waitSignal(window.store.article_opened):
        dialog.list.itemActivated.emit(dialog.list.item(0))
    qtbot.waitUntil(lambda: window.pane.view.selected_range() == (0, 6))


def test_annotate_all_shows_whole_words_around_each_place_and_never_scrolls_sideways(qtbot, open_window, tmp_path):
    path = tmp_path / "long.annotator"
    words = " ".join(f"surrounding{n}" for n in range(40))
    seed(path, f"{words} target {words} target" + "x" * 400)
    window = open_window(path)
    search(qtbot, window, "target").all.click()
    dialog = window.findChild(AnnotateAll)
    qtbot.waitUntil(dialog.isVisible)
    first, second = (dialog.list.item(row).text() for row in range(2))
    assert (first[0], first[-1]) == ("…", "…")
    inner = first.strip("…").replace("[target]", "").split()
    assert all(word in words.split() for word in inner)
    assert second.startswith("…surrounding")
    assert second.endswith("x…")
    assert not dialog.list.horizontalScrollBar().isVisible()
    assert dialog.list.visualItemRect(dialog.list.item(0)).left() == 0
    dialog.reject()

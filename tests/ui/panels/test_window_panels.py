"""The panels in the real window: who has the keyboard after each step, and who has the room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.services import annotate, corrections, speakers

# What the offscreen platform says of windows with a smallest size and of lists that pop up.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")


@pytest.fixture
def window(qtbot, open_window, project_path):
    """A window of 1500 × 940 with two claims, a speaker each, and a correction."""
    window = open_window(project_path)
    window.resize(1500, 940)
    store, ws = window.store, window.store.workspace
    go = ws.text.index("I would go")
    for start, end, line in ((0, 13, "RIA Novosti"), (go, go + 10, "RIA Novosti > Sergei Lavrov")):
        edit = annotate.mark_claim(ws, [(start, end)], store.author)
        store.edit(edit)
        store.edit(speakers.set_chain_line(ws, edit.changes[0].id, line))
    hear = ws.text.index("We hear")
    store.edit(corrections.mark(ws, [(hear, hear + 2)], "I", store.author))
    return window


@pytest.fixture
def press():
    """Presses a key where the focus is."""

    def run(key, modifier=Qt.KeyboardModifier.NoModifier):
        widget = QApplication.focusWidget()
        assert widget is not None
        if isinstance(key, str) and len(key) > 1:
            QTest.keyClicks(widget, key)
        else:
            QTest.keyClick(widget, key, modifier)

    return run


def click_row(panel, row):
    rect = panel.table.visualRect(panel.rows.index(row, 0))
    spot = rect.topLeft()
    spot.setX(spot.x() + 60)
    spot.setY(spot.y() + 12)
    QTest.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)


def in_article(window):
    return window.pane.view.hasFocus()


def test_a_speaker_form_that_was_left_does_not_take_the_keyboard_back(window, press):
    click_row(window.speakers, 0)
    press(Qt.Key.Key_Return)
    assert window.speakers.editor.speaker.editors["name"].hasFocus()
    press(Qt.Key.Key_F6)
    press("n")
    assert window.selection.kind == "claim"
    assert window.speakers.table.open_row == -1
    assert in_article(window)


def test_a_claim_form_that_was_left_does_not_take_the_keyboard_away(window, press):
    press("n")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Tab)
    assert window.claims.editor.main.editors["chain_line"].hasFocus()
    press("TASS")
    press(Qt.Key.Key_F6)
    press(Qt.Key.Key_Escape)
    assert window.claims.table.open_row == -1
    assert in_article(window)
    press("n")
    assert window.selection.kind == "claim"


def test_a_correction_form_gives_the_keyboard_to_the_article_when_it_closes(window, press):
    press("k")
    press(Qt.Key.Key_Return)
    assert window.corrections.editor.main.editors["replacement"].hasFocus()
    window.selection.clear()
    assert in_article(window)
    press("k")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_F6)
    press("n")
    assert in_article(window)


@pytest.mark.parametrize("key", ["n", "k"])
def test_another_article_gets_the_keyboard_when_a_field_had_it(qtbot, window, press, key):
    press(key)
    press(Qt.Key.Key_Return)
    assert not in_article(window)
    with qtbot.waitSignal(window.store.article_opened):
        press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert in_article(window)


def test_another_article_does_not_get_the_keyboard_when_a_list_has_it(qtbot, window, press):
    window.speakers.table.setFocus()
    with qtbot.waitSignal(window.store.article_opened):
        press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert window.speakers.table.hasFocus()


def test_who_enters_by_key_types_anew(window, press):
    press("n")
    press(Qt.Key.Key_Return)
    assert window.claims.editor.main.editors["source"].selectedText() == "RIA Novosti"
    press(Qt.Key.Key_F6)
    press("k")
    press(Qt.Key.Key_Return)
    press("They")
    assert window.corrections.editor.main.editors["replacement"].value() == "They"


def test_a_speaker_who_is_added_can_be_seen(qtbot, window, press):
    QTest.mouseClick(window.speakers.header.add, Qt.MouseButton.LeftButton)
    press("Zora")
    press(Qt.Key.Key_Return)
    row = window.speakers.model.row_of(window.selection.id)
    assert window.speakers.scope.key == "all"
    assert window.speakers.table.open_row == row >= 0
    assert window.speakers.editor.speaker.editors["name"].text() == "Zora"
    window.speakers.show_all(everybody=False)  # the selection does not hold the user there
    assert window.speakers.scope.key == "article"


@pytest.mark.parametrize("panel_name", ["speakers", "corrections"])
def test_a_panel_has_room_for_its_open_row_and_gives_it_back(window, panel_name):
    panel, column = getattr(window, panel_name), window.right
    before = column.sizes()
    click_row(panel, 0)
    done = panel.drawer.done_button
    assert panel.table.viewport().rect().contains(done.geometry().translated(panel.drawer.pos()))
    top = panel.table.visualRect(panel.rows.index(0, 0)).top()
    assert top >= 0
    assert min(column.sizes()[:3]) >= 100  # with no problems only their title shows
    QTest.mouseClick(done, Qt.MouseButton.LeftButton)
    assert panel.table.open_row == -1
    assert column.sizes() == before
    assert before[1:3] == pytest.approx(column.chosen()[1:3], abs=40)


def test_a_handle_that_is_dragged_while_a_row_is_open_stays(window):
    click_row(window.speakers, 0)
    column = window.right
    handle = column.handle(1)
    middle = handle.rect().center()
    assert handle.height() == 5
    size = column.sizes()[0]
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    spot = middle
    spot.setY(middle.y() + 80)
    QTest.mouseMove(handle, spot)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
    assert column.sizes()[0] > size
    moved = column.sizes()
    window.speakers.editor.refresh()
    assert column.sizes() == moved
    # That of the problems is as it was while there are none; a slow machine may have found some by now.
    assert column.chosen() == [*moved[:3], moved[3] if window.problems.model.total else 150]


def test_the_question_for_the_source_completes_names_and_then_takes_the_line(qtbot, window, press):
    press("n")
    press("a")
    field = window.prompt.field
    press("RIA Novosti > lav")
    press(Qt.Key.Key_Return)
    assert field.isVisible()
    assert field.text() == "RIA Novosti > Sergei Lavrov"
    press(Qt.Key.Key_Return)
    assert not field.isVisible()
    claim = window.store.workspace.claims[window.selection.id]
    assert speakers.chain_line(window.store.workspace, claim) == "RIA Novosti > Sergei Lavrov"

"""The question over the article, by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.services import speakers


def test_tab_stays_between_the_line_and_its_button_and_enter_presses_it(hands):
    hands.select("Sergei Lavrov")
    hands.press("s")
    prompt = hands.window.prompt
    for expected in (prompt.accept_button, prompt.field, prompt.accept_button):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert expected.hasFocus()
    with hands.qtbot.waitSignal(hands.store.saved):
        QTest.keyClick(prompt.accept_button, Qt.Key.Key_Return)
    assert not prompt.isVisible()
    assert hands.view.hasFocus()
    assert [speaker.name for speaker in hands.ws.speakers.values()] == ["Sergei Lavrov"]


def test_escape_leaves_from_the_button_too(hands):
    hands.select("Sergei Lavrov")
    hands.press("x", saves=False)
    QTest.keyClick(hands.window.prompt.field, Qt.Key.Key_Tab)
    QTest.keyClick(hands.window.prompt.accept_button, Qt.Key.Key_Escape)
    assert not hands.window.prompt.isVisible()
    assert hands.view.hasFocus()
    assert not hands.ws.corrections


def test_a_known_name_opens_the_fields_of_its_mention_though_the_row_was_closed_before(hands):
    hands.select("Sergei Lavrov")
    hands.press("s")
    hands.answer("Sergei Lavrov")
    (speaker,) = hands.ws.speakers.values()
    hands.store.edit(speakers.change(hands.ws, speaker.id, aliases=("Lavrov",)))
    table = hands.window.speakers.table
    hands.click(hands.window.speakers.editor.done_button)
    assert table.open_row < 0
    hands.select("Lavrov")
    hands.press("s")
    assert not hands.window.prompt.isVisible(), "the name is known"
    assert table.open_row >= 0


def test_blanks_can_be_added_to_a_correction_and_taken_out(hands):
    text = hands.ws.text
    first, second = text.index(" agreed"), text.index(" would")
    hands.view.set_selected_range(first, first + 1)
    hands.press("x", saves=False)
    hands.answer("_")
    hands.view.set_selected_range(second, second + 1)
    hands.press("+")
    (correction,) = hands.ws.corrections.values()
    assert [span.start for span in correction.spans] == [first, second]
    hands.view.set_selected_range(second, second + 1)
    hands.press("-")
    (correction,) = hands.ws.corrections.values()
    assert [span.start for span in correction.spans] == [first]

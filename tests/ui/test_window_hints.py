"""What the window says when nothing is there, nothing fits, or nothing was done."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ui.palette import Palette
from ui.theme import DARK, LIGHT

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")


@pytest.fixture
def status(hands):
    return hands.window.status.selected


# -- empty lists ------------------------------------------------------------------------------------------------


def test_empty_panels_name_the_key_that_makes_the_first_row(hands):
    window = hands.window
    notes = [panel.nothing for panel in (window.claims, window.speakers, window.corrections)]
    assert [note.text() for note in notes] == [
        "No claims yet. Select words and press C.",
        "No speakers yet. Select a name and press S.",
        "No corrections yet. Select words and press X.",
    ]
    assert all(note.isVisible() and note.size() == note.parentWidget().size() for note in notes)
    window.settings.set("keys", {"mark_claim": ["Ctrl+Alt+M"], "correct": []})
    assert notes[0].text() == "No claims yet. Select words and press Ctrl+Alt+M."
    assert notes[2].text() == "No corrections yet. Select words and choose Correct Text."
    hands.select("I would go")
    hands.press("m", Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    assert [note.isVisible() for note in notes] == [False, True, True]
    hands.to_article()
    hands.press("z", Qt.KeyboardModifier.ControlModifier)
    assert notes[0].isVisible()


def test_where_no_article_is_open_the_key_that_imports_some_is_named(hands):
    hands.store.close_article()
    hint = hands.window.pane.hint
    assert hint.isVisible()
    assert hint.text() == "No article is open.\n\nPress Ctrl+I to import articles, or drop files here."
    hands.window.settings.set("keys", {"import_files": []})
    assert hint.text() == "No article is open.\n\nChoose Import Articles to import articles, or drop files here."


def test_what_an_empty_panel_says_is_legible_in_both_themes(hands):
    note = hands.window.claims.nothing
    for name, theme in (("light", LIGHT), ("dark", DARK)):
        hands.window.settings.set("theme", name)
        hands.window.looks.dress()
        note.ensurePolished()
        assert note.palette().windowText().color().name() == theme.text2.lower()


def test_a_speaker_that_is_not_found_can_be_added(hands):
    panel = hands.window.speakers
    hands.click(panel.scope.button("all"))
    panel.search.setFocus()
    QTest.keyClicks(panel.search, "Lavrov")
    assert panel.nothing.isVisible()
    assert panel.nothing.text() == "No speaker is called that. Enter adds one."
    QTest.keyClick(panel.search, Qt.Key.Key_Return)
    assert not panel.nothing.isVisible()


def test_the_palette_says_that_no_command_is_called_so(hands):
    hands.press("k", Qt.KeyboardModifier.ControlModifier, saves=False)
    palette = hands.window.findChild(Palette)
    hands.qtbot.waitUntil(palette.isVisible)
    assert not palette.nothing.isVisible()
    QTest.keyClicks(palette.field, "xyzzy")
    assert palette.nothing.isVisible()
    assert palette.nothing.text() == "No command is called that."
    palette.field.clear()
    assert not palette.nothing.isVisible()
    palette.reject()


# -- keys and refusals ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("other", "name"), [("mark_mention", "Speaker Mention"), ("find", "Find in This Article"), ("jump", "Claim Number")]
)
def test_a_key_that_commands_share_says_so(hands, status, other, name):
    hands.window.settings.set("keys", {other: ["C"]})
    hands.select("I would go")
    for _ in range(2):  # Qt tells the commands in turns
        hands.press("c", saves=False)
        assert status.text().startswith("C is the key of “")
        assert "“Mark Claim”" in status.text()
        assert name in status.text()
        assert status.text().endswith("in Help, Keyboard Shortcuts.")
        status.clear()
    assert not hands.ws.claims


@pytest.mark.parametrize("over", ["command", "words"])
def test_a_refusal_goes_when_something_else_is_done(hands, status, over):
    hands.to_article()
    hands.press(".", saves=False)
    assert status.text() == "Nothing was marked yet."
    hands.press(".", saves=False)
    assert status.text() == "Nothing was marked yet."
    if over == "command":
        hands.press("v", saves=False)
    else:
        hands.drag_over("I would go")
    assert status.text() == ""
    assert status.property("tone") == ""


def test_a_claim_where_no_sentence_is_and_a_refusal_longer_than_the_window(hands, status):
    window = hands.window
    hands.to_article()
    hands.view.set_caret(len(hands.ws.text))
    hands.press("c", saves=False)
    assert status.text() == "There is no sentence at the caret: put it into one, or select the words first."
    assert status.shown() == status.text()
    least = window.minimumSizeHint().width()
    hands.store.refused.emit("Why it is so. " * 200)
    assert window.minimumSizeHint().width() == least
    assert status.shown().endswith("…")
    assert status.toolTip().count("Why it is so.") == 200


# -- what is deleted --------------------------------------------------------------------------------------------


def test_the_context_menu_names_what_it_deletes_and_ends_with_it(hands):
    hands.select("He left")
    hands.press("c")
    hands.select("Sergei Lavrov")
    hands.press("s", saves=False)
    hands.answer("Sergei Lavrov")
    hands.select("would")
    hands.press("x", saves=False)
    hands.answer("will")
    for words, name in (("He left", "Claim 1"), ("Sergei", "Mention of Sergei Lavrov"), ("would", "Correction")):
        menu = hands.context_menu(hands.place(words)[0] + 1)
        assert menu.actions()[-1].text() == f"Delete {name}\tDel"
        assert menu.actions()[-2].isSeparator()
        assert not menu.actions()[0].text().startswith("Delete")
        menu.close()
    hands.window.selection.clear()
    menu = hands.context_menu(len(hands.ws.text) - 1)
    assert not any(action.text().startswith("Delete") for action in menu.actions())
    menu.close()

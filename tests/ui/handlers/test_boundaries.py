"""The keys that move the boundaries of an annotation."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from ui_hands import Hands
from ui_samples import seed

TEXT = "One two three. Four 👩‍👩‍👧 five six seven. Eight nine.\n\nTen eleven twelve.\n"
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
PLAIN, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def hands(qtbot, open_window, tmp_path):
    path = tmp_path / "boundaries.annotator"
    seed(path, TEXT)
    return Hands(qtbot, open_window(path))


def quoted(hands):
    """What the parts of the selected annotation say."""
    return [span.exact for span in hands.ws.annotation(hands.window.selection.id).spans]


def refused(hands, key, modifier=PLAIN):
    with hands.qtbot.waitSignal(hands.store.refused) as signal:
        hands.press(key, modifier, saves=False)
    return signal.args[0]


def test_brackets_with_control_move_by_character_and_with_alt_by_sentence(hands):
    hands.select("five")
    hands.press("c")
    for key, modifier, expected in (
        ("[", CONTROL, "fiv"),
        ("]", CONTROL, "five"),
        ("{", CONTROL, " five"),
        ("{", CONTROL, "👩‍👩‍👧 five"),
        ("}", CONTROL, " five"),
        (Qt.Key.Key_F8, PLAIN, " five "),
        (Qt.Key.Key_F7, PLAIN, " five"),
        (Qt.Key.Key_F8, SHIFT, "five"),
        ("]", ALT, "five six seven."),
        ("]", ALT, "five six seven. Eight nine."),
        ("[", ALT, "five six seven."),
        ("{", ALT, "Four 👩‍👩‍👧 five six seven."),
        ("{", ALT, "One two three. Four 👩‍👩‍👧 five six seven."),
        ("}", ALT, "Four 👩‍👩‍👧 five six seven."),
    ):
        hands.press(key, modifier)
        assert quoted(hands) == [expected]


def test_arrows_with_alt_move_where_a_layout_has_no_brackets(hands):
    hands.select("five")
    hands.press("c")
    for key, modifier, expected in (
        (Qt.Key.Key_Right, ALT, "five six"),
        (Qt.Key.Key_Left, ALT | SHIFT, "👩‍👩‍👧 five six"),
        (Qt.Key.Key_Right, ALT | SHIFT, "five six"),
        (Qt.Key.Key_Left, ALT, "five"),
        (Qt.Key.Key_Down, ALT, "five six seven."),
        (Qt.Key.Key_Up, ALT | SHIFT, "Four 👩‍👩‍👧 five six seven."),
    ):
        hands.press(key, modifier)
        assert quoted(hands) == [expected]


def test_the_keys_go_on_with_the_part_that_was_moved_and_show_it(hands):
    hands.select("two")
    hands.press("c")
    hands.select("Eight")
    hands.press("+")
    hands.view.set_caret(hands.place("two")[0])
    hands.press("]")
    hands.press("{")
    hands.press("[")
    assert quoted(hands) == ["One two", "Eight"]
    hands.view.set_caret(0)  # at no part: the last one's end, the first one's start
    hands.view.set_caret(len(TEXT) - 1)
    hands.press("]")
    assert hands.view.caret() == hands.place("nine")[1]
    hands.press("{")
    assert quoted(hands) == ["One two", ". Eight nine"], "the part whose end was moved before"


def test_parts_never_cross_and_never_become_one(hands):
    hands.select("two")
    hands.press("c")
    hands.select("Four")
    hands.press("+")
    hands.view.set_caret(hands.place("two")[0])
    hands.press("]", ALT)
    assert quoted(hands) == ["two three.", "Four"]
    assert refused(hands, "]") == "Another part of this annotation is next to it."
    assert refused(hands, "]", CONTROL) == "Another part of this annotation is next to it."
    hands.view.set_caret(hands.place("Four")[0])
    assert refused(hands, "{", ALT) == "Another part of this annotation is next to it."
    assert quoted(hands) == ["two three.", "Four"]


def test_a_part_keeps_a_character_and_stays_in_the_text(hands):
    hands.select("One")
    hands.press("c")
    assert "smaller step" in refused(hands, "[")
    assert refused(hands, "{") == "The text begins here."
    hands.press("[", CONTROL)
    hands.press("[", CONTROL)
    assert quoted(hands) == ["O"]
    assert refused(hands, "[", CONTROL) == "Nothing would be left of this part: take it out, or delete the annotation."
    hands.select("twelve")
    hands.press("c")
    hands.press("]")
    assert refused(hands, "]") == "The text ends here."
    assert quoted(hands) == ["twelve."]


def test_without_an_annotation_the_keys_say_so(hands):
    assert refused(hands, "]", ALT) == "Select an annotation first: click it, or press N."


def test_a_moved_boundary_is_scrolled_to(qtbot, open_window, tmp_path):
    path = tmp_path / "long.annotator"
    seed(path, "Word and word. " * 20 + "\n\n" + "\n\n".join("Sentence one. Sentence two." for _ in range(60)) + "\n")
    hands = Hands(qtbot, open_window(path))
    hands.view.set_caret(3)
    hands.press("c")
    for _ in range(60):
        QTest.keyClick(hands.view, Qt.Key.Key_Down, ALT)
    assert hands.view.verticalScrollBar().value() > 0
    assert hands.view.viewport().rect().contains(hands.view.cursorRect())
    qtbot.waitUntil(lambda: not hands.store.unsaved)

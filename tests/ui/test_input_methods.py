"""Keyboards of other scripts, input methods, dead keys: commands by the key's place, composed text into fields only."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.physical import latin_sequences

PLAIN, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
# Scan codes of X11 and Wayland (as the offscreen platform is taken for), and the virtual keys of Windows and macOS.
C, S, Q, M, Z, LEFT, RIGHT = 54, 39, 24, 58, 52, 34, 35


def key_event(letter: str, held=PLAIN, scan=0, virtual=0):
    """A key press as a keyboard of another script sends it."""
    key = ord(letter.upper()) if len(letter) == 1 else 0
    return QKeyEvent(QEvent.Type.KeyPress, key, held, scan, virtual, 0, letter)


def strike(hands, letter, held=PLAIN, scan=0, *, saves=True):
    event = key_event(letter, held, scan)
    if saves:
        with hands.qtbot.waitSignal(hands.store.saved):
            QApplication.sendEvent(QApplication.focusWidget(), event)
    else:
        QApplication.sendEvent(QApplication.focusWidget(), event)


def compose(widget, preedit="", commit=""):
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(widget, event)


# -- other scripts ------------------------------------------------------------------------------------------------


def test_the_commands_work_by_the_same_keys_with_a_russian_layout(hands):
    hands.select("I would go")
    strike(hands, "с", scan=C)
    claim = next(iter(hands.ws.claims))

    def quoted():
        return [span.exact for span in hands.ws.claims[claim].spans]

    strike(hands, "ъ", scan=RIGHT)
    assert quoted() == ["I would go,"]
    strike(hands, "Х", SHIFT, LEFT)
    assert quoted() == ['"I would go,']
    strike(hands, "ъ", CONTROL, RIGHT)
    assert quoted() == ['"I would go,"']
    hands.select("said")
    strike(hands, "й", scan=Q)
    assert [span.exact for hop in hands.ws.claims[claim].chain for span in hop.cue_spans] == ["said"]
    strike(hands, "я", CONTROL, Z)
    assert not hands.ws.claims[claim].chain
    strike(hands, "Я", CONTROL | SHIFT, Z)
    assert hands.ws.claims[claim].chain
    hands.select("Sergei Lavrov")
    strike(hands, "ы", scan=S)
    assert hands.window.prompt.isVisible()
    hands.answer("Лавров")
    hands.view.setFocus()
    strike(hands, "Ь", SHIFT, M, saves=False)
    assert hands.window.selection.kind == "mention"


def test_letters_of_any_script_are_written_into_fields(hands):
    hands.select("I would go")
    hands.press("c")
    field = hands.window.claims.editor.main.editors["note"]
    field.setFocus()
    for letter, scan in (("с", C), ("ы", S), ("й", Q)):
        strike(hands, letter, scan=scan, saves=False)
    assert field.value() == "сый"
    assert len(hands.ws.claims) == 1
    assert not hands.window.prompt.isVisible()


@pytest.mark.parametrize(
    ("platform", "event", "expected"),
    [
        ("xcb", key_event("с", scan=54), ["C"]),
        ("wayland", key_event("ю", scan=60), ["."]),
        ("xcb", key_event("Ь", SHIFT, 58), ["Shift+M"]),
        ("xcb", key_event("Ъ", SHIFT, 35), ["Shift+]", "}"]),
        ("xcb", key_event("Ъ", SHIFT | ALT, 35), ["Alt+Shift+]", "Alt+}"]),
        ("windows", key_event("с", virtual=0x43), ["C"]),
        ("windows", key_event("х", virtual=0xDB), ["["]),
        ("windows", key_event("ψ", CONTROL, virtual=0x43), ["Ctrl+C"]),
        ("cocoa", key_event("с", virtual=8), ["C"]),
        ("cocoa", key_event("ы", virtual=1), ["S"]),
        ("cocoa", key_event("ъ", virtual=30), ["]"]),
        ("cocoa", key_event("ь", virtual=46), ["M"]),
        ("xcb", key_event("ü", scan=34), []),
        ("xcb", key_event("é", scan=11), []),
        ("xcb", key_event("c", scan=54), []),
        ("xcb", key_event("с", Qt.KeyboardModifier.MetaModifier, 54), []),
        ("xcb", key_event("с", scan=200), []),
    ],
)
def test_the_latin_letter_of_a_key(monkeypatch, platform, event, expected):
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: platform)
    assert latin_sequences(event) == [QKeySequence(keys) for keys in expected]


def test_a_key_that_stands_for_two_commands_does_neither(hands):
    hands.window.settings.set("keys", {"mark_claim": ["S"]})
    hands.select("I would go")
    strike(hands, "ы", scan=S, saves=False)
    assert not hands.ws.claims
    assert not hands.ws.mentions


# -- input methods ------------------------------------------------------------------------------------------------


def test_the_article_takes_no_composed_text_and_does_nothing_by_it(hands):
    hands.select("I would go")
    before = (hands.view.toPlainText(), hands.view.selected_range())
    assert not hands.view.inputMethodQuery(Qt.InputMethodQuery.ImEnabled), "an input method would swallow the keys"
    assert not hands.view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    compose(hands.view, preedit="zhong")
    compose(hands.view, commit="c")
    for key in (Qt.Key.Key_Dead_Acute, Qt.Key.Key_Multi_key):
        QApplication.sendEvent(hands.view, QKeyEvent(QEvent.Type.KeyPress, key, PLAIN, ""))
    QApplication.sendEvent(hands.view, key_event("ć", scan=C))  # composed of a dead key and C
    assert (hands.view.toPlainText(), hands.view.selected_range()) == before
    assert not hands.ws.claims
    hands.press("c")
    assert len(hands.ws.claims) == 1


def test_names_are_proposed_for_what_is_composed_once_it_is_committed(hands):
    hands.select("Sergei Lavrov")
    hands.press("s")
    hands.answer("Сергей Лавров")
    hands.select("Russia")
    hands.press("s")
    field = hands.window.prompt.field
    field.clear()
    compose(field, preedit="лав")
    assert field.text() == ""
    assert field.suggestions == []
    compose(field, commit="лав")
    assert field.text() == "лав"
    assert field.suggestions[0] == "Сергей Лавров"
    compose(field, preedit="р")
    assert field.suggestions[0] == "Сергей Лавров", "the list stays while one composes"
    compose(field)
    assert field.text() == "лав"
    with hands.qtbot.waitSignal(hands.store.saved):
        QTest.keyClick(field, Qt.Key.Key_Return)
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert len(hands.ws.speakers) == 1


def test_fields_take_what_is_composed_and_commit_it_as_what_is_typed(hands):
    hands.select("I would go")
    hands.press("c")
    claim = next(iter(hands.ws.claims))
    hands.window.claims.editor.toggle_more()
    for form, name in (("main", "note"), ("extra", "text"), ("extra", "tags")):
        field = getattr(hands.window.claims.editor, form).editors[name]
        field.setFocus()
        compose(field, preedit="zhongwen")
        assert field.value() == ""
        compose(field, commit="中文")
        assert field.value() == "中文"
        with hands.qtbot.waitSignal(hands.store.saved):
            QTest.keyClick(field, Qt.Key.Key_Return)
    record = hands.ws.claims[claim]
    assert (record.note, record.text, record.tags) == ("中文", "中文", ("中文",))


def test_a_composition_that_is_given_up_changes_nothing(hands):
    hands.select("I would go")
    hands.press("c")
    before = dict(hands.ws.claims)
    field = hands.window.claims.editor.main.editors["note"]
    field.setFocus()
    compose(field, preedit="zhong")
    compose(field)
    hands.to_article()
    assert hands.ws.claims == before


def test_find_looks_for_what_was_composed(hands):
    hands.press("f", CONTROL, saves=False)
    bar = hands.window.pane.find_bar
    compose(bar.field, preedit="LAV")
    assert not bar.is_waiting
    compose(bar.field, commit="lavrov")
    hands.qtbot.waitUntil(lambda: bar.places != [])
    assert [hands.ws.text[start:end] for start, end in bar.places] == ["Lavrov"]

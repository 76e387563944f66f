"""The type-ahead with real keys: it proposes, and never chooses by itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.typeahead import TypeAhead, matches

# What the offscreen platform says of windows with a smallest size and of lists that pop up.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")
NAMES = [
    ("Sergei Lavrov", ("Lavrov", "the minister")),
    ("Donald Trump", ()),
    ("RIA Novosti", ("RIA",)),
    ("Larissa", ()),
]


@pytest.fixture
def place(qtbot):
    def make(*, chain=False):
        window = QWidget()
        column = QVBoxLayout(window)
        field = TypeAhead(lambda: NAMES, chain=chain)
        other = TypeAhead(lambda: NAMES)
        column.addWidget(field)
        column.addWidget(other)
        window.resize(400, 400)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        field.setFocus()
        field.commits = []
        field.committed.connect(lambda: field.commits.append(field.text()))
        field.other = other
        field.window_kept = window
        return field

    return make


def test_best_matches_come_first():
    assert matches(NAMES, "la") == ["Larissa", "Sergei Lavrov"]
    assert matches(NAMES, "MINISTER") == ["Sergei Lavrov"]
    assert matches(NAMES, "novo") == ["RIA Novosti"]
    assert len(matches(NAMES, "")) == 4


def test_enter_takes_what_was_typed_when_nothing_is_chosen(qtbot, place):
    field = place()
    qtbot.keyClicks(field, "La")
    assert field.suggestions == ["Larissa", "Sergei Lavrov", "Add “La” as a new speaker"]
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.commits == ["La"]
    assert field.suggestions == []


def test_down_chooses_and_enter_commits_once(qtbot, place):
    field = place()
    qtbot.keyClicks(field, "lav")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field.text() == "Sergei Lavrov"
    assert field.commits == []
    qtbot.keyClick(field, Qt.Key.Key_Return)
    field.settle()
    field.other.setFocus()
    assert field.commits == ["Sergei Lavrov"]


def test_up_past_the_first_and_escape_bring_the_typed_text_back(qtbot, place):
    field = place()
    qtbot.keyClicks(field, "tr")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field.text() == "Donald Trump"
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.text() == "tr"
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "tr"
    assert field.suggestions == []
    assert field.commits == []


def test_in_a_chain_only_the_last_name_is_completed(qtbot, place):
    field = place(chain=True)
    qtbot.keyClicks(field, "RIA Novosti > ser")
    assert field.suggestions[0] == "Sergei Lavrov"
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field.text() == "RIA Novosti > Sergei Lavrov"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.commits == ["RIA Novosti > Sergei Lavrov"]


def test_an_exact_name_proposes_nothing_more(qtbot, place):
    field = place()
    qtbot.keyClicks(field, "Larissa")
    assert field.suggestions == []


def test_the_mouse_chooses_and_the_arrow_shows_all(qtbot, place):
    field = place()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert len(field.suggestions) == 4
    rect = field._list.visualRect(field._model.index(0, 0))
    qtbot.mouseClick(field._list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert field.commits == ["Donald Trump"]


def test_leaving_closes_the_list_and_commits(qtbot, place):
    field = place()
    qtbot.keyClicks(field, "Nobody")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.suggestions == []
    assert field.other.hasFocus()
    assert field.commits == ["Nobody"]


def test_ten_thousand_names_are_matched_while_one_types():
    many = [(f"Speaker {n} of the House", (f"S{n}",)) for n in range(10_000)]
    assert matches(many, "speaker 9999") == ["Speaker 9999 of the House"]

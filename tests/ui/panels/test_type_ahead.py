"""The type-ahead with real keys: the best match is one key away, and half a name never makes a speaker."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.services.lookup import NameIndex
from ui.widgets.typeahead import TypeAhead

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
    def make(*, chain=False, names=NAMES):
        index = NameIndex(names)
        window = QWidget()
        column = QVBoxLayout(window)
        field = TypeAhead(lambda: index, chain=chain)
        other = TypeAhead(lambda: index)
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


def test_the_best_match_is_highlighted_and_enter_takes_it_once(qtbot, place):
    field = place()
    qtbot.keyClicks(field, "La")
    assert field.suggestions == ["Larissa", "Sergei Lavrov", "Add “La” as a new speaker"]
    assert field.highlighted == "Larissa"
    assert field.text() == "La"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.commits == ["Larissa"]
    assert field.suggestions == []
    field.settle()
    field.other.setFocus()
    assert field.commits == ["Larissa"]


@pytest.mark.parametrize(
    ("typed", "name"), [("lav", "Sergei Lavrov"), ("ria", "RIA Novosti"), ("minis", "Sergei Lavrov")]
)
def test_tab_takes_the_best_match(qtbot, place, typed, name):
    field = place()
    qtbot.keyClicks(field, typed)
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.commits == [name]
    assert field.other.hasFocus()


def test_leaving_by_mouse_or_command_takes_the_best_match_too(qtbot, place):
    field = place()
    qtbot.keyClicks(field, "lav")
    assert field.value() == "Sergei Lavrov"  # what a command would commit while the list is open
    field.other.setFocus()
    assert field.commits == ["Sergei Lavrov"]


@pytest.mark.parametrize("typed", ["Lavrova", "avrov", "Don Q"])
def test_what_starts_no_word_of_a_match_is_added_by_enter(qtbot, place, typed):
    field = place()
    qtbot.keyClicks(field, typed)
    assert field.suggestions[-1] == f"Add “{typed}” as a new speaker"
    assert field.highlighted is None
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.commits == [typed]


def test_what_starts_a_match_is_added_when_one_says_so(qtbot, place):
    field = place()
    qtbot.keyClicks(field, "tr")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field.highlighted == field.text() == "tr"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.commits == ["tr"]


def test_down_chooses_another_and_up_past_the_first_none(qtbot, place):
    field = place()
    qtbot.keyClicks(field, "la")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field.text() == "Sergei Lavrov"
    assert field.commits == []
    for _ in range(2):
        qtbot.keyClick(field, Qt.Key.Key_Up)
    assert (field.text(), field.highlighted) == ("la", None)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field.text() == "Larissa"


def test_escape_closes_the_list_and_keeps_what_was_typed(qtbot, place):
    field = place()
    qtbot.keyClicks(field, "la")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "la"
    assert field.suggestions == []
    assert field.commits == []
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.commits == ["la"]


def test_escape_again_leaves_and_loses_nothing(qtbot, place):
    field = place()
    field.set_value("Donald Trump")
    field.selectAll()
    qtbot.keyClicks(field, "la")
    for _ in range(2):
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), field.is_touched()) == ("la", True)
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == "Donald Trump"


def test_in_a_chain_enter_completes_the_last_name_and_the_next_enter_commits(qtbot, place):
    field = place(chain=True)
    qtbot.keyClicks(field, "ri")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "RIA Novosti"
    qtbot.keyClicks(field, " > ser")
    assert field.highlighted == "Sergei Lavrov"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "RIA Novosti > Sergei Lavrov"
    assert field.commits == []
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.commits == ["RIA Novosti > Sergei Lavrov"]


def test_a_chain_typed_in_full_takes_one_enter(qtbot, place):
    field = place(chain=True)
    qtbot.keyClicks(field, "RIA Novosti > Larissa")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.commits == ["RIA Novosti > Larissa"]


def test_in_a_chain_the_mouse_completes_and_does_not_commit(qtbot, place):
    field = place(chain=True)
    qtbot.keyClicks(field, "RIA Novosti > la")
    rect = field._list.visualRect(field._model.index(1, 0))
    qtbot.mouseClick(field._list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert field.text() == "RIA Novosti > Sergei Lavrov"
    assert field.commits == []
    field.other.setFocus()
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


def test_a_misspelt_name_is_proposed_below_and_never_taken_by_itself(qtbot, place):
    field = place()
    qtbot.keyClicks(field, "Lavrow")
    assert field.suggestions == ["Looks like", "Sergei Lavrov", "Add “Lavrow” as a new speaker"]
    assert field.highlighted is None
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field.highlighted == field.text() == "Sergei Lavrov"
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert (field.highlighted, field.text()) == (None, "Lavrow")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.commits == ["Lavrow"]


def test_the_line_above_what_looks_alike_cannot_be_chosen(qtbot, place):
    field = place()
    qtbot.keyClicks(field, "Lavrow")
    for row, commits in ((0, []), (1, ["Sergei Lavrov"])):
        rect = field._list.visualRect(field._model.index(row, 0))
        qtbot.mouseClick(field._list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
        assert field.commits == commits


def test_accents_may_be_left_out(qtbot, place):
    field = place(names=[("Beyoncé Knowles", ()), ("Łukasz Żółw", ())])
    qtbot.keyClicks(field, "beyonce")
    assert field.highlighted == "Beyoncé Knowles"
    field.clear()
    qtbot.keyClicks(field, "zolw")
    assert "Łukasz Żółw" in field.suggestions


def test_ten_thousand_names_are_matched_while_one_types(qtbot, place):
    field = place(names=[(f"Speaker {n} of the House", (f"S{n}",)) for n in range(10_000)])
    qtbot.keyClicks(field, "speaker 9999")
    assert field.highlighted == "Speaker 9999 of the House"
    field.clear()
    qtbot.keyClicks(field, "s77")
    assert field.suggestions[0] == "Speaker 77 of the House"
    assert len(field.suggestions) == 60
    field.clear()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert len(field.suggestions) == 60


def test_a_chain_that_does_not_fit_shows_its_ends_until_one_types(qtbot, place):
    line = place(chain=True)
    line.setFixedWidth(260)
    chain = "The Moscow Times > Russian Foreign Ministry > RIA Novosti > Sergei Lavrov"
    line.set_value(chain)
    line.clearFocus()
    assert not line.hasFocus()
    shown = line.shown_text()
    assert shown.startswith("The Mos")
    assert "…" in shown
    assert shown.endswith("Lavrov")
    assert "Sergei Lavrov" in line.toolTip()
    assert line.text() == chain
    at_rest = line.grab().toImage()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    assert line.shown_text() == chain
    assert line.grab().toImage() != at_rest
    line.set_value("Lavrov")
    line.clearFocus()
    assert line.shown_text() == "Lavrov"
    assert line.toolTip() == ""


def test_a_suggestion_longer_than_the_line_is_read_whole(qtbot, place):
    field = place()
    field.setFixedWidth(160)
    field.move(220, 0)
    qtbot.keyClicks(field, "the daily Morgenblatt")
    (label,) = field.suggestions
    shown = field._list
    assert shown.viewport().width() >= shown.fontMetrics().horizontalAdvance(label)
    assert field.window_kept.rect().contains(shown.geometry())

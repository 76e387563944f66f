"""The roles of a speaker in its form: rows that are added, filled, put right and removed by key and by mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator.model import Role
from annotator.services import speakers
from ui.panels.speakers import SpeakersPanel

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")
ENVOY, MINISTER = Role("Envoy", "1994", "2004"), Role("Minister", "2004-03-09", None)


@pytest.fixture
def lavrov(store):
    return speakers.find(store.workspace.speakers.values(), "Sergei Lavrov").id


@pytest.fixture
def panel(show, selection, lavrov):
    panel = show(SpeakersPanel, 400)
    selection.select("speaker", lavrov)
    return panel


@pytest.fixture
def editor(panel):
    return panel.editor.speaker.editors["roles"]


@pytest.fixture
def keys(qtbot):
    """Types words and presses keys where the keyboard is."""

    def press(*typed):
        for one in typed:
            click = qtbot.keyClick if isinstance(one, Qt.Key) else qtbot.keyClicks
            click(QApplication.focusWidget(), one)

    return press


def tabbed(*words):
    """Words with Tab between them."""
    return [one for word in words for one in (word, Qt.Key.Key_Tab)][:-1]


def roles_of(store, id_):
    return store.workspace.speakers[id_].roles


def said(panel):
    message = panel.editor.speaker._messages["roles"]
    return message.text() if message.isVisible() else ""


def refused(editor):
    return [line.accessibleName() for row in editor.shown for line in row.lines if line.property("refused") == "true"]


def test_roles_are_typed_in_rows_and_each_is_one_step(keys, panel, editor, store, lavrov, edits):
    panel.editor.speaker.editors["aliases"].setFocus()
    keys(Qt.Key.Key_Tab)
    assert editor.add.hasFocus(), "nothing but the button is there yet"
    keys(Qt.Key.Key_Space, *tabbed("Envoy", "1994", "2004"))
    assert not edits, "the row is not finished"
    keys(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is editor.rows[0].remove
    assert roles_of(store, lavrov) == (ENVOY,)
    keys(Qt.Key.Key_Tab)
    assert editor.add.hasFocus()
    keys(Qt.Key.Key_Space, *tabbed(" Minister ", "2004-03-09"), Qt.Key.Key_Return)
    assert roles_of(store, lavrov) == (ENVOY, MINISTER)
    assert [edit.title for edit in edits] == ["Change roles of speaker"] * 2
    keys(*[Qt.Key.Key_Tab] * 4)
    assert panel.editor.speaker.editors["affiliation"].hasFocus(), "Tab goes on below the roles"


def test_up_and_down_keep_the_column_and_a_row_left_empty_goes(keys, panel, editor, store, lavrov, edits):
    store.edit(speakers.change(store.workspace, lavrov, roles=(ENVOY, MINISTER)))
    editor.rows[0].until.setFocus()
    keys(Qt.Key.Key_Down)
    assert editor.rows[1].until.hasFocus()
    keys(Qt.Key.Key_Down, Qt.Key.Key_Up)
    assert editor.rows[0].until.hasFocus()
    editor.add.setFocus()
    keys(Qt.Key.Key_Space)
    assert editor.rows[2].title.hasFocus()
    panel.outside.setFocus()
    assert len(editor.shown) == 2
    assert len(edits) == 1, "to look at roles changes none"


def test_a_role_is_removed_and_comes_back(qtbot, keys, editor, store, lavrov, edits):
    store.edit(speakers.change(store.workspace, lavrov, roles=(ENVOY, MINISTER, Role("Poet"))))
    qtbot.mouseClick(editor.rows[1].remove, Qt.MouseButton.LeftButton)
    assert roles_of(store, lavrov) == (ENVOY, Role("Poet"))
    assert editor.rows[1].remove.hasFocus(), "of the role that came up"
    keys(Qt.Key.Key_Space)
    assert roles_of(store, lavrov) == (ENVOY,)
    assert editor.add.hasFocus()
    store.edit(edits[-1].inverted())
    assert [row.title.text() for row in editor.shown] == ["Envoy", "Poet"]
    editor.rows[0].title.setFocus()
    editor.rows[0].title.selectAll()
    keys(Qt.Key.Key_Delete, Qt.Key.Key_Return)
    assert roles_of(store, lavrov) == (ENVOY, Role("Poet")), "dates alone are no role"


@pytest.mark.parametrize(
    ("typed", "sentence", "marked"),
    [
        (("Minister", "2004-13-40", ""), "“2004-13-40” is not a date; write it as", ["Beginning of role 1"]),
        (("Minister", "", "today"), "“today” is not a date", ["End of role 1"]),
        (("", "1994", "2004"), "Say what the role was, 1994–2004.", ["Title of role 1"]),
        (
            ("Envoy", "2004-03", "2004-02-28"),
            "“Envoy” cannot end in 2004-02-28, before it begins in 2004-03.",
            ["Beginning of role 1", "End of role 1"],
        ),
    ],
)
def test_what_cannot_be_is_refused_where_it_stands(keys, panel, editor, edits, typed, sentence, marked):
    editor.add.setFocus()
    keys(Qt.Key.Key_Space, *tabbed(*typed), Qt.Key.Key_Return)
    assert said(panel).startswith(sentence)
    assert refused(editor) == marked
    assert not edits
    assert editor.rows[0].values() == typed, "what was typed stays"
    keys(Qt.Key.Key_Escape)
    assert (said(panel), editor.shown) == ("", [])


def test_a_year_may_end_in_itself(keys, editor, store, lavrov):
    editor.add.setFocus()
    keys(Qt.Key.Key_Space, *tabbed("Envoy", "2004-03", "2004"), Qt.Key.Key_Return)
    assert roles_of(store, lavrov) == (Role("Envoy", "2004-03", "2004"),)


def test_what_was_refused_is_kept_while_another_speaker_is_shown(keys, panel, editor, store, selection, lavrov):
    editor.add.setFocus()
    keys(Qt.Key.Key_Space, *tabbed("Envoy", "soon"), Qt.Key.Key_Return)
    selection.select("speaker", speakers.find(store.workspace.speakers.values(), "RIA Novosti").id)
    assert editor.shown == []
    selection.select("speaker", lavrov)
    assert [row.values() for row in editor.shown] == [("Envoy", "soon", "")]
    editor.rows[0].since.setFocus()
    editor.rows[0].since.selectAll()
    keys("1994", Qt.Key.Key_Return)
    assert roles_of(store, lavrov) == (Role("Envoy", "1994", None),)
    assert (said(panel), refused(editor)) == ("", [])


def test_a_project_that_cannot_be_written_shows_roles_only(panel, editor, store, lavrov):
    store.edit(speakers.change(store.workspace, lavrov, roles=(ENVOY,)))
    panel.drawer.set_editable(False)
    assert editor.rows[0].values() == ("Envoy", "1994", "2004")
    assert all(line.isReadOnly() for line in editor.rows[0].lines)
    assert not editor.rows[0].remove.isVisible()
    assert not editor.add.isVisible()

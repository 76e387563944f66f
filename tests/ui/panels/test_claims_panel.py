"""The claims panel with real keys and clicks: every field in place, one edit each, nothing typed is lost."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QWheelEvent
from PySide6.QtWidgets import QApplication

from annotator.services import annotate, speakers
from ui.panels.claims import ClaimsPanel
from ui.theme import DARK

# What the offscreen platform says of windows with a smallest size and of lists that pop up.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")


@pytest.fixture
def panel(show):
    return show(ClaimsPanel)


def editor(panel, name):
    form = panel.editor.main if name in panel.editor.main.editors else panel.editor.extra
    return form.editors[name]


def claim(store, ids, which="claim"):
    return store.workspace.claims[ids[which]]


def test_cards_stand_in_reading_order_and_say_who_speaks(panel, ids):
    assert panel.model.keys == [ids["plain"], ids["claim"]]
    cards = [panel.model.card(key) for key in panel.model.keys]
    assert [(c.number, c.source) for c in cards] == [(1, None), (2, "Sergei Lavrov")]
    assert cards[1].quote == "I would go … We hear"
    assert panel.header.count.text() == "2"


def test_clicking_a_card_selects_and_opens_it(qtbot, panel, selection, ids):
    rect = panel.table.visualRect(panel.model.index(1, 0))
    qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert (selection.kind, selection.id) == ("claim", ids["claim"])
    assert panel.editor.isVisible()
    assert editor(panel, "source").text() == "Sergei Lavrov"
    assert editor(panel, "chain_line").text() == "RIA Novosti > Sergei Lavrov"
    below = panel.table.visualRect(panel.model.index(1, 0))
    assert below.contains(panel.editor.geometry())


def test_selecting_elsewhere_opens_the_card_and_leaves_the_focus(qtbot, panel, selection, ids):
    panel.outside.setFocus()
    selection.select("claim", ids["plain"])
    assert panel.table.open_row == 0
    assert panel.outside.hasFocus()
    selection.select("speaker", "somebody")
    assert panel.table.open_row == -1
    assert not panel.editor.isVisible()


def test_enter_commits_a_note_once(qtbot, panel, store, selection, ids, edits):
    selection.select("claim", ids["claim"])
    note = editor(panel, "note")
    note.setFocus()
    qtbot.keyClicks(note, "look again")
    assert not edits
    qtbot.keyClick(note, Qt.Key.Key_Return)
    panel.outside.setFocus()
    assert [e.title for e in edits] == ["Change note of claim"]
    assert claim(store, ids).note == "look again"


def test_leaving_a_field_commits_it_and_leaving_it_unchanged_does_not(qtbot, panel, store, selection, ids, edits):
    selection.select("claim", ids["claim"])
    panel.editor.toggle_more()
    tags = editor(panel, "tags")
    tags.setFocus()
    panel.outside.setFocus()
    assert not edits
    tags.setFocus()
    qtbot.keyClicks(tags, "visit, talks")
    panel.outside.setFocus()
    assert claim(store, ids).tags == ("visit", "talks")
    assert len(edits) == 1


def test_every_vocabulary_is_one_edit_by_keyboard(qtbot, panel, store, selection, ids, edits, choose):
    selection.select("claim", ids["claim"])
    panel.editor.toggle_more()
    for name, value in {
        "form": "direct",
        "check_worthy": "checkable",
        "type": "event_property",
        "stance": "asserts",
    }.items():
        choose(editor(panel, name), 1)
        assert getattr(claim(store, ids), name) == value
    choose(editor(panel, "certainty"), 2)
    choose(editor(panel, "status"), 1)
    assert (claim(store, ids).certainty, claim(store, ids).status) == ("medium", "accepted")
    assert len(edits) == 6
    unsure = editor(panel, "unsure")
    unsure.setFocus()
    qtbot.keyClick(unsure, Qt.Key.Key_Space)
    assert claim(store, ids).unsure
    assert len(edits) == 7


def test_the_wheel_never_changes_a_value(panel, selection, ids, edits):
    selection.select("claim", ids["claim"])
    combo = editor(panel, "form")
    combo.setFocus()
    middle = QPointF(combo.rect().center())
    turn = QWheelEvent(middle, combo.mapToGlobal(middle), QPoint(0, 0), QPoint(0, -120), Qt.MouseButton.NoButton,
                       Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(combo, turn)
    assert not edits


def test_one_letter_shortcuts_wait_while_a_field_is_used(qtbot, panel, selection, ids, edits):
    fired = []
    for letter in "CS":
        QShortcut(QKeySequence(letter), panel.window(), lambda letter=letter: fired.append(letter))
    selection.select("claim", ids["claim"])
    panel.editor.toggle_more()
    for name in ("source", "chain_line", "form", "note", "text", "tags", "unsure", "parent_id"):
        field = editor(panel, name)
        field.setFocus()
        press = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_C, Qt.KeyboardModifier.NoModifier, "c")
        QApplication.sendEvent(field, press)
        assert press.isAccepted(), name
        qtbot.keyClick(field, Qt.Key.Key_S)
    assert fired == []


def test_a_chain_line_creates_unknown_speakers_and_says_so(qtbot, panel, store, selection, ids, edits):
    selection.select("claim", ids["claim"])
    chain = editor(panel, "chain_line")
    chain.setFocus()
    chain.selectAll()
    qtbot.keyClicks(chain, "The Moscow Times > RIA Novosti > Sergei Lavrov")
    qtbot.keyClick(chain, Qt.Key.Key_Return)
    assert speakers.chain_line(store.workspace, claim(store, ids)) == "The Moscow Times > RIA Novosti > Sergei Lavrov"
    assert "Added “The Moscow Times” to the speakers." in panel.editor.main._messages["chain_line"].text()
    assert len(edits) == 1
    assert editor(panel, "source").text() == "Sergei Lavrov"


def test_a_refused_value_is_explained_and_stays(qtbot, panel, store, selection, ids, edits):
    selection.select("claim", ids["claim"])
    chain = editor(panel, "chain_line")
    chain.setFocus()
    chain.selectAll()
    qtbot.keyClicks(chain, "RIA Novosti > RIA Novosti")
    qtbot.keyClick(chain, Qt.Key.Key_Return)
    assert not edits
    assert chain.text() == "RIA Novosti > RIA Novosti"
    message = panel.editor.main._messages["chain_line"]
    assert message.isVisible()
    assert message.text() == "RIA Novosti stands twice in this chain: nobody is their own source."
    # Going to another claim keeps what was typed for the way back.
    selection.select("claim", ids["plain"])
    assert editor(panel, "chain_line").text() == ""
    assert panel.unfinished_text() == {f"claim/{ids['claim']}/chain_line": "RIA Novosti > RIA Novosti"}
    selection.select("claim", ids["claim"])
    assert editor(panel, "chain_line").text() == "RIA Novosti > RIA Novosti"


def test_escape_gives_up_a_refused_value_first_and_then_goes_to_the_article(qtbot, panel, selection, ids):
    selection.select("claim", ids["claim"])
    chain = editor(panel, "chain_line")
    chain.setFocus()
    chain.selectAll()
    qtbot.keyClicks(chain, "RIA Novosti > RIA Novosti")
    qtbot.keyClick(chain, Qt.Key.Key_Return)
    with qtbot.assertNotEmitted(panel.focus_article):
        qtbot.keyClick(chain, Qt.Key.Key_Escape)
    assert chain.text() == "RIA Novosti > Sergei Lavrov"
    with qtbot.waitSignal(panel.focus_article):
        qtbot.keyClick(chain, Qt.Key.Key_Escape)


@pytest.mark.parametrize(("name", "escapes"), [("note", 1), ("source", 2)])
def test_escape_leads_to_the_article_and_keeps_what_was_typed(qtbot, panel, store, selection, ids, name, escapes):
    """The first Escape in a speaker field closes the list of names; all else is the same in every field."""
    selection.select("claim", ids["claim"])
    field = editor(panel, name)
    field.setFocus()
    with qtbot.waitSignal(panel.focus_article):  # nothing typed: one is enough
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "Zed")
    for _ in range(escapes - 1):
        with qtbot.assertNotEmitted(panel.focus_article):
            qtbot.keyClick(field, Qt.Key.Key_Escape)
    before = store.workspace.claims[ids["claim"]]
    with qtbot.waitSignal(panel.focus_article):
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert store.workspace.claims[ids["claim"]] != before
    assert field.value() == "Zed"
    store.undo()
    assert store.workspace.claims[ids["claim"]].chain == before.chain
    assert store.workspace.claims[ids["claim"]].note == before.note


def test_an_edit_of_another_record_keeps_what_is_being_typed(qtbot, panel, store, selection, ids):
    selection.select("claim", ids["claim"])
    note = editor(panel, "note")
    note.setFocus()
    qtbot.keyClicks(note, "half a sen")
    store.edit(annotate.change(store.workspace, ids["plain"], form="narration"))
    store.edit(annotate.delete(store.workspace, [ids["plain"]]))
    assert note.value() == "half a sen"
    assert note.hasFocus()
    assert panel.table.open_row == 0
    assert panel.flush()
    assert claim(store, ids).note == "half a sen"


def test_undo_shows_the_old_value(qtbot, panel, store, selection, ids, choose):
    selection.select("claim", ids["claim"])
    choose(editor(panel, "form"), 2)
    assert panel.model.card(ids["claim"]).form == "Indirect speech"
    store.undo()
    assert editor(panel, "form").value() is None
    assert panel.model.card(ids["claim"]).form == ""


def test_parts_and_hops_can_be_removed(qtbot, panel, store, selection, ids, edits, choose):
    text = store.workspace.text
    said = text.index("said")
    store.edit(annotate.mark_cue(store.workspace, ids["claim"], [(said, said + 4)]))
    selection.select("claim", ids["claim"])
    panel.editor.toggle_more()
    panel.editor.toggle_chain()
    edits.clear()
    panel.editor.parts[1].remove.click()
    assert [s.exact for s in claim(store, ids).spans] == ["I would go"]
    assert not panel.editor.parts[0].isVisible()
    hop = panel.editor.hops[1]
    assert hop.cue.shown[0].words.text() == "“said”"
    choose(hop.form.editors["referring"], 1)
    assert claim(store, ids).chain[1].referring == "explicit"
    hop.cue.shown[0].remove.click()
    assert claim(store, ids).chain[1].cue_spans == ()
    panel.editor.hops[0].head.remove.click()
    assert speakers.chain_line(store.workspace, claim(store, ids)) == "Sergei Lavrov"
    assert len(edits) == 4


def test_a_claim_can_be_put_inside_another_but_not_inside_itself(qtbot, panel, store, selection, ids, choose):
    selection.select("claim", ids["claim"])
    panel.editor.toggle_more()
    choose(editor(panel, "parent_id"), 1)
    assert claim(store, ids).parent_id == ids["plain"]
    assert editor(panel, "parent_id").currentText().startswith("1 · Russia agreed")
    selection.select("claim", ids["plain"])
    choose(editor(panel, "parent_id"), 2)
    assert claim(store, ids, "plain").parent_id is None
    assert "inside itself" in panel.editor.extra._messages["parent_id"].text()
    assert editor(panel, "parent_id").value() is None


def test_the_buttons(qtbot, panel, store, selection, ids):
    selection.select("claim", ids["claim"])
    with qtbot.waitSignal(panel.add_part_requested, check_params_cb=lambda id_: id_ == ids["claim"]):
        qtbot.mouseClick(panel.editor.add_part, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(panel.focus_article):
        qtbot.mouseClick(panel.editor.done_button, Qt.MouseButton.LeftButton)
    assert panel.table.open_row == -1
    assert selection.id == ids["claim"]
    panel.focus_editor()
    assert panel.table.open_row == 1
    assert editor(panel, "source").hasFocus()
    qtbot.mouseClick(panel.editor.delete, Qt.MouseButton.LeftButton)
    assert ids["claim"] not in store.workspace.claims
    assert panel.model.keys == [ids["plain"]]
    assert not panel.editor.isVisible()


def test_arrows_and_enter_in_the_list(qtbot, panel, selection, ids):
    panel.table.setFocus()
    selection.select("claim", ids["plain"])
    qtbot.keyClick(panel.table, Qt.Key.Key_Down)
    assert selection.id == ids["claim"]
    assert panel.table.hasFocus()
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert editor(panel, "source").hasFocus()
    qtbot.keyClick(editor(panel, "form"), Qt.Key.Key_Escape)
    assert panel.table.open_row == 1


def test_moving_a_boundary_sorts_the_cards_and_keeps_the_open_one(panel, store, selection, ids):
    selection.select("claim", ids["claim"])
    end = len(store.workspace.text) - 3
    store.edit(annotate.set_spans(store.workspace, ids["plain"], [(end - 4, end)]))
    assert panel.model.keys == [ids["claim"], ids["plain"]]
    assert panel.table.open_row == 0
    assert panel.table.currentIndex().row() == 0
    assert panel.editor.isVisible()


def test_a_project_that_cannot_be_written_shows_but_does_not_edit(show, store, selection, ids, monkeypatch):
    monkeypatch.setattr(type(store), "read_only", property(lambda _: True))
    panel = show(ClaimsPanel)
    selection.select("claim", ids["claim"])
    assert editor(panel, "source").isReadOnly()
    assert not editor(panel, "form").isEnabled()
    assert not panel.editor.delete.isEnabled()
    assert not panel.header.add.isEnabled()


def test_every_field_has_a_name_for_screen_readers(panel, selection, ids):
    selection.select("claim", ids["claim"])
    panel.editor.toggle_more()
    for form in (panel.editor.main, panel.editor.extra):
        assert all(field.accessibleName() for field in form.editors.values())
    panel.set_theme(DARK)
    assert panel.cards.theme is DARK


def test_tab_goes_through_the_fields_from_top_to_bottom(qtbot, panel, selection, ids):
    selection.select("claim", ids["claim"])
    panel.editor.toggle_more()
    panel.editor.toggle_chain()
    panel.focus_editor()
    seen = []
    for _ in range(60):
        here = QApplication.focusWidget()
        seen.append(here)
        if here is panel.editor.done_button:
            break
        qtbot.keyClick(here, Qt.Key.Key_Tab)
    assert seen[-1] is panel.editor.done_button
    places = [widget.mapTo(panel.editor, QPoint(0, 0)) for widget in seen]
    assert all(after.y() > before.y() - 6 for before, after in pairwise(places))
    assert len(seen) == 5 + 2 + 2 * (2 + 2 + 5) + 2 + 8 + 2 + 3
    rect = panel.table.viewport().rect()
    assert rect.contains(seen[-1].mapTo(panel.table.viewport(), QPoint(1, 1)))

"""Keys that work alike in all panels, and forms that fit what they show."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QListView

from annotator.services import annotate, speakers
from ui.panels.articles import ArticlesPanel
from ui.panels.claims import ClaimsPanel
from ui.panels.corrections import CorrectionsPanel
from ui.panels.speakers import SpeakersPanel

# What the offscreen platform says of windows with a smallest size and of lists that pop up.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")
LISTS = [ClaimsPanel, SpeakersPanel, CorrectionsPanel]


def pixels(panel):
    return panel.table.viewport().grab().toImage()


def fits(drawer):
    """Whether no two visible parts of a form lie over each other or are cut."""
    parts = [form for form in drawer.findChildren(type(drawer.main)) if form.isVisible()]
    for form in parts:
        for editor in form.editors.values():
            assert editor.height() >= 28
        assert form.height() >= form.layout().totalHeightForWidth(form.width())  # a line wraps as wide as it is
    return drawer.done_button.geometry().bottom() <= drawer.rect().bottom()


# -- S2, S3: what an edit from elsewhere leaves behind ------------------------------------------------------------


def test_the_open_card_keeps_its_height_right_when_undo_changes_the_chain(qtbot, show, store, selection, ids):
    panel = show(ClaimsPanel)
    selection.select("claim", ids["claim"])
    panel.editor.toggle_chain()
    short = panel.editor.height()
    chain = panel.editor.main.editors["chain_line"]
    chain.setFocus()
    chain.selectAll()
    qtbot.keyClicks(chain, "TASS > Interfax > RIA Novosti > Sergei Lavrov")
    qtbot.keyClick(chain, Qt.Key.Key_Return)
    qtbot.keyClick(chain, Qt.Key.Key_Return)
    assert panel.editor.hops[3].isVisible()
    assert panel.editor.height() > short + 200
    assert fits(panel.editor)
    store.undo()
    qtbot.waitUntil(lambda: panel.editor.height() == short)
    assert fits(panel.editor)
    store.redo()
    qtbot.waitUntil(lambda: panel.editor.height() > short + 200)
    assert fits(panel.editor)


def test_what_is_said_of_an_edit_goes_with_the_next_one(qtbot, show, store, selection, ids):
    panel = show(ClaimsPanel)
    selection.select("claim", ids["plain"])
    source = panel.editor.main.editors["source"]
    source.setFocus()
    qtbot.keyClicks(source, "TASS")
    qtbot.keyClick(source, Qt.Key.Key_Return)
    message = panel.editor.main._messages["source"]
    assert message.text() == "Added “TASS” to the speakers."
    store.undo()
    assert message.text() == ""
    assert not message.isVisible()


# -- S4: Enter presses the button ---------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_presses_the_button_that_has_the_focus(qtbot, show, store, selection, ids, key):
    panel = show(ClaimsPanel)
    selection.select("claim", ids["claim"])
    panel.editor.toggle_chain()
    panel.editor.more_button.setFocus()
    qtbot.keyClick(panel.editor.more_button, key)
    assert panel.editor.more.isVisible()
    panel.editor.add_part.setFocus()
    with qtbot.waitSignal(panel.add_part_requested):
        qtbot.keyClick(panel.editor.add_part, key)
    panel.editor.hops[0].head.remove.setFocus()
    qtbot.keyClick(panel.editor.hops[0].head.remove, key)
    assert speakers.chain_line(store.workspace, store.workspace.claims[ids["claim"]]) == "Sergei Lavrov"
    panel.editor.done_button.setFocus()
    qtbot.keyClick(panel.editor.done_button, key)
    assert panel.table.open_row == -1
    panel.focus_editor()
    panel.editor.delete.setFocus()
    with qtbot.waitSignal(panel.focus_article):
        qtbot.keyClick(panel.editor.delete, key)
    assert ids["claim"] not in store.workspace.claims


def test_enter_presses_the_buttons_of_the_header(qtbot, show):
    panel = show(SpeakersPanel)
    panel.header.add.setFocus()
    with qtbot.waitSignal(panel.mark_requested):
        qtbot.keyClick(panel.header.add, Qt.Key.Key_Return)
    everybody = panel.scope.button("all")
    everybody.setFocus()
    qtbot.keyClick(everybody, Qt.Key.Key_Return)
    assert panel.model.everybody


# -- S5: Delete ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("panel_type", "table"), [(ClaimsPanel, "claims"), (CorrectionsPanel, "corrections")])
def test_delete_in_a_list_deletes_and_goes_on(qtbot, show, store, selection, edits, panel_type, table):
    panel = show(panel_type)
    panel.table.setFocus()
    qtbot.keyClick(panel.table, Qt.Key.Key_Down)
    gone, stays = panel.rows.keys[1], panel.rows.keys[0]
    assert selection.id == gone
    qtbot.keyClick(panel.table, Qt.Key.Key_Delete)
    assert list(getattr(store.workspace, table)) == [stays]
    assert selection.id == stays
    assert panel.table.hasFocus()
    qtbot.keyClick(panel.table, Qt.Key.Key_Delete)
    assert not getattr(store.workspace, table)
    qtbot.keyClick(panel.table, Qt.Key.Key_Delete)
    assert len(edits) == 2


def test_delete_in_the_list_of_speakers_asks_the_window(qtbot, show, store):
    panel = show(SpeakersPanel)
    panel.table.setFocus()
    first = panel.model.keys[0]
    with qtbot.waitSignal(panel.delete_speaker_requested, check_params_cb=lambda id_: id_ == first):
        qtbot.keyClick(panel.table, Qt.Key.Key_Delete)
    assert first in store.workspace.speakers


def test_delete_in_the_list_of_articles_asks_the_window(qtbot, show, store):
    panel = show(ArticlesPanel)
    panel.list.setFocus()
    with qtbot.waitSignal(panel.delete_requested, check_params_cb=lambda id_: id_ == store.workspace.article.id):
        qtbot.keyClick(panel.list, Qt.Key.Key_Delete)


def test_delete_does_nothing_where_nothing_can_be_written(qtbot, show, store, monkeypatch):
    monkeypatch.setattr(type(store), "read_only", property(lambda _: True))
    panel = show(SpeakersPanel)
    panel.table.setFocus()
    with qtbot.assertNotEmitted(panel.delete_speaker_requested):
        qtbot.keyClick(panel.table, Qt.Key.Key_Delete)


# -- S7: where the keyboard is ------------------------------------------------------------------------------------


@pytest.mark.parametrize("panel_type", LISTS)
def test_tab_into_a_list_shows_where_the_keyboard_is(qtbot, show, selection, panel_type):
    panel = show(panel_type)
    panel.header.add.setFocus()
    before = pixels(panel)
    qtbot.keyClick(panel.header.add, Qt.Key.Key_Tab)
    assert panel.table.hasFocus()
    assert panel.table.currentIndex().row() == 0
    assert selection.id is None
    assert pixels(panel) != before
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert panel.table.open_row == 0
    assert panel.drawer.isAncestorOf(QApplication.focusWidget())


def test_tab_into_a_list_stays_on_the_row_that_is_selected(qtbot, show, selection, ids):
    panel = show(ClaimsPanel)
    selection.select("claim", ids["claim"])
    panel.close_drawer()
    panel.header.add.setFocus()
    qtbot.keyClick(panel.header.add, Qt.Key.Key_Tab)
    assert panel.table.currentIndex().row() == 1


def test_an_edit_leaves_the_ring_where_it_is(show, store, ids):
    panel = show(ClaimsPanel)
    panel.table.setFocus()
    store.edit(annotate.change(store.workspace, ids["claim"], note="n"))
    assert panel.table.currentIndex().row() == 0


# -- small things -------------------------------------------------------------------------------------------------


def test_a_chain_that_is_left_shows_its_start_and_all_of_it_in_the_tooltip(qtbot, show, selection, ids):
    panel = show(ClaimsPanel, 360)
    selection.select("claim", ids["claim"])
    chain = panel.editor.main.editors["chain_line"]
    chain.setFocus()
    line = "The Moscow Times of Yesterday > The Agency of Agencies > RIA Novosti > Sergei Lavrov"
    chain.selectAll()
    qtbot.keyClicks(chain, line)
    qtbot.keyClick(chain, Qt.Key.Key_Tab)
    assert chain.cursorPosition() == 0
    assert line.replace(">", "&gt;") in chain.toolTip()


def test_the_longest_words_of_a_choice_can_be_read_at_360_pixels(show, selection, ids):
    panel = show(ClaimsPanel, 360)
    selection.select("claim", ids["claim"])
    panel.editor.toggle_chain()
    panel.editor.toggle_more()
    for form in (panel.editor.main, panel.editor.extra, panel.editor.hops[0].form):
        for name in {"form", "check_worthy", "type", "stance", "certainty", "referring"} & form.editors.keys():
            combo = form.editors[name]
            words = max((combo.itemText(i) for i in range(combo.count())), key=len)
            assert combo.width() > combo.fontMetrics().horizontalAdvance(words) + 32, (name, words)


def test_a_long_claim_in_a_choice_ends_in_dots(qtbot, show, store, selection, ids):
    panel = show(ClaimsPanel, 360)
    text = store.workspace.text
    store.edit(annotate.set_spans(store.workspace, ids["plain"], [(0, text.index("He left"))]))
    store.edit(annotate.change(store.workspace, ids["claim"], parent_id=ids["plain"]))
    selection.select("claim", ids["claim"])
    panel.editor.toggle_more()
    combo = panel.editor.extra.editors["parent_id"]
    whole = combo.grab().toImage()
    assert combo.toolTip() == f"<qt>{combo.currentText().replace(chr(34), '&quot;')}</qt>"
    combo.setItemText(combo.currentIndex(), combo.currentText() + " and words that do not fit")
    assert combo.grab().toImage() == whole  # both end at the same place, in “…”


def test_sources_of_a_chain_are_counted(show, selection, ids):
    panel = show(ClaimsPanel)
    selection.select("claim", ids["claim"])
    panel.editor.toggle_chain()
    assert [hop.head.caption.text() for hop in panel.editor.hops] == ["Source 1 of 2", "Source 2 of 2"]


def test_a_click_on_a_proposal_in_a_chain_is_one_edit_at_the_end(qtbot, show, store, selection, ids, edits):
    panel = show(ClaimsPanel)
    selection.select("claim", ids["plain"])
    chain = panel.editor.main.editors["chain_line"]
    chain.setFocus()
    qtbot.keyClicks(chain, "ri")
    proposals = panel.window().findChild(QListView, "suggestions")
    spot: QPoint = proposals.visualRect(proposals.model().index(0, 0)).center()
    qtbot.mouseClick(proposals.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.keyClicks(chain, " > lav")
    qtbot.keyClick(chain, Qt.Key.Key_Return)
    assert not edits
    assert panel.editor.main.editors["source"].text() == ""
    qtbot.keyClick(chain, Qt.Key.Key_Tab)
    assert len(edits) == 1
    assert speakers.chain_line(store.workspace, store.workspace.claims[ids["plain"]]) == "RIA Novosti > Sergei Lavrov"

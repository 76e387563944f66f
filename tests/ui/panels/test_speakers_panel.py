"""The speakers panel: names in place, every field, mentions and who they mean."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from annotator.services import annotate, speakers
from ui.models.speakers import CLAIMS, MENTIONS, NAME, NOBODY
from ui.panels.speakers import SpeakersPanel
from ui.widgets.editors import LineEditor

# What the offscreen platform says of windows with a smallest size and of lists that pop up.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")


@pytest.fixture
def panel(show):
    return show(SpeakersPanel)


def named(store, name):
    return speakers.find(store.workspace.speakers.values(), name)


def cell(panel, key, column=NAME):
    return panel.model.index(panel.model.row_of(key), column)


def double_click(qtbot, panel, index):
    place = panel.table.visualRect(index).topLeft()
    place.setX(place.x() + 60)
    place.setY(place.y() + 14)
    qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def cell_editor(qtbot, panel):
    qtbot.waitUntil(lambda: panel.table.viewport().findChild(LineEditor, "cell") is not None)
    return panel.table.viewport().findChild(LineEditor, "cell")


def test_counts_of_the_article_and_of_everything(qtbot, panel, store):
    lavrov, ria = named(store, "Sergei Lavrov"), named(store, "RIA Novosti")
    assert panel.model.keys == [lavrov.id, ria.id, NOBODY]
    assert [cell(panel, lavrov.id, c).data() for c in (NAME, MENTIONS, CLAIMS)] == ["Sergei Lavrov", "—", "1"]
    assert cell(panel, NOBODY, MENTIONS).data() == "1"
    store.edit(speakers.create(store.workspace, "Zora"))
    assert len(panel.model.keys) == 3
    qtbot.mouseClick(panel.scope.button("all"), Qt.MouseButton.LeftButton)
    assert [panel.model.name(key) for key in panel.model.keys] == ["RIA Novosti", "Sergei Lavrov", "Zora"]


def test_a_name_is_changed_in_place(qtbot, panel, store, edits):
    lavrov = named(store, "Sergei Lavrov")
    double_click(qtbot, panel, cell(panel, lavrov.id))
    editor = cell_editor(qtbot, panel)
    editor.selectAll()
    qtbot.keyClicks(editor, "Sergey Lavrov")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: store.workspace.speakers[lavrov.id].name == "Sergey Lavrov")
    assert [e.title for e in edits] == ["Rename speaker"]


def test_a_name_that_is_taken_is_explained_and_stays_in_the_cell(qtbot, panel, store, edits):
    lavrov = named(store, "Sergei Lavrov")
    panel.table.setFocus()
    panel.table.setCurrentIndex(cell(panel, lavrov.id))
    qtbot.keyClick(panel.table, Qt.Key.Key_F2)
    editor = cell_editor(qtbot, panel)
    editor.selectAll()
    qtbot.keyClicks(editor, "RIA Novosti")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.refusal.text() == "There is already a speaker “RIA Novosti”.")
    assert not edits
    cells = panel.table.viewport()
    qtbot.waitUntil(lambda: [e.text() for e in cells.findChildren(LineEditor, "cell")] == ["RIA Novosti"])
    qtbot.waitUntil(lambda: panel.table.cell_editor() is not None and panel.table.cell_editor().hasFocus())


def test_every_field_of_a_speaker(qtbot, panel, store, selection, edits):
    lavrov = named(store, "Sergei Lavrov")
    selection.select("speaker", lavrov.id)
    fields = panel.editor.speaker.editors
    for name, typed in {
        "affiliation": "MID",
        "wikidata": "Q58217",
        "note": "n",
    }.items():
        field = getattr(fields[name], "line", fields[name])
        field.setFocus()
        qtbot.keyClicks(field, typed)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    aliases = fields["aliases"]
    aliases.setFocus()
    qtbot.keyClicks(aliases, "Lavrov, S.")
    qtbot.keyClick(aliases, Qt.Key.Key_Return)
    qtbot.keyClicks(aliases, "the minister")
    panel.outside.setFocus()
    now = store.workspace.speakers[lavrov.id]
    assert (now.aliases, now.affiliation, now.wikidata, now.note) == (
        ("Lavrov, S.", "the minister"),
        "MID",
        "Q58217",
        "n",
    )
    assert len(edits) == 4
    qtbot.mouseClick(fields["wikidata"].none, Qt.MouseButton.LeftButton)
    assert store.workspace.speakers[lavrov.id].wikidata == "none"
    assert fields["kind"].value() == "person"


def test_a_wrong_wikidata_id_is_refused_in_place(qtbot, panel, store, selection, edits):
    selection.select("speaker", named(store, "RIA Novosti").id)
    field = panel.editor.speaker.editors["wikidata"].line
    field.setFocus()
    qtbot.keyClicks(field, "58217")
    panel.outside.setFocus()
    assert not edits
    assert field.text() == "58217"
    assert "looks like Q58217" in panel.editor.speaker._messages["wikidata"].text()


def test_a_mention_is_assigned_to_a_new_speaker(qtbot, panel, store, selection, ids, edits):
    selection.select("mention", ids["mention"])
    assert panel.table.open_row == panel.model.row_of(NOBODY)
    field = panel.editor.mention.editors["speaker"]
    assert field.isVisible()
    field.setFocus()
    qtbot.keyClicks(field, "Foreign Ministry")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert len(edits) == 1
    ministry = named(store, "Foreign Ministry")
    assert store.workspace.mentions[ids["mention"]].speaker_id == ministry.id
    assert NOBODY not in panel.model.keys
    assert panel.table.open_row == panel.model.row_of(ministry.id)
    assert field.hasFocus()
    assert panel.editor.mention._messages["speaker"].text() == "Added “Foreign Ministry” to the speakers."


def test_mentions_are_listed_and_edited(qtbot, panel, store, selection, ids):
    lavrov = named(store, "Sergei Lavrov")
    store.edit(speakers.assign(store.workspace, ids["mention"], "Sergei Lavrov"))
    selection.select("speaker", lavrov.id)
    line = panel.editor.lines[0]
    line.kind.setFocus()
    qtbot.keyClick(line.kind, Qt.Key.Key_Down)
    qtbot.waitUntil(line.kind.view().isVisible)
    qtbot.keyClick(line.kind.view(), Qt.Key.Key_Down)
    qtbot.keyClick(line.kind.view(), Qt.Key.Key_Return)
    assert store.workspace.mentions[ids["mention"]].kind == "nominal"
    qtbot.mouseClick(line.words, Qt.MouseButton.LeftButton)
    assert (selection.kind, selection.id) == ("mention", ids["mention"])
    assert panel.editor.delete_mention.isVisible()
    qtbot.mouseClick(panel.editor.details, Qt.MouseButton.LeftButton)
    assert panel.editor.speaker.editors["name"].hasFocus()
    assert selection.kind == "speaker"
    qtbot.mouseClick(line.remove, Qt.MouseButton.LeftButton)
    assert ids["mention"] not in store.workspace.mentions


def test_deleting_a_speaker_is_left_to_the_window(qtbot, panel, store, selection):
    lavrov = named(store, "Sergei Lavrov")
    selection.select("speaker", lavrov.id)
    with qtbot.waitSignal(panel.delete_speaker_requested, check_params_cb=lambda id_: id_ == lavrov.id):
        qtbot.mouseClick(panel.editor.delete_speaker, Qt.MouseButton.LeftButton)


def test_a_speaker_is_found_or_added_in_the_list_of_all(qtbot, panel, store, selection):
    panel.show_all(everybody=True)
    qtbot.keyClicks(panel.search, "lav")
    assert [panel.model.name(key) for key in panel.model.keys] == ["Sergei Lavrov"]
    panel.search.clear()
    qtbot.keyClicks(panel.search, "TASS")
    qtbot.keyClick(panel.search, Qt.Key.Key_Return)
    assert selection.id == named(store, "TASS").id
    assert panel.table.open_row == panel.model.row_of(selection.id)


def test_the_speaker_of_the_selected_claim_is_marked_but_not_opened(panel, store, selection, ids):
    selection.select("claim", ids["claim"])
    assert panel.table.currentIndex().row() == panel.model.row_of(named(store, "Sergei Lavrov").id)
    assert panel.table.open_row == -1
    store.edit(annotate.delete(store.workspace, [ids["claim"]]))
    assert not panel.table.currentIndex().isValid()

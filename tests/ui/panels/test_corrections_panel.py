"""The corrections panel: cells in place, the form below, evidence of factual corrections."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from annotator.model import Evidence
from ui.models.corrections import CAUSE, REPLACEMENT, STATUS, TEXT
from ui.panels.corrections import CorrectionsPanel
from ui.widgets.choice import ChoiceEditor
from ui.widgets.editors import LineEditor

# What the offscreen platform says of windows with a smallest size and of lists that pop up.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")


@pytest.fixture
def panel(show):
    return show(CorrectionsPanel)


def fix(store, ids, which="word"):
    return store.workspace.corrections[ids[which]]


def edit_cell(qtbot, panel, key, column, kind):
    panel.table.setFocus()
    panel.table.setCurrentIndex(panel.model.index(panel.model.row_of(key), column))
    qtbot.keyClick(panel.table, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: panel.table.viewport().findChild(kind, "cell") is not None)
    return panel.table.viewport().findChild(kind, "cell")


def test_white_space_can_be_seen(panel, ids):
    row = panel.model.row_of(ids["wraps"])
    assert row == 0
    assert [panel.model.index(row, c).data() for c in (TEXT, REPLACEMENT, CAUSE)] == ["⏎ ×2", "␣", "Hard wrap"]


def test_the_replacement_is_changed_in_place(qtbot, panel, store, ids, edits):
    editor = edit_cell(qtbot, panel, ids["word"], REPLACEMENT, LineEditor)
    editor.selectAll()
    qtbot.keyClicks(editor, "Us ")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: fix(store, ids).replacement == "Us ")
    assert panel.table.hasFocus()
    assert len(edits) == 1
    assert panel.model.index(panel.model.row_of(ids["word"]), REPLACEMENT).data() == "Us␣"


def test_reason_and_status_are_chosen_in_place(qtbot, panel, store, ids, edits):
    for column, steps, field, value in ((CAUSE, 2, "cause", "quote_mark"), (STATUS, 1, "status", "accepted")):
        combo = edit_cell(qtbot, panel, ids["word"], column, ChoiceEditor)
        qtbot.waitUntil(combo.view().isVisible)
        for _ in range(steps):
            qtbot.keyClick(combo.view(), Qt.Key.Key_Down)
        qtbot.keyClick(combo.view(), Qt.Key.Key_Return)
        assert getattr(fix(store, ids), field) == value
        qtbot.waitUntil(lambda: panel.table.viewport().findChild(ChoiceEditor, "cell") is None)
    assert len(edits) == 2


def test_a_cell_that_is_left_open_is_committed_by_flush(qtbot, panel, store, ids):
    editor = edit_cell(qtbot, panel, ids["word"], REPLACEMENT, LineEditor)
    editor.selectAll()
    qtbot.keyClicks(editor, "They")
    assert panel.flush()
    assert fix(store, ids).replacement == "They"


def test_spaces_are_kept_in_the_form(qtbot, panel, store, selection, ids, edits):
    selection.select("correction", ids["wraps"])
    field = panel.editor.main.editors["replacement"]
    assert field.value() == " "
    field.setFocus()
    panel.outside.setFocus()
    assert not edits
    field.setFocus()
    field.insertPlainText("\u00a0\u2009")
    panel.outside.setFocus()
    assert set(fix(store, ids, "wraps").replacement) == {" ", "\u00a0", "\u2009"}


def test_a_factual_correction_has_a_claim_a_verdict_and_evidence(qtbot, panel, store, selection, ids, edits, choose):
    selection.select("correction", ids["word"])
    editors = panel.editor.main.editors
    choose(editors["kind"], 2)
    assert fix(store, ids).kind == "factual"
    assert not editors["replacement"].isVisible()
    choose(panel.editor.factual.editors["claim_id"], 2)
    assert fix(store, ids).claim_id == ids["claim"]
    choose(panel.editor.factual.editors["verdict"], 2)
    assert fix(store, ids).verdict == "refuted"
    qtbot.mouseClick(panel.editor.add_evidence, Qt.MouseButton.LeftButton)
    evidence = panel.editor.evidence[0].form.editors
    assert evidence["url"].hasFocus()
    qtbot.keyClicks(evidence["url"], "example.org/a")
    qtbot.keyClick(evidence["url"], Qt.Key.Key_Tab)
    qtbot.keyClicks(evidence["date"], "2018-04-20")
    panel.outside.setFocus()
    assert fix(store, ids).evidence == (Evidence("example.org/a", "2018-04-20"),)
    row = panel.model.row_of(ids["word"])
    assert panel.model.index(row, TEXT).data().startswith("2 · I would go")
    assert panel.model.index(row, REPLACEMENT).data() == "Refuted"
    qtbot.mouseClick(panel.editor.evidence[0].head.remove, Qt.MouseButton.LeftButton)
    assert fix(store, ids).evidence == ()
    assert not panel.editor.evidence[0].isVisible()


def test_delete_and_undo(qtbot, panel, store, selection, ids):
    selection.select("correction", ids["wraps"])
    qtbot.mouseClick(panel.editor.delete, Qt.MouseButton.LeftButton)
    assert panel.model.keys == [ids["word"]]
    assert selection.id == ids["wraps"]
    store.undo()
    assert panel.model.keys == [ids["wraps"], ids["word"]]
    assert panel.table.open_row == 0

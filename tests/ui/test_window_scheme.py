"""The scheme changed in the real window: every change is one step, stored, followed and taken back."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QLineEdit
from scheme_hands import SchemeHands, types, with_two_claims
from ui_hands import Hands

from annotator.schemes import CLAIMS, TRANSCRIPTION
from db.project import create_project, open_project
from ui.dialogs.import_preview import ImportPreview
from ui.scheme.values import LABEL, MEANING, USES, VALUE

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def scheme(hands):
    return SchemeHands(hands)


@pytest.fixture
def used(hands):
    return with_two_claims(hands)


# -- labels -------------------------------------------------------------------------------------------------------


def test_a_value_is_added_and_offered_at_once(scheme):
    scheme.field("Claim: type")
    scheme.hands.enter(scheme.labels.label, "Forecast", end=None)
    scheme.hands.enter(scheme.labels.meaning, "What will be.", end=None)
    with scheme.saved():
        QTest.keyClick(scheme.labels.meaning, Qt.Key.Key_Return)
    assert scheme.rows()[-1] == "Forecast"
    assert scheme.labels.list.value() == "forecast"
    assert scheme.labels.label.text() == ""
    assert scheme.term("claim.type", "forecast").meaning == "What will be."
    assert scheme.dialog.version.text().startswith("version 2, changed ")
    with scheme.saved():
        QTest.keyClick(scheme.dialog, Qt.Key.Key_Z, CONTROL)
    assert "Forecast" not in scheme.rows()
    assert scheme.dialog.version.text() == "version 1"
    with scheme.saved():
        QTest.keyClick(scheme.dialog, Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert scheme.rows()[-1] == "Forecast"


def test_a_refused_value_is_explained_and_stays_typed(scheme):
    scheme.field("Claim: type")
    scheme.hands.enter(scheme.labels.label, "Causal")
    assert scheme.reply("OK") == "claim.type has the value “causal” already."
    assert scheme.labels.label.text() == "Causal"


def test_label_and_meaning_are_edited_in_place(scheme):
    scheme.field("Claim: type")
    with scheme.saved():
        scheme.edit("Causal", LABEL, "Cause & effect")
    assert scheme.term("claim.type", "causal").label == "Cause & effect"
    with scheme.saved():
        scheme.edit("Cause & effect", MEANING, "Because of it.")
    assert scheme.term("claim.type", "causal").meaning == "Because of it."
    assert scheme.store.workspace.scheme.version == "3"


def test_an_empty_label_is_refused_and_the_old_one_shows_again(scheme):
    scheme.field("Claim: type")
    scheme.go("Causal")
    scheme.labels.list.currentItem().setText(LABEL, "  ")
    assert scheme.reply("OK") == "It needs a name."
    assert "Causal" in scheme.rows()
    assert scheme.store.workspace.scheme.version == "1"


def test_uses_are_counted_over_all_articles_and_follow(used):
    used.field("Claim: type")
    used.counted()
    assert dict(zip(used.rows(), used.rows(USES), strict=True))["Causal"] == "2"
    with used.saved():
        used.store.undo()
    used.qtbot.waitUntil(lambda: dict(zip(used.rows(), used.rows(USES), strict=True))["Causal"] == "1")


def test_a_stored_value_is_renamed_in_every_article_in_one_step(used, project_path):
    used.field("Claim: type")
    used.counted()
    used.edit("Causal", VALUE, "cause")
    with used.saved():
        assert used.reply("Rename") == "“causal” stands in 2 records. Store “cause” in all of them?"
    assert used.labels.list.value() == "cause"
    assert types(project_path) == ["cause", "cause"]
    assert [claim.type for claim in used.hands.ws.claims.values()] == ["cause"]
    with used.saved():
        used.store.undo()
    assert types(project_path) == ["causal", "causal"]
    assert used.term("claim.type", "causal") is not None


def test_a_stored_value_that_cannot_be_is_refused(scheme):
    scheme.field("Claim: type")
    scheme.edit("Causal", VALUE, "Not a value!")
    assert "small letters" in scheme.reply("OK")
    assert "causal" in scheme.rows(VALUE)


def test_a_retired_value_is_replaced_where_it_stands(used, project_path):
    used.field("Claim: type")
    used.counted()
    used.go("Causal")
    dialog = used.retire()
    assert dialog.words.text() == "“Causal” is no longer offered. It stands in 2 records."
    dialog.choice.setCurrentIndex(dialog.choice.findData("position"))
    with used.saved():
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert types(project_path) == ["position", "position"]
    assert used.term("claim.type", "causal").retired
    used.qtbot.waitUntil(lambda: "retired · 0" in used.rows(USES))
    used.go("Causal")
    with used.saved():
        used.hands.click(used.labels.retire)
    assert not used.term("claim.type", "causal").retired


def test_a_retired_value_may_be_kept_where_it_stands(used, project_path):
    used.field("Claim: type")
    used.counted()
    used.go("Causal")
    dialog = used.retire()
    with used.saved():
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert types(project_path) == ["causal", "causal"]
    assert "causal" not in [value for value, *_ in used.hands.ws.vocabulary.choices("claim.type")]


def test_values_are_put_in_order_by_keys_and_by_dropping(scheme):
    scheme.field("Claim: type")
    first, second, third, *rest = scheme.rows()
    scheme.go(first)
    with scheme.saved():
        QTest.keyClick(scheme.labels.list, Qt.Key.Key_Down, ALT)
    assert scheme.rows() == [second, first, third, *rest]
    assert scheme.labels.list.value() == scheme.term("claim.type", CLAIMS.terms[6].value).value
    tree = scheme.labels.list
    scheme.go(second)
    target = tree.visualItemRect(tree.topLevelItem(2))
    below = QPointF(target.center().x(), target.bottom() - 1)
    mime = tree.mimeData([tree.currentItem()])
    arguments = (Qt.DropAction.MoveAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    tree.setDropIndicatorShown(True)
    tree.dropIndicatorPosition = lambda: QAbstractItemView.DropIndicatorPosition.BelowItem
    with scheme.saved():
        tree.dropEvent(QDropEvent(below, *arguments))
    assert scheme.rows() == [first, third, second, *rest]
    assert scheme.store.workspace.scheme.version == "3"


# -- checks and fields --------------------------------------------------------------------------------------------


def test_a_check_is_made_blocking_and_undone(scheme):
    scheme.dialog.tabs.setCurrentIndex(1)
    level = scheme.dialog.checks.levels["empty_chain"]
    assert level.key == "warning"
    with scheme.saved():
        QTest.mouseClick(level.button("blocking"), Qt.MouseButton.LeftButton)
    assert [(s.check, s.level) for s in scheme.store.workspace.scheme.checks] == [("empty_chain", "blocking")]
    with scheme.saved():
        QTest.keyClick(scheme.dialog, Qt.Key.Key_Z, CONTROL)
    assert level.key == "warning"


def test_a_field_is_hidden_by_its_box(scheme):
    scheme.dialog.tabs.setCurrentIndex(2)
    with scheme.saved():
        QTest.mouseClick(scheme.dialog.fields.boxes["speakers"], Qt.MouseButton.LeftButton, pos=QPoint(8, 14))
    assert scheme.store.workspace.scheme.hidden == ("speakers",)
    assert not scheme.hands.window.speakers.isVisible()
    with scheme.saved():
        scheme.store.undo()
    assert scheme.dialog.fields.boxes["speakers"].isChecked()


# -- the guideline ------------------------------------------------------------------------------------------------


def test_the_guideline_is_written_with_a_preview_and_kept_in_one_step(scheme):
    scheme.dialog.tabs.setCurrentIndex(3)
    page = scheme.dialog.guideline
    scheme.hands.enter(page.editor, "# Ours\n\n## claim.form\n\nAs it *comes*.", end=None)
    page.editor.insertPlainText("\u00a0!")
    scheme.qtbot.waitUntil(lambda: page.preview.toPlainText().startswith("Ours\nClaim: form\nAs it comes."))
    assert scheme.store.workspace.scheme.version == "1"
    with scheme.saved():
        scheme.hands.click(page.save)
    assert scheme.store.workspace.scheme.guideline == "# Ours\n\n## claim.form\n\nAs it *comes*.\u00a0!"
    assert scheme.store.workspace.scheme.version == "2"
    with scheme.saved():
        scheme.store.undo()
    assert page.text() == CLAIMS.guideline


def test_what_is_typed_into_the_guideline_is_kept_when_the_dialog_closes(scheme):
    scheme.dialog.tabs.setCurrentIndex(3)
    scheme.hands.enter(scheme.dialog.guideline.editor, "Short.", end=None)
    with scheme.saved():
        QTest.keyClick(scheme.dialog, Qt.Key.Key_Escape)
    assert scheme.store.workspace.scheme.guideline == "Short."


# -- other schemes ------------------------------------------------------------------------------------------------


def entry(scheme, start):
    return next(action for action in scheme.dialog.menu.actions() if action.text().startswith(start))


def test_a_ready_made_scheme_is_taken_after_saying_what_changes(scheme):
    entry(scheme, "Use “Transcription only”").trigger()
    with scheme.saved():
        question = scheme.reply("Use It")
    assert "Hidden from now on: Claims, Speakers, Correction: verdict." in question
    assert "Quotation without claim: warning → off" in question
    assert "The guideline is another one." in question
    assert scheme.store.workspace.scheme.hidden == TRANSCRIPTION.hidden
    assert scheme.dialog.name.text() == "Transcription only"
    entry(scheme, "Use “Transcription only”").trigger()
    assert "nothing would change" in scheme.reply("OK")


def test_a_scheme_goes_to_a_file_and_comes_from_one(scheme, tmp_path, monkeypatch):
    path = tmp_path / "ours"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (f"{path}.scheme.json", ""))
    entry(scheme, "Save").trigger()
    assert scheme.reply("OK") == f"The scheme is in {path}.scheme.json."
    data = json.loads((tmp_path / "ours.scheme.json").read_text("utf-8"))
    data["terms"].append({"vocabulary": "claim.type", "value": "forecast", "label": "Forecast"})
    (tmp_path / "ours.scheme.json").write_text(json.dumps(data), "utf-8")
    entry(scheme, "Read").trigger()
    with scheme.saved():
        assert "New values: “Forecast” (Claim: type)." in scheme.reply("Use It")
    assert scheme.term("claim.type", "forecast").label == "Forecast"
    (tmp_path / "ours.scheme.json").write_text("{}", "utf-8")
    entry(scheme, "Read").trigger()
    assert "is no scheme that can be used" in scheme.reply("OK")


def test_a_project_that_is_read_only_shows_its_scheme_and_nothing_more(qtbot, open_window, project_path):
    holder = open_project(str(project_path), "write")
    try:
        scheme = SchemeHands(Hands(qtbot, open_window(project_path)))
        dialog = scheme.dialog
        assert scheme.rows()[0] == "Direct quote"
        for widget in (dialog.labels.add, dialog.labels.retire, dialog.labels.up, dialog.labels.label):
            assert not widget.isEnabled()
        assert not any(level.isEnabled() for level in dialog.checks.levels.values())
        assert not any(box.isEnabled() for box in dialog.fields.boxes.values())
        assert dialog.guideline.editor.isReadOnly()
        assert dialog.name.isReadOnly()
        assert not entry(scheme, "Use “Quotations”").isEnabled()
        assert entry(scheme, "Save").isEnabled()
        scheme.go("Direct quote")
        QTest.keyClick(dialog.labels.list, Qt.Key.Key_Return)
        assert not [e for e in dialog.labels.list.findChildren(QLineEdit) if e.isVisible()]
    finally:
        holder.close()


def test_the_name_is_changed_in_its_field(scheme):
    with scheme.saved():
        scheme.hands.enter(scheme.dialog.name, "Ours")
    assert scheme.store.workspace.scheme.name == "Ours"
    assert scheme.dialog.isVisible()


# -- with the data ------------------------------------------------------------------------------------------------


def test_a_dataset_brings_the_values_it_needs_along_in_one_step(used, tmp_path):
    hands, store = used.hands, used.store
    used.field("Claim: type")
    used.edit("Causal", VALUE, "cause")
    with used.saved():
        used.reply("Rename")
    used.dialog.close()
    path = tmp_path / "gold.jsonl"
    hands.export_as(path)
    assert "gold.scheme.json, gold.guideline.md" in hands.read_message()
    other = tmp_path / "other.annotator"
    create_project(str(other)).close()
    with hands.qtbot.waitSignal(store.project_opened):
        hands.window.files.open(str(other))
    hands.window.importing.read([str(path)])
    hands.qtbot.waitUntil(lambda: hands.window.findChild(ImportPreview) is not None)
    with used.saved():
        hands.click(hands.window.findChild(ImportPreview).accept_button)
    assert "“Causal” (cause) was added to the values of claim.type, as gold.scheme.json has it." in hands.read_message()
    assert used.term("claim.type", "cause").label == "Causal"
    assert len(store.tally.summaries) == 2
    with used.saved():
        store.undo()
    assert used.term("claim.type", "cause") is None
    assert store.tally.summaries == {}

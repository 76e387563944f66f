"""What is done with hundreds of records at once is made off the window's thread: one step, the same in every view."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from ui_hands import LEFT, PLAIN
from ui_samples import seed

from annotator.edits import Change, Edit
from annotator.model import Claim, Correction, Hop
from annotator.services import annotate, corrections, speakers
from annotator.text.anchors import anchor
from db.project import open_project
from ui.article.ready import make_ready
from ui.outline import Filed
from ui.text.marks import MarkIndex

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")
NUMBER = 240
TEXT = "".join(f"Line {n:03} says teh words.\n" for n in range(NUMBER))
LINE = len(TEXT) // NUMBER
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def path(tmp_path):
    found = tmp_path / "many.annotator"
    seed(found, TEXT, "Another article.\n")
    return found


@pytest.fixture
def window(qtbot, open_window, path):
    """An article with a claim by Anna and a correction in each of 240 lines."""
    window = open_window(path)
    store = window.store
    anna = speakers.new_speaker("Anna", "person")
    changes = [Change(None, anna)]
    for at in range(0, len(TEXT), LINE):
        own = annotate.common_fields(store.workspace, store.author)
        changes.append(Change(None, Claim(spans=(anchor(TEXT, at, at + 8),), chain=(Hop(anna.id),), **own)))
        own = annotate.common_fields(store.workspace, store.author)
        spans = (anchor(TEXT, at + 14, at + 17),)
        changes.append(Change(None, Correction(spans=spans, replacement="the", cause="ocr", **own)))
    with qtbot.waitSignal(store.saved):
        store.edit(Edit("Label", tuple(changes)))
    return window


def choose_all(panel) -> None:
    panel.table.setFocus()
    QTest.keyClick(panel.table, Qt.Key.Key_A, CONTROL)
    assert len(panel.chosen()) == NUMBER


def looks_right(window, path) -> None:
    """Every view shows what the workspace holds, and the file holds it, too."""
    store, ws = window.store, window.store.workspace
    in_order = [c.id for c in sorted(ws.claims.values(), key=lambda c: c.spans[0].start)]
    assert store.outline.claims.ids() == window.claims.model.keys == in_order
    assert window.claims.header.count.text() == f"{len(ws.claims):,}"
    assert window.corrections.model.keys == store.outline.corrections.ids()
    filed = Filed(ws.claims.values(), ws.mentions.values(), ws.corrections.values())
    fresh = MarkIndex(window.pane.view.scene.place, window.pane.view.scene.map.reach)
    fresh.load(make_ready(ws.document(), filed).shelf)
    for view in window.pane.sides.shown:
        assert {p.mark for p in view.scene.index} == {p.mark for p in fresh}
    summary = store.tally.summaries[ws.article.id]
    assert (summary.claims, summary.corrections) == (len(ws.claims), len(ws.corrections))
    for speaker_id in ws.speakers:
        assert store.tally.speaker(speaker_id)[1] == store.outline.claims_of(speaker_id)
    project = open_project(str(path), "read")
    assert project.document(ws.article.id) == ws.document()
    project.close()


def undone_and_redone(qtbot, window, path, before, after) -> None:
    store, ws = window.store, window.store.workspace
    for act, wanted in ((store.undo, before), (store.redo, after), (store.undo, before)):
        with qtbot.waitSignal(store.saved):
            act()
        assert ws.document() == wanted
        looks_right(window, path)


@pytest.mark.parametrize(("field", "value"), [("form", "mixed"), ("add_tags", "visit"), ("chain_line", "Bert > Carla")])
def test_a_field_of_all_claims_is_one_step_and_every_view_follows(qtbot, window, path, field, value):
    store, ws, bar = window.store, window.store.workspace, window.claims.bulk
    before = ws.document()
    choose_all(window.claims)
    bar.field.set_value(field)
    bar.field.committed.emit()
    bar.editors[field].set_value(value)
    with qtbot.waitSignal(store.saved):
        QTest.mouseClick(bar.set_button, LEFT, PLAIN, bar.set_button.rect().center())
        assert ws.document() == before  # the window has its turn while it is made
    after = ws.document()
    assert all(one != other for one, other in zip(before.claims, after.claims, strict=True))
    assert len(window.claims.chosen()) == NUMBER  # for the next field
    looks_right(window, path)
    undone_and_redone(qtbot, window, path, before, after)


def test_all_claims_are_deleted_and_come_back(qtbot, window, path):
    store, ws = window.store, window.store.workspace
    before = ws.document()
    choose_all(window.claims)
    with qtbot.waitSignal(store.saved):
        window.claims.bulk.delete.click()
    assert not ws.claims
    looks_right(window, path)
    undone_and_redone(qtbot, window, path, before, ws.document())


@pytest.mark.parametrize("mode", ["source", "corrected", "both"])
def test_all_corrections_are_rejected_in_one_step(qtbot, window, path, mode):
    store, ws, panel = window.store, window.store.workspace, window.corrections
    window.pane.set_mode(mode)
    before = ws.document()
    window.selection.select("correction", panel.model.keys[0])
    choose_all(panel)
    with qtbot.waitSignal(store.saved):
        panel.judge("rejected")
    assert {c.status for c in ws.corrections.values()} == {"rejected"}
    for view in window.pane.sides.shown:
        assert "teh" in view.toPlainText()
    with qtbot.waitSignal(store.saved):
        store.undo()
    assert ws.document() == before
    shown = "".join(view.toPlainText() for view in window.pane.sides.shown)
    assert ("teh" in shown, "the" in shown) == (mode != "corrected", mode != "source")


def test_it_is_made_on_the_database_thread_and_nothing_comes_between(qtbot, window):
    store, ws, seen, refused = window.store, window.store.workspace, [], []
    ids = list(ws.claims)

    def make(workspace):
        seen.append((threading.current_thread(), workspace))
        return annotate.delete(workspace, ids)

    store.refused.connect(refused.append)
    with qtbot.waitSignal(store.saved):
        store.large.attempt(len(ids), make)
        store.undo()  # waits for its turn
        assert not store.attempt(lambda: annotate.mark_claim(ws, [(0, 4)], store.author))
        assert store.unsaved
    assert refused == ["A large change is still being made; nothing else was changed."]
    assert seen[0][0] is not threading.main_thread()
    assert seen[0][1] is not ws
    qtbot.waitUntil(lambda: ws.claims.keys() == set(ids) and not store.unsaved)  # undone
    assert store.redo_title == f"Delete {len(ids)} claims"


def test_a_refusal_changes_nothing_and_says_why(qtbot, window):
    store, ws, bar = window.store, window.store.workspace, window.claims.bulk
    before = ws.document()
    choose_all(window.claims)
    bar.field.set_value("chain_line")
    bar.field.committed.emit()
    bar.editors["chain_line"].set_value("TASS > TASS")
    bar.set_button.click()
    qtbot.waitUntil(lambda: bar.message.text() != "")
    assert bar.message.text() == "TASS stands twice in this chain: nobody is their own source."
    assert ws.document() == before
    assert not store.unsaved
    with qtbot.waitSignal(store.saved):
        store.edit(annotate.mark_claim(ws, [(0, 4)], store.author))


def test_another_article_opens_after_it(qtbot, window, path):
    store, ids = window.store, list(window.store.workspace.corrections)
    first, second = (summary.article.id for summary in store.tally.ordered())
    with qtbot.waitSignal(store.article_opened):
        store.large.attempt(len(ids), lambda ws: corrections.set_status(ws, ids, "accepted"))
        store.open_article(second)
    assert store.workspace.article.id == second
    with qtbot.waitSignal(store.article_opened):
        store.open_article(first)
    assert {c.status for c in store.workspace.corrections.values()} == {"accepted"}
    looks_right(window, path)


def test_one_that_is_asked_for_while_an_article_is_read_is_made_of_that_article(qtbot, window):
    store, ids = window.store, list(window.store.workspace.claims)
    second = store.tally.ordered()[1].article.id
    store.open_article(second)
    with qtbot.waitSignal(store.refused) as refused:
        store.large.attempt(len(ids), lambda ws: annotate.delete(ws, ids))
    assert store.workspace.article.id == second
    assert "no longer" in refused.args[0]
    assert store.tally.ordered()[0].claims == NUMBER


def test_a_speaker_of_many_uses_is_merged_into_another_and_back(qtbot, window, path):
    store, ws = window.store, window.store.workspace
    (anna,) = (id_ for id_, speaker in ws.speakers.items() if speaker.name == "Anna")
    with qtbot.waitSignal(store.saved):
        store.edit(speakers.create(ws, "Anna Smith"))
    before = ws.document()
    (other,) = set(ws.speakers) - {anna}
    window.speaker_commands.merge(other, anna)
    dialog = next(d for d in window.findChildren(object) if type(d).__name__ == "MergeSpeakers")
    dialog.columns[0].keep.click()
    qtbot.waitUntil(dialog.accept_button.isEnabled)
    with qtbot.waitSignal(store.saved):
        dialog.accept_button.click()
    assert set(ws.speakers) == {other}
    assert store.tally.speaker(other) == (0, NUMBER)
    looks_right(window, path)
    undone_and_redone(qtbot, window, path, before, ws.document())

"""History in the real window over the real change log: versions, restoring, the project's timeline."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from ui_hands import Hands

from annotator.edits import Change, Changeset, Edit
from annotator.model import Speaker
from annotator.services import annotate, speakers
from db.project import create_project, open_project
from ui.dialogs.history import HistoryDialog
from ui.dialogs.timeline import TimelineDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def claim_id(hands):
    hands.select("I would go")
    hands.press("c")
    (id_,) = hands.ws.claims
    change(hands, id_, form="indirect")
    change(hands, id_, form="direct")
    return id_


def change(hands, id_, **fields):
    with hands.qtbot.waitSignal(hands.store.saved):
        hands.store.edit(annotate.change(hands.ws, id_, **fields))


def dialog(hands, kind):
    found = hands.window.findChild(kind)
    hands.qtbot.waitUntil(found.isActiveWindow)
    return found


def lines(listed):
    return [listed.item(row).text() for row in range(listed.count())]


def history(hands):
    hands.press("h", CONTROL, saves=False)
    found = dialog(hands, HistoryDialog)
    hands.qtbot.waitUntil(lambda: found.list.count() > 0)
    return found


def timeline(hands):
    hands.menu("Review", "History of the Project")
    found = dialog(hands, TimelineDialog)
    hands.qtbot.waitUntil(lambda: found.list.count() > 0)
    hands.qtbot.waitUntil(lambda: found.changes.count() > 0)
    return found


# -- one record ---------------------------------------------------------------------------------------------------


def test_every_version_is_told_and_can_be_brought_back(qtbot, hands, claim_id):
    shown = history(hands)
    assert not shown.isModal()
    assert shown.heading.text() == "Claim changed: “I would go”"
    newest, middle, oldest = lines(shown.list)
    assert "form: Indirect speech → Direct quote" in newest
    assert "form: nothing → Indirect speech" in middle
    assert hands.store.annotator in oldest.splitlines()[0]
    QTest.keyClick(shown.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(hands.store.saved):
        hands.click(shown.restore)
    assert hands.ws.claims[claim_id].form == "indirect"
    qtbot.waitUntil(lambda: shown.list.count() == 4)  # it follows
    assert "form: Direct quote → Indirect speech" in lines(shown.list)[0]
    with qtbot.waitSignal(hands.store.saved):
        hands.store.undo()
    assert hands.ws.claims[claim_id].form == "direct"
    qtbot.waitUntil(lambda: shown.list.count() == 5)
    assert "undone: " in lines(shown.list)[0]


def test_the_open_history_follows_a_deletion_and_brings_it_back(qtbot, hands, claim_id):
    shown = history(hands)
    with qtbot.waitSignal(hands.store.saved):
        hands.store.edit(annotate.delete(hands.ws, [claim_id]))
    qtbot.waitUntil(lambda: shown.list.count() == 4)
    shown.list.setCurrentRow(0)
    assert shown.restore.text() == "&Restore What Was Deleted"
    with qtbot.waitSignal(hands.store.saved):
        hands.click(shown.restore)
    assert hands.ws.claims[claim_id].form == "direct"


def test_what_cannot_be_restored_is_explained(qtbot, hands, claim_id):
    shown = history(hands)
    hands.click(shown.restore)
    qtbot.waitUntil(lambda: shown.findChildren(QMessageBox) != [])
    assert shown.findChildren(QMessageBox)[0].text() == "The claim is like this already."


def test_without_a_selection_it_is_the_article_s(hands):
    shown = history(hands)
    assert shown.heading.text() == "Article made: Article 1"


def test_the_context_menu_offers_it(hands, claim_id):
    hands.take(hands.context_menu(hands.place("would")[0]), "History of the Selected")
    assert dialog(hands, HistoryDialog) is not None


def test_a_closed_history_hears_nothing_more(qtbot, hands, claim_id):
    shown = history(hands)
    shown.read()
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: hands.window.findChild(HistoryDialog) is None)
    change(hands, claim_id, note="x")


# -- the project --------------------------------------------------------------------------------------------------


def test_the_timeline_lists_steps_and_what_they_changed(qtbot, hands, claim_id):
    shown = timeline(hands)
    first, *_, last = lines(shown.list)
    assert first.splitlines()[0].endswith(hands.store.annotator)
    assert "1 claim" in first
    assert "Import" in last
    assert "2 articles" in last
    assert "form: Indirect speech → Direct quote" in lines(shown.changes)[0]
    with qtbot.waitSignal(hands.store.saved):
        hands.click(shown.before)
    assert hands.ws.claims[claim_id].form == "indirect"
    qtbot.waitUntil(lambda: "Restore claim" in lines(shown.list)[0])  # it follows


def test_a_record_of_another_article_is_brought_back_there(qtbot, hands, claim_id):
    article_id = hands.ws.article.id
    with qtbot.waitSignal(hands.store.saved):
        hands.store.edit(annotate.delete(hands.ws, [claim_id]))
    with qtbot.waitSignal(hands.store.article_opened):
        hands.window.article_commands.open(hands.store.tally.ordered()[1].article.id)
    shown = timeline(hands)
    assert "Claim deleted: “I would go”" in lines(shown.changes)[0]
    assert not shown.after.isEnabled()
    with qtbot.waitSignal(hands.store.saved):
        hands.click(shown.before)
    assert hands.ws.article.id == article_id
    assert claim_id in hands.ws.claims


def test_the_article_of_a_step_is_opened(qtbot, hands, claim_id):
    article_id = hands.ws.article.id
    with qtbot.waitSignal(hands.store.article_opened):
        hands.window.article_commands.open(hands.store.tally.ordered()[1].article.id)
    shown = timeline(hands)
    with qtbot.waitSignal(hands.store.article_opened):
        hands.click(shown.go)
    assert hands.ws.article.id == article_id


def test_the_timeline_is_narrowed_to_an_article_and_an_annotator(qtbot, hands, claim_id):
    shown = timeline(hands)
    qtbot.waitUntil(lambda: shown.actor.count() == 3)
    hands.choose(shown.actor, "seed")
    qtbot.waitUntil(lambda: shown.list.count() == 1)
    assert "Import" in lines(shown.list)[0]
    hands.choose(shown.actor, None)
    hands.choose(shown.article, hands.store.tally.ordered()[1].article.id)
    qtbot.waitUntil(lambda: shown.list.count() == 1)
    hands.choose(shown.article, hands.ws.article.id)
    qtbot.waitUntil(lambda: shown.list.count() == 4)


def test_a_long_log_is_read_page_by_page(qtbot, hands, tmp_path):
    path = tmp_path / "long.annotator"
    project = create_project(str(path))
    speaker = Speaker("s", "Ann", note="0")
    with project.begin() as unit:
        unit.apply(Changeset.of(Edit("Begin", (Change(None, speaker),)), "Bea"))
        for number in range(1, 351):
            changed = replace(speaker, note=str(number))
            unit.apply(Changeset.of(Edit(f"Step {number}", (Change(speaker, changed),)), "Bea"))
            speaker = changed
        unit.commit()
    project.close()
    with qtbot.waitSignal(hands.store.project_opened):
        hands.window.files.open(str(path))
    shown = timeline(hands)
    assert shown.list.count() == 100
    assert shown.summary.text() == "100 steps so far"
    assert not shown.go.isEnabled()
    for expected in (200, 300, 351):
        QTest.keyClick(shown.list, Qt.Key.Key_End)
        qtbot.waitUntil(lambda expected=expected: shown.list.count() == expected)
    assert shown.summary.text() == "351 steps"
    assert "Begin" in lines(shown.list)[-1]


def test_a_read_only_project_shows_its_history_and_restores_nothing(qtbot, open_window, project_path):
    holder = open_project(str(project_path), "write")
    try:
        hands = Hands(qtbot, open_window(project_path))
        assert not history(hands).restore.isEnabled()
        shown = timeline(hands)
        assert not shown.before.isEnabled()
        assert not shown.after.isEnabled()
        assert shown.go.isEnabled()
    finally:
        holder.close()


def test_a_speaker_that_is_gone_keeps_its_name_in_the_history(hands, claim_id, qtbot):
    ws = hands.ws
    for edit in (
        lambda: speakers.set_chain_line(ws, claim_id, "Lavrof"),
        lambda: speakers.set_chain_line(ws, claim_id, "Sergei Lavrov"),
        lambda: speakers.delete(ws, next(s.id for s in ws.speakers.values() if s.name == "Lavrof"), []),
    ):
        with qtbot.waitSignal(hands.store.saved):
            hands.store.edit(edit())
    hands.window.selection.select("claim", claim_id)
    found = history(hands)
    assert "chain: Lavrof (deleted since) → Sergei Lavrov" in "\n".join(lines(found.list))
    found.close()
    hands.window.actions_["timeline"].trigger()
    steps = dialog(hands, TimelineDialog)
    qtbot.waitUntil(lambda: steps.list.count() > 2)
    steps.list.setCurrentRow(1)
    qtbot.waitUntil(lambda: "chain: Lavrof (deleted since) → Sergei Lavrov" in "\n".join(lines(steps.changes)))
    hands.click(steps.leave)
    assert not steps.isVisible()

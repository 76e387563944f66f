"""Closing, moving on and failing disks: nothing that was typed or marked is lost without a question."""

from __future__ import annotations

import json
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from annotator.errors import ProjectError
from annotator.services.verify import verify
from db.project import open_project
from ui.models.corrections import REPLACEMENT

CONTROL = Qt.KeyboardModifier.ControlModifier


def note_field(hands):
    """The note of a new claim, in which something is typed and not yet ended with Enter."""
    hands.select("I would go")
    hands.press("c")
    field = hands.window.claims.editor.main.editors["note"]
    hands.enter(field, "half a thought", end=None)
    assert field.is_touched()
    return field


def stored(path):
    project = open_project(str(path), "read")
    try:
        return project.document(project.article_ids()[0])
    finally:
        project.close()


def test_closing_commits_the_field_that_is_being_typed(qtbot, hands, project_path):
    note_field(hands)
    hands.window.close()
    qtbot.waitUntil(lambda: not hands.window.isVisible())
    assert [c.note for c in stored(project_path).claims] == ["half a thought"]


def test_closing_commits_the_cell_that_is_being_edited(qtbot, hands, project_path):
    hands.select("hear")
    hands.press("x", saves=False)
    hands.answer("here")
    table = hands.window.corrections.table
    table.setCurrentIndex(table.model().index(0, REPLACEMENT))
    QTest.keyClick(table, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: table.cell_editor() is not None)
    hands.enter(table.cell_editor(), "heard", end=None)
    hands.window.close()
    qtbot.waitUntil(lambda: not hands.window.isVisible())
    assert [c.replacement for c in stored(project_path).corrections] == ["heard"]


def test_the_next_article_commits_the_field_that_is_being_typed(qtbot, hands, project_path):
    note_field(hands)
    with qtbot.waitSignal(hands.store.article_opened):
        QTest.keyClick(hands.window.claims.editor.main.editors["note"], Qt.Key.Key_PageDown, CONTROL)
    assert hands.ws.article.title == "Article 2"
    assert [c.note for c in stored(project_path).claims] == ["half a thought"]
    hands.to_article()
    with qtbot.waitSignal(hands.store.article_opened):
        hands.press(Qt.Key.Key_PageUp, CONTROL, saves=False)
    assert hands.ws.article.title == "Article 1"
    hands.press(Qt.Key.Key_PageUp, CONTROL, saves=False)
    assert hands.ws.article.title == "Article 1"
    with qtbot.waitSignal(hands.store.article_opened):
        hands.press(Qt.Key.Key_PageDown, CONTROL, saves=False)
    hands.press(Qt.Key.Key_PageDown, CONTROL, saves=False)
    assert hands.ws.article.title == "Article 2"


def test_undo_in_the_article_first_commits_what_is_typed_elsewhere(hands):
    note_field(hands)
    hands.click_on("Russia")
    hands.window.actions_["undo"].trigger()
    hands.qtbot.waitUntil(lambda: hands.store.unsaved == 0)
    assert [c.note for c in hands.ws.claims.values()] == [""]
    assert hands.store.redo_title == "Change note of claim"


def test_text_that_was_refused_is_not_lost_without_a_question(qtbot, hands):
    hands.select("Sergei Lavrov")
    hands.press("s")
    hands.answer("Lavrov")
    drawer = hands.window.speakers.editor
    hands.click(drawer.details)
    hands.enter(drawer.speaker.editors["wikidata"].line, "the minister")
    hands.window.close()
    assert hands.window.isVisible()
    assert "“the minister” was not accepted" in hands.reply("Cancel")
    assert hands.window.isVisible()
    assert drawer.speaker.editors["wikidata"].line.text() == "the minister"
    hands.window.close()
    hands.reply("Close and Lose It")
    qtbot.waitUntil(lambda: not hands.window.isVisible())


def test_closing_waits_for_a_commit_on_its_way(qtbot, hands, project_path):
    disk = threading.Event()
    hands.store.tasks.submit(disk.wait)
    hands.select("I would go")
    hands.press("c", saves=False)
    assert hands.window.status.saved.text() == "Saving…"
    hands.window.close()
    assert hands.window.isVisible()
    assert stored(project_path).claims == ()
    disk.set()
    qtbot.waitUntil(lambda: not hands.window.isVisible())
    assert len(stored(project_path).claims) == 1


class Disk:
    """A real project whose commits fail while ``full``."""

    def __init__(self, project):
        self._project, self.full = project, False

    def __getattr__(self, name):
        return getattr(self._project, name)

    def begin(self):
        if self.full:
            raise ProjectError("The disk is full.")
        return self._project.begin()


@pytest.fixture
def disk(hands):
    """The disk, on which there was room for one claim and none for a second one."""
    hands.select("Russia agreed")
    hands.press("c")
    hands.store.project = disk = Disk(hands.store.project)
    disk.full = True
    hands.select("I would go")
    with hands.qtbot.waitSignal(hands.store.failed):
        hands.press("c", saves=False)
    yield disk
    disk.full = False
    if hands.store.stuck:
        with hands.qtbot.waitSignal(hands.store.saved):
            hands.store.retry()


def test_a_failed_commit_is_said_and_stops_editing(hands, disk, project_path):
    window = hands.window
    assert window.banner.isVisible()
    assert "The disk is full." in window.banner.sentence.text()
    assert window.status.saved.text() == "✗ Not saved"
    assert len(hands.ws.claims) == 2
    hands.select("He left")
    hands.press("c", saves=False)
    assert "not saved yet" in window.status.selected.text()
    assert len(hands.ws.claims) == 2
    field = window.claims.editor.main.editors["note"]
    hands.enter(field, "typed meanwhile")
    assert field.value() == "typed meanwhile"
    assert {c.note for c in hands.ws.claims.values()} == {""}
    assert len(stored(project_path).claims) == 1


def test_trying_again_saves_in_order_and_editing_goes_on(hands, disk, project_path):
    banner = hands.window.banner
    with hands.qtbot.waitSignal(hands.store.failed):
        hands.click(banner.retry)
    assert banner.isVisible()
    disk.full = False
    hands.click(banner.retry, saves=True)
    assert not banner.isVisible()
    assert hands.window.status.saved.text().startswith("✓ Saved")
    assert stored(project_path) == hands.ws.document()
    hands.select("He left")
    hands.press("c")
    assert len(stored(project_path).claims) == 3


def test_discarding_shows_what_is_stored(hands, disk, project_path):
    disk.full = False
    hands.click(hands.window.banner.give_up, saves=True)
    hands.qtbot.waitUntil(lambda: hands.ws.article is not None)
    assert not hands.window.banner.isVisible()
    assert len(hands.ws.claims) == hands.window.claims.rows.rowCount() == 1
    assert hands.ws.document() == stored(project_path)
    hands.select("He left")
    hands.press("c")
    assert stored(project_path) == hands.ws.document()


def test_the_whole_project_goes_elsewhere_with_what_is_not_saved(hands, disk, tmp_path, monkeypatch):
    path = tmp_path / "rescued.annotator"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(path.with_suffix("")), ""))
    hands.click(hands.window.banner.copy)
    assert f"The whole project is in {path}, with 1 change" in hands.read_message()
    project = open_project(str(path), "write")
    assert list(verify(project)) == []
    assert project.document(hands.ws.article.id) == hands.ws.document()
    assert len(project.summaries()) == 2
    project.close()
    assert hands.window.banner.isVisible()
    hands.click(hands.window.banner.copy)
    assert "exists already" in hands.reply("Cancel")
    project = open_project(str(path), "read")
    assert project.document(hands.ws.article.id) == hands.ws.document()
    project.close()


def test_the_article_alone_is_saved_where_the_project_cannot_be_read(hands, disk, tmp_path, monkeypatch):
    path, names = tmp_path / "rescued.jsonl", [str(tmp_path / "no folder" / "x.annotator")]
    names.append(str(path))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (names.pop(0), ""))
    hands.click(hands.window.banner.copy)
    assert "does not exist" in hands.reply("Save the Article…")
    assert str(path) in hands.read_message()
    line = json.loads(path.read_text(encoding="utf-8"))
    assert [claim["spans"][0]["exact"] for claim in line["claims"]] == ["Russia agreed", "I would go"]
    assert hands.window.banner.isVisible()


def test_closing_with_a_change_that_cannot_be_saved_asks(qtbot, hands, disk, project_path):
    hands.window.close()
    assert hands.window.isVisible()
    assert "not saved" in hands.reply("Cancel")
    assert hands.window.isVisible()
    hands.window.close()
    hands.reply("Close and Lose It")
    qtbot.waitUntil(lambda: not hands.window.isVisible())
    assert len(stored(project_path).claims) == 1


@pytest.mark.qt_log_ignore("grabbing the keyboard")  # of menus, off screen
def test_a_copy_can_be_saved_at_any_time_with_what_is_being_typed(hands, project_path, tmp_path, monkeypatch):
    path = tmp_path / "copied.annotator"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(path), ""))
    hands.select("I would go")
    hands.press("c")
    hands.enter(hands.window.claims.editor.main.editors["note"], "half a thought", end=None)
    hands.menu("File", "Save a Copy Elsewhere…")
    assert hands.read_message() == f"The whole project is in {path}, with its history. You go on working in “test”."
    assert stored(path) == stored(project_path) == hands.ws.document()
    assert [claim.note for claim in stored(path).claims] == ["half a thought"]

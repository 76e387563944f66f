"""Going back to a backup in the window: what is listed, what it says would change, and that nothing is lost by it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from ui_hands import Hands

from annotator.edits import Change, Edit
from annotator.model import Speaker, new_id
from db.copies.backup import FileBackups
from db.project import open_project
from ui.dialogs.restore import RestoreDialog


@pytest.fixture
def window(qtbot, open_window, project_path):
    """A project with a backup, and two changes since: a title, and a speaker."""
    project = open_project(str(project_path))
    project.backups.make("regular")
    project.close()
    window = open_window(project_path)
    window.keeping.soon.stop()
    article = window.store.workspace.article
    with qtbot.waitSignal(window.store.saved):
        window.store.edit(Edit("Title", (Change(article, replace(article, title="Another title")),)))
    with qtbot.waitSignal(window.store.saved):
        window.store.edit(Edit("Speaker", (Change(None, Speaker(new_id(), "Somebody")),)))
    return window


def asked(qtbot, window) -> RestoreDialog:
    window.actions_["restore_backup"].trigger()
    dialog = window.findChild(RestoreDialog)
    qtbot.waitUntil(lambda: dialog.table.rowCount() > 0 and "Comparing" not in dialog.preview.toPlainText())
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def row(dialog, number: int = 0) -> list[str]:
    return [dialog.table.item(number, column).text() for column in range(dialog.table.columnCount())]


def test_it_lists_what_is_in_each_and_what_would_change(qtbot, window):
    dialog = asked(qtbot, window)
    made, why, articles, claims, speakers, corrections, size, checked = row(dialog)
    assert (why, articles, speakers, checked) == ("While it was worked on", "2", "0", "when made")
    assert (claims, corrections) == ("0", "0")
    assert size.endswith(" KB")
    assert made[:2] == "20"
    lines = dialog.preview.toPlainText().splitlines()
    assert lines[0] == "2 changes made since would be missing."
    assert "“Another title”: what is known of the article as before." in lines
    assert "In the whole project: 1 speaker as before." in lines
    assert dialog.table.hasFocus()
    dialog.reject()


def test_in_place_the_present_state_is_backed_up_before(qtbot, window, project_path):
    dialog = asked(qtbot, window)
    head = window.store.project
    QTest.mouseClick(dialog.replace, Qt.MouseButton.LeftButton)
    (box,) = dialog.findChildren(QMessageBox)
    restore = next(button for button in box.buttons() if button.text() == "Restore")
    with qtbot.waitSignal(window.store.project_opened, timeout=10_000):
        QTest.mouseClick(restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.store.workspace.article is not None)
    assert window.store.project is not head
    assert not window.store.read_only
    assert window.store.workspace.article.title != "Another title"
    assert window.store.workspace.speakers == {}
    (kept,) = [each for each in FileBackups(project_path).all() if each.reason == "restore"]
    assert kept.speakers == 1, "what was there is a backup now"
    said = Hands(qtbot, window).read_message()
    assert said.startswith("“test.annotator” is as it was in the backup. What it was before is the newest of its")
    assert said.endswith(f": {kept.path}.")
    with qtbot.waitSignal(window.store.saved):  # and work goes on
        window.store.edit(Edit("Speaker", (Change(None, Speaker(new_id(), "Another")),)))


def test_as_a_new_project_nothing_is_replaced(qtbot, window, project_path, tmp_path, monkeypatch):
    dialog = asked(qtbot, window)
    before = project_path.read_bytes()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(project_path), ""))
    QTest.keyClick(dialog.copy, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
    (box,) = window.findChildren(QMessageBox)
    assert "exists already" in box.text()
    box.close()
    assert project_path.read_bytes() == before
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "older"), ""))
    window.speakers.scope.button("article").setFocus()
    with qtbot.waitSignal(window.store.project_opened, timeout=10_000):
        QTest.keyClick(dialog.copy, Qt.Key.Key_Space)
    assert Path(window.store.project.location) == tmp_path / "older.annotator"
    assert window.focusWidget() is window.pane.view, "one works in the article"
    assert project_path.read_bytes() == before


def test_what_cannot_be_read_is_listed_and_cannot_be_restored(qtbot, window, project_path):
    (Path(FileBackups(project_path).folder) / "mine.annotator").write_bytes(b"nothing")
    dialog = asked(qtbot, window)
    number = next(n for n in range(dialog.table.rowCount()) if row(dialog, n)[-1] == "cannot be read")
    dialog.table.setCurrentCell(number, 0)
    assert "is damaged" in dialog.preview.toPlainText()
    assert not dialog.copy.isEnabled()
    assert not dialog.replace.isEnabled()
    QTest.mouseClick(dialog.now, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 3)
    assert row(dialog, 0)[1] == "Asked for"
    dialog.reject()

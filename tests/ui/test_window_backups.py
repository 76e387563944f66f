"""Backups that the window makes by itself: after opening, regularly, before what is large; what it says of failing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QMessageBox

from annotator.edits import Change, Edit
from annotator.errors import ProjectError
from annotator.model import Speaker, new_id
from db.copies.backup import FileBackups


@pytest.fixture
def window(open_window, project_path):
    return open_window(project_path)


def kept(path: Path) -> list[str]:
    return [each.reason for each in FileBackups(path).all()]


def many(number: int = 201) -> Edit:
    return Edit("Many", tuple(Change(None, Speaker(new_id(), f"S{n}")) for n in range(number)))


def test_after_opening_and_then_only_when_something_was_changed(qtbot, window, project_path):
    keeping = window.keeping
    assert keeping.soon.isActive()
    assert keeping.regularly.interval() == 15 * 60 * 1_000
    with qtbot.waitSignal(keeping.made) as made:
        keeping.soon.start(0)
    assert made.args[0].head.seq > 0
    keeping.soon.start(0)  # nothing was changed: nothing is made
    qtbot.waitUntil(lambda: not keeping.soon.isActive())
    done = []
    keeping._tasks.submit(lambda: None, done.append)
    qtbot.waitUntil(lambda: bool(done))
    with qtbot.waitSignal(window.store.saved):
        window.store.edit(many(1))
    with qtbot.waitSignal(keeping.made) as made:
        keeping.regularly.start(0)
    keeping.regularly.stop()
    assert made.args[0].reason == "regular"
    assert kept(project_path) == ["regular", "open"]


def test_before_a_large_change_and_not_before_a_small_one(qtbot, window, project_path):
    window.keeping.soon.stop()
    with qtbot.waitSignal(window.store.saved):
        window.store.edit(many(1))
    assert kept(project_path) == []
    with qtbot.waitSignal(window.store.saved):
        window.store.edit(many())
    (backup,) = FileBackups(project_path).all()
    assert (backup.reason, backup.speakers) == ("large", 1)


def test_a_backup_that_fails_is_said_and_stops_nothing(qtbot, window, project_path, monkeypatch):
    keeping, status = window.keeping, window.status
    keeping.soon.stop()
    with monkeypatch.context() as patched:

        def full(*_):
            raise ProjectError("No backup of “test.annotator” could be made: the disk is full.")

        patched.setattr("db.copies.backup.copy_project", full)
        with qtbot.waitSignal(window.store.saved):
            window.store.edit(many())
    assert status.unkept.isVisible()
    assert status.unkept.text() == "✗ Not backed up"
    assert "the disk is full" in status.unkept.accessibleName()
    assert status.selected.text().endswith("the disk is full. What you do is saved all the same.")
    assert status.saved.text().startswith("✓ Saved")
    with qtbot.waitSignal(keeping.made):
        keeping.regularly.start(0)
    keeping.regularly.stop()
    assert not status.unkept.isVisible()
    assert isinstance(status.unkept, QLabel)


def test_a_project_that_is_only_read_is_not_backed_up(qtbot, open_window, project_path):
    from db.project import open_project

    held = open_project(str(project_path))
    window = open_window(project_path)
    window.keeping.soon.start(0)
    qtbot.waitUntil(lambda: not window.keeping.soon.isActive())
    window.keeping.close()
    assert kept(project_path) == []
    held.close()


def test_about_tells_where_the_change_log_ends(qtbot, window):
    window.actions_["about"].trigger()
    (box,) = window.findChildren(QMessageBox)
    store, heads = window.store, []
    store.read(lambda project: project.head(), heads.append, heads.append)
    qtbot.waitUntil(lambda: bool(heads) and heads[0].hash in box.informativeText())
    assert f"Change log: {heads[0].seq}:\n{heads[0].hash}" in box.informativeText()
    box.close()

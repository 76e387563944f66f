"""A project that is damaged when it is opened: one sentence; it can be rebuilt or restored; nothing is overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QPushButton
from ui_hands import Hands

from db.project import open_project
from ui.dialogs.report import ReportDialog


@pytest.fixture
def damaged(project_path: Path) -> Path:
    """Its first pages are zero; its backup holds everything."""
    project = open_project(str(project_path))
    project.backups.make("regular")
    project.close()
    content = project_path.read_bytes()
    project_path.write_bytes(bytes(3 * 4096) + content[3 * 4096 :])
    return project_path


@pytest.fixture
def window(qtbot, open_window, tmp_path):
    return open_window(None)  # on the sample


def asked(qtbot, window, path: Path) -> QMessageBox:
    window.files.open(str(path))
    qtbot.waitUntil(lambda: window.findChild(QMessageBox, "damaged") is not None)
    return window.findChild(QMessageBox, "damaged")


def press(box: QMessageBox, text: str) -> None:
    QTest.mouseClick(next(b for b in box.findChildren(QPushButton) if b.text() == text), Qt.MouseButton.LeftButton)


def test_it_is_rebuilt_and_the_damaged_file_is_set_aside(qtbot, window, damaged):
    before = damaged.read_bytes()
    box = asked(qtbot, window, damaged)
    assert "is no SQLite file" in box.text()
    assert "the newest backup, of " in box.informativeText()
    assert "2 articles" in box.informativeText()
    with qtbot.waitSignal(window.store.project_opened, timeout=20_000):
        press(box, "Rebuild It")
    assert Path(window.store.project.location) == damaged
    assert len(window.store.tally.summaries) == 2
    (aside,) = damaged.parent.glob("*.damaged-*")
    assert aside.read_bytes() == before
    qtbot.waitUntil(lambda: aside.name in told(window))
    project = open_project(str(damaged), "read")
    assert project.check_storage() == []
    project.close()
    for box in window.findChildren(QMessageBox):
        box.close()


def told(window) -> str:
    """What messages and reports say."""
    reports = [report.whole for report in window.findChildren(ReportDialog)]
    return "\n".join([*reports, *(box.text() for box in window.findChildren(QMessageBox))])


def test_or_the_backup_takes_its_place(qtbot, window, damaged):
    before = damaged.read_bytes()
    box = asked(qtbot, window, damaged)
    with qtbot.waitSignal(window.store.project_opened, timeout=20_000):
        press(box, "Restore the Backup")
    assert Path(window.store.project.location) == damaged
    assert len(window.store.tally.summaries) == 2
    (aside,) = damaged.parent.glob("*.damaged-*")
    assert aside.read_bytes() == before
    assert Hands(qtbot, window).read_message().endswith(f"could not be backed up and is set aside: {aside}.")


def test_or_nothing_is_done(qtbot, window, damaged):
    before = damaged.read_bytes()
    box = asked(qtbot, window, damaged)
    shown = window.store.project
    press(box, "Cancel")
    assert damaged.read_bytes() == before
    assert window.store.project is shown
    assert not [*damaged.parent.glob("*.damaged-*")]


def test_damage_that_the_backup_of_an_open_project_shows_is_told_too(qtbot, open_window, project_path):
    window = open_window(project_path)
    window.keeping.soon.stop()
    content = bytearray(project_path.read_bytes())
    content[20 * 4096 : 21 * 4096] = b"\xff" * 4096  # an index that nothing has needed yet
    project_path.write_bytes(content)
    window.keeping.soon.start(0)
    qtbot.waitUntil(lambda: window.findChild(QMessageBox, "damaged") is not None)
    box = window.findChild(QMessageBox, "damaged")
    assert "so no backup of it was made" in box.text() or "is damaged" in box.text()
    with qtbot.waitSignal(window.store.project_opened, timeout=20_000):
        press(box, "Rebuild It")
    assert not window.store.read_only
    assert len(window.store.tally.summaries) == 2
    for box in window.findChildren(QMessageBox):
        box.close()

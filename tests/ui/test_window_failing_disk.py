"""The real window over a project on a disk that fails: editing stops, what was typed stays, and is saved once."""

from __future__ import annotations

import errno
import sys
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from ui_hands import Hands
from ui_samples import TEXT, seed

sys.path.append(str(Path(__file__).parents[1] / "reliability"))

import sqlite_files
from failing_disk import FailingDisk

from annotator.services.verify import verify
from db.project import open_project
from ui.dialogs.import_preview import ImportPreview
from ui.main import build, shut_down, start
from ui.settings import Settings

pytestmark = [
    pytest.mark.qt_log_ignore("propagateSizeHints", r"support raise\(\)"),
    pytest.mark.skipif(
        sqlite_files.library() is None, reason="SQLITE CANNOT BE WATCHED HERE: no failing disk is simulated"
    ),
]


@pytest.fixture
def disk(tmp_path):
    (tmp_path / "disk").mkdir()
    seed(tmp_path / "disk" / "p.annotator", TEXT)
    disk = FailingDisk(tmp_path / "disk", reads=False)
    with disk.watching():
        yield disk


@pytest.fixture
def hands(qtbot, disk, tmp_path):
    window = build(Settings(tmp_path / "settings.ini"), tmp_path)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    with qtbot.waitSignal(window.store.project_opened, timeout=20_000):
        start(window, str(tmp_path / "disk" / "p.annotator"))
    qtbot.waitUntil(lambda: window.store.workspace.article is not None)
    window.pane.view.setFocus()
    qtbot.waitUntil(window.pane.view.hasFocus)
    yield Hands(qtbot, window)
    disk.mend()
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    shut_down(window)
    window.deleteLater()


@pytest.mark.parametrize(("reason", "once"), [(errno.ENOSPC, False), (errno.EIO, True)])
def test_what_was_typed_while_the_disk_fails_stays_and_is_saved_once(hands, disk, once, reason, tmp_path, monkeypatch):
    window, path = hands.window, tmp_path / "disk" / "p.annotator"
    hands.select("I would go")
    hands.press("c")
    field = window.claims.editor.main.editors["note"]
    disk.at, disk.once, disk.reason = len(disk.steps), once, reason
    with hands.qtbot.waitSignal(hands.store.failed):
        hands.enter(field, "typed while it failed")
    assert window.banner.isVisible()
    assert "save a copy elsewhere" in window.banner.sentence.text()
    assert field.value() == "typed while it failed"
    hands.select("He left")
    hands.press("c", saves=False)
    assert len(hands.ws.claims) == 1, "nothing more is edited until it is settled"
    copy = tmp_path / "rescued.annotator"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(copy), ""))
    hands.click(window.banner.copy)
    assert f"The whole project is in {copy}, with 1 change" in hands.read_message()
    if not once:
        with hands.qtbot.waitSignal(hands.store.failed):
            hands.click(window.banner.retry)
    disk.mend()
    hands.click(window.banner.retry, saves=True)
    assert not window.banner.isVisible()
    for place in (copy, path):
        with closing(open_project(str(place), "read")) as project:
            assert list(verify(project)) == []
            assert [claim.note for claim in project.document(hands.ws.article.id).claims] == ["typed while it failed"]
            assert [entry.title for entry in project.history()].count("Change note of claim") == 1


NEWS = "Headline {0}\n\nSomething happened on that day, and nobody knows yet what it was or why ({0}).\n"


def preview_of(hands, path):
    hands.window.files.dropped([str(path)])
    hands.qtbot.waitUntil(lambda: any(each.isVisible() for each in hands.window.findChildren(ImportPreview)))
    return next(each for each in hands.window.findChildren(ImportPreview) if each.isVisible())


def told(hands):
    """What is said of an import that went on, whether it went well or not."""
    said = hands.window.status.selected
    hands.qtbot.waitUntil(lambda: said.text().startswith("Imported") or bool(hands.messages()))
    return hands.messages()[0] if hands.messages() else said.text()


def state(disk, path):
    disk.paused = True
    with closing(open_project(str(path), "read")) as project:
        assert list(verify(project)) == []
        found = project.head().seq, [each.article for each in project.summaries()]
    disk.paused = False
    return found


FAILED = "The disk is full", "The disk failed", "“p” cannot be opened"


@pytest.mark.parametrize(("reason", "once"), [(errno.ENOSPC, False), (errno.EIO, True), (errno.EIO, False)])
def test_an_import_while_the_disk_fails_is_said_changes_nothing_and_is_tried_again(hands, disk, reason, once, tmp_path):
    """The disk fails at one step of it after the other: some of them are the backup's before, which stops nothing."""
    path, refused, steps = tmp_path / "disk" / "p.annotator", 0, 0
    for part in (None, 0, 0.3, 0.6, 0.8, 0.9, 0.95):  # the first goes well, and tells how many steps there are
        place = -1 if part is None else round(part * steps)
        news = tmp_path / f"news{place}.txt"
        news.write_text(NEWS.format(place))
        preview = preview_of(hands, news)
        hands.enter(preview.form.fields["outlet"], "The Moscow Times", end=Qt.Key.Key_Tab)
        before = state(disk, path)
        begun, disk.once, disk.reason = len(disk.steps), once, reason
        disk.at = -1 if part is None else begun + place
        hands.click(preview.accept_button)
        while (sentence := told(hands)).startswith(FAILED):
            refused += 1
            assert sentence.count(".") == 2
            assert sentence.endswith(" Nothing was imported.")
            assert state(disk, path) == before == (before[0], [each.article for each in hands.store.tally.ordered()])
            disk.mend()
            hands.reply("Try Again")
        assert sentence.startswith("Imported 1 article.")
        steps = steps or len(disk.steps) - begun
        disk.mend()
        for line in sentence.splitlines()[1:]:
            assert line.startswith("The project could not be backed up before: ")
            hands.read_message()
        hands.window.status.forget()
        number, articles = state(disk, path)
        assert (number, articles[:-1]) == (before[0] + 1, before[1])
        assert (articles[-1].title, articles[-1].outlet) == (f"Headline {place}", "The Moscow Times")
    assert refused

"""What a failing disk did not take outlives the window: it is offered at the next start, and saved where it fits."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from failing_child import NOTE
from kept_texts import kept_file
from ui_hands import Hands
from ui_samples import TEXT, seed

sys.path.append(str(Path(__file__).parents[1] / "reliability"))

import sqlite_files
from failing_disk import FailingDisk

from annotator.edits import Change, Changeset, Edit
from annotator.errors import ProjectError
from annotator.services import speakers
from annotator.services.verify import verify
from annotator.workspace import Workspace
from db.project import open_project
from ui.dialogs.report import ReportDialog
from ui.unsaved_file import decode, encode

CHILD = Path(__file__).with_name("failing_child.py")
ROOT = CHILD.parents[2]


@pytest.fixture
def path(tmp_path):
    (tmp_path / "disk").mkdir()
    seed(tmp_path / "disk" / "p.annotator", TEXT)
    return tmp_path / "disk" / "p.annotator"


@pytest.fixture
def file(tmp_path, path):
    return kept_file([tmp_path], "unsaved", str(path)).places[0]


def left(file, *changesets):
    """An earlier session could not save these."""
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(encode(changesets))


def commit(path, *changesets):
    with closing(open_project(str(path))) as project, project.begin() as unit:
        for changeset in changesets:
            unit.apply(changeset)
        unit.commit()


@pytest.fixture
def noted(path):
    """A speaker in the project, and two changes of its description after each other."""
    made = speakers.create(Workspace(), "Sergei Lavrov")
    commit(path, Changeset.of(made, "Ann"))
    speaker = made.changes[0].after
    once = replace(speaker, affiliation="minister")
    twice = replace(once, affiliation="foreign minister")
    edits = Edit("Describe", (Change(speaker, once),)), Edit("Describe better", (Change(once, twice),))
    return speaker, *(Changeset.of(edit, "Ann") for edit in edits)


def stored(path):
    with closing(open_project(str(path), "read")) as project:
        assert list(verify(project)) == []
        return {speaker.name: speaker.affiliation or "" for speaker in project.speakers()}, project.history()


def banner_says(qtbot, window, words):
    qtbot.waitUntil(lambda: window.banner.isVisible() and words in window.banner.sentence.text())


@pytest.mark.skipif(
    sqlite_files.library() is None, reason="SQLITE CANNOT BE WATCHED HERE: no failing disk is simulated"
)
def test_what_a_full_disk_did_not_take_is_there_after_a_kill(qtbot, tmp_path, path, open_window, file):
    command = [sys.executable, str(CHILD), str(path), str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as child:
        assert any(line == "kept 1\n" for line in iter(child.stdout.readline, ""))
        child.send_signal(signal.SIGKILL)
    assert file.stat().st_mode & 0o777 == 0o600
    window = open_window(path)
    banner_says(qtbot, window, "1 change could not be saved last time: “Change note of claim”.")
    assert [claim.note for claim in window.store.workspace.claims.values()] == [""]
    hands = Hands(qtbot, window)
    hands.click(window.banner.show_all)
    qtbot.waitUntil(lambda: window.findChild(ReportDialog) is not None)
    report = window.findChild(ReportDialog)
    assert f"note: nothing → {NOTE}" in report.whole
    report.close()
    with qtbot.waitSignal(window.unsaved.told) as told:
        hands.click(window.banner.save_now)
    assert told.args == ["1 change of last time is saved now."]
    qtbot.waitUntil(lambda: window.store.workspace.article is not None)
    assert [claim.note for claim in window.store.workspace.claims.values()] == [NOTE]
    qtbot.waitUntil(lambda: not file.exists())
    assert not window.banner.isVisible()
    assert window.store.undo_title == "Change note of claim"
    with closing(open_project(str(path), "read")) as project:
        assert list(verify(project)) == []
        assert [entry.title for entry in project.history()].count("Change note of claim") == 1


def test_where_a_value_has_moved_on_it_is_refused_and_so_is_what_builds_on_it(qtbot, path, noted, file, open_window):
    speaker, first, second = noted
    other = Changeset.of(Edit("Describe otherwise", (Change(speaker, replace(speaker, affiliation="envoy")),)), "Bo")
    back = Changeset.of(Edit("Take back", (Change(other.edit.changes[0].after, speaker),)), "Ann")
    added = Changeset.of(Edit("Create speaker", (Change(None, replace(speaker, id="new", name="RIA")),)), "Ann")
    commit(path, other)
    left(file, first, second, back, added)
    window = open_window(path)
    banner_says(qtbot, window, "4 changes could not be saved last time: “Describe”, “Describe better”, “Take back”")
    with qtbot.waitSignal(window.unsaved.told) as told:
        window.banner.save_now.click()
    assert told.args == ["1 change of last time is saved now."]
    banner_says(qtbot, window, "3 changes cannot be saved any more. “Describe” no longer fits: the speaker has changed")
    assert window.banner.save_now.isHidden()
    assert stored(path)[0] == {"Sergei Lavrov": "envoy", "RIA": ""}
    assert [each.id for each in decode(file.read_bytes())] == [first.id, second.id, back.id]
    window.banner.discard.click()
    Hands(qtbot, window).reply("Cancel")
    banner_says(qtbot, window, "3 changes cannot be saved any more.")
    window.banner.discard.click()
    assert "3 changes" in Hands(qtbot, window).reply("Discard")
    qtbot.waitUntil(lambda: not file.exists())
    assert not window.banner.isVisible()


def test_what_was_saved_after_all_is_not_offered_nor_anything_where_a_project_is_only_read(
    qtbot, path, noted, file, open_window
):
    *_, first, second = noted
    left(file, first)
    with closing(open_project(str(path))):
        window = open_window(path)
        assert "open in another window" in window.banner.sentence.text()
        assert window.banner.more.isHidden()
    assert [each.id for each in decode(file.read_bytes())] == [first.id]
    commit(path, first)
    window = open_window(path)
    qtbot.waitUntil(lambda: not file.exists())
    assert not window.banner.isVisible()
    left(file, first, second)
    window = open_window(path)
    banner_says(qtbot, window, "1 change could not be saved last time: “Describe better”.")
    qtbot.waitUntil(lambda: [each.id for each in decode(file.read_bytes())] == [second.id])
    open_window(path)
    assert [each.id for each in decode(file.read_bytes())] == [second.id], "nobody has answered"


def test_what_another_version_kept_is_set_aside_and_told(qtbot, path, file, open_window):
    file.parent.mkdir()
    file.write_bytes(b'[{"id": "x", "new": 1}]')
    window = open_window(path)
    banner_says(qtbot, window, f"it is in {file.with_suffix('.unreadable')}.")
    assert file.with_suffix(".unreadable").read_bytes() == b'[{"id": "x", "new": 1}]'


@pytest.fixture
def full(path):
    """The disk of the project, full from when ``full()`` is called until it is mended."""
    if sqlite_files.library() is None:
        pytest.skip("SQLITE CANNOT BE WATCHED HERE: no failing disk is simulated")
    disk = FailingDisk(path.parent, reads=False)
    with disk.watching():
        yield disk


def fail(hands, disk):
    """One claim that cannot be saved."""
    disk.at, disk.once, disk.reason = len(disk.steps), False, errno.ENOSPC
    hands.select("I would go")
    with hands.qtbot.waitSignal(hands.store.failed):
        hands.press("c", saves=False)


def test_where_no_disk_takes_it_the_banner_says_so_and_it_is_kept_as_soon_as_one_does(
    qtbot, full, path, open_window, tmp_path, monkeypatch
):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    for name in ("unsaved", "run", "temp"):
        (tmp_path / name).write_bytes(b"a file")
    hands = Hands(qtbot, open_window(path))
    window = hands.window
    fail(hands, full)
    banner_says(qtbot, window, "save a copy elsewhere. It cannot be kept for the next start either: file exists.")
    assert not window.unsaved.safe
    (tmp_path / "temp").unlink()
    with qtbot.waitSignal(window.unsaved.kept):
        hands.click(window.banner.retry)
    assert "either" not in window.banner.sentence.text()
    assert len(list((tmp_path / "temp").rglob("*.json"))) == 1
    full.mend()
    with qtbot.waitSignal(window.unsaved.kept):
        hands.click(window.banner.retry, saves=True)
    assert list((tmp_path / "temp").rglob("*.json")) == []


def test_a_window_that_cannot_save_may_be_closed_and_asks_at_the_next_start(qtbot, full, path, open_window, file):
    hands = Hands(qtbot, open_window(path))
    with qtbot.waitSignal(hands.window.unsaved.kept):
        fail(hands, full)
    hands.window.close()
    assert "“Mark claim”. It is kept" in hands.reply("Close and Save It Later")
    qtbot.waitUntil(lambda: not hands.window.isVisible())
    full.mend()
    window = open_window(path)
    banner_says(qtbot, window, "1 change could not be saved last time: “Mark claim”.")
    full.at = len(full.steps)
    window.banner.save_now.click()
    banner_says(qtbot, window, "1 change is still not saved: “p” cannot be opened")
    full.mend()
    with qtbot.waitSignal(window.unsaved.told):
        window.banner.save_now.click()
    qtbot.waitUntil(lambda: len(window.store.workspace.claims) == 1)
    assert not file.exists()


def test_what_was_discarded_or_agreed_to_be_lost_is_not_offered(qtbot, full, path, open_window, file):
    hands = Hands(qtbot, open_window(path))
    with qtbot.waitSignal(hands.window.unsaved.kept):
        fail(hands, full)
    full.mend()
    hands.click(hands.window.banner.give_up, saves=True)
    qtbot.waitUntil(lambda: not file.exists() and hands.ws.article is not None)
    with qtbot.waitSignal(hands.window.unsaved.kept):
        fail(hands, full)
    hands.window.close()
    hands.reply("Close and Lose It")
    qtbot.waitUntil(lambda: not hands.window.isVisible())
    full.mend()
    window = open_window(path)
    assert not file.exists()
    assert not window.banner.isVisible()


def test_what_a_slow_disk_has_not_taken_yet_is_kept_meanwhile(qtbot, path, open_window, file, monkeypatch):
    hands = Hands(qtbot, open_window(path))
    hold, project = threading.Event(), hands.store.project
    begin = project.begin

    def slowly():
        hold.wait(20)
        return begin()

    monkeypatch.setattr(project, "begin", slowly)
    hands.select("I would go")
    with qtbot.waitSignal(hands.window.unsaved.kept):
        hands.press("c", saves=False)
    assert [each.edit.title for each in decode(file.read_bytes())] == ["Mark claim"]
    with qtbot.waitSignal(hands.store.saved):
        hold.set()
    qtbot.waitUntil(lambda: not file.exists())


def test_to_lose_what_is_typed_is_not_to_lose_what_a_slow_disk_refuses_afterwards(
    qtbot, path, open_window, monkeypatch, file
):
    hands = Hands(qtbot, open_window(path))
    hands.select("Sergei Lavrov")
    hands.press("s")
    hands.answer("Lavrov")
    drawer, hold = hands.window.speakers.editor, threading.Event()
    hands.click(drawer.details)
    hands.enter(drawer.speaker.editors["wikidata"].line, "the minister")

    def slowly():
        hold.wait(20)
        raise ProjectError("The disk is full.")

    monkeypatch.setattr(hands.store.project, "begin", slowly)
    hands.select("I would go")
    with qtbot.waitSignal(hands.window.unsaved.kept):
        hands.press("c", saves=False)
    hands.window.close()
    assert "“the minister” was not accepted" in hands.reply("Close and Lose It")
    qtbot.waitUntil(lambda: not hands.window.isVisible())
    hold.set()
    window = open_window(path)
    assert [each.edit.title for each in decode(file.read_bytes())] == ["Mark claim"]
    assert not window.store.workspace.claims, "the disk has not taken it"

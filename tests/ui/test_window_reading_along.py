"""Two windows on one file, each a program of its own: the second only reads, and shows what the first one does."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from ui_hands import Hands

from annotator.edits import Change, Changeset, Edit
from annotator.services.verify import verify
from db.copies.restoring import restore
from db.project import open_project

CHILD = Path(__file__).with_name("marking_child.py")
ROOT = CHILD.parents[2]


@pytest.fixture
def first(tmp_path, project_path):
    """The first window."""
    command = [sys.executable, str(CHILD), str(project_path), str(tmp_path / "first")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1, env=environment
    ) as child:
        assert child.stdout.readline() == "open\n"
        yield child
        child.stdin.close()
        assert child.wait(20) == 0


def test_the_second_window_shows_within_two_seconds_what_the_first_one_saves(
    qtbot, first, open_window, project_path, tmp_path, monkeypatch
):
    window = open_window(project_path)
    hands, seen = Hands(qtbot, window), []
    assert window.store.read_only
    assert "open in another window (" in window.banner.sentence.text()
    assert f"process {first.pid})" in window.banner.sentence.text()
    window.following.came_in.connect(lambda changeset: seen.append((changeset.edit.title, time.monotonic())))
    for line, title, rows in (
        ("I would go", "Mark claim", 1),
        ("undo", "Mark claim", 0),
        ("Russia agreed", "Mark claim", 1),
    ):
        seen.clear()
        first.stdin.write(f"{line}\n")
        first.stdin.flush()
        qtbot.waitUntil(lambda: bool(seen))
        saved = float(first.stdout.readline().removeprefix("saved "))
        assert seen[0][0] == title
        assert seen[0][1] - saved < 2
        assert window.claims.rows.rowCount() == rows
    assert sorted(claim.spans[0].exact for claim in hands.ws.claims.values()) == ["Russia agreed"]
    hands.select("He left")
    hands.press("c", saves=False)
    assert len(hands.ws.claims) == 1, "it only reads"
    copy = tmp_path / "copied.annotator"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(copy), ""))
    window.actions_["save_copy"].trigger()
    assert hands.read_message().startswith(f"The whole project is in {copy}, with its history.")
    with closing(open_project(str(copy), "read")) as project:
        assert list(verify(project)) == []
        assert project.document(hands.ws.article.id) == hands.ws.document()


def test_a_project_that_is_restored_meanwhile_is_shown_as_it_is_then(qtbot, open_window, project_path):
    writer = open_project(str(project_path))
    backup = writer.backups.make("asked")
    window = open_window(project_path)
    assert window.store.read_only
    article = window.store.workspace.article
    change = Change(article, replace(article, title="Another title"))
    with qtbot.waitSignal(window.following.came_in), writer.begin() as unit:
        unit.apply(Changeset.of(Edit("Title", (change,)), "Bo"))
        unit.commit()
    assert window.store.workspace.article.title == "Another title"
    writer.close()
    with qtbot.waitSignal(window.store.project_opened):
        restore(project_path, Path(backup.path))
    qtbot.waitUntil(lambda: window.store.workspace.article is not None)
    assert window.store.workspace.article == article
    assert window.store.read_only, "whoever restored it goes on writing"

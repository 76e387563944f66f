"""Windows that write in one project at once keep what is theirs apart, and what a dead one left is found."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from annotator.edits import Change, Changeset, Edit
from annotator.model import Speaker, now
from db.project import open_project
from ui.kept_file import KeptFiles, gather
from ui.unsaved_file import decode, encode

ROOT = Path(__file__).parents[2]
URL = "postgresql+psycopg://anna@server/news"
CHILD = f"""
import sys
from pathlib import Path
from ui.kept_file import KeptFiles
kept = KeptFiles([Path(sys.argv[1])])
kept.claim("{URL}", shared=True)
kept.file("unsaved").write(sys.argv[2].encode())
print("kept", flush=True)
sys.stdin.read()
"""


def of_a_window(folder, *, shared=True):
    kept = KeptFiles([folder])
    kept.claim(URL, shared=shared)
    return kept


def test_each_living_window_has_files_of_its_own(tmp_path):
    one, two = of_a_window(tmp_path), of_a_window(tmp_path)
    one.file("unsaved").write(b"of one")
    two.file("unsaved").write(b"of two")
    assert (one.file("unsaved").read(), two.file("unsaved").read()) == (b"of one", b"of two")
    assert one.abandoned("unsaved") == [], "the other one lives"
    two.release()
    (left,) = one.abandoned("unsaved")
    assert left.read() == b"of two"
    assert of_a_window(tmp_path, shared=False).file("unsaved") == one.file("unsaved"), "of a file one alone writes"
    one.release()
    first = of_a_window(tmp_path, shared=False).file("unsaved")
    assert of_a_window(tmp_path).file("unsaved") == first, "the number is free again"


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_what_killed_windows_left_is_found_by_the_next_one(tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    children = []
    for words in ("first", "second"):
        command = [sys.executable, "-c", CHILD, str(tmp_path), words]
        children.append(
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
        )
        assert children[-1].stdout.readline() == "kept\n"
    for child in children:
        child.send_signal(signal.SIGKILL)
        child.communicate()
    kept = of_a_window(tmp_path)
    assert kept.file("unsaved").read() == b"first"
    assert [each.read() for each in kept.abandoned("unsaved")] == [b"second"]


def test_what_dead_windows_left_is_in_the_own_file_but_what_cannot_be_read_beside_it(tmp_path):
    windows = [of_a_window(tmp_path) for _ in range(3)]
    for kept, data in zip(windows, (b"", b"later", encode([speaker("Three")])), strict=True):
        kept.file("unsaved").write(data)
    own, _, third = (kept.file("unsaved") for kept in windows)
    for kept in windows[1:]:
        kept.release()
    found, aside = gather(own, windows[0].abandoned("unsaved"), decode, encode)
    assert [each.edit.title for each in found] == ["Three"]
    assert aside.read_bytes() == b"later"
    assert decode(own.read()) == found
    assert third.read() == b""


def speaker(name):
    return Changeset.of(Edit(name, (Change(None, Speaker(name, name, created=now(), updated=now())),)), "Ann")


def test_the_window_on_a_server_offers_what_two_that_died_could_not_save(qtbot, tmp_path, project_url, open_window):
    with closing(open_project(project_url)) as project:
        location = project.location
    changes = speaker("One"), speaker("Two")
    left = [KeptFiles([tmp_path]) for _ in changes]
    for kept, change in zip(left, changes, strict=True):
        kept.claim(location, shared=True)
        kept.file("unsaved").write(encode([change]))
    first = left[0].file("unsaved")
    for kept in left:
        kept.release()
    window = open_window(project_url)
    qtbot.waitUntil(window.banner.isVisible)
    assert window.banner.sentence.text() == "2 changes could not be saved last time: “One” and “Two”."
    assert [each.id for each in decode(first.read())] == [each.id for each in changes]
    with qtbot.waitSignal(window.unsaved.told):
        window.banner.save_now.click()
    assert sorted(each.name for each in window.store.workspace.speakers.values()) == ["One", "Two"]
    qtbot.waitUntil(lambda: not list((tmp_path / "unsaved").glob("*.json")))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("time",), "soon"),
        (("action",), "finish"),
        (("id",), "\ud800"),
        (("changes", 0, "after"), None),
        (("changes", 0, "after", "name"), 5),
        (("changes", 0, "after", "aliases"), [7]),
        (("changes", 0, "after", "note"), "\ud800"),
        (("changes", 0, "after", "later"), ""),
        (("changes", 0, "after", "roles"), [{"title": 10**30}]),
    ],
)
def test_what_no_window_writes_is_not_taken_for_changes(place, value):
    data = encode([speaker("One")])
    assert decode(data) is not None
    told = inner = json.loads(data)
    for step in (0, *place[:-1]):
        inner = inner[step]
    inner[place[-1]] = value
    assert decode(json.dumps(told).encode()) is None


def test_what_cannot_be_read_never_takes_the_place_of_what_was_set_aside_before(tmp_path):
    file, aside = of_a_window(tmp_path).file("unsaved"), []
    for data in (b"first", b"second", b"third"):
        file.write(data)
        aside.append(file.set_aside())
    assert [path.read_bytes() for path in aside] == [b"first", b"second", b"third"]
    assert file.read() == b""

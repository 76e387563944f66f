"""Whoever watches a project hears of what others commit, and only of that."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import pytest
from db_samples import changing, commit, creating, sample

from db.project import open_project

ON_EVERY_DATABASE = True


@pytest.fixture
def watch(project, path):
    """Somebody else's view of the project. On a file it can only read, as the other one holds the lock."""
    other = open_project(str(path))
    watch = other.watch()
    watch.wait(5)  # what was there before
    yield watch
    watch.stop()
    watch.close()
    other.close()


def test_a_commit_is_heard_of_at_once(project, watch):
    made = sample()
    writer = threading.Timer(0.05, lambda: commit(project, creating(*made.records)))
    writer.start()
    started = time.monotonic()
    assert watch.wait(30)
    assert time.monotonic() - started < 10  # generous: what waits in vain waits for 30 seconds
    writer.join()  # it was heard of before it had ended


def test_whoever_is_closed_listens_no_more(watch):
    watch.close()
    assert not watch.wait(30)


def test_nothing_is_heard_while_nothing_happens(watch):
    assert not watch.wait(0.2)


def test_whoever_is_told_to_stop_stops(watch):
    threading.Timer(0.05, watch.stop).start()
    started = time.monotonic()
    watch.wait(30)
    assert not watch.wait(30)
    assert time.monotonic() - started < 10


def test_the_news_are_what_others_committed(project):
    made = sample()
    commit(project, creating(*made.records))
    note = [replace(made.claim, note=str(number)) for number in range(4)]
    edits = [changing(before, after) for before, after in zip([made.claim, *note], note, strict=False)]
    for edit in edits:
        commit(project, edit)
    assert project.news(5, (), 200).changesets == ()
    news = project.news(1, {edits[1].id}, 200)
    assert (news.seq, news.changesets) == (5, (edits[0], *edits[2:]))
    assert project.news(0, {edits[1].id}, 3).changesets is None
    assert project.news(1, {edit.id for edit in edits}, 0).changesets == ()


@pytest.mark.of_a_file
def test_who_writes_alone_watches_nobody(project):
    assert project.watch() is None
    assert not project.shared

"""The strip over the article: the gravest is shown first, and nothing that was to be said is lost."""

from __future__ import annotations

import pytest

from ui.article.banner import Banner


@pytest.fixture
def store(open_store):
    return open_store()


@pytest.fixture
def banner(qtbot, store):
    made = Banner(store, lambda: None)
    qtbot.addWidget(made)
    return made


def said(banner):
    buttons = (banner.retry, banner.copy, banner.give_up, banner.restore, banner.discard, banner.dismiss)
    shown = [button.text() for button in buttons if not button.isHidden()]
    return banner.sentence.text(), banner.more.text(), shown


def test_the_gravest_is_said_first_and_the_others_when_it_is_settled(banner, store):
    told, answers = [], []
    banner.told.connect(told.append)
    banner.tell("It lies on a share.")
    banner.offer("A note was kept.", lambda: answers.append("restored"), lambda: answers.append("discarded"))
    assert said(banner) == ("A note was kept.", "and 1 more", ["Restore", "Discard"])
    store.failed.emit("The disk is full.")
    failure = "Not saved: The disk is full. Editing waits: try again, or save a copy elsewhere."
    assert said(banner) == (failure, "and 2 more", ["Try Again", "Save a Copy Elsewhere…", "Discard the Change"])
    store.saved.emit()
    banner.restore.click()
    assert answers == ["restored"]
    assert said(banner) == ("It lies on a share.", "", ["Close"])
    banner.dismiss.click()
    assert banner.isHidden()
    share, kept = "It lies on a share.", "A note was kept."
    assert told == [share, kept, failure, kept, share]


def test_what_was_said_of_one_project_is_gone_with_it(banner, store):
    banner.tell("It lies on a share.")
    banner.offer("A note was kept.", lambda: None, lambda: None)
    store.project_opened.emit()
    assert banner.isHidden()
    banner.tell("It is open elsewhere.")
    assert said(banner) == ("It is open elsewhere.", "", ["Close"])

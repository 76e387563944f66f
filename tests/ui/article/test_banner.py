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
    buttons = (banner.retry, banner.copy, banner.give_up, banner.restore)
    buttons += banner.save_now, banner.show_all, banner.discard, banner.dismiss
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
    assert banner.property("grave") == "true"
    store.saved.emit()
    assert banner.property("grave") == "false"
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


def test_what_is_to_become_of_unsaved_changes_is_asked_until_it_is_answered(banner, store):
    answers = []
    acts = [lambda word=word: answers.append(word) for word in ("shown", "discarded", "saved")]
    banner.offer_unsaved("1 change could not be saved.", *acts)
    assert said(banner)[2] == ["Save Now", "Show…", "Discard"]
    banner.show_all.click()
    assert said(banner)[0] == "1 change could not be saved."
    banner.save_now.click()
    assert banner.isHidden()
    banner.offer_unsaved("It cannot be saved any more.", *acts[:2])
    assert said(banner)[2] == ["Show…", "Discard"]
    banner.discard.click()
    assert answers == ["shown", "saved", "discarded"]
    banner.qualify_failure("Nothing failed.")
    assert banner.isHidden()
    store.failed.emit("The disk is full.")
    banner.qualify_failure("No other takes it.")
    assert said(banner)[0].endswith("save a copy elsewhere. No other takes it.")
    banner.qualify_failure("")
    assert said(banner)[0].endswith("save a copy elsewhere.")


def test_a_narrow_window_has_the_buttons_beneath_the_sentence_whole(qtbot, banner, store):
    store.failed.emit("The disk is full: the change was not saved in “News”.")
    banner.resize(512, banner.sizeHint().height())
    qtbot.waitUntil(lambda: banner.retry.y() >= banner.sentence.geometry().bottom())
    assert banner.sentence.width() > 400
    for button in (banner.retry, banner.copy, banner.give_up):
        assert button.width() >= button.sizeHint().width()
        assert banner.rect().contains(button.geometry())
    banner.resize(1100, banner.sizeHint().height())
    qtbot.waitUntil(lambda: banner.retry.x() > banner.sentence.geometry().right())

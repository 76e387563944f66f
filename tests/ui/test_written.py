"""An import that the window never holds: it is followed, undone, done again, and refused when something moved on."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from ui_samples import TEXT

from annotator.edits import MANY, Change, Changeset, Edit
from annotator.formats.base import Draft
from annotator.model import Article, Mention, SourceText, Speaker, new_id
from annotator.services.importing import Drafts
from annotator.services.verify import verify
from annotator.text.anchors import anchor
from ui.written import Adding

SPEAKER = Speaker(new_id(), "Somebody New")


def draft(number):
    """An article of many mentions of one speaker."""
    id_ = new_id()
    mentions = tuple(
        Mention(id=new_id(), article_id=id_, annotator="Ann", spans=(anchor(TEXT, 0, 6),), speaker_id=SPEAKER.id)
        for _ in range(MANY)
    )
    source = SourceText(id_, TEXT, hashlib.sha256(TEXT.encode()).hexdigest())
    return Draft(Article(id_, f"Imported {number}"), source, (SPEAKER,), mentions)


@pytest.fixture
def store(qtbot, open_store):
    """With two articles of its own, and two that were just imported."""
    store = open_store()
    drafts = Drafts(map(draft, (1, 2)))
    adding = Adding(store.project, drafts, "Ann", {}, lambda *_: None, lambda: False)
    with qtbot.waitSignal(store.history_changed):
        store.large.apply(adding, lambda error: None, written=True)
    assert titles(store)[2:] == ["Imported 1", "Imported 2"]
    assert store.tally.speaker(SPEAKER.id) == (2 * MANY, 0)
    return store


def titles(store):
    return [summary.article.title for summary in store.tally.ordered()]


def test_an_import_is_undone_and_done_again_without_being_read_whole(qtbot, store, monkeypatch):
    monkeypatch.setattr(type(store.project), "changeset", lambda *_: pytest.fail("it is read whole"))
    opened = store.workspace.article.id
    with qtbot.waitSignal(store.replayed) as told:
        store.undo()
    assert told.args == ["undo", "Import 2 articles"]
    assert (len(titles(store)), SPEAKER.id in store.workspace.speakers) == (2, False)
    assert store.workspace.article.id == opened, "who is elsewhere stays there"
    assert store.tally.speaker(SPEAKER.id) == (0, 0)
    assert (store.undo_title, store.redo_title) == ("Import", "Import 2 articles")
    assert len(store.project.article_ids()) == 2
    with qtbot.waitSignal(store.replayed):
        store.redo()
    qtbot.waitUntil(lambda: store.workspace.article is not None and store.workspace.article.title == "Imported 1")
    assert titles(store)[2:] == ["Imported 1", "Imported 2"]
    assert store.workspace.speakers[SPEAKER.id] == SPEAKER
    assert store.tally.speaker(SPEAKER.id) == (2 * MANY, 0)
    assert len(store.workspace.mentions) == MANY
    assert list(verify(store.project)) == []


def test_an_article_that_is_taken_away_while_it_is_open_makes_room_for_the_first(qtbot, store):
    imported = store.tally.ordered()[2].article.id
    with qtbot.waitSignal(store.article_opened):
        store.open_article(imported)
    store.undo()
    qtbot.waitUntil(lambda: store.workspace.article is not None and store.workspace.article.id != imported)
    assert store.workspace.article == store.tally.ordered()[0].article
    assert not store.workspace.mentions


def test_what_was_changed_since_by_somebody_else_keeps_the_import_from_being_undone(qtbot, store):
    (document,) = store.project.documents([store.tally.ordered()[2].article.id])
    mention = document.mentions[0]
    with store.project.begin() as unit:
        unit.apply(Changeset.of(Edit("Note", (Change(mention, replace(mention, note="theirs")),)), "Bob"))
        unit.commit()
    with qtbot.waitSignal(store.refused) as told:
        store.undo()
    assert told.args == ["“Import 2 articles” can't be undone: what it changed has been changed since."]
    assert titles(store)[2:] == ["Imported 1", "Imported 2"]
    assert store.undo_title == "Import 2 articles"
    assert len(store.project.article_ids()) == 4

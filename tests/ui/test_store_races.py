"""What happens between asking the database thread and its answer."""

from __future__ import annotations

import threading

import pytest
from ui_samples import TEXT, seed

from annotator.errors import InvalidEdit, ProjectError
from annotator.services import annotate, speakers
from db.project import open_project


def place(words):
    start = TEXT.index(words)
    return start, start + len(words)


def claims_in(path):
    project = open_project(str(path), "read")
    try:
        return [claim.spans[0].exact for document in project.documents() for claim in document.claims]
    finally:
        project.close()


def test_no_edit_crosses_into_the_project_that_is_being_opened(qtbot, open_store, project_path, tmp_path):
    store = open_store()
    other = tmp_path / "other.annotator"
    seed(other, TEXT)
    store.edit(annotate.mark_claim(store.workspace, [place("Russia")], store.author))
    may_open = threading.Event()

    def opener():
        may_open.wait()
        return open_project(str(other))

    with qtbot.waitSignal(store.project_opened):
        store.open_project(opener, pytest.fail)
        store.edit(annotate.mark_claim(store.workspace, [place("agreed")], store.author))
        qtbot.waitUntil(lambda: store.unsaved == 0)
        with pytest.raises(ProjectError, match="being opened"):
            store.edit(annotate.mark_claim(store.workspace, [place("He left")], store.author))
        may_open.set()
    assert claims_in(project_path) == ["Russia", "agreed"]
    assert claims_in(other) == []


def test_an_article_read_before_an_edit_that_touches_it_is_read_again(qtbot, open_store):
    store = open_store()
    first, second = (summary.article.id for summary in store.tally.ordered())
    store.edit(annotate.mark_claim(store.workspace, [place("Russia")], store.author))
    claim = next(iter(store.workspace.claims))
    with qtbot.waitSignal(store.saved):
        store.edit(speakers.set_chain_line(store.workspace, claim, "Somebody"))
    with qtbot.waitSignal(store.article_opened):
        store.open_article(second)
    speaker = next(iter(store.workspace.speakers))
    uses = store.project.uses_of_speaker(speaker)
    with qtbot.waitSignal(store.article_opened):
        store.open_article(first)  # is read now ...
        store.edit(speakers.delete(store.workspace, speaker, uses))  # ... and changed before it arrives
    assert [hop.speaker_id for hop in store.workspace.claims[claim].chain] == [None]


def test_undo_pressed_twice_after_a_restart_undoes_twice(qtbot, open_store):
    store = open_store()
    for words in ("Russia", "agreed", "He left"):
        with qtbot.waitSignal(store.saved):
            store.edit(annotate.mark_claim(store.workspace, [place(words)], store.author))
    store = open_store()
    store.undo()
    store.undo()
    qtbot.waitUntil(lambda: len(store.workspace.claims) == 1)
    assert [c.spans[0].exact for c in store.workspace.claims.values()] == ["Russia"]
    store.redo()
    store.redo()
    qtbot.waitUntil(lambda: len(store.workspace.claims) == 3)


class Refusing:
    """A real project that does not take one kind of change, as when somebody else was faster."""

    def __init__(self, project):
        self._project, self.refuses = project, False

    def __getattr__(self, name):
        return getattr(self._project, name)

    def begin(self):
        if self.refuses:
            raise InvalidEdit("Somebody else was faster.")
        return self._project.begin()


def test_what_the_project_never_takes_is_dropped_and_said_and_work_goes_on(qtbot, open_store, project_path):
    made = []

    def opener():
        made.append(Refusing(open_project(str(project_path))))
        return made[0]

    store = open_store(opener=opener)
    made[0].refuses = True
    said = []
    store.refused.connect(said.append)
    with qtbot.waitSignals([store.refused, store.saved]):
        store.edit(annotate.mark_claim(store.workspace, [place("Russia")], store.author))
        store.edit(annotate.mark_claim(store.workspace, [place("agreed")], store.author))
    assert said == ["Somebody else was faster. The project is shown as it is stored."]
    made[0].refuses = False
    qtbot.waitUntil(lambda: store.workspace.article is not None)
    assert store.workspace.claims == {}
    assert not store.stuck
    with qtbot.waitSignal(store.saved):
        store.edit(annotate.mark_claim(store.workspace, [place("He left")], store.author))
    assert claims_in(project_path) == ["He left"]


def test_while_the_project_is_read_again_nothing_can_be_edited(qtbot, open_store, project_path):
    made = []

    class Full(Refusing):
        def begin(self):
            if self.refuses:
                raise ProjectError("The disk is full.")
            return self._project.begin()

    def opener():
        made.append(Full(open_project(str(project_path))))
        return made[0]

    store = open_store(opener=opener)
    made[0].refuses = True
    with qtbot.waitSignal(store.failed):
        store.edit(annotate.mark_claim(store.workspace, [place("Russia")], store.author))
    made[0].refuses = False
    with qtbot.waitSignal(store.saved):
        store.give_up()
        with pytest.raises(ProjectError, match="read again"):
            store.edit(annotate.mark_claim(store.workspace, [place("agreed")], store.author))
    store.give_up()  # not stuck any more: nothing happens
    assert store.unsaved == 0

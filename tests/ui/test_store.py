"""The store over a real SQLite file: what it calls saved is there, and undo reaches back over a restart."""

from __future__ import annotations

import uuid

import pytest
from effort import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ui_samples import TEXT, seed

from annotator.errors import ProjectError, ProjectReadOnly, StaleEdit
from annotator.services import annotate, articles, corrections, speakers
from db.project import open_project


def place(words):
    start = TEXT.index(words)
    return start, start + len(words)


def do(qtbot, store, edit):
    with qtbot.waitSignal(store.saved):
        store.edit(edit)
    return edit.changes[0].id


def stored(path, article_id):
    project = open_project(str(path), "read")
    try:
        return project.document(article_id), {s.id: s for s in project.speakers()}
    finally:
        project.close()


def test_what_is_called_saved_is_in_the_file(qtbot, open_store, project_path):
    store = open_store()
    claim = do(qtbot, store, annotate.mark_claim(store.workspace, [place('"I would go,"')], store.author))
    do(qtbot, store, speakers.set_chain_line(store.workspace, claim, "RIA Novosti > Sergei Lavrov"))
    document, known = stored(project_path, store.workspace.article.id)
    assert document == store.workspace.document()
    assert known == store.workspace.speakers
    assert document.article.state == "in_progress"


def test_undo_and_redo_reach_back_over_a_restart(qtbot, open_store):
    store = open_store()
    states = [store.workspace.document()]
    claim = do(qtbot, store, annotate.mark_claim(store.workspace, [place("Russia agreed")], store.author))
    states.append(store.workspace.document())
    do(qtbot, store, annotate.change(store.workspace, claim, note="look again", form="narration"))
    states.append(store.workspace.document())
    store = open_store()
    assert store.workspace.document() == states[2]
    assert store.undo_title == "Change note, form of claim"
    for expected in (states[1], states[0]):
        with qtbot.waitSignal(store.saved):
            store.undo()
        assert store.workspace.document() == expected
    store = open_store()
    assert store.workspace.document() == states[0]
    for expected in (states[1], states[2]):
        with qtbot.waitSignal(store.saved):
            store.redo()
        assert store.workspace.document() == expected
    assert store.redo_title is None


def test_a_new_edit_after_undo_forgets_what_could_be_redone(qtbot, open_store):
    store = open_store()
    do(qtbot, store, annotate.mark_claim(store.workspace, [place("Russia")], store.author))
    with qtbot.waitSignal(store.saved):
        store.undo()
    do(qtbot, store, annotate.mark_claim(store.workspace, [place("agreed")], store.author))
    assert store.redo_title is None
    store.redo()
    assert [c.spans[0].exact for c in store.workspace.claims.values()] == ["agreed"]


def test_undo_opens_the_article_it_concerns(qtbot, open_store):
    store = open_store()
    first, second = (summary.article.id for summary in store.tally.ordered())
    do(qtbot, store, annotate.mark_claim(store.workspace, [place("Russia")], store.author))
    with qtbot.waitSignal(store.article_opened):
        store.open_article(second)
    with qtbot.waitSignal(store.saved):
        store.undo()
    assert store.workspace.article.id == first
    assert store.workspace.claims == {}


def test_a_deleted_article_comes_back_whole(qtbot, open_store, project_path):
    store = open_store()
    do(qtbot, store, annotate.mark_claim(store.workspace, [place("Russia")], store.author))
    before = store.workspace.document()
    summary = store.tally.summaries[before.article.id]
    do(qtbot, store, articles.delete(before))
    assert store.workspace.article is None
    assert before.article.id not in store.tally.summaries
    with qtbot.waitSignal(store.article_opened):
        store.undo()
    assert store.workspace.document() == before
    assert store.tally.summaries[before.article.id] == summary
    assert stored(project_path, before.article.id)[0] == before


def test_a_refused_edit_changes_nothing_and_says_why(qtbot, open_store):
    store = open_store()
    with qtbot.waitSignal(store.refused) as refused:
        assert not store.attempt(lambda: annotate.mark_claim(store.workspace, [], store.author))
    assert "Select some words" in refused.args[0]
    assert store.unsaved == 0
    edit = annotate.mark_claim(store.workspace, [place("Russia")], store.author)
    do(qtbot, store, edit)
    with pytest.raises(StaleEdit):
        store.edit(edit)


class FailingProject:
    """A real project whose commits fail while ``broken``."""

    def __init__(self, project):
        self._project = project
        self.broken = False

    def __getattr__(self, name):
        return getattr(self._project, name)

    def begin(self):
        if self.broken:
            raise ProjectError("The disk is full.")
        return self._project.begin()


def test_a_failed_commit_stops_editing_and_loses_nothing(qtbot, open_store, project_path):
    failing = []

    def opener():
        failing.append(FailingProject(open_project(str(project_path))))
        return failing[0]

    store = open_store(opener=opener)
    failing[0].broken = True
    with qtbot.waitSignal(store.failed) as failed:
        store.edit(annotate.mark_claim(store.workspace, [place("Russia")], store.author))
    assert failed.args == ["The disk is full."]
    with pytest.raises(ProjectError, match="not saved yet"):
        store.edit(annotate.mark_claim(store.workspace, [place("agreed")], store.author))
    assert len(store.workspace.claims) == 1
    failing[0].broken = False
    with qtbot.waitSignal(store.saved):
        store.retry()
    assert stored(project_path, store.workspace.article.id)[0] == store.workspace.document()


def test_giving_up_shows_what_is_stored(qtbot, open_store, project_path):
    failing = []

    def opener():
        failing.append(FailingProject(open_project(str(project_path))))
        return failing[0]

    store = open_store(opener=opener)
    before = store.workspace.document()
    failing[0].broken = True
    with qtbot.waitSignal(store.failed):
        store.edit(annotate.mark_claim(store.workspace, [place("Russia")], store.author))
    with qtbot.waitSignal(store.saved):
        store.give_up()
    qtbot.waitUntil(lambda: store.workspace.article is not None)
    assert store.workspace.document() == before
    assert store.unsaved == 0


def test_a_project_opened_for_reading_refuses_edits(qtbot, open_store, project_path):
    store = open_store(opener=lambda: open_project(str(project_path), "read"))
    assert store.read_only
    with pytest.raises(ProjectReadOnly):
        store.edit(annotate.mark_claim(store.workspace, [place("Russia")], store.author))


def test_counts_follow_every_edit_as_a_fresh_count_would(qtbot, open_store, project_path):
    store = open_store()
    claim = do(qtbot, store, annotate.mark_claim(store.workspace, [place("Russia agreed")], store.author))
    do(qtbot, store, speakers.set_chain_line(store.workspace, claim, "RIA Novosti > Sergei Lavrov"))
    do(qtbot, store, annotate.mark_mention(store.workspace, [place("He")], store.author))
    do(qtbot, store, speakers.assign(store.workspace, next(iter(store.workspace.mentions)), "Sergei Lavrov"))
    do(qtbot, store, corrections.mark(store.workspace, [place("hear")], "here", store.author))
    with qtbot.waitSignal(store.saved):
        store.undo()
    ids = list(store.workspace.speakers)
    kept = (store.tally.ordered(), {id_: store.tally.speaker(id_) for id_ in ids})
    store = open_store()
    assert (store.tally.ordered(), {id_: store.tally.speaker(id_) for id_ in ids}) == kept


actions = st.lists(
    st.tuples(st.sampled_from(["claim", "mention", "cue", "chain", "fix", "note", "delete", "undo", "redo"]),
              st.integers(0, len(TEXT) - 2), st.integers(1, 20), st.sampled_from(["A", "B > A", "C > B", ""])),
    max_size=14,
)  # fmt: skip


@settings(max_examples=examples(8), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions)
def test_any_sequence_of_edits_undone_restores_the_project_and_redo_brings_it_back(qtbot, open_store, tmp_path, steps):
    path = tmp_path / f"{uuid.uuid4()}.annotator"
    seed(path, TEXT)
    store = open_store(path)
    ws = store.workspace

    def state():
        return ws.document(), dict(ws.speakers)

    start = state()
    for action, offset, length, line in steps:
        ranges = [(offset, min(offset + length, len(TEXT)))]
        anything = [*ws.claims, *ws.mentions, *ws.corrections]
        target = anything[offset % len(anything)] if anything else "none"
        claim = list(ws.claims)[offset % len(ws.claims)] if ws.claims else "none"
        make = {
            "claim": lambda r=ranges: annotate.mark_claim(ws, r, store.author),
            "mention": lambda r=ranges: annotate.mark_mention(ws, r, store.author),
            "cue": lambda c=claim, r=ranges: annotate.mark_cue(ws, c, r),
            "chain": lambda c=claim, w=line: speakers.set_chain_line(ws, c, w),
            "fix": lambda r=ranges, w=line: corrections.mark(ws, r, w, store.author),
            "note": lambda t=target, w=line: annotate.change(ws, t, note=w),
            "delete": lambda t=target: annotate.delete(ws, [t]),
        }.get(action)
        if make is not None:
            store.attempt(make)
        elif action == "redo":
            store.redo()
        elif store.undo_title != "Import":
            store.undo()
    end = state()
    undone = 0
    while store.undo_title != "Import":
        store.undo()
        undone += 1
    assert state() == start
    store.when_saved(lambda: None)
    qtbot.waitUntil(lambda: store.unsaved == 0)
    store = open_store(path)
    ws = store.workspace
    assert state() == start
    for _ in range(undone):
        with qtbot.waitSignal(store.saved):
            store.redo()
    assert state() == end

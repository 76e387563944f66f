"""The list models under Qt's own model tester, through every kind of change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from annotator.services import annotate, corrections, speakers
from ui.models.claims import ClaimsModel
from ui.models.corrections import CorrectionsModel
from ui.models.rows import KEY, RowsModel
from ui.models.speakers import SpeakersModel

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


class Letters(RowsModel):
    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        return self.keys[index.row()] if index.isValid() and role in (KEY, Qt.ItemDataRole.DisplayRole) else None


@given(st.lists(st.permutations("abcdefgh").map(lambda p: p[:5]), min_size=1, max_size=6))
def test_rows_become_what_is_asked_and_indexes_follow_their_keys(lists):
    model = Letters()
    tester = QAbstractItemModelTester(model, FATAL)
    model.set_keys(list("abcd"))
    kept = {key: QPersistentModelIndex(model.index(model.row_of(key), 0)) for key in model.keys}
    for keys in lists:
        model.set_keys(list(keys))
        assert model.keys == list(keys)
        for key, index in list(kept.items()):
            if key in keys:
                assert index.isValid()
                assert index.data() == key
            else:
                assert not index.isValid()
                del kept[key]
    del tester


def test_many_changes_are_another_list():
    model = Letters()
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    model.set_keys([str(n) for n in range(500)])
    assert resets == [1]
    model.set_keys([str(n) for n in range(499)])
    assert resets == [1]


@pytest.fixture
def store(open_store):
    return open_store()


def test_models_follow_every_edit(store):
    ws, author = store.workspace, store.author
    models = [
        ClaimsModel(ws, store.outline),
        SpeakersModel(ws, store.outline, store.tally.speaker, lambda *_: True),
        CorrectionsModel(ws, store.outline, lambda *_: True),
    ]
    testers = [QAbstractItemModelTester(model, FATAL) for model in models]
    for model in models:
        store.changed.connect(model.apply)
    for start, end in ((17, 27), (0, 6), (30, 40)):
        store.edit(annotate.mark_claim(ws, [(start, end)], author))
    claims = list(ws.claims)
    store.edit(speakers.set_source(ws, claims[0], "Lavrov"))
    store.edit(speakers.set_chain_line(ws, claims[1], "Paper > Trump"))
    store.edit(annotate.mark_mention(ws, [(30, 36)], author))
    store.edit(corrections.mark(ws, [(0, 6)], "Russland", author))
    store.edit(annotate.set_spans(ws, claims[1], [(42, 44)]))
    assert models[0].keys == [claims[0], claims[2], claims[1]]
    assert [models[0].card(key).source for key in models[0].keys] == ["Lavrov", None, "Trump"]
    store.edit(annotate.delete(ws, [claims[0], next(iter(ws.mentions)), next(iter(ws.corrections))]))
    assert [model.rowCount() for model in models] == [2, 2, 0]
    done = 9
    for _ in range(done):
        store.undo()
    assert [model.rowCount() for model in models] == [0, 0, 0]
    for _ in range(done):
        store.redo()
    assert [model.rowCount() for model in models] == [2, 2, 0]
    del testers


def test_a_speaker_has_the_claims_it_makes_in_the_article_as_in_all(store, open_store, qtbot):
    ws = store.workspace
    store.edit(annotate.mark_claim(ws, [(0, 6)], store.author))
    store.edit(speakers.set_chain_line(ws, next(iter(ws.claims)), "Paper > Lavrov > ?"))
    outer, inner = (speakers.find(ws.speakers.values(), name).id for name in ("Paper", "Lavrov"))
    model = SpeakersModel(ws, store.outline, store.tally.speaker, lambda *_: True)
    for model.everybody in (False, True):
        assert [model.counts(id_) for id_ in (outer, inner)] == [(0, 0), (0, 1)]
    qtbot.waitUntil(lambda: not store.unsaved)
    again = open_store()  # counted by the database
    assert [again.tally.speaker(id_) for id_ in (outer, inner)] == [(0, 0), (0, 1)]


def test_all_speakers_stay_in_the_order_of_their_names(store):
    ws = store.workspace
    for name in ("Öz", "abe", "Zoe", "Bo"):
        store.edit(speakers.create(ws, name))
    model = SpeakersModel(ws, store.outline, store.tally.speaker, lambda *_: True)
    model.everybody = True
    model.relist()
    store.changed.connect(model.apply)
    named = lambda: [model.name(id_) for id_ in model.keys]  # noqa: E731
    assert named() == ["abe", "Bo", "Zoe", "Öz"]
    store.edit(speakers.change(ws, model.keys[2], name="Adam"))
    store.edit(speakers.change(ws, model.keys[0], aliases=("Honest Abe",)))
    store.edit(speakers.create(ws, "aa"))
    store.edit(speakers.delete(ws, model.keys[3], []))
    assert named() == ["aa", "abe", "Adam", "Öz"]
    model.wanted = "honest"
    model.relist()
    assert named() == ["abe"]
    model.wanted = ""
    model.relist()
    assert named() == ["aa", "abe", "Adam", "Öz"]


def test_only_the_row_of_the_changed_claim_is_refreshed(store):
    ws = store.workspace
    for start in range(0, 30, 3):
        store.edit(annotate.mark_claim(ws, [(start, start + 2)], store.author))
    model = ClaimsModel(ws, store.outline)
    touched = []
    model.dataChanged.connect(lambda first, last: touched.append((first.row(), last.row())))
    store.changed.connect(model.apply)
    store.edit(annotate.change(ws, model.keys[4], note="x"))
    assert touched == [(4, 4)]

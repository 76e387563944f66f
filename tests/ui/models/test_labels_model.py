"""The tree of labels: sound for Qt after every sort of choice, and no more of it anew than was chosen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt

from annotator.formats.standoff.choosing import ITEM, Choosing
from annotator.formats.standoff.graph import Item, Link, Standoff
from annotator.formats.standoff.proposing import propose
from annotator.formats.standoff.survey import Survey
from ui.models.labels import MEANS, LabelsModel

TEXT = "The office said it rains."
STANDOFF = Standoff(
    "a.ann",
    TEXT,
    (
        Item("T1", "Source", ((0, 10),)),
        Item("T2", "Content", ((16, 25),), attributes=(("QuoteType", "Indirect"),)),
        Item("T3", "Weather", ((16, 25),), attributes=(("Level", "3"),)),
    ),
    (Link("R1", "Attribution", (("Source", "T1"), ("Content", "T2"))),),
)


@pytest.fixture
def model():
    survey = Survey()
    survey.add(STANDOFF)
    work = Choosing(survey, propose([STANDOFF]))
    made = LabelsModel(work.choose)
    made.show(work.rows())
    made.work = work
    return made


def row_of(model, title: str):
    return next(at for row in range(model.rowCount()) if (at := model.index(row, 0)).data() == title)


def test_the_tree_is_sound_whatever_is_chosen(model, qtmodeltester):
    qtmodeltester.check(model)
    for title, value, anew in (
        ("Label “Content”", "Mention", True),  # its attribute is one of a mention now
        ("Label “Content”", "Claim", True),
        ("Link “Attribution”", "leave out", False),
        ("Label “Weather”", "Claim", True),  # its attribute is a row now
        ("Label “Weather”", "", True),
    ):
        assert model.setData(row_of(model, title).siblingAtColumn(MEANS), value, Qt.ItemDataRole.EditRole)
        assert model.show(model.work.rows()) == anew
        assert row_of(model, title).siblingAtColumn(MEANS).data(Qt.ItemDataRole.EditRole) == value
        qtmodeltester.check(model)


def test_a_row_says_everything_to_a_screen_reader(model):
    said = row_of(model, "Label “Weather”").data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "not sure: Label “Weather”, 1 time, means Keep in quarantine"


def test_thousands_of_labels_come_as_the_view_asks_for_them_and_choices_reach_those_that_wait(qtmodeltester):
    items = tuple(Item(f"T{n}", f"Person {n:04}", ((0, 10),)) for n in range(1, 701))
    standoff, survey = Standoff("a", TEXT, items), Survey()
    survey.add(standoff)
    work = Choosing(survey, propose([standoff]))
    model = LabelsModel(work.choose)
    assert model.show(work.rows())
    assert model.rowCount() < 700
    assert model.canFetchMore(QModelIndex())
    work.choose((ITEM, "Person 0699", "-1"), "Mention")
    assert not model.show(work.rows())
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    assert model.rowCount() == 701  # and whether words name speakers
    assert row_of(model, "Label “Person 0699”").siblingAtColumn(MEANS).data() == "Mention"
    qtmodeltester.check(model)

"""The article list: filter, states, and the signals that the window answers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from annotator.model import Article, ArticleSummary
from annotator.services import annotate, articles
from ui.models.articles import ArticlesModel, subtitle
from ui.panels.articles import ArticlesPanel

# What the offscreen platform says of windows with a smallest size and of lists that pop up.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")


@pytest.fixture
def panel(show):
    return show(ArticlesPanel, 250)


def test_counts_follow_the_edits(panel, store):
    assert panel.header.count.text() == "2"
    assert panel.filter.placeholderText() == "Filter 2 articles"
    current = panel.model.summary(store.workspace.article.id)
    assert subtitle(current) == "2 claims · 2 corrections"
    assert panel.rows.current == store.workspace.article.id
    store.undo()
    assert subtitle(panel.model.summary(store.workspace.article.id)) == "2 claims · 1 correction"


def test_enter_and_click_open(qtbot, panel, store):
    panel.list.setFocus()
    panel.list.setCurrentIndex(panel.model.index(0, 0))
    qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    second = panel.model.keys[1]
    with qtbot.waitSignal(panel.open_requested, check_params_cb=lambda id_: id_ == second):
        qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    rect = panel.list.visualRect(panel.model.index(1, 0))
    with qtbot.waitSignal(panel.open_requested):
        qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    with qtbot.waitSignal(panel.focus_article):
        qtbot.keyClick(panel.list, Qt.Key.Key_Escape)


def test_a_new_annotation_changes_its_row_only_and_a_state_the_list(panel, store):
    store.edit(annotate.mark_claim(store.workspace, [(0, 6)], store.author))  # the first puts the article in progress
    lists, rows = [], []
    store.summaries_changed.connect(lambda: lists.append(1))
    panel.model.dataChanged.connect(lambda first, last: rows.append((first.row(), last.row())))
    store.edit(annotate.mark_claim(store.workspace, [(7, 13)], store.author))
    assert (lists, rows) == ([], [(0, 0)])
    assert panel.model.summary(store.workspace.article.id).claims == len(store.workspace.claims)
    store.edit(articles.change(store.workspace, title="Another"))
    assert lists == [1]


def test_the_filter_looks_at_title_outlet_and_byline(qtbot, panel, store):
    store.edit(articles.change(store.workspace, outlet="The Moscow Times", byline="By J. Doe"))
    panel.focus_filter()
    qtbot.keyClicks(panel.filter, "moscow DOE")
    assert panel.model.keys == [store.workspace.article.id]
    qtbot.keyClicks(panel.filter, "x")
    assert panel.model.keys == []
    assert panel.nothing.isVisible()
    qtbot.keyClick(panel.filter, Qt.Key.Key_Escape)
    assert len(panel.model.keys) == 2
    qtbot.keyClick(panel.filter, Qt.Key.Key_Down)
    assert panel.list.hasFocus()


def test_state_filter_and_menu(qtbot, panel, store):
    first, second = panel.model.keys
    with qtbot.waitSignal(panel.state_requested) as wanted:
        panel.menu(second).actions()[0].menu().actions()[3].trigger()
    assert wanted.args == [second, "done"]
    store.edit(articles.change_article(panel.model.summary(second).article, state="done"))
    assert store.tally.summaries[second].article.state == "done"
    assert store.workspace.article.state == "in_progress"
    panel.state.setFocus()
    qtbot.keyClick(panel.state, Qt.Key.Key_Down)
    qtbot.waitUntil(panel.state.view().isVisible)
    for _ in range(4):
        qtbot.keyClick(panel.state.view(), Qt.Key.Key_Down)
    qtbot.keyClick(panel.state.view(), Qt.Key.Key_Return)
    assert panel.model.keys == [second]
    menu = panel.menu(first)
    names = [action.text() for action in menu.actions() if action.text()]
    assert names == ["State", "Article Details…", "Delete…"]
    with qtbot.waitSignal(panel.details_requested, check_params_cb=lambda id_: id_ == first):
        menu.actions()[1].trigger()
    with qtbot.waitSignal(panel.delete_requested):
        menu.actions()[-1].trigger()
    states = menu.actions()[0].menu()
    with qtbot.waitSignal(panel.state_requested) as wanted:
        states.actions()[2].trigger()
    assert wanted.args == [first, "needs_review"]


def test_neighbours_of_the_open_article(panel):
    assert panel.neighbour(1) == panel.model.keys[1]
    assert panel.neighbour(-1) is None


def test_ten_thousand_articles_are_filtered_in_one_pass(qtmodeltester):
    model = ArticlesModel()
    many = [ArticleSummary(Article(id=str(n), title=f"Headline {n}", outlet="Paper")) for n in range(10_000)]
    model.show(many)
    model.narrow("headline 99 paper", None)
    assert model.keys[0] == "99"
    assert len(model.keys) == 280
    model.narrow("", "done")
    assert model.keys == []
    model.narrow("", None)
    assert model.rowCount() == 10_000

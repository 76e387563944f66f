"""Work states in the real window: done and frozen, reopened, on to the next; progress; time worked on an article."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui_hands import Hands
from ui_samples import TEXT, seed

from annotator.ports import WorkTime
from annotator.services import articles, scheme
from db.project import open_project
from ui.dialogs.article_details import ArticleDetails

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ENTER = Qt.Key.Key_Return
FROZEN = articles.FROZEN


@pytest.fixture
def three(tmp_path):
    path = tmp_path / "three.annotator"
    seed(path, TEXT, "Second article. It is short.\n", "The third article.\n")
    return path


@pytest.fixture
def hands(qtbot, open_window, three):
    return Hands(qtbot, open_window(three))


def title(hands) -> str:
    article = hands.ws.article
    return article.title if article else ""


def states(hands) -> list[str]:
    return [summary.article.state for summary in hands.store.tally.ordered()]


def opens(hands, wanted: str) -> None:
    hands.qtbot.waitUntil(lambda: title(hands) == wanted)
    hands.to_article()


def finish(hands, following: str) -> None:
    hands.press(ENTER, CONTROL)
    opens(hands, following)


def refusal(hands, act) -> str:
    with hands.qtbot.waitSignal(hands.store.refused) as refused:
        act()
    return refused.args[0]


def hint(hands) -> str:
    return hands.window.status.selected.text()


# -- done and frozen ----------------------------------------------------------------------------------------------


def test_what_is_done_is_frozen_says_so_and_is_reopened_with_the_button(hands, qtbot):
    window = hands.window
    hands.select("I would go")
    hands.press("c")
    assert not window.frozen.isVisible()
    hands.press(ENTER, saves=False)  # into the claim's fields
    hands.to_article()
    window.actions_["state_done"].trigger()
    qtbot.waitUntil(lambda: states(hands)[0] == "done")
    assert window.frozen.isVisible()
    assert window.frozen.sentence.text() == "Done, and frozen until it is reopened."
    before = hands.ws.document()
    hands.select("Russia agreed")
    for key in "csxq+-":
        assert refusal(hands, lambda key=key: hands.press(key, saves=False)) == FROZEN
        assert not window.prompt.isVisible()
    assert refusal(hands, lambda: hands.press("]", saves=False)) == FROZEN
    assert hint(hands) == FROZEN
    for panel in (window.claims, window.corrections):
        assert not panel.header.add.isEnabled()
        assert all(not button.isEnabled() for button in panel.drawer.changers())
    note = window.claims.drawer.forms()[0].editors["note"]
    assert note.isReadOnly()
    assert window.speakers.header.add.isEnabled()  # the registry belongs to the project
    assert hands.ws.document() == before
    hands.click(window.frozen.reopen, saves=True)
    assert not window.frozen.isVisible()
    assert states(hands)[0] == "in_progress"
    assert not note.isReadOnly()
    hands.select("Russia agreed")
    hands.press("c")
    assert len(hands.ws.claims) == 2


def test_it_is_reopened_with_its_key_and_by_undo(hands, qtbot):
    window = hands.window
    assert not window.actions_["reopen"].isEnabled()
    for key, modifier in ((ENTER, CONTROL | SHIFT), ("z", CONTROL)):
        window.actions_["state_done"].trigger()
        qtbot.waitUntil(window.frozen.isVisible)
        hands.to_article()
        hands.press(key, modifier)
        assert not window.frozen.isVisible()


def test_who_reopens_with_the_keyboard_goes_on_in_the_article(hands, qtbot):
    window = hands.window
    window.actions_["state_done"].trigger()
    qtbot.waitUntil(window.frozen.isVisible)
    window.frozen.reopen.setFocus()
    QTest.keyClick(window.frozen.reopen, Qt.Key.Key_Space)
    qtbot.waitUntil(hands.view.hasFocus)


def test_the_details_of_a_frozen_article_are_shown_but_not_changed(hands, qtbot):
    window = hands.window
    window.actions_["state_done"].trigger()
    qtbot.waitUntil(window.frozen.isVisible)
    window.actions_["article_details"].trigger()
    qtbot.waitUntil(lambda: window.findChild(ArticleDetails) is not None)
    dialog = window.findChild(ArticleDetails)
    assert dialog.form.fields["title"].isReadOnly()
    assert dialog.refusal.text() == FROZEN
    dialog.close()


# -- on to the next -----------------------------------------------------------------------------------------------


def test_one_key_finishes_and_goes_on_and_says_when_all_is_done(hands, qtbot):
    finish(hands, "Article 2")
    assert states(hands) == ["done", "todo", "todo"]
    finish(hands, "Article 3")
    hands.press(ENTER, CONTROL)
    qtbot.waitUntil(lambda: hint(hands).startswith("This was the last one"))
    assert hint(hands) == "This was the last one: 3 articles done."
    assert states(hands) == ["done"] * 3
    assert title(hands) == "Article 3"


def test_it_goes_on_to_what_was_left_out_above(hands, qtbot):
    hands.window.actions_["next_article"].trigger()
    opens(hands, "Article 2")
    finish(hands, "Article 3")
    finish(hands, "Article 1")
    assert hint(hands) == "Below, all are done; this is the first unfinished article."


def test_it_goes_on_across_the_filter(hands, qtbot):
    hands.window.articles.filter.setText("Article 1")
    assert len(hands.window.articles.model.keys) == 1
    finish(hands, "Article 2")
    assert hint(hands).startswith("What the filter shows is done")


def test_what_waits_for_a_review_comes_last(hands, qtbot):
    hands.press("r", CONTROL)
    assert states(hands)[0] == "needs_review"
    hands.window.actions_["next_article"].trigger()
    opens(hands, "Article 2")
    finish(hands, "Article 3")
    finish(hands, "Article 1")


def test_a_blocking_problem_refuses_and_is_shown(hands, qtbot):
    hands.store.edit(scheme.set_check(hands.ws, "unclaimed_quotation", "blocking"))
    said = refusal(hands, lambda: hands.press(ENTER, CONTROL, saves=False))
    assert said == "This article is not done: 2 blocking problems are open."
    assert hint(hands) == said
    assert states(hands)[0] == "todo"
    problems = hands.window.problems
    assert problems.model.blocks(problems.model.problem(problems.chosen))
    assert problems.table.open_row == 0
    for words in ("I would go", "We hear"):
        hands.select(words)
        hands.press("c")
    finish(hands, "Article 2")
    assert states(hands)[0] == "done"


def test_the_list_asks_the_checks_too(hands, qtbot):
    """Of an article that is not open they run on the database thread."""
    hands.store.edit(scheme.set_check(hands.ws, "unclaimed_quotation", "blocking"))
    hands.window.actions_["next_article"].trigger()
    opens(hands, "Article 2")
    first, _, third = hands.window.articles.model.keys
    done = hands.window.articles.menu(first).actions()[0].menu().actions()[3]
    assert refusal(hands, done.trigger) == "“Article 1” is not done: 2 blocking problems are open."
    assert states(hands)[0] == "todo"
    with qtbot.waitSignal(hands.store.saved):
        hands.window.articles.menu(third).actions()[0].menu().actions()[3].trigger()
    assert states(hands)[2] == "done"


# -- progress -----------------------------------------------------------------------------------------------------


def test_progress_is_told_at_the_foot_of_the_list_and_in_the_filter(hands, open_window, three, qtbot):
    foot = hands.window.articles.foot
    assert foot.words.text() == "0 of 3 done"
    finish(hands, "Article 2")
    assert foot.words.text() == "1 of 3 done · 1 today"
    assert foot.words.accessibleName() == "Progress: 1 of 3 done, 1 today"
    assert foot.bar.share == pytest.approx(1 / 3)
    state = hands.window.articles.state
    assert [state.itemText(row) for row in range(state.count())] == [
        *("All states", "Not started · 2", "In progress · 0", "Needs review · 0", "Done · 1")
    ]
    hands.window.articles.today = lambda: date(2020, 1, 1)
    finish(hands, "Article 3")
    assert foot.words.text() == "2 of 3 done"


# -- time ---------------------------------------------------------------------------------------------------------


def stored(hands) -> list[tuple[str, int]]:
    """What the project holds: the article's title and the seconds."""
    found: list[list[WorkTime]] = []
    hands.store.read(lambda project: project.work_times(), found.append, pytest.fail)
    hands.qtbot.waitUntil(lambda: bool(found))
    names = hands.store.tally.summaries
    assert {(time.annotator, time.day) for time in found[0]} <= {(hands.store.annotator, "2026-11-23")}
    return sorted((names[time.article_id].article.title, time.seconds) for time in found[0])


class Clock:
    """A clock that goes on only when told to."""

    def __init__(self, window):
        self.at = 1000.0
        self.window = window
        window.work_clock.now = lambda: self.at
        window.work_clock.today = lambda: date(2026, 11, 23)

    def work(self, seconds: float) -> None:
        """A key now, and another one so many seconds later."""
        for step in (0, seconds):
            self.at += step
            QTest.keyClick(self.window.windowHandle(), Qt.Key.Key_Right)


@pytest.fixture
def clock(hands):
    hands.window.actions_["measure_time"].trigger()
    assert hands.window.actions_["measure_time"].isChecked()
    return Clock(hands.window)


def test_time_is_counted_while_somebody_works_and_stored_by_article(hands, clock, open_window, three, qtbot):
    clock.work(100)
    clock.at += 3000  # nobody is there
    clock.work(50)
    hands.window.actions_["next_article"].trigger()
    opens(hands, "Article 2")
    assert hands.window.status.worked.text() == ""
    clock.work(7.5)
    clock.at += 20  # between two articles
    hands.window.actions_["previous_article"].trigger()
    opens(hands, "Article 1")
    assert stored(hands) == [("Article 1", 150), ("Article 2", 7)]
    assert hands.window.status.worked.text() == "2 min of work"
    index = hands.window.articles.model.index(0, 0)
    assert "2 min of work" in index.data(Qt.ItemDataRole.ToolTipRole)
    hands.window.actions_["article_details"].trigger()
    qtbot.waitUntil(lambda: hands.window.findChild(ArticleDetails) is not None)
    assert "Worked on for 2 min." in hands.window.findChild(ArticleDetails).notes.text()
    hands.window.findChild(ArticleDetails).close()
    qtbot.waitUntil(lambda: hands.window.findChild(ArticleDetails) is None)
    hands.to_article()
    clock.work(40)
    again = Hands(qtbot, open_window(three))  # closing stores what is left
    assert stored(again) == [("Article 1", 190), ("Article 2", 7)]
    assert again.window.status.worked.text() == "3 min of work"


def test_clicks_and_the_wheel_count_and_another_program_pauses(hands, clock):
    handle = hands.window.windowHandle()
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(700, 500))
    clock.at += 60
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(700, 510))
    clock.at += 30
    QApplication.instance().focusWindowChanged.emit(None)  # as the system does when another program is looked at
    clock.at += 30
    clock.work(5)
    hands.window.work_clock.settle()
    assert stored(hands) == [("Article 1", 65)]


def test_opening_another_project_stores_the_time_of_the_one_before(hands, clock, three, tmp_path, qtbot):
    other = tmp_path / "other.annotator"
    seed(other, "Another one.\n")
    clock.work(20)
    for path in (other, three):
        with qtbot.waitSignal(hands.store.article_opened, check_params_cb=lambda: hands.ws.article is not None):
            hands.window.files.open(str(path))
    assert stored(hands) == [("Article 1", 20)]


def test_nothing_is_measured_unless_it_is_wanted(hands):
    Clock(hands.window).work(30)
    hands.window.work_clock.settle()
    assert stored(hands) == []
    hands.window.actions_["measure_time"].trigger()
    clock = Clock(hands.window)
    clock.work(30)
    hands.window.actions_["measure_time"].trigger()  # what was counted until then is kept
    clock.work(30)
    hands.window.work_clock.settle()
    assert stored(hands) == [("Article 1", 30)]
    assert not hands.window.actions_["measure_time"].isChecked()
    assert hands.window.status.worked.text() == ""


def test_a_project_that_is_read_only_is_not_measured(hands, clock, open_window, three, tmp_path, qtbot):
    other = tmp_path / "other.annotator"
    seed(other, "Another one.\n")
    keeper = open_project(str(other))  # who has it open keeps everybody else from writing
    try:
        hands.window.files.open(str(other))
        qtbot.waitUntil(lambda: hands.store.read_only and hands.ws.article is not None)
        clock.work(30)
        hands.window.work_clock.settle()
        assert stored(hands) == []
    finally:
        hands.window.files.open(str(three))
        qtbot.waitUntil(lambda: not hands.store.read_only)
        keeper.close()

"""The same error in all articles of a project, corrected from the real window."""

from __future__ import annotations

import pytest
from correction_hands import TEXTS, correct
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from ui_hands import LEFT, Hands
from ui_samples import seed

from annotator.services import articles, corrections
from ui.dialogs.everywhere import Everywhere

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def hands(qtbot, open_window, tmp_path):
    path = tmp_path / "corrections.annotator"
    seed(path, *TEXTS)
    return Hands(qtbot, open_window(path))


def wait_for_dialog(hands) -> Everywhere:
    hands.qtbot.waitUntil(lambda: any(d.isVisible() for d in hands.window.findChildren(Everywhere)))
    dialog = next(d for d in hands.window.findChildren(Everywhere) if d.isVisible())
    dialog.activateWindow()  # until then the keys are the window's
    hands.qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def searched(hands, dialog) -> None:
    hands.qtbot.waitUntil(lambda: not dialog.summary.text().startswith("Searching"))


def states(hands) -> list[str]:
    return [summary.article.state for summary in hands.store.project.summaries()]


def rows(dialog) -> list[tuple[str, bool]]:
    items = [dialog.list.item(row) for row in range(dialog.list.count())]
    return [(item.text().splitlines()[0], item.checkState() == Qt.CheckState.Checked) for item in items]


def finish_last(hands) -> None:
    """The last article is done; the first one is open again afterwards."""
    first, last = hands.store.tally.ordered()[0], hands.store.tally.ordered()[-1]
    with hands.qtbot.waitSignal(hands.store.article_opened):
        hands.store.open_article(last.article.id)
    with hands.qtbot.waitSignal(hands.store.saved):
        hands.store.edit(articles.change(hands.ws, state="done"))
    with hands.qtbot.waitSignal(hands.store.article_opened):
        hands.store.open_article(first.article.id)
    hands.to_article()


def project_texts(hands) -> list[str]:
    """The corrected texts of all articles, as the database has them."""
    read: list[list[str]] = []

    def job(project):
        return [corrections.piece_map(d.source.text, d.corrections).text for d in project.documents()]

    hands.store.read(job, read.append, lambda error: pytest.fail(str(error)))
    hands.qtbot.waitUntil(lambda: bool(read))
    return read[0]


def test_the_same_error_is_corrected_in_all_articles_and_one_undo_takes_it_back(hands):
    finish_last(hands)
    hands.select("Teh")
    hands.press("x", CONTROL | SHIFT, saves=False)
    dialog = wait_for_dialog(hands)
    searched(hands, dialog)
    assert (dialog.case.isChecked(), dialog.words.isChecked(), dialog.pattern.isChecked()) == (True, True, False)
    assert rows(dialog) == [
        ("Article 1", True),
        ("Article 1", True),
        ("Article 3", True),
        ("Article 4  (done – frozen)", False),
    ]
    assert dialog.summary.text() == "4 places in 3 articles. 1 in articles that are done, which are frozen."
    assert dialog.replacement.hasFocus()
    QTest.keyClicks(dialog.replacement, "The")
    assert dialog.accept_button.text() == "&Correct 3 places"
    dialog.list.setFocus()
    dialog.list.setCurrentRow(1)
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    assert dialog.accept_button.text() == "&Correct 2 places"
    with hands.qtbot.waitSignal(hands.store.saved):
        hands.click(dialog.accept_button)
    assert states(hands) == ["in_progress", "todo", "in_progress", "done"]
    said = "Corrected 2 places in 2 articles. Left out: 1 in articles that are done."
    assert hands.window.status.selected.text() == said
    assert project_texts(hands) == [
        TEXTS[0].replace("Teh m", "The m"),
        TEXTS[1],
        TEXTS[2].replace("Teh", "The"),
        TEXTS[3],
    ]
    hands.to_article()
    hands.press("z", CONTROL)
    assert project_texts(hands) == list(TEXTS)
    assert states(hands) == ["todo", "todo", "todo", "done"]
    hands.press("z", CONTROL | SHIFT)
    assert project_texts(hands)[2] == TEXTS[2].replace("Teh", "The")


def test_a_selected_correction_is_looked_for_everywhere(hands):
    key = correct(hands, "Teh", "The")
    hands.window.selection.select("correction", key)
    hands.window.actions_["correct_everywhere"].trigger()
    dialog = wait_for_dialog(hands)
    searched(hands, dialog)
    assert (dialog.field.text(), dialog.replacement.text()) == ("Teh", "The")
    assert len(rows(dialog)) == 3  # the one that is corrected is no error any more
    hands.click(dialog.case)
    searched(hands, dialog)
    assert len(rows(dialog)) == 4
    hands.click(dialog.words)
    searched(hands, dialog)
    assert len(rows(dialog)) == 5
    hands.click(dialog.tick)
    assert not dialog.accept_button.isEnabled()
    hands.click(dialog.tick)
    assert dialog.accept_button.text() == "&Correct 5 places"
    hands.click(dialog.pattern)
    hands.enter(dialog.field, "teh(")
    hands.qtbot.waitUntil(lambda: dialog.summary.text().startswith("This is no regular expression"))
    assert not dialog.accept_button.isEnabled()
    assert len(hands.ws.corrections) == 1


def test_blanks_at_the_ends_of_a_correction_are_not_looked_for(hands):
    hands.window.selection.select("correction", correct(hands, "Teh ", "The "))
    hands.window.actions_["correct_everywhere"].trigger()
    dialog = wait_for_dialog(hands)
    assert (dialog.field.text(), dialog.replacement.text()) == ("Teh", "The")
    dialog.reject()
    hands.window.selection.select("correction", correct(hands, "\n\n", " "))
    hands.window.actions_["correct_everywhere"].trigger()
    dialog = wait_for_dialog(hands)
    assert (dialog.field.text(), dialog.replacement.text()) == ("", "")


def test_what_reads_so_already_is_left_out(hands):
    hands.window.actions_["correct_everywhere"].trigger()
    dialog = wait_for_dialog(hands)
    hands.click(dialog.case)
    hands.enter(dialog.field, "tEh")
    searched(hands, dialog)
    hands.enter(dialog.replacement, "Teh", end=None)
    assert dialog.accept_button.text() == "&Correct 6 places"
    with hands.qtbot.waitSignal(hands.store.saved):
        hands.click(dialog.accept_button)
    assert hands.window.status.selected.text() == (
        "Corrected 1 place in 1 article. Left out: 5 that read so or are corrected already."
    )


def test_a_search_that_is_closed_brings_nothing(hands):
    hands.select("Teh")
    hands.press("x", CONTROL | SHIFT, saves=False)
    dialog = wait_for_dialog(hands)
    searched(hands, dialog)
    QTest.keyClicks(dialog.replacement, "The")
    QTest.mouseClick(dialog.accept_button, LEFT)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert project_texts(hands) == list(TEXTS)
    assert not hands.ws.corrections

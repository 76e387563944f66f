"""What a screen reader is told while one works: each thing once, and nothing that it says by itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtTest import QTest
from ui_hands import Hands

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(open_window, project_path):
    return open_window(project_path)


class Ears:
    """Hears the announcements of one window."""

    def __init__(self, qtbot, window):
        self.qtbot = qtbot
        self.heard: list[str] = []
        window.announcer.announced.connect(self.heard.append)

    def next(self) -> str:
        self.qtbot.waitUntil(lambda: bool(self.heard))
        return self.heard.pop(0)

    def until(self, words: str) -> None:
        """Wait for a sentence with these words; a slow machine may say before it what the caret came into."""
        while words not in self.next():
            pass


@pytest.fixture
def hands(qtbot, window):
    return Hands(qtbot, window)


@pytest.fixture
def ears(qtbot, window):
    qtbot.waitUntil(lambda: not window.announcer.is_waiting("article"))  # the one that the window opens with
    return Ears(qtbot, window)


def test_an_article_that_opens_is_told_with_what_is_in_it(window, ears):
    window.article_commands.open(window.articles.neighbour(1))
    assert ears.next() == "Article 2: 0 claims, 0 mentions, 0 corrections."


def _mark(hands, words: str, key: str) -> None:
    hands.to_article()
    hands.view.set_selected_range(*hands.place(words))
    hands.press(key)


def _rest(hands) -> None:
    """Wait until the caret has rested, so that what it stands in has been told."""
    rest = hands.window.telling.findChild(QTimer)
    hands.qtbot.waitUntil(lambda: not rest.isActive() and not hands.window.announcer.is_waiting("label"))


WORDS = "Russia agreed"


def test_what_is_made_undone_and_done_again(hands, ears, qtbot, window):
    _mark(hands, WORDS, "C")
    assert ears.next() == "Claim 1, no speaker, made."
    with qtbot.waitSignal(hands.store.saved):
        QTest.keyClick(hands.view, "Z", CONTROL)
    assert ears.next() == "Undone: Mark claim."
    with qtbot.waitSignal(hands.store.saved):
        QTest.keyClick(hands.view, "Y", CONTROL)
    assert ears.next() == "Redone: Mark claim."
    assert ears.heard == []


def test_a_boundary_that_moves_says_the_words(hands, ears):
    _mark(hands, WORDS, "C")
    ears.next()
    before = next(iter(hands.ws.claims.values())).spans[0].exact
    hands.press("[")
    after = next(iter(hands.ws.claims.values())).spans[0].exact
    assert after != before
    assert ears.next() == f"Claim 1, no speaker: “{after}”."


def test_selecting_and_deselecting(hands, ears, qtbot):
    _mark(hands, WORDS, "C")
    ears.next()
    hands.press(Qt.Key.Key_Escape, saves=False)
    ears.until("Nothing selected.")
    hands.press("N", saves=False)
    ears.until("Claim 1, no speaker, selected")
    hands.press(Qt.Key.Key_Delete)
    ears.until("Delete claim.")


def test_the_caret_that_comes_into_a_label_and_leaves_it(hands, ears, qtbot, window):
    _mark(hands, WORDS, "C")
    hands.press(Qt.Key.Key_Escape, saves=False)
    hands.view.set_caret(hands.place(WORDS)[1] + 1)
    _rest(hands)
    ears.heard.clear()
    for _ in range(3):
        QTest.keyClick(hands.view, Qt.Key.Key_Left)
    assert ears.next() == "In claim 1, no speaker."
    for _ in range(3):
        QTest.keyClick(hands.view, Qt.Key.Key_Right)
    assert ears.next() == "Out of claim 1, no speaker."
    for _ in range(3):
        QTest.keyClick(hands.view, Qt.Key.Key_Left)
    assert ears.next() == "In claim 1, no speaker."
    QTest.keyClick(hands.view, "I")
    assert ears.next() == "Claim 1, no speaker."
    assert ears.heard == []


def test_refusals_interrupt(hands, ears, monkeypatch):
    events = []
    monkeypatch.setattr(
        QAccessible,
        "updateAccessibility",
        lambda event: (
            events.append((event.message(), event.politeness()))
            if isinstance(event, QAccessibleAnnouncementEvent)
            else None
        ),
    )
    hands.to_article()
    hands.press("Q", saves=False)
    sentence = ears.next()
    assert hands.window.status.selected.text() in sentence
    assert events == [(sentence, QAccessible.AnnouncementPoliteness.Assertive)]


def test_searching_and_the_view(hands, ears, qtbot, window):
    hands.to_article()
    word = hands.ws.text.split()[0]
    QTest.keyClick(hands.view, "F", CONTROL)
    field = window.pane.find_bar.field
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClicks(field, word)
    told = ears.next()
    assert told == f"{window.pane.find_bar.count.text()}."
    assert told.startswith("1 of ")
    QTest.keyClicks(field, "qqq")
    assert ears.next() == "Nothing found."
    QTest.keyClick(field, Qt.Key.Key_Escape)
    hands.to_article()
    QTest.keyClick(hands.view, "V")
    assert ears.next() == "Corrected text."


def test_a_row_one_goes_to_is_left_to_the_screen_reader(hands, ears, window, qtbot):
    for words in ("Russia", "agreed"):
        _mark(hands, words, "C")
        ears.next()
    window.claims.table.setFocus()
    qtbot.waitUntil(window.claims.table.hasFocus)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(window.claims.table, key)
    assert window.selection.kind == "claim"
    hands.to_article()
    QTest.keyClick(hands.view, "V")
    assert ears.next() == "Corrected text."  # and nothing before it

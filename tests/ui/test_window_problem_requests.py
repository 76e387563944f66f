"""Steps of a problem that must ask for something: the window asks for it, and what is answered settles the problem."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from problem_hands import checked, claim, click_row, edit, messages
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from ui_hands import Hands

from annotator.services import annotate, corrections, speakers
from ui.dialogs.merge_speakers import MergeSpeakers

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")


@pytest.fixture
def hands(hands):
    checked(hands)
    return hands


def test_asking_for_the_source_of_a_claim(hands):
    made = claim(hands, "Russia agreed")
    click_row(hands, "no attribution chain")
    QTest.keyClick(hands.window.problems.table, "1")
    assert hands.window.prompt.isVisible()
    hands.answer("RIA Novosti > Sergei Lavrov")
    assert len(hands.ws.claims[made].chain) == 2


@pytest.mark.parametrize("key", ["q", Qt.Key.Key_Return])
def test_the_cue_that_is_asked_for_goes_to_the_source_that_the_problem_names(hands, key):
    made = claim(hands, "I would go", "RIA Novosti > Sergei Lavrov")
    click_row(hands, "No words say that RIA Novosti")
    QTest.keyClick(hands.window.problems.table, "1")
    assert hands.view.hasFocus()
    assert "source 1, RIA Novosti" in hands.window.picking.strip.sentence.text()
    assert hands.window.selection.id == made
    hands.select("said")
    hands.press(key)
    assert [[span.exact for span in hop.cue_spans] for hop in hands.ws.claims[made].chain] == [["said"], []]


def test_asking_who_a_mention_is(hands, qtbot):
    edit(hands, annotate.mark_mention(hands.ws, [hands.place("Sergei Lavrov")], hands.store.author, None))
    click_row(hands, "mention of nobody")
    QTest.keyClick(hands.window.problems.table, "1")
    hands.answer("Sergei Lavrov")
    (mention,) = hands.ws.mentions.values()
    assert mention.speaker_id in hands.ws.speakers


def test_asking_for_the_details_of_the_article(hands, qtbot):
    click_row(hands, "outlet")
    QTest.keyClick(hands.window.problems.table, "1")
    qtbot.waitUntil(lambda: any(d.isVisible() for d in hands.window.findChildren(QDialog)))
    next(d for d in hands.window.findChildren(QDialog) if d.isVisible()).close()


def test_merging_two_speakers_shows_first_what_changes(hands, qtbot):
    ws = hands.ws
    edit(hands, speakers.create(ws, "Sergei Lavrov"))
    edit(hands, speakers.create(ws, "Foreign Minister"))
    one, two = ws.speakers
    made = claim(hands, "Russia agreed", "Foreign Minister")
    edit(hands, speakers.change(ws, one, aliases=("Foreign Minister",)))
    click_row(hands, "is a name of 2 speakers")
    QTest.keyClick(hands.window.problems.table, "1")
    qtbot.waitUntil(lambda: hands.window.findChild(MergeSpeakers) is not None)
    dialog = hands.window.findChild(MergeSpeakers)
    assert {column.speaker.name for column in dialog.columns} == {"Sergei Lavrov", "Foreign Minister"}
    kept = next(column for column in dialog.columns if column.speaker.id == one)
    hands.click(kept.keep)
    qtbot.waitUntil(dialog.accept_button.isEnabled)
    hands.click(dialog.accept_button, saves=True)
    assert set(ws.speakers) == {one}
    assert ws.claims[made].chain[-1].speaker_id == one
    assert two not in ws.speakers


def test_a_broken_place_is_mended_by_one_key(qtbot, open_window, project_path):
    hands = Hands(qtbot, open_window(project_path))
    made = claim(hands, "I would go")
    qtbot.waitUntil(lambda: not hands.store.unsaved)
    with closing(sqlite3.connect(project_path)) as file:  # as a program would that knows nothing of the text
        assert file.execute("UPDATE claim SET spans = replace(spans, '[[17,27,', '[[14,24,')").rowcount == 1
        file.commit()
    hands = Hands(qtbot, open_window(project_path))
    checked(hands)
    assert hands.ws.claims[made].spans[0].start == 14
    click_row(hands, "not “I would go”")
    with qtbot.waitSignal(hands.store.saved):
        QTest.keyClick(hands.window.problems.table, "1")
    assert hands.ws.claims[made].spans[0].start == hands.place("I would go")[0]
    checked(hands)
    assert not [message for message in messages(hands) if "I would go" in message and "quotation" not in message]


def test_asking_for_what_shows_a_verdict(hands, qtbot):
    about = claim(hands, "Russia agreed", "RIA Novosti")
    edit(hands, corrections.factual(hands.ws, about, hands.store.author, "refuted"))
    click_row(hands, "A verdict needs evidence")
    with qtbot.waitSignal(hands.store.saved):
        QTest.keyClick(hands.window.problems.table, "1")
    address = hands.window.corrections.editor.evidence[0].form.editors["url"]
    assert address.hasFocus(), "evidence was added, and its address is asked for"
    with qtbot.waitSignal(hands.store.saved):
        hands.enter(address, "https://example.org")
    checked(hands)
    click_row(hands, "A verdict needs evidence")
    QTest.keyClick(hands.window.problems.table, "1")
    date = hands.window.corrections.editor.evidence[0].form.editors["date"]
    assert date.hasFocus(), "what is missing now"
    with qtbot.waitSignal(hands.store.saved):
        hands.enter(date, "2026-01-02")
    checked(hands)
    assert not [message for message in messages(hands) if "verdict" in message]


def test_asking_which_claim_a_factual_correction_is_about(hands, qtbot):
    about = claim(hands, "Russia agreed", "RIA Novosti")
    edit(hands, corrections.factual(hands.ws, about, hands.store.author, "refuted"))
    edit(hands, annotate.delete(hands.ws, [about]))
    click_row(hands, "about no claim")
    QTest.keyClick(hands.window.problems.table, "1")
    assert hands.window.corrections.editor.factual.editors["claim_id"].hasFocus()

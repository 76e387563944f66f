"""Problems of the open article in the real window: found while one works, gone to, settled by one key."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from ui_hands import LEFT, PLAIN, Hands

from annotator.services import annotate, corrections, scheme, speakers
from ui import checking as checking_room
from ui.dialogs.merge_speakers import MergeSpeakers
from ui.widgets.header import HEIGHT

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")
CONTROL = Qt.KeyboardModifier.ControlModifier
NO_FIELDS = "The article has no outlet, published, language."


@pytest.fixture
def hands(qtbot, open_window, project_path):
    hands = Hands(qtbot, open_window(project_path))
    checked(hands)
    return hands


def checked(hands) -> None:
    """Waits until what the window shows is what the article holds."""
    hands.qtbot.waitUntil(lambda: hands.window.checking.fresh)


def messages(hands) -> list[str]:
    model = hands.window.problems.model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def row_of(hands, words: str) -> int:
    return next(row for row, message in enumerate(messages(hands)) if words in message)


def click_row(hands, words: str) -> None:
    table = hands.window.problems.table
    row = row_of(hands, words)
    table.scrollTo(table.model().index(row, 0))
    QTest.mouseClick(table.viewport(), LEFT, PLAIN, QPoint(80, table.rowViewportPosition(row) + 10))


def edit(hands, made) -> None:
    hands.store.edit(made)
    checked(hands)


def claim(hands, words: str, line: str = "") -> str:
    ws = hands.ws
    made = annotate.mark_claim(ws, [hands.place(words)], hands.store.author)
    hands.store.edit(made)
    if line:
        hands.store.edit(speakers.set_chain_line(ws, made.changes[0].id, line))
    checked(hands)
    return str(made.changes[0].id)


# -- finding ------------------------------------------------------------------------------------------------------


def test_what_is_open_is_listed_as_the_text_runs(hands):
    window = hands.window
    assert messages(hands)[2] == NO_FIELDS
    assert "I would go" in messages(hands)[0]
    assert "We hear" in messages(hands)[1]
    assert window.problems.header.count.text() == "3"
    assert window.status.problems.text() == "3 problems"
    said = window.problems.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Warning: The quotation")


def test_an_edit_is_checked_and_the_rows_stay_until_then(hands, qtbot):
    before = messages(hands)
    hands.select("I would go")
    with qtbot.waitSignal(hands.window.checking.changed):
        hands.press("c")
        assert messages(hands) == before
    assert messages(hands)[0] == "This claim has no attribution chain."
    assert not any("I would go" in message for message in messages(hands))
    where = hands.window.problems.model.where(next(iter(hands.window.checking.problems.values())))
    assert where == "Claim 1 · I would go"


def test_with_nothing_open_only_the_title_is_left(hands, qtbot):
    window = hands.window
    assert window.problems.height() > HEIGHT
    edit(hands, scheme.set_check(hands.ws, "article_fields", "off"))
    edit(hands, scheme.set_check(hands.ws, "empty_chain", "off"))
    claim(hands, "I would go")
    assert window.problems.none.isHidden()
    claim(hands, "We hear")
    assert messages(hands) == []
    assert window.problems.height() == HEIGHT
    assert window.problems.none.isVisible()
    assert not window.status.problems.isVisible()


def test_in_little_room_a_row_stays_under_the_title(hands, qtbot):
    window, panel = hands.window, hands.window.problems
    window.resize(1024, 640)
    made = claim(hands, "I would go", "RIA Novosti > Sergei Lavrov")
    window.selection.select("claim", made)
    hands.click(window.claims.editor.chain_button)
    qtbot.waitUntil(lambda: window.speakers.height() == window.speakers.least)
    panel.layout().activate()
    assert panel.header.geometry().height() == HEIGHT
    assert panel.table.y() >= HEIGHT
    assert panel.table.height() >= panel.table.rowHeight(0)


def test_the_steps_of_a_problem_are_in_view_beside_the_form_of_its_record(hands, qtbot):
    window, table = hands.window, hands.window.problems.table
    window.resize(1024, 640)
    claim(hands, "I would go", "Lavr\u200bov")
    click_row(hands, "cannot be seen")
    qtbot.waitUntil(lambda: table.open_row >= 0 and window.speakers.table.open_row >= 0)
    window.problems.layout().activate()
    assert table.viewport().height() >= table.rowHeight(table.open_row)


def test_what_a_project_makes_blocking_looks_and_reads_otherwise(hands):
    edit(hands, scheme.set_check(hands.ws, "article_fields", "blocking"))
    row = row_of(hands, "outlet")
    window = hands.window
    said = window.problems.model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Blocking: ")
    assert window.status.problems.text() == "3 problems · 1 blocking"


def test_another_article_has_its_own(hands, qtbot):
    hands.window.actions_["next_article"].trigger()
    qtbot.waitUntil(lambda: hands.ws.article.title == "Article 2")
    checked(hands)
    assert messages(hands) == [NO_FIELDS]


def test_checks_run_in_slices_and_begin_again_after_an_edit(hands, qtbot, monkeypatch):
    steps: list[str] = []

    def endless(_ws, _author):
        try:
            while True:
                steps.append("step")
                yield None
        finally:
            steps.append("closed")

    real = checking_room.look_through
    before = messages(hands)
    monkeypatch.setattr(checking_room, "look_through", endless)
    monkeypatch.setattr(checking_room, "_SLICE", 0.0005)
    claim_edit = annotate.mark_claim(hands.ws, [hands.place("Russia agreed")], hands.store.author)
    hands.store.edit(claim_edit)
    qtbot.waitUntil(lambda: len(steps) > 50)
    hands.select("Russia")  # the window goes on meanwhile
    assert messages(hands) == before
    monkeypatch.setattr(checking_room, "look_through", real)
    hands.store.undo()
    qtbot.waitUntil(lambda: "closed" in steps)
    checked(hands)
    assert messages(hands) == before


def test_one_check_alone_is_listed(hands):
    window = hands.window
    window.problems.filter.showPopup()
    window.problems.filter.hidePopup()
    window.problems.filter.set_value("unclaimed_quotation")
    assert len(messages(hands)) == 2
    assert window.problems.header.count.text() == "3"
    assert window.problems.filter.currentText() == "Quotation without claim · 2"
    claim(hands, "I would go")
    claim(hands, "We hear")
    assert NO_FIELDS in messages(hands)  # the check has found nothing more: all are listed again
    assert window.problems.filter.value() is None


# -- going there --------------------------------------------------------------------------------------------------


def test_f4_goes_round_the_problems_and_selects_what_nobody_has_marked(hands):
    hands.to_article()
    hands.press(Qt.Key.Key_F4, saves=False)
    assert hands.view.selected_range() == hands.place('"I would go,"')
    assert hands.window.problems.table.open_row == 0
    assert hands.view.hasFocus()
    hands.press(Qt.Key.Key_F4, saves=False)
    assert hands.view.selected_range() == hands.place('"We hear 😀 this."')
    hands.press(Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier, saves=False)
    hands.press(Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier, saves=False)
    assert hands.window.problems.table.open_row == 2


def test_f4_begins_at_the_caret(hands):
    hands.to_article()
    hands.view.set_caret(hands.place("Sergei")[0])
    hands.press(Qt.Key.Key_F4, saves=False)
    assert hands.view.selected_range() == hands.place('"We hear 😀 this."')


def test_a_row_selects_its_record_and_highlights_the_place_until_one_goes_on(hands):
    made = claim(hands, 'I would go," Sergei Lavrov')
    name = hands.place("Sergei Lavrov")
    edit(hands, speakers.set_chain_line(hands.ws, made, "Sergei Lavrov", [name]))
    click_row(hands, "is named inside its own claim")
    assert (hands.window.selection.kind, hands.window.selection.id) == ("claim", made)
    assert hands.view.scene.pointed.ranges == [name]
    assert hands.view.caret() == name[0]
    hands.to_article()
    hands.press(Qt.Key.Key_Right, saves=False)
    assert not hands.view.scene.pointed.ranges


def test_the_link_opens_the_choice_of_checks(hands, qtbot):
    hands.click(hands.window.problems.scheme)
    qtbot.waitUntil(lambda: any(d.isVisible() for d in hands.window.findChildren(QDialog)))
    next(d for d in hands.window.findChildren(QDialog) if d.isVisible()).close()


def test_the_count_in_the_status_bar_opens_the_list(hands):
    hands.to_article()
    hands.click(hands.window.status.problems)
    assert hands.window.problems.table.hasFocus()


# -- settling -----------------------------------------------------------------------------------------------------


def test_a_digit_settles_the_row_and_goes_on_to_the_next(hands, qtbot):
    window = hands.window
    click_row(hands, "I would go")
    assert window.problems.table.hasFocus()
    with qtbot.waitSignal(hands.store.saved):
        QTest.keyClick(window.problems.table, "1")
    (made,) = hands.ws.claims.values()
    assert made.spans[0].exact.strip('"') == "I would go,"
    checked(hands)
    assert window.problems.table.hasFocus()
    assert window.problems.chosen is not None
    title = hands.store.undo_title
    hands.store.undo()
    qtbot.waitUntil(lambda: not hands.ws.claims)
    assert title == "Mark claim"


def test_enter_goes_to_the_steps_and_enter_takes_one(hands, qtbot):
    window = hands.window
    click_row(hands, "We hear")
    QTest.keyClick(window.problems.table, Qt.Key.Key_Return)
    button = QApplication.focusWidget()
    assert button is window.problems.editor.fixes[0]
    assert button.accessibleName() == "Mark it as a claim, key 1"
    with qtbot.waitSignal(hands.store.saved):
        QTest.keyClick(button, Qt.Key.Key_Return)
    assert len(hands.ws.claims) == 1


def test_the_steps_are_offered_at_the_caret(hands, qtbot):
    hands.to_article()
    hands.view.set_caret(hands.place("would")[0])
    hands.press(".", CONTROL, saves=False)
    menu = next(m for m in hands.window.problems.findChildren(QMenu) if m.isVisible())
    with qtbot.waitSignal(hands.store.saved):
        QTest.keyClick(menu, "1")
    assert [c.spans[0].start for c in hands.ws.claims.values()] == [hands.place('"I would')[0]]


def test_where_nothing_is_wrong_nothing_is_offered(hands, qtbot):
    hands.to_article()
    hands.view.set_caret(1)
    with qtbot.waitSignal(hands.store.refused) as refused:
        hands.press(".", CONTROL, saves=False)
    assert refused.args == ["There is no problem here."]


def test_a_step_of_what_is_settled_already_does_nothing(hands, qtbot):
    panel = hands.window.problems
    click_row(hands, "I would go")
    key = panel.chosen
    hands.store.edit(annotate.mark_claim(hands.ws, [hands.place("I would go")], hands.store.author))
    panel.fix_requested.emit(key, 0)
    checked(hands)
    assert len(hands.ws.claims) == 1


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

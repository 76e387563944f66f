"""Problems of the open article in the real window: found while one works, gone to, settled by one key."""

from __future__ import annotations

import pytest
from problem_hands import checked, claim, click_row, edit, messages, row_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from annotator.services import annotate, scheme, speakers
from ui import checking as checking_room
from ui.widgets.header import HEIGHT

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")
CONTROL = Qt.KeyboardModifier.ControlModifier
NO_FIELDS = "The article has no outlet, no date and no language."


@pytest.fixture
def hands(hands):
    checked(hands)
    return hands


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
        hands.press("c", saves=False)  # while it is saved the check may end
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
    told = []
    window.checking.changed.connect(lambda: told.append(window.problems.none.text()))
    window.store.open_article(hands.ws.article.id)
    qtbot.waitUntil(lambda: told == ["Checking …", "Nothing open"])


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

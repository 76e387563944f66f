"""Claims in the window, by key and by mouse: several at once, as a table, sorted, filtered, split and nested."""

from __future__ import annotations

from pathlib import Path

import pytest
from claim_hands import ClaimHands
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui_hands import LEFT, PLAIN

from annotator.services import scheme
from ui.models.claim_shape import FORM, NUMBER, SPEAKER, TAGS, UNSURE, WORDS

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def hands(qtbot, open_window, six):
    path, ids = six
    return ClaimHands(qtbot, open_window(path), ids)


@pytest.fixture
def panel(hands):
    return hands.panel


# -- several at once ----------------------------------------------------------------------------------------------


def test_one_field_of_several_claims_is_one_undo_step(hands, panel):
    hands.click_row(0)
    hands.click_row(2, modifier=SHIFT)
    hands.click_row(1, modifier=CONTROL)
    hands.click_row(4, modifier=CONTROL)
    assert hands.names(panel.chosen()) == "ace"
    hands.qtbot.waitUntil(lambda: not panel.editor.isVisible())  # one form cannot show three claims
    assert panel.bulk.count.text() == "3 claims chosen"
    before = dict(hands.ws.claims)
    for field, value in (("form", "mixed"), ("unsure", True), ("add_tags", "sanctions, visit")):
        hands.choose(panel.bulk.field, field)
        editor = panel.bulk.editors[field]
        assert editor.isVisible()
        if field == "form":
            hands.choose(editor, value)
        elif field == "unsure":
            QTest.keyClick(editor, Qt.Key.Key_Space)
        else:
            hands.enter(editor, value, end=None)
        hands.click(panel.bulk.set_button, saves=True)
        assert hands.names(panel.chosen()) == "ace", "they stay chosen for the next field"
    assert [(hands.claim(n).form, hands.claim(n).unsure) for n in "ace"] == [("mixed", True)] * 3
    assert hands.claim("c").tags == ("sanctions", "visit")
    assert (hands.claim("b").form, hands.claim("d").tags) == (None, ())
    for _ in range(3):
        hands.store.undo()
    hands.qtbot.waitUntil(lambda: hands.ws.claims == before)


def test_several_get_one_chain_or_the_reason_why_not(hands, panel):
    hands.click_row(4)
    hands.click_row(5, modifier=CONTROL)
    hands.choose(panel.bulk.field, "chain_line")
    editor = panel.bulk.editors["chain_line"]
    hands.enter(editor, "TASS > TASS", end=None)
    hands.click(panel.bulk.set_button)
    assert panel.bulk.message.text() == "TASS stands twice in this chain: nobody is their own source."
    hands.enter(editor, "TASS > aides", end=None)
    hands.click(panel.bulk.set_button, saves=True)
    assert (hands.chain("e"), hands.chain("f")) == ("TASS > aides",) * 2
    assert panel.bulk.message.text() == "Chain: done for 2 claims."
    hands.store.undo()
    hands.qtbot.waitUntil(lambda: not panel.bulk.message.isVisible())


def test_rows_stay_under_the_pointer_while_several_are_chosen(hands, panel):
    panel.set_mode("table")

    def top() -> int:
        return panel.table.viewport().mapTo(panel, QPoint()).y() + panel.table.rowViewportPosition(1)

    hands.click_row(0)
    before = top()
    hands.click_row(1, modifier=CONTROL)
    hands.qtbot.waitUntil(panel.bulk.isVisible)
    assert panel.layout().activate() is not None
    assert top() == before
    assert panel.bulk.y() >= panel.table.geometry().bottom()


def test_several_are_chosen_and_deleted_by_key(hands, panel):
    hands.click_row(1)
    panel.table.setFocus()
    for _ in range(2):
        QTest.keyClick(panel.table, Qt.Key.Key_Down, SHIFT)
    assert hands.names(panel.chosen()) == "bcd"
    with hands.qtbot.waitSignal(hands.store.saved):
        QTest.keyClick(panel.table, Qt.Key.Key_Delete)
    assert hands.names(panel.model.keys) == "afe" or hands.names(panel.model.keys) == "aef"
    hands.store.undo()
    hands.qtbot.waitUntil(lambda: len(hands.ws.claims) == 6)


def test_choosing_one_again_opens_it(hands, panel):
    hands.click_row(0)
    hands.click_row(1, modifier=CONTROL)
    assert panel.bulk.isVisible()
    hands.click_row(1)
    assert not panel.bulk.isVisible()
    assert panel.editor.isVisible()
    hands.click_on("Nobody denied")
    assert panel.chosen() == []


# -- the table ----------------------------------------------------------------------------------------------------


def test_the_table_keeps_the_selection_and_is_remembered(hands, panel, open_window, qtbot):
    hands.click_row(1)
    hands.click_row(3, modifier=CONTROL)
    hands.click(panel.modes.button("table"))
    assert hands.names(panel.chosen()) == "bd"
    assert panel.table.horizontalHeader().isVisible()
    assert [panel.model.shown(panel.model.keys[2], column) for column in (WORDS, SPEAKER)] == [
        "Donald Trump wanted to “meet Putin soonn” … that the sanctions would end",
        "Sergei Lavrov",
    ]
    hands.to_article()
    QTest.keyClick(hands.view, Qt.Key.Key_T, CONTROL)
    assert panel.mode == "cards"
    assert hands.names(panel.chosen()) == "bd"
    QTest.keyClick(hands.view, Qt.Key.Key_T, CONTROL)
    again = open_window(None if hands.store.project is None else hands.store.project.location)
    assert again.claims.mode == "table"
    assert again.actions_["claims_table"].isChecked()


def test_what_an_open_claim_unfolds_is_remembered(hands, panel, open_window):
    hands.click_row(1)
    assert not panel.editor.more.isVisible()
    for button in (panel.editor.more_button, panel.editor.chain_button):
        hands.click(button)
    again = open_window(Path(hands.store.project.location))
    drawer = again.claims.editor
    again.actions_["next_claim"].trigger()
    assert drawer.more.isVisible()
    assert drawer.chain.isVisible()
    assert drawer.extra.editors["text"].isVisible()
    assert drawer.more_button.text() == "Fewer fields"


def test_cells_are_edited_in_place(hands, panel):
    hands.click(panel.modes.button("table"))
    hands.window.columns.setSizes([200, 360, 1000])
    hands.click_row(5, SPEAKER)
    assert not panel.editor.isVisible(), "the table stays a table"
    QTest.keyClick(panel.table, Qt.Key.Key_F2)
    with hands.qtbot.waitSignal(hands.store.saved):
        QTest.keyClicks(panel.table.cell_editor(), "Donald")
        QTest.keyClick(panel.table.cell_editor(), Qt.Key.Key_Return)
    assert hands.chain("f") == "Donald Trump" or hands.chain("e").endswith("Donald Trump")
    row = panel.model.row_of(hands.ids["d"])
    hands.click_row(row, FORM)
    QTest.mouseDClick(panel.table.viewport(), LEFT, PLAIN, hands.cell(row, FORM))
    combo = panel.table.cell_editor()
    hands.qtbot.waitUntil(lambda: combo.view().isVisible())
    with hands.qtbot.waitSignal(hands.store.saved):
        QTest.keyClick(combo.view(), Qt.Key.Key_Down)
        QTest.keyClick(combo.view(), Qt.Key.Key_Return)
    assert hands.claim("d").form == "direct"
    hands.click_row(row, UNSURE)
    with hands.qtbot.waitSignal(hands.store.saved):
        QTest.keyClick(panel.table, Qt.Key.Key_Space)
    assert hands.claim("d").unsure
    hands.click_row(row, TAGS)
    QTest.keyClick(panel.table, Qt.Key.Key_F2)
    with hands.qtbot.waitSignal(hands.store.saved):
        QTest.keyClicks(panel.table.cell_editor(), "a, b")
        QTest.keyClick(panel.table.cell_editor(), Qt.Key.Key_Return)
    assert hands.claim("d").tags == ("a", "b")
    hands.click_row(row, NUMBER)
    QTest.keyClick(panel.table, Qt.Key.Key_Return)
    assert panel.editor.isVisible(), "Enter opens the whole form"
    hands.click(panel.editor.done_button)
    assert not panel.editor.isVisible()


def test_a_click_on_a_title_sorts(hands, panel):
    hands.click(panel.modes.button("table"))
    header = panel.table.horizontalHeader()
    order = hands.names(panel.model.keys)

    def press(column):
        x = header.sectionViewportPosition(column) + 10
        QTest.mouseClick(header.viewport(), LEFT, PLAIN, QPoint(x, header.height() // 2))

    hands.select_claim("c")
    press(SPEAKER)
    sources = [panel.model.shown(key, SPEAKER) for key in panel.model.keys]
    assert sources == ["aides", "Donald Trump", "Sergei Lavrov", "The ministry", "The Moscow Times", ""]
    assert hands.names(panel.chosen()) == "c"
    press(SPEAKER)
    assert [panel.model.shown(key, SPEAKER) for key in panel.model.keys] == sources[::-1]
    press(SPEAKER)
    assert hands.names(panel.model.keys) == order


def test_the_filter_narrows_and_groups(hands, panel):
    hands.to_article()
    QTest.keyClick(hands.view, Qt.Key.Key_L, CONTROL | SHIFT)
    assert panel.filter.line.hasFocus()
    QTest.keyClicks(panel.filter.line, "lavrov")
    QTest.keyClick(panel.filter.line, Qt.Key.Key_Return)
    hands.qtbot.waitUntil(lambda: sorted(hands.names(panel.model.keys)) == ["a", "b", "c"])  # its words, or who says it
    assert panel.header.count.text() == "3"
    assert panel.model.card(hands.ids["c"]).number == 3, "a number is that of the article"
    QTest.keyClick(panel.filter.line, Qt.Key.Key_A, CONTROL)
    QTest.keyClick(panel.filter.line, Qt.Key.Key_Delete)
    QTest.keyClick(panel.filter.line, Qt.Key.Key_Return)
    hands.qtbot.waitUntil(lambda: panel.model.rowCount() == 6)
    take(hands, panel, "No Speaker")
    assert hands.names(panel.model.keys) == "f"
    take(hands, panel, "No Speaker")
    take(hands, panel, "Group by Speaker")
    assert next(iter(panel.model.groups.values())) == "The Moscow Times · 1"
    assert list(panel.model.groups.values())[-1] == "No speaker · 1"
    take(hands, panel, "With Problems")
    checking = hands.window.checking
    hands.qtbot.waitUntil(lambda: checking.fresh)
    assert panel.model.rowCount() < 6
    assert set(panel.model.keys) == checking.records("claim")
    hands.click(panel.find_button)
    assert panel.model.rowCount() == 6


def take(hands, panel, words):
    hands.click(panel.filter.button)
    menu = next(w for w in panel.filter.children() if w.metaObject().className() == "QMenu" and w.isVisible())
    hands.take(menu, words)
    hands.qtbot.waitUntil(lambda: not any(w.isVisible() for w in QApplication.topLevelWidgets() if w is menu))


# -- whole claims -------------------------------------------------------------------------------------------------


def test_a_claim_is_split_merged_and_doubled_by_key(hands, panel):
    hands.select_claim("d")
    hands.to_article()
    hands.view.set_caret(hands.place("Putin soonn")[0])
    hands.press("/")
    assert [s.exact for s in hands.claim("d").spans] == ["meet"]
    other = hands.window.selection.id
    assert [s.exact for s in hands.ws.claims[other].spans] == ["Putin soonn"]
    panel.choose_all([hands.ids["d"]])
    hands.press(Qt.Key.Key_M, CONTROL)
    assert len(hands.ws.claims) == 6
    assert [s.exact for s in hands.ws.claims[hands.window.selection.id].spans] == ["meet", "Putin soonn"]
    hands.press(Qt.Key.Key_D, CONTROL | SHIFT)
    assert len(hands.ws.claims) == 7
    assert hands.window.selection.id not in hands.ids.values()


def test_what_cannot_be_done_is_said_in_one_sentence(hands, panel):
    said = []
    hands.store.refused.connect(said.append)
    hands.to_article()
    hands.press("/", saves=False)
    hands.press(Qt.Key.Key_M, CONTROL, saves=False)
    hands.select_claim("a")
    hands.view.set_caret(hands.place("Nobody")[0])
    hands.press("/", saves=False)
    hands.press("o", SHIFT, saves=False)
    hands.press("l", saves=False)
    assert said == [
        "Select a claim first: click it, or press N.",
        "Choose the claims to merge in the Claims panel first: Ctrl+click, or Shift+Down.",
        "Put the caret inside the claim, where it should be divided.",
        "No claim holds all the words of this one.",
        "This claim stands inside no other one.",
    ]


def test_a_claim_goes_inside_another_and_out_again(hands, panel):
    hands.select_claim("d")
    hands.to_article()
    hands.press("l")
    assert hands.claim("d").parent_id is None
    hands.press("o", SHIFT)
    assert hands.claim("d").parent_id is not None
    hands.press("l")
    hands.press("o", saves=False)
    field = hands.window.prompt.field
    field.setText("9")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert hands.window.prompt.refusal.text() == "There are claims 1 to 6."
    hands.answer("1")
    assert hands.claim("d").parent_id == hands.ids["a"]
    hands.store.undo()
    hands.qtbot.waitUntil(lambda: hands.claim("d").parent_id is None)


def test_the_scheme_hides_fields_and_explains_the_others(hands, panel):
    hands.select_claim("a")
    hands.click(panel.editor.more_button)
    stance = panel.editor.extra.editors["stance"]
    assert stance.isVisible()
    said = panel.editor.main._labels["form"].toolTip()
    assert "How the innermost source" in said
    assert "*" not in said
    assert panel.editor.main.editors["form"].accessibleDescription().startswith("How the innermost source")
    with hands.qtbot.waitSignal(hands.store.saved):
        hands.store.edit(scheme.change(hands.ws, hidden=("claim.stance", "claim.unsure")))
    assert not stance.isVisible()
    assert "stance" not in [value for value, _, _ in panel.bulk._offered()]
    hands.store.undo()
    hands.qtbot.waitUntil(stance.isVisible)


def test_a_press_chooses_the_row_under_the_pointer_though_rows_then_move(hands, panel):
    hands.click_row(0)  # which opens: its form stands above the others
    bar = panel.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    QTest.mouseClick(panel.table.viewport(), LEFT, CONTROL, panel.table.visualRect(panel.model.index(4, 0)).center())
    hands.qtbot.waitUntil(panel.bulk.isVisible)
    assert hands.names(panel.chosen()) == "ae"

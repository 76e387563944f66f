"""Claims and their chains in the window, by key and by mouse: several at once, as a table, hop by hop, nested."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui_hands import LEFT, PLAIN, Hands
from ui_samples import SIX, label_six, seed

from annotator.services import scheme, speakers
from annotator.services.chains import CUE, MENTION
from ui.models.claim_shape import FORM, NUMBER, SPEAKER, TAGS, UNSURE, WORDS

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")
CONTROL, SHIFT, ALT = (getattr(Qt.KeyboardModifier, f"{name}Modifier") for name in ("Control", "Shift", "Alt"))


@pytest.fixture
def hands(qtbot, open_window, tmp_path):
    path = tmp_path / "six.annotator"
    seed(path, SIX)
    window = open_window(path)
    made = Hands(qtbot, window)
    made.ids = label_six(window.store)
    qtbot.waitUntil(lambda: not window.store.unsaved)
    return made


@pytest.fixture
def panel(hands):
    return hands.window.claims


def cell(panel, row, column=0):
    panel.table.scrollTo(panel.model.index(row, column))
    return panel.table.visualRect(panel.model.index(row, column)).center()


def click(hands, row, column=0, modifier=PLAIN):
    panel = hands.window.claims
    QTest.mouseClick(panel.table.viewport(), LEFT, modifier, cell(panel, row, column))


def names(hands, *ids):
    """The short names of claims."""
    by_id = {id_: name for name, id_ in hands.ids.items()}
    return "".join(by_id.get(id_, "?") for id_ in ids)


def listed(hands):
    return names(hands, *hands.window.claims.model.keys)


def record(hands, name):
    return hands.ws.claims[hands.ids[name]]


def chain_of(hands, name):
    return speakers.chain_line(hands.ws, record(hands, name))


def select(hands, name):
    hands.window.selection.select("claim", hands.ids[name])


# -- several at once ----------------------------------------------------------------------------------------------


def test_one_field_of_several_claims_is_one_undo_step(hands, panel):
    click(hands, 0)
    click(hands, 2, modifier=SHIFT)
    click(hands, 1, modifier=CONTROL)
    click(hands, 4, modifier=CONTROL)
    assert names(hands, *panel.chosen()) == "ace"
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
        assert names(hands, *panel.chosen()) == "ace", "they stay chosen for the next field"
    assert [(record(hands, n).form, record(hands, n).unsure) for n in "ace"] == [("mixed", True)] * 3
    assert record(hands, "c").tags == ("sanctions", "visit")
    assert (record(hands, "b").form, record(hands, "d").tags) == (None, ())
    for _ in range(3):
        hands.store.undo()
    hands.qtbot.waitUntil(lambda: hands.ws.claims == before)


def test_several_get_one_chain_or_the_reason_why_not(hands, panel):
    click(hands, 4)
    click(hands, 5, modifier=CONTROL)
    hands.choose(panel.bulk.field, "chain_line")
    editor = panel.bulk.editors["chain_line"]
    hands.enter(editor, "TASS > TASS", end=None)
    hands.click(panel.bulk.set_button)
    assert panel.bulk.message.text() == "TASS stands twice in this chain: nobody is their own source."
    hands.enter(editor, "TASS > aides", end=None)
    hands.click(panel.bulk.set_button, saves=True)
    assert (chain_of(hands, "e"), chain_of(hands, "f")) == ("TASS > aides",) * 2
    assert not panel.bulk.message.isVisible()


def test_several_are_chosen_and_deleted_by_key(hands, panel):
    click(hands, 1)
    panel.table.setFocus()
    for _ in range(2):
        QTest.keyClick(panel.table, Qt.Key.Key_Down, SHIFT)
    assert names(hands, *panel.chosen()) == "bcd"
    with hands.qtbot.waitSignal(hands.store.saved):
        QTest.keyClick(panel.table, Qt.Key.Key_Delete)
    assert listed(hands) == "afe" or listed(hands) == "aef"
    hands.store.undo()
    hands.qtbot.waitUntil(lambda: len(hands.ws.claims) == 6)


def test_choosing_one_again_opens_it(hands, panel):
    click(hands, 0)
    click(hands, 1, modifier=CONTROL)
    assert panel.bulk.isVisible()
    click(hands, 1)
    assert not panel.bulk.isVisible()
    assert panel.editor.isVisible()
    hands.click_on("Nobody denied")
    assert panel.chosen() == []


# -- the table ----------------------------------------------------------------------------------------------------


def test_the_table_keeps_the_selection_and_is_remembered(hands, panel, open_window, qtbot):
    click(hands, 1)
    click(hands, 3, modifier=CONTROL)
    hands.click(panel.modes.button("table"))
    assert names(hands, *panel.chosen()) == "bd"
    assert panel.table.horizontalHeader().isVisible()
    assert [panel.model.shown(panel.model.keys[2], column) for column in (WORDS, SPEAKER)] == [
        "Donald Trump wanted to “meet Putin soonn” … that the sanctions would end",
        "Sergei Lavrov",
    ]
    hands.to_article()
    QTest.keyClick(hands.view, Qt.Key.Key_T, CONTROL)
    assert panel.mode == "cards"
    assert names(hands, *panel.chosen()) == "bd"
    QTest.keyClick(hands.view, Qt.Key.Key_T, CONTROL)
    again = open_window(None if hands.store.project is None else hands.store.project.location)
    assert again.claims.mode == "table"
    assert again.actions_["claims_table"].isChecked()


def test_cells_are_edited_in_place(hands, panel):
    hands.click(panel.modes.button("table"))
    hands.window.columns.setSizes([200, 360, 1000])
    click(hands, 5, SPEAKER)
    assert not panel.editor.isVisible(), "the table stays a table"
    QTest.keyClick(panel.table, Qt.Key.Key_F2)
    with hands.qtbot.waitSignal(hands.store.saved):
        QTest.keyClicks(panel.table.cell_editor(), "Donald")
        QTest.keyClick(panel.table.cell_editor(), Qt.Key.Key_Return)
    assert chain_of(hands, "f") == "Donald Trump" or chain_of(hands, "e").endswith("Donald Trump")
    row = panel.model.row_of(hands.ids["d"])
    click(hands, row, FORM)
    QTest.mouseDClick(panel.table.viewport(), LEFT, PLAIN, cell(panel, row, FORM))
    combo = panel.table.cell_editor()
    hands.qtbot.waitUntil(lambda: combo.view().isVisible())
    with hands.qtbot.waitSignal(hands.store.saved):
        QTest.keyClick(combo.view(), Qt.Key.Key_Down)
        QTest.keyClick(combo.view(), Qt.Key.Key_Return)
    assert record(hands, "d").form == "direct"
    click(hands, row, UNSURE)
    with hands.qtbot.waitSignal(hands.store.saved):
        QTest.keyClick(panel.table, Qt.Key.Key_Space)
    assert record(hands, "d").unsure
    click(hands, row, TAGS)
    QTest.keyClick(panel.table, Qt.Key.Key_F2)
    with hands.qtbot.waitSignal(hands.store.saved):
        QTest.keyClicks(panel.table.cell_editor(), "a, b")
        QTest.keyClick(panel.table.cell_editor(), Qt.Key.Key_Return)
    assert record(hands, "d").tags == ("a", "b")
    click(hands, row, NUMBER)
    QTest.keyClick(panel.table, Qt.Key.Key_Return)
    assert panel.editor.isVisible(), "Enter opens the whole form"
    hands.click(panel.editor.done_button)
    assert not panel.editor.isVisible()


def test_a_click_on_a_title_sorts(hands, panel):
    hands.click(panel.modes.button("table"))
    header = panel.table.horizontalHeader()
    order = listed(hands)

    def press(column):
        x = header.sectionViewportPosition(column) + 10
        QTest.mouseClick(header.viewport(), LEFT, PLAIN, QPoint(x, header.height() // 2))

    select(hands, "c")
    press(SPEAKER)
    sources = [panel.model.shown(key, SPEAKER) for key in panel.model.keys]
    assert sources == ["aides", "Donald Trump", "Sergei Lavrov", "The ministry", "The Moscow Times", ""]
    assert names(hands, *panel.chosen()) == "c"
    press(SPEAKER)
    assert [panel.model.shown(key, SPEAKER) for key in panel.model.keys] == sources[::-1]
    press(SPEAKER)
    assert listed(hands) == order


def test_the_filter_narrows_and_groups(hands, panel):
    hands.to_article()
    QTest.keyClick(hands.view, Qt.Key.Key_L, CONTROL | SHIFT)
    assert panel.filter.line.hasFocus()
    QTest.keyClicks(panel.filter.line, "lavrov")
    QTest.keyClick(panel.filter.line, Qt.Key.Key_Return)
    hands.qtbot.waitUntil(lambda: sorted(listed(hands)) == ["a", "b", "c"])  # its words, or who says it
    assert panel.header.count.text() == "3"
    assert panel.model.card(hands.ids["c"]).number == 3, "a number is that of the article"
    QTest.keyClick(panel.filter.line, Qt.Key.Key_A, CONTROL)
    QTest.keyClick(panel.filter.line, Qt.Key.Key_Delete)
    QTest.keyClick(panel.filter.line, Qt.Key.Key_Return)
    hands.qtbot.waitUntil(lambda: panel.model.rowCount() == 6)
    take(hands, panel, "No Speaker")
    assert listed(hands) == "f"
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
    select(hands, "d")
    hands.to_article()
    hands.view.set_caret(hands.place("Putin soonn")[0])
    hands.press("/")
    assert [s.exact for s in record(hands, "d").spans] == ["meet"]
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
    select(hands, "a")
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
    select(hands, "d")
    hands.to_article()
    hands.press("l")
    assert record(hands, "d").parent_id is None
    hands.press("o", SHIFT)
    assert record(hands, "d").parent_id is not None
    hands.press("l")
    hands.press("o", saves=False)
    field = hands.window.prompt.field
    field.setText("9")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert hands.window.prompt.refusal.text() == "There are claims 1 to 6."
    hands.answer("1")
    assert record(hands, "d").parent_id == hands.ids["a"]
    hands.store.undo()
    hands.qtbot.waitUntil(lambda: record(hands, "d").parent_id is None)


def test_the_scheme_hides_fields_and_explains_the_others(hands, panel):
    select(hands, "a")
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


# -- the chain, hop by hop ----------------------------------------------------------------------------------------


@pytest.fixture
def chain(hands, panel):
    """The editor of the chain of claim ``c``, with four sources."""
    select(hands, "c")
    hands.click(panel.editor.chain_button)
    hands.window.right.choose([900, 100, 100, 40])
    return panel.editor.chain


def hop_words(hands, name, index, part):
    return [span.exact for span in getattr(record(hands, name).chain[index], part)]


def test_a_pronoun_clicked_for_a_hop_names_its_speaker(hands, panel, chain):
    hands.drag_over("aides")
    hands.press("s")
    hands.window.prompt.close_unanswered()
    select(hands, "c")
    hop = chain.hops[1]
    panel.table._reveal_in_drawer(hop.mention.pick)
    hands.click(hop.mention.pick)
    picking = hands.window.picking
    assert picking.strip.sentence.text().startswith("Click a mention, or select words and press Enter, for source 2")
    assert hop.mention.pick.isChecked()
    hands.click_on("Nobody denied")  # nothing is marked there
    assert picking.active
    assert hands.window.selection.id == hands.ids["c"]
    with hands.qtbot.waitSignal(hands.store.saved):
        hands.click_on("aides")
    assert chain_of(hands, "c") == "The Moscow Times > aides > RIA Novosti > Sergei Lavrov"
    assert hop_words(hands, "c", 1, MENTION) == ["aides"]
    assert not picking.active
    assert not picking.strip.isVisible()
    assert hop.mention.shown[0].words._whole == "“aides”"


def test_a_source_may_not_be_picked_twice(hands, panel, chain):
    panel.table._reveal_in_drawer(chain.hops[0].mention.pick)
    hands.click(chain.hops[0].mention.pick)
    hands.click_on("Sergei Lavrov")
    said = hands.window.picking.strip.sentence.text()
    assert said.startswith("Sergei Lavrov would be source 1 and source 4 of one chain: nobody is their own source.")
    QTest.keyClick(hands.view, Qt.Key.Key_Escape)
    assert not hands.window.picking.active
    assert hands.window.selection.id == hands.ids["c"], "Escape left the picking, and no more"


def test_a_cue_of_two_parts_is_picked_by_mouse_and_by_key(hands, panel, chain):
    hop = chain.hops[2]
    panel.table._reveal_in_drawer(hop.cue.pick)
    hop.cue.pick.setFocus()
    QTest.keyClick(hop.cue.pick, Qt.Key.Key_Return)
    assert hands.view.hasFocus()
    with hands.qtbot.waitSignal(hands.store.saved):
        hands.drag(hands.at(hands.place("had told")[0]), hands.at(hands.place("had told")[1], after=True))
    assert hands.window.picking.active, "another part may follow"
    hands.select("on Monday")
    with hands.qtbot.waitSignal(hands.store.saved):
        QTest.keyClick(hands.view, Qt.Key.Key_Return)
    assert hop_words(hands, "c", 2, CUE) == ["on Monday", "had told"]
    hands.click(hands.window.picking.strip.leave)
    panel.table._reveal_in_drawer(hop.cue.shown[0])
    hands.click(hop.cue.shown[0].remove, saves=True)
    assert hop_words(hands, "c", 2, CUE) == ["had told"]


def test_picking_ends_when_the_hop_goes(hands, chain):
    hands.click(chain.hops[0].mention.pick)
    hands.store.undo()
    hands.store.edit(speakers.set_chain_line(hands.ws, hands.ids["c"], ""))
    assert not hands.window.picking.active
    assert chain.empty.isVisible()


def test_hops_move_by_key_and_by_dragging(hands, panel, chain):
    field = chain.hops[0].form.editors["medium"]
    field.setFocus()
    with hands.qtbot.waitSignal(hands.store.saved):
        QTest.keyClick(field, Qt.Key.Key_Down, ALT)
    assert chain_of(hands, "c") == "The ministry > The Moscow Times > RIA Novosti > Sergei Lavrov"
    assert chain.hops[1].form.editors["medium"].hasFocus()
    panel.table._reveal_in_drawer(chain.hops[1].grip)
    grip = chain.hops[1].grip
    start, end = grip.rect().center(), grip.mapFromGlobal(chain.hops[0].mapToGlobal(QPoint(4, 2)))
    QTest.mousePress(grip, LEFT, PLAIN, start)
    move = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(end), QPointF(grip.mapToGlobal(end)), Qt.MouseButton.NoButton, LEFT, PLAIN
    )
    QApplication.sendEvent(grip, move)
    assert chain.mark.isVisible()
    with hands.qtbot.waitSignal(hands.store.saved):
        QTest.mouseRelease(grip, LEFT, PLAIN, end)
    assert chain_of(hands, "c") == "The Moscow Times > The ministry > RIA Novosti > Sergei Lavrov"
    assert not chain.mark.isVisible()


def test_a_source_that_would_stand_twice_is_refused_in_its_field(hands, chain):
    editor = chain.hops[0].form.editors["speaker"]
    hands.enter(editor, "Sergei Lavrov")
    assert editor.text() == "Sergei Lavrov"
    said = chain.hops[0].form._messages["speaker"]
    assert said.isVisible()
    assert said.text().startswith("Sergei Lavrov would be source 1 and source 4")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert editor.text() == "The Moscow Times"


def test_an_implicit_source_is_recorded(hands, panel, chain):
    select(hands, "f")
    assert chain.empty.isVisible()
    panel.table._reveal_in_drawer(chain.implicit)
    hands.click(chain.implicit, saves=True)
    assert record(hands, "f").chain[0].referring == "implicit"
    assert panel.model.card(hands.ids["f"]).implicit
    assert chain.hops[0].mention.empty._whole == "No words name it"
    panel.table._reveal_in_drawer(chain.add)
    hands.click(chain.add, saves=True)
    assert chain.hops[1].form.editors["speaker"].hasFocus()
    with hands.qtbot.waitSignal(hands.store.saved):
        QTest.keyClicks(chain.hops[1].form.editors["speaker"], "aides")
        QTest.keyClick(chain.hops[1].form.editors["speaker"], Qt.Key.Key_Return)
    assert chain_of(hands, "f") == "? > aides"

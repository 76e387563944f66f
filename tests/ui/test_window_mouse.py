"""The labelling path by mouse: dragging over words, buttons, menus, handles, cards and cells."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from ui_hands import LEFT, PLAIN

from ui.models.corrections import CAUSE, REPLACEMENT
from ui.text.frame import Frame
from ui.text.gutter import chips
from ui.widgets.choice import ChoiceEditor
from ui.widgets.editors import LineEditor

# What the offscreen platform says of menus and lists that pop up.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")


def tool(hands, name: str) -> QToolButton:
    """The button of that name above the article."""
    (found,) = [b for b in hands.window.pane.tools.findChildren(QToolButton) if b.accessibleName() == name]
    return found


def mark(hands, words: str, name: str = "Mark Claim", occurrence: int = 0) -> str:
    """Drags over words and presses a button; gives back the id of what is selected then."""
    hands.drag_over(words, occurrence)
    hands.click(tool(hands, name), saves=True)
    return hands.window.selection.id


def exact(record) -> list[str]:
    return [span.exact for span in record.spans]


def row_point(table, row: int, column: int = 0) -> QPoint:
    """A point in the closed part of a row."""
    rect = table.visualRect(table.model().index(row, column))
    return QPoint(rect.center().x(), rect.top() + 14)


def click_row(table, row: int, column: int = 0) -> None:
    QTest.mouseClick(table.viewport(), LEFT, PLAIN, row_point(table, row, column))


def test_an_article_is_labelled_with_buttons_menu_bar_and_context_menu(qtbot, hands, open_window, project_path):
    ws = hands.ws
    claim_id = mark(hands, "I would go")
    assert exact(ws.claims[claim_id]) == ["I would go"]
    hands.drag_over("We hear 😀 this")
    with qtbot.waitSignal(hands.store.saved):
        hands.menu("Annotate", "Add Part")
    assert exact(ws.claims[claim_id]) == ["I would go", "We hear 😀 this"]
    hands.drag_over("said")
    with qtbot.waitSignal(hands.store.saved):
        hands.take(hands.context_menu(hands.place("said")[0] + 2), "Mark Cue")
    hands.drag_over("Sergei Lavrov")
    hands.click(tool(hands, "Source of the Claim…"))
    assert hands.window.prompt.field.text() == "Sergei Lavrov"
    hands.answer("RIA Novosti > Sergei Lavrov")
    mention_id = mark(hands, "Sergei Lavrov", "Mark Speaker Mention")
    hands.drag_over("hear")
    hands.take(hands.context_menu(hands.place("hear")[0] + 2), "Correct Text")
    hands.answer("here")
    hands.click_on("would")
    assert hands.window.selection.id == claim_id

    (lavrov,) = [s.id for s in ws.speakers.values() if s.name == "Sergei Lavrov"]
    chain = ws.claims[claim_id].chain
    assert [ws.speakers[hop.speaker_id].name for hop in chain] == ["RIA Novosti", "Sergei Lavrov"]
    assert [s.exact for s in chain[1].cue_spans] == ["said"]
    assert [s.exact for s in chain[1].mention_spans] == ["Sergei Lavrov"]
    assert ws.mentions[mention_id].speaker_id == lavrov
    assert [(exact(c), c.replacement) for c in ws.corrections.values()] == [(["hear"], "here")]
    before = (ws.document(), dict(ws.speakers))
    ws = open_window(project_path).store.workspace
    assert (ws.document(), ws.speakers) == before


@pytest.mark.parametrize(
    ("part", "side", "onto", "result"),
    [
        (0, "end", "Lavrov", ["I would go,\" Sergei Lavrov", "He left"]),
        (0, "end", "would", ["I would", "He left"]),
        (0, "start", "would", ["would go", "He left"]),
        (1, "end", "He", ["I would go", "He"]),
        (1, "start", "left", ["I would go", "left"]),
    ],
)  # fmt: skip
def test_a_handle_is_dragged(qtbot, hands, part, side, onto, result):
    claim_id = mark(hands, "I would go")
    hands.drag_over("He left")
    hands.click(hands.window.claims.editor.add_part, saves=True)
    hands.click_on("would")
    start, end = hands.place(onto)
    with qtbot.waitSignal(hands.store.saved):
        hands.drag(hands.handle(part, side), hands.at(start) if side == "start" else hands.at(end, after=True))
    assert exact(hands.ws.claims[claim_id]) == result
    assert hands.window.selection.id == claim_id
    assert hands.store.undo_title == "Change claim boundaries"
    hands.click(tool(hands, hands.window.actions_["undo"].text().split()[0]), saves=True)
    assert exact(hands.ws.claims[claim_id]) == ["I would go", "He left"]


def test_a_handle_that_is_let_go_where_it_was_changes_nothing(hands):
    mark(hands, "I would go")
    before = hands.store.undo_title
    knob = hands.handle(0, "end")
    hands.drag(knob, knob)
    assert hands.store.unsaved == 0
    assert hands.store.undo_title == before == "Mark claim"


def test_clicks_at_one_place_go_through_the_stacked_spans(hands):
    outer = mark(hands, '"I would go," Sergei Lavrov said.')
    inner = mark(hands, "I would go")
    word = mark(hands, "would", "Mark Speaker Mention")
    QTest.keyClick(hands.window.prompt.field, Qt.Key.Key_Escape)
    hands.click_on("Russia")
    assert hands.window.selection.id is None
    seen = []
    for _ in range(4):
        hands.click_on("would")
        seen.append((hands.window.selection.kind, hands.window.selection.id))
    assert seen == [("mention", word), ("claim", inner), ("claim", outer), ("mention", word)]
    assert hands.view.selected_id() == word


def test_a_number_in_the_gutter_selects_its_claim(hands):
    first, second = mark(hands, "Russia agreed"), mark(hands, "I would go")
    view = hands.view
    found = chips(Frame(view.article_layout, view.scene, 0, view.viewport().height()))
    assert {chip.text for chip in found} == {"1", "2"}
    for number, claim_id in (("1", first), ("2", second)):
        rect = next(chip.rect for chip in found if chip.text == number)
        QTest.mouseClick(view.viewport(), LEFT, PLAIN, rect.center().toPoint())
        assert hands.window.selection.id == claim_id


def test_a_double_click_takes_a_word_and_a_third_click_the_sentence(hands):
    point, port = hands.at(hands.place("would")[0] + 2), hands.view.viewport()
    QTest.mouseClick(port, LEFT, PLAIN, point)
    QTest.mouseDClick(port, LEFT, PLAIN, point)
    assert hands.view.selected_range() == hands.place("would")
    QTest.mousePress(port, LEFT, PLAIN, point)
    QTest.mouseRelease(port, LEFT, PLAIN, point)
    assert hands.view.selected_range() == hands.place('"I would go," Sergei Lavrov said.')
    hands.click(tool(hands, "Mark Claim"), saves=True)
    assert [exact(c) for c in hands.ws.claims.values()] == [['"I would go," Sergei Lavrov said.']]


def test_a_right_click_selects_what_lies_there_and_its_menu_deletes_it(qtbot, hands):
    claim, other = mark(hands, "I would go"), mark(hands, "He left")
    assert hands.window.selection.id == other
    menu = hands.context_menu(hands.place("would")[0] + 2)
    assert hands.window.selection.id == claim
    with qtbot.waitSignal(hands.store.saved):
        assert menu.actions()[-1].text().split("\t")[0] == "Delete Claim 1"
        assert menu.actions()[-2].isSeparator()
        hands.take(menu, "Delete Claim 1")
    assert list(hands.ws.claims) == [other]
    assert hands.window.selection.id == other


def test_a_right_click_keeps_the_selected_words_only_under_it(hands):
    hands.drag_over("I would go")
    menu = hands.context_menu(hands.place("would")[0] + 2)
    menu.close()
    assert hands.view.selected_range() == hands.place("I would go")
    menu = hands.context_menu(hands.place("left")[0])
    menu.close()
    assert hands.view.selected_range() == (hands.place("left")[0],) * 2


def test_buttons_of_the_claim_card(qtbot, hands):
    claim_id = mark(hands, "I would go")
    panel, drawer = hands.window.claims, hands.window.claims.editor
    assert drawer.isVisible()
    hands.drag_over("He left")
    hands.click(drawer.add_part, saves=True)
    assert exact(hands.ws.claims[claim_id]) == ["I would go", "He left"]
    hands.click(drawer.done_button)
    assert not drawer.isVisible()
    assert hands.window.selection.id == claim_id
    assert hands.view.hasFocus()
    click_row(panel.table, 0)
    assert drawer.isVisible()
    hands.click(drawer.more_button)
    hands.click(drawer.parts[0].remove, saves=True)
    assert exact(hands.ws.claims[claim_id]) == ["He left"]
    hands.click(drawer.delete, saves=True)
    assert hands.ws.claims == {}
    assert not drawer.isVisible()
    assert panel.header.count.text() == "0"


def test_adding_a_part_without_words_says_what_to_do(hands):
    mark(hands, "I would go")
    hands.click_on("would")
    hands.click(hands.window.claims.editor.add_part)
    assert hands.window.status.selected.text() == "Select the words to add first."


def test_cue_mention_and_hop_are_taken_out_of_the_chain_with_their_buttons(hands):
    claim_id = mark(hands, "I would go")
    hands.drag_over("said")
    hands.click(tool(hands, "Mark Cue of the Claim"), saves=True)
    hands.drag_over("Sergei Lavrov")
    hands.click(tool(hands, "Source of the Claim…"))
    hands.answer("Sergei Lavrov")
    drawer = hands.window.claims.editor
    hands.click(drawer.chain_button)
    claim = hands.ws.claims[claim_id]
    assert claim.chain[0].cue_spans
    assert claim.chain[0].mention_spans
    hands.click(drawer.hops[0].cue.shown[0].remove, saves=True)
    assert not hands.ws.claims[claim_id].chain[0].cue_spans
    hands.click(drawer.hops[0].mention.shown[0].remove, saves=True)
    assert not hands.ws.claims[claim_id].chain[0].mention_spans
    hands.click(drawer.hops[0].head.remove, saves=True)
    assert hands.ws.claims[claim_id].chain == ()


def test_the_pluses_of_the_panels(qtbot, hands):
    window = hands.window
    hands.drag_over("I would go")
    hands.click(window.claims.header.add, saves=True)
    assert [exact(c) for c in hands.ws.claims.values()] == [["I would go"]]
    hands.drag_over("hear")
    hands.click(window.corrections.header.add)
    hands.take(window.corrections.menu, "Correct Text")
    hands.answer("here")
    hands.drag_over("Sergei Lavrov")
    hands.click(window.speakers.header.add, saves=True)
    hands.answer("Sergei Lavrov")
    assert [exact(m) for m in hands.ws.mentions.values()] == [["Sergei Lavrov"]]
    hands.click_on("Russia")
    hands.click(window.speakers.header.add)
    hands.answer("Maria Zakharova")
    assert {s.name for s in hands.ws.speakers.values()} == {"Sergei Lavrov", "Maria Zakharova"}
    assert window.selection.kind == "speaker"


def test_cells_of_the_corrections_are_edited_with_a_double_click(qtbot, hands):
    hands.drag_over("hear")
    hands.click(tool(hands, "Correct Text…"))
    hands.answer("here")
    table = hands.window.corrections.table
    (fix_id,) = hands.ws.corrections

    def edit(column, kind):
        click_row(table, 0, column)
        QTest.mouseDClick(table.viewport(), LEFT, PLAIN, row_point(table, 0, column))
        qtbot.waitUntil(lambda: isinstance(table.cell_editor(), kind))
        return table.cell_editor()

    line = edit(REPLACEMENT, LineEditor)
    assert line.text() == "here"
    with qtbot.waitSignal(hands.store.saved):
        hands.enter(line, "heard")
    combo = edit(CAUSE, ChoiceEditor)
    qtbot.waitUntil(combo.view().isVisible)
    index = combo.model().index(combo.findData("spelling"), 0)
    combo.view().scrollTo(index)
    with qtbot.waitSignal(hands.store.saved):
        QTest.mouseClick(combo.view().viewport(), LEFT, PLAIN, combo.view().visualRect(index).center())
    fix = hands.ws.corrections[fix_id]
    assert (fix.replacement, fix.cause, fix.status) == ("heard", "spelling", "draft")


def test_a_click_outside_commits_the_cell_that_is_edited(qtbot, hands):
    hands.drag_over("hear")
    hands.click(tool(hands, "Correct Text…"))
    hands.answer("here")
    table = hands.window.corrections.table
    click_row(table, 0, REPLACEMENT)
    QTest.mouseDClick(table.viewport(), LEFT, PLAIN, row_point(table, 0, REPLACEMENT))
    qtbot.waitUntil(lambda: table.cell_editor() is not None)
    hands.enter(table.cell_editor(), "heard", end=None)
    with qtbot.waitSignal(hands.store.saved):
        hands.click_on("Russia")
        hands.view.setFocus()  # a click gives the focus on a real screen
    assert [c.replacement for c in hands.ws.corrections.values()] == ["heard"]


def test_speakers_and_their_mentions_are_reached_by_clicks(hands):
    mention = mark(hands, "Sergei Lavrov", "Mark Speaker Mention")
    hands.answer("Sergei Lavrov")
    panel = hands.window.speakers
    hands.click_on("Russia")
    assert hands.window.selection.id is None
    click_row(panel.table, 0)
    assert hands.window.selection.kind == "speaker"
    assert hands.view.scene.relations() == {mention: "speaker"}
    hands.click(panel.editor.lines[0].words)
    assert hands.window.selection.is_selected("mention", mention)
    hands.click(panel.editor.delete_mention, saves=True)
    assert hands.ws.mentions == {}


def test_articles_are_opened_by_a_click(qtbot, hands):
    listed = hands.window.articles.list
    for row, words in ((1, "Second article"), (0, "Russia agreed")):
        with qtbot.waitSignal(hands.store.article_opened):
            QTest.mouseClick(listed.viewport(), LEFT, PLAIN, listed.visualRect(listed.model().index(row, 0)).center())
        assert hands.ws.text.startswith(words)


def test_the_buttons_beside_the_tools(qtbot, hands):
    window, pane = hands.window, hands.window.pane
    mark(hands, "I would go")
    (claim_id,) = hands.ws.claims
    undo, redo = tool(hands, "Undo"), tool(hands, "Redo")
    assert not redo.isEnabled()
    hands.click(undo, saves=True)
    assert hands.ws.claims == {}
    hands.click(redo, saves=True)
    assert list(hands.ws.claims) == [claim_id]
    hands.click(pane.tools.modes.button("corrected"))
    assert pane.mode == "corrected"
    hands.click(pane.tools.modes.button("source"))
    assert pane.mode == "source"
    theme = window.theme.name
    hands.click(tool(hands, "Light or dark"))
    assert window.theme.name != theme
    window.settings.set("zoom", 150)
    assert hands.view.zoom() == 1.5
    hands.click(pane.tools.zoom_label)
    assert hands.view.zoom() == 1.0


def test_a_double_click_keeps_the_claim_that_its_word_is_marked_for(hands):
    hands.select("I would go")
    hands.press("c")
    claim = hands.window.selection.id
    start = hands.ws.text.index("said")
    at = hands.at(start + 1)
    hands.qtbot.mouseClick(hands.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert hands.window.selection.id is None
    hands.window.selection.select("claim", claim)
    hands.qtbot.mouseClick(hands.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    hands.qtbot.mouseDClick(hands.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert hands.view.selected_range() == (start, start + 4)
    assert hands.window.selection.id == claim
    hands.press("q")
    assert [s.exact for s in hands.ws.claims[claim].chain[0].cue_spans] == ["said"]

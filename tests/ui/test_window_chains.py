"""The chain of a claim in the window, hop by hop: picked in the article, typed, moved by key and by mouse."""

from __future__ import annotations

import pytest
from claim_hands import ClaimHands
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui_hands import LEFT, PLAIN
from ui_samples import SIX

from annotator.services import speakers
from annotator.services.chains import CUE, MENTION

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def hands(qtbot, open_window, six):
    path, ids = six
    return ClaimHands(qtbot, open_window(path), ids)


@pytest.fixture
def panel(hands):
    return hands.panel


@pytest.fixture
def chain(hands, panel):
    """The editor of the chain of claim ``c``, with four sources."""
    hands.select_claim("c")
    hands.click(panel.editor.chain_button)
    hands.window.right.choose([900, 100, 100, 40])
    return panel.editor.chain


def hop_words(hands, name, index, part):
    return [span.exact for span in getattr(hands.claim(name).chain[index], part)]


def test_a_pronoun_clicked_for_a_hop_names_its_speaker(hands, panel, chain):
    hands.drag_over("it", SIX[: SIX.index("denied it")].count("it"))
    hands.press("s")
    hands.answer("aides")
    hands.select_claim("c")
    hop = chain.hops[1]
    panel.table._reveal_in_drawer(hop.mention.pick)
    hands.click(hop.mention.pick)
    picking = hands.window.picking
    assert picking.strip.sentence.text().startswith("Click a mention, or select words and press Enter, for source 2")
    assert hop.mention.pick.isChecked()
    hands.click_on("Nobody")  # nothing is marked there
    assert picking.strip.isVisible()
    assert hands.window.selection.id == hands.ids["c"]
    with hands.qtbot.waitSignal(hands.store.saved):
        hands.click_on("it", SIX[: SIX.index("denied it")].count("it"))
    assert hands.chain("c") == "The Moscow Times > aides > RIA Novosti > Sergei Lavrov"
    assert hop_words(hands, "c", 1, MENTION) == ["it"]
    assert hands.claim("c").chain[1].referring == "anaphoric"
    assert not picking.strip.isVisible()
    assert not picking.strip.isVisible()
    assert hop.mention.shown[0].words.text() == "“it”"


def test_a_source_may_not_be_picked_twice(hands, panel, chain):
    panel.table._reveal_in_drawer(chain.hops[0].mention.pick)
    hands.click(chain.hops[0].mention.pick)
    hands.click_on("Sergei Lavrov")
    said = hands.window.picking.strip.sentence.text()
    assert said.startswith("Sergei Lavrov would be source 1 and source 4 of one chain: nobody is their own source.")
    QTest.keyClick(hands.view, Qt.Key.Key_Escape)
    assert not hands.window.picking.strip.isVisible()
    assert hands.window.selection.id == hands.ids["c"], "Escape left the picking, and no more"


def test_a_cue_of_two_parts_is_picked_by_mouse_and_by_key(hands, panel, chain):
    hop = chain.hops[2]
    panel.table._reveal_in_drawer(hop.cue.pick)
    hop.cue.pick.setFocus()
    QTest.keyClick(hop.cue.pick, Qt.Key.Key_Return)
    assert hands.view.hasFocus()
    with hands.qtbot.waitSignal(hands.store.saved):
        hands.drag(hands.at(hands.place("had told")[0]), hands.at(hands.place("had told")[1], after=True))
    assert hands.window.picking.strip.isVisible(), "another part may follow"
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
    assert not hands.window.picking.strip.isVisible()
    assert chain.empty.isVisible()


def test_hops_move_by_key_and_by_dragging(hands, panel, chain):
    field = chain.hops[0].form.editors["medium"]
    field.setFocus()
    with hands.qtbot.waitSignal(hands.store.saved):
        QTest.keyClick(field, Qt.Key.Key_Down, ALT)
    assert hands.chain("c") == "The ministry > The Moscow Times > RIA Novosti > Sergei Lavrov"
    assert chain.hops[1].form.editors["medium"].hasFocus()
    panel.table._reveal_in_drawer(chain.hops[1].grip)
    grip = chain.hops[1].grip
    start, end = grip.rect().center(), grip.mapFromGlobal(chain.hops[0].mapToGlobal(QPoint(4, 2)))
    QTest.mousePress(grip, LEFT, PLAIN, start)
    QApplication.sendEvent(grip, moved(grip, end))
    assert chain.mark.isVisible()
    with hands.qtbot.waitSignal(hands.store.saved):
        QTest.mouseRelease(grip, LEFT, PLAIN, end)
    assert hands.chain("c") == "The Moscow Times > The ministry > RIA Novosti > Sergei Lavrov"
    assert not chain.mark.isVisible()


def test_who_drags_to_the_edge_comes_to_hops_that_were_out_of_sight(hands, panel, chain):
    panel.table._reveal_in_drawer(chain.hops[0].grip)
    grip, port = chain.hops[0].grip, panel.table.viewport()
    bar, end = panel.table.verticalScrollBar(), grip.mapFromGlobal(port.mapToGlobal(QPoint(4, port.height() + 60)))
    assert chain.hops[3].mapTo(port, chain.hops[3].rect().bottomLeft()).y() > port.height() + 60, "out of sight"
    QTest.mousePress(grip, LEFT, PLAIN, grip.rect().center())
    QApplication.sendEvent(grip, moved(grip, end))
    hands.qtbot.waitUntil(lambda: bar.value() and not chain.edge_scroll._timer.isActive(), timeout=30_000)
    assert chain.mapTo(port, chain.rect().bottomLeft()).y() == port.height() - 1, "as far as the chain reaches"
    assert chain.mark.isVisible()
    with hands.qtbot.waitSignal(hands.store.saved):
        QTest.mouseRelease(grip, LEFT, PLAIN, grip.mapFromGlobal(port.mapToGlobal(QPoint(4, port.height() + 60))))
    assert hands.chain("c") == "The ministry > RIA Novosti > Sergei Lavrov > The Moscow Times"


def test_dragging_up_comes_back_to_the_first_hop(hands, panel, chain):
    panel.table._reveal_in_drawer(chain.hops[3].form.editors["date"])
    panel.table._reveal_in_drawer(chain.hops[3].grip)
    grip, port = chain.hops[3].grip, panel.table.viewport()
    top = port.mapToGlobal(QPoint(4, -40))
    assert chain.hops[0].mapTo(port, chain.hops[0].rect().bottomLeft()).y() < 0, "out of sight"
    QTest.mousePress(grip, LEFT, PLAIN, grip.rect().center())
    QApplication.sendEvent(grip, moved(grip, grip.mapFromGlobal(top)))
    hands.qtbot.waitUntil(lambda: not chain.edge_scroll._timer.isActive(), timeout=30_000)
    assert chain.mapTo(port, QPoint(0, 0)).y() == 0
    with hands.qtbot.waitSignal(hands.store.saved):
        QTest.mouseRelease(grip, LEFT, PLAIN, grip.mapFromGlobal(top))
    assert hands.chain("c") == "Sergei Lavrov > The Moscow Times > The ministry > RIA Novosti"


def moved(widget, to):
    """The pointer has come to a point of the widget, the left button down."""
    where = QPointF(widget.mapToGlobal(to))
    return QMouseEvent(QEvent.Type.MouseMove, QPointF(to), where, Qt.MouseButton.NoButton, LEFT, PLAIN)


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
    hands.select_claim("f")
    assert chain.empty.isVisible()
    panel.table._reveal_in_drawer(chain.implicit)
    hands.click(chain.implicit, saves=True)
    assert hands.claim("f").chain[0].referring == "implicit"
    assert panel.model.card(hands.ids["f"]).implicit
    assert chain.hops[0].mention.empty.text() == "No words name it"
    panel.table._reveal_in_drawer(chain.add)
    hands.click(chain.add, saves=True)
    assert chain.hops[1].form.editors["speaker"].hasFocus()
    with hands.qtbot.waitSignal(hands.store.saved):
        QTest.keyClicks(chain.hops[1].form.editors["speaker"], "aides")
        QTest.keyClick(chain.hops[1].form.editors["speaker"], Qt.Key.Key_Return)
    assert hands.chain("f") == "? > aides"


@pytest.mark.parametrize(
    ("words", "proposed"),
    [("Lavrov", "Sergei Lavrov"), ("it", "?"), ("aides", "aides"), ("The ministry", "The ministry")],
)
def test_the_source_that_is_proposed_is_who_is_known_by_the_words(hands, words, proposed):
    """A surname means the one speaker who has it; a pronoun is nobody's name."""
    hands.select("Nobody")
    hands.press("c")
    hands.select(words, SIX[: SIX.index("denied it")].count("it") if words == "it" else 0)
    hands.press("a", saves=False)
    assert hands.window.prompt.field.text() == proposed

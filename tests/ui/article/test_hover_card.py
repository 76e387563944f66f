"""The hover card: what it tells, when it comes and goes, and that a click does what it says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui_hands import Hands

from annotator.services import annotate, speakers
from ui.article.cards import Cards
from ui.article.hover_card import HoverCard
from ui.text.frame import Frame
from ui.text.gutter import chips
from ui.theme import DARK, LIGHT

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", r"support raise\(\)")
LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
NASTY = "<b>bold</b> &amp; <img src='x'> 𝄞 שלום"


@pytest.fixture
def hands(qtbot, six, open_window):
    return Hands(qtbot, open_window(six[0]))


@pytest.fixture
def ids(hands, six):
    QApplication.processEvents()  # the panels have laid themselves out
    return six[1]


@pytest.fixture
def card(hands, ids) -> HoverCard:
    return hands.window.pane.hovering.card


def rest(hands, words: str) -> QPoint:
    """The pointer rests inside these words; where, in the viewport."""
    start, end = hands.place(words)
    return rest_at(hands, hands.at((start + end) // 2))


def rest_at(hands, point: QPoint) -> QPoint:
    port = hands.view.viewport()
    QApplication.sendEvent(port, QHelpEvent(QEvent.Type.ToolTip, point, port.mapToGlobal(point)))
    return point


def told(card) -> list[str]:
    """The ids of what is listed, from top to bottom."""
    return [id_ for _, id_ in card.titles()]


# -- what is told -----------------------------------------------------------------------------------------------


def test_a_claim_tells_its_chain_its_family_and_who_made_it(hands, ids):
    ws = hands.ws
    hop = ws.claims[ids["c"]].chain[2]
    chain = list(ws.claims[ids["c"]].chain)
    chain[2] = type(hop)(hop.speaker_id, hop.mention_spans, hop.cue_spans, "anaphoric", "an interview")
    changes = {"note": NASTY, "tags": ("sanctions", "visit"), "form": "indirect", "type": "position"}
    hands.store.edit(annotate.change(ws, ids["c"], chain=tuple(chain), certainty="low", **changes))
    card = Cards(ws, hands.store.outline).card(ids["c"])
    assert (card.title, card.kind) == ("Claim 3 by Sergei Lavrov", "Indirect speech · Position")
    assert dict(card.rows) == {
        "Chain": "The Moscow Times › The ministry › RIA Novosti (in an interview · pronoun or noun) "
        "› Sergei Lavrov “told”",
        "Inside": "claim 2",
        "Contains": "claim 4",
        "Parts": "2 parts",
        "Tags": "sanctions, visit",
        "Note": NASTY,
        "Status": "Draft · Uncertain · by Ann",
    }


def test_corrections_mentions_cues_and_speakers(hands, ids):
    ws, cards = hands.ws, Cards(hands.store.workspace, hands.store.outline)
    fix = cards.card(ids["soon"])
    assert (fix.title, fix.struck, fix.reading) == ("Correction", "soonn", "soon")
    assert fix.kind == "Transcription · OCR error"
    mention = cards.card(ids["Lavrov"])
    assert (mention.title, mention.kind) == ("Mention of Sergei Lavrov", "Name")
    cue = cards.card(f"{ids['c']}#cue:3")
    assert (cue.title, cue.kind) == ("Cue of claim 3", "Hop 4 of 4")
    assert dict(cue.rows)["Words"] == "“told”"
    speaker = ws.mentions[ids["Lavrov"]].speaker_id
    hands.store.edit(speakers.change(ws, speaker, aliases=("Lavrov",), note=NASTY))
    assert dict(cards.card(speaker).rows) == {"Here": "1 mention, 1 claim", "Also": "Lavrov", "Note": NASTY}
    assert cards.card("nothing") is None


def test_long_words_are_cut_and_the_card_stays_small(hands, ids, card):
    hands.store.edit(annotate.change(hands.ws, ids["d"], note="word " * 200_000))
    rest(hands, "meet")
    assert card.isVisible()
    assert len(card.accessibleName()) < 2000
    assert card.height() < 400


# -- stacked marks ----------------------------------------------------------------------------------------------


def test_the_card_says_what_a_click_chooses_again_and_again(hands, ids, card):
    chosen = []
    for _ in range(7):
        point = rest(hands, "soonn")
        listed = told(card)
        assert listed[0] == ids["soon"]
        assert set(listed) == {ids[name] for name in ("soon", *"abcdef")}
        said = card.accessibleName()
        QTest.mouseClick(hands.view.viewport(), LEFT, PLAIN, point)
        assert not card.isVisible()
        selected = hands.window.selection.id
        assert said.startswith("Correction" if selected == ids["soon"] else f"Claim {number(hands, selected)}")
        chosen.append(selected)
    assert chosen == listed


def number(hands, claim_id: str) -> int:
    return hands.store.outline.number(claim_id)


def test_a_title_in_the_card_selects(hands, ids, card):
    rest(hands, "soonn")
    place = next(rect for rect, id_ in card.titles() if id_ == ids["b"])
    QTest.mouseClick(card, LEFT, PLAIN, place.center())
    assert hands.window.selection.is_selected("claim", ids["b"])
    assert not card.isVisible()


def test_a_number_in_the_gutter_tells_its_claims(hands, ids, card):
    view = hands.view
    for chip in chips(Frame(view.article_layout, view.scene, 0, 300)):
        rest_at(hands, chip.rect.center().toPoint())
        assert told(card) == [placed.mark.id for placed in chip.claims]


def test_the_context_menu_lists_what_lies_there(hands, ids):
    start, _ = hands.place("meet Putin")
    menu = hands.context_menu(start + 1)
    texts = [action.text() for action in menu.actions()]
    assert texts[:4] == [
        "Select claim 4 by Donald Trump",
        "Select claim 3 by Sergei Lavrov",
        "Select claim 1 by The Moscow Times",
        "Select claim 2 by The ministry",
    ]
    assert [a.isChecked() for a in menu.actions()[:4]] == [True, False, False, False]
    hands.take(menu, "Select claim 1")
    assert hands.window.selection.is_selected("claim", ids["a"])


def test_many_marks_have_a_menu_of_their_own(hands, ids):
    menu = hands.context_menu(hands.place("soonn")[0] + 1)
    inner = next(a for a in menu.actions() if a.menu() is not None)
    assert inner.text() == "Select One of 7 Marks Here"
    entries = inner.menu().actions()
    assert entries[0].text() == "Select OCR error: read “soon”"
    entries[1].trigger()
    assert hands.window.selection.is_selected("claim", ids["d"])
    menu.close()


# -- coming and going -------------------------------------------------------------------------------------------


def test_it_comes_when_the_pointer_rests(hands, ids, card, qtbot):
    start, _ = hands.place("Nobody")
    QTest.mouseMove(hands.view.viewport(), hands.at(start))
    QTest.mouseMove(hands.view.viewport(), hands.at(hands.place("told")[0] + 1))
    qtbot.waitUntil(card.isVisible)
    assert card.accessibleName().startswith("Claim") or card.accessibleName().startswith("Cue")


def test_it_goes_with_the_pointer_but_can_be_reached(hands, ids, card, qtbot):
    port = hands.view.viewport()
    point = rest(hands, "meet Putin")
    QTest.mouseMove(port, point + QPoint(3, 0))
    grace = hands.window.pane.hovering.grace
    assert not grace.isActive()
    QTest.mouseMove(port, hands.at(hands.place("Nobody")[0]))
    assert card.isVisible()
    assert grace.isActive()
    card.entered.emit()
    assert not grace.isActive()
    card.left.emit()
    qtbot.waitUntil(lambda: not card.isVisible())


@pytest.mark.parametrize("end", ["key", "scroll", "press", "selection"])
def test_it_goes_when_something_else_happens(hands, ids, card, end):
    hands.window.resize(1000, 330)
    QApplication.processEvents()
    rest(hands, "meet Putin")
    assert card.isVisible()
    if end == "key":
        QTest.keyClick(hands.view, Qt.Key.Key_Right)
    elif end == "scroll":
        hands.view.verticalScrollBar().setValue(hands.view.verticalScrollBar().value() + 3)
    elif end == "press":
        QTest.mousePress(hands.view.viewport(), LEFT, PLAIN, hands.at(0))
    else:
        hands.window.selection.select("claim", ids["e"], reveal=False)
    assert not card.isVisible()


def test_a_key_shows_and_hides_the_card_of_the_selection(hands, ids, card):
    hands.window.selection.select("claim", ids["d"])
    for visible in (True, False, True):
        QTest.keyClick(hands.view, "e")
        assert card.isVisible() is visible
    assert card.accessibleName().startswith("Claim 4 by Donald Trump")
    run = hands.view.place_of(ids["d"])
    place = QRect(hands.view.viewport().mapToGlobal(run.topLeft()), run.size())
    assert not card.geometry().intersects(place)
    QTest.keyClick(hands.view, Qt.Key.Key_Escape)
    assert not card.isVisible()
    assert hands.window.selection.is_selected("claim", ids["d"])  # Escape has only closed the card
    QTest.keyClick(hands.view, Qt.Key.Key_Escape)
    assert hands.window.selection.id is None


def test_the_key_tells_what_lies_under_the_caret(hands, ids, card):
    hands.to_article()
    hands.view.set_caret(hands.place("told")[0] + 2)
    QTest.keyClick(hands.view, "e")
    assert card.accessibleName().startswith("Cue of claim 3")
    QTest.keyClick(hands.view, "e")
    hands.view.set_caret(hands.place("Nobody")[0] + 2)
    QTest.keyClick(hands.view, "e")
    assert not card.isVisible()
    assert "Nothing is marked here" in hands.window.status.selected.text()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("corner", ["topLeft", "topRight", "bottomLeft", "bottomRight"])
def test_it_never_leaves_the_screen(hands, ids, card, corner, theme):
    screen = hands.window.screen().availableGeometry()
    cards = Cards(hands.ws, hands.store.outline)
    shown = [cards.card(ids[name]) for name in "abcdef"]
    spot = getattr(screen, corner)()
    card.tell(shown, ids["f"], QRect(spot, spot), theme)
    assert screen.contains(card.geometry())
    assert not card.grab().isNull()


def test_a_modifier_alone_keeps_it(hands, ids, card):
    rest(hands, "meet Putin")
    press = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Shift, PLAIN)
    QApplication.sendEvent(hands.view, press)
    assert card.isVisible()

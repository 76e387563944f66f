"""Whatever the text and the window are, the view shows them."""

from __future__ import annotations

import gc
import random
import sys

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QFontInfo, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from view_samples import ARTICLE, Hand, claim, put, segments_of, span

from annotator.model import Segment
from annotator.text.sentences import sentence_around
from ui.fonts import reading_font, ui_font
from ui.text.marks import Mark

ODD = [
    "",
    " ",
    "\n",
    "\n\n\n",
    "\u2028",
    "\ufdd0\ufdd1",
    "a",
    "\U0001f600",
    "\u0301",
    "a\r\nb\rc",
    "\ufffc\ufeff",
    "\n\n\nx\n\n\n",
]


@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_odd_texts(view, text):
    marks = [claim("a", (0, len(text))), Mark("x", "correction", ((0, 0),), replacement="new")]
    view.show_article(text, [Segment("body", 0, len(text))] if text else [], marks)
    view.select_mark("a", reveal=True)
    view.grab()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_PageDown, Qt.Key.Key_Left, Qt.Key.Key_Up):
        QTest.keyClick(view, key)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, 40))
    view.selectAll()
    start, end = view.selected_range()
    assert 0 <= start <= end <= len(text)
    assert view.createMimeDataFromSelection().text() == text[start:end]


@pytest.mark.parametrize("width", [0, 1, 30, 2500])
def test_any_width(shown, width):
    put(shown, [claim("a", span("would resume")), Mark("x", "correction", (span("Twe"),), replacement="y" * 500)])
    shown.resize(QSize(width, 300))
    shown.grab()
    shown.set_caret(len(ARTICLE))
    shown.resize(QSize(850, 700))
    assert shown.caret() == len(ARTICLE)


def test_right_to_left_paragraphs_start_at_the_right(view):
    text = "قال وزير الخارجية إن ترامب (Washington) دعا بوتين.\n\nLatin text."
    view.show_article(text, segments_of(text), [claim("a", span("ترامب (Washington", text))])
    hand = Hand(view)
    hand.drag(hand.at(span("وزير", text)[0]) - QPoint(4, 0), hand.at(span("الخارجية", text)[1]) + QPoint(2, 0))
    start, end = view.selected_range()
    assert text[start:end].strip() == "وزير الخارجية"
    assert hand.at(0).x() > view.article_layout.left + view.article_layout.measure - 30
    point = hand.at(span("ترامب", text)[0]).toPointF() - QPointF(8, 0)
    assert view.marks_at(point) == ("a",)


def big_text(paragraph: int) -> str:
    words = ("the agency reported that an invitation was made formal yesterday in Moscow " * 2).split()
    chance = random.Random(7)
    rows = [" ".join(chance.choice(words) for _ in range(paragraph)) for _ in range(160_000 // paragraph)]
    return "\n\n".join(rows)


def many_marks(text: str, count: int) -> list[Mark]:
    chance = random.Random(1)
    starts = [chance.randrange(len(text) - 200) for _ in range(count)]
    return [claim(f"m{i}", (s, s + chance.randrange(10, 160))) for i, s in enumerate(starts)]


@pytest.mark.parametrize("paragraph", [70, 160_000], ids=["paragraphs", "one paragraph"])
def test_of_a_megabyte_with_ten_thousand_marks_only_what_is_seen_is_laid_out(view, looks, paragraph):
    """What makes it quick; benchmarks/article_view.py says how quick."""
    text = big_text(paragraph)
    marks = many_marks(text, 10_000)
    looks.numbers = {mark.id: number for number, mark in enumerate(marks)}
    assert len(text) > 990_000
    view.show_article(text, [Segment("body", 0, len(text))] if paragraph > 70 else segments_of(text), marks)

    def laid_out() -> int:
        document = view.document()
        blocks = (document.findBlockByNumber(number) for number in range(document.blockCount()))
        return sum(1 for block in blocks if block.layout().lineCount())

    screenful = 40
    assert view.document().blockCount() > 5 * screenful
    view.viewport().repaint()
    assert 0 < laid_out() <= screenful
    view.update_marks([claim("new", (100, 200))])
    view.viewport().repaint()
    assert laid_out() <= screenful
    view.set_caret(len(text) // 2)
    view.viewport().repaint()
    assert laid_out() <= 2 * screenful
    assert view.caret() == len(text) // 2


def test_the_place_stays_while_heights_settle(view, qtbot):
    text = big_text(70)
    view.show_article(text, segments_of(text), [])
    middle = text.index("\n\n", len(text) // 2) + 2
    view.select_mark(None)
    view.set_caret(middle)
    view.viewport().repaint()
    bar = view.verticalScrollBar()

    def on_screen() -> float:
        return view.article_layout.caret(view.scene.map.position(middle)).top - bar.value()

    before = on_screen()
    with qtbot.waitSignal(view.article_layout.settled, timeout=20_000):
        pass
    assert on_screen() == pytest.approx(before, abs=2)
    first = top_offset(view)
    view.resize(600, 700)
    view.viewport().repaint()
    assert abs(top_offset(view) - first) < 150


def top_offset(view) -> int:
    """The source offset of what stands at the top of the window."""
    point = QPointF(view.article_layout.left, view.verticalScrollBar().value())
    return view.scene.map.offset(view.article_layout.hitTest(point, Qt.HitTestAccuracy.FuzzyHit))


def test_a_replaced_document_leaves_nothing_behind(view, qtbot):
    """What is kept of an old document must not outlive Qt's part of it."""
    text = big_text(70)[:60_000]
    for _ in range(5):
        view.show_article(text, segments_of(text), many_marks(text, 50))
        view.viewport().repaint()
        with qtbot.waitSignal(view.article_layout.settled, timeout=20_000):
            pass
        old = view.document()
        with qtbot.waitSignal(old.destroyed):
            view.show_article(ARTICLE, segments_of(ARTICLE), [])
        gc.collect()
        view.viewport().repaint()


def test_zoom_keeps_the_place_and_caret(shown):
    shown.resize(850, 200)
    shown.set_caret(span("denied")[0])
    before = shown.article_layout.caret(shown.textCursor().position())
    shown.set_zoom(1.5)
    after = shown.article_layout.caret(shown.textCursor().position())
    assert shown.zoom() == 1.5
    assert shown.caret() == span("denied")[0]
    assert after.bottom - after.top == pytest.approx((before.bottom - before.top) * 1.5, rel=0.1)


def test_the_wheel_zooms_with_ctrl_and_scrolls_without(shown, qtbot):
    def turn(modifier) -> None:
        centre = QPointF(shown.viewport().rect().center())
        event = QWheelEvent(
            centre,
            centre,
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            modifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(shown.viewport(), event)

    shown.resize(850, 200)
    with qtbot.waitSignal(shown.zoom_requested) as caught:
        turn(Qt.KeyboardModifier.ControlModifier)
    assert caught.args == [-1]
    assert shown.verticalScrollBar().value() == 0
    turn(Qt.KeyboardModifier.NoModifier)
    assert shown.verticalScrollBar().value() > 0


def test_painting_keeps_no_references(shown):
    put(shown, [claim("a", span("would resume"))])
    shown.select_mark("a")
    for _ in range(50):
        shown.viewport().repaint()
    before = sys.getrefcount(None)
    for _ in range(300):
        shown.viewport().repaint()
    assert sys.getrefcount(None) - before < 100


def test_bundled_fonts_are_used(fonts):
    assert QFontInfo(ui_font(13)).family() == "Inter"
    assert QFontInfo(reading_font(17)).family() == "Source Serif 4"


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("spokesman", "Mr. J. Smith, a U.S. spokesman, denied it."),
        ("known", "Nothing else is known!"),
        ("hope", '"We hope so."'),
        ("Then", "Then it\nstopped"),
        ("Next", "Next paragraph."),
    ],
)
def test_sentences(place, sentence):
    text = (
        "Mr. J. Smith, a U.S. spokesman, denied it. Nothing else is known! "
        '"We hope so." Then it\nstopped\n\nNext paragraph.'
    )
    assert text[slice(*sentence_around(text, text.index(place) + 1))] == sentence


def test_a_scroll_bar_that_comes_or_goes_breaks_no_line_otherwise(view, qtbot):
    """Else an article that fits the window only without it would be laid out with and without it for ever."""
    view.resize(400, 300)
    view.show_article("Short.", segments_of("Short."), [])
    qtbot.waitUntil(lambda: not view.verticalScrollBar().isVisible())
    layout = view.article_layout
    before = layout.measure, layout.left
    text = "Long enough to be scrolled. " * 200
    view.show_article(text, segments_of(text), [])
    qtbot.waitUntil(view.verticalScrollBar().isVisible)
    assert (view.article_layout.measure, view.article_layout.left) == before

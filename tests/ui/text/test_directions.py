"""Text that runs in both directions: boxes, carets and clicks are where the glyphs are painted.

The truth is the ink: every cluster is painted by itself, from Qt's glyphs, and looked for on the picture.
"""

from __future__ import annotations

from itertools import accumulate

import pytest
import regex
from effort import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPainter, QTextLine
from PySide6.QtTest import QTest
from view_samples import segments_of

from annotator.model import Segment
from ui.text.frame import Frame
from ui.text.marks import Mark
from ui.text.selected import handles

WORDS = ["קال ", "قال ", "شركة ", "Jon Varde", "Fyrlin ", "25 ", "12", "(", ")", '"', "، ", ", ", "שלום "]
WORDS += ["\u200fلام ", "e\u0301 ", "\U0001f600 ", "漢字", "- ", "وزير", "a", "\u202bab\u202c "]
MIXED = st.lists(st.sampled_from(WORDS), min_size=2, max_size=16).map("".join).filter(str.strip)
FEW = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(10), deadline=None)
ORIGIN = QPointF(60, 60)
INSERTED = "قالت شركة Fyrlin إن المنارة القديمة في كرسهولم ستعمل من جديد في الشهر المقبل."


def show(view, text: str, marks: list[Mark], width: int = 850) -> None:
    view.resize(width, 700)
    view.show_article(text, [Segment("body", 0, len(text))], marks)


def lines_of(view):
    return view.article_layout.lines(view.document().begin(), 0)


def clusters(text: str) -> list[tuple[int, int, str]]:
    """The visible clusters of a text without line ends, in UTF-16 units; a ligature, which is painted whole, is one."""
    pieces = regex.findall(r"لا|\X", text)
    edges = accumulate((len(piece.encode("utf-16-le")) // 2 for piece in pieces), initial=0)
    starts = list(edges)
    return [(a, b, piece) for a, b, piece in zip(starts, starts[1:], pieces, strict=False) if piece.strip()]


def ink(line: QTextLine, start: int, end: int) -> tuple[float, float] | None:
    """From where to where the glyphs of these units blacken the picture of a line."""
    rect = line.naturalTextRect()
    image = QImage(int(rect.right()) + 150, int(rect.bottom()) + 150, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    for run in line.glyphRuns(start, end - start):
        painter.drawGlyphRun(ORIGIN, run)
    painter.end()
    pixels, wide = bytes(image.constBits()), image.bytesPerLine()
    rows = (pixels[y * wide : y * wide + image.width()] for y in range(image.height()))
    black = {x for row in rows if row.count(255) != len(row) for x, value in enumerate(row) if value < 160}
    return (min(black) - ORIGIN.x(), max(black) + 1 - ORIGIN.x()) if black else None


@FEW
@given(text=MIXED, zoom=st.sampled_from([1.0, 2.0]), width=st.sampled_from([330, 520, 850]))
def test_every_box_holds_the_ink_of_its_character_and_the_edges_are_those_of_the_box(view, text, zoom, width):
    view.set_zoom(zoom)
    show(view, text, [], width)
    lines = lines_of(view)
    for start, end, piece in clusters(text):
        found = ink(lines.layout.lineForTextPosition(start), start, end)
        runs = lines.runs(start, end)
        if found is None:
            continue
        assert len(runs) == 1, (piece, runs)
        run, (left, right) = runs[0], found
        assert run.left - 3 * zoom <= left < right <= run.right + 3 * zoom, (piece, found, run)
        edges = {lines.caret(start).left, lines.caret(end, trailing=True).left}
        assert edges == {run.left, run.right}, piece


@FEW
@given(text=MIXED, width=st.sampled_from([330, 520, 850]), data=st.data())
def test_a_click_puts_the_caret_at_the_edge_it_is_nearest_to(view, text, width, data):
    show(view, text, [], width)
    lines, layout = lines_of(view), view.article_layout
    start, end, _ = data.draw(st.sampled_from(clusters(text)))
    for run in lines.runs(start, end):
        for edge, inside in ((run.left, 1), (run.right, -1)):
            if run.right - run.left < 5:
                continue
            point = QPointF(layout.left + edge + inside, layout.top(0) + run.middle)
            QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point.toPoint())
            caret = layout.caret(*view.spot())
            assert abs(caret.left - layout.left - edge) < 1.5
            assert caret.top == layout.top(0) + run.top
            assert view.textCursor().position() in (start, end)


@pytest.mark.parametrize("name", ["Fyrlin", "شركة"])
@pytest.mark.parametrize("width", range(300, 520, 12))
def test_handles_stand_at_the_ends_of_a_name_wherever_its_line_is_broken(view, name, width):
    start = INSERTED.index(name)
    show(view, INSERTED, [Mark("a", "mention", ((start, start + len(name)),))], width)
    view.select_mark("a")
    frame = Frame(view.article_layout, view.scene, 0, 700)
    (item,) = frame.items
    (run,) = item.runs
    edges = [handle.run.left for handle in handles(frame)]
    assert edges == ([run.left, run.right] if name == "Fyrlin" else [run.right, run.left])
    for handle, inward in zip(handles(frame), (1, -1) if name == "Fyrlin" else (-1, 1), strict=True):
        assert (handle.knob.x() - handle.run.left) * inward < 0, "knobs stand outside of the words"


def test_the_end_of_a_line_without_a_blank_is_behind_its_last_character(view):
    text = "俄罗斯外交部长拉夫罗夫说，美国总统特朗普在电话中邀请普京访问美国，" * 6
    view.show_article(text, segments_of(text), [])
    line = lines_of(view).layout.lineAt(1)
    start, end = line.textStart(), line.textStart() + line.textLength()
    first, last = view.article_layout.caret(start), view.article_layout.caret(end, trailing=True)
    view.set_caret(start + 5)
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.caret() == end
    assert view.article_layout.caret(*view.spot()) == last
    image = view.viewport().grab().toImage()
    column = {image.pixelColor(round(last.left), y).name() for y in range(round(last.top) + 2, round(last.bottom) - 2)}
    assert column == {view.scene.theme.accent.lower()}, "there it is painted"
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert (view.caret(), view.article_layout.caret(*view.spot())) == (start, first)
    QTest.keyClick(view, Qt.Key.Key_End)
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.caret() == end
    assert view.article_layout.caret(*view.spot()).top > last.top, "by letters it comes to the next line"
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(round(last.left) + 40, round(last.middle)))
    assert view.caret() == end
    assert view.article_layout.caret(*view.spot()) == last
    QTest.keyClick(view, Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_range() == (start, end)


@settings(parent=FEW, max_examples=examples(20))
@given(text=MIXED, width=st.sampled_from([330, 420, 850]), data=st.data())
def test_a_replacement_stands_beside_the_struck_words_on_no_other_and_inside_the_page(view, text, width, data):
    places = clusters(text)
    first = data.draw(st.integers(0, len(places) - 1))
    last = data.draw(st.integers(first, min(len(places) - 1, first + 6)))
    codes = {
        unit: len(text.encode("utf-16-le")[: 2 * unit].decode("utf-16-le")) for place in places for unit in place[:2]
    }
    part = codes[places[first][0]], codes[places[last][1]]
    show(
        view, text, [Mark("x", "correction", (part,), replacement=data.draw(st.sampled_from(["neu", "חדש 12"])))], width
    )
    lines, layout = lines_of(view), view.article_layout
    block = view.document().begin()
    ((_, box),) = layout.gap_boxes(block, 0)
    box.translate(-layout.left, -layout.top(0))
    assert box.left() >= -1
    assert box.right() <= layout.measure + 1
    for start, end, piece in places:
        found = ink(lines.layout.lineForTextPosition(start), start, end)
        if found and lines.caret(start).top == box.top():
            assert found[1] <= box.left() + 3.5 or found[0] >= box.right() - 3.5, (piece, found, box)


def test_a_date_in_an_arabic_article_stands_on_the_right_and_in_an_english_one_on_the_left(view):
    for words, backwards in (("قال الوزير", True), ("He said", False)):
        text = f"{words}\n\n2026-01-11\n\n{words}"
        view.show_article(text, segments_of(text), [])
        start = text.index("2026")
        run, end = view.article_layout.caret(start), view.article_layout.caret(start + 10, trailing=True)
        margin = view.article_layout.left + (view.article_layout.measure if backwards else 0)
        assert (end if backwards else run).left == pytest.approx(margin, abs=1)
        assert run.left < end.left, "its digits read as ever"

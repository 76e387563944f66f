"""Offsets hold whatever the text holds: source code points to Qt's positions and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from annotator.model import Segment
from annotator.text.anchors import snap
from annotator.text.corrected import PieceMap, Replacement
from ui.text.document import LONG, DisplayMap

ODD = "\n\n  \t\r\x0b\x0c\x85\xa0\u2028\u2029\ufdd0\ufdd1\ufeff\ufffc\uffff\u200d\u0301\U0001f600\U00020000שלام漢a.é"
texts = st.text(st.one_of(st.sampled_from(ODD), st.characters()), max_size=80)


@st.composite
def displays(draw):
    """A text with segments and corrections, shown as source or as corrected."""
    text = draw(texts)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    segments = [Segment("body", a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if a < b]
    if not draw(st.booleans()):
        return DisplayMap(text, segments)
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    changes = [Replacement(a, b, draw(texts), f"x{a}") for a, b in zip(edges[::2], edges[1::2], strict=False)]
    return DisplayMap(text, segments, PieceMap(text, changes))


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(displays())
def test_qt_takes_the_text_as_it_is(qapp, display):
    """One character for one, and nothing for Qt to alter: blocks and lengths are what the map says."""
    assert len(display.text) == len(display.base)
    assert units(display.text) == units(display.base) == display.length
    document = QTextDocument()
    document.setPlainText(display.text)
    assert document.characterCount() == display.length + 1
    assert document.blockCount() == len(display.paragraphs)
    block = document.begin()
    for number in range(len(display.paragraphs)):
        assert block.text() == display.block_text(number)
        block = block.next()


@given(displays(), st.data())
def test_a_caret_comes_back_to_its_offset(display, data):
    offset = data.draw(st.integers(0, len(display.source)))
    position = display.position(offset)
    assert 0 <= position <= display.length
    if not display.corrected:
        assert display.offset(position) == offset


@given(displays(), st.data())
def test_a_span_comes_back_widened_to_clusters(display, data):
    if display.corrected:
        return
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(display.source))] * 2)))
    placed = display.place(start, end)
    assert placed is not None
    found = display.source_range(*placed)
    whole = snap(display.source, start, end)
    assert found == whole or _only_line_ends(display, whole, found)


def _only_line_ends(display, whole, found) -> bool:
    """Inside collapsed empty lines there is no place to select: the blanks there fall off."""
    start, end = found
    rest = display.source[whole[0] : start] + display.source[end : whole[1]]
    return whole[0] <= start <= end <= whole[1] and rest.isspace()


@given(displays(), st.data())
def test_any_corrected_range_has_a_source_range(display, data):
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, display.length)] * 2)))
    low, high = display.source_range(start, end)
    assert 0 <= low <= high <= len(display.source)
    if low < high:
        assert snap(display.source, low, high) == (low, high)


def test_a_corrected_cluster_is_never_cut():
    """Behind a correction the accent of the source joins the letter before it: both are selected."""
    pieces = PieceMap("ab\u0301c", [Replacement(1, 2, "x ", "a")])
    display = DisplayMap("ab\u0301c", [], pieces)
    assert display.text == "ax \u0301c"
    assert display.source_range(2, 4) == (1, 3)
    assert display.source_range(1, 2) == (1, 3)


def test_a_selection_leaves_collapsed_lines_out():
    display = DisplayMap("one\n\n\ntwo")
    assert display.source_range(0, 4) == (0, 3)
    assert display.source_range(4, 9) == (6, 9)
    assert display.source_range(1, 8) == (1, 8)


@given(displays(), st.data())
def test_the_caret_rests_outside_collapsed_lines(display, data):
    position = data.draw(st.integers(0, display.length))
    rest = display.rest(position)
    assert display.rest(rest) == rest
    onward = display.rest(position, rest)
    assert display.rest(onward) == onward
    assert onward >= rest


def test_hard_wraps_become_blanks_and_empty_lines_one_break():
    text = "Title\nwrapped\n\n\n  Body one\nbody two.\n"
    segments = [Segment("headline", 0, 13), Segment("body", 18, len(text) - 1)]
    display = DisplayMap(text, segments)
    assert display.text == "Title wrapped  \n  Body one body two. "
    assert [p.kind for p in display.paragraphs] == ["headline", "body"]


def test_lines_outside_segments_keep_their_ends():
    assert DisplayMap("one\ntwo\n\nthree").text == "one\ntwo \nthree"


def test_a_very_long_paragraph_is_cut_at_blanks():
    text = "word " * 4000
    display = DisplayMap(text, [Segment("body", 0, len(text))])
    assert max(p.length for p in display.paragraphs) <= LONG
    assert [p.continues for p in display.paragraphs] == [True] * (len(display.paragraphs) - 1) + [False]
    assert display.text.replace("\n", " ") == text


def test_corrected_places():
    text = "Twould go on. Extra words."
    pieces = PieceMap(text, [Replacement(0, 6, "I would", "a"), Replacement(13, 26, "", "b")])
    display = DisplayMap(text, [], pieces)
    assert display.text == "I would go on."
    assert display.place(0, 6) == (0, 7)
    assert display.place(14, 19) is None
    assert display.place(13, 26) == (14, 14)
    assert display.source_range(2, 3) == (0, 6)
    assert display.source_range(8, 10) == (7, 9)
    assert display.offset(display.position(7)) == 7

"""For any text: what the mouse selects, where a span is painted, and what is hit there.

Where characters stand is asked of Qt's own lines, cluster by cluster, and code points are counted anew: nothing here
goes through the view's own geometry or its map of offsets.
"""

from __future__ import annotations

import unicodedata
from itertools import accumulate, pairwise
from typing import NamedTuple

import pytest
import regex
from effort import examples
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QColor
from view_samples import Hand

from annotator.model import Segment
from annotator.text.corrected import PieceMap, Replacement
from ui.text.frame import Frame
from ui.text.marks import Mark
from ui.theme import LIGHT

LEFT_TO_RIGHT = ["word ", "a", "two\nlines ", "\U0001f600", "\U00020001\U00020002", "e\u0301 ", "q\u0323\u0307", "漢字"]
LEFT_TO_RIGHT += [
    "かな",
    "👩‍👩‍👧",
    "🇩🇪",
    "한국 ",
    "ไทย ",
    "\xa0",
    "\u2028",
    "\r\n",
    "\n\n",
    "“, ”",
    "\u200b",
    "ﬁ",
    "\U0001d11e",
]
BOTH_WAYS = [*LEFT_TO_RIGHT, "שלום ", "عربي ", "אב12 ", "لا", "\u200f", "(אב) "]
FEW = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(20), deadline=None)


def texts(words: list[str], least: int = 1):
    return st.lists(st.sampled_from(words), min_size=least, max_size=40).map("".join)


class Cluster(NamedTuple):
    """One grapheme cluster of the text on show, and where Qt's line has it."""

    start: int
    end: int
    words: str
    box: QRectF
    sure: bool
    """Whether Qt says so itself: where the direction turns, it answers for a neighbour, or the one after that."""


LIGATURES = regex.compile("\u0644[\u0622\u0623\u0625\u0627]")
"""Lam and alef, which are one glyph: each moves what Qt says where the direction turns by one letter more."""


def clusters(view, text: str) -> list[Cluster]:
    """The clusters that take up room, with their places in the document."""
    found = []
    pieces = regex.findall(r"\X", text)
    offsets = list(accumulate((len(piece) for piece in pieces), initial=0))
    units = list(accumulate((len(piece.encode("utf-16-le")) // 2 for piece in pieces), initial=0))
    for index, piece in enumerate(pieces):
        low, high = units[index], units[index + 1]
        block = view.document().findBlock(low)
        origin = view.article_layout.blockBoundingRect(block).topLeft()
        line = block.layout().lineForTextPosition(low - block.position())
        last = block.position() + line.textStart() + line.textLength() if line.isValid() else -1
        if not block.position() <= low < high <= last:
            continue
        left, right = sorted(line.cursorToX(unit - block.position())[0] for unit in (low, high))
        if right - left > 0.5 and (not is_blank(piece) or right <= line.naturalTextRect().right() + 1):
            box = QRectF(origin.x() + left, origin.y() + line.y(), right - left, line.height())
            inside = block.position() + line.textStart() < low and high < last
            reach = 2 + len(LIGATURES.findall(block.text()))
            sure = one_way(block.text()) or (
                inside and one_way("".join(pieces[max(0, index - reach) : index + reach + 1]), "R", "AL")
            )
            found.append(Cluster(offsets[index], offsets[index + 1], piece, box, sure))
    return found


def one_way(text: str, *strong: str) -> bool:
    """Whether all characters run left to right; with ``strong`` whether all are of these bidi classes."""
    classes = {unicodedata.bidirectional(c) for c in text if not unicodedata.combining(c)}
    return classes <= set(strong) if strong else not classes & {"R", "AL", "AN", "RLE", "RLO", "RLI"}


def show(view, text: str, marks: list[Mark], pieces: PieceMap | None = None) -> None:
    segments = [Segment("body", 0, len(text))]
    view.show_article(text, segments, marks, pieces)
    view.article_layout.settle(0, 1e6)
    view.article_layout.announce()
    view.verticalScrollBar().setValue(0)


def whole(view) -> Frame:
    return Frame(view.article_layout, view.scene, 0, view.article_layout.documentSize().height())


def runs_of(view, mark_id: str):
    return [run for item in whole(view).items if item.placed.mark.id == mark_id for run in item.runs]


def is_blank(words: str) -> bool:
    return not words.strip("\u200b\u200f\r") or words.isspace()


def draw_span(data, text: str) -> tuple[int, int]:
    """A span of whole clusters."""
    edges = [0, *accumulate(len(piece) for piece in regex.findall(r"\X", text))]
    first = data.draw(st.integers(0, len(edges) - 2))
    return edges[first], edges[data.draw(st.integers(first + 1, len(edges) - 1))]


# ---- selection


@FEW
@given(text=texts(LEFT_TO_RIGHT), data=st.data())
def test_a_drag_from_a_character_to_another_selects_their_code_points(view, text, data):
    show(view, text, [])
    seen = [c for c in clusters(view, text) if not is_blank(c.words) and c.box.bottom() < view.viewport().height()]
    assume(seen)
    first = data.draw(st.integers(0, len(seen) - 1))
    last = data.draw(st.integers(first, len(seen) - 1))
    begin, end = seen[first], seen[last]
    Hand(view).drag(edge_of(begin, leading=True), edge_of(end, leading=False))
    assert view.selected_range() == (begin.start, end.end)
    start, stop = view.selected_range()
    assert view.createMimeDataFromSelection().text() == text[start:stop]


def edge_of(cluster: Cluster, *, leading: bool) -> QPoint:
    """A point just inside a cluster, at its beginning or at its end."""
    inset = min(cluster.box.width() / 4, 2.0)
    x = cluster.box.left() + inset if leading else cluster.box.right() - inset
    return QPointF(x, cluster.box.center().y()).toPoint()


# ---- painting


@FEW
@given(text=texts(BOTH_WAYS), data=st.data())
def test_a_span_is_painted_where_its_characters_stand(view, text, data):
    start, end = draw_span(data, text)
    show(view, text, [Mark("a", "claim", ((start, end),))])
    runs = runs_of(view, "a")
    mine = [c for c in clusters(view, text) if start <= c.start and c.end <= end]
    for cluster in mine:
        if cluster.sure and not is_blank(cluster.words):
            across = [r for r in runs if r.top < cluster.box.center().y() < r.bottom]
            assert covers(across, cluster.box.left(), cluster.box.right()), cluster
    for run in runs if one_way(text) else ():
        boxes = [c.box for c in mine if run.top < c.box.center().y() < run.bottom]
        stretches = sorted((box.left(), box.right()) for box in boxes)
        assert joined(stretches, run.left, run.right), run


def covers(runs, left: float, right: float) -> bool:
    return any(run.left - 1 <= left and right <= run.right + 1 for run in runs)


def joined(stretches, left: float, right: float) -> bool:
    """Whether these stretches, side by side, reach from left to right, within a pixel."""
    reached = left
    for low, high in stretches:
        if low <= reached + 1.2 and high > reached:
            reached = high
    return reached >= right - 1.2


@settings(parent=FEW, max_examples=examples(10))
@given(text=texts(BOTH_WAYS), data=st.data())
def test_the_underline_is_on_the_screen_below_each_character_of_a_span_and_below_no_other(view, text, data):
    start, end = draw_span(data, text)
    show(view, text, [Mark("a", "claim", ((start, end),))])
    placed, shown = view.scene.index.get("a"), whole(view)
    assume(placed is not None)
    image, colour = view.viewport().grab().toImage(), QColor(LIGHT.lines[0])
    everyone = clusters(view, text)
    for cluster in everyone:
        run = shown.layout.caret(len(text[: cluster.start].encode("utf-16-le")) // 2)
        point = QPointF(cluster.box.center().x(), shown.lane_y(run, placed.lane)).toPoint()
        if not image.rect().contains(point) or is_blank(cluster.words) or cluster.box.width() < 4 or not cluster.sure:
            continue
        mine = start <= cluster.start < end
        around = cluster.box.adjusted(-2, 0, 2, 0)
        if not any(c.box.intersects(around) for c in everyone if (start <= c.start < end) != mine):
            assert is_like(image.pixelColor(point), colour) == mine, (cluster, image.pixelColor(point).name())


def is_like(one: QColor, other: QColor) -> bool:
    return max(abs(a - b) for a, b in zip(one.getRgb(), other.getRgb(), strict=True)) <= 90


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("שab", "abש"),
        ("abשגd", "abגשd"),
        ("x שלום y", "x םולש y"),
        ("אב12 ab", "ab 12בא"),
        ("x אב12גד y", "x דג12בא y"),
        ("ab😀😀של e\u0301", "ab😀😀לש e\u0301"),
        ("ש😀𠀁", "𠀁😀ש"),
    ],
)
def test_where_the_direction_turns_each_character_is_painted_once(view, text, order):
    """Side by side, in the order of the eye; so they fill the line."""
    pieces = regex.findall(r"\X", text)
    edges = list(accumulate((len(piece) for piece in pieces), initial=0))
    show(view, text, [Mark(str(i), "claim", (tuple(edges[i : i + 2]),)) for i in range(len(pieces))])
    places = {i: runs_of(view, str(i)) for i in range(len(pieces))}
    assert all(len(runs) == 1 for runs in places.values()), places
    by_eye = sorted(places, key=lambda i: places[i][0].left)
    assert "".join(pieces[i] for i in by_eye) == order
    for one, other in pairwise(by_eye):
        assert places[one][0].right == pytest.approx(places[other][0].left, abs=1)


# ---- hits


@FEW
@given(text=texts(BOTH_WAYS, 3), data=st.data())
@pytest.mark.parametrize("mode", ["source", "corrected"])
def test_whatever_is_painted_is_hit_there(view, mode, text, data):
    fixes = draw_fixes(data, text)
    marks = [Mark(f"x{s}", "correction", ((s, e),), replacement=new) for s, e, new in fixes]
    kinds = st.sampled_from(["claim", "mention", "cue"])
    marks += [Mark(f"m{i}", data.draw(kinds), (draw_span(data, text),)) for i in range(3)]
    pieces = PieceMap(text, [Replacement(s, e, new, f"x{s}") for s, e, new in fixes])
    show(view, text, marks, pieces if mode == "corrected" else None)
    places: list[tuple[str, QPointF]] = []
    for item in whole(view).items:
        for run in item.runs:
            across = data.draw(st.floats(0.02, 0.98))
            places.append((item.placed.mark.id, QPointF(run.left + across * (run.right - run.left), run.middle)))
    for block, number in whole(view).blocks:
        places += [(gap.mark_id, box.center()) for gap, box in view.article_layout.gap_boxes(block, number) if gap.text]
    for mark_id, point in places:
        assert mark_id in view.marks_at(point), (mark_id, point)


def draw_fixes(data, text: str) -> list[tuple[int, int, str]]:
    """Up to three corrections that do not meet."""
    found: list[tuple[int, int, str]] = []
    for _ in range(data.draw(st.integers(0, 3))):
        start, end = draw_span(data, text)
        if all(end < s or start > e for s, e, _ in found):
            found.append((start, end, data.draw(st.sampled_from(["", "new", "两", "שלום", "\U0001f600"]))))
    return sorted(found)


@FEW
@given(text=texts(BOTH_WAYS, 3), data=st.data())
def test_nothing_is_hit_beside_a_span(view, text, data):
    start, end = draw_span(data, text)
    show(view, text, [Mark("a", "claim", ((start, end),))])
    for cluster in clusters(view, text):
        if not cluster.sure:
            continue
        centre = cluster.box.center()
        inside = any(
            r.left < centre.x() < r.right and r.top - 3 < centre.y() < r.bottom + 5 for r in runs_of(view, "a")
        )
        if cluster.box.width() > 6 or inside:  # a hand is not that steady
            assert view.marks_at(centre) == (("a",) if inside else ())
        if start <= cluster.start < end and not is_blank(cluster.words):
            assert inside

"""Marks and matches are placed when they are asked for: the answers are those of looking at all of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from view_samples import Looks

from annotator.text.corrected import PieceMap, Replacement
from ui.text.document import DisplayMap
from ui.text.marks import Mark, Placed, assign_lanes
from ui.text.scene import Scene
from ui.text.shelf import Shelf
from ui.text.typography import Typography
from ui.theme import LIGHT

pytestmark = pytest.mark.usefixtures("qapp")  # fonts need an application
WORDS = st.lists(st.sampled_from(["some words ", "ab", "\U0001f600", "\n\n", "x" * 300]), max_size=12).map("".join)


@st.composite
def cases(draw):
    """A scene of a source or a corrected text, the marks to show, and a few changes of them."""
    text = draw(WORDS)
    offsets = st.integers(0, len(text))
    cuts = sorted(draw(st.sets(offsets, max_size=8)))
    new = st.sampled_from(["", "Y", "more words than before "])
    changes = [Replacement(a, b, draw(new), f"x{a}") for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    pieces = PieceMap(text, changes) if draw(st.booleans()) else None
    scene = Scene(LIGHT, DisplayMap(text, (), pieces), Typography(), Looks())

    def mark(number: int) -> Mark:
        kind = draw(st.sampled_from(["claim", "claim", "mention"]))
        ends = sorted(draw(st.sets(offsets, min_size=2, max_size=6))) if text else []
        return Mark(f"m{number}", kind, tuple(zip(ends[::2], ends[1::2], strict=False)))

    marks = [mark(number) for number in range(draw(st.integers(0, 10)))]
    marks += [Mark(c.correction_id, "correction", ((c.start, c.end),), replacement=c.text) for c in changes]
    later = [mark(number) for number in draw(st.lists(st.integers(0, 12), max_size=4, unique=True))]
    gone = draw(st.lists(st.sampled_from(marks), max_size=3)) if marks else []
    return scene, marks, later, [m.id for m in gone if m.id not in {new.id for new in later}]


def asked(draw, scene):
    start = draw(st.integers(0, scene.map.length))
    return start, draw(st.integers(start, scene.map.length))


def whole(scene, marks):
    """Every mark placed, with its lane."""
    placed = [Placed(mark, parts) for mark in marks if (parts := scene.place(mark))]
    assign_lanes(p for p in placed if p.mark.kind == "claim")
    return placed


def answer(placed, start, end):
    """What a query for ``[start, end)`` has to find."""
    return {
        (low, high, p.mark.id, p.lane, p.depth)
        for p in placed
        for _, low, high in p.parts
        if (low < end and high > start) or (low == high and start <= low <= end)
    }


def found(scene, start, end):
    return {(low, high, p.mark.id, p.lane, p.depth) for low, high, p in scene.index.query(start, end)}


@given(cases(), st.data())
def test_any_stretch_shows_what_it_would_if_all_marks_were_placed(case, data):
    scene, marks, later, gone = case
    scene.index.load(marks)
    for _ in range(3):
        where = asked(data.draw, scene)
        assert found(scene, *where) == answer(whole(scene, marks), *where)
    scene.index.update(later, gone)
    left = {mark.id: mark for mark in [*marks, *later] if mark.id not in gone}
    for _ in range(3):
        where = asked(data.draw, scene)
        assert found(scene, *where) == answer(whole(scene, left.values()), *where)


@given(cases())
def test_one_mark_alone_stands_in_its_lane(case):
    scene, marks, _, _ = case
    scene.index.load(marks)
    lanes = {p.mark.id: (p.lane, p.depth) for p in whole(scene, marks)}
    for mark in reversed(marks):
        placed = scene.index.get(mark.id)
        assert (placed and (placed.lane, placed.depth)) == lanes.get(mark.id)


@given(cases())
def test_views_that_were_given_one_shelf_do_not_change_it_for_each_other(case):
    scene, marks, later, gone = case
    shelf = Shelf(marks)
    other = Scene(LIGHT, scene.map, Typography(), Looks())
    scene.index.load(shelf)
    other.index.load(shelf)
    scene.index.update(later, gone)
    end = scene.map.length
    assert found(other, 0, end) == answer(whole(other, marks), 0, end)
    assert list(shelf) == marks


@given(cases(), st.data())
def test_the_matches_that_show_are_found_among_all(case, data):
    scene, _, _, _ = case
    cuts = sorted(data.draw(st.sets(st.integers(0, len(scene.map.source)), max_size=12)))
    ranges = list(zip(cuts[::2], cuts[1::2], strict=False))
    scene.set_finds(ranges, len(ranges) - 1)
    start, end = asked(data.draw, scene)
    places = [place for match in ranges if (place := scene.map.place(*match)) is not None]
    assert scene.finds.between(start, end) == [p for p in places if p[0] < end and p[1] >= start]
    assert scene.finds.current == (scene.map.place(*ranges[-1]) if ranges else None)

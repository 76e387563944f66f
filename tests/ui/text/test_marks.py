"""The index of marks: found by place, lanes that do not collide, and the same however they came in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.text.marks import MAX_LANES, Mark, MarkIndex

LENGTH = 1500


def place(mark: Mark) -> list[tuple[int, int, int]]:
    return [(i, *part) for i, part in enumerate(mark.parts)]


@st.composite
def marks(draw, mark_id: str = ""):
    cuts = sorted(draw(st.sets(st.integers(0, LENGTH), min_size=2, max_size=4)))
    parts = tuple(zip(cuts[::2], cuts[1::2], strict=False))
    kind = draw(st.sampled_from(["claim", "claim", "mention"]))
    return Mark(mark_id or draw(st.sampled_from("abcdefghijkl")), kind, parts)


many = st.lists(marks(), max_size=12, unique_by=lambda mark: mark.id)


def state(index: MarkIndex) -> dict[str, tuple]:
    return {p.mark.id: (p.mark, p.parts, p.lane, p.depth) for p in index}


@given(many, many)
def test_a_diff_ends_like_a_load(before, after):
    index, fresh = MarkIndex(place, lambda start, end: (start, end)), MarkIndex(place, lambda start, end: (start, end))
    index.load(before)
    fresh.load(after)
    kept = {mark.id for mark in after}
    index.update(after, [mark.id for mark in before if mark.id not in kept])
    assert state(index) == state(fresh)
    assert [h[:2] for h in index.query(0, LENGTH)] == [h[:2] for h in fresh.query(0, LENGTH)]


@given(many, st.integers(0, LENGTH), st.integers(0, 400))
def test_a_query_finds_what_overlaps(found, start, length):
    index = MarkIndex(place, lambda start, end: (start, end))
    index.load(found)
    expected = {(a, b, m.id) for m in found for a, b in m.parts if a < start + length and b > start}
    assert {(a, b, p.mark.id) for a, b, p in index.query(start, start + length)} == expected


@given(many)
def test_claims_that_overlap_have_lanes_of_their_own(found):
    index = MarkIndex(place, lambda start, end: (start, end))
    index.load(found)
    claims = [p for p in index if p.mark.kind == "claim"]
    for one in claims:
        assert one.lane < one.depth <= MAX_LANES
        for other in claims:
            if one is not other and one.start < other.end and other.start < one.end:
                assert one.lane != other.lane
                assert one.depth == other.depth


def test_nothing_new_is_no_change():
    index = MarkIndex(place, lambda start, end: (start, end))
    index.load([Mark("a", "claim", ((0, 5),))])
    assert not index.update([Mark("a", "claim", ((0, 5),))], ["nobody"])
    assert [p.end for p in index.update([Mark("a", "claim", ((0, 6),))])] == [5, 6]


def test_an_insertion_is_found_at_its_place():
    index = MarkIndex(place, lambda start, end: (start, end))
    index.load([Mark("a", "correction", ((256, 256),), replacement="x")])
    assert index.query(200, 256)
    assert index.query(256, 300)
    assert not index.query(257, 300)

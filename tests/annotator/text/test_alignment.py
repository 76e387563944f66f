"""Two versions of a text: the edits make the one of the other, can be read, and keep lines together."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.alignment import Edit, edits
from annotator.text.corrected import PieceMap, Replacement, overlaps


def mapped(source: str, found: list[Edit]) -> PieceMap:
    return PieceMap(source, [Replacement(each.start, each.end, each.text, "k") for each in found])


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("tbe cat, too", "the cat, too", [("tbe", "the")]),
        ("to day he", "today he", [("to day", "today")]),
        ("ello there", "Hello there", [("ello", "Hello")]),
        ("a  b", "a b", [(" ", "")]),
        ("one x two", "one two", [("x ", "")]),
        ("one two", "one and two", [("", "and ")]),
        ("in-\nstalled by", "installed by", [("in-\nstalled", "installed")]),
        ("a\nb", "a b", [("\n", " ")]),
        ("(tlie) end", "(the) end", [("tlie", "the")]),
        ("tho end\nof tho", "the end\nof the", [("tho", "the"), ("tho", "the")]),
        ("end _", "end", [("end _", "end")]),
    ],
)
def test_edits_are_words_that_can_be_read(source: str, target: str, told: list[tuple[str, str]]) -> None:
    found = edits(source, target)
    assert [(source[each.start : each.end], each.text) for each in found] == told
    assert mapped(source, found).text == target


TEXTS = st.text(st.sampled_from("ab \n.é😀"), max_size=25)


@given(TEXTS, TEXTS)
def test_the_edits_make_the_other_text(source: str, target: str) -> None:
    found = edits(source, target)
    assert mapped(source, found).text == target
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert not any(overlaps(o.start, o.end, t.start, t.end) for o, t in pairwise(found))
    assert all(source[each.start : each.end] != each.text for each in found)


LINES = st.lists(st.tuples(*[st.text(st.sampled_from("abc .-"), min_size=1, max_size=12)] * 2), min_size=1, max_size=5)


@given(LINES)
def test_lines_project_onto_lines(lines: list[tuple[str, str]]) -> None:
    """As long as they belong together; where they do not, the text as a whole is aligned."""
    kept = [(one + "x" * 20, other + "x" * 20) for one, other in lines]
    source, target = ("\n".join(side) for side in zip(*kept, strict=True))
    pieces = mapped(source, edits(source, target))
    at, there = 0, 0
    for one, other in kept:
        ours, theirs = (at, at + len(one)), (there, there + len(other))
        assert pieces.to_corrected(*ours) == theirs
        assert pieces.to_source(*theirs) == ours
        at, there = ours[1] + 1, theirs[1] + 1

"""Where pages end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.paper import pages
from ui.paper.pages import Line, Page


def paginate(lines: list[Line], height: float) -> list[Page]:
    return list(pages.paginate(lines, height))


def lines_of(*paragraphs: int, heading: bool = False, height: float = 10.0) -> list[Line]:
    found: list[Line] = []
    for group, count in enumerate(paragraphs):
        for _ in range(count):
            top = len(found) * height
            found.append(Line(top, top + height, top + height / 2, group, heading and group == 0))
    return found


def test_pages_are_filled() -> None:
    assert paginate(lines_of(1, 1, 1, 1, 1), 20) == [Page(0, 2), Page(2, 4), Page(4, 5)]


def test_no_line_of_a_paragraph_is_left_alone_at_the_foot() -> None:
    assert paginate(lines_of(4, 4), 50)[0] == Page(0, 4)


def test_no_line_of_a_paragraph_is_left_alone_at_the_head() -> None:
    assert paginate(lines_of(1, 4), 40)[0] == Page(0, 3)


def test_a_paragraph_of_two_or_three_lines_stays_whole() -> None:
    assert paginate(lines_of(2, 2), 30)[0] == Page(0, 2)
    assert paginate(lines_of(2, 3), 40)[0] == Page(0, 2)


def test_a_heading_goes_with_what_follows() -> None:
    before = lines_of(3)
    head = Line(30, 40, 35, 7, leads=True)
    after = [Line(40, 50, 45, 8), Line(50, 60, 55, 8)]
    assert paginate([*before, head, *after], 50) == [Page(0, 3), Page(3, 6)]


def test_a_line_higher_than_the_page_has_one_of_its_own() -> None:
    assert paginate([Line(0, 10, 5, 0), Line(10, 500, 200, 1), Line(500, 510, 505, 2)], 50) == [
        Page(0, 1),
        Page(1, 2),
        Page(2, 3),
    ]


def test_nothing_has_no_pages() -> None:
    assert paginate([], 50) == []


@given(
    st.lists(st.integers(1, 9), min_size=1, max_size=20),
    st.floats(10, 200),
    st.booleans(),
)
def test_every_line_is_on_one_page_and_fits(paragraphs: list[int], height: float, heading: bool) -> None:
    lines = lines_of(*paragraphs, heading=heading)
    found = paginate(lines, height)
    assert [number for page in found for number in range(*page)] == list(range(len(lines)))
    for page in found:
        assert page.last == page.first + 1 or lines[page.last - 1].bottom - lines[page.first].top <= height


@given(st.lists(st.integers(1, 5), min_size=2, max_size=20))
def test_where_there_is_room_two_lines_stay_together(paragraphs: list[int]) -> None:
    lines = lines_of(*paragraphs)
    for page in paginate(lines, 100)[:-1]:
        before, after = lines[page.last - 1], lines[page.last]
        if before.group == after.group:
            group = [number for number, line in enumerate(lines) if line.group == before.group]
            assert group[0] + 2 <= page.last <= group[-1] - 1


@pytest.mark.parametrize("height", [0.0, 1.0])
def test_a_page_without_room_ends_all_the_same(height: float) -> None:
    assert len(paginate(lines_of(3), height)) == 3

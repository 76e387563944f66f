"""The blocks of the source text and of the corrected text in rows: nothing lost, nothing crossed, equal heights."""

from __future__ import annotations

from effort import examples
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from annotator.model import Segment
from annotator.text.corrected import PieceMap, Replacement
from ui.text.alignment import Alignment
from ui.text.document import LONG, DisplayMap
from ui.text.layout import lay_out
from ui.text.rows import pair
from ui.text.scene import Scene
from ui.text.typography import Typography
from ui.theme import LIGHT

WORDS = st.lists(st.sampled_from(["words of one line ", "ab", " ", "😀", "\n", "\n\n"]), max_size=14).map("".join)


@st.composite
def corrected_texts(draw):
    text = draw(WORDS)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    changes = [
        Replacement(
            start,
            end,
            draw(st.lists(st.sampled_from(["xy ", "\n\n", "more words than before "]), max_size=4).map("".join)),
            f"k{start}",
        )
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    return text, [c for c in changes if text[c.start : c.end] != c.text]


def maps(text, changes, segments=()):
    source = DisplayMap(text, segments)
    return source, DisplayMap(text, segments, PieceMap(text, changes), source)


def lines(shown, rows, side):
    return [[shown.block_text(b).strip() for b in rows.blocks(side, row)] for row in range(len(rows))]


@given(corrected_texts())
def test_every_block_is_in_one_row_and_order_is_kept(case):
    both = maps(*case)
    rows = pair(*both)
    for side, shown in enumerate(both):
        blocks = [block for row in range(len(rows)) for block in rows.blocks(side, row)]
        assert blocks == list(range(len(shown.paragraphs)))
        assert [rows.row_of(side, b) for b in blocks] == [
            row for row in range(len(rows)) for _ in rows.blocks(side, row)
        ]
    assert all(rows.blocks(0, row) or rows.blocks(1, row) for row in range(len(rows)))


@given(corrected_texts())
@example(("a\n\nb", []))
def test_a_text_without_corrections_stands_beside_itself(case):
    text, _ = case
    both = maps(text, [])
    rows = pair(*both)
    assert len(rows) == len(both[0].paragraphs)
    assert lines(both[0], rows, 0) == lines(both[1], rows, 1)


def test_a_deleted_paragraph_stands_beside_nothing():
    text = "One.\n\nAside.\n\nTwo.\n"
    both = maps(text, [Replacement(6, 14, "", "k")])
    rows = pair(*both)
    assert lines(both[0], rows, 0) == [["One."], ["Aside."], ["Two."]]
    assert lines(both[1], rows, 1) == [["One."], [], ["Two."]]


def test_an_inserted_paragraph_stands_beside_nothing():
    text = "One.\n\nTwo.\n"
    both = maps(text, [Replacement(6, 6, "New.\n\n", "k")])
    rows = pair(*both)
    assert lines(both[0], rows, 0) == [["One."], [], ["Two."]]
    assert lines(both[1], rows, 1) == [["One."], ["New."], ["Two."]]


def test_so_does_one_before_all_others():
    both = maps("Aside.\n\nOne.\n", [Replacement(0, 8, "", "k")])
    rows = pair(*both)
    assert lines(both[0], rows, 0) == [["Aside."], ["One."]]
    assert lines(both[1], rows, 1) == [[], ["One."]]


def test_joined_paragraphs_are_one_row_and_a_replaced_line_end_ends_one():
    text = "One.\n\nTwo.\n\nThree.\n\nFour.\n"
    both = maps(text, [Replacement(4, 6, " ", "k"), Replacement(9, 13, "!\n\nt", "l")])
    rows = pair(*both)
    assert lines(both[0], rows, 0) == [["One.", "Two."], ["Three."], ["Four."]]
    assert lines(both[1], rows, 1) == [["One. Two!"], ["three."], ["Four."]]


def test_long_paragraphs_are_cut_at_the_same_words():
    words = [f"w{n}" for n in range(6000)]
    text = " ".join(words)
    changes = [
        Replacement(text.index(f"w{n} "), text.index(f"w{n} ") + 3, "something longer", f"k{n}")
        for n in range(100, 6000, 50)
    ]
    segments = [Segment("body", 0, len(text))]
    both = maps(text, changes, segments)
    rows = pair(*both)
    assert len(text) > 5 * LONG
    assert len(rows) == len(both[0].paragraphs) == len(both[1].paragraphs)
    firsts = [[row[0].split()[-1] for row in lines(shown, rows, side)] for side, shown in enumerate(both)]
    assert firsts[0] == firsts[1]


@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(corrected_texts(), st.lists(st.tuples(st.integers(0, 1), st.integers(0, 60)), max_size=6))
@example(("a\n\nb\n\nc", [Replacement(0, 3, "", "k")]), [(1, 0)])
@example(("b\n\nc", [Replacement(0, 0, "iiiiiiii " * 30 + "\n\n", "k")]), [(1, 0)])
@example(("b\n\nc", [Replacement(0, 0, "a\n\n", "k")]), [(0, 0), (1, 1)])
def test_rows_are_equally_high_estimated_or_laid_out(qapp, looks, case, asked):
    """Whatever block is asked for first, on either side: row by row, both sides stand at the same height."""
    both = maps(*case)
    made = [lay_out(Scene(LIGHT, shown, Typography(), looks), None, lambda: 0.0) for shown in both]
    layouts = made[0][1], made[1][1]
    rows = pair(*both)
    for layout, width in zip(layouts, (300, 260), strict=True):
        layout.set_width(width)
    Alignment(rows, layouts)
    layouts[0].commit()
    everywhere = [(side, at) for side in (0, 1) for at in range(0, both[side].length, 3)]
    for side, position in [*asked, *everywhere]:
        layouts[side].caret(min(position, both[side].length))
        layouts[0].commit()
        for row in range(len(rows)):
            here = [layouts[s].top(rows.blocks(s, row)[0]) for s in (0, 1) if rows.blocks(s, row)]
            assert max(here) - min(here) < 0.1
        assert abs(layouts[0].documentSize().height() - layouts[1].documentSize().height()) < 0.1
    del layouts
    for document, _ in made:
        document.deleteLater()


def test_long_paragraphs_with_hard_wraps_are_cut_at_the_same_places():
    text = "\n".join("字" * 30 for _ in range(600))
    segments = [Segment("body", 0, len(text))]
    changes = [Replacement(at, at + 1, " ", f"k{at}") for at in range(30, len(text), 31 * 7)]
    both = maps(text, changes, segments)
    rows = pair(*both)
    assert len(rows) == len(both[0].paragraphs) == len(both[1].paragraphs) > 4

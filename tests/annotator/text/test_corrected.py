import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import InvalidEdit
from annotator.model import Correction
from annotator.text.anchors import anchor
from annotator.text.corrected import PieceMap, Replacement, overlaps, replacements


@st.composite
def corrected_texts(draw):
    """A text and non-overlapping replacements of parts of it."""
    text = draw(st.text(st.sampled_from("ab 😀é\n"), max_size=40))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=10)))
    changes, previous = [], -1
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        if start > previous:
            changes.append(Replacement(start, end, draw(st.text("XY", max_size=3)), f"c{start}"))
            previous = end
    return text, changes


@given(corrected_texts())
def test_the_corrected_text_is_the_source_with_each_place_replaced(case):
    text, changes = case
    expected = text
    for change in reversed(changes):
        expected = expected[: change.start] + change.text + expected[change.end :]
    assert PieceMap(text, changes).text == expected


@given(corrected_texts(), st.data())
def test_a_span_that_touches_no_correction_goes_there_and_back_unchanged(case, data):
    text, changes = case
    pieces = PieceMap(text, changes)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if start == end or any(overlaps(start, end, c.start, c.end) for c in changes):
        return
    there = pieces.to_corrected(start, end)
    assert there is not None
    assert pieces.text[slice(*there)] == text[start:end]
    assert pieces.to_source(*there) == (start, end)


@given(corrected_texts(), st.data())
def test_a_projected_span_is_never_empty_and_covers_what_is_left_of_it(case, data):
    text, changes = case
    pieces = PieceMap(text, changes)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if start == end:
        return
    there = pieces.to_corrected(start, end)
    if there is None:
        survivors = set(range(start, end))
        for change in changes:
            if not change.text:
                survivors -= set(range(change.start, change.end))
        assert not survivors
    else:
        assert there[0] < there[1]
        back = pieces.to_source(*there)
        assert back is not None
        touched = {n for n in range(start, end) if not any(c.start <= n < c.end and not c.text for c in changes)}
        assert touched <= set(range(*back))


def test_the_documented_rules_at_boundaries():
    pieces = PieceMap("Twould go", [Replacement(0, 6, "I would", "a"), Replacement(9, 9, "!", "b")])
    assert pieces.text == "I would go!"
    assert pieces.to_corrected(2, 9) == (0, 10), "a start inside a replacement takes the whole replacement"
    assert pieces.to_source(0, 1) == (0, 6)
    assert pieces.to_source(10, 11) is None, "only inserted text has no place in the source"
    gone = PieceMap("keep drop keep", [Replacement(5, 10, "", "a")])
    assert gone.to_corrected(5, 10) is None
    assert gone.to_corrected(6, 8) is None
    assert gone.to_corrected(3, 7) == (3, 5)


def test_rejected_factual_and_regularising_corrections_change_no_text():
    text = "one two three"

    def correction(start, end, **fields):
        base = {"id": f"{start}", "article_id": "x", "annotator": "n", "spans": (anchor(text, start, end),)}
        return Correction(**base, **fields)

    made = [
        correction(0, 3, replacement="1"),
        correction(4, 7, replacement="2", status="rejected"),
        correction(8, 13, replacement="3", kind="regularisation"),
        correction(8, 13, kind="factual", verdict="refuted"),
    ]
    assert PieceMap(text, replacements(made)).text == "1 two three"


def test_overlapping_corrections_are_refused():
    text = "one two"
    made = [
        Correction(id=i, article_id="x", annotator="n", spans=(anchor(text, *place),), replacement="z")
        for i, place in (("a", (0, 5)), ("b", (4, 7)))
    ]
    with pytest.raises(InvalidEdit, match="overlap"):
        replacements(made)

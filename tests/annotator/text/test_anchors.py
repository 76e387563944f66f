import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import InvalidSpan
from annotator.model import Span
from annotator.text import anchors
from annotator.text.words import word_after, word_before

FAMILY = "👨‍👩‍👧"


def test_an_anchor_quotes_its_place_and_32_characters_around_it():
    text = "x" * 40 + "here" + "y" * 40
    span = anchors.anchor(text, 40, 44)
    assert (span.exact, span.prefix, span.suffix) == ("here", "x" * 32, "y" * 32)
    anchors.check(text, span)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2), (0, 9)])
def test_a_place_outside_the_text_is_refused(start, end):
    with pytest.raises(InvalidSpan, match="outside the text"):
        anchors.anchor("12345678", start, end)


def test_a_quote_that_differs_is_refused_with_both_readings():
    with pytest.raises(InvalidSpan, match="reads “lo”, not “la”"):
        anchors.check("hello", Span(3, 5, "la"))


def test_tidy_sorts_joins_and_drops_empty_ranges():
    spans = anchors.tidy("abcdefghij", [(6, 8), (2, 4), (3, 5), (9, 9), (5, 6)])
    assert [(s.start, s.end, s.exact) for s in spans] == [(2, 8, "cdefgh")]


@given(
    st.lists(st.sampled_from(["a", " ", "é", "e\u0301", "😀", FAMILY, "🇩🇪", "\n", "한", "\u0e01\u0e33"]), max_size=20)
)
def test_snapping_lands_on_grapheme_boundaries_and_never_shrinks(pieces):
    text = "".join(pieces)
    edges = {0, *(m.end() for m in regex.finditer(r"\X", text))}
    for start in range(len(text) + 1):
        for end in range(start + 1, len(text) + 1):
            low, high = anchors.snap(text, start, end)
            assert low <= start
            assert end <= high
            assert low in edges
            assert high in edges


def test_trim_takes_white_space_off_both_ends():
    assert anchors.trim("  ab \n", 0, 6) == (2, 4)
    assert anchors.trim("   ", 0, 3) == (3, 3)


def test_words_step_over_apostrophes_and_stop_at_punctuation():
    text = 'It\'s a "test", he said.'
    ends, offset = [], 0
    while (after := word_after(text, offset, "end")) != offset:
        ends.append(after)
        offset = after
    assert [text[:e].rsplit(maxsplit=1)[-1] for e in ends][:2] == ["It's", "a"]
    back = [offset]
    while (before := word_before(text, back[-1], "end")) != back[-1]:
        back.append(before)
    assert back[::-1] == ends


def test_characters_that_never_join_are_found_apart_as_the_segmenter_says():
    kinds = "aZ9 \u00ad\u00a9\tα҂я\u05d0\u0628\u0669。あカ漢！"
    text = "".join(first + second for first in kinds for second in kinds)
    assert regex.findall(r"\X", text) == list(text)
    assert all(anchors.grapheme_start(text, at) == at == anchors.grapheme_end(text, at) for at in range(len(text) + 1))
    assert (anchors.grapheme_start("a\r\nb", 2), anchors.grapheme_end("a\r\nb", 2)) == (1, 3)

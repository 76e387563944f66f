"""Moving a boundary by character, word and sentence."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.anchors import grapheme_start
from annotator.text.steps import step

TEXT = 'One two. Three "four!" five.\n\nSix 👩‍👩‍👧 e\u0301 seven.'


def walk(text: str, side: str, unit: str, direction: int) -> list[int]:
    """Every place a boundary comes to, from one end of the text to where it stops."""
    offset = 0 if direction > 0 else len(text)
    places = []
    while (following := step(text, offset, side, unit, direction)) != offset:
        places.append(following)
        offset = following
    return places


def test_a_sentence_ends_behind_its_mark_and_starts_at_its_first_letter():
    ends, starts = walk(TEXT, "end", "sentence", 1), walk(TEXT, "start", "sentence", 1)
    assert [TEXT[:end].rsplit(maxsplit=1)[-1] for end in ends] == ["two.", '"four!"', "five.", "seven."]
    assert [TEXT[start:].split(maxsplit=1)[0] for start in starts] == ["Three", "five.", "Six"]
    assert walk(TEXT, "end", "sentence", -1) == ends[-2::-1]
    assert walk(TEXT, "start", "sentence", -1) == [*starts[::-1], 0]


def test_a_sentence_ends_with_its_paragraph_and_an_abbreviation_ends_none():
    text = "Said Mr. Lee\n\nThe U.S. agreed."
    assert [text[:end] for end in walk(text, "end", "sentence", 1)] == ["Said Mr. Lee", text]


def test_a_word_is_left_with_its_accents_and_an_emoji_in_one_step():
    ends = [TEXT[:end] for end in walk(TEXT, "end", "word", 1)]
    assert TEXT[: TEXT.index(" e\u0301")] in ends
    assert TEXT[: TEXT.index(" seven")] in ends
    assert not any(end.endswith("\u200d") for end in ends)


def test_words_without_blanks_between_them_are_left_one_by_one():
    text = "普京先生はロシアへ、来る。"
    words = [text[a:b] for a, b in pairwise([0, *walk(text, "end", "word", 1)])]
    assert words == ["普", "京", "先", "生", "は", "ロシア", "へ", "、", "来", "る", "。"]


@pytest.mark.parametrize("unit", ["character", "word", "sentence"])
@pytest.mark.parametrize("side", ["start", "end"])
@given(text=st.text(alphabet='aé. \n!?"“”مא中カ👩\u200d👧\u0301🇩🇪9', max_size=40))
def test_every_step_goes_on_and_never_cuts_a_character(unit, side, text):
    for direction in (1, -1):
        places = walk(text, side, unit, direction)
        assert places == sorted(set(places), reverse=direction < 0)
        assert all(grapheme_start(text, place) == place for place in places)

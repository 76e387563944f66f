"""What deceives the eye in a name has a badge; what belongs to how a name is written has none."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.disguise import alphabets, badged, look, plain_name

HIDDEN = "\u202e\u202d\u2066\u2069\u200e\u061c\u200b\u2060\ufeff\u00ad\u3164\U000e0041\x07\x1b"


@pytest.mark.parametrize("character", HIDDEN)
def test_a_hidden_character_has_a_badge(character):
    assert badged(f"An{character}na") == f"An[U+{ord(character):04X}]na"
    assert plain_name(f"An{character}na") == "Anna"
    assert look(f"An{character}na") == look("Anna")


@pytest.mark.parametrize(
    ("name", "shown", "plain"),
    [
        ("L\u0430vrov", "L[Cyrillic \u0430]vrov", "Lavrov"),
        ("P\u0395TA", "P[Greek \u0395]TA", "PETA"),
        ("МI\u0414", "М[Latin I]\u0414", "М\u0406\u0414"),
    ],
)
def test_a_letter_of_another_alphabet_in_a_word_has_a_badge(name, shown, plain):
    assert badged(name) == shown
    assert plain_name(name) == plain


@pytest.mark.parametrize(
    "name",
    [
        "Sergei Lavrov",
        "Сергей Лавров",
        "MIA «Россия»",
        "Ελένη",
        "Jose\u0301",
        "می\u200cخواهم",
        "क\u094d\u200dष",
        "👩\u200d🚀 Ann ❤\ufe0f",
        "林鄭月娥",
        "a\tb\nc",
        "",
    ],
)
def test_what_belongs_to_a_name_has_none(name):
    assert badged(name) == plain_name(name) == name


def test_a_joiner_where_nothing_is_joined_is_hidden():
    assert badged("B\u200dob") == "B[U+200D]ob"


def test_names_in_two_alphabets_may_look_the_same():
    assert look("РЕТА") == look("PETA")
    assert look("Лавров") != look("Lavrov")
    assert (alphabets("РЕТА"), alphabets("PETA"), alphabets("12")) == ("Cyrillic", "Latin", "no letters")


@given(st.text(alphabet=st.one_of(st.sampled_from(HIDDEN + "aеορ\u200c\ufe0fпЖب"), st.characters()), max_size=12))
def test_nothing_hidden_is_left_and_nothing_is_odd_afterwards(name):
    plain = plain_name(name)
    assert badged(plain) == plain
    shown = badged(name)
    assert len(shown) >= len(name)
    assert not any(unicodedata.category(c) in ("Cc", "Zl", "Zp") and c not in "\t\n\r" for c in shown)
    assert badged(name) == name or plain != name

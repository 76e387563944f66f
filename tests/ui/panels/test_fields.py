"""What the forms make of typed text, and what they show of records."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model import Role
from ui.panels.fields import parse_roles, show_roles, split_list
from ui.theme import DARK, LIGHT, contrast
from ui.widgets.paint import initials, readable, tooltip, visible, wrap

DATES = st.one_of(st.none(), st.from_regex(r"\A(19|20)[0-9][0-9](-(0[1-9]|1[0-2]))?\Z"))


@given(st.lists(st.builds(Role, st.from_regex(r"\A[A-Z][a-z]{2,9}( of [A-Z][a-z]{2,9})?\Z"), DATES, DATES), max_size=4))
def test_roles_come_back_as_they_were(roles):
    assert parse_roles(show_roles(tuple(roles))) == tuple(roles)


@pytest.mark.parametrize(
    ("typed", "role"),
    [
        ("Foreign Minister, 2004–", Role("Foreign Minister", "2004", None)),
        ("Envoy to the UN, New York, 1994-2004", Role("Envoy to the UN, New York", "1994", "2004")),
        ("Adviser,  – 2010-05-01", Role("Adviser", None, "2010-05-01")),
        ("Minister, State Duma", Role("Minister, State Duma")),
    ],
)
def test_roles_as_people_write_them(typed, role):
    assert parse_roles(typed + "\n\n") == (role,)


@pytest.mark.parametrize("typed", ["Minister, 2004-13", "Minister, 20045", "Envoy, 2004 to 2010", "Envoy, 1.5.2004–"])
def test_dates_of_a_role_that_are_none_are_refused(typed):
    with pytest.raises(ValueError, match="is no date"):
        parse_roles(typed)


def test_numbers_in_a_title_are_no_dates():
    assert parse_roles("Envoy, Channel 4\nCommander, 5th Army") == (
        Role("Envoy, Channel 4"),
        Role("Commander, 5th Army"),
    )


def test_lists_lose_doubles_and_blanks():
    assert split_list(" a,b ,, a;c  d\n") == ("a", "b", "c d")


def test_white_space_is_made_visible_only_where_it_matters():
    assert visible("\n") == "⏎"
    assert visible("  ") == "␣␣"
    assert visible(" a b ") == "␣a b␣"


def test_markup_is_shown_as_it_is():
    assert tooltip("<b>&") == "<qt>&lt;b&gt;&amp;</qt>"


def test_initials():
    names = ("Sergei Lavrov", "Russian Foreign Ministry", "The Moscow Times", "Putin", "«»")
    assert [initials(name) for name in names] == ["SL", "FM", "MT", "P", "?"]


def test_numbers_read_on_every_speaker_colour():
    for theme in (LIGHT, DARK):
        for line in theme.lines:
            assert contrast(readable(line, theme.field, theme), theme.field) >= 4.5


def test_wrapping_cuts_after_the_last_line(qapp):
    from ui.fonts import ui_font

    lines = wrap("word " * 100 + "😀", ui_font(13), 200, 3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert wrap("short 😀", ui_font(13), 200, 3) == ["short 😀"]

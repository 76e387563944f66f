"""What the forms make of typed text, and what they show of records."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model import Role
from ui.panels.fields import read_roles, show_roles, split_list, write_roles
from ui.theme import DARK, LIGHT, contrast
from ui.widgets.paint import initials, readable, tooltip, visible, wrap

DATES = st.one_of(st.none(), st.from_regex(r"\A(19|20)[0-9][0-9](-(0[1-9]|1[0-2]))?\Z"))


@given(st.lists(st.builds(Role, st.from_regex(r"\A[A-Z][a-z]{2,9}( of [A-Z][a-z]{2,9})?\Z"), DATES, DATES), max_size=4))
def test_roles_come_back_as_they_were(roles):
    assert again(roles) == tuple(roles)


def again(roles):
    return read_roles(write_roles(tuple(roles)))


def test_a_title_with_a_tab_stays_one_title():
    assert again([Role("Envoy\tto\nthe UN", "1994")]) == (Role("Envoy to the UN", "1994"),)


def test_dates_without_a_role_are_refused():
    with pytest.raises(ValueError, match="Say what the role was, 1994–2004"):
        read_roles("\t1994\t2004")


def test_roles_are_told_with_their_dates():
    roles = (
        Role("Minister", "2004"),
        Role("Adviser", None, "2010-05-01"),
        Role("Envoy", "1994", "1994"),
        Role("Clerk"),
    )
    assert show_roles(roles) == "Minister, 2004–\nAdviser, –2010-05-01\nEnvoy, 1994\nClerk"


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

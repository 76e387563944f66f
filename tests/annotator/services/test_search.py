from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import InvalidEdit
from annotator.services.search import Query, find, find_all


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("Lavrov said. LAVROV left.", Query("lavrov"), ["Lavrov", "LAVROV"]),
        ("Lavrov said. LAVROV left.", Query("Lavrov", case=True), ["Lavrov"]),
        ("art artist art.", Query("art", words=True), ["art", "art"]),
        ("United\nStates and United  States", Query("united states"), ["United\nStates", "United  States"]),
        ("20,2018 and 1,5", Query(r"\d+,\d+", pattern=True), ["20,2018", "1,5"]),
        ("a.b", Query("."), ["."]),
        ("Привет ПРИВЕТ", Query("привет"), ["Привет", "ПРИВЕТ"]),
        ("abc", Query("x*", pattern=True), []),
        ("abc", Query(""), []),
    ],
)
def test_what_is_found(text, query, found):
    assert [text[slice(*place)] for place in find(text, query)] == found


def test_a_bad_or_endless_pattern_is_one_sentence():
    with pytest.raises(InvalidEdit, match="no regular expression"):
        find("abc", Query("(", pattern=True))
    with pytest.raises(InvalidEdit, match="too long"):
        find("a" * 5000 + "b", Query(r"(a|aa)+$", pattern=True))


@given(st.text("ab \n😀", max_size=30), st.text("ab 😀", min_size=1, max_size=3))
def test_places_are_in_order_and_quote_the_query(text, words):
    places = find(text, Query(words, case=True))
    for start, end in places:
        assert "".join(text[start:end].split()) == "".join(words.split())
    assert places == sorted(places)
    assert all(a[1] <= b[0] for a, b in pairwise(places))


def test_articles_are_found_with_a_snippet(ws):
    hits = list(find_all([ws.document()], Query("i would")))
    assert [(h.article_id, h.exact, h.after[:4]) for h in hits] == [("art", "I would", " go,")]
    assert list(find_all([ws.document()], Query("nothing"))) == []

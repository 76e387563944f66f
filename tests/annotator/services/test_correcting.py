"""Correcting what is corrected already: the text reads as asked, and no other correction loses a place."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import InvalidEdit
from annotator.model import Article, Document, SourceText
from annotator.services import corrections
from annotator.services.annotate import Author
from annotator.workspace import Workspace

ANN = Author("Ann")
TEXT = "abcdefghijklmnopqrst"


def open_text(text):
    source = SourceText(id="a", text=text, text_sha256=hashlib.sha256(text.encode()).hexdigest())
    return Workspace((), Document(Article(id="a", title="A"), source))


def reads(ws):
    return corrections.piece_map(ws.text, ws.corrections.values()).text


def mark(ws, replacement, *ranges):
    edit = corrections.mark(ws, ranges, replacement, ANN)
    ws.apply(edit)
    return edit.changes[0].id


def test_a_place_among_several_is_split_off():
    ws = open_text(TEXT)
    id_ = mark(ws, "X", (2, 3), (8, 9), (12, 13))
    ws.apply(corrections.correct(ws, 8, 9, "Y", ANN))
    assert reads(ws) == "abXdefghYjklXnopqrst"
    assert [(s.start, s.end) for s in ws.corrections[id_].spans] == [(2, 3), (12, 13)]


def test_a_correction_alone_in_its_place_keeps_what_is_known_of_it():
    ws = open_text(TEXT)
    id_ = mark(ws, "X", (2, 5))
    ws.apply(corrections.correct(ws, 3, 4, "Y", ANN))
    assert reads(ws) == "abYfghijklmnopqrst"
    assert list(ws.corrections) == [id_]
    ws.apply(corrections.correct(ws, 2, 5, "cde", ANN))
    assert reads(ws) == TEXT
    assert ws.corrections == {}


def test_the_same_again_is_refused():
    ws = open_text(TEXT)
    mark(ws, "X", (2, 5))
    with pytest.raises(InvalidEdit, match="reads so already"):
        corrections.correct(ws, 2, 5, "X", ANN)


@given(
    st.lists(
        st.tuples(
            st.sets(st.tuples(st.integers(0, 20), st.integers(0, 4)), min_size=1, max_size=3),
            st.text("XY ", max_size=3),
        ),
        max_size=4,
    ),
    st.integers(0, 20),
    st.integers(0, 6),
    st.text("Z", max_size=3),
)
def test_the_text_reads_as_asked_and_the_rest_as_before(marks, start, length, replacement):
    ws = open_text(TEXT)
    for places, text in marks:
        try:
            mark(ws, text, *((at, min(20, at + size)) for at, size in places))
        except InvalidEdit:
            continue  # they overlap
    before = reads(ws)
    low, high, now = corrections.reading(ws, start, min(20, start + length))
    outside = {
        (c.replacement, s.start, s.end)
        for c in ws.corrections.values()
        for s in c.spans
        if s.end <= low or s.start >= high
    } - {
        (c.replacement, s.start, s.end)
        for c in ws.corrections.values()
        for s in c.spans
        if low == high == s.start == s.end
    }
    try:
        edit = corrections.correct(ws, start, min(20, start + length), replacement, ANN)
    except InvalidEdit:
        assert replacement == now
        return
    ws.apply(edit)
    places = {(c.replacement, s.start, s.end) for c in ws.corrections.values() for s in c.spans}
    assert outside <= places
    assert len(reads(ws)) == len(before) - len(now) + len(replacement)
    assert corrections.reading(ws, low, high)[2] == replacement
    ws.apply(edit.inverted())
    assert reads(ws) == before

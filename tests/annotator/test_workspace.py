"""The workspace refuses what the store would refuse, before anything is shown as done."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.edits import Change, Edit
from annotator.errors import InvalidEdit, InvalidSpan, StaleEdit
from annotator.model import Article, Claim, Correction, Document, Evidence, Hop, Role, SourceText, Span, Speaker
from annotator.text.anchors import anchor
from annotator.workspace import Workspace

TEXT = "One two three."
CLAIM = Claim(id="c", article_id="a", annotator="Ann", spans=(anchor(TEXT, 0, 3),))
FIX = Correction(id="k", article_id="a", annotator="Ann", spans=(anchor(TEXT, 4, 7),), replacement="2")
SPEAKER = Speaker("s", "Ann")


def text_of(id_, text=TEXT):
    return SourceText(id_, text, hashlib.sha256(text.encode("utf-8", "replace")).hexdigest())


@pytest.fixture
def ws():
    return Workspace([SPEAKER], Document(Article("a", "T"), text_of("a"), (), (CLAIM,), (FIX,)))


def refused(ws, edit, error):
    before = (ws.document(), dict(ws.speakers))
    with pytest.raises(error) as raised:
        ws.apply(edit)
    assert (ws.document(), ws.speakers) == before, "nothing was changed"
    return str(raised.value)


@pytest.mark.parametrize("bad", ["a\0b", "\ud800", "ok \udcff"])
def test_text_that_cannot_be_stored_is_refused_wherever_it_stands(ws, bad):
    for before, after in (
        (CLAIM, replace(CLAIM, note=bad)),
        (CLAIM, replace(CLAIM, text=bad)),
        (CLAIM, replace(CLAIM, tags=("ok", bad))),
        (CLAIM, replace(CLAIM, chain=(Hop(medium=bad),))),
        (FIX, replace(FIX, replacement=bad)),
        (FIX, replace(FIX, evidence=(Evidence(), Evidence(url=bad)))),
        (SPEAKER, replace(SPEAKER, name=bad)),
        (SPEAKER, replace(SPEAKER, aliases=(bad,))),
        (SPEAKER, replace(SPEAKER, roles=(Role(bad),))),
        (ws.article, replace(ws.article, byline=bad)),
        (None, Article("b", bad)),
        (None, replace(CLAIM, id="d", article_id="elsewhere", note=bad)),
    ):
        good = Change(None, replace(SPEAKER, id="s2", name="Good"))
        said = refused(ws, Edit("Change", (good, Change(before, after))), InvalidEdit)
        assert said.endswith("holds a character that cannot be stored.")


def test_a_place_that_does_not_fit_the_open_article_is_refused(ws):
    for span in (Span(0, 3, "Two"), Span(10, 99, "x"), Span(3, 1, "")):
        refused(ws, Edit("x", (Change(CLAIM, replace(CLAIM, spans=(span,))),)), InvalidSpan)
        refused(ws, Edit("x", (Change(CLAIM, replace(CLAIM, chain=(Hop(cue_spans=(span,)),))),)), InvalidSpan)


def test_an_article_that_comes_with_its_text_is_checked_against_it(ws):
    wrong = replace(CLAIM, id="d", article_id="b")
    changes = (Change(None, text_of("b", "Another text.")), Change(None, Article("b", "B")), Change(None, wrong))
    refused(ws, Edit("Import", changes), InvalidSpan)


def test_what_was_changed_since_is_stale_before_it_is_anything_else(ws):
    refused(ws, Edit("x", (Change(replace(CLAIM, note="other"), replace(CLAIM, note="\0")),)), StaleEdit)


def test_what_is_bad_can_still_be_deleted():
    bad = replace(CLAIM, note="\ud800", spans=(Span(0, 99, "?"),))
    ws = Workspace([], Document(Article("a", "T"), text_of("a"), (), (bad,)))
    ws.apply(Edit("Delete", (Change(bad, None),)))
    assert not ws.claims


@given(st.text(st.characters() | st.sampled_from("\0\ud800\udfff")))
def test_a_note_is_taken_exactly_when_utf8_carries_it(note):
    ws = Workspace([SPEAKER])
    try:
        carried = b"\0" not in note.encode()
    except UnicodeEncodeError:
        carried = False
    edit = Edit("Change", (Change(SPEAKER, replace(SPEAKER, note=note)),))
    if carried:
        ws.apply(edit)
        assert ws.speakers["s"].note == note
    else:
        refused(ws, edit, InvalidEdit)

"""Places that no longer quote the text: found, and put right by one of the steps that are open."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from annotator.checks.table import blocking, problems
from annotator.errors import InvalidEdit
from annotator.model import Article, Document, Hop, SourceText, Speaker
from annotator.services import annotate, corrections, mending
from annotator.services.annotate import Author
from annotator.text.anchors import anchor, check_record, find_again
from annotator.workspace import Workspace

ANN = Author("Ann")
TEXT = "Berg told us she will sign. Later Berg told them it was signed, and Berg left.\n"
MOVE, TAKE, DELETE = "Move it to where its words stand", "Take the words that stand there now", "Delete the claim"


def at(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


@pytest.fixture
def ws() -> Workspace:
    source = SourceText("a", TEXT, hashlib.sha256(TEXT.encode()).hexdigest())
    article = Article(id="a", title="T", outlet="Post", published="2026", language="en")
    return Workspace([Speaker("s1", "Berg")], Document(article, source))


@pytest.fixture
def claim(ws):
    edit = annotate.mark_claim(ws, [at("it was signed")], ANN)
    ws.apply(edit)
    hop = Hop("s1", cue_spans=(anchor(TEXT, *at("told them")),), mention_spans=(anchor(TEXT, *at("Later Berg")),))
    ws.apply(annotate.change(ws, edit.changes[0].id, chain=(hop,)))
    return ws.claims[edit.changes[0].id]


def shifted(span, by):
    """The same words, but said to stand elsewhere: what an edit of the text by another program would leave."""
    return structs.replace(span, start=span.start + by, end=span.end + by)


def broken(ws):
    return [p for p in problems(ws, ANN) if p.check == "broken_anchor"]


def test_a_place_that_slipped_goes_back_to_its_words(ws, claim):
    (hop,) = claim.chain
    slipped = replace(hop, cue_spans=(shifted(hop.cue_spans[0], -3),))
    ws.claims[claim.id] = replace(claim, spans=(shifted(claim.spans[0], 5),), chain=(slipped,))
    (problem,) = broken(ws)
    assert [p.check for p in blocking(ws, ANN)] == ["broken_anchor"]
    assert [fix.title for fix in problem.fixes] == [MOVE, TAKE, DELETE]
    edit = problem.fixes[0].make(ws)
    ws.apply(edit)
    assert (ws.claims[claim.id].spans, ws.claims[claim.id].chain) == (claim.spans, claim.chain)
    assert not broken(ws)
    assert edit.title == "Mend places of claim"


def test_words_that_are_gone_are_taken_anew_or_the_claim_goes(ws, claim):
    ws.claims[claim.id] = replace(claim, spans=(structs.replace(claim.spans[0], exact="it is signed"),))
    (problem,) = broken(ws)
    assert [fix.title for fix in problem.fixes] == [TAKE, DELETE]
    assert problem.ranges == (at("it was signed"),)
    ws.apply(problem.fixes[0].make(ws))
    assert ws.claims[claim.id].spans == claim.spans
    assert not broken(ws)


def test_a_place_outside_the_text_can_only_be_deleted(ws, claim):
    ws.claims[claim.id] = replace(claim, spans=(structs.replace(shifted(claim.spans[0], 900), exact="nowhere"),))
    (problem,) = broken(ws)
    assert problem.ranges == ()
    assert [fix.title for fix in problem.fixes] == [DELETE]
    ws.apply(problem.fixes[0].make(ws))
    assert not ws.claims
    with pytest.raises(InvalidEdit, match="no longer there"):
        mending.find_again(ws, claim.id)


def test_a_correction_is_not_moved_onto_another(ws):
    for words, reading in (("sign.", "sign!"), ("left", "went")):
        ws.apply(corrections.mark(ws, [at(words)], reading, ANN))
    first, second = ws.corrections.values()
    ws.corrections[second.id] = replace(second, spans=(structs.replace(first.spans[0], exact="sign,"),))
    (problem,) = broken(ws)
    assert [fix.title for fix in problem.fixes] == ["Delete the correction"]


def test_of_equal_words_the_one_with_the_same_around_it_is_meant():
    second = TEXT.index("Berg told them")
    span = shifted(anchor(TEXT, second, second + 4), 2)
    assert find_again(TEXT, span).start == second
    assert find_again(TEXT, structs.replace(span, prefix="", suffix="")) is None, "any of three"
    assert find_again(TEXT, structs.replace(span, exact="")) is None


@given(st.text("ab ", min_size=1, max_size=40), st.data())
def test_what_is_found_again_quotes_the_text_and_a_sound_place_is_never_moved(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = anchor(text, start, end)
    found = find_again(text, shifted(span, 1))
    assert found in (span, None)
    if text.count(span.exact) == 1:
        assert found == span


def test_a_mended_claim_fits_its_text(ws, claim):
    ws.claims[claim.id] = replace(claim, spans=(shifted(claim.spans[0], 7), anchor(TEXT, *at("sign."))))
    ws.apply(mending.find_again(ws, claim.id))
    check_record(TEXT, ws.claims[claim.id])
    assert [span.exact for span in ws.claims[claim.id].spans] == ["sign.", "it was signed"]

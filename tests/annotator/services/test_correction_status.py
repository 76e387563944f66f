"""Corrections accepted and rejected together, and factual ones."""

import pytest

from annotator.errors import InvalidEdit, PlaceTaken
from annotator.services import annotate, corrections


def made(ws, edit):
    ws.apply(edit)
    return edit.changes[0].after


def corrected(ws):
    return corrections.piece_map(ws.text, ws.corrections.values()).text


def test_many_are_accepted_and_rejected_in_one_step(ws, place, author):
    ids = [made(ws, corrections.mark(ws, [place(words)], "x", author)).id for words in ("hear", "left", "go")]
    edit = corrections.set_status(ws, ids, "accepted")
    ws.apply(edit)
    assert {c.status for c in ws.corrections.values()} == {"accepted"}
    assert edit.title == "Accept 3 corrections"
    ws.apply(corrections.set_status(ws, ids[:1], "rejected"))
    assert "We hear" in corrected(ws)
    ws.apply(edit := corrections.mark(ws, [place("We hear")], "We heard", author))
    with pytest.raises(InvalidEdit, match="already corrected"):
        corrections.set_status(ws, ids[:1], "draft")


def test_a_factual_correction_changes_no_text(ws, place, author):
    claim = made(ws, annotate.mark_claim(ws, [place("Russia agreed")], author))
    about = made(ws, corrections.factual(ws, claim.id, author, "refuted"))
    assert (about.kind, about.claim_id, about.verdict, about.spans) == ("factual", claim.id, "refuted", ())
    assert corrected(ws) == ws.text
    with pytest.raises(InvalidEdit, match="not one of"):
        corrections.factual(ws, claim.id, author, "nonsense")
    with pytest.raises(InvalidEdit, match="no longer there"):
        corrections.factual(ws, "gone", author)


def test_a_regularisation_changes_no_text_and_is_changed_where_it_stands(ws, place, author):
    one = made(ws, corrections.regularise(ws, [place("hear")], "heare", author))
    assert (one.kind, one.replacement, one.cause) == ("regularisation", "heare", None)
    assert corrected(ws) == ws.text
    again = made(ws, corrections.regularise(ws, [place("hear")], "hearen", author))
    assert (again.id, again.replacement) == (one.id, "hearen")
    made(ws, corrections.mark(ws, [place("We hear")], "We heard", author))  # it is in nobody's way
    for spelling, why in (("hear", "same"), (" ", "leaves nothing out")):
        with pytest.raises(InvalidEdit, match=why):
            corrections.regularise(ws, [place("hear")], spelling, author)
    with pytest.raises(InvalidEdit, match="Select the words"):
        corrections.regularise(ws, [], "x", author)


def test_another_kind_keeps_nothing_that_it_does_not_have(ws, place, author):
    one = made(ws, corrections.mark(ws, [place("hear")], "heard", author))
    other = made(ws, corrections.change_kind(ws, one.id, "regularisation"))
    assert (other.kind, other.replacement, other.cause) == ("regularisation", "heard", None)
    taken = made(ws, corrections.mark(ws, [place("We hear")], "We heard", author))
    with pytest.raises(PlaceTaken) as error:
        corrections.change_kind(ws, one.id, "transcription")
    assert error.value.taken_by == taken.id
    fact = made(ws, corrections.change_kind(ws, one.id, "factual"))
    assert (fact.kind, fact.replacement, fact.cause, fact.spans) == ("factual", None, None, one.spans)
    with pytest.raises(InvalidEdit, match="no new text"):
        corrections.change_kind(ws, one.id, "transcription")
    gone = made(ws, corrections.mark(ws, [place("left")], "", author))
    with pytest.raises(InvalidEdit, match="leaves nothing out"):
        corrections.change_kind(ws, gone.id, "regularisation")

"""Corrections accepted and rejected together, and factual ones."""

import pytest

from annotator.errors import InvalidEdit
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

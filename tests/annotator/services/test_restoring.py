from dataclasses import replace

import pytest

from annotator.errors import InvalidEdit
from annotator.history import Version
from annotator.services import annotate, articles, corrections, restoring, speakers


def made(ws, edit):
    ws.apply(edit)
    return edit.changes[0].after


def test_an_annotation_becomes_what_it_was_also_when_deleted(ws, place, author):
    old = made(ws, annotate.mark_claim(ws, [place("Russia agreed")], author))
    ws.apply(annotate.change(ws, old.id, form="direct", note="x"))
    ws.apply(restoring.restore(ws, old))
    assert replace(ws.claims[old.id], updated="") == replace(old, updated="")
    with pytest.raises(InvalidEdit, match="like this already"):
        restoring.restore(ws, old)
    ws.apply(annotate.delete(ws, [old.id]))
    edit = restoring.restore(ws, old)
    ws.apply(edit)
    assert ws.claims[old.id].spans == old.spans
    ws.apply(edit.inverted())
    assert old.id not in ws.claims


def test_links_to_what_is_gone_are_left_out(ws, place, author):
    outer = made(ws, annotate.mark_claim(ws, [place('"I would go,"')], author))
    inner = made(ws, annotate.mark_claim(ws, [place("would")], author))
    ws.apply(annotate.change(ws, inner.id, parent_id=outer.id))
    ws.apply(speakers.set_chain_line(ws, inner.id, "RIA Novosti > Sergei Lavrov"))
    full = ws.claims[inner.id]
    ws.apply(annotate.delete(ws, [inner.id, outer.id]))
    ws.apply(speakers.delete(ws, "s2", []))
    ws.apply(restoring.restore(ws, full))
    back = ws.claims[inner.id]
    assert back.parent_id is None
    assert [hop.speaker_id for hop in back.chain] == [None, "s1"]


def test_a_correction_does_not_come_back_over_another(ws, place, author):
    old = made(ws, corrections.mark(ws, [place("hear")], "here", author))
    ws.apply(annotate.delete(ws, [old.id]))
    ws.apply(corrections.mark(ws, [place("We hear")], "We heard", author))
    with pytest.raises(InvalidEdit, match="already corrected"):
        restoring.restore(ws, old)


def test_only_what_is_at_hand_is_restored(ws, place, author):
    claim = made(ws, annotate.mark_claim(ws, [place("Russia agreed")], author))
    with pytest.raises(InvalidEdit, match="never changes"):
        restoring.restore(ws, ws.source)
    with pytest.raises(InvalidEdit, match="Open its article"):
        restoring.restore(ws, replace(claim, article_id="other"))


def test_the_differences_of_a_version(ws, place, author):
    claim = made(ws, annotate.mark_claim(ws, [place("Russia agreed")], author))
    version = Version(1, "c", "t", "edit", "Ann", "", claim, replace(claim, form="direct", updated="later"))
    assert restoring.differences(version) == [("form", None, "direct")]
    gone = replace(version, after=None)
    assert ("annotator", "Ann", None) in restoring.differences(gone)
    assert restoring.differences(replace(version, before=None, after=None)) == []


def test_an_article_that_is_done_is_frozen_until_reopened(ws, place, author):
    claim = made(ws, annotate.mark_claim(ws, [place("Russia agreed")], author))
    ws.apply(articles.change(ws, state="done"))
    for edit in (
        annotate.delete(ws, [claim.id]),
        annotate.mark_claim(ws, [place("He left")], author),
        speakers.set_chain_line(ws, claim.id, "Somebody New"),
        articles.change(ws, title="Other"),
    ):
        with pytest.raises(InvalidEdit, match="reopen it"):
            articles.check_open(ws, edit)
    articles.check_open(ws, articles.change(ws, state="in_progress"))
    articles.check_open(ws, articles.delete(ws.document()))
    articles.check_open(ws, speakers.change(ws, "s1", name="S. Lavrov"))
    articles.check_open(ws, speakers.delete(ws, "s1", [claim]))  # the registry is the whole project's
    ws.apply(articles.change(ws, state="in_progress"))
    articles.check_open(ws, annotate.delete(ws, [claim.id]))

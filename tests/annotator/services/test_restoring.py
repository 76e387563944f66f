from dataclasses import replace

import pytest

from annotator.errors import InvalidEdit
from annotator.history import Version
from annotator.services import annotate, articles, corrections, restoring, scheme, speakers


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


def test_a_claim_does_not_come_back_inside_one_that_is_inside_it(ws, place, author):
    one, two = (made(ws, annotate.mark_claim(ws, [place(words)], author)) for words in ("Russia agreed", "He left"))
    ws.apply(annotate.change(ws, one.id, parent_id=two.id))
    old = ws.claims[one.id]
    ws.apply(annotate.change(ws, one.id, parent_id=None))
    ws.apply(annotate.change(ws, two.id, parent_id=one.id))
    with pytest.raises(InvalidEdit, match="inside it now; take that one out first"):
        restoring.restore(ws, old)
    ws.apply(annotate.change(ws, two.id, parent_id=None))
    ws.apply(restoring.restore(ws, old))
    assert ws.claims[one.id].parent_id == two.id


def test_a_value_that_the_scheme_lost_does_not_come_back_with_a_record(ws, place, author):
    ws.apply(scheme.add_term(ws, "claim.form", "Mine"))
    claim = made(ws, annotate.mark_claim(ws, [place("Russia agreed")], author))
    ws.apply(annotate.change(ws, claim.id, form="mine"))
    old = ws.claims[claim.id]
    ws.apply(scheme.rename_value(ws, "claim.form", "mine", "ours", [old]))
    with pytest.raises(InvalidEdit, match="scheme is another one now: in form, “mine” is not one of"):
        restoring.restore(ws, old)
    ws.apply(scheme.retire(ws, "claim.form", "ours"))
    with pytest.raises(InvalidEdit, match="like this already"):
        restoring.restore(ws, ws.claims[claim.id])


def test_the_scheme_comes_back_as_its_next_version_and_keeps_what_came_since(ws):
    ws.apply(scheme.change(ws, name="Old"))
    old = ws.scheme
    ws.apply(scheme.add_term(ws, "claim.form", "Mine"))
    ws.apply(scheme.change(ws, name="New"))
    edit = restoring.restore(ws, old)
    assert edit.title == "Restore scheme"
    ws.apply(edit)
    assert (ws.scheme.name, int(ws.scheme.version)) == ("Old", int(old.version) + 3)
    assert ws.vocabulary.get("claim.form", "mine").retired
    with pytest.raises(InvalidEdit, match="like this already"):
        restoring.restore(ws, old)


def test_a_speaker_does_not_come_back_under_a_name_that_is_taken(ws):
    old = ws.speakers["s1"]
    ws.apply(speakers.change(ws, "s1", name="Somebody"))
    fresh = made(ws, speakers.create(ws, "sergei  LAVROV"))
    with pytest.raises(InvalidEdit, match="already a speaker “sergei LAVROV”"):
        restoring.restore(ws, old)
    ws.apply(speakers.delete(ws, fresh.id, []))
    ws.apply(restoring.restore(ws, old))
    assert ws.speakers["s1"].name == old.name


def test_the_fields_of_an_article_come_back_without_its_state(ws):
    old = ws.article
    ws.apply(articles.change(ws, state="done"))
    done = ws.article
    ws.apply(articles.change(ws, state="in_progress", title="Other"))
    ws.apply(restoring.restore(ws, done))
    assert (ws.article.title, ws.article.state) == (old.title, "in_progress")
    with pytest.raises(InvalidEdit, match="already, but for its state"):
        restoring.restore(ws, done)
    with pytest.raises(InvalidEdit, match="Open its article"):
        restoring.restore(ws, replace(old, id="other"))


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

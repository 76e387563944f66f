from dataclasses import replace

import pytest

from annotator.edits import Change, Edit
from annotator.errors import InvalidEdit
from annotator.model import Hop
from annotator.services import annotate, claims, corrections, speakers


def made(ws, edit):
    ws.apply(edit)
    return edit.changes[0].after


@pytest.fixture
def whole(ws, place, author):
    """A claim of two parts, with chain, tag and note."""
    claim = made(ws, annotate.mark_claim(ws, [place('"I would go,"'), place('"We hear 😀 this."')], author))
    ws.apply(speakers.set_chain_line(ws, claim.id, "RIA Novosti > Sergei Lavrov"))
    ws.apply(annotate.change(ws, claim.id, form="direct", tags=("visit",), note="ask", text="He would go."))
    return ws.claims[claim.id]


def words(claim):
    return [span.exact for span in claim.spans]


def test_a_claim_splits_between_its_parts(ws, place, author, whole):
    inside = made(ws, annotate.mark_claim(ws, [place("hear 😀 this")], author))
    ws.apply(annotate.change(ws, inside.id, parent_id=whole.id))
    edit = claims.split(ws, whole.id, place("Lavrov said")[0], author)
    ws.apply(edit)
    (other,) = [c for c in ws.claims.values() if c.id not in (whole.id, inside.id)]
    assert words(ws.claims[whole.id]) == ['"I would go,"']
    assert words(other) == ['"We hear 😀 this."']
    assert (other.chain, other.form, other.tags) == (whole.chain, "direct", ("visit",))
    assert (other.text, other.note) == (None, "")
    assert ws.claims[inside.id].parent_id == other.id
    ws.apply(edit.inverted())
    assert ws.claims[whole.id] == whole
    assert ws.claims[inside.id].parent_id == whole.id


def test_a_split_inside_a_part_leaves_no_white_space(ws, place, author, whole):
    ws.apply(claims.split(ws, whole.id, place("go,")[0], author))
    (other,) = [c for c in ws.claims.values() if c.id != whole.id]
    assert words(ws.claims[whole.id]) == ['"I would']
    assert words(other) == ['go,"', '"We hear 😀 this."']


@pytest.mark.parametrize("where", ["Russia", '"I would', " He left."])
def test_a_claim_is_not_split_where_one_half_would_be_empty(ws, place, author, whole, where):
    with pytest.raises(InvalidEdit, match="inside the claim"):
        claims.split(ws, whole.id, place(where)[0], author)


def test_merging_gives_back_what_was_split(ws, place, author, whole):
    ws.apply(claims.split(ws, whole.id, place("Lavrov said")[0], author))
    edit = claims.merge(ws, list(ws.claims))
    ws.apply(edit)
    assert list(ws.claims) == [whole.id]
    assert replace(ws.claims[whole.id], updated=whole.updated) == whole


def test_merging_keeps_what_hangs_on_the_claims(ws, place, author, whole):
    second = made(ws, annotate.mark_claim(ws, [place("He left")], author))
    ws.apply(annotate.change(ws, second.id, tags=("visit", "exit"), note="tell", type="position", unsure=True))
    child = made(ws, annotate.mark_claim(ws, [place("left")], author))
    ws.apply(annotate.change(ws, child.id, parent_id=second.id))
    about = made(ws, corrections.factual(ws, second.id, author))
    ws.apply(claims.merge(ws, [second.id, whole.id]))
    kept = ws.claims[whole.id]
    assert words(kept) == ['"I would go,"', '"We hear 😀 this."', "He left"]
    assert (kept.tags, kept.note, kept.type, kept.unsure) == (("visit", "exit"), "ask\ntell", "position", True)
    assert ws.claims[child.id].parent_id == kept.id
    assert ws.corrections[about.id].claim_id == kept.id
    assert second.id not in ws.claims


def test_merging_a_claim_with_the_one_around_it_leaves_it_inside_nothing(ws, place, author, whole):
    inside = made(ws, annotate.mark_claim(ws, [place("hear 😀 this")], author))
    ws.apply(annotate.change(ws, inside.id, parent_id=whole.id))
    ws.apply(claims.merge(ws, [whole.id, inside.id]))
    assert ws.claims[whole.id].parent_id is None


def test_merging_a_claim_with_one_two_deep_in_it_makes_no_circle(ws, place, author, whole):
    between, deep = (made(ws, annotate.mark_claim(ws, [place(w)], author)) for w in ("hear 😀 this", "this"))
    ws.apply(annotate.change(ws, between.id, parent_id=whole.id))
    ws.apply(annotate.change(ws, deep.id, parent_id=between.id))
    ws.apply(claims.merge(ws, [whole.id, deep.id]))
    assert ws.claims[whole.id].parent_id is None
    assert ws.claims[between.id].parent_id == whole.id


def test_claims_of_different_sources_are_not_merged(ws, place, author, whole):
    second = made(ws, annotate.mark_claim(ws, [place("He left")], author))
    ws.apply(speakers.set_chain_line(ws, second.id, "RIA Novosti"))
    with pytest.raises(InvalidEdit, match="different sources"):
        claims.merge(ws, [whole.id, second.id])


def test_a_duplicate_is_another_claim_on_the_same_words(ws, author, whole):
    edit = claims.duplicate(ws, whole.id, author)
    copy = made(ws, edit)
    assert copy.id != whole.id
    assert (copy.spans, copy.chain, copy.tags) == (whole.spans, whole.chain, whole.tags)


def test_each_of_many_claims_keeps_the_namesake_that_it_has(ws, place, author, whole):
    second, third = (made(ws, annotate.mark_claim(ws, [place(w)], author)) for w in ("He left", "Russia"))
    ws.speakers["s3"] = replace(ws.speakers["s1"], id="s3")
    ws.apply(annotate.change(ws, second.id, chain=(Hop("s3"),)))
    ws.apply(claims.set_chain_many(ws, [second.id, third.id], "TASS > Sergei Lavrov"))
    assert [ws.claims[claim.id].chain[-1].speaker_id for claim in (second, third)] == ["s3", "s1"]
    assert ws.claims[second.id].chain[0] == ws.claims[third.id].chain[0]


def test_many_claims_change_in_one_step(ws, place, author, whole):
    second = made(ws, annotate.mark_claim(ws, [place("He left")], author))
    before = dict(ws.claims)
    ids = [whole.id, second.id]
    edits = [claims.change_many(ws, ids, form="indirect", stance="denies")]
    ws.apply(edits[0])
    edits.append(claims.tag_many(ws, ids, add=["new"], remove=["visit"]))
    ws.apply(edits[1])
    edits.append(claims.set_chain_many(ws, ids, "Kommersant > Sergei Lavrov"))
    ws.apply(edits[2])
    assert [ws.claims[id_].form for id_ in ids] == ["indirect", "indirect"]
    assert [ws.claims[id_].tags for id_ in ids] == [("new",), ("new",)]
    assert len([s for s in ws.speakers.values() if s.name == "Kommersant"]) == 1
    assert len({speakers.chain_line(ws, ws.claims[id_]) for id_ in ids}) == 1
    assert edits[0].title == "Change form, stance of 2 claims"
    for edit in reversed(edits):
        ws.apply(edit.inverted())
    assert ws.claims == before


def test_one_refusal_refuses_all(ws, author, whole):
    with pytest.raises(InvalidEdit):
        claims.change_many(ws, [whole.id, "gone"], form="direct")
    assert ws.claims[whole.id] == whole


def test_the_smallest_claim_around_is_the_likely_parent(ws, place, author, whole):
    start, end = place('"We hear 😀 this."')
    outer = made(ws, annotate.mark_claim(ws, [(start, end)], author))
    inner = made(ws, annotate.mark_claim(ws, [place("😀")], author))
    assert claims.enclosing(ws, inner.id).id == outer.id
    assert claims.enclosing(ws, outer.id).id == whole.id
    assert claims.enclosing(ws, whole.id) is None


def test_an_edit_of_several_is_the_sum_of_them(ws, author, whole):
    changed = replace(whole, note="other")
    assert Edit("x", (Change(whole, changed),)) == Edit("x", (Change(ws.claims[whole.id], changed),))

import pytest

from annotator.errors import InvalidEdit
from annotator.model import Hop
from annotator.services import annotate, corrections


def applied(ws, edit):
    ws.apply(edit)
    return next(c.after for c in edit.changes if c.after is not None)


def quoted(record):
    return [span.exact for span in record.spans]


def test_a_claim_carries_who_made_it_and_quotes_its_places(ws, author, place):
    claim = applied(ws, annotate.mark_claim(ws, [place('"I would go,"'), place('"We hear 😀 this."')], author))
    assert quoted(claim) == ['"I would go,"', '"We hear 😀 this."']
    assert (claim.annotator, claim.guideline, claim.origin, claim.article_id) == ("Ann", "2", "manual", "art")
    assert ws.claims[claim.id] is claim


def test_nothing_selected_is_refused(ws, author):
    for ranges in ([], [(3, 3)], [(6, 7)]):
        with pytest.raises(InvalidEdit, match="Select some words"):
            annotate.mark_claim(ws, ranges, author)


def test_a_mention_guesses_its_kind_and_is_not_marked_twice(ws, author, place):
    assert applied(ws, annotate.mark_mention(ws, [place("Lavrov")], author, "s1")).kind == "name"
    assert applied(ws, annotate.mark_mention(ws, [place("He")], author)).kind == "pronoun"
    with pytest.raises(InvalidEdit, match="already marked"):
        annotate.mark_mention(ws, [place("Lavrov")], author)


def test_a_cue_goes_to_the_innermost_hop_and_joins_what_it_touches(ws, author, place):
    claim = applied(ws, annotate.mark_claim(ws, [place('"I would go,"')], author))
    ws.apply(annotate.change(ws, claim.id, chain=(Hop("s2"), Hop("s1"))))
    cue = applied(ws, annotate.mark_cue(ws, claim.id, [place("sa")])).chain
    assert [s.exact for s in cue[1].cue_spans] == ["sa"]
    cue = applied(ws, annotate.mark_cue(ws, claim.id, [place("aid")])).chain
    assert [s.exact for s in cue[1].cue_spans] == ["said"]
    assert cue[0].cue_spans == ()
    with pytest.raises(InvalidEdit, match="already the cue"):
        annotate.mark_cue(ws, claim.id, [place("said")])


def test_parts_are_added_removed_and_cut_in_two(ws, author, place):
    claim = applied(ws, annotate.mark_claim(ws, [place("Russia agreed")], author))
    claim = applied(ws, annotate.add_part(ws, claim.id, *place("He left")))
    assert quoted(claim) == ["Russia agreed", "He left"]
    claim = applied(ws, annotate.remove_range(ws, claim.id, *place("sia ag")))
    assert quoted(claim) == ["Rus", "reed", "He left"]
    claim = applied(ws, annotate.remove_range(ws, claim.id, *place("He left")))
    assert quoted(claim) == ["Rus", "reed"]
    with pytest.raises(InvalidEdit, match="not part"):
        annotate.remove_range(ws, claim.id, *place("He left"))
    with pytest.raises(InvalidEdit, match="Nothing would be left"):
        annotate.remove_range(ws, claim.id, 0, 40)


def test_a_boundary_moves_but_a_part_never_becomes_empty(ws, author, place):
    claim = applied(ws, annotate.mark_claim(ws, [place("agreed")], author))
    start, end = place("agreed")
    claim = applied(ws, annotate.move_boundary(ws, claim.id, 0, "start", 0))
    assert quoted(claim) == ["Russia agreed"]
    with pytest.raises(InvalidEdit, match="at least one character"):
        annotate.move_boundary(ws, claim.id, 0, "end", 0)
    assert applied(ws, annotate.move_boundary(ws, claim.id, 0, "start", start)).spans[0].end == end


def test_fields_are_checked_against_their_vocabulary(ws, author, place):
    claim = applied(ws, annotate.mark_claim(ws, [place("agreed")], author))
    assert applied(ws, annotate.change(ws, claim.id, form="direct", certainty="low")).form == "direct"
    assert not annotate.change(ws, claim.id, form="direct")
    wrong = [{"form": "sung"}, {"status": "fine"}, {"status": None}, {"colour": "red"}, {"id": "x"}, {"tags": ["a"]}]
    wrong += [{"origin": "manual"}, {"annotator": "Bo"}, {"guideline": "2"}, {"spans": ()}, {"note": "\0"}]
    wrong += [{"parent_id": "nobody"}, {"chain": (Hop("nobody"),)}]
    for fields in wrong:
        with pytest.raises(InvalidEdit):
            annotate.change(ws, claim.id, **fields)


def test_a_claim_cannot_be_inside_itself(ws, author, place):
    outer = applied(ws, annotate.mark_claim(ws, [place("agreed")], author))
    inner = applied(ws, annotate.mark_claim(ws, [place("gree")], author))
    ws.apply(annotate.change(ws, inner.id, parent_id=outer.id))
    for claim, parent in ((outer, inner), (outer, outer)):
        with pytest.raises(InvalidEdit, match="inside itself"):
            annotate.change(ws, claim.id, parent_id=parent.id)


def test_deleting_a_claim_unlinks_what_pointed_to_it_and_undo_restores_all(ws, author, place):
    outer = applied(ws, annotate.mark_claim(ws, [place("agreed")], author))
    inner = applied(ws, annotate.mark_claim(ws, [place("gree")], author))
    ws.apply(annotate.change(ws, inner.id, parent_id=outer.id))
    fix = applied(ws, corrections.mark(ws, [place("Russia")], "Rossiya", author))
    ws.apply(annotate.change(ws, fix.id, kind="factual", claim_id=outer.id))
    before = ws.document()
    edit = annotate.delete(ws, [outer.id])
    ws.apply(edit)
    assert ws.claims[inner.id].parent_id is None
    assert ws.corrections[fix.id].claim_id is None
    ws.apply(edit.inverted())
    assert ws.document() == before


def test_overlapping_corrections_are_refused_with_the_place(ws, author, place):
    ws.apply(corrections.mark(ws, [place("Russia")], "Rossiya", author))
    with pytest.raises(InvalidEdit, match="“Russia” at 0 is already corrected"):
        corrections.mark(ws, [(3, 9)], "x", author)
    other = applied(ws, corrections.mark(ws, [place("agreed")], "agrees", author))
    with pytest.raises(InvalidEdit, match="already corrected"):
        annotate.set_spans(ws, other.id, [(2, 9)])


def test_a_rejected_correction_comes_back_only_if_its_place_is_free(ws, author, place):
    first = applied(ws, corrections.mark(ws, [place("Russia")], "Rossiya", author))
    ws.apply(annotate.change(ws, first.id, status="rejected"))
    ws.apply(corrections.mark(ws, [place("Rus")], "Ros", author))
    with pytest.raises(InvalidEdit, match="already corrected"):
        annotate.change(ws, first.id, status="accepted")


@pytest.mark.parametrize(
    ("exact", "replacement", "cause"),
    [
        ("Twould", "I would", "ocr"),
        ("'\"We", '"We', "quote_mark"),
        ("20,2018", "20, 2018", "spacing"),
        ("\n", " ", "line_break"),
        ("inter-\nview", "interview", "hyphenation"),
        ("Read more: something else", "", "inserted_matter"),
        ("", "x", None),
    ],
)
def test_the_likely_cause_of_a_correction(exact, replacement, cause):
    assert corrections.guess_cause(exact, replacement) == cause


def test_a_correction_always_changes_something(ws, author, place):
    fix = applied(ws, corrections.mark(ws, [place("Russia")], "Rossiya", author))
    with pytest.raises(InvalidEdit, match="same as the text"):
        annotate.change(ws, fix.id, replacement="Russia")
    insertion = applied(ws, corrections.mark(ws, [(0, 0)], "The ", author))
    with pytest.raises(InvalidEdit, match="same as the text"):
        annotate.change(ws, insertion.id, replacement="")


def test_part_of_a_correction_of_spaces_stays_where_it_was(ws, author):
    fix = applied(ws, corrections.mark(ws, [(13, 16)], "X", author))
    assert quoted(applied(ws, annotate.remove_range(ws, fix.id, 14, 16))) == [ws.text[13:14]]


def test_a_factual_correction_may_lie_over_a_transcription(ws, author, place):
    ws.apply(corrections.mark(ws, [place("Russia")], "Rossiya", author))
    other = applied(ws, corrections.mark(ws, [place("agreed")], "agrees", author))
    ws.apply(annotate.change(ws, other.id, kind="factual"))
    assert quoted(applied(ws, annotate.set_spans(ws, other.id, [place("Russia agreed")]))) == ["Russia agreed"]

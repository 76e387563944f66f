import pytest

from annotator.errors import InvalidEdit
from annotator.services import annotate, annotate_all, corrections
from annotator.services.search import Query, find


def test_every_place_becomes_a_mention_of_one_new_speaker_in_one_edit(ws, author):
    places = find(ws.text, Query("we hear")) + find(ws.text, Query("He", words=True, case=True))
    before = (ws.document(), dict(ws.speakers))
    edit = annotate_all.mentions(ws, places, "Somebody New", author)
    ws.apply(edit)
    assert [m.spans[0].exact for m in ws.mentions.values()] == ["We hear", "He"]
    assert {ws.speakers[m.speaker_id].name for m in ws.mentions.values()} == {"Somebody New"}
    ws.apply(edit.inverted())
    assert (ws.document(), ws.speakers) == before


def test_places_that_are_taken_are_left_alone(ws, author, place):
    ws.apply(annotate.mark_mention(ws, [place("Lavrov")], author))
    assert annotate_all.free_for_mentions(ws, [place("Lavrov"), place("Russia")]) == [place("Russia")]
    with pytest.raises(InvalidEdit, match="already"):
        annotate_all.mentions(ws, [place("Lavrov")], "Lavrov", author)
    ws.apply(corrections.mark(ws, [place("would")], "will", author))
    edit = annotate_all.correct(ws, [place("I would"), place("He")], "x", author)
    assert [c.after.spans[0].exact for c in edit.changes] == ["He"]

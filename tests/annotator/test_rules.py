"""Every rule of a record's fields, asked through the three services that set them."""

from dataclasses import fields, replace

import pytest

from annotator.edits import Change, Edit
from annotator.errors import InvalidEdit, InvalidSpan
from annotator.model import Article, Claim, Correction, Evidence, Hop, Mention, Role, Segment, SourceText, Span, Speaker
from annotator.rules import check_edit, check_fields, find_cycle, is_date, links_of, value_problems
from annotator.text.anchors import segment_problems
from annotator.vocabulary import DEFAULT

COMMON = {"id": "i", "article_id": "a", "annotator": "Ann", "spans": ()}
CLAIM, MENTION, FIX = Claim(**COMMON), Mention(**COMMON), Correction(**COMMON)
SPEAKER, ARTICLE = Speaker("s", "Ann"), Article("a", "T")


@pytest.mark.parametrize(
    ("record", "name", "value", "said"),
    [
        (CLAIM, "status", None, "The status of a claim cannot be nothing."),
        (MENTION, "kind", None, "The kind of a mention cannot be nothing."),
        (FIX, "kind", None, "The kind of a correction cannot be nothing."),
        (CLAIM, "note", None, "The note of a claim cannot be nothing."),
        (CLAIM, "unsure", 1, "The unsure of a claim cannot be “1”."),
        (CLAIM, "form", "sung", "“sung” is not one of: direct, indirect, "),
        (CLAIM, "certainty", "", "“” is not one of: high, medium, low."),
        (CLAIM, "chain", [Hop()], "The chain of a claim cannot be “[Hop("),
        (CLAIM, "chain", (Hop(7),), "The chain of a claim cannot be “(Hop(speaker_id=7"),
        (CLAIM, "chain", (Hop(referring="odd"),), "“odd” is not one of: explicit, "),
        (CLAIM, "chain", (Hop(cue_spans=(Span(0, 1, None),)),), "The chain of a claim cannot be"),
        (CLAIM, "tags", ("a", None), "The tags of a claim cannot be"),
        (CLAIM, "origin", "manual", "A claim has no field “origin” to change."),
        (CLAIM, "colour", "red", "A claim has no field “colour” to change."),
        (CLAIM, "note", "a\0b", "The field “note” holds a character that cannot be stored."),
        (CLAIM, "tags", ("\ud800",), "The field “tags” holds a character that cannot be stored."),
        (FIX, "evidence", (Evidence(date="2018-02-31"),), "“2018-02-31” is not a date; write it as"),
        (FIX, "evidence", (Evidence(note="\udfff"),), "The field “evidence” holds a character that cannot be stored."),
        (SPEAKER, "kind", None, "The kind of a speaker cannot be nothing."),
        (SPEAKER, "name", None, "The name of a speaker cannot be nothing."),
        (SPEAKER, "roles", (Role("Chief", "soon"),), "“soon” is not a date"),
        (ARTICLE, "state", None, "The state of an article cannot be nothing."),
        (ARTICLE, "title", None, "The title of an article cannot be nothing."),
        (ARTICLE, "published", "2018-02-31", "“2018-02-31” is not a date"),
        (ARTICLE, "published", "", "“” is not a date"),
        (ARTICLE, "segments", (Segment("odd", 0, 3),), "“odd” is not one of: headline, "),
        (ARTICLE, "segments", (Segment("body", 3, 3),), "A segment 3–3 is empty."),
        (ARTICLE, "segments", (Segment("body", 0, 3), Segment("note", 2, 4)), "A segment 2–4 overlaps the one before."),
        (ARTICLE, "segments", (Segment("body", 4, 6), Segment("note", 0, 2)), "A segment 0–2 is out of order."),
        (ARTICLE, "segments", (Segment("body", -1, 2),), "A segment -1–2 is outside the text."),
    ],
)
def test_a_value_that_breaks_a_rule_is_refused_in_one_sentence(record, name, value, said):
    with pytest.raises(InvalidEdit) as error:
        check_fields(record, {name: value}, {"origin"}, DEFAULT)
    assert str(error.value).startswith(said)


@pytest.mark.parametrize("record", [CLAIM, MENTION, FIX, SPEAKER, ARTICLE])
def test_every_field_may_keep_the_value_that_a_new_record_has(record):
    check_fields(record, {field.name: getattr(record, field.name) for field in fields(record)}, (), DEFAULT)
    assert list(value_problems(record, DEFAULT)) == []


def test_a_problem_names_its_place_inside_the_record():
    chain = (Hop(), Hop(referring="odd"))
    (problem,) = value_problems(replace(CLAIM, chain=chain), DEFAULT)
    assert problem.place == "chain[1].referring"


def test_dates_are_days_that_exist():
    for good in ("2018", "2018-04", "2018-04-20", "2016-02-29"):
        assert is_date(good), good
        assert is_date(good, with_time=True), good
    for bad in ("2018-02-29", "2018-13", "18-04-20", "2018-4-2", "", "soon", "٢٠١٨", "2018-04-20\n", "0000"):
        assert not is_date(bad), bad
        assert not is_date(bad, with_time=True), bad
    assert is_date("2018-04-20T10:00:00Z", with_time=True)
    assert not is_date("2018-04-20T10:00:00Z")


def test_what_is_written_is_checked_against_its_text_and_what_is_deleted_is_not():
    span = Span(0, 3, "one")
    good, bad = replace(CLAIM, spans=(span,)), replace(CLAIM, spans=(Span(0, 3, "two"),))
    check_edit(Edit("x", (Change(None, good),)), {"a": "one two"})
    check_edit(Edit("x", (Change(bad, None),)), {"a": "one two"})
    check_edit(Edit("x", (Change(None, bad),)), {})
    with pytest.raises(InvalidSpan):
        check_edit(Edit("x", (Change(None, bad),)), {"a": "one two"})
    with pytest.raises(InvalidSpan):
        check_edit(Edit("x", (Change(None, bad), Change(None, SourceText("a", "one two", "00")))), {})
    with pytest.raises(InvalidEdit, match="title” holds a character"):
        check_edit(Edit("\0", ()), {})


def test_links_cycles_and_segments():
    claim = replace(CLAIM, parent_id="p", chain=(Hop("s1"), Hop(), Hop("s2")))
    assert list(links_of(claim)) == [
        ("it", "claim", "p"),
        ("hop 1 of its chain", "speaker", "s1"),
        ("hop 3 of its chain", "speaker", "s2"),
    ]
    assert list(links_of(replace(FIX, claim_id="c"))) == [("it", "claim", "c")]
    assert list(links_of(SPEAKER)) == []
    assert find_cycle({"a": "b", "b": "c", "c": None, "d": "gone"}) is None
    assert find_cycle({"a": "b", "b": "c", "c": "b"}) in {"b", "c"}
    assert list(segment_problems([(0, 5), (5, 9), (8, 12), (20, 31), (1, 2)], 30)) == [
        (2, "8–12 overlaps the one before"),
        (3, "20–31 is outside the text"),
        (4, "1–2 is out of order"),
    ]

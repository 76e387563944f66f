"""brat standoff, read: every kind of line, and every kind of damage, told by its number."""

from __future__ import annotations

import io

import pytest

from annotator.errors import ImportFailed
from annotator.formats import brat
from annotator.formats.base import Reading
from annotator.formats.brat.reading import standoff
from annotator.formats.standoff.decode import decode
from annotator.formats.standoff.graph import Item, Link, Standoff

TEXT = "Ann Lee said\nit rains 🌧, and she\nleft early."


def read(*lines: str, text: str = TEXT) -> Standoff:
    return standoff("a.ann", text, "\n".join(lines))


def reasons(found: Standoff) -> list[tuple[str, str]]:
    return [(unread.place, unread.reason) for unread in found.unread]


def test_of_equal_ids_that_nothing_refers_to_both_are_taken() -> None:
    found = read(
        "T1\tSource 0 7\tAnn Lee",
        "T2\tContent 13 21\tit rains",
        "T3\tSource 0 3\tAnn",
        "R1\tSays Arg1:T1 Arg2:T2",
        "T3\tCue 8 12\tsaid",
        "R1\tSays Arg1:T1 Arg2:T2",
        "T2\tContent 25 32\tand she",
    )
    assert [(item.label, item.places[0][0]) for item in found.items] == [
        ("Source", 0), ("Content", 13), ("Source", 0), ("Cue", 8),
    ]  # fmt: skip
    assert [link.ends for link in found.links] == [(("Arg1", "T1"), ("Arg2", "T2"))] * 2
    assert len({each.id for each in (*found.items, *found.links)}) == 6
    assert reasons(found) == [("line 7", "there is a T2 before it")]  # R1 may mean the one or the other
    assert found.notes == ("2 lines had the id of another before it, which nothing refers to; both were taken.",)


def test_every_kind_of_line() -> None:
    found = read(
        "T1\tContent 13 21;25 32\tit rains and she",
        "T2\tSource 0 7\tAnn Lee",
        "T3\tSaying 8 12\tsaid",
        "E1\tSaying:T3 What:T1 Who:T2 Who2:T1",
        "R1\tAlias Arg1:T2 Arg2:T1\t",
        "*\tEquiv T1 T2",
        "A1\tNegation E1",
        "A2\tConfidence T1 High",
        "M1\tSpeculation E1",
        "N1\tReference T2 Wikipedia:534366\tAnn Lee (writer)",
        "N2\tReference Annotation:T2 Referent:OBO:7",
        "N3\tReference T1 Speaker:s1\tAnn Lee",
        "#1\tAnnotatorNotes E1\tfree text, with\ta tab",
        "#2\tDictionary T1\tfound",
    )
    assert not found.unread
    assert not found.notes
    assert found.items == (
        Item("T1", "Content", ((13, 21), (25, 32)), ("it rains", "and she"), (
            ("Confidence", "High"), ("speaker", "s1"), ("name", "Ann Lee"), ("#Dictionary", "found"),
        )),
        Item("T2", "Source", ((0, 7),), ("Ann Lee",), (
            ("Reference", "Wikipedia:534366\tAnn Lee (writer)"), ("Reference", "OBO:7"),
        )),
        Item("T3", "Saying", ((8, 12),), ("said",)),
    )  # fmt: skip
    assert found.links == (
        Link("E1", "Saying", (("trigger", "T3"), ("What", "T1"), ("Who", "T2"), ("Who", "T1")), (
            ("Negation", "true"), ("Speculation", "true"), ("note", "free text, with\ta tab"),
        )),
        Link("R1", "Alias", (("Arg1", "T2"), ("Arg2", "T1"))),
        Link("*6", "Equiv", (("member", "T1"), ("member", "T2"))),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("T9 Content 0 7 Ann Lee", "it is no line of brat's: there is no tab after an id"),
        ("X1\tContent 0 7\tAnn", "“X1” is no id of brat's"),
        ("T9\tContent 7\tAnn", "its label and places cannot be read"),
        ("T9\tContent 7 0\tAnn", "its end lies before its start"),
        ("T9\tContent 0 99999999999999999999\tAnn", "its label and places cannot be read"),
        ("E9\tSaying:", "an event is “Type:T1 Role:T2 …”"),
        ("E9\tSaying:T1 What", "an argument is “Role:T1”"),
        ("E9\tSaying:T1 What:T77", "it is about T77, which is not there"),
        ("R9\tAlias", "a relation is “Type Arg1:T1 Arg2:T2”"),
        ("*\tEquiv", "an equivalence is “Type T1 T2 …”"),
        ("A9\tNegation", "an attribute is “Name T1” or “Name T1 Value”"),
        ("A9\tNegation T77", "it is about T77, which is not there"),
        ("N9\tReference T1 Wikipedia", "a normalisation is “Reference T1 Base:Id”"),
        ("#9\tAnnotatorNotes\ttext", "a note is “Type T1”, a tab and the text"),
        ("#9\tArticleAnnotator T1\t{", "its JSON is not what this program writes"),
        ('#9\tArticleAnnotator T1\t{"places":[["a",2]]}', "its JSON is not what this program writes"),
    ],
)
def test_a_damaged_line_is_kept_with_its_number_and_the_reason(line: str, reason: str) -> None:
    found = read("T1\tSource 0 7\tAnn Lee", "", line)
    assert reasons(found) == [("line 3", reason)]
    assert found.unread[0].raw == line
    assert found.items == (Item("T1", "Source", ((0, 7),), ("Ann Lee",)),)
    draft = decode(found, Reading("a.ann", "Zoe"))
    assert [(held.place, held.reason, held.exact) for held in draft.quarantined] == [("a.ann, line 3", reason, line)]


def test_what_is_about_a_damaged_line_is_kept_too() -> None:
    found = read("T1\tSource 7 0\tAnn Lee", "E1\tSaying:T1", "R1\tA x:E1 y:E1", "A1\tSure R1")
    assert [place for place, _ in reasons(found)] == ["line 1", "line 2", "line 3", "line 4"]
    assert not found.items
    assert not found.links


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_breaks_in_the_words_are_tolerated_and_told(ends: str) -> None:
    lines = ["T1\tContent 8 42;43 48\tsaid", "it rains 🌧, and she", "left early", "T2\tSource 0 7\tAnn Lee"]
    text = "Ann Lee said\nit rains 🌧, and she\nleft ear, ly."
    lines[0] = "T1\tContent 8 41\tsaid"
    lines[2] = text[33:41]
    found = standoff("a.ann", text, ends.join(lines))
    assert [item.exact for item in found.items] == [(text[8:41],), ("Ann Lee",)]
    assert found.notes == ("The words of 1 annotation run over line ends in the file (line 1).",)
    assert not found.unread


def test_lines_after_broken_words_that_are_not_the_texts_are_told_as_damage() -> None:
    found = read("T1\tContent 8 21\tsaid", "it snows", "T2\tSource 0 7\tAnn Lee")
    assert [item.exact for item in found.items] == [("said",), ("Ann Lee",)]
    assert [place for place, _ in reasons(found)] == ["line 2"]


def test_blanks_for_line_ends_are_brats_own_way() -> None:
    draft = decode(read("T1\tClaim 8 21\tsaid it rains"), Reading("a.ann", "Zoe"))
    assert draft.claims[0].spans[0].exact == "said\nit rains"
    assert any("differ from the text in blanks" in note for note in draft.article.import_notes)


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("\n", "\r\n"), "\ufeff" + TEXT])
def test_the_unit_is_code_points_whatever_the_line_ends_of_the_text_file_are(text: str) -> None:
    """A text file whose line ends were changed after annotating is still understood, by the quoted words."""
    found = read("T1\tClaim 13 23\tit rains 🌧", "T2\tClaim 25 32\tand she", "T3\tClaim 33 37\tleft", text=text)
    draft = decode(found, Reading("a.ann", "Zoe"))
    assert [claim.spans[0].exact for claim in draft.claims] == ["it rains 🌧", "and she", "left"]
    assert not draft.quarantined


FILES = {"a.txt": b"Ann Lee said so.", "b.a2": b"T2\tCue 8 12\tsaid\nE1\tCue:T2 Who:T1\n", "b.txt": b"Ann Lee said so."}


def opened(name: str, data: bytes) -> list[Standoff]:
    reader = brat.FORMAT.read_standoff
    assert reader is not None
    return reader(io.BytesIO(data), Reading(name, "Zoe", beside=FILES.get))


@pytest.mark.parametrize("name", ["a.ann", "news/2016/a.ann", "news.zip: a.ann", "news.zip: 2016/a.ann"])
def test_the_text_is_the_file_beside(name: str) -> None:
    (found,) = opened(name, b"\xef\xbb\xbfT1\tSource 0 7\tAnn Lee\r\n")
    assert (found.name, found.text, [item.exact for item in found.items]) == (name, "Ann Lee said so.", [("Ann Lee",)])
    assert found.get("file_name") == "a.txt"


def test_an_empty_annotation_file_is_an_article_without_annotations() -> None:
    (found,) = opened("a.ann", b"")
    assert (found.items, found.unread) == ((), ())


def test_both_files_of_a_shared_task_are_read() -> None:
    (found,) = opened("b.a1", b"T1\tPerson 0 7\tAnn Lee\n")
    assert [item.label for item in found.items] == ["Person", "Cue"]
    assert found.links[0].ends == (("trigger", "T2"), ("Who", "T1"))


def test_annotations_without_their_text_are_refused_in_one_sentence() -> None:
    with pytest.raises(ImportFailed, match=r"^c\.ann has no c\.txt beside it, which would hold the text"):
        opened("c.ann", b"T1\tSource 0 7\tAnn Lee\n")

"""Ids of Wikidata in other tools' files say who is named, in brat's normalisations as in HIPE's columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.formats.base import Draft, Reading
from annotator.formats.standoff.decode import decode
from annotator.formats.standoff.encode import encode
from annotator.formats.standoff.graph import Item, Link, Standoff
from annotator.formats.standoff.mapping import AttributeRule
from annotator.formats.standoff.mapping_in import to_ours
from annotator.formats.standoff.mapping_out import to_theirs
from annotator.formats.standoff.proposing import propose
from annotator.formats.standoff.wikidata import entry
from annotator.services.importing import import_files
from db.project import create_project

TEXT = "Ann Lee said it rains. She left. Bob stayed."
ADDRESS = "http://www.wikidata.org/entity/"


def named(*values: str, name: str = "identifier") -> Standoff:
    """“Ann Lee”, “She” and “Bob” as persons, with these values."""
    places = ((0, 7), (23, 26), (33, 36))
    found = zip(places, values, strict=False)
    return Standoff(
        "a", TEXT, tuple(Item(f"T{n}", "PER", (p,), None, ((name, v),)) for n, (p, v) in enumerate(found, 1))
    )


def imported(given: Standoff) -> Draft:
    return decode(to_ours(given, propose([given])).standoff, Reading("a.ann", "Zoe"))


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("Q42", ("Q42", "", "{id}")),
        ("Wikidata:Q42\tAnn B. Lee", ("Q42", "Ann B. Lee", "Wikidata:{id}\t{name}")),
        ("https://www.wikidata.org/wiki/Q42", ("Q42", "", "https://www.wikidata.org/wiki/{id}")),
        ("wd:q42", ("Q42", "", "wd:{id}")),
        ("Q0", None), ("Wikipedia:Q42", None), ("NIL", None), ("Q", None), ("http://x.org/Q42", None),
    ],
)  # fmt: skip
def test_entries_are_known_however_they_are_written(value: str, found: tuple[str, str, str] | None) -> None:
    assert entry(value) == found


def test_mentions_of_one_entry_are_of_one_speaker_with_that_id() -> None:
    draft = imported(named(f"{ADDRESS}Q42", f"{ADDRESS}Q42", f"{ADDRESS}Q7"))
    assert [(speaker.name, speaker.wikidata) for speaker in draft.speakers] == [("Ann Lee", "Q42"), ("Bob", "Q7")]
    ann, she, bob = draft.mentions
    assert ann.speaker_id == she.speaker_id != bob.speaker_id
    assert {mention.note for mention in draft.mentions} == {""}


def test_the_name_that_the_file_tells_counts_and_all_goes_out_as_it_came_in() -> None:
    given = named("Wikidata:Q42\tAnn B. Lee", "Wikidata:Q42\tAnn B. Lee", name="Reference")
    mapping = propose([given])
    draft = imported(given)
    assert [(speaker.name, speaker.wikidata) for speaker in draft.speakers] == [("Ann B. Lee", "Q42")]
    back = to_theirs(encode(draft.document, {each.id: each for each in draft.speakers}), mapping)
    assert [item.get("Reference") for item in back.items if item.label == "PER"] == ["Wikidata:Q42\tAnn B. Lee"] * 2


def test_the_source_of_a_claim_has_the_id_of_its_speaker() -> None:
    items = (
        Item("T1", "Quote", ((13, 21),)),
        Item("T2", "Source", ((0, 7),), None, (("kb", "Q42"),)),
    )
    given = Standoff("a", TEXT, items, (Link("R1", "Says", (("Quote", "T1"), ("Source", "T2"))),))
    draft = imported(given)
    (claim,) = draft.claims
    assert [(speaker.id, speaker.name, speaker.wikidata) for speaker in draft.speakers] == [
        (claim.chain[0].speaker_id, "Ann Lee", "Q42")
    ]
    assert claim.note == ""
    back = to_theirs(encode(draft.document, {each.id: each for each in draft.speakers}), propose([given]))
    assert [item.get("kb") for item in back.items if item.label == "Source"] == ["Q42"]


def test_what_is_no_entry_stays_in_the_note() -> None:
    draft = imported(named("Q42", "Q42", "Wikipedia:1"))
    assert propose([named("Q42", "Wikipedia:1")]).attributes == ()
    assert [mention.note for mention in draft.mentions] == [
        "identifier = Q42", "identifier = Q42", "identifier = Wikipedia:1",
    ]  # fmt: skip
    assert AttributeRule("x", "wikidata").value("NIL") is None


def test_entries_and_not_names_tell_speakers_of_several_articles_apart(tmp_path: Path) -> None:
    said = {
        "one": ("Ann Lee", "Q42"),
        "two": ("Professor Lee", "Q42"),
        "three": ("Ann Lee", "Q7"),
        "four": ("Ann Lee", ""),
    }
    for name, (words, id_) in said.items():
        (tmp_path / f"{name}.txt").write_text(f"{words} spoke. This is {name}.")
        line = f"T1\tPER 0 {len(words)}\t{words}\n" + (f"N1\tReference T1 Wikidata:{id_}\t\n" if id_ else "")
        (tmp_path / f"{name}.ann").write_text(line)
    project = create_project(str(tmp_path / "p.annotator"))
    report = import_files(project, [tmp_path / f"{name}.ann" for name in said], annotator="Zoe")
    speakers = [(speaker.name, speaker.wikidata) for speaker in project.speakers()]
    told = [mention.speaker_id for document in project.documents() for mention in document.mentions]
    project.close()
    assert sorted(speakers) == [("Ann Lee", "Q42"), ("Ann Lee", "Q7")]
    assert told[0] == told[1] != told[2]
    assert [note for note in report.notes if "is also named" in note] != []

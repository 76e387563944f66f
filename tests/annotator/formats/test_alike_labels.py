"""Labels that become the very same here stay known, so that each goes out as what it came in."""

from __future__ import annotations

from dataclasses import replace

from annotator.formats.base import Reading
from annotator.formats.standoff.decode import decode
from annotator.formats.standoff.encode import encode
from annotator.formats.standoff.graph import Item, Standoff
from annotator.formats.standoff.mapping import ItemRule, Mapping
from annotator.formats.standoff.mapping_in import to_ours
from annotator.formats.standoff.mapping_out import to_theirs
from annotator.formats.standoff.proposing import propose
from annotator.model import Document

TEXT = "Ann Lee of Acme said in Bonn: It rains."


def standoff(*items: tuple[str, int, int], more: tuple[tuple[str, str], ...] = ()) -> Standoff:
    made = (Item(f"T{n}", label, ((start, end),), attributes=more) for n, (label, start, end) in enumerate(items))
    return Standoff("a", TEXT, tuple(made))


def imported(given: Standoff, mapping: Mapping) -> Document:
    return decode(to_ours(given, mapping).standoff, Reading("a.ann", "Zoe")).document


def back(document: Document, mapping: Mapping) -> list[tuple[str, int, int]]:
    """What goes out again of an article, segments aside."""
    found = to_theirs(encode(document, {}), mapping)
    return sorted((item.label, *item.places[0]) for item in found.items if item.label != "Segment")


def test_names_of_several_labels_are_mentions_that_say_which() -> None:
    given = standoff(("PER", 0, 7), ("ORG", 11, 15), ("LOC", 24, 28), ("GPE", 24, 28))
    mapping = propose([given])
    document = imported(given, mapping)
    assert [mention.note for mention in document.mentions] == [
        "label = PER", "label = ORG", "label = LOC", "label = GPE",
    ]  # fmt: skip
    told = "“label” of 4 annotations has no field here; it stands in the note."
    assert told in document.article.import_notes
    assert back(document, mapping) == [("GPE", 24, 28), ("LOC", 24, 28), ("ORG", 11, 15), ("PER", 0, 7)]


def test_claims_of_several_labels_have_them_as_tags() -> None:
    given = standoff(("Quote", 30, 39), ("Statement", 0, 39))
    mapping = propose([given])
    document = imported(given, mapping)
    assert [(claim.tags, claim.note) for claim in document.claims] == [(("Quote",), ""), (("Statement",), "")]
    assert back(document, mapping) == [("Quote", 30, 39), ("Statement", 0, 39)]


def test_a_label_that_is_alone_leaves_no_trace_and_finds_its_way_back() -> None:
    given = standoff(("PER", 0, 7), ("Pronoun", 24, 28))
    mapping = propose([given])
    document = imported(given, mapping)
    assert [mention.note for mention in document.mentions] == ["", ""]
    assert back(document, mapping) == [("PER", 0, 7), ("Pronoun", 24, 28)]


def test_of_labels_with_a_condition_the_condition_stays() -> None:
    kinds = ("PER", "ORG")
    mapping = Mapping(items=tuple(ItemRule("NE", "Mention", (("value", each),)) for each in kinds))
    person, firm = (standoff(("NE", 0, 7), more=(("value", each),)) for each in kinds)
    assert [mention.note for mention in imported(firm, mapping).mentions] == ["value = ORG"]
    for given in (person, firm):
        (item,) = (i for i in to_theirs(encode(imported(given, mapping), {}), mapping).items if i.label == "NE")
        assert [pair for pair in item.attributes if pair[0] in {"value", "note"}] == list(given.items[0].attributes)


def test_attributes_without_a_field_go_out_as_such_and_what_a_person_wrote_stays_a_note() -> None:
    more = (("infstat", "new"), ("entity", "person = human"), ("note", "Sure?"), ("grade", "2\n3"))
    given = standoff(("PER", 0, 7), more=more)
    mapping = propose([given])
    document = imported(given, mapping)
    (mention,) = document.mentions
    assert mention.note == "Sure?\nentity = person = human\ngrade = 2\n3\ninfstat = new"

    def told(note: str) -> list[tuple[str, str]]:
        changed = replace(document, mentions=(replace(mention, note=note),))
        (item,) = (item for item in to_theirs(encode(changed, {}), mapping).items if item.label == "PER")
        return [pair for pair in item.attributes if pair[0] in {"note", *dict(more)}]

    assert told("Sure?\nentity = person = human\ninfstat = new") == [
        ("note", "Sure?"), ("entity", "person = human"), ("infstat", "new"),
    ]  # fmt: skip
    assert told(mention.note) == [("note", "Sure?\nentity = person = human\ngrade = 2\n3"), ("infstat", "new")]
    assert told("entity = a\nI wrote this.") == [("note", "entity = a\nI wrote this.")]
    assert told("I think a = b") == [("note", "I think a = b")]

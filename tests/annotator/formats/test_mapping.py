"""Mappings: another tool's labels to ours and back, as a file, and proposed from what is found."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from annotator.errors import ImportFailed
from annotator.formats.base import Reading
from annotator.formats.published import schema
from annotator.formats.standoff import mapping_file
from annotator.formats.standoff.decode import decode
from annotator.formats.standoff.encode import encode
from annotator.formats.standoff.graph import Item, Link, Standoff
from annotator.formats.standoff.mapping import AttributeRule, ItemRule, LinkRule, Mapping
from annotator.formats.standoff.mapping_in import to_ours
from annotator.formats.standoff.mapping_out import to_theirs
from annotator.formats.standoff.proposing import propose
from annotator.formats.standoff.quarantine import REASON

TEXT = "Ann Lee said it rains, and it is cold, she added."
CONTENT = Item("T1", "Content", ((13, 21),), ("it rains",), (("Mood", "Sure"), ("Colour", "red")))
SOURCE = Item("T2", "Source", ((0, 7),))
CUE = Item("T3", "Cue", ((8, 12),))
TRIGGER = Item("T4", "Attribution", ((8, 12),))
SECOND = Item("T5", "Content", ((27, 37),))
EVENT = Link(
    "E1", "Attribution", (("trigger", "T4"), ("Content", "T1"), ("Content2", "T5"), ("Source", "T2"), ("Cue", "T3"))
)
STANDOFF = Standoff("a.ann", TEXT, (CONTENT, SOURCE, CUE, TRIGGER, SECOND), (EVENT,))
ROLES = (("trigger", "leave out"), ("Content", "claim"), ("Source", "source"), ("Cue", "cue"))
MAPPING = Mapping(
    "PolNeAR",
    (ItemRule("Content", "Claim"), ItemRule("Source", "Source"), ItemRule("Cue", "Cue"), ItemRule("Bin", "leave out")),
    (LinkRule("Attribution", "Hop", ROLES, trigger="cue"),),
    (AttributeRule("Mood", "stance", "Claim", values=(("Sure", "asserts"),)),),
)


def seen(standoff: Standoff) -> set[object]:
    """What is in a standoff, by words and labels, whatever the ids are."""
    words = {item.id: (item.label, item.places) for item in standoff.items}
    items = {(item.label, item.places, item.attributes) for item in standoff.items}
    links = {
        (link.label, frozenset((role.rstrip("2"), words[end]) for role, end in link.ends)) for link in standoff.links
    }
    return items | links


def test_labels_roles_and_values_lead_to_ours_and_back() -> None:
    mapped = to_ours(STANDOFF, MAPPING)
    ours = mapped.standoff
    assert [(item.id, item.label) for item in ours.items] == [
        ("T1", "Claim"), ("T2", "Source"), ("T3", "Cue"), ("T5", "Claim"),
    ]  # fmt: skip
    assert ours.items[0].attributes == (("stance", "asserts"), ("other:Colour", "red"))
    assert ours.links == (Link("E1", "Hop", (("claim", "T1"), ("claim", "T5"), ("source", "T2"), ("cue", "T3"))),)
    assert mapped.uncovered == {"Content.Colour": 1}
    assert seen(to_theirs(ours, MAPPING)) == seen(STANDOFF)


def test_what_no_rule_covers_keeps_its_label_and_what_is_left_out_is_told() -> None:
    odd = Item("T6", "Discuss", ((0, 3),))
    empty = Link("E2", "Attribution", (("trigger", "T4"),))
    more = Standoff("a", TEXT, (*STANDOFF.items, odd, Item("T7", "Bin", ((0, 1),))), (EVENT, empty))
    mapped = to_ours(more, MAPPING)
    assert {item.id: item.label for item in mapped.standoff.items} == {
        "T1": "Claim", "T2": "Source", "T3": "Cue", "T5": "Claim", "T4": "Attribution", "T6": "Discuss",
    }  # fmt: skip
    assert replace(empty, attributes=(("quarantine", "it joins nothing"),)) in mapped.standoff.links
    assert mapped.uncovered == {"Content.Colour": 1, "Attribution": 2, "Discuss": 1}
    assert mapped.left_out == {"Bin": 1}
    assert mapped.standoff.notes == ("Left out 1 time, as the mapping says: “Bin”.",)


def test_a_trigger_elsewhere_than_its_cue_is_not_thrown_away() -> None:
    elsewhere = Item("T4", "Attribution", ((9, 12),))
    mapped = to_ours(Standoff("a", TEXT, (CONTENT, CUE, elsewhere), (
        Link("E1", "Attribution", (("trigger", "T4"), ("Content", "T1"), ("Cue", "T3"))),
    )), MAPPING)  # fmt: skip
    (kept,) = (item for item in mapped.standoff.items if item.id == "T4")
    assert kept == replace(elsewhere, attributes=(("quarantine", "it stands elsewhere than the words it belongs to"),))
    back = to_theirs(mapped.standoff, MAPPING)
    assert [(item.label, item.places) for item in back.items][2] == ("Attribution", ((9, 12),))
    assert back.links[0].ends[0] == ("trigger", "T4")


def test_conditions_tell_equal_labels_apart_and_the_way_back_sets_them() -> None:
    rules = Mapping(items=(
        ItemRule("Quote", "Claim", (("Type", "Direct"),), (("form", "direct"),)),
        ItemRule("Quote", "Claim"),
    ))  # fmt: skip
    given = Standoff(
        "a", TEXT, (Item("a", "Quote", ((0, 3),), None, (("Type", "Direct"),)), Item("b", "Quote", ((4, 7),)))
    )
    ours = to_ours(given, rules).standoff
    assert [item.attributes for item in ours.items] == [(("form", "direct"),), ()]
    assert to_theirs(ours, rules).items == given.items


def test_a_speaker_at_the_claim_becomes_the_one_of_its_hop_and_back() -> None:
    rules = Mapping(items=(ItemRule("Quote", "Claim"),), attributes=(AttributeRule("Speaker", "name", "Claim", "Hop"),))
    given = Standoff("a", TEXT, (Item("q", "Quote", ((0, 3),), None, (("Speaker", "Ann Lee"),)),))
    ours = to_ours(given, rules).standoff
    assert ours.links == (Link("q.hop", "Hop", (("claim", "q"),), (("name", "Ann Lee"),)),)
    assert to_theirs(ours, rules) == given


def test_the_form_at_an_attribution_becomes_the_claims_and_back() -> None:
    rules = Mapping("", MAPPING.items, MAPPING.links, (AttributeRule("Form", "form", "Hop", "Claim"),))
    event = Link("E1", "Attribution", (("Content", "T1"), ("Cue", "T3")), (("Form", "direct"),))
    ours = to_ours(Standoff("a", TEXT, (Item("T1", "Content", ((13, 21),)), CUE), (event,)), rules).standoff
    assert ours.items[0].attributes == (("form", "direct"),)
    assert ours.links[0].attributes == ()
    back = to_theirs(ours, rules)
    assert back.links[0].attributes == (("Form", "direct"),)
    assert back.items[0].attributes == ()


def test_coreference_names_all_mentions_of_a_speaker() -> None:
    rules = Mapping("", (ItemRule("Person", "Mention"), ItemRule("Pro", "Source"), ItemRule("Content", "Claim")), (
        LinkRule("Coref", "SameSpeaker", (("Arg1", "mention"), ("Arg2", "mention"))),
        LinkRule("Said", "Hop", (("What", "claim"), ("Who", "source"))),
    ))  # fmt: skip
    items = (Item("T1", "Person", ((0, 7),)), Item("T2", "Pro", ((39, 42),)), Item("T3", "Content", ((27, 37),)))
    links = (
        Link("R1", "Coref", (("Arg1", "T2"), ("Arg2", "T1"))),
        Link("R2", "Said", (("What", "T3"), ("Who", "T2"))),
    )
    ours = to_ours(Standoff("a", TEXT, items, links), rules).standoff
    assert ours.items[0].get("name") == "Ann Lee"
    assert [link.label for link in ours.links] == ["Hop"]
    assert ours.links[0].get("name") == "Ann Lee"


@pytest.mark.parametrize(("words", "name"), [("Ann Lee", "Ann Lee"), ("she", None), ("The mayor", None)])
def test_words_name_a_speaker_only_when_they_are_a_name_and_only_when_told_to(words: str, name: str | None) -> None:
    given = Standoff("a", words, (Item("T1", "Person", ((0, len(words)),)),))
    rules = Mapping("", (ItemRule("Person", "Mention"),), names="words")
    assert to_ours(given, rules).standoff.items[0].get("name") == name
    assert to_ours(given, Mapping("", rules.items)).standoff.items[0].get("name") is None


# -- proposals --------------------------------------------------------------------------------------------------


def test_the_labels_of_polnear_are_known() -> None:
    no_source = (
        Item("T8", "Attribution-no-source", ((8, 12),)),
        Item("T9", "Content", ((13, 21),)),
        Item("T10", "Cue", ((8, 12),)),
    )
    implicit = Link("E2", "Attribution-no-source", (("trigger", "T8"), ("Content", "T9"), ("Cue", "T10")))
    other = Standoff("b", TEXT, (*no_source, Item("T11", "Discard", ((0, 3),))), (implicit,))
    proposal = propose([STANDOFF, other], "PolNeAR")
    assert {(rule.label, rule.to) for rule in proposal.items} == {
        ("Content", "Claim"), ("Source", "Source"), ("Cue", "Cue"),
    }  # fmt: skip
    assert [(rule.label, rule.to, dict(rule.roles), rule.give, rule.trigger) for rule in proposal.links] == [
        ("Attribution", "Hop", dict(ROLES), (), "cue"),
        ("Attribution-no-source", "Hop", {"trigger": "leave out", "Content": "claim", "Cue": "cue"},
         (("referring", "implicit"),), "cue"),
    ]  # fmt: skip
    for words in (
        "“Discard” (1 time): no rule",
        "“Colour” of “Content” has no rule",
        "“Attribution-no-source” was taken",
    ):
        assert any(words in sentence for sentence in proposal.remarks), words
    for standoff in (STANDOFF, other):
        back = to_theirs(to_ours(standoff, proposal).standoff, proposal)
        assert seen(back) == seen(standoff)


@pytest.mark.parametrize(
    ("label", "to", "given"),
    [
        ("direct_quote", "Claim", {"form": "direct"}),
        ("Quotation", "Claim", {}),
        ("SPEAKER", "Source", {}),
        ("Verb-Cue", "Cue", {}),
        ("PER", "Mention", {"kind": "name"}),
        ("Person", "Mention", {"kind": "name"}),
        ("FreeIndirect", "Claim", {"form": "free_indirect"}),
        ("IndirectFreeIndirect", "Claim", {"form": "free_indirect"}),
        ("ocr-error", "Transcription", {"cause": "ocr"}),
        ("Headline", "Segment", {"kind": "headline"}),
    ],
)
def test_usual_labels_are_known_in_every_spelling(label: str, to: str, given: dict[str, str]) -> None:
    (rule,) = propose([Standoff("a", TEXT, (Item("1", label, ((0, 3),)),))]).items
    assert (rule.to, dict(rule.give)) == (to, given)


def test_relations_are_understood_by_what_they_join() -> None:
    items = (Item("1", "quote", ((13, 21),)), Item("2", "speaker", ((0, 7),)), Item("3", "Weird", ((8, 12),)))
    links = (Link("r", "relation", (("from", "1"), ("to", "2"))), Link("s", "odd", (("from", "1"), ("to", "3"))))
    proposal = propose([Standoff("a", TEXT, items, links)])
    (rule,) = proposal.links
    assert (rule.label, rule.to, dict(rule.roles)) == ("relation", "Hop", {"from": "claim", "to": "source"})
    assert any("“odd”" in sentence for sentence in proposal.remarks)
    assert any("“Weird” (1 time): no rule" in sentence for sentence in proposal.remarks)


@pytest.mark.parametrize(
    ("value", "is_name"),
    [("Ann Lee", True), ("a", True), ("http://viaf.org/viaf/1", False), ("gnd:118540238", False), ("Ann: Lee", True)],
)
def test_what_leads_to_a_data_base_is_no_name(value: str, is_name: bool) -> None:
    said = Item("1", "said", ((0, 3),), None, (("who", value),))
    items = (said, Item("2", "Speaker", ((4, 7),), None, (("ref", value),)))
    rules = {(rule.name, rule.of): rule.to for rule in propose([Standoff("a", "It was Ann.", items)]).attributes}
    assert rules == ({("who", "Claim"): "name", ("ref", "Source"): "name"} if is_name else {})


def test_a_value_tells_what_a_label_that_says_nothing_is() -> None:
    """As in INCEpTION, whose ready-made layers are called Span and Relation."""
    items = (
        Item("1", "Span", ((0, 3),), None, (("label", "Quote"), ("form", "Direct"))),
        Item("2", "Span", ((4, 8),), None, (("label", "Speaker"),)),
        Item("3", "Span", ((4, 6),), None, (("label", "Weather"),)),
        Item("4", "CoreferenceLink", ((4, 8),)),
    )
    links = (
        Link("5", "Says", (("Governor", "2"), ("Dependent", "1"))),
        Link("6", "Relation", (("Governor", "2"), ("Dependent", "4")), (("label", "Coreference"),)),
    )
    standoff = Standoff("a", "It was Ann.", items, links)
    mapping = propose([standoff])
    rules = {(rule.label, rule.when): rule.to for rule in (*mapping.items, *mapping.links)}
    assert rules == {
        ("Span", (("label", "Quote"),)): "Claim", ("Span", (("label", "Speaker"),)): "Source",
        ("CoreferenceLink", ()): "Mention", ("Relation", (("label", "Coreference"),)): "SameSpeaker",
        ("Says", ()): "Hop",
    }  # fmt: skip
    mapped = to_ours(standoff, mapping)
    assert [item.label for item in mapped.standoff.items] == ["Claim", "Source", "Span", "Mention"]
    assert mapped.standoff.items[0].attributes == (("form", "direct"),)
    back = to_theirs(mapped.standoff, mapping)
    assert {(item.label, item.get("label")) for item in back.items if item.label == "Span"} == {
        ("Span", "Quote"), ("Span", "Speaker"), ("Span", "Weather"),
    }  # fmt: skip


def test_thousands_of_unknown_labels_do_not_make_thousands_of_remarks() -> None:
    remarks = propose([Standoff("a", TEXT, tuple(Item(f"{n}", f"Person {n}", ((0, 3),)) for n in range(900)))]).remarks
    assert len(remarks) == 201
    assert remarks[-1] == "There are 700 more remarks of this kind."


def test_own_labels_need_no_mapping() -> None:
    own = Standoff("a", TEXT, (Item("1", "Claim", ((0, 3),), None, (("uuid", "u"),)),))
    assert propose([own]).is_empty


# -- files ------------------------------------------------------------------------------------------------------


def test_a_mapping_file_comes_back_as_it_was_and_fits_its_schema(tmp_path: Path) -> None:
    path = tmp_path / ("p" + mapping_file.SUFFIX)
    path.write_bytes(mapping_file.write(MAPPING))
    assert mapping_file.read(path) == MAPPING
    assert mapping_file.write(mapping_file.read(path)) == path.read_bytes()
    jsonschema.Draft202012Validator.check_schema(schema("mapping-v1"))
    jsonschema.validate(json.loads(path.read_bytes()), schema("mapping-v1"), jsonschema.Draft202012Validator)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"mapping_version": 2}, "mapping_version"),
        ({"more": 1}, "has the key “more”"),
        ({"names": "all"}, "names"),
        ({"items": [{"label": "A", "to": "Nothing"}]}, "items[0].to"),
        (
            {"items": [{"label": "A", "to": "Cue"}, {"label": "A", "to": "Claim"}]},
            "a further rule for “A” never applies",
        ),
        ({"links": [{"label": "A", "to": "Inside", "roles": {"x": "cue"}}]}, "which a Inside does not have"),
        ({"attributes": [{"name": "A", "to": "form", "of": "Cue", "on": "Hop"}]}, "cannot go from “Cue” to “Hop”"),
    ],
)
def test_a_wrong_mapping_file_is_refused_with_one_sentence(
    tmp_path: Path, change: dict[str, object], words: str
) -> None:
    data = {**json.loads(mapping_file.write(Mapping("m"))), **change}
    path = tmp_path / "m.mapping.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(ImportFailed) as refused:
        mapping_file.read(path)
    assert words in str(refused.value)
    assert str(refused.value).startswith("m.mapping.json is no mapping that can be used: ")


def test_no_file_and_no_json_are_told_kindly(tmp_path: Path) -> None:
    with pytest.raises(ImportFailed, match="cannot be read"):
        mapping_file.read(tmp_path / "none.json")
    (tmp_path / "x.json").write_bytes(b"{")
    with pytest.raises(ImportFailed, match="it is not valid JSON"):
        mapping_file.read(tmp_path / "x.json")


def test_a_layer_of_nested_things_is_not_taken_for_words() -> None:
    text = "word " * 60
    places = [(n, n + 5) for n in range(0, 300, 5)]
    flat = [Item(f"T{n}", "Tok", (place,)) for n, place in enumerate(places)]
    nested = [
        Item(f"N{n}", "Ref", (place,)) for n, place in enumerate([*places[:40], (0, 100), (100, 300), *places[40:]])
    ]
    remarks = propose([Standoff("a", text, (*flat, *nested))]).remarks
    assert [remark for remark in remarks if "Tok" in remark] == [
        "“Tok” (60 times) was left out; it covers the whole text, as words and lines do."
    ]
    assert [remark for remark in remarks if "Ref" in remark] == [
        "“Ref” (62 times): no rule, since nothing says what it stands for."
    ]


def test_a_coreference_of_what_is_no_mention_is_kept_with_the_reason() -> None:
    items = (Item("1", "Markable", ((0, 3),)), Item("2", "Markable", ((4, 7),)), Item("3", "PER", ((8, 11),)))
    links = (Link("r1", "Coref", (("Governor", "1"), ("Dependent", "2"))),)
    found = Standoff("a", "Ann she Bob", items, links)
    mapped = to_ours(found, propose([found])).standoff
    assert [(link.label, link.get(REASON)) for link in mapped.links] == [
        ("Coref", "nothing says what “Markable” stands for, which it joins")
    ]


def test_our_own_segments_beside_another_tools_labels_are_not_left_out() -> None:
    text = "word " * 30
    segments = [Item(f"s{n}", "Segment", ((n, n + 5),), attributes=(("kind", "body"),)) for n in range(0, 150, 5)]
    found = Standoff("a", text, (*segments, Item("q", "GPE", ((0, 4),))))
    assert [item.label for item in to_ours(found, propose([found])).standoff.items].count("Segment") == 30


def test_words_of_one_speaker_are_joined_again_from_each_to_those_before() -> None:
    text = "Ann Lee said so. She left, and Bob saw her."
    places = {"T1": (0, 7), "T2": (17, 20), "T3": (31, 34), "T4": (39, 42)}
    items = tuple(Item(id_, "Person", (place,)) for id_, place in places.items())
    links = (
        Link("R1", "Coref", (("Arg1", "T4"), ("Arg2", "T2"))),
        Link("R2", "Coref", (("Arg1", "T2"), ("Arg2", "T1"))),
    )
    given = Standoff("a", text, items, links)
    mapping = propose([given])
    draft = decode(to_ours(given, mapping).standoff, Reading("a.ann", "Zoe"))
    back = to_theirs(encode(draft.document, {each.id: each for each in draft.speakers}), mapping)
    words = {item.id: text[slice(*item.places[0])] for item in back.items if item.places}
    assert [(link.label, [(role, words[id_]) for role, id_ in link.ends]) for link in back.links] == [
        ("Coref", [("Arg1", "She"), ("Arg2", "Ann Lee")]),
        ("Coref", [("Arg1", "her"), ("Arg2", "She")]),
    ]

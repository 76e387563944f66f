"""Links that join but two: what they say together is one attribution, and goes out again as these links."""

from __future__ import annotations

import pytest

from annotator.formats.base import Reading
from annotator.formats.standoff.decode import decode
from annotator.formats.standoff.graph import Item, Link, Standoff
from annotator.formats.standoff.mapping import Mapping
from annotator.formats.standoff.mapping_in import to_ours
from annotator.formats.standoff.mapping_out import to_theirs
from annotator.formats.standoff.proposing import propose
from annotator.model import Claim

TEXT = "Ann Lee said it rains, and Bo Ray added it is cold."
ANN, SAID, RAINS = Item("T1", "Speaker", ((0, 7),)), Item("T2", "Cue", ((8, 12),)), Item("T3", "Quote", ((13, 21),))
BO, ADDED, COLD = Item("T4", "Speaker", ((27, 33),)), Item("T5", "Cue", ((34, 39),)), Item("T6", "Quote", ((40, 50),))
ALL = (ANN, SAID, RAINS, BO, ADDED, COLD)


def link(number: int, label: str, one: Item, other: Item) -> Link:
    return Link(f"R{number}", label, (("Arg1", one.id), ("Arg2", other.id)))


def read(*links: Link, items: tuple[Item, ...] = ALL) -> tuple[Standoff, Mapping]:
    standoff = Standoff("a.ann", TEXT, items, links)
    return standoff, propose([standoff])


def attributions(standoff: Standoff, mapping: Mapping) -> dict[str, list[tuple[str, str]]]:
    """By the words of each claim, the words of source and cue of its hops."""
    draft = decode(to_ours(standoff, mapping).standoff, Reading("a", ""))
    return {
        _words(claim): [(_joined(h.mention_spans), _joined(h.cue_spans)) for h in claim.chain] for claim in draft.claims
    }


def _words(claim: Claim) -> str:
    return _joined(claim.spans)


def _joined(spans: object) -> str:
    return " … ".join(span.exact for span in spans)  # type: ignore[attr-defined]


def ends(standoff: Standoff) -> set[object]:
    places = {item.id: (item.label, item.places) for item in standoff.items}
    return {(each.label, tuple((role, places[id_]) for role, id_ in each.ends)) for each in standoff.links}


BY_CONTENT = (
    link(1, "SpokenBy", RAINS, ANN), link(2, "CuedBy", RAINS, SAID), link(3, "CuedBy", COLD, ADDED),
    link(4, "SpokenBy", COLD, BO),
)  # fmt: skip
BY_CUE = (
    link(1, "SpeakerOf", SAID, ANN), link(2, "SaidBy", SAID, RAINS), link(3, "SpeakerOf", ADDED, BO),
    link(4, "SaidBy", ADDED, COLD),
)  # fmt: skip
BY_SOURCE = (
    link(1, "Says", ANN, RAINS), link(2, "Verb", ANN, SAID), link(3, "Says", BO, COLD), link(4, "Verb", BO, ADDED),
)  # fmt: skip


@pytest.mark.parametrize("links", [BY_CONTENT, BY_CUE, BY_SOURCE], ids=["content", "cue", "source"])
def test_links_that_share_the_content_the_cue_or_the_source_are_one_attribution(links: tuple[Link, ...]) -> None:
    standoff, mapping = read(*links)
    assert attributions(standoff, mapping) == {"it rains": [("Ann Lee", "said")], "it is cold": [("Bo Ray", "added")]}
    mapped = to_ours(standoff, mapping)
    assert not mapped.uncovered
    assert all("referring" not in dict(each.attributes) for each in mapped.standoff.links)
    assert ends(to_theirs(mapped.standoff, mapping)) == ends(standoff)


def test_one_speaker_of_two_claims_goes_out_as_two_links() -> None:
    links = (
        link(1, "SpokenBy", RAINS, ANN), link(2, "CuedBy", RAINS, SAID),
        link(3, "SpokenBy", COLD, ANN), link(4, "CuedBy", COLD, SAID),
    )  # fmt: skip
    standoff, mapping = read(*links, items=(ANN, SAID, RAINS, COLD))
    assert attributions(standoff, mapping) == {"it rains": [("Ann Lee", "said")], "it is cold": [("Ann Lee", "said")]}
    assert ends(to_theirs(to_ours(standoff, mapping).standoff, mapping)) == ends(standoff)


def test_several_sources_by_links_of_one_kind_stay_attributions_of_their_own_and_it_is_told() -> None:
    links = (link(1, "CuedBy", COLD, ADDED), link(2, "SpokenBy", COLD, ANN), link(3, "SpokenBy", COLD, BO))
    standoff, mapping = read(*links)
    assert attributions(standoff, mapping)["it is cold"] == [("Ann Lee", ""), ("Bo Ray", "added")]
    (note,) = to_ours(standoff, mapping).standoff.notes
    assert note.startswith("1 claim had several sources or cues by links of one kind")
    assert ends(to_theirs(to_ours(standoff, mapping).standoff, mapping)) == ends(standoff)


def test_a_link_between_source_and_cue_that_belongs_to_no_claim_or_to_several_is_kept_with_the_reason() -> None:
    lonely = (link(1, "Says", ANN, RAINS), link(2, "Verb", BO, ADDED))
    unsure = (link(1, "Says", ANN, RAINS), link(2, "Says", ANN, COLD), link(3, "Verb", ANN, SAID))
    for links, why in (
        (lonely, "it names no claim, and neither its source nor its cue belongs to one"),
        (unsure, "its source is that of several claims"),
    ):
        standoff, mapping = read(*links)
        mapped = to_ours(standoff, mapping)
        (held,) = [each for each in mapped.standoff.links if each.label == "Verb"]
        assert held.ends == links[-1].ends
        assert held.get("quarantine") == why
        assert mapped.uncovered == {"Verb": 1}
        draft = decode(mapped.standoff, Reading("a", ""))
        assert why in {held.reason for held in draft.quarantined}


def test_a_kind_of_link_that_could_say_both_is_never_put_together() -> None:
    whole = Link("E1", "Attribution", (("Content", RAINS.id), ("Source", ANN.id)))
    other = Link("E2", "Attribution", (("Content", RAINS.id), ("Cue", SAID.id)))
    standoff, mapping = read(whole, other)
    assert attributions(standoff, mapping)["it rains"] == [("Ann Lee", ""), ("", "said")]

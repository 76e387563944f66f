"""Records to a standoff and back: this program's own come back whole, whatever is left over is kept with its reason."""

from __future__ import annotations

import json
from dataclasses import replace

from article_samples import TIME, Content, contents, full_document
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.formats.base import Draft, Reading
from annotator.formats.standoff import quarantine
from annotator.formats.standoff.decode import decode
from annotator.formats.standoff.encode import encode
from annotator.model import Document, Quarantined, Speaker
from annotator.rules import named_speakers

READING = Reading("f", "Zoe", "9")


def back(document: Document, speakers: dict[str, Speaker]) -> Draft:
    return decode(encode(document, speakers), READING)


def in_order(document: Document) -> Document:
    """The same document, its records by id."""
    kinds = ("mentions", "claims", "corrections", "quarantined")
    return replace(document, **{kind: tuple(sorted(getattr(document, kind), key=lambda r: r.id)) for kind in kinds})


@given(contents())
def test_own_records_come_back_as_they_were(content: Content) -> None:
    people = {speaker.id: speaker for speaker in content.people}
    for document in content.items:
        draft = back(document, people)
        assert in_order(draft.document) == in_order(document)
        named = named_speakers((*document.mentions, *document.claims))
        assert {s.id: s for s in draft.speakers} == {
            id_: replace(people[id_], created=s.created, updated=s.updated)
            for id_ in named
            for s in draft.speakers
            if s.id == id_
        }
        assert {s.id for s in draft.speakers} == named & set(people)


def test_every_field_comes_back() -> None:
    document, speaker = full_document()
    held = Quarantined("q1", "a1", "nothing says so", "Unread", "T1", '{"is":"unread","raw":"T1"}', "a, 3", TIME)
    document = replace(document, quarantined=(held,))
    draft = back(document, {speaker.id: speaker})
    assert in_order(draft.document) == in_order(document)
    assert draft.speakers == (speaker,)
    assert not draft.by_name


PAIRS = st.lists(st.one_of(st.lists(st.one_of(st.integers(), st.text(max_size=3)), max_size=3), st.none()), max_size=2)
KEYS = ("is", "raw", "exact", "placed", "places", "attributes", "ends")
VALUES = st.one_of(st.sampled_from(["item", "link", "unread"]), st.booleans(), st.text(max_size=3), PAIRS)
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")  # a project holds no others
DATA = st.one_of(st.text(CHARACTERS, max_size=5), st.dictionaries(st.sampled_from(KEYS), VALUES).map(json.dumps))


@given(DATA)
@example("[]")
@example("[" * 100_000)
@example('{"is":"item","places":[[0,"x"]],"placed":true,"exact":null,"attributes":[]}')
@example('{"is":"item","places":[],"placed":false,"exact":null,"attributes":[["unplaced","[[1"]]}')
def test_whatever_is_in_quarantine_goes_out_and_comes_back_with_all_it_holds(data: str) -> None:
    document, speaker = full_document()
    held = Quarantined("q1", "a1", "nothing says so", "Odd", "T1", data, "a, 3", TIME)
    draft = back(replace(document, quarantined=(held,)), {speaker.id: speaker})
    (found,) = draft.quarantined
    assert (found.id, found.reason, found.place, found.created) == ("q1", held.reason, held.place, TIME)
    if quarantine.contents(held) is None:
        kept = quarantine.contents(found)
        assert kept is not None
        assert (found.label, found.exact) == ("Odd", "T1")
        assert kept["attributes"] == [["data", data]]

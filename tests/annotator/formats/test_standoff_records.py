"""Records to a standoff and back: this program's own come back whole, whatever is left over is kept with its reason."""

from __future__ import annotations

from dataclasses import replace

from article_samples import TIME, Content, contents, full_document
from hypothesis import given

from annotator.formats.base import Draft, Reading
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

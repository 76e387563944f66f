"""The loss report: what was written beside what is read back, whatever the format carries."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from article_samples import Content, contents, full_document
from hypothesis import given

from annotator.formats.article_bytes import compared
from annotator.formats.base import Back, Draft, Reading
from annotator.formats.losses import Comparison
from annotator.formats.standoff.decode import decode
from annotator.formats.standoff.encode import encode
from annotator.model import Claim, Document, Quarantined, Speaker, new_id
from annotator.text.anchors import anchor
from annotator.text.wording import counted


def draft_of(document: Document, speakers: tuple[Speaker, ...] = ()) -> Draft:
    return Draft(document.article, document.source, speakers, document.mentions, document.claims, document.corrections)


def back(draft: Draft) -> Back:
    return draft.article.id, compared(draft.document, draft.speakers)


def losses(document: Document, speaker: Speaker, *read: Draft, everybody: tuple[Speaker, ...] = ()) -> list[str]:
    comparison = Comparison()
    comparison.add(document, {speaker.id: speaker})
    return [str(loss) for loss in comparison.losses(map(back, read), everybody)]


def test_nothing_is_lost_of_the_same() -> None:
    document, speaker = full_document()
    assert losses(document, speaker, draft_of(document, (speaker,)), everybody=(speaker,)) == []


@given(contents())
def test_nothing_is_lost_through_our_own_standoff(content: Content) -> None:
    people = {speaker.id: speaker for speaker in content.people}
    comparison = Comparison()
    for document in content.items:
        comparison.add(document, people)
    drafts = [decode(encode(document, people), Reading("f", "Zoe")) for document in content.items]
    named = [person for person in content.people if any(person in draft.speakers for draft in drafts)]
    found = [str(loss) for loss in comparison.losses(map(back, drafts), named)]
    times = re.compile(r"Changed: the time of [a-z ]+ of \d+ speakers?\.")
    assert [loss for loss in found if not times.fullmatch(loss)] == []  # people without times get those of the reading


def without_ids(document: Document, speaker: Speaker) -> Draft:
    """As a format reads it that carries no ids: everything has a new one."""
    ids = {record.id: new_id() for record in (*document.claims, *document.mentions, *document.corrections, speaker)}
    claims = tuple(
        replace(
            claim,
            id=ids[claim.id],
            parent_id=ids.get(claim.parent_id or ""),
            chain=tuple(replace(hop, speaker_id=ids.get(hop.speaker_id or "")) for hop in claim.chain),
        )
        for claim in document.claims
    )
    mentions = tuple(replace(m, id=ids[m.id], speaker_id=ids.get(m.speaker_id or "")) for m in document.mentions)
    corrections = tuple(replace(c, id=ids[c.id], claim_id=ids.get(c.claim_id or "")) for c in document.corrections)
    article = replace(document.article, id=new_id())
    return Draft(
        article, replace(document.source, id=article.id), (replace(speaker, id=ids[speaker.id]),), mentions, claims,
        corrections,
    )  # fmt: skip


def test_records_are_found_again_by_their_place_when_the_format_carries_no_ids() -> None:
    document, speaker = full_document()
    assert losses(document, speaker, without_ids(document, speaker)) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"form": None}, "Not carried: the form of 1 claim."),
        ({"form": "indirect"}, "Changed: the form of 1 claim"),
        ({"tags": ()}, "Not carried: the tags of 1 claim."),
        ({"parent_id": None}, "Not carried: the claim around it of 1 claim."),
        ({"unsure": False, "note": ""}, "Not carried: the note and mark “unsure” of 1 claim."),
        ({"chain": ()}, "Not carried: 2 hops"),
    ],
)
def test_a_lost_field_is_named_with_how_often(change: dict[str, object], said: str) -> None:
    document, speaker = full_document()
    claims = tuple(replace(c, **change) if c.id == "c2" else c for c in document.claims)  # type: ignore[arg-type]
    (found,) = losses(document, speaker, draft_of(replace(document, claims=claims), (speaker,)))
    assert found.startswith(said)


def test_times_are_told_of_all_records_in_one_sentence_and_things_in_quarantine_in_words() -> None:
    document, speaker = full_document()
    strange = Quarantined("q1", "a1", "why", "Event", "words", "{}", "a.ann, line 1", "2026-11-23T12:00:00.000Z")
    document = replace(document, quarantined=(strange, replace(strange, id="q2", exact="others")))
    timeless = {"created": "2020-01-01T00:00:00.000Z", "updated": "2020-01-01T00:00:00.000Z"}
    read = replace(
        draft_of(replace(document, claims=tuple(replace(c, **timeless) for c in document.claims)), (speaker,)),
        quarantined=tuple(replace(each, exact="", place="", created="2020") for each in document.quarantined),
    )
    assert losses(document, speaker, read) == [
        "Not carried: the quoted words and place in the original file of 2 things in quarantine.",
        "Changed: the time of making and time of the last change of 2 claims and 2 things in quarantine.",
    ]


def test_missing_records_articles_and_speakers_are_named() -> None:
    document, speaker = full_document()
    found = losses(document, speaker, draft_of(replace(document, claims=(), corrections=())))
    assert "Not carried: 2 claims (the text of each …)." not in found
    assert any(loss.startswith("Not carried: 2 claims (") for loss in found)
    assert any(loss.startswith("Not carried: 2 corrections") for loss in found)
    assert "Not carried: 1 speaker (Ann)." in found
    assert losses(document, speaker) == ["Not carried: 1 article (Title)."]
    nobody = Speaker("s9", "Nobody")
    assert losses(document, speaker, draft_of(document, (speaker,)), everybody=(speaker, nobody)) == [
        "Not carried: 1 speaker that no article names (Nobody)."
    ]


def test_a_moved_place_is_a_change() -> None:
    document, speaker = full_document()
    moved = tuple(
        replace(claim, spans=(anchor(document.source.text, 17, 20),)) if claim.id == "c2" else claim
        for claim in document.claims
    )
    assert isinstance(moved[1], Claim)
    (found,) = losses(document, speaker, draft_of(replace(document, claims=moved), (speaker,)))
    assert found.startswith("Changed: the place of 1 claim")


def test_articles_are_compared_in_whatever_order_and_under_whatever_id_they_are_read() -> None:
    document, speaker = full_document()
    comparison = Comparison()
    several = []
    for number in range(3):
        article = replace(document.article, id=f"a{number}", title=f"No. {number}")
        source = replace(document.source, id=article.id)
        several.append(replace(document, article=article, source=source))
        comparison.add(several[-1], {speaker.id: speaker})
    without_claims = replace(several[0], claims=(), corrections=())
    read = iter([without_ids(several[1], speaker), draft_of(without_claims, (speaker,))])
    found = [str(loss) for loss in comparison.losses(map(back, read))]
    assert "Not carried: 1 article (No. 2)." in found
    assert [loss.split(" (")[0] for loss in found] == [
        f"Not carried: {counted(len(document.claims), 'claim')}",
        f"Not carried: {counted(len(document.corrections), 'correction')}",
        "Not carried: 1 article",
    ]


def test_a_name_that_deceives_is_an_example_with_a_badge() -> None:
    document, speaker = full_document()
    deceiving = replace(speaker, name="Ann\u202ea")
    told = losses(document, deceiving, replace(draft_of(document), speakers=()))
    assert any("(Ann[U+202E]a)" in sentence for sentence in told)

"""The sample's gold annotation against another, made by hand (``sample.txt``); ``seeds/README.md`` explains both."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from gold import flat, inside, overlap, ranges
from handwritten import Hand, marks_of
from sample_expected import CORRECTED

from annotator.formats import jsonl
from annotator.formats.base import Draft, Reading, Writing
from annotator.model import Correction, Document, Span, Speaker
from annotator.services.speakers import key
from annotator.text.anchors import spans_of
from annotator.text.corrected import PieceMap, replacements
from annotator.text.recognise import recognise
from annotator.vocabulary import DEFAULT
from seeds import sample_gold_path, sample_text_path


@pytest.fixture(scope="module")
def draft() -> Draft:
    """The gold annotation as the program reads it (which checks schema, hash, exact texts, ids and links)."""
    data = sample_gold_path().read_bytes()
    (only,) = jsonl.read(io.BytesIO(data), Reading("gold.jsonl", annotator="Guideline"))
    return only


@pytest.fixture(scope="module")
def text(draft: Draft) -> str:
    return draft.source.text


@pytest.fixture(scope="module")
def piece_map(draft: Draft) -> PieceMap:
    return PieceMap(draft.source.text, replacements(draft.corrections))


@pytest.fixture(scope="module")
def names(draft: Draft) -> dict[str | None, str]:
    return {speaker.id: speaker.name for speaker in draft.speakers}


class OneArticle:
    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def documents(self) -> list[Document]:
        return [self._draft.document]

    def speakers(self) -> list[Speaker]:
        return list(self._draft.speakers)


def applied(draft: Draft) -> Iterator[tuple[Correction, Span]]:
    for correction in draft.corrections:
        for span in correction.spans:
            yield correction, span


def test_the_article_is_the_one_received_and_the_annotation_is_of_it(draft: Draft) -> None:
    data = sample_text_path().read_bytes()
    assert hashlib.sha256(data).hexdigest() == "8acd2a693762859f0d4a0a3c77c4e5c4a48c812be2f232629e5b3ed9881b000e"
    assert draft.source.text.encode() == data


def test_reading_and_writing_gives_the_same_bytes(draft: Draft) -> None:
    stream, writing = io.BytesIO(), Writing()
    jsonl.write(OneArticle(draft), stream, writing)
    assert stream.getvalue() == sample_gold_path().read_bytes()
    assert (writing.articles, writing.claims, writing.speakers) == (1, 22, 10)


def test_article_fields_and_segments(draft: Draft, text: str) -> None:
    article = draft.article
    assert article.title == "Russia Says Trump Invited Putin to U.S. During Phone Call"
    assert (article.outlet, article.published, article.language) == ("The Moscow Times", "2018-04-20", "en")
    assert (article.byline, article.url, article.state) == (None, None, "done")
    assert article.segments == recognise(text).segments
    kinds = [segment.kind for segment in article.segments]
    assert kinds == ["headline", "dateline", "body", "body", "related_link", "body", "url", *["body"] * 4]


def test_every_span_quotes_the_text_and_begins_and_ends_with_words(draft: Draft, text: str) -> None:
    for record in (*draft.claims, *draft.mentions, *draft.corrections):
        for span in spans_of(record):
            assert text[span.start : span.end] == span.exact
            assert isinstance(record, Correction) or span.exact == span.exact.strip() != ""
        for left, right in pairwise(record.spans):
            assert left.end < right.start


@pytest.mark.parametrize("what", ["claims", "kinds", "mentions", "corrections", "factual"])
def test_the_gold_is_what_was_annotated_by_hand(draft: Draft, what: str) -> None:
    written = Path(__file__).with_name("sample.txt").read_text("utf-8")
    hand = Hand(written, draft.source.text, draft.article.outlet or "")
    assert hand.title == draft.article.title
    assert getattr(marks_of(draft), what) == getattr(hand.marks(), what)


def test_every_correction_is_an_accepted_transcription_of_one_kind_of_damage(draft: Draft) -> None:
    for correction in draft.corrections:
        assert (correction.kind, correction.status) == ("transcription", "accepted")
        assert len({span.exact for span in correction.spans}) == 1


def test_the_corrections_make_the_corrected_text(piece_map: PieceMap) -> None:
    assert piece_map.text == CORRECTED


def test_no_claim_cue_or_mention_cuts_a_correction(draft: Draft) -> None:
    for record in (*draft.claims, *draft.mentions):
        for span in spans_of(record):
            for correction, place in applied(draft):
                cut = overlap((span,), (place,)) and not inside((place,), (span,))
                assert not cut, f"{span.exact!r} cuts the correction of {correction.spans[0].exact!r}"


def test_every_claim_is_filled_in(draft: Draft) -> None:
    for claim in draft.claims:
        assert (claim.annotator, claim.origin, claim.status, claim.unsure) == ("Guideline", "manual", "accepted", False)
        assert claim.text, claim
        assert claim.text.endswith(".")
        assert claim.note.endswith(".")
        assert claim.certainty in {"high", "medium"}
        assert claim.stance in DEFAULT.values("claim.stance")
        assert claim.chain
        assert all(hop.speaker_id for hop in claim.chain)


def test_every_chain_begins_with_the_outlet_and_names_nobody_twice(draft: Draft, names: dict[str | None, str]) -> None:
    for claim in draft.claims:
        outlet = claim.chain[0]
        assert names[outlet.speaker_id] == draft.article.outlet
        assert outlet.referring == "implicit"
        speakers = [hop.speaker_id for hop in claim.chain]
        assert len(set(speakers)) == len(speakers)
        assert (claim.form == "narration") == (len(claim.chain) == 1)


def test_a_hop_is_implicit_or_has_words(draft: Draft) -> None:
    mentions = {(tuple(ranges(m.spans)), m.speaker_id): m for m in draft.mentions}
    for claim in draft.claims:
        for hop in claim.chain:
            if hop.referring == "implicit":
                assert not hop.mention_spans
                assert not hop.cue_spans
                continue
            assert hop.cue_spans
            mention = mentions[tuple(ranges(hop.mention_spans)), hop.speaker_id]  # the same words are a mention of it
            named = mention.kind == "name" or mention.spans[0].exact.startswith("a transcript")
            assert hop.referring == ("explicit" if named else "anaphoric")
            assert not overlap(hop.mention_spans + hop.cue_spans, claim.spans), "a source stands outside its claim"


def test_a_claim_inside_another_lies_in_it_and_carries_its_chain_on(draft: Draft) -> None:
    claims = {claim.id: claim for claim in draft.claims}
    for claim in draft.claims:
        if claim.parent_id:
            parent = claims[claim.parent_id]
            assert inside(claim.spans, parent.spans)
            assert claim.chain[: len(parent.chain)] == parent.chain
        holders = [c for c in draft.claims if c is not claim and inside(claim.spans, c.spans)]
        smallest = min(holders, key=lambda c: sum(e - s for s, e in ranges(c.spans)), default=None)
        assert claim.parent_id == (smallest.id if smallest else None)


def test_claims_nest_or_stand_apart(draft: Draft) -> None:
    for index, left in enumerate(draft.claims):
        for right in draft.claims[index + 1 :]:
            if overlap(left.spans, right.spans):
                assert inside(right.spans, left.spans)


def test_every_quotation_is_a_direct_claim_with_its_marks(draft: Draft, piece_map: PieceMap) -> None:
    quotations = [match.span() for match in re.finditer(r'"[^"]*"', piece_map.text)]
    assert len(quotations) == 4
    assert piece_map.text.count('"') == 8
    found = [
        piece_map.to_corrected(span.start, span.end)
        for claim in draft.claims
        if claim.form in {"direct", "mixed"} and claim.parent_id is None
        for span in claim.spans
    ]
    assert found == quotations


def test_inserted_matter_holds_no_claim_and_no_mention(draft: Draft) -> None:
    matter = [s for s in draft.article.segments if s.kind in {"related_link", "url"}]
    assert len(matter) == 2
    for record in (*draft.claims, *draft.mentions):
        for span in spans_of(record):
            assert all(span.end <= segment.start or segment.end <= span.start for segment in matter)


def test_every_body_sentence_holds_a_claim(draft: Draft, text: str) -> None:
    for segment in draft.article.segments:
        if segment.kind in {"headline", "body"}:
            held = [c for c in draft.claims if segment.start <= c.spans[0].start and c.spans[-1].end <= segment.end]
            assert held, text[segment.start : segment.end]


def test_a_name_is_a_name_of_its_speaker_and_each_name_in_the_article_is_marked(draft: Draft, text: str) -> None:
    speakers = {speaker.id: speaker for speaker in draft.speakers}
    known = {s.id: {key(name) for name in (s.name, *s.aliases)} for s in speakers.values()}
    marked = []
    for mention in draft.mentions:
        is_name = key(mention.spans[0].exact) in known[mention.speaker_id or ""]
        assert is_name == (mention.kind == "name") or speakers[mention.speaker_id or ""].kind == "group"
        marked += ranges(mention.spans)
    for match in re.finditer(r"\b(Trump|Putin|Lavrov|Russia|RIA|Foreign\s+Ministry)\b", text, re.IGNORECASE):
        assert any(start <= match.start() and match.end() <= end for start, end in marked), match


def test_speakers(draft: Draft) -> None:
    assert {s.name: (s.kind, s.wikidata) for s in draft.speakers} == {
        "The Moscow Times": ("media", None),
        "Russia": ("organization", "Q159"),
        "Donald Trump": ("person", "Q22686"),
        "Vladimir Putin": ("person", "Q7747"),
        "RIA Novosti": ("media", None),
        "Russian Foreign Ministry": ("organization", None),
        "Sergei Lavrov": ("person", "Q58217"),
        "Foreign Ministry transcript": ("artifact", "none"),
        "American colleagues": ("group", "none"),
        "Trump’s domestic critics": ("group", "none"),
    }
    words = [key(word) for speaker in draft.speakers for word in {speaker.name, *speaker.aliases}]
    assert len(set(words)) == len(words), "a name or alias stands for one speaker only"
    people = {s.name: (s.roles[0].title, s.roles[0].since) for s in draft.speakers if s.kind == "person"}
    assert people == {
        "Donald Trump": ("President of the United States", "2017-01-20"),
        "Vladimir Putin": ("President of Russia", "2012-05-07"),
        "Sergei Lavrov": ("Foreign Minister of Russia", "2004-03-09"),
    }


def test_the_guideline_quotes_every_claim_in_order(draft: Draft) -> None:
    guideline = sample_gold_path().with_name("README.md").read_text("utf-8")
    for number, claim in enumerate(draft.claims, start=1):
        assert f"\n{number}. `{' ⟨cue⟩ '.join(flat(span.exact) for span in claim.spans)}`\\\n" in guideline
        assert f"\n   {claim.note}\n" in guideline

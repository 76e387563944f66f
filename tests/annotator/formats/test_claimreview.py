"""ClaimReview: what is reviewed goes out in schema.org's words, and what is not is told."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from article_samples import Content, contents, full_document
from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from round_trip import exported, hostile, trip, with_words
from schema_org import GOOGLE_REQUIRED, KNOWN, problems

from annotator.formats import claimreview, registry
from annotator.formats.base import Writing
from annotator.model import Document, Evidence, Speaker


def graph(path: Path) -> list[Any]:
    data = json.loads(path.read_bytes())
    assert data["@context"] == "https://schema.org"
    return list(data["@graph"])


def sample(**changes: Any) -> tuple[Document, Speaker]:
    document, speaker = full_document()
    return replace(document, **changes), replace(speaker, kind="person", wikidata="Q1")


def reviews(document: Document, speaker: Speaker, tmp_path: Path) -> tuple[list[Any], list[str]]:
    losses = exported("claimreview", Content([document], [speaker]), tmp_path / "out.claimreview.jsonld")
    return graph(tmp_path / "out.claimreview.jsonld"), losses


def test_a_factual_correction_is_a_review_of_a_claim_by_its_source_in_an_article(tmp_path: Path) -> None:
    (review,), losses = reviews(*sample(), tmp_path)
    assert (review["@type"], review["claimReviewed"], review["reviewBody"]) == ("ClaimReview", "It would be nice.", "n")
    assert review["reviewRating"] == {
        "@type": "Rating", "name": "refuted", "alternateName": "Refuted", "ratingValue": 1, "bestRating": 5,
        "worstRating": 1,
    }  # fmt: skip
    assert review["citation"] == [
        {"@type": "CreativeWork", "url": "https://example.org", "datePublished": "2018", "abstract": "says so"}
    ]
    claim = review["itemReviewed"]
    assert claim["text"] == "Twould be 😀 nice"
    assert (claim["author"]["@type"], claim["author"]["name"]) == ("Person", "Ann")
    assert claim["author"]["sameAs"] == "https://www.wikidata.org/wiki/Q1"
    assert (claim["appearance"]["url"], claim["datePublished"]) == ("https://example.org/a", "2018-04-20")
    assert losses[0] == "Not in the project, but asked for by Google: the address of the page of 1 review."
    assert "Not carried: 1 mention (He)." in losses
    assert any(" text" in loss and loss.endswith("of 1 article.") for loss in losses)


def test_only_claims_with_a_verdict_are_reviewed_and_the_rest_is_told(tmp_path: Path) -> None:
    document, speaker = sample()
    fix, factual = document.corrections
    others = (
        replace(factual, id="k3", verdict=None),
        replace(factual, id="k4", status="rejected"),
        replace(factual, id="k5", claim_id=None),
    )
    found, losses = reviews(replace(document, corrections=(fix, factual, *others)), speaker, tmp_path)
    assert [review["identifier"] for review in found] == ["k2"]
    assert any("4 corrections" in loss for loss in losses)


@pytest.mark.parametrize(
    ("kind", "type_", "key"),
    [("media", "Organization", "author"), ("unnamed", "Person", "author"), ("artifact", "CreativeWork", "isBasedOn")],
)
def test_sources_have_the_type_that_schema_org_has_for_them(kind: str, type_: str, key: str, tmp_path: Path) -> None:
    document, speaker = sample()
    (review,), _ = reviews(document, replace(speaker, kind=kind), tmp_path)
    assert review["itemReviewed"][key]["@type"] == type_


def test_what_the_article_itself_claims_is_claimed_by_its_outlet_and_what_is_lacking_is_told(tmp_path: Path) -> None:
    document, speaker = sample()
    parent, claim = document.claims
    narrated = replace(document, claims=(parent, replace(claim, chain=())))
    (review,), _ = reviews(narrated, speaker, tmp_path)
    assert review["itemReviewed"]["author"] == {"@type": "Organization", "name": "Times"}
    bare = replace(narrated, article=replace(document.article, outlet=None, url=None, published=None))
    (review,), losses = reviews(bare, speaker, tmp_path)
    assert losses[1:4] == [
        f"Not in the project: {what} of 1 review."
        for what in ("who claims it", "the date of the claim", "the address of the article")
    ]


@pytest.mark.parametrize("verdict", ["conflicting_evidence", "not_enough_evidence", "my_own"])
def test_a_verdict_that_is_no_point_on_a_scale_has_words_only(verdict: str, tmp_path: Path) -> None:
    document, speaker = sample()
    document = replace(document, corrections=(replace(document.corrections[1], verdict=verdict),))
    (review,), _ = reviews(document, speaker, tmp_path)
    assert review["reviewRating"].keys() == {"@type", "name", "alternateName"}


def test_what_an_outlet_corrected_itself_is_a_correction_comment(tmp_path: Path) -> None:
    document, speaker = sample()
    evidence = (Evidence("https://example.org/c", "2019", "", "published_correction"),)
    document = replace(document, corrections=(replace(document.corrections[1], evidence=evidence),))
    (review,), losses = reviews(document, speaker, tmp_path)
    assert review["citation"][0]["@type"] == "CorrectionComment"
    assert not any("evidence" in loss for loss in losses)


@given(contents(), st.lists(hostile, min_size=5, max_size=30))
@settings(max_examples=examples(15))
def test_every_term_is_one_of_schema_org_and_what_is_required_is_there(content: Content, words: list[str]) -> None:
    stream, writing = io.BytesIO(), Writing()
    claimreview.write(with_words(content, words), stream, writing)
    found = json.loads(stream.getvalue())["@graph"]
    assert [problem for review in found for problem in problems(review, KNOWN)] == []
    assert all(GOOGLE_REQUIRED - {"url"} <= review.keys() for review in found)
    assert bool(found) == any("asked for by Google" in loss for loss in writing.losses)
    drafts = trip("claimreview", with_words(content, words), "out.claimreview.jsonld")[1]
    assert sum(len(draft.corrections) for draft in drafts) == len(found)


def test_the_sample_keeps_to_the_vocabulary(tmp_path: Path) -> None:
    found, _ = reviews(*sample(), tmp_path)
    assert [problem for review in found for problem in problems(review, KNOWN)] == []
    for review in found:
        assert GOOGLE_REQUIRED - {"url"} <= review.keys()
        assert review["reviewRating"]["alternateName"]
    found[0]["itemReviewed"]["appearence"] = 1
    assert problems(found[0], KNOWN) == ["Claim has no property appearence"]


def test_without_reviews_the_graph_is_empty_and_the_name_chooses_the_format(tmp_path: Path) -> None:
    document, speaker = sample(corrections=())
    assert reviews(document, speaker, tmp_path)[0] == []
    format_ = registry.for_export("out.claimreview.jsonld")
    assert format_ is not None
    assert format_.name == "claimreview"

"""What a file of ClaimReviews says of the project, for the loss report. See :mod:`.writing`."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any, BinaryIO

from annotator.formats.base import Draft, Reading
from annotator.model import Article, Claim, Correction, Evidence, Hop, SourceText, Speaker

_SITE = "https://www.wikidata.org/wiki/"
_KINDS = {"Person": "person", "Organization": "organization", "CreativeWork": "artifact"}


def read_back(stream: BinaryIO, _reading: Reading) -> list[Draft]:
    """An article without text for each that is reviewed, with its claims, their sources and the verdicts."""
    reviews: dict[str, list[Any]] = defaultdict(list)
    for review in json.load(stream)["@graph"]:
        reviews[review["itemReviewed"]["appearance"]["identifier"]].append(review)
    return [_draft(id_, each) for id_, each in reviews.items()]


def _draft(id_: str, reviews: list[Any]) -> Draft:
    told = reviews[0]["itemReviewed"]["appearance"]
    article = Article(
        id_,
        told.get("headline", ""),
        _name(told.get("author")),
        _name(told.get("publisher")),
        told.get("datePublished"),
        told.get("url"),
        told.get("inLanguage"),
    )
    items = {review["itemReviewed"]["identifier"]: review for review in reviews}
    makers = {
        maker["identifier"]: maker
        for review in reviews
        if (maker := _maker(review["itemReviewed"])) and "identifier" in maker
    }
    return Draft(
        article,
        SourceText(id_, "", ""),
        tuple(_speaker(maker) for maker in makers.values()),
        claims=tuple(_claim(id_, review) for review in items.values()),
        corrections=tuple(_correction(id_, review) for review in reviews),
    )


def _name(node: Any) -> str | None:
    return node["name"] if node else None


def _maker(item: Any) -> Any:
    return item.get("author") or item.get("isBasedOn")


def _speaker(node: Any) -> Speaker:
    return Speaker(
        node["identifier"],
        node.get("name", ""),
        _KINDS[node["@type"]],
        tuple(node.get("alternateName", ())),
        affiliation=_name(node.get("affiliation")),
        wikidata=node["sameAs"].removeprefix(_SITE) if "sameAs" in node else None,
    )


def _claim(article_id: str, review: Any) -> Claim:
    item = review["itemReviewed"]
    maker = _maker(item) or {}
    own = review["claimReviewed"] if review["claimReviewed"] != item.get("text") else None
    chain = (Hop(maker["identifier"]),) if "identifier" in maker else ()
    return Claim(id=item["identifier"], article_id=article_id, annotator="", spans=(), text=own, chain=chain)


def _correction(article_id: str, review: Any) -> Correction:
    evidence = (
        Evidence(
            each.get("url"),
            each.get("datePublished"),
            each.get("abstract", ""),
            "published_correction" if each["@type"] == "CorrectionComment" else "evidence",
        )
        for each in review.get("citation", ())
    )
    return Correction(
        id=review["identifier"],
        article_id=article_id,
        annotator=_name(review.get("author")) or "",
        spans=(),
        kind="factual",
        claim_id=review["itemReviewed"]["identifier"],
        verdict=review["reviewRating"]["name"],
        evidence=tuple(evidence),
        note=review.get("reviewBody", ""),
        created=review.get("dateCreated", ""),
        updated=review.get("dateModified", ""),
    )

"""A project as ClaimReviews: the factual corrections that have a claim and a verdict, and nothing else.

One ``@graph`` with an entry for each such correction that is not rejected. What search engines ask for and the
project does not have (the page on which a review is published) is left out and told.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO
from urllib.parse import quote

from annotator.formats.base import Source, Writing
from annotator.formats.writing import documents
from annotator.model import Article, Claim, Correction, Document, Evidence, Speaker
from annotator.text.wording import counted
from annotator.vocabulary import DEFAULT

_WIKIDATA = re.compile(r"Q[1-9][0-9]*")
_TYPES = {
    "person": "Person",
    "unnamed": "Person",
    "organization": "Organization",
    "media": "Organization",
    "group": "Organization",
    "artifact": "CreativeWork",
}
"""Kind of a speaker → type of schema.org. A work makes no claim there: the claim is based on it."""
_RATINGS = {"refuted": 1, "supported": 5}
"""Verdict → rating from 1 to 5. The others are none between these two, so they have words only."""
_APART = " … "

Node = dict[str, Any]


def write(source: Source, stream: BinaryIO, writing: Writing) -> None:
    """Write every factual correction of ``source`` that can be a ClaimReview."""
    stream.write(b'{"@context":"https://schema.org","@graph":[')
    lacking: Counter[str] = Counter()
    count = 0
    for document, speakers in documents(source, writing):
        for review in _reviews(document, speakers):
            stream.write(b",\n" if count else b"\n")
            stream.write(json.dumps(review, ensure_ascii=False, separators=(",", ":")).encode())
            lacking.update(_lacking(review))
            count += 1
    stream.write(b"\n]}\n")
    if count:
        reviews = counted(count, "review")
        writing.losses.append(f"Not in the project, but asked for by Google: the address of the page of {reviews}.")
    writing.losses += [f"Not in the project: {what} of {counted(n, 'review')}." for what, n in lacking.items()]


def _reviews(document: Document, speakers: Mapping[str, Speaker]) -> Iterator[Node]:
    claims = {claim.id: claim for claim in document.claims}
    for correction in document.corrections:
        claim = claims.get(correction.claim_id or "")
        if (
            claim is not None
            and correction.kind == "factual"
            and correction.verdict
            and correction.status != "rejected"
        ):
            reviewed = claim.text or _words(claim)
            if reviewed:
                yield _review(correction, claim, reviewed, document.article, speakers)


def _lacking(review: Node) -> Iterator[str]:
    item = review["itemReviewed"]
    if "author" not in item and "isBasedOn" not in item:
        yield "who claims it"
    if "datePublished" not in item:
        yield "the date of the claim"
    if "url" not in item["appearance"]:
        yield "the address of the article"
    if "author" not in review:
        yield "who reviews"


def _review(
    correction: Correction, claim: Claim, reviewed: str, article: Article, speakers: Mapping[str, Speaker]
) -> Node:
    author = {"@type": "Person", "name": correction.annotator} if correction.annotator else None
    return _node(
        "ClaimReview",
        correction.id,
        claimReviewed=reviewed,
        reviewRating=_rating(correction.verdict or ""),
        author=author,
        dateCreated=correction.created,
        dateModified=correction.updated,
        reviewBody=correction.note,
        citation=[_evidence(each) for each in correction.evidence],
        itemReviewed=_claim(claim, article, speakers),
    )


def _rating(verdict: str) -> Node:
    value = _RATINGS.get(verdict)
    scale = {"ratingValue": value, "bestRating": 5, "worstRating": 1} if value else {}
    return {"@type": "Rating", "name": verdict, "alternateName": DEFAULT.label("correction.verdict", verdict), **scale}


def _evidence(evidence: Evidence) -> Node:
    published = evidence.kind == "published_correction"
    kind = "CorrectionComment" if published else "CreativeWork"
    return _filled({"@type": kind, "url": evidence.url, "datePublished": evidence.date, "abstract": evidence.note})


def _claim(claim: Claim, article: Article, speakers: Mapping[str, Speaker]) -> Node:
    hop = next((hop for hop in reversed(claim.chain) if hop.speaker_id in speakers), None)
    maker = _speaker(speakers[hop.speaker_id or ""]) if hop is not None else None
    if not claim.chain and article.outlet:  # the article itself claims it
        maker = {"@type": "Organization", "name": article.outlet}
    based = maker is not None and maker["@type"] == "CreativeWork"
    return _node(
        "Claim",
        claim.id,
        text=_words(claim),
        datePublished=(hop.date if hop is not None else None) or article.published,
        author=None if based else maker,
        isBasedOn=maker if based else None,
        appearance=_article(article),
    )


def _article(article: Article) -> Node:
    return _node(
        "NewsArticle",
        article.id,
        url=article.url,
        headline=article.title,
        datePublished=article.published,
        author={"@type": "Person", "name": article.byline} if article.byline else None,
        publisher={"@type": "Organization", "name": article.outlet} if article.outlet else None,
        inLanguage=article.language,
    )


def _speaker(speaker: Speaker) -> Node | None:
    """None: schema.org has no type for a kind of the project's own."""
    kind = _TYPES.get(speaker.kind)
    if kind is None:
        return None
    known = speaker.wikidata and _WIKIDATA.fullmatch(speaker.wikidata)
    affiliation = {"@type": "Organization", "name": speaker.affiliation} if speaker.affiliation else None
    return _node(
        kind,
        speaker.id,
        name=speaker.name,
        alternateName=list(speaker.aliases),
        affiliation=affiliation if kind == "Person" else None,
        sameAs=f"https://www.wikidata.org/wiki/{speaker.wikidata}" if known else None,
    )


def _node(kind: str, id_: str, **values: Any) -> Node:
    name = f"urn:article-annotator:{quote(id_, safe='')}"
    return _filled({"@type": kind, "@id": name, "identifier": id_, **values})


def _filled(node: Node) -> Node:
    return {key: value for key, value in node.items() if value not in (None, "", [])}


def _words(claim: Claim) -> str:
    return _APART.join(span.exact for span in claim.spans)

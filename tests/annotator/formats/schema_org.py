"""Which properties schema.org (release 30.0) has for the types that are written, as far as they are used.

``tests/interop/test_claimreview_terms.py`` compares this with the published vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

THING = frozenset({"identifier", "name", "alternateName", "url", "sameAs"})
WORK = THING | {
    "abstract", "author", "citation", "dateCreated", "dateModified", "datePublished", "headline", "inLanguage",
    "isBasedOn", "publisher", "text",
}  # fmt: skip
KNOWN: Mapping[str, frozenset[str]] = {
    "ClaimReview": WORK | {"claimReviewed", "itemReviewed", "reviewBody", "reviewRating"},
    "Claim": WORK | {"appearance"},
    "CreativeWork": WORK,
    "CorrectionComment": WORK,
    "NewsArticle": WORK,
    "Organization": THING,
    "Person": THING | {"affiliation"},
    "Rating": THING | {"bestRating", "ratingValue", "worstRating"},
}
GOOGLE_REQUIRED = frozenset({"claimReviewed", "reviewRating", "url"})
"""What Google Search asks of a ClaimReview; of its rating ``alternateName``."""


def problems(node: Any, known: Mapping[str, frozenset[str]]) -> list[str]:
    """What of a node and those in it the vocabulary does not have."""
    return list(_problems(node, known))


def _problems(node: Any, known: Mapping[str, frozenset[str]]) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from _problems(each, known)
    if not isinstance(node, dict):
        return
    kind = node["@type"]
    if kind not in known:
        yield f"there is no type {kind}"
        return
    for key, value in node.items():
        if not key.startswith("@"):
            if key not in known[kind]:
                yield f"{kind} has no property {key}"
            yield from _problems(value, known)

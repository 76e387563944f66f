"""The articles that import and export are measured on: made up, the same in every run."""

from __future__ import annotations

import hashlib
import random
import uuid
from collections.abc import Iterator

from texts import latin

MENTIONS, CLAIMS, CORRECTIONS = 9, 9, 5
PER_ARTICLE = MENTIONS + CLAIMS + CORRECTIONS
_TIME = "2026-11-23T12:00:00.000Z"
_SPEAKERS = 500


def documents(count: int) -> Iterator:
    """Articles of some 330 words with nine mentions, nine claims with chains, five corrections of all kinds."""
    rng = random.Random(23)
    words = [latin(rng) for _ in range(3_000)]
    speakers = _speakers(rng, words)
    for number in range(count):
        yield _document(rng, words, speakers, number)


def _id(rng: random.Random) -> str:
    return str(uuid.UUID(int=rng.getrandbits(128), version=4))


def _speakers(rng: random.Random, words: list[str]) -> list:
    from annotator.model import Role, Speaker

    return [
        Speaker(
            _id(rng),
            f"{rng.choice(words).title()} {rng.choice(words).title()} {number}",
            roles=(Role("minister", "2020"),) if number % 3 == 0 else (),
            created=_TIME,
            updated=_TIME,
        )
        for number in range(_SPEAKERS)
    ]


def _document(rng: random.Random, words: list[str], speakers: list, number: int):
    from annotator.model import Article, Document, Segment, SourceText

    title = " ".join(rng.choices(words, k=6)).title()
    body = " ".join(rng.choices(words, k=330))
    text = f"{title}\n\n{body}.\n"
    id_ = _id(rng)
    named = rng.sample(speakers, 4)
    common = {"article_id": id_, "annotator": "Benchmark", "created": _TIME, "updated": _TIME}
    segments = (Segment("headline", 0, len(title)), Segment("body", len(title) + 2, len(text) - 1))
    article = Article(id_, title, outlet="Example", language="en", segments=segments, created=_TIME, updated=_TIME)
    source = SourceText(id_, text, hashlib.sha256(text.encode()).hexdigest(), None, f"{number}.txt", "utf-8")
    at, step = len(title) + 2, (len(body) - 100) // CLAIMS
    starts = [at + index * step for index in range(CLAIMS)]
    claims = _claims(rng, text, starts, named, common)
    return Document(
        article,
        source,
        _mentions(rng, text, starts, named, common),
        claims,
        _corrections(rng, text, starts, claims[0].id, common),
        tuple(named),
    )


def _mentions(rng: random.Random, text: str, starts: list[int], named: list, common: dict) -> tuple:
    from annotator.model import Mention
    from annotator.text.anchors import anchor

    return tuple(
        Mention(id=_id(rng), spans=(anchor(text, start, start + 14),), speaker_id=rng.choice(named).id, **common)
        for start in starts
    )


def _claims(rng: random.Random, text: str, starts: list[int], named: list, common: dict) -> tuple:
    from annotator.model import Claim, Hop
    from annotator.text.anchors import anchor

    claims: list = []
    for index, start in enumerate(starts):
        hops = [
            Hop(named[hop].id, (anchor(text, start, start + 14),), (anchor(text, start + 15, start + 20),), "explicit")
            for hop in range(1 + index % 2)
        ]
        spans = [anchor(text, start + 21, start + 90)]
        if index % 4 == 0:
            spans.append(anchor(text, start + 95, start + 99))
        parent = claims[0].id if index == 5 else None
        rest = {"form": "indirect", "check_worthy": "checkable", "parent_id": parent, "tags": ("economy",)}
        claims.append(Claim(id=_id(rng), spans=tuple(spans), chain=tuple(hops), **rest, **common))
    return tuple(claims)


def _corrections(rng: random.Random, text: str, starts: list[int], claim_id: str, common: dict) -> tuple:
    from annotator.model import Correction, Evidence
    from annotator.text.anchors import anchor

    made = [
        Correction(
            id=_id(rng),
            spans=(anchor(text, start + 30, start + 36),),
            kind=kind,
            replacement="amended",
            cause="ocr" if kind == "transcription" else None,
            **common,
        )
        for start, kind in zip(starts, ("transcription",) * 3 + ("regularisation",), strict=False)
    ]
    evidence = (Evidence("https://example.org/report", "2026-01-02", "As published."),)
    spans = (anchor(text, starts[0] + 21, starts[0] + 90),)
    factual = Correction(
        id=_id(rng), spans=spans, kind="factual", claim_id=claim_id, verdict="refuted", evidence=evidence, **common
    )
    return (*made, factual)

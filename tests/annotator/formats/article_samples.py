"""Documents for the format tests: drawn at random over any text, and one written out that uses every field."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from hypothesis import strategies as st

from annotator.model import (
    Article,
    Claim,
    Correction,
    Document,
    Evidence,
    Hop,
    Mention,
    Role,
    Segment,
    SourceText,
    Span,
    Speaker,
)
from annotator.text.anchors import anchor
from annotator.text.normalise import normalise
from annotator.vocabulary import DEFAULT

TIME = "2026-11-23T12:00:00.000Z"
AWKWARD = 'a é\u0301😀👨‍👩‍👧𠀀عربي\u2028\u2029\u00a0\u0085\ufdd0\n\t"\\\x7f\ufeff'


@dataclass
class Content:
    """What a writer reads, without a database."""

    items: list[Document]
    people: list[Speaker] = field(default_factory=list)

    def documents(self) -> list[Document]:
        return self.items

    def speakers(self) -> list[Speaker]:
        return self.people


def source(id_: str, text: str) -> SourceText:
    return SourceText(id_, text, hashlib.sha256(text.encode()).hexdigest())


def full_document() -> tuple[Document, Speaker]:
    """A document in which no field has its default value, and its speaker."""
    text = "Title\n\nHe said: “Twould be 😀 nice,” and left."
    speaker = Speaker(
        "s1", "Ann", "media", ("A.", "Anna"), (Role("Chief", "2017", None),), "The Times", "Q1", "a note", TIME, TIME
    )
    common = {"article_id": "a1", "annotator": "Bo", "created": TIME, "updated": TIME, "status": "accepted"}
    parent = Claim(id="c1", spans=(anchor(text, 16, 22), anchor(text, 23, 25)), **common)
    claim = Claim(
        id="c2", spans=(anchor(text, 17, 33),), text="It would be nice.", form="direct", type="position",
        check_worthy="partly", stance="asserts", certainty="low", unsure=True, parent_id="c1", note="n",
        tags=("t", "u"), origin="suggested-edited", guideline="2",
        chain=(Hop("s1", (anchor(text, 7, 9),), (anchor(text, 10, 14),), "anaphoric", "interview"), Hop()), **common,
    )  # fmt: skip
    mention = Mention(id="m1", spans=(anchor(text, 7, 9),), speaker_id="s1", kind="pronoun", note="x", **common)
    fix = Correction(id="k1", spans=(anchor(text, 17, 23),), replacement="I would", cause="ocr", **common)
    factual = Correction(
        id="k2", spans=(), kind="factual", claim_id="c2", verdict="refuted", note="n",
        evidence=(Evidence("https://example.org", "2018", "says so"),), certainty="high", **common,
    )  # fmt: skip
    article = Article(
        "a1", "Title", "Jo", "Times", "2018-04-20", "https://example.org/a", "en", "done",
        (Segment("headline", 0, 5), Segment("body", 7, len(text))), ("Guessed.",), 3, TIME, TIME,
    )  # fmt: skip
    return Document(article, source("a1", text), (mention,), (parent, claim), (fix, factual)), speaker


characters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
texts = st.text(st.sampled_from(AWKWARD) | characters, max_size=60)
words = st.text(characters, max_size=8)
aliases = st.lists(words, max_size=2)
dates = st.dates().map(str) | st.sampled_from(["2018", "2018-04"])


def optional(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.none() | strategy


roles = st.builds(Role, words, optional(dates), optional(dates))


def value(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from(DEFAULT.values(name))


@st.composite
def spans(draw: st.DrawFn, text: str, least: int = 0) -> tuple[Span, ...]:
    places = draw(st.lists(st.tuples(*[st.integers(0, len(text))] * 2), min_size=least, max_size=3))
    return tuple(anchor(text, *sorted(place)) for place in places)


@st.composite
def transcriptions(draw: st.DrawFn, text: str) -> list[tuple[tuple[Span, ...], str | None]]:
    """Places and replacements of corrections that do not overlap, insertions and several places at once included."""
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    places: list[tuple[int, int]] = []
    while cuts:
        start = cuts.pop(0)
        places.append((start, cuts.pop(0) if cuts and draw(st.booleans()) else start))
    result = []
    while places:
        taken = [places.pop(0) for _ in range(min(len(places), draw(st.integers(1, 2))))]
        changed = {text[start:end] for start, end in taken}
        replacement = draw((st.none() | words).filter(lambda word, changed=changed: (word or "") not in changed))
        result.append((tuple(anchor(text, *place) for place in taken), replacement))
    return result


@st.composite
def corrections(draw: st.DrawFn, article_id: str, text: str, claim_ids: list[str]) -> list[Correction]:
    """Corrections of every kind and status. Those that make the corrected text do not overlap; the others may."""
    common = {"article_id": article_id, "annotator": "Bo", "created": TIME, "updated": TIME}
    result = [
        Correction(
            id=f"{article_id}-k{number}", spans=places, replacement=replacement,
            status=draw(st.sampled_from(["draft", "accepted"])), **common,
        )
        for number, (places, replacement) in enumerate(draw(transcriptions(text)))
    ]  # fmt: skip
    for number in range(draw(st.integers(0, 3))):
        kind = draw(st.sampled_from(DEFAULT.values("correction.kind")))
        status = "rejected" if kind == "transcription" else draw(value("status"))
        result.append(
            Correction(
                id=f"{article_id}-kx{number}", kind=kind, spans=draw(spans(text)), replacement=draw(optional(words)),
                cause=draw(optional(value("correction.cause"))), verdict=draw(optional(value("correction.verdict"))),
                claim_id=draw(st.none() | st.sampled_from(claim_ids)) if claim_ids else None, note=draw(words),
                evidence=tuple(
                    Evidence(draw(optional(words)), draw(optional(dates)), draw(words))
                    for _ in range(draw(st.integers(0, 2)))
                ),
                status=status, **common,
            )
        )  # fmt: skip
    return result


def hops(text: str, who: st.SearchStrategy[str | None]) -> st.SearchStrategy[Hop]:
    return st.builds(Hop, who, spans(text), spans(text), optional(value("hop.referring")), optional(words))


@st.composite
def documents(draw: st.DrawFn, id_: str, speaker_ids: list[str]) -> Document:
    """An article over any text, with annotations that keep every rule."""
    text = normalise(draw(texts))[0]
    who = st.none() | st.sampled_from(speaker_ids) if speaker_ids else st.none()
    common = {"article_id": id_, "annotator": draw(words), "created": TIME, "updated": TIME}
    claim_ids = [f"{id_}-c{number}" for number in range(draw(st.integers(0, 3)))]
    claims = [
        Claim(
            id=claim_id, spans=draw(spans(text)), text=draw(optional(words)), form=draw(optional(value("claim.form"))),
            type=draw(optional(value("claim.type"))), stance=draw(optional(value("claim.stance"))),
            check_worthy=draw(optional(value("claim.check_worthy"))), certainty=draw(optional(value("certainty"))),
            unsure=draw(st.booleans()), note=draw(words), tags=tuple(draw(st.lists(words, max_size=2))),
            parent_id=draw(st.none() | st.sampled_from(claim_ids[:number])) if number else None,
            status=draw(value("status")), origin=draw(words),
            chain=tuple(draw(st.lists(hops(text, who), max_size=2))),
            **common,
        )
        for number, claim_id in enumerate(claim_ids)
    ]  # fmt: skip
    mentions = [
        Mention(
            id=f"{id_}-m{n}", spans=draw(spans(text)), speaker_id=draw(who), kind=draw(value("mention.kind")), **common
        )
        for n in range(draw(st.integers(0, 3)))
    ]  # fmt: skip
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    segments = tuple(
        Segment(draw(value("segment.kind")), start, end)
        for start, end in zip(edges[::2], edges[1::2], strict=False)
    )  # fmt: skip
    article = Article(
        id_, draw(words), draw(optional(words)), published=draw(st.sampled_from([None, "2018", "2018-04-20"])),
        state=draw(value("article.state")), segments=segments, created=TIME, updated=TIME,
    )  # fmt: skip
    fixes = draw(corrections(id_, text, claim_ids))
    return Document(article, source(id_, text), tuple(mentions), tuple(claims), tuple(fixes))


@st.composite
def contents(draw: st.DrawFn) -> Content:
    """Up to three articles and the speakers that they share."""
    people = [
        Speaker(f"s{n}", draw(words), draw(value("speaker.kind")), tuple(draw(aliases)),
                roles=tuple(draw(st.lists(roles, max_size=2))), affiliation=draw(optional(words)), note=draw(words))
        for n in range(draw(st.integers(0, 3)))
    ]  # fmt: skip
    ids = [person.id for person in people]
    return Content([draw(documents(f"a{n}", ids)) for n in range(draw(st.integers(1, 3)))], people)

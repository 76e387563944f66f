"""What the card says of agreement: only what the annotations themselves show."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from annotator.formats.article_lines import article_data
from annotator.model import Article, Claim, Document, Mention, SourceText
from annotator.release.datasheet import answers
from annotator.release.facts import Facts
from annotator.release.figures import Figures
from annotator.release.wish import Wish
from annotator.text.anchors import anchor

FACTS = Facts(Wish("Ten"), "1:a", "2026-01-01T00:00:00.000Z", "Scheme", "1")
TEXT = "He said that it would rain. She denied it."
DOCUMENT = Document(
    Article("a1", "Title"),
    SourceText("a1", TEXT, hashlib.sha256(TEXT.encode()).hexdigest()),
    (Mention(id="m1", article_id="a1", annotator="Bo", spans=(anchor(TEXT, 0, 2),)),),
    (
        Claim(id="c1", article_id="a1", annotator="Bo", spans=(anchor(TEXT, 13, 26),)),
        Claim(id="c2", article_id="a1", annotator="Bo", spans=(anchor(TEXT, 39, 41),)),
    ),
)


def by(document: Document, who: str) -> Document:
    kinds = ("mentions", "claims", "corrections")
    return replace(
        document, **{kind: tuple(replace(each, annotator=who) for each in getattr(document, kind)) for kind in kinds}
    )


def said(*documents: Document, **answered: str) -> str:
    figures = Figures()
    for document in documents:
        figures.add("train", article_data(document, {}))
    facts = replace(FACTS, wish=Wish("Ten", answers=tuple(answered.items())))
    return answers(facts, figures.as_json())["agreement"]


def test_articles_annotated_once_say_so_and_by_whom() -> None:
    assert said(DOCUMENT) == "It was not measured: every article was annotated once, by Bo."
    assert said(DOCUMENT, agreement="κ = 0.8") == "κ = 0.8"
    assert said(replace(DOCUMENT, mentions=(), claims=(), corrections=())) == "Not stated."


def test_of_several_annotators_it_says_whether_they_shared_articles() -> None:
    shared = replace(DOCUMENT, claims=by(DOCUMENT, "Cy").claims)
    assert said(shared) == (
        "It was not measured: every article was annotated once, by one of 2 annotators; in 1 article each of several "
        "annotators made a part."
    )


def test_the_same_text_annotated_by_two_people_apart_is_compared() -> None:
    again = by(DOCUMENT, "Cy")
    assert said(DOCUMENT, again) == (
        "1 pair of articles with the same text, annotated by different people: 100% of their 4 claims stand on "
        "exactly the same words in both. All else was annotated once."
    )
    half = replace(again, claims=(replace(again.claims[0], spans=again.claims[1].spans), again.claims[1]))
    assert "50% of their 4 claims" in said(DOCUMENT, half)
    assert "was not measured" in said(DOCUMENT, DOCUMENT)  # by the same person

"""Records to store, with every field filled, over a text that has everything awkward in it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from annotator.edits import Change, Changeset, Edit
from annotator.model import (
    Article,
    Claim,
    Correction,
    Evidence,
    Hop,
    Mention,
    Record,
    Role,
    Segment,
    SourceText,
    Speaker,
    new_id,
)
from annotator.text.anchors import anchor

TEXT = (
    "Moscow \U0001f600 said \U00020000\U0002a6d6 “no”.\r\nТак e\u0301 العربية\u2028end\u00a0of\ttext\ufeff.\n"
    "\n'\"`; DROP TABLE claim;--\n"
)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def creating(*records: Record, title: str = "Create") -> Changeset:
    return Changeset.of(Edit(title, tuple(Change(None, record) for record in records)), "anna")


def changing(before: Record | None, after: Record | None, title: str = "Change") -> Changeset:
    return Changeset.of(Edit(title, (Change(before, after),)), "anna")


def commit(project, *changesets: Changeset) -> None:
    with project.begin() as work:
        for changeset in changesets:
            work.apply(changeset)
        work.commit()


@dataclass(frozen=True)
class Sample:
    """One article with one of everything."""

    article: Article
    source: SourceText
    outer: Speaker
    inner: Speaker
    mention: Mention
    parent: Claim
    claim: Claim
    transcription: Correction
    factual: Correction

    @property
    def records(self) -> tuple[Record, ...]:
        # Children before parents: the foreign keys must not care.
        return (
            self.factual,
            self.transcription,
            self.claim,
            self.parent,
            self.mention,
            self.inner,
            self.outer,
            self.source,
            self.article,
        )


def sample(text: str = TEXT, position: int = 0) -> Sample:
    article = Article(
        id=new_id(),
        title="Headline \U0001f4f0 “x”",
        byline="By A. B.",
        outlet="The Moscow Times",
        published="2018-03",
        url="https://example.org/a?b=c&d=ü",
        language="en",
        state="in_progress",
        segments=(Segment("headline", 0, 5), Segment("body", 5, len(text))),
        import_notes=("Changed 1 line end.", "Second note"),
        position=position,
        created="2026-01-01T00:00:00.000Z",
        updated="2026-01-02T00:00:00.000Z",
    )
    source = SourceText(article.id, text, sha256(text), "ab" * 32, "artiklé.txt", "windows-1252")
    outer = Speaker(
        id=new_id(),
        name="The Moscow Times",
        kind="media",
        aliases=("MT", "«МТ»"),
        roles=(Role("owner", "1992", None), Role("editor", None, "2017-05")),
        affiliation="Derk Sauer",
        wikidata="Q1",
        note="n",
        created="c",
        updated="u",
    )
    inner = Speaker(id=new_id(), name="äbel")
    mention = Mention(
        id=new_id(),
        article_id=article.id,
        annotator="anna",
        spans=(anchor(text, 0, 6),),
        guideline="2",
        created="c",
        updated="u",
        status="accepted",
        certainty="low",
        note="m",
        origin="imported",
        speaker_id=outer.id,
        kind="nominal",
    )
    parent = Claim(id=new_id(), article_id=article.id, annotator="anna", spans=(anchor(text, 0, 14),))
    claim = Claim(
        id=new_id(),
        article_id=article.id,
        annotator="anna",
        spans=(anchor(text, 7, 9), anchor(text, 12, 16)),
        text="It is so.",
        form="direct",
        type="quote",
        check_worthy="partly",
        stance="denies",
        unsure=True,
        parent_id=parent.id,
        chain=(
            Hop(outer.id, (anchor(text, 0, 6),), (anchor(text, 9, 13),), "explicit", "print", inner.id, "2018-03"),
            Hop(None, (), (), "implicit", None),
            Hop(inner.id, (anchor(text, 0, 2), anchor(text, 3, 4)), (), "anaphoric", None),
        ),
        tags=("a", "b \U0001f600"),
        note="c",
    )
    transcription = Correction(
        id=new_id(),
        article_id=article.id,
        annotator="bob",
        spans=(anchor(text, 3, 3),),
        replacement="\U0001f600",
        cause="ocr",
    )
    factual = Correction(
        id=new_id(),
        article_id=article.id,
        annotator="bob",
        spans=(),
        kind="factual",
        claim_id=claim.id,
        verdict="refuted",
        evidence=(Evidence("https://e.org", "2019-01-01", "see p. 3", "published_correction"), Evidence()),
    )
    return Sample(article, source, outer, inner, mention, parent, claim, transcription, factual)

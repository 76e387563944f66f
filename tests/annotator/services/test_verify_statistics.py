"""Verify finds every kind of damage, each once and by place; statistics count what is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from annotator.model import Correction, Document, Hop, Quarantined, Record, Segment, Speaker
from annotator.services.importing import import_files
from annotator.services.statistics import count
from annotator.services.verify import verify
from annotator.text.anchors import anchor
from db.project import SqlProject, create_project
from seeds import sample_gold_path, sample_text_path


@pytest.fixture
def project(tmp_path: Path) -> Iterator[SqlProject]:
    made = create_project(str(tmp_path / "p.annotator"))
    import_files(made, [sample_text_path(), sample_gold_path()], annotator="Ann")
    yield made
    made.close()


class Seen:
    """The project, seen with changed documents, speakers or storage: damage that the store itself would refuse."""

    def __init__(
        self,
        project: SqlProject,
        document: Callable[[Document], Document] = lambda d: d,
        speakers: Callable[[list[Speaker]], list[Speaker]] = lambda s: s,
        storage: tuple[str, ...] = (),
    ) -> None:
        self._project, self._document, self._speakers, self._storage = project, document, speakers, storage

    def article_ids(self) -> list[str]:
        return self._project.article_ids()

    def document(self, article_id: str) -> Document:
        document = self._project.document(article_id)
        return self._document(document) if document.claims else document

    def get(self, kind: str, id_: str) -> Record | None:
        return self._project.get(kind, id_)

    def speakers(self) -> list[Speaker]:
        return self._speakers(self._project.speakers())

    def check_storage(self) -> list[str]:
        return [*self._storage, *self._project.check_storage()]


def problems(*arguments: object, **more: object) -> list[str]:
    return [str(problem) for problem in verify(Seen(*arguments, **more))]  # type: ignore[arg-type]


def test_a_sound_project_has_no_problems(project: SqlProject) -> None:
    assert problems(project) == []


def first_claim(**fields: object) -> Callable[[Document], Document]:
    return lambda d: replace(d, claims=(replace(d.claims[0], **fields), *d.claims[1:]))  # type: ignore[arg-type]


def first_span(**fields: object) -> Callable[[Document], Document]:
    def change(document: Document) -> Document:
        claim = document.claims[0]
        return first_claim(spans=(structs.replace(claim.spans[0], **fields), *claim.spans[1:]))(document)  # type: ignore[arg-type]

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (first_span(exact="odd"), "the text reads"),
        (first_span(end=99_999), "is outside the text"),
        (first_span(prefix="odd"), "the context kept with"),
        (first_span(suffix="odd"), "the context kept with"),
        (first_claim(spans=()), "it has no place in the text"),
        (first_claim(parent_id="gone"), "it refers to the claim gone, which is not in this article"),
        (first_claim(chain=(Hop(), Hop("gone"))), "hop 2 of its chain refers to the speaker gone"),
        (first_claim(form="odd"), "form: “odd” is not one of: "),
        (first_claim(check_worthy="odd"), "check_worthy: “odd” is not one of: "),
        (first_claim(status="odd"), "status: “odd” is not one of: "),
        (first_claim(chain=(Hop(referring="odd"),)), "chain[0].referring: “odd” is not one of: "),
        (lambda d: replace(d, mentions=(replace(d.mentions[0], speaker_id="gone"),)), "refers to the speaker gone"),
        (lambda d: replace(d, mentions=(replace(d.mentions[0], kind="odd"),)), "kind: “odd” is not one of: "),
        (
            lambda d: replace(d, corrections=(replace(d.corrections[0], cause="odd"),)),
            "cause: “odd” is not one of: ",
        ),
        (lambda d: replace(d, corrections=(replace(d.corrections[0], claim_id="gone"),)), "refers to the claim gone"),
        (lambda d: replace(d, source=replace(d.source, text_sha256="0" * 64)), "no longer matches its hash"),
        (lambda d: replace(d, article=replace(d.article, published="2018-02-31")), "“2018-02-31” is not a date"),
        (lambda d: replace(d, article=replace(d.article, state="odd")), "state: “odd” is not one of: "),
        (
            lambda d: replace(d, article=replace(d.article, segments=(Segment("body", 5, 99_999),))),
            "is outside the text",
        ),
        (
            lambda d: replace(d, article=replace(d.article, segments=(Segment("body", 0, 9), Segment("body", 8, 12)))),
            "the body segment 8–12 overlaps the one before",
        ),
    ],
)
def test_each_damage_is_found_once(project: SqlProject, change: Callable[[Document], Document], said: str) -> None:
    found = [problem for problem in problems(project, change) if said in problem]
    assert len(found) == 1
    assert found[0].startswith("“Russia Says Trump Invited Putin to U.S. During Phone Call”")


def test_a_circle_of_claims_is_found(project: SqlProject) -> None:
    def circle(document: Document) -> Document:
        first, second, *rest = document.claims
        return replace(
            document, claims=(replace(first, parent_id=second.id), replace(second, parent_id=first.id), *rest)
        )

    assert any("it sits inside itself" in problem for problem in problems(project, circle))


def test_overlapping_corrections_are_found(project: SqlProject) -> None:
    def overlap(document: Document) -> Document:
        span = document.corrections[0].spans[0]
        more = Correction(
            id="k", article_id=document.article.id, annotator="B", replacement="x",
            spans=(anchor(document.source.text, span.start, span.end),),
        )  # fmt: skip
        return replace(document, corrections=(*document.corrections, more))

    assert any("two corrections overlap" in problem for problem in problems(project, overlap))


def test_speakers_and_storage_are_checked(project: SqlProject) -> None:
    odd = [replace(project.speakers()[0], kind="odd")]
    found = problems(project, speakers=lambda s: [*odd, *s[1:]], storage=("A page is torn.",))
    assert found[0] == "project: A page is torn."
    assert found[1].endswith("kind: “odd” is not one of: person, organization, group, media, artifact, unnamed.")
    missing = problems(project, lambda d: replace(d, speakers=d.speakers[1:]))
    assert missing
    assert all("refers to the speaker" in problem for problem in missing)


def test_statistics_count_everything_by_state_and_status(project: SqlProject) -> None:
    gold = next(d for d in project.documents() if d.claims)
    found = count(project)
    assert (found.project, found.articles, found.speakers) == ("p", 2, len(project.speakers()))
    assert (found.claims, found.mentions, found.corrections) == (
        len(gold.claims),
        len(gold.mentions),
        len(gold.corrections),
    )
    assert found.articles_by_state == {"todo": 1, "in_progress": 0, "needs_review": 0, "done": 1}
    assert sum(found.claims_by_status.values()) == found.claims
    assert list(found.corrections_by_kind) == ["transcription", "regularisation", "factual"]
    assert found.as_json()["articles"] == 2


def test_statistics_of_nothing(tmp_path: Path) -> None:
    empty = create_project(str(tmp_path / "e.annotator"))
    found = count(empty)
    empty.close()
    assert (found.articles, found.claims, found.speakers, found.mentions, found.corrections) == (0, 0, 0, 0, 0)
    assert set(found.articles_by_state.values()) == {0}


def test_what_a_thing_in_quarantine_held_must_be_readable(project):
    held = Quarantined("q", "a", "nothing says so", "Odd", "words", "{", "a.ann, line 1", "2026-01-01T00:00:00Z")
    (problem,) = problems(project, lambda document: replace(document, quarantined=(held,)))
    assert problem.endswith("quarantined q: what it held cannot be read.")

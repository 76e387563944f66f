"""What of a project goes into a release: the articles that are done, without what was rejected or never settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from annotator.checks.table import blocking
from annotator.errors import ReleaseStopped
from annotator.model import Annotation, Claim, Document, Scheme, Speaker
from annotator.ports import Project
from annotator.schemes import scheme_of
from annotator.services.annotate import Author
from annotator.services.verify import verify
from annotator.text.wording import counted
from annotator.workspace import Workspace

T = TypeVar("T", bound=Annotation)
DONE = "done"
REJECTED = "rejected"
Progress = Callable[[int, int], None]
"""Called with (steps done, steps in all)."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What keeps a project from being released: in which article (None: in none of its own), and a sentence."""

    message: str
    article_id: str | None = None
    kind: str | None = None
    """Of the record it is about, and its id."""
    record_id: str | None = None


@dataclass(frozen=True, slots=True)
class Readiness:
    """How much of a project can be released, and what stands against it."""

    articles: int
    done: int
    obstacles: tuple[Obstacle, ...]

    def __str__(self) -> str:
        stops = counted(len(self.obstacles), "blocking problem") if self.obstacles else "nothing blocks"
        return f"{share_done(self.done, self.articles)}; {stops}."


def share_done(done: int, articles: int) -> str:
    """How many of a project's articles are done, in words without a full stop."""
    if articles < 2:
        return "There is no article" if not articles else "The article is done" if done else "The article is not done"
    return f"{done:,} of {counted(articles, 'article')} {'is' if done == 1 else 'are'} done"


def readiness(
    project: Project, progress: Progress | None = None, stopped: Callable[[], bool] | None = None
) -> Readiness:
    """Look through the whole project. Raises ``ReleaseStopped``: ``stopped`` said so."""
    states = states_of(project)
    done = {id_ for id_, state in states.items() if state == DONE}
    steps = Steps(len(states) + len(done), progress, stopped)
    found = list(unsound(project, done, steps))
    if not found:
        checker = Checker(project.speakers(), scheme_of(project))
        for id_ in project.article_ids():
            if id_ in done:
                found += checker.obstacles(project.document(id_))
                steps.one()
    return Readiness(len(states), len(done), tuple(found))


def states_of(project: Project) -> dict[str, str]:
    """Article id → how far it is, in list order."""
    return {summary.article.id: summary.article.state for summary in project.summaries()}


class Steps:
    """Counts what was done, and stops when somebody asked for it."""

    def __init__(self, total: int, progress: Progress | None, stopped: Callable[[], bool] | None) -> None:
        self._total, self._progress, self._stopped = total, progress, stopped
        self._done = 0

    def one(self) -> None:
        """One step more. Raises ``ReleaseStopped``."""
        self._done += 1
        if self._stopped and self._stopped():
            raise ReleaseStopped("Stopped; nothing was written.")
        if self._progress:
            self._progress(min(self._done, self._total), self._total)


def unsound(project: Project, done: set[str], steps: Steps) -> Iterator[Obstacle]:
    """What is damaged in the project itself or in one of the articles ``done``."""
    for problem in verify(project, steps.one):
        if problem.article_id is None or problem.article_id in done:
            yield Obstacle(str(problem), problem.article_id, problem.kind, problem.id)


class Checker:
    """Runs the checks that block, by what the project chose."""

    def __init__(self, speakers: list[Speaker], scheme: Scheme) -> None:
        self._ws = Workspace(speakers)
        self._ws.set_scheme(scheme)
        self._author = Author("", scheme.version)

    def obstacles(self, document: Document) -> list[Obstacle]:
        """What the checks find in one article."""
        self._ws.show(document)
        article = document.article
        return [
            Obstacle(f"“{article.title}”: {problem.message}", article.id, problem.kind, problem.id)
            for problem in blocking(self._ws, self._author)
        ]


def gold(document: Document) -> tuple[Document, Counter[str]]:
    """The article without what was rejected and what is in quarantine, and how much of each kind that is.

    A claim inside a rejected one goes to the nearest claim around it that stays; a factual correction of a rejected
    claim goes with it.
    """
    parents = {claim.id: claim.parent_id for claim in document.claims}
    rejected = {claim.id for claim in document.claims if claim.status == REJECTED}
    claims = tuple(_inside(claim, parents, rejected) for claim in _kept(document.claims))
    corrections = tuple(each for each in _kept(document.corrections) if each.claim_id not in rejected)
    mentions = tuple(_kept(document.mentions))
    left = Counter(
        mentions=len(document.mentions) - len(mentions),
        claims=len(document.claims) - len(claims),
        corrections=len(document.corrections) - len(corrections),
        quarantined=len(document.quarantined),
    )
    kept = replace(document, mentions=mentions, claims=claims, corrections=corrections, quarantined=())
    return kept, left


def _kept(annotations: tuple[T, ...]) -> Iterator[T]:
    return (each for each in annotations if each.status != REJECTED)


def _inside(claim: Claim, parents: dict[str, str | None], rejected: set[str]) -> Claim:
    parent = claim.parent_id
    while parent in rejected:
        parent = parents[parent]
    return replace(claim, parent_id=parent) if parent != claim.parent_id else claim

"""Build a release from a project: choose, check, split, write; whole or not at all."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.errors import ReleaseRefused
from annotator.formats.base import Writing
from annotator.formats.jsonl import line_of
from annotator.formats.writing import documents
from annotator.model import Document, Scheme, Speaker
from annotator.ports import Project
from annotator.release import changes, earlier
from annotator.release.assembling import Material, assemble
from annotator.release.choosing import DONE, Checker, Obstacle, Progress, Steps, gold, share_done, states_of, unsound
from annotator.release.earlier import NONE
from annotator.release.facts import Facts
from annotator.release.lines import as_line, without_words
from annotator.release.splitting import Member, Splitting, member, split
from annotator.release.spool import LineSpool
from annotator.release.wish import Wish
from annotator.schemes import scheme_of
from annotator.services.targets import target_folder
from annotator.text.wording import counted


@dataclass(frozen=True, slots=True)
class Released:
    """What was written."""

    folder: Path
    facts: Facts
    figures: dict[str, Any]
    splitting: Splitting


def build(
    project: Project,
    out: Path,
    wish: Wish,
    since: Path | None = None,
    progress: Progress | None = None,
    stopped: Callable[[], bool] | None = None,
) -> Released:
    """Write a release of the project's done articles into the new folder ``out``.

    ``since`` is the folder of an earlier release: what changed is told, and every article keeps its split.

    Raises:
        ReleaseRefused: no article is done, or something blocks; its ``reasons`` name what.
        ExportFailed: it cannot be written there.
        ExtraMissing: Parquet is wished and pyarrow is not installed.
        ImportFailed: ``since`` is no release, or a damaged one.
        ReleaseStopped: ``stopped`` said so.
    """
    states, head = states_of(project), project.head()
    done = {id_ for id_, state in states.items() if state == DONE}
    if not done:
        raise ReleaseRefused(f"{share_done(0, len(states))}; a release holds what is done.")
    steps = Steps(len(states) + len(done) * (3 if wish.with_parquet else 2), progress, stopped)
    before = earlier.read(since) if since is not None else NONE
    _refuse(list(unsound(project, done, steps)))
    scheme = scheme_of(project)
    with target_folder(out, "") as (folder, _):
        spool = LineSpool()
        found = _Gold(project, scheme, done, wish, steps)
        members = list(found.keep(spool))
        _refuse(found.obstacles)
        if project.head() != head:
            raise ReleaseRefused("The project was changed while it was read; nothing was written. Try again.")
        splitting = split(members, wish.plan, before.splits)
        left_out = {**Counter(state for state in states.values() if state != DONE), **(+found.left_out)}
        facts = Facts(
            wish, str(head), head.time, scheme.name, scheme.version, left_out, splitting.notes, before.release
        )
        material = Material(
            facts,
            scheme,
            lambda name: spool.of(name, splitting.of),
            splitting.groups,
            lambda contents: changes.changes(
                before.release, before.contents, contents, (before.scheme or scheme, scheme)
            ),
        )
        figures = assemble(folder, material, steps)
    return Released(out, facts, figures, splitting)


def _refuse(obstacles: list[Obstacle]) -> None:
    if obstacles:
        number = counted(len(obstacles), "problem")
        verb = "keeps" if len(obstacles) == 1 else "keep"
        reasons = tuple(each.message for each in obstacles)
        raise ReleaseRefused(f"{number} {verb} the project from being released; nothing was written.", reasons)


@dataclass(slots=True)
class _Gold:
    """The project's done articles as they are released; a source for the writers."""

    project: Project
    scheme: Scheme
    done: set[str]
    wish: Wish
    steps: Steps
    obstacles: list[Obstacle] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    def speakers(self) -> list[Speaker]:
        return self.project.speakers()

    def documents(self) -> Iterator[Document]:
        checker = Checker(self.speakers(), self.scheme)
        for document in self.project.documents([id_ for id_ in self.project.article_ids() if id_ in self.done]):
            self.obstacles += checker.obstacles(document)
            kept, left = gold(document)
            self.left_out.update(left)
            yield kept
            self.steps.one()

    def keep(self, spool: LineSpool) -> Iterator[Member]:
        """Put the line of each into the spool."""
        for document, speakers in documents(self, Writing()):
            line = line_of(document, speakers)
            spool.add(document.article.id, line if self.wish.with_text else as_line(without_words(json.loads(line))))
            yield member(document, self.wish.plan.apart)

"""The lines of a release as they are checked: each by itself, and all beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.errors import ImportFailed
from annotator.formats.article_check import find_bare_problem
from annotator.formats.article_json import encode
from annotator.formats.article_lines import Lines
from annotator.formats.base import Reading
from annotator.formats.published import compiled, find_mismatch
from annotator.formats.strict_json import parse
from annotator.model import Scheme
from annotator.release.choosing import DONE, REJECTED, Steps
from annotator.release.figures import KINDS
from annotator.release.lines import as_line, bare_schema
from annotator.release.splitting import ALL_SPEAKERS, SOURCES
from annotator.release.wish import Wish
from annotator.text.likeness import Alike, runs_of
from annotator.text.wording import clause
from annotator.vocabulary import Vocabulary


class LineCheck:
    """Reads the data files one after the other and collects what is wrong."""

    def __init__(self, scheme: Scheme, wish: Wish, steps: Steps) -> None:
        self.wish = wish
        self.rows: list[tuple[str, str]] = []
        """(article id, split), in the order of the files."""
        self.problems: list[str] = []
        self._vocabulary = Vocabulary(scheme.terms)
        self._steps = steps
        self._bare = None if wish.with_text else compiled(bare_schema())
        self._ids: dict[tuple[str, str], str] = {}
        self._speakers: dict[str, Any] = {}
        self._apart: dict[str, str] = {}
        self._alike = Alike()

    def read(self, path: Path, split: str) -> Iterator[dict[str, Any]]:
        """The data of every sound line; the file need not be there."""
        if not path.is_file():
            return
        name = f"data/{path.name}"
        lines = Lines(Reading(name, "", vocabulary=self._vocabulary))
        with path.open("rb") as stream:
            for number, line in enumerate(stream, start=1):
                place = f"{name}, line {number}"
                try:
                    data = parse(line)
                    problem = self._problem(data, line, number, lines)
                except (ImportFailed, ValueError) as error:
                    problem = clause(error)
                    problem = problem.removeprefix(clause(f"{place}: "))
                if problem is None:
                    self._beside(data, split, place)
                    yield data
                else:
                    self.problems.append(f"{place}: {problem.rstrip('.')}.")
                self._steps.one()

    def _problem(self, data: Any, line: bytes, number: int, lines: Lines) -> str | None:
        """What is wrong with a line by itself."""
        if self._bare is not None:
            problem = find_mismatch(data, self._bare, "the line") or find_bare_problem(data)
            if problem is None and as_line(data) != line:
                problem = "it is not written as lines are"
        else:
            draft = lines.draft(data, number)
            written = as_line(encode(draft.document, {speaker.id: speaker for speaker in draft.speakers}))
            problem = (
                None if written == line else "it is not written as lines are, or a place is told twice differently"
            )
        return problem or _not_gold(data)

    def _beside(self, data: dict[str, Any], split: str, place: str) -> None:
        """What is wrong with it beside the others."""
        self.rows.append((data["id"], split))
        records = [("article", data), *((kind, item) for kind in KINDS for item in data[kind])]
        for kind, item in records:
            first = self._ids.setdefault((kind, item["id"]), place)
            if first != place:
                self.problems.append(f"{place}: the id {item['id']} is used in {first}, too.")
        for speaker in data["speakers"]:
            if self._speakers.setdefault(speaker["id"], speaker) != speaker:
                self.problems.append(f"{place}: the speaker {speaker['id']} is not the same as in other lines.")
        for id_ in sorted(self._named(data)):
            if self._apart.setdefault(id_, split) != split:
                self.problems.append(f"{place}: the speaker {id_} is also in another split.")
        if data["text"] is not None:
            runs = runs_of(data["text"])
            self._near(runs, split, place)
            self._alike.add(f"{split} {data['id']}", runs)

    def _near(self, runs: set[int], split: str, place: str) -> None:
        for key in self._alike.all_near(runs):
            other, _, id_ = key.partition(" ")
            if other != split:
                self.problems.append(f"{place}: the article is nearly the same as {id_} in {other}.")

    def _named(self, data: dict[str, Any]) -> set[str]:
        """The speakers that must not stand in two splits."""
        hops = [hop for claim in data["claims"] for hop in claim["chain"]]
        found: list[str | None] = []
        if self.wish.plan.apart in (SOURCES, ALL_SPEAKERS):
            found += [hop["speaker_id"] for hop in hops]
        if self.wish.plan.apart == ALL_SPEAKERS:
            found += [hop["addressee_id"] for hop in hops] + [each["speaker_id"] for each in data["mentions"]]
        return {id_ for id_ in found if id_}


def _not_gold(data: dict[str, Any]) -> str | None:
    """Why a line is none of a release."""
    if data["state"] != DONE:
        return "the article is not done"
    if data["quarantined"]:
        return "something is in quarantine"
    if any(item["status"] == REJECTED for kind in KINDS for item in data[kind]):
        return "it holds what was rejected"
    return None

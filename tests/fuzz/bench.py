"""Imports damaged files as a person does, many at once into a real project, and judges what comes of it."""

from __future__ import annotations

import re
import shutil
import tempfile
import time
import traceback
import unicodedata
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from random import Random
from unittest.mock import patch

from damage import CANARY, damaged
from guard import watched
from whole_files import ARCHIVE, MARK, Files, whole_files

from annotator.formats import registry
from annotator.formats.apart import Apart
from annotator.services.importing import Report, import_files, reading
from annotator.services.verify import Problem, verify
from db.project import SqlProject, create_project, open_project

SLOWEST = 30.0
"""Seconds that no small file may take, on a machine that is busy with other things."""
BATCH = 120
"""Inputs that are imported together."""
LONGEST = 2_000
"""Characters of a sentence in a report."""

_OF_PYTHON = re.compile(r"Traceback|object at 0x|\b[A-Z]\w+(?:Error|Exception)\b|\b[Ee]rrno\b|NoneType")
_FOLDER = re.compile(r"\bn(\d{4})\b")


@dataclass(frozen=True)
class Input:
    """One damaged file with what lies beside it; the same seed gives the same one."""

    format_name: str
    seed: int
    named: bool
    """Whether the format is named at import, and not told from the file."""

    @property
    def number(self) -> str:
        return f"{self.seed % 10 ** len(MARK):0{len(MARK)}}"

    def files(self) -> Files:
        dice = Random(f"{self.format_name} {self.seed}")
        files = {name: data.replace(MARK.encode(), self.number.encode()) for name, data in self._whole(dice).items()}
        name = dice.choice(self._read(files) if dice.random() < 0.8 else sorted(files))
        if len(files) > 1 and dice.random() < 0.05:
            return {other: data for other, data in files.items() if other != name}
        return {**files, name: damaged(name, files[name], dice)}

    def _whole(self, dice: Random) -> Files:
        return dice.choice(whole_files(self.format_name))

    def _read(self, files: Files) -> list[str]:
        if self.format_name == ARCHIVE:
            return sorted(files)
        extensions = registry.named(self.format_name).extensions
        return sorted(name for name in files if name.endswith(extensions)) or sorted(files)


def inputs(name: str, count: int, seed: int) -> Iterator[Input]:
    """``count`` inputs of a format, every third one with the format named."""
    for number in range(count):
        yield Input(name, seed * 1_000_003 + number, name != ARCHIVE and number % 3 == 0)


class _Lasting(Apart):
    """The process of the readers that run apart, kept for the next batch: starting it takes longer than a batch."""

    def __exit__(self, *_: object) -> None:
        pass


class Bench:
    """A folder with a project as new, which every batch gets a copy of, and a file that nothing may read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._new = folder / "new.annotator"
        create_project(str(self._new)).close()
        self._canary = folder / "canary.txt"
        self._canary.write_text(CANARY)
        self._apart = _Lasting()
        self.outcomes: Counter[str] = Counter()
        """How many were tried, articles came in, sentences were said of what did not."""

    def close(self) -> None:
        """End the process of the readers that run apart."""
        self._apart.close()

    def complaints(self, tried: Iterable[Input]) -> Iterator[tuple[Input, str]]:
        """What is wrong with the import of inputs of one format, each with the input whose fault it is."""
        every = list(tried)
        for named in (False, True):
            chosen = [each for each in every if each.named is named]
            for start in range(0, len(chosen), BATCH):
                yield from self._of_batch(chosen[start : start + BATCH])

    def _of_batch(self, batch: Sequence[Input]) -> list[tuple[Input, str]]:
        """A sentence names its input's folder; what names none, or broke the import, is looked for by halves."""
        try:
            told = self._judged(batch)
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            told = [f"{type(error).__name__}: {error} ({Path(where.filename).name}, line {where.lineno})"]
        if len(batch) == 1:
            self.outcomes["tried"] += 1
            return [(batch[0], each) for each in told]
        named = [(batch[int(match[1])], each) for each in told if (match := _FOLDER.search(each))]
        if len(named) == len(told):
            self.outcomes["tried"] += len(batch)
            return named
        half = len(batch) // 2
        found = [*self._of_batch(batch[:half]), *self._of_batch(batch[half:])]
        return found or [(batch[0], f"in this batch only: {each}") for each in told]

    def _judged(self, batch: Sequence[Input]) -> list[str]:
        with self._laid_out(batch) as (paths, place), self._project(place) as project:
            before = _sizes(place / "in")
            told = self._imported(project, paths, batch[0].format_name if batch[0].named else None, place)
            told += [
                f"verify: {each}, of {_places(project, each)}"
                for each in verify(project)
                if not each.message.startswith("it has no place")
            ]
            if CANARY in " ".join(source.text for _, source in project.texts()):
                told.append("what lies outside the folder came in")
            if _sizes(place / "in") != before:
                told.append("a file beside it was changed")
            if self._canary.read_text() != CANARY:
                told.append("a file outside the folder was changed")
        return told

    def _imported(self, project: SqlProject, paths: list[Path], form: str | None, place: Path) -> list[str]:
        head = project.head()
        told: list[str] = []
        last = [time.monotonic()]

        def progress(done: int, _all: int) -> None:
            if time.monotonic() - last[0] > SLOWEST:
                told.append(f"it took {time.monotonic() - last[0]:.0f} seconds (entry {done})")
            last[0] = time.monotonic()

        with (
            watched(place / "in", place / "project") as broken,
            warnings.catch_warnings(action="ignore"),
            patch.object(tempfile, "tempdir", str(place / "project")),
            patch.object(reading, "Apart", lambda _stopped: self._apart),
        ):
            report = import_files(
                project, paths, annotator="Fuzz", format_name=form, progress=progress, keep_duplicates=True
            )
        self.outcomes["articles"] += len(report.imported)
        self.outcomes["problems"] += len(report.problems)
        if project.article_ids() != [each.id for each in report.imported]:
            told.append("the project holds other articles than the report says")
        if not report.imported and project.head() != head:
            told.append("the project was changed though nothing was imported")
        return [*told, *broken, *_of_sentences(report), *_unsaid(report, paths)]

    @contextmanager
    def _laid_out(self, batch: Sequence[Input]) -> Iterator[tuple[list[Path], Path]]:
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            place = Path(folder)
            (place / "project").mkdir()
            paths = []
            for number, each in enumerate(batch):
                root = place / "in" / f"n{number:04}"
                for name, data in each.files().items():
                    path = root.with_suffix(".zip") if each.format_name == ARCHIVE else root / PurePosixPath(name)
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(data.replace(b"CANARY", str(self._canary).encode()))
                paths.append(root.with_suffix(".zip") if each.format_name == ARCHIVE else root)
            yield paths, place

    @contextmanager
    def _project(self, place: Path) -> Iterator[SqlProject]:
        path = place / "project" / "p.annotator"
        shutil.copyfile(self._new, path)
        with closing(open_project(str(path))) as project:
            yield project


def _places(project: SqlProject, problem: Problem) -> str:
    """Where the article of a problem was read."""
    if problem.article_id is None:
        return "the project"
    return project.document(problem.article_id).source.file_name or ""


def _of_sentences(report: Report) -> list[str]:
    """What in a report is no plain sentence."""
    told = []
    for sentence in (*report.problems, *report.conflicts, *report.skipped, *report.notes):
        odd = sorted({f"U+{ord(c):04X}" for c in sentence if _is_odd(c)})
        if odd:
            told.append(f"a sentence with {', '.join(odd)}: {sentence[:300]!r}")
        quotes_a_note = sentence in report.notes  # a file may bring notes of its own, whatever they say
        if not quotes_a_note and not sentence.endswith((".", "…", ".”", "!", "?")):
            told.append(f"no sentence: {sentence[-300:]!r}")
        if _OF_PYTHON.search(sentence) or (len(sentence) > LONGEST and not quotes_a_note):
            told.append(f"no sentence for people: {sentence[:600]!r}")
        if CANARY in sentence:
            told.append(f"what lies outside is told: {sentence[:300]!r}")
    return told


def _is_odd(character: str) -> bool:
    """Whether it ends a line, turns the direction, or cannot be shown at all."""
    if character in "\t\x7f":  # as the file quotes it; harmless
        return False
    return (
        unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
        or character in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
    )


def _unsaid(report: Report, paths: list[Path]) -> list[str]:
    """Inputs that are neither in the project nor in a sentence: lost without a word."""
    names = [each.place for each in report.imported]
    said = {sentence[:5] for sentence in (*report.problems, *report.conflicts, *report.skipped, *names)}
    beside = {sentence.split(",")[0].split(" ")[0] for sentence in report.problems}  # a file that is read along
    return [
        f"lost without a word: {path.name}"
        for path in paths
        if path.name[:5] not in said and not any((path / name).is_file() for name in beside)
    ]


def _sizes(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_size for path in folder.rglob("*") if path.is_file()}

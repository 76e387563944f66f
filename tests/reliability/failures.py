"""One step of a scenario fails, or all from one on: what was acknowledged stays, and the action can be tried again."""

from __future__ import annotations

import errno
import json
import random
import shutil
import sqlite3
import zipfile
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from failing_disk import FailingDisk
from more_scenarios import SCENARIOS
from scenarios import NAME

from annotator.errors import AnnotatorError
from annotator.services.verify import verify
from db.project import open_project

WAYS = ("once", "until it is mended", "for good")
REASONS = {"EIO": errno.EIO, "ENOSPC": errno.ENOSPC, "ESTALE": errno.ESTALE}
DAMAGED = -2
_TRIES = 3


@dataclass
class Found:
    """What came of many runs."""

    runs: int = 0
    told: int = 0
    """Runs in which an action was refused with a sentence; in the others the program did without the step."""
    steps: Counter[str] = field(default_factory=Counter)
    sentences: Counter[str] = field(default_factory=Counter)
    complaints: list[str] = field(default_factory=list)


class Failures:
    """One scenario, run again and again with another step failing."""

    def __init__(self, name: str, folder: Path, *, reads: bool = False) -> None:
        """``reads``: reading fails, too."""
        self._name, self._reads = name, reads
        self.base, self._live = folder / "base", folder / "live"
        self.base.mkdir(parents=True)
        SCENARIOS[name].prepare(self.base)
        run = _Run(self)
        self.expected = run.counts
        """How many changesets there are before, and after each action."""
        self.steps = run.disk.steps
        """What each step of an undisturbed run is."""
        assert not run.complaint, run.complaint

    def fail(self, count: int, seed: int) -> Found:
        """Let so many steps fail, spread over the run and its kinds of steps, each in one of the ways."""
        rng, found = random.Random(seed), Found()
        kinds: dict[str, list[int]] = {}
        for number, what in enumerate(self.steps):
            kinds.setdefault(what, []).append(number)
        share = -(-count // len(kinds))
        chosen = [at for numbers in kinds.values() for at in rng.sample(numbers, min(share, len(numbers)))]
        chosen += [rng.randrange(len(self.steps)) for _ in range(count - len(chosen))]
        for at in chosen[:count]:
            self._try(at, rng.choice(WAYS), rng.choice(list(REASONS)), found)
        return found

    def fail_every(self) -> Found:
        """Let every step fail, once and for good, with each error in turn."""
        found = Found()
        for at in range(len(self.steps)):
            for number, way in enumerate(("once", "for good")):
                self._try(at, way, list(REASONS)[(at + number) % len(REASONS)], found)
        return found

    def _try(self, at: int, way: str, reason: str, found: Found) -> None:
        run = _Run(self, at, way, REASONS[reason])
        found.runs += 1
        found.told += bool(run.sentences)
        found.steps[self.steps[at]] += 1
        found.sentences.update(run.sentences)
        if run.complaint:
            where = f"{self._name}: {reason} {way}, from step {at} on ({run.disk.failed})"
            found.complaints.append(f"{where}: {run.complaint}")

    def fresh(self) -> tuple[Path, FailingDisk]:
        """The folder as it was before, and the disk that it is on."""
        shutil.rmtree(self._live, ignore_errors=True)
        shutil.copytree(self.base, self._live)
        return self._live, FailingDisk(self._live, reads=self._reads)

    def actions(self):
        return SCENARIOS[self._name].actions(self._live)


class _Run:
    def __init__(self, failures: Failures, at: int = -1, way: str = "once", reason: int = 0) -> None:
        self._folder, self.disk = failures.fresh()
        self._base = failures.base
        self._way, self.sentences, self.counts = way, [], [self._count()]
        self.complaint = ""
        expected = getattr(failures, "expected", None)
        self.disk.at, self.disk.once, self.disk.reason = at, way == "once", reason
        actions = failures.actions()
        with self.disk.watching():
            try:
                for action in actions:
                    if not self._done(action):
                        break
                    self.counts.append(self._count())
            except AnnotatorError as error:  # it could not even be opened
                self.sentences.append(str(error))
            except Exception as error:  # in the window this would be a bug that shows itself
                self.complaint = f"{type(error).__name__}: {error}"
            self._close(actions)
            self.disk.mend()
        self.complaint = self.complaint or (self._left(expected) if expected else "")

    def _done(self, action: Callable[[], object]) -> bool:
        """Whether it was acknowledged, if need be after the disk was mended."""
        for _ in range(_TRIES):
            before = self._beside()
            try:
                action()
            except AnnotatorError as error:
                self.sentences.append(str(error))
                if self._beside() != before:
                    self.complaint = "a file that could not be replaced is another one"
                    return False
                if self._way == "until it is mended":
                    self.disk.mend()
            else:
                return True
        if self._way != "for good" and not self.sentences[-1].endswith("a new project needs a new name."):
            self.complaint = f"it was refused {_TRIES} times: {self.sentences[-1]}"
        return False

    def _close(self, actions) -> None:
        """As when the window closes: closing must not fail, whatever the disk does."""
        try:
            actions.close()
        except Exception as error:
            self.complaint = self.complaint or f"closing failed, {type(error).__name__}: {error}"

    def _left(self, expected: list[int]) -> str:
        """What is wrong once the disk is mended."""
        done = len(self.counts) - 1
        if self.counts != expected[: len(self.counts)]:
            return f"{self.counts} changesets instead of {expected[: len(self.counts)]}"
        path = self._folder / NAME
        if not done and expected[0] < 0:  # none was made; a disk that takes no name away may have left the file
            return self._damaged_is_left() if expected[0] == DAMAGED else ""
        if not path.exists():
            return "the project is gone"
        try:
            with closing(open_project(str(path), "write")) as project:
                problems = "; ".join(map(str, verify(project)))
        except (AnnotatorError, sqlite3.Error) as error:
            return f"it can no longer be opened: {error}"
        if self._count() not in expected[done : done + 2]:
            return f"{self._count()} changesets, and {expected[done]} were acknowledged"
        return problems or self._torn()

    def _damaged_is_left(self) -> str:
        """Nothing was done with a damaged project, or all of it though it was told otherwise; in no case is it gone."""
        before = self._before()
        path, others = self._folder / NAME, self._folder.glob("p.damaged-*.annotator")
        if before not in [each.read_bytes() for each in (path, *others) if each.exists()]:
            return "the damaged project is gone"
        return self._torn()

    def _before(self) -> bytes:
        path = self._base / NAME
        return path.read_bytes() if path.exists() else b""

    def _torn(self) -> str:
        """What beside the project is not whole."""
        for path in self._folder.rglob("*"):
            if path.name.startswith(".") or path.name.endswith("-lock") or not path.is_file():
                continue
            if path.suffix == ".jsonl" and not _lines_are_whole(path):
                return f"{path.name} is torn"
            if path.suffix == ".zip" and zipfile.ZipFile(path).testzip() is not None:
                return f"{path.name} is torn"
            if path.suffix == ".annotator" and path.read_bytes() != self._before():
                with closing(sqlite3.connect(path)) as connection:
                    if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                        return f"{path.name} is damaged"
        return ""

    def _count(self) -> int:
        """How many changesets the project has; -1: there is none; -2: it is damaged."""
        path = self._folder / NAME
        if not path.exists():
            return -1
        self.disk.paused = True
        try:
            with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
                return int(connection.execute("SELECT count(*) FROM changeset").fetchone()[0])
        except sqlite3.DatabaseError:
            return DAMAGED
        finally:
            self.disk.paused = False

    def _beside(self) -> dict[str, bytes]:
        """Copies and exports, but not what was set aside.

        What belongs to an export cannot be taken back where no name can be given any more.
        """
        kinds = {".annotator", ".jsonl", ".zip", *((".json", ".md") if self._way == "once" else ())}
        return {
            path.name: path.read_bytes()
            for path in self._folder.iterdir()
            if path.suffix in kinds and not path.name.startswith((".", NAME, "p.damaged-"))
        }


def _lines_are_whole(path: Path) -> bool:
    text = path.read_text(encoding="utf-8")
    try:
        return text.endswith("\n") and all(json.loads(line)["id"] for line in text.split("\n")[:-1])
    except ValueError:
        return False

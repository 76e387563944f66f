"""The power fails while a project is worked on: many times over one recorded run, each state opened by the program."""

from __future__ import annotations

import hashlib
import random
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from crashes import Crash, Cutter
from more_scenarios import SCENARIOS
from recording import Note, Recorder
from scenarios import NAME
from sqlite_files import Disk, SqliteFiles

from annotator.errors import ProjectError
from annotator.services.verify import verify
from db.copies.restoring import rebuild_in_place
from db.files import journal_of
from db.migrate import HEAD
from db.project import open_project

_NEAR = 8
"""Steps around an acknowledgement, where half of the cuts are made."""


@dataclass(frozen=True, slots=True)
class State:
    """What a folder holds: what the project says, and each file or folder beside it."""

    project: str | None
    beside: dict[str, str]


@dataclass
class Found:
    """What came of many cuts."""

    cuts: int = 0
    distinct: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    """``before``, ``after`` (the action on its way was found done), ``nothing under way``."""
    complaints: list[str] = field(default_factory=list)


class _NoWaiting(Disk):
    real_syncs = False


class PowerCuts:
    """One run of a scenario, recorded, and what its crash states are judged by."""

    def __init__(self, name: str, folder: Path) -> None:
        """Run the scenario in a new ``folder``."""
        self.name, self._keeps = name, SCENARIOS[name].keeps
        self._live, self._crashed = folder / "live", folder / "crashed"
        self._live.mkdir(parents=True)
        scenario = SCENARIOS[name]
        with SqliteFiles(_NoWaiting()):
            scenario.prepare(self._live)
        self.trace = Recorder(self._live)
        self.trace.real_syncs = False
        self._opened: dict[str, tuple[str | None, str]] = {}
        self._contents: dict[str, str] = {}
        self._sound: dict[str, tuple[str, str]] = {}
        with self.trace.recording():
            self.states = [_state(self._live)]
            for number, action in enumerate(scenario.actions(self._live)):
                self.trace.begin(number)
                action()
                self.trace.acknowledge(number)
                self.states.append(_state(self._live))

    def cut(self, count: int, seed: int) -> Found:
        """Cut the power so many times, at any steps, and open what is left."""
        rng, found = random.Random(seed), Found()
        steps = self.trace.steps
        told = [index for index, step in enumerate(steps, 1) if isinstance(step, Note) and step.acknowledged]
        anywhere = rng.choices(range(1, len(steps) + 1), k=count - count // 2)
        near = [min(len(steps), rng.choice(told) + rng.randint(-_NEAR, _NEAR)) for _ in range(count // 2)]
        at = sorted(max(1, step) for step in (*anywhere, *near))
        with SqliteFiles(_NoWaiting()):
            for crash in Cutter(self.trace).cuts(at, rng):
                found.cuts += 1
                outcome, complaint = self._judge(crash)
                found.outcomes[outcome] += 1
                if complaint:
                    where = f"{self.name}, seed {seed}: at step {crash.step} ({crash.way})"
                    found.complaints.append(f"{where}: {complaint}")
        found.distinct = len(self._opened)
        return found

    def _judge(self, crash: Crash) -> tuple[str, str]:
        """In a word what was found, and what is wrong with it."""
        allowed = range(crash.acknowledged + 1, crash.begun + 2)
        project, complaint = self._reopened(crash)
        if len(allowed) > 1 and crash.begun in self._keeps:
            found = {project, *self._elsewhere(crash)}
            lost = self.states[allowed[0]].project not in found
            if lost or NAME not in crash.files:  # where a journal waits, no file has the name for a moment
                return ("lost", "what was there before is nowhere") if lost else ("set aside", "")
        if complaint and not (project is None and self.states[allowed[0]].project is None):
            return "broken", complaint
        fits = [index for index in allowed if self.states[index].project == project]
        if not fits:
            return "lost", "the project is as it was neither before nor after what was under way"
        if wrong := self._wrong_beside(_beside(crash.files), allowed):
            return wrong
        outcome = "nothing under way" if len(allowed) == 1 else "before" if fits[0] == allowed[0] else "after"
        return outcome, ""

    def _wrong_beside(self, beside: dict[str, str], allowed: range) -> tuple[str, str] | None:
        for name, digest in beside.items():
            if digest not in {self.states[index].beside.get(name) for index in allowed}:
                return "torn", f"“{name}” is neither whole nor absent"
        for name in self.states[allowed[0]].beside:
            if name not in beside and all(name in self.states[index].beside for index in allowed):
                return "lost", f"“{name}”, which was called written, is gone"
        return self._parted(beside, allowed)

    def _parted(self, beside: dict[str, str], allowed: range) -> tuple[str, str] | None:
        """An export that is there without what belongs to it."""
        before, after = self.states[allowed[0]].beside, self.states[allowed[-1]].beside
        for name in ("gold.jsonl", "packed.zip", "brat"):
            if beside.get(name) not in (None, before.get(name)):
                for other, digest in after.items():
                    if other.startswith(f"{Path(name).stem}.") and beside.get(other) != digest:
                        return "parted", f"“{name}” is there, and “{other}” is not the one that belongs to it"
        return None

    def _elsewhere(self, crash: Crash) -> set[str]:
        """What the other project files say, that were set aside or are backups; a damaged one with its journal."""
        found = set()
        for name, data in crash.files.items():
            if name.endswith(".annotator") and not Path(name).name.startswith((".", NAME)):
                found.add(self._told(data, crash.files.get(f"{name}-journal")))
        return found

    def _told(self, data: bytes, journal: bytes | None) -> str:
        key = _digest(repr((_digest(data), journal and _digest(journal))))
        if key not in self._contents:
            path = self._crashed.with_name("one.annotator")
            path.write_bytes(data)
            journal_of(path).unlink(missing_ok=True)
            if journal:
                journal_of(path).write_bytes(journal)
            self._contents[key] = _said(path)
        return self._contents[key]

    def _reopened(self, crash: Crash) -> tuple[str | None, str]:
        """What the project says when the program has opened it again, and a complaint."""
        main, journal = crash.files.get(NAME), crash.files.get(f"{NAME}-journal")
        key = _digest(repr((_digest(main or b""), journal and _digest(journal), "wal", crash.files.get(f"{NAME}-wal"))))
        if main is None:
            return None, "the project is gone"
        if key not in self._opened:
            shutil.rmtree(self._crashed, ignore_errors=True)
            for name, data in crash.files.items():
                path = self._crashed / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            self._opened[key] = self._recovered(self._crashed / NAME)
        return self._opened[key]

    def _recovered(self, path: Path) -> tuple[str | None, str]:
        try:
            if self.name == "migration" and (complaint := _upgraded_without_backup(path)):
                return None, complaint
            if self._keeps and (damaged := _said(path)) == self.states[0].project and not _opens(path):
                rebuild_in_place(path)  # it can be tried again
                with closing(open_project(str(path), "write")) as project:
                    return damaged, "; ".join(map(str, verify(project)))
            open_project(str(path), "write").close()
            content = _digest(path.read_bytes())
            if content not in self._sound:
                with closing(open_project(str(path), "write")) as project:
                    self._sound[content] = (_said(path), "; ".join(map(str, verify(project))))
        except Exception as error:  # a bug is no better than an error that is known
            return None, f"{type(error).__name__}: {error}"
        if left := [each.name for each in path.parent.glob(f"{NAME}-*")]:
            return None, f"{left} was left behind"
        return self._sound[content]


def _upgraded_without_backup(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    backups = list(path.with_suffix(".backups").glob("[!.]*-upgrade-*"))
    return "it was upgraded, but there is no backup" if revision == HEAD and not backups else ""


def _state(folder: Path) -> State:
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    path = folder / NAME
    return State(_said(path) if path.exists() else None, _beside(files))


def _opens(path: Path) -> bool:
    try:
        open_project(str(path), "read").close()
    except ProjectError:
        return False
    return True


def _said(path: Path) -> str:
    """A digest of all rows of all tables, but for what is made anew with each upgrade; of what is damaged its bytes."""
    try:
        return _rows(path)
    except sqlite3.DatabaseError:
        journal = journal_of(path)
        return _digest(path.read_bytes() + (journal.read_bytes() if journal.exists() else b""))


def _rows(path: Path) -> str:
    digest = hashlib.sha256()
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"):
            for row in connection.execute(f'SELECT * FROM "{table}"'):
                digest.update(repr((table, row)).encode())
    return digest.hexdigest()


def _beside(files: dict[str, bytes]) -> dict[str, str]:
    """Name → digest of each file or folder beside the project; not of what is hidden or SQLite's own."""
    units: dict[str, list[tuple[str, str]]] = {}
    for name, data in sorted(files.items()):
        first = name.partition("/")[0]
        if not (first.startswith((".", NAME)) or Path(name).name.startswith(".")):
            units.setdefault(first, []).append((name, _digest(data)))
    return {name: _digest(repr(content)) for name, content in units.items()}


def _digest(content: bytes | str) -> str:
    return hashlib.blake2b(content.encode() if isinstance(content, str) else content, digest_size=16).hexdigest()

"""kill -9 at any moment of the storage path: children of one process edit, import, back up and export until killed."""

from __future__ import annotations

import gc
import json
import os
import random
import signal
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from db_samples import changing, commit, creating, sample
from scenarios import NAME, small

from annotator.edits import Changeset
from annotator.services.exporting import export
from annotator.services.verify import verify
from db.copies.copying import copy_project
from db.project import SqlProject, create_project, open_project

_FRESH = 20
"""After so many kills a new project is begun, so that verifying stays short."""
_ACTIONS, _MOMENT = 4, 0.008
"""A child is killed after so many actions at most, and so many seconds at most after the last of them."""


@dataclass
class Found:
    kills: int = 0
    acknowledged: int = 0
    unreported: int = 0
    """Kills that came after a COMMIT and before its report."""
    half: int = 0
    """Kills that left a transaction for SQLite to take back."""
    complaints: list[str] = field(default_factory=list)


def kill(count: int, seed: int) -> Found:
    """Kill so many children, and look each time at what they left."""
    rng, found = random.Random(seed), Found()
    while found.kills < count:
        with tempfile.TemporaryDirectory(prefix="annotator-") as name:
            folder = Path(name)
            with closing(create_project(str(folder / NAME))) as project:
                commit(project, creating(*small(0)))
                export(project, folder / "gold.jsonl")  # imports what children would spend their lives on
                told = [entry.id for entry in project.history()]
            gc.unfreeze()
            gc.collect()  # or the projects of all kills before would be frozen with it, and copied by each fork
            gc.freeze()
            for left in range(min(_FRESH, count - found.kills) - 1, -1, -1):
                told = _one(folder, told, rng, found, last=not left)
    return found


def _one(folder: Path, told: list[str], rng: random.Random, found: Found, *, last: bool) -> list[str]:
    """One child and what is wrong after it; gives the ids of all changesets there are.

    Verified in full is what a half transaction was taken back of, and each project at its end: damage would stay.
    """
    child, reports = _begun(folder, rng.random())
    before, told = len(told), [*told, *_killed(child, reports, rng)]
    found.kills += 1
    half = any(path.stat().st_size for path in folder.glob(f"{NAME}-journal"))
    with closing(open_project(str(folder / NAME), "write")) as project:
        kept = [entry.id for entry in project.history()]
        problems = [str(problem) for problem in verify(project)] if half or last else []
    if kept[: len(told)] != told:
        problems.append(f"{len(set(told) - set(kept))} of {len(told)} acknowledged actions are gone")
    if len(kept) > len(told) + 1:
        problems.append(f"{len(kept) - len(told)} actions were never acknowledged")
    problems += _problems_beside(folder) if last else []
    found.half += half
    found.acknowledged += len(told) - before
    found.unreported += len(kept) > len(told)
    found.complaints += [f"kill {found.kills}: {problem}" for problem in problems]
    return kept


def _begun(folder: Path, seed: float) -> tuple[int, int]:
    """A child at work: its process, and where it reports what was acknowledged."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    try:
        _work(folder, random.Random(seed), writing)
    finally:
        os._exit(1)


def _killed(child: int, reports: int, rng: random.Random) -> list[str]:
    """Kill it at some moment; gives the ids that it had reported."""
    wanted, told = rng.randint(1, _ACTIONS), b""
    with open(reports, "rb", buffering=0) as stream:
        while told.count(b"\n") < wanted and (more := stream.read(4096)):
            told += more
        time.sleep(rng.random() * _MOMENT)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WTERMSIG(status) == signal.SIGKILL, "the child ended by itself"
        told += stream.readall()
    return told.decode().split()


def _work(folder: Path, rng: random.Random, reports: int) -> None:
    project = open_project(str(folder / NAME), "write")
    with project._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA cache_size=10")  # large changes reach the file before they are committed
    position = 1_000
    while True:
        position += 1
        chosen = rng.random()
        if chosen < 0.04:
            copy_project(folder / NAME, folder / "copy.annotator")
        elif chosen < 0.08:
            export(project, folder / "gold.jsonl")
        else:
            changeset = _change(project, position, rng)
            commit(project, changeset)
            os.write(reports, f"{changeset.id}\n".encode())


def _change(project: SqlProject, position: int, rng: random.Random) -> Changeset:
    """A small import, a large one, or one field of a claim."""
    chosen = rng.random()
    if chosen < 0.03:
        return creating(*(record for n in range(4) for record in sample(position=position + n).records))
    if chosen < 0.06:
        return creating(*small(position))
    claim = project.document(rng.choice(project.article_ids())).claims[0]
    return changing(claim, replace(claim, note=f"seen {rng.random()}" * rng.randint(1, 40)))


def _problems_beside(folder: Path) -> list[str]:
    """What is wrong with the backup and the export, which are old, absent or whole."""
    problems = []
    copy, gold = folder / "copy.annotator", folder / "gold.jsonl"
    if copy.exists():
        with closing(open_project(str(copy), "read")) as project:
            problems += [f"the backup: {problem}" for problem in verify(project)]
    if gold.exists():
        text = gold.read_text(encoding="utf-8")
        try:
            whole = text.endswith("\n") and all(json.loads(line)["id"] for line in text.split("\n")[:-1])
        except ValueError:
            whole = False
        if not whole:
            problems.append("the export is torn")
    return problems

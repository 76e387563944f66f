"""Many writers of one project, each a process of its own, all at the same few records.

Each edit adds one to a number that is kept in a speaker's note: it reads the note, and writes what it read plus one.
An edit that was lost or done twice shows in the sum; one whose COMMIT got no answer is sent again as the same
changeset, as the window does. On a server all write at once. A file belongs to one window, so that there a writer
waits for its turn, opens, makes some edits and closes, as commands beside each other do; the first edit of a turn
builds on what was seen in the turn before, so that others were often faster there, too.
"""

from __future__ import annotations

import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace

from annotator.edits import Change, Changeset, Edit
from annotator.errors import ConnectionLost, ProjectBusy, StaleEdit
from annotator.model import Speaker
from db.project import SqlProject, create_project, open_project

_RECORDS = 64
_TURN = 25
"""Edits that a writer of a file makes before it lets another one."""
_PATIENCE = 600.0
"""Seconds after which a writer gives up waiting for the project."""


@dataclass
class Found:
    edits: int = 0
    """Those that were acknowledged."""
    conflicts: int = 0
    """Edits that were refused because somebody else was faster, and were made anew."""
    cuts: int = 0
    """Edits that got no answer, or no connection, and were sent again."""
    doubts: int = 0
    """Of these, edits that had been done: only the answer was lost."""
    complaints: list[str] = field(default_factory=list)


def write(location: str, writers: int, edits: int, seed: int, disturb: Callable[[], None] = lambda: None) -> Found:
    """Let so many writers make so many edits each, and look at what came of it.

    ``disturb`` is called again and again while they work, and takes its time.
    """
    with closing(create_project(location)) as project, project.begin() as unit:
        created = tuple(Change(None, Speaker(f"speaker-{number}", "N", note="0")) for number in range(_RECORDS))
        unit.apply(Changeset.of(Edit("Create", created), "nobody"))
        unit.commit()
    context = multiprocessing.get_context("fork")
    results = context.SimpleQueue()
    children = [
        context.Process(target=_work, args=(location, number, edits, seed, results)) for number in range(writers)
    ]
    for child in children:
        child.start()
    while any(child.is_alive() for child in children):
        disturb()
        children[0].join(0.05)
    found = Found()
    for child in children:
        child.join()
        if child.exitcode:
            found.complaints.append(f"a writer ended with {child.exitcode}")
    while not results.empty():
        counts = results.get()
        found.edits += counts["edits"]
        found.conflicts += counts["conflicts"]
        found.cuts += counts["cuts"]
        found.doubts += counts["doubts"]
    _judge(location, writers * edits, found)
    return found


def _judge(location: str, wanted: int, found: Found) -> None:
    with closing(open_project(location)) as project:
        total = sum(int(speaker.note) for speaker in project.speakers())
        logged = project.head().seq - 1
        if not total == logged == found.edits == wanted:
            found.complaints.append(
                f"{wanted:,} edits were to be made: {found.edits:,} were acknowledged, {logged:,} are in the log, "
                f"{total:,} in the records"
            )
        found.complaints.extend(project.check_storage())


def _work(location: str, number: int, edits: int, seed: int, results: multiprocessing.SimpleQueue) -> None:
    rng, counts = random.Random(f"{seed}/{number}"), Counter()
    writer, server = _Writer(location, f"writer {number}", rng, counts), "://" in location
    while counts["edits"] < edits:
        with writer.turn():
            for _ in range(edits if server else _TURN):
                if counts["edits"] < edits:
                    writer.edit()
    results.put(counts)


class _Writer:
    def __init__(self, location: str, name: str, rng: random.Random, counts: Counter[str]) -> None:
        self._location, self._name, self._rng, self._counts = location, name, rng, counts
        self._seen: dict[str, Speaker] = {}
        self._project: SqlProject | None = None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """The right to write."""
        with closing(self._patiently(lambda: open_project(self._location, "write"))) as self._project:
            yield

    def edit(self) -> None:
        """Add one somewhere, however often somebody else is faster."""
        id_ = f"speaker-{self._rng.randrange(_RECORDS)}"
        while True:
            before = self._seen.get(id_) or self._patiently(lambda: self._project.get("speaker", id_))
            after = replace(before, note=str(int(before.note) + 1))
            try:
                self._commit(Changeset.of(Edit("Count", (Change(before, after),)), self._name))
            except StaleEdit:
                self._counts["conflicts"] += 1
                self._seen.pop(id_, None)
            else:
                self._seen[id_] = after
                self._counts["edits"] += 1
                return

    def _commit(self, changeset: Changeset) -> None:
        tried = False

        def once() -> None:
            nonlocal tried
            self._counts["doubts"] += tried and self._is_done(changeset.id)
            tried = True
            with self._project.begin() as unit:
                unit.apply(changeset)
                unit.commit()

        self._patiently(once)

    def _is_done(self, changeset_id: str) -> bool:
        try:
            self._project.changeset(changeset_id)
        except KeyError:
            return False
        return True

    def _patiently(self, job):
        """What ``job`` gives, asked again while the project is busy or its server does not answer."""
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                return job()
            except ConnectionLost:
                self._counts["cuts"] += 1
                if time.monotonic() > until:
                    raise
                time.sleep(self._rng.uniform(0.05, 0.3))
            except ProjectBusy:
                if time.monotonic() > until:
                    raise
                time.sleep(self._rng.uniform(0.02, 0.1))

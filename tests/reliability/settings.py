"""SQLite's journals compared: what each loses when the power fails, and what a change costs."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from statistics import median

from db_samples import changing, commit, creating, sample
from power_cuts import PowerCuts

from db import engine
from db.project import create_project

SETTINGS = {
    "TRUNCATE, FULL": ("journal_mode=TRUNCATE", "synchronous=FULL"),
    "TRUNCATE, EXTRA": ("journal_mode=TRUNCATE", "synchronous=EXTRA"),
    "PERSIST, FULL": ("journal_mode=PERSIST", "synchronous=FULL"),
    "DELETE, EXTRA": ("journal_mode=DELETE", "synchronous=EXTRA"),
    "DELETE, FULL": ("journal_mode=DELETE", "synchronous=FULL"),
    "WAL, FULL": ("journal_mode=WAL", "synchronous=FULL"),
    "WAL, NORMAL": ("journal_mode=WAL", "synchronous=NORMAL"),
    "TRUNCATE, NORMAL": ("journal_mode=TRUNCATE", "synchronous=NORMAL"),
    "TRUNCATE, OFF": ("journal_mode=TRUNCATE", "synchronous=OFF"),
}
_ROUNDS, _CHANGES = 10, 20


def compared(count: int, seed: int) -> int:
    """Print a row for each setting; gives what the program's own one lost."""
    chosen = engine._WRITER_PRAGMAS
    print(f"SQLite {sqlite3.sqlite_version}; {count:,} cuts each, half while editing and half while importing")
    wrong, taken = 0, {name: [] for name in SETTINGS}
    try:
        for _ in range(_ROUNDS):  # in turn, as other work on the machine comes and goes
            for name, engine._WRITER_PRAGMAS in SETTINGS.items():
                taken[name] += _times()
        for name, engine._WRITER_PRAGMAS in SETTINGS.items():
            complaints = [each for scenario in ("edit", "import") for each in _complaints(scenario, count // 2, seed)]
            lost = sum("neither before nor after" in each for each in complaints)
            left = sum("left behind" in each for each in complaints)
            damaged = len(complaints) - lost - left
            own = " (this program's)" if chosen == engine._WRITER_PRAGMAS else ""
            wrong += len(complaints) if own else 0
            print(
                f"{name}{own}: {lost:,} cuts lost what was saved or left it half done, {damaged:,} a damaged file,"
                f" {left:,} a journal; {median(taken[name]) * 1_000:.2f} ms a change",
                flush=True,
            )
    finally:
        engine._WRITER_PRAGMAS = chosen
    return wrong


def _complaints(scenario: str, count: int, seed: int) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
        return PowerCuts(scenario, Path(folder) / scenario).cut(count, seed).complaints


def _times() -> list[float]:
    """Seconds that changes of one field take on the disk where temporary files are, synced as the setting has it."""
    taken, before = [], sample()
    with (
        tempfile.TemporaryDirectory(prefix="annotator-") as folder,
        closing(create_project(str(Path(folder) / "p.annotator"))) as project,
    ):
        commit(project, creating(*before.records))
        claim = before.claim
        for number in range(_CHANGES):
            changed = replace(claim, note=f"n{number}")
            changeset = changing(claim, changed)
            started = time.perf_counter()
            commit(project, changeset)
            taken.append(time.perf_counter() - started)
            claim = changed
    return taken

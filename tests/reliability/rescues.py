"""kill -9 of a window that cannot save, at any moment after its disk was full: what it could not save must be kept."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

UI = Path(__file__).resolve().parents[1] / "ui"
sys.path.append(str(UI))

from kept_texts import kept_file  # noqa: E402
from ui_samples import TEXT, seed  # noqa: E402

from annotator.services import unsaved  # noqa: E402
from annotator.services.verify import verify  # noqa: E402
from db.project import open_project  # noqa: E402
from ui.unsaved_file import decode  # noqa: E402

_STEPS = 250
"""The disk is full after so many of its steps at most."""
_MOMENT = 0.7
_LIMIT = 0.5


def rescue(count: int, seed_: int) -> int:
    """Kill so many; gives how many complaints there are."""
    rng = random.Random(seed_)
    complaints, kept, ages = [], 0, [0.0]
    for number in range(count):
        with tempfile.TemporaryDirectory(prefix="annotator-") as name:
            complaint, found, age = _one(Path(name), rng)
        kept += found
        ages.append(age)
        if complaint:
            complaints.append(f"kill {number}: {complaint}")
            print(complaints[-1], flush=True)
    print(
        f"{count:,} windows killed that could not save: {kept:,} changes were kept and saved afterwards, of the last "
        f"{max(ages):.2f} s at most something was lost: {len(complaints):,} complaints"
    )
    return len(complaints)


def _one(folder: Path, rng: random.Random) -> tuple[str, int, float]:
    """What is wrong with what was left, how many changes were kept, and how old the oldest is that was not."""
    (folder / "disk").mkdir()
    path = folder / "disk" / "p.annotator"
    seed(path, TEXT)
    made, killed = _killed(path, folder, rng)
    file = kept_file([folder], "unsaved", str(path))
    found = decode(file.read())
    if found is None:
        return "the file cannot be read", 0, 0.0
    with closing(open_project(str(path))) as project:
        known = {entry.id for entry in project.history()} | {each.id for each in found}
        age = max((killed - at for id_, at in made.items() if id_ not in known), default=0.0)
        left = unsaved.missing(project, found)
        outcome = unsaved.save(project, left)
        problems = [str(each) for each in verify(project)]
    if age > _LIMIT:
        problems.append(f"a change of {age:.2f} s before is nowhere")
    if outcome.refused or outcome.left:
        problems.append(f"not saved afterwards: {outcome.refused} {outcome.why}")
    return "; ".join(problems), len(left), age


def _killed(path: Path, folder: Path, rng: random.Random) -> tuple[dict[str, float], float]:
    """The ids of what was done in the window, each with its time, and when it was killed."""
    command = [sys.executable, str(UI / "failing_child.py"), str(path), str(folder), str(rng.randrange(_STEPS))]
    environment = {**os.environ, "PYTHONPATH": str(UI.parents[1])}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as child:
        assert child.stdout is not None
        lines: list[str] = []
        while not lines or lines[-1] != "failed\n":
            lines.append(child.stdout.readline())
            assert lines[-1], "the window ended by itself"
        time.sleep(rng.random() * _MOMENT)
        killed = time.monotonic()
        child.send_signal(signal.SIGKILL)
        lines += child.stdout.readlines()
    told = [line.split() for line in lines if line.startswith("made ") and line.endswith("\n")]
    return {id_: float(at) for _, id_, at in told}, killed

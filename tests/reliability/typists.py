"""kill -9 of the window while someone types a note: how much of the typing is lost, in seconds."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

UI = Path(__file__).resolve().parents[1] / "ui"
sys.path.append(str(UI))

from kept_texts import file_of, read  # noqa: E402
from ui_samples import TEXT, seed  # noqa: E402

_KEYS = 60
"""A typist is killed after so many keys at most."""
_MOMENT = 0.3
_LIMIT = 0.5


def kill_typists(count: int, seed_: int) -> int:
    """Kill so many windows; gives in how many of them more than half a second of typing was lost."""
    rng = random.Random(seed_)
    lost = [_lost(rng) for _ in range(count)]
    print(f"{count:,} typists killed: {median(lost):.2f} s of typing lost in the median, {max(lost):.2f} s at most")
    return sum(each > _LIMIT for each in lost)


def _lost(rng: random.Random) -> float:
    with tempfile.TemporaryDirectory(prefix="annotator-") as name:
        folder = Path(name)
        project = folder / "p.annotator"
        seed(project, TEXT)
        command = [sys.executable, str(UI / "typing_child.py"), str(project), str(folder), "0"]
        environment = {**os.environ, "PYTHONPATH": str(UI.parents[1])}
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
        ) as child:
            wanted, lines = rng.randint(10, _KEYS), []
            assert child.stdout is not None
            while not lines or not lines[-1].startswith(f"typed {wanted} "):
                lines.append(child.stdout.readline())
                assert lines[-1], "the window ended by itself"
            time.sleep(rng.random() * _MOMENT)
            killed = time.monotonic()
            child.send_signal(signal.SIGKILL)
            lines += child.stdout.readlines()
        kept = max((len(each.text) for each in read(file_of(folder, str(project)))), default=0)
    typed = [line.split() for line in lines if line.startswith("typed ") and line.endswith("\n")]
    missing = [float(at) for _, number, at in typed if int(number) > kept]
    return max(0.0, killed - min(missing)) if missing else 0.0

"""kill -9 while someone works in the window: everything that the status bar called saved is there, and it is sound."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from ui_samples import seed
from window_child import digest

from annotator.services.verify import verify
from annotator.workspace import Workspace
from db.project import open_project
from seeds import sample_text_path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")

KILLS = int(os.environ.get("ANNOTATOR_TEST_KILLS", "20"))
"""More of them for a long run."""
CHILD = Path(__file__).with_name("window_child.py")
ROOT = CHILD.parents[2]


class Worker:
    """The program of ``window_child`` on a project."""

    def __init__(self, project: Path, number: int) -> None:
        self.errors = project.with_name("errors.txt").open("w+", encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, str(CHILD), str(project), str(project.with_name("settings.ini")), str(number)],
            stdout=subprocess.PIPE,
            stderr=self.errors,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    def killed_after(self, saves: int, moment: float) -> tuple[int, str]:
        """The last thing called saved: the number of changesets and the state's digest."""
        lines = []
        for _ in range(saves):
            lines.append(self.process.stdout.readline())
            assert lines[-1], self.complaints()
        time.sleep(moment)  # to hit it anywhere in its work, not just after it has printed
        self.process.send_signal(signal.SIGKILL)
        rest = self.process.communicate()[0].splitlines(keepends=True)
        lines += [line for line in rest if line.endswith("\n")]
        assert self.process.returncode == -signal.SIGKILL, self.complaints()
        count, state = lines[-1].split()
        return int(count), state

    def complaints(self) -> str:
        self.errors.seek(0)
        return "".join(line for line in self.errors if not line.startswith("This plugin does not support"))

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.errors.close()


def state_after(project, count: int) -> str:
    """The digest of the state that the project had after so many changesets: what came later is taken back."""
    ws = Workspace()
    ws.speakers = {speaker.id: speaker for speaker in project.speakers()}
    (article_id,) = project.article_ids()
    ws.show(project.document(article_id))
    for entry in reversed(project.history()[count:]):
        ws.apply(project.changeset(entry.id).edit.inverted())
    return digest(ws.document(), ws.speakers)


def test_what_was_called_saved_survives_a_kill_at_any_moment(tmp_path):
    path = tmp_path / "killed.annotator"
    seed(path, sample_text_path().read_text(encoding="utf-8"))
    rng = random.Random(2018)
    unreported = 0
    for number in range(KILLS):
        worker = Worker(path, number)
        try:
            count, state = worker.killed_after(rng.randint(1, 30), rng.random() * 0.02)
            assert worker.complaints() == ""
        finally:
            worker.close()
        project = open_project(str(path), "write")
        kept = len(project.history())
        assert kept >= count, f"kill {number}: {count - kept} of {count} changes that were called saved are gone"
        assert state_after(project, count) == state, f"kill {number}: not the state that was called saved"
        assert list(verify(project)) == []
        project.close()
        unreported += kept > count
    assert kept > KILLS * 5, "there was hardly anything to lose"
    assert unreported or KILLS < 100, "no kill came between a commit and its report: the moments are not varied enough"

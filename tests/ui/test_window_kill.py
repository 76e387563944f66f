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
from effort import rounds
from ui_samples import seed
from window_child import digest

from annotator.services.verify import verify
from annotator.workspace import Workspace
from db.project import open_project
from seeds import sample_text_path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")

KILLS = rounds("ANNOTATOR_TEST_KILLS", 20)
CHILD = Path(__file__).with_name("window_child.py")
ROOT = CHILD.parents[2]


class Workers:
    """The program of ``window_child``, which works on a project again and again."""

    def __init__(self, project: Path) -> None:
        self.project, self.pipe = project, project.with_name("pipe")
        os.mkfifo(self.pipe)
        self.errors = project.with_name("errors.txt").open("w+", encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, str(CHILD)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(CHILD.parents[1])))},
        )

    def killed_after(self, number: int, saves: int, moment: float, *, held: bool) -> tuple[int, str]:
        """The last thing called saved, or what was opened: the number of changesets and the state's digest.

        Killed is after so many saves were called saved or, ``held``, after so many commits, the last of which nobody
        has been told of.
        """
        told = (self.project, self.project.with_name("settings.ini"), self.pipe, number, saves if held else 0)
        self.process.stdin.write("\t".join(map(str, told)) + "\n")
        self.process.stdin.flush()
        with self.pipe.open(encoding="ascii") as pipe:
            worker, lines = int(pipe.readline()), [pipe.readline()]
            while lines[-1] != "committed\n" if held else len(lines) <= saves:
                lines.append(pipe.readline())
                assert lines[-1], self.complaints()
            time.sleep(moment)  # to hit it anywhere in its work, not just after it has written
            os.kill(worker, signal.SIGKILL)
            lines += [line for line in pipe if line.endswith("\n")]
        assert int(self.process.stdout.readline()) == -signal.SIGKILL, self.complaints()
        count, state = [line for line in lines if " " in line][-1].split()
        return int(count), state

    def complaints(self) -> str:
        self.errors.seek(0)
        return "".join(line for line in self.errors if not line.startswith("This plugin does not support"))

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()
        self.errors.close()


@pytest.fixture
def workers(tmp_path):
    path = tmp_path / "killed.annotator"
    seed(path, sample_text_path().read_text(encoding="utf-8"))
    made = Workers(path)
    yield made
    made.close()


def state_after(project, count: int) -> str:
    """The digest of the state that the project had after so many changesets: what came later is taken back."""
    ws = Workspace()
    ws.speakers = {speaker.id: speaker for speaker in project.speakers()}
    (article_id,) = project.article_ids()
    ws.show(project.document(article_id))
    for entry in reversed(project.history()[count:]):
        ws.apply(project.changeset(entry.id).edit.inverted())
    return digest(ws.document(), ws.speakers)


def test_what_was_called_saved_survives_a_kill_at_any_moment(workers):
    rng = random.Random(2018)
    unreported = 0
    for number in range(KILLS):
        held = number % 4 == 3  # the others hit whatever there is to hit
        saves = rng.randint(5 if held else 1, 16)
        count, state = workers.killed_after(number, saves, rng.random() * 0.02, held=held)
        assert workers.complaints() == ""
        project = open_project(str(workers.project), "write")
        kept = len(project.history())
        assert kept >= count, f"kill {number}: {count - kept} of {count} changes that were called saved are gone"
        assert kept > count or not held, f"kill {number}: what was committed is gone"
        assert state_after(project, count) == state, f"kill {number}: not the state that was called saved"
        assert list(verify(project)) == []
        project.close()
        unreported += kept > count
    assert kept > KILLS * 5, "there was hardly anything to lose"
    assert unreported, "no kill came between a commit and its report"

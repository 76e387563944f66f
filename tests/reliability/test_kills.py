"""kill -9 of the storage path loses nothing that was acknowledged. A process of its own makes and kills the others."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("seed", range(5))
def test_two_hundred_kills_lose_nothing(seed):
    command = [sys.executable, "-m", "tests.reliability", "kills", "--count", "40", "--seed", str(seed)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "40 kills" in run.stdout
    assert "0 complaints" in run.stdout

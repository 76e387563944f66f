"""Eight writers make a hundred edits each at the same few records: none is lost, none is done twice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no fork")


def write(where: str) -> str:
    command = [sys.executable, "-m", "tests.reliability", "writers", "--where", where, "--count", "100"]
    options = ["--writers", "8", "--restarts", "1"]
    run = subprocess.run([*command, *options], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def test_eight_writers_of_a_file_lose_nothing():
    assert "a file: 800 edits" in write("file")


def test_eight_writers_on_a_server_that_crashes_lose_nothing(postgres):
    assert "a server, 1 times crashed: 800 edits" in write("server")

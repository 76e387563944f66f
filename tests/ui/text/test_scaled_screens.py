"""On screens with more pixels painting, selection and hit test agree, and lines are sharp: a process for each scale."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.mark.parametrize("factor", ["1", "1.25", "2"])
def test_what_is_painted_is_what_is_selected_and_hit(factor):
    paths = [str(HERE), str(HERE.parents[2]), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "QT_SCALE_FACTOR": factor, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    command = [sys.executable, str(HERE / "scaled_child.py"), factor]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""

"""The window as a picture, in a process of its own: what run.sh shows where there is no display."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QImage

ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "QT_QPA_PLATFORM"}


def test_without_a_display_the_sample_is_drawn(tmp_path: Path) -> None:
    out = tmp_path / "window.png"
    done = subprocess.run(
        [sys.executable, "-m", "ui.screenshot", out], capture_output=True, text=True, env=ENVIRONMENT, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{out}\n", "")
    picture = QImage(str(out))
    assert (picture.width(), picture.height()) == (1500, 940)
    colours = {picture.pixel(x, y) for x in range(400, 1000, 3) for y in range(100, 800, 3)}
    assert len(colours) > 100, "no marked text in the middle column"

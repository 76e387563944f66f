"""These tests stand on the samples of the database tests."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "db"))


@pytest.fixture
def scratch() -> Iterator[Path]:
    """A new folder, in memory where there is such a place: files are written there by the thousand."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="annotator-", dir=memory if memory.is_dir() else None))
    yield folder
    shutil.rmtree(folder)

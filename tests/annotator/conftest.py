"""What tests of the use cases and of the formats share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.project import SqlProject, create_project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[SqlProject]:
    """A new project in a file."""
    made = create_project(str(tmp_path / "p.annotator"))
    yield made
    made.close()

"""Real project files in a temporary folder."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from users import NOBODY

from db.project import SqlProject, create_project, open_project


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Modules that say so have their tests run on a file and on a server."""
    if getattr(metafunc.module, "ON_EVERY_DATABASE", False) and "path" in metafunc.fixturenames:
        of_a_file = metafunc.definition.get_closest_marker("of_a_file") is not None
        metafunc.parametrize("path", ["sqlite"] if of_a_file else ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def path(tmp_path: Path, request: pytest.FixtureRequest) -> Path | str:
    """Where the project is: a file, or the address of a database."""
    if getattr(request, "param", "sqlite") == "postgresql":
        return request.getfixturevalue("project_url")
    return tmp_path / "Prüfung 100%?#.annotator"


@pytest.fixture
def project(path: Path | str) -> Iterator[SqlProject]:
    project = create_project(str(path)) if isinstance(path, Path) else open_project(path)
    yield project
    project.close()


@pytest.fixture
def shared_folder() -> Iterator[Path]:
    """A folder with a project in it that an ordinary user can reach (pytest's own folders are private)."""
    if sys.platform == "win32":
        pytest.skip("file modes do not say who may write on Windows")
    folder = Path(tempfile.mkdtemp(prefix="annotator-db-"))
    create_project(str(folder / "p.annotator")).close()
    open_project(str(folder / "p.annotator")).close()  # imports what opening needs, before the user changes
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
        os.chown(folder / "p.annotator", NOBODY, NOBODY)
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)

"""The sample and the twenty hard cases as one project, released once with and once without the texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from release_samples import WISH, changed

from annotator.release.building import build
from annotator.release.splitting import Plan
from annotator.services.importing import import_files
from db.project import SqlProject, create_project
from seeds import examples_gold_path, sample_gold_path


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlProject]:
    made = create_project(str(tmp_path_factory.mktemp("whole") / "cases.annotator"))
    import_files(made, [sample_gold_path(), examples_gold_path()], annotator="Ann")
    yield made
    made.close()


@pytest.fixture(scope="session")
def full(whole: SqlProject, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(whole, tmp_path_factory.mktemp("full") / "release", WISH).folder


@pytest.fixture(scope="session")
def bare(whole: SqlProject, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(whole, tmp_path_factory.mktemp("bare") / "release", changed(WISH, with_text=False)).folder


@pytest.fixture
def project(tmp_path: Path) -> Iterator[SqlProject]:
    """Ten short articles, all done."""
    made = of_cases(tmp_path, 10)
    yield made
    made.close()


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A release of six articles, two of them in each split."""
    folder = tmp_path_factory.mktemp("small")
    made = of_cases(folder, 6)
    yield build(made, folder / "release", changed(WISH, plan=Plan((1, 1, 1)))).folder
    made.close()


def of_cases(folder: Path, number: int) -> SqlProject:
    """A project of the first hard cases."""
    lines = examples_gold_path().read_bytes().splitlines(keepends=True)
    (folder / "cases.jsonl").write_bytes(b"".join(lines[:number]))
    made = create_project(str(folder / "p.annotator"))
    import_files(made, [folder / "cases.jsonl"], annotator="Ann")
    return made

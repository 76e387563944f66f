"""Commands run in this process, and projects to run them on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from seeds import sample_gold_path
from ui.cli.main import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command; answers (exit code, stdout, stderr) and checks what is true of every run."""

    def invoke(*arguments: object) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        for line in err.splitlines():
            assert line.startswith("annotator: ")
        assert bool(err) == (code != 0 and not (code == 1 and out))
        return code, out, err

    return invoke


@pytest.fixture
def project(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "p.annotator"
    assert run("new", path)[0] == 0
    return path


@pytest.fixture
def sample(run: Run, project: Path) -> Path:
    assert run("import", project, sample_gold_path())[0] == 0
    return project

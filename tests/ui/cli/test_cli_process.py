"""The command as a process of its own: no Qt, pipes, exit codes, ``python -m annotator``."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from seeds import sample_text_path

ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "QT_QPA_PLATFORM"}


def run(*arguments: object, **more: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "annotator", *map(str, arguments)]
    settings = {"capture_output": True, "text": True, "encoding": "utf-8", "timeout": 60, "env": ENVIRONMENT}
    return subprocess.run(command, **{**settings, **more}, check=False)  # type: ignore[call-overload]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "p.annotator"
    assert run("new", path).returncode == 0
    assert run("import", path, sample_text_path()).returncode == 0
    return path


def test_exit_codes_and_streams(project: Path) -> None:
    done = run("stats", project)
    assert (done.returncode, done.stderr) == (0, "")
    wrong = run("stats", project.with_name("none"))
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.startswith("annotator: ")
    assert wrong.stderr.count("\n") == 1


def test_no_command_imports_qt(project: Path) -> None:
    code = """
import sys
from ui.cli.main import main
project, text, out = sys.argv[1:]
assert main(["--help"]) == 0
assert "sqlalchemy" not in sys.modules, "help needs no database"
assert "annotator.formats.jsonl" not in sys.modules, "help needs no format"
for arguments in (["import", project, text], ["export", project, out], ["stats", project], ["verify", project],
                  ["new", out + ".annotator"]):
    assert main(arguments) == 0, arguments
assert not [name for name in sys.modules if name.startswith(("PySide6", "shiboken6"))]
"""
    arguments = [str(project), str(sample_text_path()), str(project.with_name("out.jsonl"))]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, env=ENVIRONMENT, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("arguments", [["stats"], ["verify"]])
def test_a_reader_that_goes_away_is_no_error(project: Path, arguments: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = run(*arguments, project, capture_output=False, stdout=writer, stderr=subprocess.PIPE)
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_output_that_cannot_be_written_is_said(project: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = run("stats", project, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert done.stderr.startswith("annotator: ")
    assert "no space left" in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_ascii_terminal_gets_escapes_instead_of_an_error(project: Path) -> None:
    done = run("stats", project.with_name("é"), env={**ENVIRONMENT, "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 2
    assert "\\xe9" in done.stderr


def test_arguments_that_are_no_utf8(tmp_path: Path) -> None:
    odd = os.fsdecode(b"caf\xe9")
    try:
        (tmp_path / odd).write_text("A headline\n\nThe body is here. Yes.")
    except OSError:
        pytest.skip("this file system allows no such name")
    path = tmp_path / f"{odd}.annotator"
    assert run("new", path).returncode == 0
    done = run("import", path, tmp_path / odd, "--annotator", odd)
    assert (done.returncode, done.stderr) == (0, "")
    assert run("stats", path, "--json").returncode == 0
    assert run("export", path, tmp_path / f"{odd}.jsonl").returncode == 0
    assert run("verify", path).returncode == 0


def test_progress_is_shown_on_a_terminal_only(project: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.txt" for number in range(3)]
    for file in files:
        file.write_text(f"Headline {file.stem}\n\nThe body of {file.stem} is here. Yes.")
    master, slave = pty.openpty()
    try:
        done = run("import", project, *files, capture_output=False, stdout=subprocess.PIPE, stderr=slave)
        assert done.returncode == 0
        assert b"3 of 3" in os.read(master, 10_000)
    finally:
        os.close(master)
        os.close(slave)
    assert "of 3" not in done.stdout

"""``annotator import`` and ``annotator export``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.model import now
from db.project import open_project
from seeds import sample_gold_path, sample_text_path
from ui.cli.main import main

Run = Callable[..., tuple[int, str, str]]


def test_import_says_what_it_did(run: Run, project: Path) -> None:
    code, out, _ = run("import", project, sample_text_path(), "--annotator", "Ann")
    assert code == 0
    assert out == (
        "russia-says-trump-invited-putin.txt: imported “Russia Says Trump Invited Putin to U.S. During Phone Call”.\n"
        "Imported 1 article.\n"
    )
    opened = open_project(str(project), "read")
    try:
        (entry,) = opened.history()
        assert opened.changeset(entry.id).actor == "Ann"
    finally:
        opened.close()


def test_import_goes_on_after_a_bad_file_and_ends_with_2(run: Run, project: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "copy.txt").write_bytes(sample_text_path().read_bytes())
    code, out, err = run(
        "import", project, tmp_path / "empty.txt", sample_text_path(), tmp_path / "copy.txt", tmp_path / "none.txt"
    )
    assert code == 2
    assert err == f"annotator: empty.txt is empty.\nannotator: {tmp_path / 'none.txt'} does not exist.\n"
    assert out.endswith("Imported 1 article, skipped 1, could not read 2 files.\n")
    assert "articles           1" in run("stats", project)[1]


def test_import_of_something_else_under_the_same_id_ends_with_1(
    run: Run, sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = json.loads(sample_gold_path().read_text("utf-8"))
    line["title"] = "Another title"
    other = tmp_path / "other.jsonl"
    other.write_text(json.dumps(line) + "\n")
    assert main(["import", str(sample), str(other)]) == 1
    out, err = capsys.readouterr()
    assert "left out" in err
    assert out == "Imported 0 articles, left out 1.\n"
    assert run("verify", sample)[0] == 0


def test_import_takes_the_format_that_is_named(run: Run, project: Path, tmp_path: Path) -> None:
    (tmp_path / "gold.txt").write_bytes(sample_gold_path().read_bytes())
    assert run("import", project, tmp_path / "gold.txt", "--format", "jsonl")[0] == 0
    assert "claims             0" not in run("stats", project)[1]


def test_import_credits_the_user_of_the_system(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "lotte")
    run("import", project, sample_text_path())
    opened = open_project(str(project), "read")
    try:
        assert [opened.changeset(entry.id).actor for entry in opened.history()] == ["lotte"]
    finally:
        opened.close()


def test_export_and_import_again_into_an_equal_project(run: Run, sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    code, said, _ = run("export", sample, out, "--format", "jsonl")
    assert code == 0
    assert said.startswith(f"Wrote {out}: 1 article, ")
    assert "Not carried:" not in said
    assert out.read_bytes() == sample_gold_path().read_bytes()
    assert run("new", tmp_path / "q.annotator")[0] == 0
    assert run("import", tmp_path / "q.annotator", out)[0] == 0
    code, said, _ = run("export", tmp_path / "q.annotator", out)
    assert said.startswith(f"Replaced {out}: ")
    assert out.read_bytes() == sample_gold_path().read_bytes()


def test_export_of_the_corrected_text(run: Run, sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    code, said, _ = run("export", sample, out, "--format", "jsonl", "--view", "corrected")
    assert code == 0
    assert "is not in the corrected text" in said
    assert "I would simply" in out.read_text("utf-8")
    assert "holds the corrected text" in run("import", sample, out)[2]


def test_export_never_replaces_the_project(run: Run, sample: Path) -> None:
    before = sample.read_bytes()
    code, out, err = run("export", sample, sample, "--format", "jsonl")
    assert (code, out) == (2, "")
    assert "is a project" in err
    assert sample.read_bytes() == before


def test_many_articles(run: Run, project: Path, tmp_path: Path) -> None:
    files = []
    for number in range(60):
        files.append(tmp_path / f"{number}.txt")
        files[-1].write_text(f"Headline {number}\n\nBody {number} of {now()}. Yes.")
    assert run("import", project, *files)[0] == 0
    assert "Sound: 60 articles" in run("verify", project)[1]


def test_an_export_writes_the_scheme_and_the_guideline_beside_the_dataset(
    run: Run, sample: Path, tmp_path: Path
) -> None:
    code, out, _ = run("export", sample, tmp_path / "gold.jsonl")
    assert code == 0
    assert "  Beside it: gold.scheme.json, gold.guideline.md." in out.splitlines()
    assert json.loads((tmp_path / "gold.scheme.json").read_text("utf-8"))["name"] == "Claims and attribution"
    assert (tmp_path / "gold.guideline.md").read_text("utf-8").startswith("# Claims and attribution")


def test_what_a_format_cannot_carry_is_told_after_what_was_compared(run: Run, sample: Path, tmp_path: Path) -> None:
    code, said, _ = run("export", sample, tmp_path / "out.m2", "--format", "m2")
    lines = said.splitlines()
    told = lines.index("  It was written and read again. Not in it, or not as it is in the project:")
    assert code == 0
    assert any(line.startswith("    Not carried: 22 claims") for line in lines[told:])
    assert all(line.startswith("    ") for line in lines[told + 1 :])

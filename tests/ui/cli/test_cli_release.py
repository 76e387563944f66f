"""annotator release: build, check and rebuild, each with its exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.edits import Change, Changeset, Edit
from annotator.installing import how_to_install
from annotator.release import wish as wishes
from annotator.release.wish import Wish
from annotator.services.importing import import_files
from db.project import create_project, open_project
from seeds import examples_gold_path
from ui.cli.main import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def invoke(*arguments: object) -> tuple[int, str, str]:
        code = main(["release", *(str(argument) for argument in arguments)])
        out, err = capsys.readouterr()
        return code, out, err

    return invoke


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Six articles that are done."""
    lines = examples_gold_path().read_bytes().splitlines(keepends=True)
    (tmp_path / "six.jsonl").write_bytes(b"".join(lines[:6]))
    with closing(create_project(str(tmp_path / "p.annotator"))) as made:
        import_files(made, [tmp_path / "six.jsonl"], annotator="Ann")
    return tmp_path / "p.annotator"


def test_from_a_project_to_a_release_without_text_and_back(project: Path, run: Run, tmp_path: Path) -> None:
    code, out, _ = run(project, tmp_path / "bare", "--without-text", "--no-parquet", "--shares", "1,1,1", "--seed", "s")
    assert code == 0
    assert "6 articles" in out
    assert "Splits: train 2, dev 2, test 2." in out
    assert "Left out: nothing of the project." in out
    code, out, _ = run("--rebuild", tmp_path / "bare", tmp_path / "six.jsonl", "--out", tmp_path / "full")
    assert (code, "every text in its place" in out) == (0, True)
    code, out, _ = run("--check", tmp_path / "full")
    assert (code, out.startswith("Sound: p 1.0.0, ")) == (0, True)
    (tmp_path / "full" / "README.md").write_text("# Mine\n")
    code, out, _ = run("--check", tmp_path / "full")
    assert (code, out) == (
        1,
        "README.md was changed: its size or hash is not that of the MANIFEST.\nFound 1 problem.\n",
    )


def test_the_wish_beside_the_project_counts_and_options_go_before_it(project: Path, run: Run, tmp_path: Path) -> None:
    wishes.write(tmp_path / "p.release.json", Wish("Kept", "2.1.0", creators=("Doe, Jane",), with_parquet=False))
    assert run(project, tmp_path / "out", "--version", "2.2.0", "--apart", "sources")[0] == 0
    told = json.loads((tmp_path / "out" / "MANIFEST").read_bytes())
    assert (told["name"], told["version"]) == ("Kept", "2.2.0")
    assert told["wish"]["plan"] == {"shares": [80, 10, 10], "seed": "1", "apart": "sources"}
    (tmp_path / "p.release.json").write_text('{"schema_version": 1}')
    code, _, err = run(project, tmp_path / "other")
    assert code == 2
    assert err == "annotator: p.release.json does not say what a release is to be: it lacks the key “name”.\n"


def test_what_blocks_is_told_line_by_line(project: Path, run: Run, tmp_path: Path) -> None:
    with closing(open_project(str(project), "write")) as opened, opened.begin() as unit:
        document = next(each for each in opened.documents() if each.claims)
        claim = document.claims[0]
        hop = claim.chain[0]
        named = replace(hop, speaker_id=hop.speaker_id or document.speakers[0].id)
        circle = replace(claim, chain=(named, named))
        unit.apply(Changeset.of(Edit("Test", (Change(claim, circle),)), "Ann"))
        unit.commit()
    code, out, err = run(project, tmp_path / "out", "--no-parquet")
    assert code == 1
    assert out.startswith(f"“{document.article.title}”: ")
    assert err == "annotator: 1 problem keeps the project from being released; nothing was written.\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["p.annotator"], "give PROJECT and OUT_DIR, or --check, or --rebuild."),
        (["--check", "a", "b"], "--check takes the folder of one release."),
        (["--check", "a", "--seed", "7"], "--seed is for building a release, not for --check."),
        (["--rebuild", "a", "b"], "--rebuild takes the folder of a release, the texts, and --out with a new folder."),
        (["p", "x", "--out", "y"], "--out goes with --rebuild; to build a release give PROJECT and OUT_DIR."),
        (["p", "x", "--shares", "0,0,0"], "no three numbers such as 80,10,10, not all of them 0"),
    ],
)
def test_what_makes_no_sense_is_one_sentence(arguments: list[str], told: str, run: Run) -> None:
    code, _, err = run(*arguments)
    assert code == 2
    assert told in err


def test_without_pyarrow_a_release_is_made_and_says_how_parquet_is_had(
    project: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.formats.extras.present", lambda modules: False)
    code, out, _ = run(project, tmp_path / "out")
    assert code == 0
    assert f"Without Parquet, which needs one more package: {how_to_install('parquet')}" in out
    assert not list((tmp_path / "out").rglob("*.parquet"))
    code, out, _ = run("--check", tmp_path / "out")
    assert code == 0

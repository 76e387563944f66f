"""Backups by command: made, listed, and told of as they are."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from annotator.backups import REASONS
from db.project import open_project

Run = Callable[..., tuple[int, str, str]]


def test_a_backup_is_made_and_listed(run: Run, sample: Path) -> None:
    code, out, _ = run("backup", sample)
    first, second = out.splitlines()
    assert code == 0
    assert first.startswith(f"Wrote {sample.with_suffix('.backups')}/")
    assert ": 1 article, " in first
    project = open_project(str(sample), "read")
    assert second == f"  Change log: {project.head()}"
    project.close()
    code, out, _ = run("backups", sample)
    assert code == 0
    folder, when, what = out.splitlines()
    assert folder == f"In {sample.with_suffix('.backups')}:"
    assert when.endswith("Z-asked.annotator")
    assert what.startswith(f"  {REASONS['asked']}: 1 article, ")
    (told,) = json.loads(run("backups", sample, "--json")[1])
    assert told["articles"] == 1
    assert told["head"] == second.removeprefix("  Change log: ")


def test_a_backup_elsewhere_replaces_nothing(run: Run, sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.annotator"
    assert run("backup", sample, target)[0] == 0
    before = target.read_bytes()
    code, out, err = run("backup", sample, target)
    assert (code, out) == (2, "")
    assert "exists already" in err
    assert target.read_bytes() == before
    assert run("verify", target)[0] == 0


def test_an_import_is_preceded_by_a_backup(run: Run, sample: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("An article. It is short.\n")
    assert run("import", sample, tmp_path / "a.txt")[0] == 0
    (told,) = json.loads(run("backups", sample, "--json")[1])
    assert (told["reason"], told["articles"]) == ("import", 1)


def test_what_is_not_there_or_cannot_be_read_is_said(run: Run, sample: Path) -> None:
    assert run("backups", sample) == (0, f"There are no backups in {sample.with_suffix('.backups')}.\n", "")
    sample.with_suffix(".backups").mkdir()
    (sample.with_suffix(".backups") / "mine.annotator").write_bytes(b"no database at all")
    code, out, _ = run("backups", sample)
    assert code == 1
    assert out.splitlines()[-1] == "  “mine.annotator” is damaged: the database cannot be read as it should."
    for command in ("backup", "backups"):
        assert run(command, "postgresql://nobody@localhost:1/x")[0] == 2


def test_a_backup_is_restored_beside_or_in_place_and_nothing_is_lost(run: Run, sample: Path, tmp_path: Path) -> None:
    assert run("backup", sample)[0] == 0
    (tmp_path / "a.txt").write_text("An article. It is short.\n")
    assert run("import", sample, tmp_path / "a.txt")[0] == 0
    name = Path(json.loads(run("backups", sample, "--json")[1])[-1]["path"]).name
    code, out, _ = run("restore", sample, name, "--to", tmp_path / "older.annotator")
    assert code == 0
    assert out.splitlines() == [
        "1 change made since would be missing.",
        "Article missing then: “An article. It is short.”.",
        f"Made {tmp_path / 'older.annotator'} of {name}.",
    ]
    assert "Sound: 1 article," in run("verify", tmp_path / "older.annotator")[1]
    assert run("restore", sample, name, "--to", tmp_path / "older.annotator")[0] == 2
    held = open_project(str(sample))
    assert "is open in another window" in run("restore", sample, name, "--replace")[2]
    held.close()
    code, out, _ = run("restore", sample, name, "--replace")
    assert code == 0
    kept = out.splitlines()[-1].removeprefix("  What it was is in ").removesuffix(".")
    assert "Sound: 1 article," in run("verify", sample)[1]
    assert "Sound: 2 articles," in run("verify", kept)[1]
    assert run("restore", sample, Path(kept).name, "--replace")[0] == 0
    assert "Sound: 2 articles," in run("verify", sample)[1]
    assert run("restore", sample, "none.annotator", "--replace")[0] == 2


def test_a_damaged_project_is_rebuilt(run: Run, sample: Path, tmp_path: Path) -> None:
    assert run("backup", sample)[0] == 0
    content = sample.read_bytes()
    sample.write_bytes(bytes(8192) + content[8192:])
    assert run("verify", sample)[0] == 2
    damaged = sample.read_bytes()
    code, out, _ = run("rebuild", sample, tmp_path / "new.annotator")
    assert code in (0, 1)
    assert f"Made {tmp_path / 'new.annotator'}: 1 change." in out
    assert run("verify", tmp_path / "new.annotator")[0] == 0
    assert sample.read_bytes() == damaged
    assert run("rebuild", sample, tmp_path / "new.annotator", "--no-backup")[0] == 2

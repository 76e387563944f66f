"""The commands, run in this process on real projects: what they print, what they leave, how they end."""

from __future__ import annotations

import json
import sqlite3
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

import annotator
from annotator.schemes import scheme_of
from db.project import open_project
from seeds import sample_gold_path, sample_text_path
from ui.cli import commands
from ui.cli.console import plain
from ui.cli.main import main

Run = Callable[..., tuple[int, str, str]]


def test_new_makes_an_empty_project_and_never_replaces_anything(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    assert run("new", path) == (0, f"Made {path}.\n", "")
    before = path.read_bytes()
    code, out, err = run("new", path)
    assert (code, out) == (2, "")
    assert "exists already" in err
    assert path.read_bytes() == before
    assert run("new", tmp_path / "no" / "p.annotator")[0] == 2
    assert run("new", tmp_path)[0] == 2


def test_a_project_can_be_named_by_its_url(run: Run, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'u.annotator'}"
    assert run("new", url)[0] == 0
    assert run("import", url, sample_text_path())[0] == 0
    assert "articles           1" in run("stats", tmp_path / "u.annotator")[1]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE claim SET spans = '[[1,2]]' WHERE id = (SELECT min(id) FROM claim)",
        "UPDATE speaker SET name = CAST(x'ff' AS TEXT) WHERE id = (SELECT min(id) FROM speaker)",
        "UPDATE article SET title = CAST(x'c328' AS TEXT)",
    ],
)
def test_verify_names_what_cannot_be_read_and_ends_with_1(run: Run, project: Path, statement: str) -> None:
    run("import", project, sample_gold_path())
    with closing(sqlite3.connect(project)) as connection:
        connection.execute(statement)
        connection.commit()
    code, out, error = run("verify", project)
    assert (code, error) == (1, "")
    assert "cannot be read" in out
    assert run("export", project, project.with_name("out.jsonl"))[0] == 2
    assert not project.with_name("out.jsonl").exists()


def test_the_users_name_may_be_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", lambda _: (_ for _ in ()).throw(KeyError("no such user")))
    assert commands._user_name() == "annotator"


def test_stats_as_lines_and_as_json(run: Run, sample: Path) -> None:
    code, out, _ = run("stats", sample)
    assert code == 0
    names = ["articles", "claims", "speakers", "mentions", "corrections", "quarantined"]
    assert [line.split()[0] for line in out.splitlines()] == names
    code, out, _ = run("stats", sample, "--json")
    found = json.loads(out)
    line = json.loads(sample_gold_path().read_text("utf-8"))
    assert found["project"] == "p"
    assert found["articles_by_state"][line["state"]] == 1
    for name in ("claims", "speakers", "mentions", "corrections"):
        assert found[name] == len(line[name])


def told_head(path: Path) -> str:
    project = open_project(str(path), "read")
    try:
        return str(project.head())
    finally:
        project.close()


def test_exports_say_where_the_change_log_ended(run: Run, sample: Path, tmp_path: Path) -> None:
    head = told_head(sample)
    for name, chosen in (("a.jsonl", "jsonl"), ("a.html", "report"), ("tei", "tei"), ("brat.zip", "brat")):
        code, out, _ = run("export", sample, tmp_path / name, "--format", chosen)
        assert code == 0
        assert f"  Change log: {head}" in out.splitlines()
    assert head in (tmp_path / "a.html").read_text(encoding="utf-8")
    assert any(head in path.read_text(encoding="utf-8") for path in (tmp_path / "tei").glob("*.xml"))
    with zipfile.ZipFile(tmp_path / "brat.zip") as archive:
        assert archive.comment.decode() == f"Change log of the project: {head}"


def test_verify_of_a_sound_and_of_a_damaged_project(run: Run, sample: Path) -> None:
    code, out, _ = run("verify", sample)
    sound, log = out.splitlines()
    assert (code, sound) == (0, "Sound: 1 article, every anchor, every link and the change log.")
    head = log.removeprefix("Change log: ")
    assert head == told_head(sample)
    assert run("verify", sample, "--head", head) == (0, out, "")
    assert run("verify", sample, "--head", head[:20])[0] == 0
    number = head.partition(":")[0]
    assert "was noted: what came after" in run("verify", sample, "--head", head.replace(number, "99", 1))[1]
    assert "is not the one that was noted" in run("verify", sample, "--head", f"{number}:{'0' * 64}")[1]
    assert run("verify", sample, "--head", "12")[0] == 2
    import sqlite3

    connection = sqlite3.connect(sample)
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    table = next(name for name in tables if "source" in name)
    for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f'DROP TRIGGER "{trigger}"')
    connection.execute(f"UPDATE \"{table}\" SET text = replace(text, 'Lavrov', 'Lawrow')")
    connection.commit()
    connection.close()
    code, out, _ = run("verify", sample)
    assert code == 1
    assert "the text no longer matches its hash" in out
    assert "Lawrow" in out
    assert out.splitlines()[-1].startswith("Found ")


@pytest.mark.parametrize("command", [["stats"], ["verify"], ["export"], ["import"]])
def test_what_is_no_project_is_said_in_one_line(run: Run, tmp_path: Path, command: list[str]) -> None:
    more = {"export": [tmp_path / "o.jsonl"], "import": [sample_text_path()]}.get(command[0], [])
    (tmp_path / "text.annotator").write_text("not a project")
    (tmp_path / "empty.annotator").touch()
    for name in ("text.annotator", "empty.annotator", "missing.annotator", "."):
        code, out, err = run(*command, tmp_path / name, *more)
        assert (code, out, err.count("\n")) == (2, "", 1), name
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty.annotator", "text.annotator"]


def test_a_project_that_is_open_elsewhere_can_be_read_but_not_imported_to(
    run: Run, sample: Path, tmp_path: Path
) -> None:
    other = open_project(str(sample), "write")
    try:
        assert run("stats", sample)[0] == 0
        assert run("verify", sample)[0] == 0
        assert run("export", sample, tmp_path / "o.jsonl")[0] == 0
        code, _, err = run("import", sample, sample_text_path())
        assert code == 2
        assert "open in another window" in err
    finally:
        other.close()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["exprot", "p"], "did you mean “export”?"),
        (["verfy"], "did you mean “verify”?"),
        (["a.annotator", "b.annotator"], "“a.annotator” is no command"),
        (["new"], "required: PROJECT (“annotator new --help” explains)"),
        (["import", "p"], "required: FILE"),
        (["export", "p", "o", "--format", "docx"], "invalid choice: 'docx'"),
        (["export", "p", "o", "--view", "odd"], "invalid choice: 'odd'"),
        (["stats", "p", "--jso"], "unrecognized arguments: --jso"),
        (["import", "p", "f", "--annotator", "  "], "the annotator's name is empty"),
        (["screenshot", "p", "o.png", "--size", "big"], "“big” is no size such as 1500x940"),
        (["screenshot", "p", "o.png", "--size", "0x10"], "is out of range"),
        (["screenshot", "p", "o.png", "--article", "0"], "“0” is no number from 1 on"),
        (["pdf", "p", "o.pdf", "--view", "odd"], "invalid choice: 'odd'"),
        (["pdf", "p", "o.pdf", "--all", "--article", "1"], "not allowed with argument"),
        (["--odd"], "annotator"),
        (["--"], "give the name of a project"),
    ],
)
def test_bad_use_is_said_in_one_line(run: Run, arguments: list[str], said: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err


@pytest.mark.parametrize("command", ["new", "import", "export", "stats", "verify", "screenshot", "pdf"])
def test_help_explains_each_command_with_an_example(run: Run, command: str) -> None:
    code, out, _ = run(command, "--help")
    assert code == 0
    assert f"usage: annotator {command} " in out
    assert f"example:\n  annotator {command} " in out
    assert command in run("--help")[1]


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"annotator {annotator.__version__}\n", "")


@pytest.mark.parametrize(
    ("arguments", "location"),
    [([], None), (["my.annotator"], "my.annotator"), (["./new"], "./new"), (["--", "new"], "new")],
)
def test_everything_else_opens_the_window(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], location: str | None
) -> None:
    opened: list[str | None] = []

    def fake_run(place: str | None) -> int:
        opened.append(place)
        return 7

    monkeypatch.setattr("ui.main.run", fake_run)
    assert main(arguments) == 7
    assert opened == [location]


def test_a_project_named_almost_like_a_command_opens(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    Path("exprot").touch()
    monkeypatch.setattr("ui.main.run", lambda _: 0)
    assert main(["exprot"]) == 0


def test_screenshot_passes_on_what_was_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def fake_take(*arguments: object, **more: object) -> int:
        asked.extend([*arguments, more])
        return 0

    monkeypatch.setattr("ui.screenshot.take", fake_take)
    options = ["--article", "2", "--theme", "dark", "--view", "corrected", "--size", "1100x700"]
    assert main(["screenshot", "p.annotator", "o.png", *options]) == 0
    expected = {"article": 2, "theme": "dark", "view": "corrected", "size": (1100, 700)}
    assert asked == ["p.annotator", Path("o.png"), expected]


def test_a_system_without_the_windows_libraries_is_told_so(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.setitem(sys.modules, "ui.main", None)
    code, _, err = run()
    assert code == 2
    assert "the window cannot be shown on this system" in err


def test_control_characters_in_names_never_reach_the_terminal(run: Run, project: Path, tmp_path: Path) -> None:
    evil = tmp_path / "a\x1b[2Jb\u202ec\nd.txt"
    _, _, err = run("import", project, evil)
    assert "a\ufffd[2Jb\ufffdc d.txt does not exist." in err
    evil.write_text("A \x1b[31mred\u202e headline\n\nAnd a body that is long enough. Yes.", "utf-8")
    _, out, _ = run("import", project, evil)
    assert "a\ufffd[2Jb\ufffdc\ufffdd.txt: imported “A [31mred headline”." in out
    assert plain("é\u0301 😀👨‍👩‍👧 \u00a0\x07\x9b\ud800") == "é\u0301 😀👨‍👩‍👧 \u00a0"


def test_a_bug_is_one_line_and_a_traceback_only_when_asked_for(
    monkeypatch: pytest.MonkeyPatch, run: Run, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: object) -> None:
        raise ZeroDivisionError("oh\nno")

    monkeypatch.setattr("annotator.services.statistics.count", broken)
    code, out, err = run("stats", project)
    assert (code, out) == (2, "")
    assert err == "annotator: unexpected error: ZeroDivisionError: oh no (ANNOTATOR_DEBUG=1 shows where)\n"
    monkeypatch.setenv("ANNOTATOR_DEBUG", "1")
    assert main(["stats", str(project)]) == 2
    assert "Traceback" in capsys.readouterr().err


def test_an_interrupt_is_no_traceback(monkeypatch: pytest.MonkeyPatch, run: Run, project: Path) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("annotator.services.statistics.count", interrupted)
    assert run("stats", project) == (130, "", "annotator: interrupted.\n")


def test_a_project_is_made_with_the_scheme_that_is_named(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "t.annotator"
    assert run("new", path, "--scheme", "transcription")[0] == 0
    project = open_project(str(path), "read")
    assert scheme_of(project).name == "Transcription only"
    project.close()
    code, _, err = run("new", tmp_path / "u.annotator", "--scheme", "poetry")
    assert code == 2
    assert "poetry" in err
    assert not (tmp_path / "u.annotator").exists()

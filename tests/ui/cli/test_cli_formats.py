"""``annotator formats``, and how export finds the format that is meant."""

from __future__ import annotations

import json
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from annotator.formats import registry
from annotator.formats.base import Format
from annotator.installing import command
from db.project import create_project
from ui.cli.main import main

OTHER = Format("theirs", "Their format", (".theirs",), write=lambda source, stream, writing: None)


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another package's entry points: one that is right, one that does not load, one whose name is taken."""
    points = [
        EntryPoint("theirs", f"{__name__}:OTHER", registry.GROUP),
        EntryPoint("broken", "no_such_module:FORMAT", registry.GROUP),
        EntryPoint("again", "annotator.formats.jsonl:FORMAT", registry.GROUP),
        EntryPoint("wrong", "annotator.formats.jsonl:read", registry.GROUP),
    ]
    monkeypatch.setattr(registry, "entry_points", lambda group: [p for p in points if p.group == group])
    caches = (registry.broken, registry._added)
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()


def test_formats_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["formats"]) == 0
    out = capsys.readouterr().out
    assert any(line.startswith("jsonl ") and " in out " in line and "code points" in line for line in out.splitlines())
    assert main(["formats", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["name"] for row in rows] == [each.name for each in registry.formats()]


def test_one_that_needs_a_package_says_which(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    needy = Format("needy", "Needy", (".needy",), read=lambda s, r: [], extra="needing", modules=("no_such_module",))
    monkeypatch.setattr(registry, "formats", lambda: (needy,))
    main(["formats"])
    assert f"; needs {command('needing')}\n" in capsys.readouterr().out


@pytest.mark.usefixtures("added")
def test_another_package_adds_formats_and_cannot_stop_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["formats"]) == 1
    out, err = capsys.readouterr()
    assert "Their format" in out
    assert "The format “broken” (no_such_module:FORMAT) cannot be used: it does not load (ModuleNotFoundError" in err
    assert "The format “again” (annotator.formats.jsonl:FORMAT) is left out: “jsonl” is taken." in err
    assert "The format “wrong” (annotator.formats.jsonl:read) cannot be used: it is no Format." in err
    assert registry.named("theirs") is OTHER


def test_export_asks_for_the_format_when_the_name_says_none(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    project = str(tmp_path / "p.annotator")
    create_project(project).close()
    assert main(["export", project, str(tmp_path / "out")]) == 2
    assert "what is out to be? Give --format" in capsys.readouterr().err
    assert main(["export", project, str(tmp_path / "out.jsonl")]) == 0

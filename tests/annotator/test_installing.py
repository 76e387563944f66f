"""The commands that install what is missing: for this interpreter, and of packages that an index knows."""

from __future__ import annotations

import shlex
import sys
from importlib.metadata import PackageNotFoundError

import pytest

from annotator import installing
from annotator.formats import registry
from annotator.installing import command, command_for, command_in, how_to_install, packages


def test_the_command_names_this_interpreter_and_packages_that_are_not_this_program() -> None:
    python, *rest = shlex.split(command("parquet"))
    assert python == sys.executable
    assert rest[:3] == ["-m", "pip", "install"]
    assert rest[3].startswith("pyarrow>=")
    assert packages("tables") == "openpyxl and xlsxwriter"


def test_every_extra_that_a_format_names_is_known() -> None:
    for each in registry.formats():
        assert not each.extra or installing._needed(each.extra), each.name


def test_a_blank_in_the_interpreters_path_is_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/My Things/python")
    assert shlex.split(command_for("a>=1", "b[c]"))[0] == "/My Things/python"
    assert command_in(f"It needs one: {how_to_install('parquet')} More.") == command("parquet")


def test_without_the_programs_metadata_the_extra_itself_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> list[str]:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(installing, "requires", missing)
    installing._needed.cache_clear()
    assert command("parquet").endswith('"article-annotator[parquet]"')
    assert packages("parquet") == "parquet"
    installing._needed.cache_clear()

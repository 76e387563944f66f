"""A scheme as a file: it comes back as it was, beside a dataset too; what is wrong is said in one sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.edits import Change, Changeset, Edit
from annotator.errors import ExportFailed, ImportFailed
from annotator.formats import registry
from annotator.model import Scheme, Term
from annotator.schemes import BY_KEY, CLAIMS, TRANSCRIPTION, scheme_of
from annotator.services import scheme_file
from annotator.services.exporting import export
from annotator.services.importing import import_files
from annotator.services.scheme import begin_with, with_terms
from db.project import SqlProject, create_project
from seeds import sample_gold_path


@pytest.fixture
def other(tmp_path: Path) -> Iterator[SqlProject]:
    made = create_project(str(tmp_path / "other.annotator"))
    yield made
    made.close()


def commit(project: SqlProject, edit: Edit) -> None:
    with project.begin() as unit:
        unit.apply(Changeset.of(edit, "Ann"))
        unit.commit()


def forecast(project: SqlProject) -> Scheme:
    """Gives the project the value ``forecast`` and the sample's first claim that type."""
    import_files(project, [sample_gold_path()], annotator="Ann")
    scheme = with_terms(CLAIMS, [Term("claim.type", "forecast", "Forecast", "What will be.")])
    (document,) = project.documents()
    claim = document.claims[0]
    commit(project, Edit("Forecast", (Change(None, scheme), Change(claim, replace(claim, type="forecast")))))
    return scheme


@pytest.mark.parametrize("scheme", BY_KEY.values(), ids=lambda scheme: scheme.name)
def test_a_scheme_comes_back_as_it_was(scheme: Scheme, tmp_path: Path) -> None:
    path = tmp_path / "s.scheme.json"
    path.write_bytes(scheme_file.write(scheme))
    assert scheme_file.read(path) == scheme


def test_retired_values_stay_retired(tmp_path: Path) -> None:
    path = tmp_path / "s.scheme.json"
    scheme = with_terms(CLAIMS, [Term("claim.type", "old", "Old", retired=True)])
    path.write_bytes(scheme_file.write(scheme))
    assert scheme_file.read(path).terms == scheme.terms


def _with(**changes: object) -> bytes:
    return json.dumps({**json.loads(scheme_file.write(CLAIMS)), **changes}).encode()


TERMS = json.loads(scheme_file.write(CLAIMS))["terms"]


@pytest.mark.parametrize(
    ("data", "clause"),
    [
        (b"{", "it is not valid JSON"),
        (b"\xff", "it is not valid UTF-8"),
        (b"[]", "it must be object"),
        (_with(schema_version=2), "schema_version"),
        (_with(extra=1), "has the key “extra”, which the schema does not know"),
        (b'{"schema_version": 1}', "lacks the key “name”"),
        (_with(version="0"), "version"),
        (_with(name=""), "name"),
        (_with(terms=[]), "it offers no value for claim.form"),
        (_with(terms=[*TERMS, TERMS[0]]), "claim.form has the value “direct” twice"),
        (_with(terms=[*TERMS, {"vocabulary": "claim.colour", "value": "red", "label": "Red"}]), "“claim.colour”"),
        (_with(terms=[*TERMS, {"vocabulary": "status", "value": "red", "label": "Red"}]), "the same in every project"),
        (_with(terms=[*TERMS, {"vocabulary": "claim.form", "value": "Red!", "label": "Red"}]), "terms["),
        (_with(terms=[*TERMS, {"vocabulary": "claim.form", "value": "red", "label": "  "}]), "without a label"),
        (_with(checks={"no_such": "off"}), "there is no check “no_such”"),
        (_with(checks={"unsure": "loud"}), "checks"),
        (_with(hidden=["claim.spans"]), "there is no field to hide “claim.spans”"),
        (_with(guideline="\x00"), "NUL"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(data: bytes, clause: str, tmp_path: Path) -> None:
    path = tmp_path / "s.scheme.json"
    path.write_bytes(data)
    with pytest.raises(ImportFailed, match=r"^s\.scheme\.json is no scheme that can be used: ") as raised:
        scheme_file.read(path)
    assert clause in str(raised.value)
    assert str(raised.value).endswith(".")
    assert "\n" not in str(raised.value)


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ImportFailed, match="cannot be read: no such file"):
        scheme_file.read(tmp_path / "none.json")


# -- with the data ------------------------------------------------------------------------------------------------


def test_the_scheme_goes_beside_the_dataset(project: SqlProject, tmp_path: Path) -> None:
    scheme = forecast(project)
    result = export(project, tmp_path / "gold.v1.jsonl", scheme=scheme_of(project))
    assert [path.name for path in result.beside] == ["gold.v1.scheme.json", "gold.v1.guideline.md"]
    assert scheme_file.read(result.beside[0]).terms == scheme.terms
    assert result.beside[1].read_text(encoding="utf-8") == scheme.guideline


def test_a_dataset_that_cannot_be_written_leaves_nothing_beside_it(project: SqlProject, tmp_path: Path) -> None:
    (tmp_path / "gold.scheme.json").mkdir()
    with pytest.raises(ExportFailed, match="is a directory"):
        export(project, tmp_path / "gold.jsonl", scheme=CLAIMS)
    assert not (tmp_path / "gold.jsonl").exists()
    assert not (tmp_path / "gold.guideline.md").exists()


def test_unknown_values_that_the_scheme_beside_has_become_the_projects(
    project: SqlProject, other: SqlProject, tmp_path: Path
) -> None:
    forecast(project)
    path = tmp_path / "gold.jsonl"
    export(project, path, scheme=scheme_of(project))
    report = import_files(other, [path], annotator="Bea")
    assert len(report.imported) == 1
    assert report.problems == []
    assert [note for note in report.notes if "added" in note] == [
        "“Forecast” (forecast) was added to the values of claim.type, as gold.scheme.json has it."
    ]
    scheme = scheme_of(other)
    assert [t.label for t in scheme.terms if t.vocabulary == "claim.type"][-1] == "Forecast"
    assert scheme.version == "2"
    assert len(other.history()) == 1  # one step to undo
    again = import_files(other, [path], annotator="Bea")
    assert not any("added" in note for note in again.notes)


def test_values_that_no_article_uses_are_not_added(project: SqlProject, other: SqlProject, tmp_path: Path) -> None:
    import_files(project, [sample_gold_path()], annotator="Ann")
    path = tmp_path / "gold.jsonl"
    export(project, path, scheme=with_terms(CLAIMS, [Term("claim.type", "forecast", "Forecast")]))
    import_files(other, [path], annotator="Bea")
    assert scheme_of(other) == CLAIMS


@pytest.mark.parametrize("broken", [None, b"{}"])
def test_without_a_sound_scheme_beside_it_the_file_is_refused(
    broken: bytes | None, project: SqlProject, other: SqlProject, tmp_path: Path
) -> None:
    forecast(project)
    path = tmp_path / "gold.jsonl"
    export(project, path)
    if broken is not None:
        (tmp_path / "gold.scheme.json").write_bytes(broken)
    report = import_files(other, [path], annotator="Bea")
    assert report.imported == []
    assert "“forecast” is not one of" in report.problems[0]
    assert len(report.problems) == (2 if broken else 1)
    assert scheme_of(other) == CLAIMS


def test_a_project_begins_with_its_scheme(project: SqlProject, other: SqlProject) -> None:
    begin_with(project, TRANSCRIPTION, "Ann")
    assert scheme_of(project).hidden == TRANSCRIPTION.hidden
    assert [entry.action for entry in project.history()] == ["start"]
    begin_with(other, CLAIMS, "Ann")
    assert other.history() == []


@pytest.mark.parametrize("name", ["gold.v1", "gold.zip", "gold.csv"])
def test_the_scheme_beside_a_folder_or_an_archive_belongs_to_all_in_it(
    project: SqlProject, other: SqlProject, tmp_path: Path, name: str
) -> None:
    forecast(project)
    result = export(project, tmp_path / name, registry.named("csv"), scheme=scheme_of(project))
    report = import_files(other, [result.path], annotator="Bea")
    assert (len(report.imported), report.problems) == (1, [])
    (document,) = other.documents()
    assert document.claims[0].type == "forecast"
    result.beside[0].write_text("{")
    again = import_files(other, [result.path], annotator="Bea")
    assert [result.beside[0].name in note for note in again.notes if "is no scheme that can be used" in note] == [True]


def test_a_name_like_that_of_one_of_several_files_stands_for_their_folder(project: SqlProject, tmp_path: Path) -> None:
    import_files(project, [sample_gold_path()], annotator="Ann")
    result = export(project, tmp_path / "t.csv", registry.named("csv"))
    assert (tmp_path / "t" / "articles.csv").is_file()
    assert result.path == tmp_path / "t"
    assert result.told == (
        "This format has several files: they are in the folder t; t.zip would be one archive of them."
    )
    assert export(project, tmp_path / "u.zip", registry.named("csv")).told == ""

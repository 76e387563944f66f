"""Export: the file is whole or not there, never the project itself, and every refusal is one sentence."""

from __future__ import annotations

import errno
import json
import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from annotator.edits import Change, Changeset, Edit
from annotator.errors import ExportFailed
from annotator.formats import extras, registry
from annotator.model import Document, Hop, Speaker
from annotator.schemes import DEFAULT_SCHEME
from annotator.services import scheme_file
from annotator.services.exporting import export
from annotator.services.importing import import_files
from annotator.services.verify import verify
from db.project import SqlProject, create_project
from seeds import sample_gold_path


@pytest.fixture
def project(tmp_path: Path) -> Iterator[SqlProject]:
    made = create_project(str(tmp_path / "p.annotator"))
    import_files(made, [sample_gold_path()], annotator="Ann")
    yield made
    made.close()


class Damaged:
    """The project as if one claim quoted something else: what an export must never let pass."""

    def __init__(self, project: SqlProject) -> None:
        self._project = project

    def __getattr__(self, name: str) -> object:
        return getattr(self._project, name)

    def documents(self) -> Iterator[Document]:
        for document in self._project.documents():
            yield document
            claim = document.claims[0]
            wrong = replace(claim, spans=(structs.replace(claim.spans[0], exact="something else"),))
            yield replace(document, claims=(wrong, *document.claims[1:]))


def test_the_result_counts_what_the_file_holds(project: SqlProject, tmp_path: Path) -> None:
    result = export(project, tmp_path / "out.jsonl")
    assert result.bytes == (tmp_path / "out.jsonl").stat().st_size
    (document,) = project.documents()
    assert (result.articles, result.claims, result.mentions, result.corrections, result.speakers) == (
        1,
        len(document.claims),
        len(document.mentions),
        len(document.corrections),
        len(project.speakers()),
    )
    assert (result.path, result.replaced) == (tmp_path / "out.jsonl", False)
    assert result.losses == ()


def test_a_file_is_replaced_and_keeps_its_mode(project: SqlProject, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("old")
    out.chmod(0o640)
    result = export(project, out)
    assert result.replaced
    assert out.read_bytes() == sample_gold_path().read_bytes()
    assert stat.S_IMODE(out.stat().st_mode) == 0o640
    assert leftovers(tmp_path) == []


def test_a_new_file_gets_the_mode_that_new_files_get(project: SqlProject, tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    export(project, tmp_path / "out.jsonl")
    assert (tmp_path / "out.jsonl").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_link_is_followed(project: SqlProject, tmp_path: Path) -> None:
    (tmp_path / "real.jsonl").write_text("old")
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "real.jsonl")
    export(project, tmp_path / "link.jsonl")
    assert (tmp_path / "link.jsonl").is_symlink()
    assert (tmp_path / "real.jsonl").read_bytes() == sample_gold_path().read_bytes()


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def refusal(project: object, path: Path, view: str = "source") -> str:
    with pytest.raises(ExportFailed) as error:
        export(project, path, view=view)  # type: ignore[arg-type]
    assert str(error.value).endswith(".")
    return str(error.value)


def test_targets_that_cannot_be(project: SqlProject, tmp_path: Path) -> None:
    assert "is a directory" in refusal(project, tmp_path)
    assert "does not exist" in refusal(project, tmp_path / "no" / "out.jsonl")
    assert "is no regular file" in refusal(project, Path(os.devnull))
    assert "There is no view" in refusal(project, tmp_path / "out.jsonl", view="odd")
    assert "name too long" in refusal(project, tmp_path / ("x" * 300))
    with pytest.raises(ExportFailed, match="can be read but not written"):
        export(project, tmp_path / "out.txt", registry.named("text"))
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize("name", ["gold.jsonl", "gold.zip", "gold"])
@pytest.mark.parametrize("there", [False, True])
def test_what_belongs_to_an_export_is_as_before_when_a_name_cannot_be_given(
    project: SqlProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, there: bool
) -> None:
    """The scheme and the guideline have their names right before the dataset: each renaming in turn fails."""
    format_, out = registry.named("jsonl" if name.endswith("jsonl") else "brat"), tmp_path / "out" / name
    out.parent.mkdir()
    if there:
        export(project, out, format_, scheme=replace(DEFAULT_SCHEME, guideline="# Old"), head="1:abc")
    if there and out.is_dir():
        out.rename(tmp_path / "away")  # no folder is replaced that holds anything
    before, renamed = state_of(out.parent), Path.replace
    given, failing = 0, 0

    def refuse(path: Path, target: Path) -> Path:
        nonlocal given
        given += 1
        if given == failing:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return renamed(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    for number in (1, 2, 3):
        given, failing = 0, number
        with pytest.raises(ExportFailed, match="cannot be written: input/output error"):
            export(project, out, format_, scheme=replace(DEFAULT_SCHEME, guideline="# New"), head="2:def")
        assert state_of(out.parent) == before
    failing = 0
    result = export(project, out, format_, scheme=replace(DEFAULT_SCHEME, guideline="# New"), head="2:def")
    assert (out.parent / "gold.guideline.md").read_text() == "# New"
    assert "2:def" in result.beside[0].read_text()
    assert leftovers(out.parent) == []


def state_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("name", "format_"), [(".csv", "csv"), (".ZIP", "csv"), (".jsonl", "jsonl"), (".ann", "brat")])
def test_the_end_of_a_name_alone_is_refused(project: SqlProject, tmp_path: Path, name: str, format_: str) -> None:
    with pytest.raises(ExportFailed, match=rf"^\{name} is the end of a name alone, which would be hidden: put a name"):
        export(project, tmp_path / name, registry.named(format_))
    assert not (tmp_path / name).exists()


def test_a_format_of_one_file_takes_no_name_of_an_archive(project: SqlProject, tmp_path: Path) -> None:
    with pytest.raises(ExportFailed, match=r"is one file and no archive: call it x\.jsonl\.$"):
        export(project, tmp_path / "x.ZIP", registry.named("doccano"))
    assert not (tmp_path / "x.ZIP").exists()


def test_the_project_itself_is_never_replaced_by_whatever_name(project: SqlProject, tmp_path: Path) -> None:
    file = tmp_path / "p.annotator"
    before = file.read_bytes()
    (tmp_path / "link").symlink_to(file)
    os.link(file, tmp_path / "hard")
    for name in ("p.annotator", "link", "hard", "../" + tmp_path.name + "/p.annotator"):
        assert "is a project or another database" in refusal(project, tmp_path / name)
    assert file.read_bytes() == before


def test_a_write_protected_file_is_not_replaced(
    project: SqlProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("old")
    out.chmod(0o444)
    if os.access(out, os.W_OK):  # root may write everything
        monkeypatch.setattr(os, "access", lambda *_, **__: False)
    assert "is write-protected" in refusal(project, out)
    assert out.read_text() == "old"


@pytest.mark.parametrize("existing", [True, False])
def test_a_wrong_line_leaves_what_was_there_and_no_half_file(
    project: SqlProject, tmp_path: Path, existing: bool
) -> None:
    out = tmp_path / "out.jsonl"
    if existing:
        out.write_text("old")
    sentence = refusal(Damaged(project), out)
    assert "claims[0].spans[0]" in sentence
    assert "“something else”" in sentence
    assert (out.read_text() if out.exists() else None) == ("old" if existing else None)
    assert leftovers(tmp_path) == []


def test_a_full_disk_leaves_what_was_there(
    project: SqlProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert refusal(project, out) == f"{out} cannot be written: no space left on device."
    assert out.read_text() == "old"
    assert leftovers(tmp_path) == []


def test_the_corrected_view_is_written(project: SqlProject, tmp_path: Path) -> None:
    result = export(project, tmp_path / "out.jsonl", view="corrected")
    assert "I would simply turn your attention" in (tmp_path / "out.jsonl").read_text()
    assert any("is not in the corrected text" in loss for loss in result.losses)


class Interrupted:
    """The project, while somebody else works on it: ``meanwhile`` happens after the speakers were read."""

    def __init__(self, project: SqlProject, meanwhile: Callable[[], None]) -> None:
        self._project, self._meanwhile = project, meanwhile

    def __getattr__(self, name: str) -> object:
        return getattr(self._project, name)

    def speakers(self) -> list[Speaker]:
        found = self._project.speakers()
        self._meanwhile()
        return found


def commit(project: SqlProject, *changes: Change) -> None:
    with project.begin() as unit:
        unit.apply(Changeset.of(Edit("Meanwhile", changes), "Bo"))
        unit.commit()


def test_a_speaker_made_and_named_during_the_export_is_in_the_line(project: SqlProject, tmp_path: Path) -> None:
    (document,) = project.documents()
    mention, claim = document.mentions[0], document.claims[0]
    made = (Speaker("new-1", "New One"), Speaker("new-2", "New Two"))

    def meanwhile() -> None:
        commit(
            project,
            *(Change(None, speaker) for speaker in made),
            Change(mention, replace(mention, speaker_id="new-1")),
            Change(claim, replace(claim, chain=(*claim.chain, Hop("new-2")))),
        )

    export(Interrupted(project, meanwhile), tmp_path / "out.jsonl")
    line = json.loads((tmp_path / "out.jsonl").read_bytes())
    assert {"New One", "New Two"} <= {speaker["name"] for speaker in line["speakers"]}


def test_verify_sees_no_problem_in_what_is_made_while_it_reads(project: SqlProject) -> None:
    (document,) = project.documents()
    mention = document.mentions[0]

    def meanwhile() -> None:
        commit(project, Change(None, Speaker("new", "New")), Change(mention, replace(mention, speaker_id="new")))

    assert list(verify(Interrupted(project, meanwhile))) == []


def test_a_speaker_renamed_during_the_export_is_the_same_in_every_line(project: SqlProject, tmp_path: Path) -> None:
    (document,) = project.documents()
    copy = replace(document.article, id="copy", position=9)
    mention = next(m for m in document.mentions if m.speaker_id)
    other = replace(mention, id="other", article_id="copy")
    commit(project, Change(None, copy), Change(None, replace(document.source, id="copy")), Change(None, other))
    speaker = next(s for s in project.speakers() if s.id == mention.speaker_id)
    export(
        Interrupted(project, lambda: commit(project, Change(speaker, replace(speaker, name="Renamed")))),
        tmp_path / "out.jsonl",
    )
    again = create_project(str(tmp_path / "again.annotator"))
    assert import_files(again, [tmp_path / "out.jsonl"], annotator="Ann").problems == []
    assert speaker.name in {s.name for s in again.speakers()}
    again.close()


HEAD = "12:" + "0123456789abcdef" * 4
WITHOUT = {
    *("claimreview", "csv", "doccano", "gnqa", "inception-json", "inception-xmi", "jsonl", "label-studio", "m2"),
    *("ocr-pairs", "spacy", "text", "webanno-tsv"),
}
"""Formats that have no place for the head of the change log."""


@pytest.mark.no_cover  # the tests of each format run all of this, too
@pytest.mark.parametrize("name", [form.name for form in registry.writable()])
def test_the_head_of_the_log_is_inside_or_the_report_has_it(name: str, project: SqlProject, tmp_path: Path) -> None:
    form = registry.named(name)
    if not extras.present(form.modules):
        pytest.skip(f"{form.title} needs the extra “{form.extra}”")
    out = "out" if form.write_files is not None else f"out{form.extensions[0]}"
    plain = export(project, tmp_path / f"plain-{out}", form)
    told = export(project, tmp_path / out, form, head=HEAD)
    files = [path for path in (tmp_path / out).rglob("*") if path.is_file()] or [tmp_path / out]
    inside = any(HEAD.encode() in content for path in files for content in (path.read_bytes(), *_unpacked(path)))
    assert inside == (name not in WITHOUT)
    missing = f"This format has no place for the head of the change log; note it: {HEAD}."
    assert [each for each in told.losses if each not in plain.losses] == ([] if inside else [missing])


def _unpacked(path: Path) -> list[bytes]:
    if not zipfile.is_zipfile(path):
        return []
    with zipfile.ZipFile(path) as archive:
        return [archive.read(name) for name in archive.namelist()]


def test_the_scheme_beside_a_dataset_has_the_head_of_the_log_and_is_the_same_scheme(
    project: SqlProject, tmp_path: Path
) -> None:
    told = export(project, tmp_path / "out.jsonl", scheme=DEFAULT_SCHEME, head=HEAD)
    assert not any("change log" in loss for loss in told.losses)
    beside = tmp_path / "out.scheme.json"
    assert json.loads(beside.read_text(encoding="utf-8"))["change_log"] == HEAD
    assert scheme_file.read(beside).terms == DEFAULT_SCHEME.terms

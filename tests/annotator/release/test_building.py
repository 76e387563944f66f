"""A release: from what is done and sound only, whole or not at all, the same bytes for the same project."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from release_samples import SMALL, WISH, changed, commit, contents

from annotator.errors import ExportFailed, ImportFailed, ReleaseRefused, ReleaseStopped
from annotator.formats.published import schema
from annotator.model import CheckSetting, Document
from annotator.release.building import build
from annotator.release.checking import check
from annotator.release.choosing import readiness
from annotator.release.splitting import Plan
from annotator.schemes import DEFAULT_SCHEME
from db.project import SqlProject, open_project


def docs(project: SqlProject) -> list[Document]:
    return list(project.documents())


def test_the_same_project_gives_the_same_bytes_wherever_it_lies(whole: SqlProject, full: Path, tmp_path: Path) -> None:
    shutil.copy(whole.location, tmp_path / "another name.annotator")
    copy = open_project(str(tmp_path / "another name.annotator"), "read")
    try:
        again = build(copy, tmp_path / "again", WISH).folder
    finally:
        copy.close()
    assert contents(again) == contents(full)


def test_every_line_fits_the_schema_beside_it_and_the_manifest_its_own(full: Path, bare: Path) -> None:
    for folder in (full, bare):
        validator = jsonschema.Draft7Validator(json.loads((folder / "schema/article.schema.json").read_text("utf-8")))
        lines = [line for path in (folder / "data").glob("*.jsonl") for line in path.read_bytes().splitlines()]
        assert len(lines) == 21
        for line in lines:
            validator.validate(json.loads(line))
        jsonschema.Draft7Validator(schema("release-manifest-v1")).validate(
            json.loads((folder / "MANIFEST").read_bytes())
        )


def test_what_is_not_done_was_rejected_or_is_in_quarantine_is_left_out_and_told(
    project: SqlProject, tmp_path: Path
) -> None:
    first, *rest = docs(project)
    busy = next(each for each in rest if any(claim.parent_id for claim in each.claims))
    child = next(claim for claim in busy.claims if claim.parent_id)
    parent = next(claim for claim in busy.claims if claim.id == child.parent_id)
    commit(project, (first.article, replace(first.article, state="todo")))
    commit(project, (parent, replace(parent, status="rejected")))
    done = build(project, tmp_path / "out", SMALL)
    assert done.facts.left_out == {"todo": 1, "claims": 1}
    assert "1 article that nobody has begun; 1 claim that were rejected" in (done.folder / "README.md").read_text(
        "utf-8"
    )
    claims = {
        claim["id"]: claim
        for path in (done.folder / "data").glob("*.jsonl")
        for line in path.read_bytes().splitlines()
        for claim in json.loads(line)["claims"]
    }
    assert parent.id not in claims
    assert claims[child.id]["parent_id"] == parent.parent_id
    assert check(done.folder).problems == []


def test_what_blocks_is_named_and_nothing_is_written(project: SqlProject, tmp_path: Path) -> None:
    scheme = replace(DEFAULT_SCHEME, checks=(CheckSetting("unsure", "blocking"),))
    document = next(each for each in docs(project) if each.claims)
    commit(project, (None, scheme), (document.claims[0], replace(document.claims[0], unsure=True)))
    told = readiness(project)
    assert str(told) == "10 of 10 articles are done; 1 blocking problem."
    assert told.obstacles[0].article_id == document.article.id
    with pytest.raises(ReleaseRefused, match="1 problem keeps the project from being released") as refused:
        build(project, tmp_path / "out", SMALL)
    assert refused.value.reasons[0].startswith(f"“{document.article.title}”: ")
    assert not (tmp_path / "out").exists()
    assert not list(tmp_path.glob(".*.partial"))


def test_nothing_done_is_no_release(project: SqlProject, tmp_path: Path) -> None:
    commit(project, *((each.article, replace(each.article, state="needs_review")) for each in docs(project)))
    with pytest.raises(ReleaseRefused, match="0 of 10 articles are done"):
        build(project, tmp_path / "out", SMALL)


def test_a_stop_leaves_nothing_and_progress_ends_at_its_end(project: SqlProject, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    build(project, tmp_path / "out", SMALL, progress=lambda *step: steps.append(step))
    assert steps[-1][0] == steps[-1][1] == len(steps) == 30
    for limit in (1, 12, 25):
        left = iter(range(limit))
        with pytest.raises(ReleaseStopped):
            build(project, tmp_path / "stopped", SMALL, stopped=lambda left=left: next(left, None) is None)
        assert not (tmp_path / "stopped").exists()
    assert not list(tmp_path.glob(".*.partial"))
    with pytest.raises(ExportFailed, match="holds files; give the name of a new folder"):
        build(project, tmp_path / "out", SMALL)


class Changing:
    """A project that somebody changes while it is read."""

    def __init__(self, project: SqlProject) -> None:
        self._project = project
        self._changed = False

    def __getattr__(self, name: str) -> object:
        return getattr(self._project, name)

    def document(self, id_: str) -> Document:
        document = self._project.document(id_)
        if not self._changed:
            self._changed = True
            commit(self._project, (document.article, replace(document.article, outlet="Another Outlet")))
        return document


def test_a_project_that_changes_meanwhile_is_not_released(project: SqlProject, tmp_path: Path) -> None:
    with pytest.raises(ReleaseRefused, match="changed while it was read"):
        build(Changing(project), tmp_path / "out", SMALL)  # type: ignore[arg-type]
    assert not (tmp_path / "out").exists()


def rows(folder: Path) -> Iterator[tuple[str, str]]:
    with (folder / "splits.csv").open(encoding="utf-8", newline="") as stream:
        yield from ((row["id"], row["split"]) for row in csv.DictReader(stream))


def test_since_an_earlier_release_splits_stay_and_changes_are_told(project: SqlProject, tmp_path: Path) -> None:
    wish = changed(SMALL, plan=Plan((50, 25, 25), "x"))
    one = build(project, tmp_path / "one", wish)
    changes = json.loads((one.folder / "changes.json").read_bytes())
    assert changes == {"since": None, "changes": None}
    first, second, *_ = [each for each in docs(project) if each.claims]
    gone = next(claim for claim in first.claims if all(each.parent_id != claim.id for each in first.claims))
    kept = second.claims[0]
    commit(project, (gone, None), (kept, replace(kept, note="Another note.")))
    left = docs(project)[-1].article
    commit(project, (left, replace(left, state="todo")))
    two = build(project, tmp_path / "two", changed(wish, version="1.1.0", with_text=False), one.folder)
    told = json.loads((two.folder / "changes.json").read_bytes())["changes"]
    assert told["claims"]["changed"] == [kept.id]
    assert gone.id in told["claims"]["removed"]
    assert told["articles"] == {"added": [], "removed": [left.id], "changed": []}
    assert dict(rows(two.folder)).items() <= dict(rows(one.folder)).items()
    assert "| articles | 0 | 1 | 0 |" in (two.folder / "CHANGES.md").read_text("utf-8")
    assert check(two.folder).problems == []
    (one.folder / "splits.csv").write_bytes(b"id,split,group\n")
    with pytest.raises(ImportFailed, match=r"splits\.csv differs from its MANIFEST"):
        build(project, tmp_path / "three", wish, one.folder)

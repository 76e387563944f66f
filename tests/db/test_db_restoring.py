"""Two states of a project are compared by their logs; a damaged one is set aside with its journal."""

from __future__ import annotations

import dataclasses
import errno
from pathlib import Path

import pytest
from db_samples import changing, commit, creating, sample

from annotator.errors import ProjectError
from annotator.services.comparing import compare
from db.copies.restoring import restore, set_aside
from db.files import journal_of
from db.project import create_project, open_project


@pytest.fixture
def stored(project):
    stored = sample()
    commit(project, creating(*stored.records))
    return stored


def test_states_that_went_different_ways_are_told_apart(project, stored, tmp_path):
    other_path = tmp_path / "other.annotator"
    project.copy_to(str(other_path))
    other = open_project(str(other_path))
    assert compare(project, other).told() == ["The same as the project is now."]
    more = sample(position=1)
    commit(project, creating(more.article, more.source))
    commit(project, changing(stored.mention, dataclasses.replace(stored.mention, note="n")))
    commit(other, changing(stored.inner, dataclasses.replace(stored.inner, name="B")))
    found = compare(project, other)
    assert (found.common, found.now, found.then) == (1, 2, 1)
    assert (len(found.gone), found.back, found.shared) == (1, (), "1 speaker")
    assert found.changed == ((stored.article.title, "1 mention"),)
    assert compare(other, project).back == found.gone
    assert found.told()[0] == (
        "Both are the same up to change 1; then the project went on with 2 changes and the backup with 1 change."
    )
    other.close()


def test_another_project_is_none_to_go_back_to(project, stored, tmp_path):
    other = create_project(str(tmp_path / "x.annotator"))
    commit(other, creating(*sample().records))
    with pytest.raises(ProjectError, match="another project"):
        compare(project, other)
    other.close()


def test_a_damaged_project_is_set_aside_with_its_journal(project, stored):
    path = Path(project.location)
    backup = project.backups.make("asked")
    project.close()
    damaged = b"x" * 5_000
    path.write_bytes(damaged)
    journal = path.with_name(f"{path.name}-journal")
    journal.write_bytes(b"journal")
    aside = restore(path, Path(backup.path))
    assert aside.read_bytes() == damaged
    assert aside.with_name(f"{aside.name}-journal").read_bytes() == b"journal"
    assert not journal.exists()
    again = open_project(str(path))
    assert again.check_storage() == []
    again.close()


def test_a_damaged_backup_takes_nobodys_place(project, stored, tmp_path):
    project.close()
    path, backup = Path(project.location), tmp_path / "b.annotator"
    before = path.read_bytes()
    backup.write_bytes(before[:-4096])
    with pytest.raises(ProjectError):
        restore(path, backup)
    assert path.read_bytes() == before


def test_a_project_whose_disk_knows_no_second_names_is_moved(project, stored, monkeypatch):
    def refuse(*_):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    path = Path(project.location)
    project.copy_to(str(path.with_name("copy.annotator")))
    with pytest.raises(ProjectError, match="exists already"):
        project.copy_to(str(path.with_name("copy.annotator")))
    project.close()
    before, successor = path.read_bytes(), path.with_name("successor")
    successor.write_bytes(b"successor")
    assert set_aside(path, successor).read_bytes() == before
    assert path.read_bytes() == b"successor"


def test_a_journal_without_its_project_does_not_get_into_what_takes_the_name(project, stored, tmp_path):
    backup = project.backups.make("asked")
    project.close()
    path = Path(project.location)
    path.unlink()
    journal_of(path).write_bytes(b"journal")
    with pytest.raises(ProjectError, match="journal” exists already"):
        create_project(str(path))
    assert restore(path, Path(backup.path)) is None
    assert not journal_of(path).exists()
    assert [each.read_bytes() for each in tmp_path.rglob("*.damaged-*-journal")] == [b"journal"]


def test_who_looks_for_a_project_that_was_set_aside_is_told_where_it_is(tmp_path):
    (tmp_path / "p.damaged-20260101T000000Z.annotator").touch()
    with pytest.raises(ProjectError, match=r"no project .* set aside as “p\.damaged-20260101T000000Z\.annotator”"):
        open_project(str(tmp_path / "p.annotator"))

"""Backups of real files: checked, whole, told of from what is in them, and made while somebody writes."""

from __future__ import annotations

import dataclasses
import os
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from db_samples import changing, commit, creating, sample

from annotator.edits import Change, Changeset, Edit
from annotator.errors import ProjectDamaged, ProjectError
from annotator.model import Speaker, new_id
from annotator.services.keeping import keep_before
from db.copies import copying
from db.copies.backup import told
from db.project import create_project, open_project


@pytest.fixture
def stored(project):
    stored = sample()
    commit(project, creating(*stored.records))
    return stored


def renamed(project, speaker: Speaker, name: str) -> Speaker:
    after = dataclasses.replace(speaker, name=name)
    commit(project, changing(speaker, after))
    return after


def test_a_backup_says_what_is_in_it_and_can_be_opened(project, stored):
    backup = project.backups.make("open")
    path = Path(backup.path)
    assert path.parent == Path(project.location).with_name("Prüfung 100%?#.backups")
    assert path.name.endswith("Z-open.annotator")
    assert abs(datetime.now(UTC) - backup.time) < timedelta(minutes=1)
    assert (backup.articles, backup.claims, backup.speakers, backup.mentions, backup.corrections) == (1, 2, 2, 1, 2)
    assert backup.head == project.head()
    assert backup.size == path.stat().st_size
    assert project.backups.all() == [backup]
    copy = open_project(backup.path)
    assert copy.document(stored.article.id) == project.document(stored.article.id)
    assert copy.check_storage() == []
    copy.close()
    assert sorted(p.name for p in path.parent.iterdir()) == [path.name], "nothing else is left"


def test_without_a_change_there_is_no_other_backup(project, stored):
    assert project.backups.make("open") is not None
    assert project.backups.make("regular") is None
    assert project.backups.make("asked") is not None, "a person gets what was asked for"
    renamed(project, stored.inner, "Two")
    assert project.backups.make("regular") is not None
    assert len(project.backups.all()) == 3


def test_of_an_empty_project_none_is_made(project):
    assert project.backups.make("open") is None
    assert not Path(project.backups.folder).exists()


def test_what_an_edit_would_change_is_backed_up_before(project, stored):
    few = Edit("Few", (Change(stored.inner, dataclasses.replace(stored.inner, name="x")),))
    assert keep_before(project, few) is None
    assert project.backups.all() == []
    many = Edit("Many", tuple(Change(None, Speaker(new_id(), f"S{n}")) for n in range(201)))
    assert keep_before(project, many) is None
    assert [each.reason for each in project.backups.all()] == ["large"]
    commit(project, Changeset.of(many, "a"))
    other = sample(position=1)
    imported = Edit("Import", (Change(None, other.article), Change(None, other.source)))
    assert keep_before(project, imported) is None
    assert [each.reason for each in project.backups.all()] == ["import", "large"]


def test_tidying_keeps_what_is_to_stay_and_touches_nothing_else(project, stored, tmp_path):
    made = project.backups.make("asked")
    folder = Path(project.backups.folder)

    def name(time: datetime, reason: str) -> Path:
        return folder / f"{time.strftime('%Y%m%dT%H%M%S.000')}Z-{reason}.annotator"

    def copy(target: Path) -> Path:
        target.write_bytes(Path(made.path).read_bytes())
        return target

    day = (made.time - timedelta(days=400)).replace(hour=12)  # or ten minutes more were another day
    older = [copy(name(day + timedelta(minutes=10 * n), "regular")) for n in range(3)]
    upgrade = copy(name(day, "upgrade-0001"))
    own = copy(folder / "before I tried things.annotator")
    broken = name(day - timedelta(minutes=1), "regular")
    broken.write_bytes(b"SQLite format 3\0" + b"x" * 200)
    other_path = tmp_path / "other.annotator"
    other = create_project(str(other_path))
    commit(other, creating(*sample().records))
    other.close()
    strange = name(day - timedelta(minutes=2), "regular")
    strange.write_bytes(other_path.read_bytes())
    project.backups.tidy(made)
    left = set(folder.iterdir())
    assert left == {Path(made.path), older[2], upgrade, own, broken, strange}
    assert [bool(each.problem) for each in project.backups.all()].count(True) == 1


def test_a_damaged_project_is_not_copied(project, stored):
    commit(project, *(creating(*sample(position=n).records) for n in range(1, 20)))
    project.close()
    path = Path(project.location)
    content = bytearray(path.read_bytes())
    content[8 * 4096 : 12 * 4096] = b"\xff" * (4 * 4096)
    path.write_bytes(content)
    with pytest.raises(ProjectDamaged, match="damaged"):
        project.backups.make("asked")
    assert list(Path(project.backups.folder).iterdir()) == []


def test_what_sqlite_says_of_a_damage_on_several_lines_is_told_on_one(project, stored):
    project.close()
    path = Path(project.location)
    content = bytearray(path.read_bytes())
    leaf = next(at for at in range(4096, len(content), 4096) if content[at] == 13)
    content[leaf + 7] += 4  # bytes between cells that are not there
    path.write_bytes(content)
    with pytest.raises(ProjectDamaged, match="Fragmentation") as told:
        project.backups.make("asked")
    assert str(told.value).isprintable()


def test_a_copy_that_differs_from_the_project_is_not_kept(project, stored, monkeypatch):
    facts = copying.facts_of
    answers = iter((1, 0))
    monkeypatch.setattr(
        copying, "facts_of", lambda c: dataclasses.replace(facts(c), counts=(next(answers), 0, 0, 0, 0))
    )
    monkeypatch.setattr("db.copies.backup.facts_of", facts)
    with pytest.raises(ProjectError, match="does not hold what it holds"):
        project.backups.make("asked")
    assert list(Path(project.backups.folder).iterdir()) == []


def test_one_sentence_when_the_disk_is_full_or_the_folder_cannot_be_made(project, stored, monkeypatch):
    def full(*_):
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(copying, "_check", full)
        with pytest.raises(
            ProjectError, match=r"^No backup of “Prüfung 100%\?#\.annotator” could be made: the disk is"
        ):
            project.backups.make("asked")
    assert keep_before(project, Edit("", ())) is None
    Path(project.backups.folder).rmdir()
    Path(project.backups.folder).write_text("in the way")
    with pytest.raises(ProjectError, match=r"the folder “Prüfung 100%\?#\.backups” cannot be made\.$"):
        project.backups.make("asked")
    assert project.backups.all() == []


def test_names_are_not_taken_twice(project, stored):
    names = {Path(project.backups.make("asked").path).name for _ in range(4)}
    assert len(names) == 4
    assert [Path(b.path).name for b in project.backups.all()] == sorted(names, reverse=True)


def test_elsewhere_nothing_is_replaced(project, stored, tmp_path):
    target = tmp_path / "copy.annotator"
    project.copy_to(str(target))
    assert told(target).head == project.head()
    before = target.read_bytes()
    with pytest.raises(ProjectError, match="exists already"):
        project.copy_to(str(target))
    assert target.read_bytes() == before


def test_a_stopped_copy_leaves_nothing(project, stored):
    assert project.backups.make("asked", lambda: True) is None
    assert list(Path(project.backups.folder).iterdir()) == []


def test_copying_beside_a_writer_holds_nobody_up_and_copies_one_state(project, stored, monkeypatch):
    """A commit between any two steps: the copy is begun anew, and is a state that was committed."""
    monkeypatch.setattr(copying, "_PAGES", 4)
    names = [f"name {n}" for n in range(30)]

    def between_steps() -> bool:
        if names:
            nonlocal speaker
            speaker = renamed(project, speaker, names.pop())  # on this thread, while the copy is half done
        return False

    speaker = stored.inner
    backup = project.backups.make("asked", between_steps)
    assert not names, "thirty commits came between"
    copy = open_project(backup.path)
    assert copy.check_storage() == []
    assert copy.head() == backup.head == project.head()
    copy.close()


def test_a_project_that_is_written_all_the_time_is_backed_up_later(project, stored, monkeypatch):
    monkeypatch.setattr(copying, "_PAGES", 4)
    monkeypatch.setattr(copying, "_BEGUN_ANEW", 5)
    numbers = iter(range(1000))
    speaker = stored.inner

    def between_steps() -> bool:
        nonlocal speaker
        speaker = renamed(project, speaker, f"name {next(numbers)}")
        return False

    with pytest.raises(ProjectError, match="backed up later"):
        project.backups.make("asked", between_steps)
    assert list(Path(project.backups.folder).iterdir()) == []


def test_the_file_and_the_folder_are_synced_before_and_after_the_name(project, stored, monkeypatch):
    done: list[str] = []
    fsync, replace, open_files = os.fsync, Path.replace, Path("/proc/self/fd")
    if not open_files.exists():
        pytest.skip("this system does not say which file a descriptor is")

    def named_fsync(descriptor: int) -> None:
        done.append(f"sync {(open_files / str(descriptor)).readlink()}")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", named_fsync)
    monkeypatch.setattr(Path, "replace", lambda a, b: (done.append(f"name {b.name}"), replace(a, b))[1])
    backup = project.backups.make("asked")
    folder = project.backups.folder
    assert done[0] == f"sync {Path(folder).parent}", "the name of the new folder"
    assert done[1].startswith(f"sync {folder}/.")
    assert done[2:] == [f"name {Path(backup.path).name}", f"sync {folder}"]

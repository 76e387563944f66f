"""What is left of a damaged file is put together again, as far as the chain holds; what is missing is said."""

from __future__ import annotations

import dataclasses
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from db_samples import changing, commit, creating, sample

from annotator.errors import ProjectDamaged, ProjectError
from annotator.ports import WorkTime
from annotator.services.verify import verify
from db.copies import carving
from db.copies.rebuilding import rebuild
from db.copies.restoring import rebuild_in_place
from db.copies.salvage import Salvage
from db.files import journal_of
from db.project import create_project, open_project

PAGE = 4096


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    """A project of forty changes, some of them long."""
    path = tmp_path_factory.mktemp("whole") / "p.annotator"
    with closing(create_project(str(path))) as project:
        for number in range(10):
            made = sample("Long words. " * 2_000 if number % 3 == 0 else "Some words.  More.", position=number)
            commit(project, creating(*made.records))
            renamed = dataclasses.replace(made.inner, name=f"Name {number}")
            commit(project, changing(made.inner, renamed))
            commit(
                project, changing(made.claim, dataclasses.replace(made.claim, chain=())), changing(made.mention, None)
            )
            if number == 5:
                project.backups.make("regular")
        project.add_work_time(WorkTime(made.article.id, "anna", "2026-01-01", 61))
    return path


@pytest.fixture
def damaged(whole, tmp_path) -> Path:
    return Path(shutil.copyfile(whole, tmp_path / "p.annotator"))


def head_of(path: Path):
    with closing(open_project(str(path), "read")) as project:
        assert [str(problem) for problem in verify(project)] == []
        return project.head()


def tables(path: Path) -> dict[str, list[tuple]]:
    with closing(sqlite3.connect(path)) as connection:
        names = [n for (n,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in names}


def test_of_a_sound_file_all_is_rebuilt_to_the_last_row(whole, tmp_path):
    made = rebuild(whole, tmp_path / "new.annotator")
    assert made.notes == ()
    assert made.head == head_of(whole)
    assert tables(tmp_path / "new.annotator") == tables(whole)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],
        lambda data: data[:-PAGE],
        lambda data: bytes(PAGE) + data[PAGE:],
        lambda data: data[: 12 * PAGE] + bytes(6 * PAGE) + data[18 * PAGE :],
        lambda data: b"\xff" * 100 + data[100:],
        lambda data: data[:-1_000],
    ],
    ids=["half", "the last page", "the first page", "six pages", "the header", "cut inside a page"],
)
def test_whatever_is_lost_the_rest_is_sound_and_what_is_missing_is_said(damage, damaged, whole, tmp_path):
    damaged.write_bytes(damage(damaged.read_bytes()))
    before, new = damaged.read_bytes(), tmp_path / "new.annotator"
    try:
        made = rebuild(damaged, new)
    except ProjectDamaged:
        assert not new.exists()
    else:
        assert head_of(new) == made.head
        with closing(open_project(str(whole), "read")) as sound:
            assert sound.hash_at(made.head.seq) == made.head.hash, "it is what the project was"
        backed = rebuild(damaged, tmp_path / "backed.annotator", next(whole.with_suffix(".backups").iterdir()))
        assert backed.head.seq >= max(24, made.head.seq)
    assert damaged.read_bytes() == before


def test_bytes_that_flipped_cost_what_they_hit(damaged, whole, tmp_path):
    rng, content = random.Random(7), bytearray(damaged.read_bytes())
    for _ in range(30):
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    damaged.write_bytes(content)
    backup = next(whole.with_suffix(".backups").iterdir())
    made = rebuild(damaged, tmp_path / "new.annotator", backup)
    assert head_of(tmp_path / "new.annotator") == made.head
    assert made.head.seq >= 24, "at least what the backup holds"


def test_a_backup_fills_the_gap_and_the_damaged_file_goes_on_behind_it(damaged, whole, tmp_path):
    with closing(sqlite3.connect(damaged)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("DELETE FROM change WHERE changeset_seq IN (3, 4, 5)")
        connection.commit()
        connection.execute("VACUUM")
    alone = rebuild(damaged, tmp_path / "alone.annotator")
    assert alone.head.seq == 2
    assert alone.notes[0].startswith("Change 3 cannot be read; ")
    backup = next(whole.with_suffix(".backups").iterdir())
    made = rebuild(damaged, tmp_path / "new.annotator", backup)
    assert made.notes == ("3 changes came from the backup: 3–5.",)
    assert made.head == head_of(whole) == head_of(tmp_path / "new.annotator")
    assert tables(tmp_path / "new.annotator") == tables(whole)


def test_a_journal_that_was_left_and_one_that_is_missing(damaged, whole, tmp_path):
    """Killed in the middle of a change: with the journal, and after somebody removed it."""
    connection = sqlite3.connect(damaged, isolation_level=None)
    connection.execute("PRAGMA cache_size=1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE speaker SET note = note || ? ", ("x" * 3_000,))
    connection.execute("UPDATE source_text SET file_name = file_name || ?", ("x" * 3_000,))
    left = tmp_path / "left"
    left.mkdir()
    for name in (damaged.name, f"{damaged.name}-journal"):
        shutil.copyfile(damaged.with_name(name), left / name)
    connection.execute("ROLLBACK")
    connection.close()
    assert (left / f"{damaged.name}-journal").stat().st_size > PAGE
    for number in range(2):
        made = rebuild(left / damaged.name, tmp_path / f"{number}.annotator")
        assert made.head == head_of(whole)
        assert tables(tmp_path / f"{number}.annotator") == tables(whole)
        (left / f"{damaged.name}-journal").unlink(missing_ok=True)


def test_nothing_that_exists_is_replaced_and_nothing_is_left_of_what_fails(damaged, whole, tmp_path):
    with pytest.raises(ProjectError, match="exists already"):
        rebuild(whole, damaged)
    for content in (b"", b"no database at all" * 1_000):
        damaged.write_bytes(content)
        with pytest.raises(ProjectDamaged, match="not even the first change"):
            rebuild(damaged, tmp_path / "new.annotator")
    with pytest.raises(ProjectError, match="There is no project"):
        rebuild(tmp_path / "none.annotator", tmp_path / "new.annotator")
    assert [path.name for path in tmp_path.iterdir()] == ["p.annotator"]


@pytest.mark.parametrize("journal", [b"", b"journal"])
def test_a_disk_that_fails_at_the_last_step_is_told_and_the_damaged_file_named(journal, damaged, whole, monkeypatch):
    replaced = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target == damaged:
            raise OSError(28, "No space left on device")
        return replaced(self, target)

    if journal:
        journal_of(damaged).write_bytes(journal)
    monkeypatch.setattr(Path, "replace", refuse)
    moved = r" The damaged project is “p.damaged-.*” now\." if journal else ""
    with pytest.raises(ProjectError, match=rf"cannot be set aside: no space left on device\.{moved}$"):
        rebuild_in_place(damaged)
    left = {path.name: path.read_bytes() for path in damaged.parent.iterdir()}
    assert sorted(left.values()) == sorted([whole.read_bytes(), journal] if journal else [whole.read_bytes()])
    assert ("p.annotator" in left) == (not journal)


def test_every_row_is_found_without_sqlite(whole):
    found = [values for _, values in carving.rows(whole)]
    with closing(sqlite3.connect(whole)) as connection:
        for table, columns in (("change", 7), ("source_text", 6), ("work_time", 4)):
            stored = set(connection.execute(f"SELECT * FROM {table}"))
            assert stored <= {values for values in found if len(values) == columns}


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="what is open cannot be listed here")
def test_a_file_of_rows_that_cannot_be_written_is_closed(tmp_path):
    rows = tmp_path / "rows"
    rows.write_bytes(b"no database " * 100)
    with pytest.raises(sqlite3.DatabaseError):
        Salvage(rows)
    assert rows not in [each.readlink() for each in Path("/proc/self/fd").iterdir() if each.is_symlink()]

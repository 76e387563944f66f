"""Migrations and tables say the same; older files are backed up and upgraded."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from db_samples import changing, commit, creating, sample
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from annotator.errors import ProjectError
from annotator.services.verify import verify
from db import migrate
from db.engine import APPLICATION_ID, sqlite_engine
from db.project import open_project
from db.schema import Base


def schema_of(path) -> list[tuple[str, str, str]]:
    """Every statement of the schema; what stands in a table in any order, since a rebuilt table has its own."""
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    connection.close()
    plain = ((kind, name, " ".join((sql or "").replace('"', "").split())) for kind, name, sql in rows)
    return sorted((k, name, ", ".join(sorted(sql[:-1].split(", "))) if k == "table" else sql) for k, name, sql in plain)


@pytest.fixture
def old(path):
    """A file of this program from before the first tables: the oldest there can be."""
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute("PRAGMA user_version=7")
    key = "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)"
    connection.execute(f"CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, {key})")
    connection.commit()
    connection.close()
    return path


def test_the_known_revisions_are_those_of_the_scripts():
    config = Config()
    config.set_main_option("script_location", str(migrate.MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    assert [script.revision for script in scripts.walk_revisions()][::-1] == list(migrate.REVISIONS)
    assert scripts.get_heads() == [migrate.HEAD]


def test_migrating_and_creating_give_the_same_schema(project, path, tmp_path):
    migrated = tmp_path / "migrated.annotator"
    sqlite3.connect(migrated).close()
    engine = sqlite_engine(migrated, writer=True)
    migrate.upgrade(engine)
    assert schema_of(migrated) == schema_of(path)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        assert migrate.revision_of(connection) == migrate.HEAD
    engine.dispose()


def test_an_older_file_is_backed_up_and_upgraded(old):
    before = old.read_bytes()
    project = open_project(str(old))
    commit(project, creating(*sample().records))
    assert project.check_storage() == []
    project.close()
    (backup,) = old.with_suffix(".backups").iterdir()
    assert backup.name.endswith("Z-upgrade-none.annotator")
    copy = sqlite3.connect(backup)
    assert copy.execute("PRAGMA user_version").fetchone() == (7,)
    assert copy.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table'").fetchone() == (1,)
    copy.close()
    assert len(backup.read_bytes()) == len(before)


def test_an_upgrade_that_fails_changes_nothing(old):
    connection = sqlite3.connect(old)
    connection.execute("CREATE TABLE correction (x)")  # in the way of the sixth table
    connection.commit()
    connection.close()
    before = old.read_bytes()
    with pytest.raises(Exception, match="correction"):
        open_project(str(old))
    assert old.read_bytes() == before


def test_an_older_file_that_cannot_be_written_is_not_opened(old):
    with pytest.raises(ProjectError, match="older version"):
        open_project(str(old), "read")


def test_creating_and_opening_do_not_import_alembic(tmp_path):
    code = (
        "import sys; from db.project import create_project, open_project\n"
        "create_project(sys.argv[1]).close(); p = open_project(sys.argv[1]); p.summaries(); p.close()\n"
        "assert not [m for m in sys.modules if m.startswith(('alembic', 'mako', 'psycopg'))]"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "x.annotator")], check=True)


def test_the_tables_can_be_made_in_postgresql():
    dialect = postgresql.dialect()
    for table in Base.metadata.sorted_tables:
        made = str(CreateTable(table).compile(dialect=dialect))
        assert made.count("REFERENCES") == made.count("DEFERRABLE INITIALLY DEFERRED")
        assert "SERIAL" not in made
        for index in table.indexes:
            assert str(CreateIndex(index).compile(dialect=dialect))


RELEASED = Path(__file__).parent / "released"
"""Projects as each version of the program made them, as SQL. A new revision adds one, and none is ever changed."""


def test_there_is_a_project_of_every_revision():
    assert sorted(each.stem for each in RELEASED.iterdir()) == sorted(migrate.REVISIONS)


@pytest.mark.parametrize("revision", migrate.REVISIONS)
def test_a_project_of_every_revision_is_upgraded_with_all_that_it_holds(path, revision):
    connection = sqlite3.connect(path)
    connection.executescript((RELEASED / f"{revision}.sql").read_text(encoding="utf-8"))
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.close()
    project = open_project(str(path))
    assert [problem.message for problem in verify(project)] == []
    (document,) = project.documents()
    assert (len(document.claims), len(document.mentions), len(document.corrections)) == (2, 1, 2)
    assert len(document.speakers) == 2
    assert project.head().seq >= 1
    created = project.changeset(project.history()[0].id)
    assert set(created.edit.by_kind) == {
        "article",
        "source_text",
        "speaker",
        "mention",
        "claim",
        "correction",
    }
    project.close()
    assert schema_of(path)


def test_what_is_changed_after_an_upgrade_follows_from_what_was_written_before(path):
    connection = sqlite3.connect(path)
    connection.executescript((RELEASED / "0001.sql").read_text(encoding="utf-8"))
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.close()
    project = open_project(str(path))
    (document,) = project.documents()
    claim = next(each for each in document.claims if each.chain)
    commit(project, changing(claim, replace(claim, note="After the upgrade")))
    assert [problem.message for problem in verify(project)] == []
    project.close()
    connection = sqlite3.connect(path)  # a value that only the table has
    connection.execute("UPDATE claim SET note = 'nobody wrote this' WHERE id = ?", (claim.id,))
    connection.commit()
    connection.close()
    project = open_project(str(path))
    assert any("differs from what the change log says" in problem.message for problem in verify(project))
    project.close()

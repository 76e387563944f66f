"""Migrations and tables say the same; older files are backed up and upgraded."""

from __future__ import annotations

import sqlite3
import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from db_samples import commit, creating, sample
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from annotator.errors import ProjectError
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
    connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
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
    assert copy.execute("SELECT count(*) FROM sqlite_master").fetchone() == (1,)
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

"""The roles that the program proposes: an annotator can work and cannot alter the log, a reader can only read."""

from __future__ import annotations

import dataclasses
import subprocess
from pathlib import Path

import pytest
from db_samples import changing, commit, creating, sample

from annotator.errors import ProjectError, ProjectReadOnly
from annotator.ports import WorkTime
from db.project import create_project, open_project
from db.roles import roles_script
from ui.cli.main import main


@pytest.fixture(scope="module")
def name(postgres):
    """A database with an awkward name, in which the roles are as the script makes them, run twice."""
    postgres.run("postgres", 'CREATE DATABASE "Team \'1"')
    create_project(postgres.url("Team%20'1")).close()
    psql = Path(postgres.programs) / "psql"
    for _ in range(2):
        command = [psql, "-X", "-q", "-d", "Team '1", "-h", postgres.folder, "-U", "postgres", "-f", "-"]
        script = roles_script(postgres.url("Team%20'1"))
        done = subprocess.run(command, input=script, text=True, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
    postgres.run("Team '1", 'CREATE ROLE ann LOGIN IN ROLE "Team \'1_annotator"', "CREATE ROLE stranger LOGIN")
    postgres.run("Team '1", 'CREATE ROLE rita LOGIN IN ROLE "Team \'1_reader"')
    return "Team%20'1"


@pytest.fixture
def of(postgres, name):
    """Opens the project as somebody."""
    opened = []

    def open_as(user):
        opened.append(open_project(postgres.url(name, user)))
        return opened[-1]

    yield open_as
    for project in opened:
        project.close()


def test_an_annotator_can_work(of):
    project = of("ann")
    assert (project.read_only, project.notice) == (False, None)
    made = sample()
    commit(project, creating(*made.records))
    commit(project, changing(made.claim, dataclasses.replace(made.claim, note="n", chain=made.claim.chain[:1])))
    commit(project, changing(made.article, dataclasses.replace(made.article, title="New")))
    commit(project, changing(made.factual, None))
    project.add_work_time(WorkTime(made.article.id, "ann", "2026-11-30", 5))
    project.add_work_time(WorkTime(made.article.id, "ann", "2026-11-30", 5))
    assert [time.seconds for time in project.work_times()] == [10]
    assert project.check_storage() == []
    gone = (record for record in made.records if record is not made.factual)
    stored = [project.get(type(record).__name__.lower(), record.id) for record in gone if record is not made.source]
    commit(project, *(changing(record, None) for record in (made.source, *filter(None, stored))))
    assert project.check_storage() == []


FORBIDDEN = [
    "UPDATE changeset SET title = 'x'",
    "DELETE FROM changeset",
    "UPDATE change SET after = NULL",
    "DELETE FROM change",
    "TRUNCATE change",
    "TRUNCATE changeset CASCADE",
    "UPDATE source_text SET text = 'x'",
    "UPDATE project SET value = 'x'",
    "UPDATE alembic_version SET version_num = '0'",
    "DROP TABLE change",
    "ALTER TABLE changeset DISABLE TRIGGER ALL",
    "CREATE TABLE mine (id int)",
    "SET session_replication_role = replica",
    "ALTER FUNCTION change_log_is_append_only() RENAME TO other",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_an_annotator_cannot_alter_what_was_logged(postgres, name, statement):
    import psycopg

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        postgres.run("Team '1", "SET ROLE ann", statement)


@pytest.mark.parametrize("statement", [*FORBIDDEN, "DELETE FROM claim", "INSERT INTO project VALUES ('a', 'b')"])
def test_a_reader_can_change_nothing(postgres, name, statement):
    import psycopg

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        postgres.run("Team '1", "SET ROLE rita", statement)


def test_a_reader_is_shown_the_project_read_only(of):
    project = of("rita")
    assert project.read_only
    assert project.notice == "Your role may only read in “Team '1”. It is shown read-only."
    assert project.check_storage() == []
    with pytest.raises(ProjectReadOnly):
        project.begin()


def test_nobody_else_comes_in(of):
    with pytest.raises(ProjectError, match=r"lacks the rights|does not let you in"):
        of("stranger")


def test_the_command_prints_the_script_and_refuses_files(tmp_path, capsys):
    assert main(["database-roles", "postgresql+psycopg://anna:geheim@nowhere.invalid/news"]) == 0
    printed = capsys.readouterr().out
    assert 'GRANT INSERT ON changeset, change TO "news_annotator";' in printed
    assert "geheim" not in printed
    assert main(["database-roles", str(tmp_path / "x.annotator")]) == 2
    assert "PostgreSQL" in capsys.readouterr().err

"""A project on a PostgreSQL server: made, guarded, ordered and refused as one in a file is."""

from __future__ import annotations

import dataclasses
from contextlib import closing
from pathlib import Path

import pytest
from db_samples import changing, commit, creating, sample, sha256
from sqlalchemy import create_engine, inspect, make_url

from annotator.edits import Change, Changeset, Edit
from annotator.errors import (
    ConnectionLost,
    InvalidEdit,
    ProjectBusy,
    ProjectError,
    ProjectNewer,
    ProjectReadOnly,
    StaleEdit,
)
from annotator.model import Article, SourceText, Speaker, new_id
from annotator.ports import WorkTime
from annotator.services.verify import verify
from db import migrate, server
from db.project import create_project, open_project
from ui.cli.main import main


@pytest.fixture
def project(project_url):
    project = open_project(project_url)
    yield project
    project.close()


@pytest.fixture
def stored(project):
    stored = sample()
    commit(project, creating(*stored.records))
    return stored


def test_what_another_thread_still_uses_when_the_project_is_closed_is_closed_with_its_end(project_url):
    project = open_project(project_url)
    with project.begin() as unit:
        connection = unit._session.connection().connection.driver_connection
        project.close()
        assert not connection.closed
    assert connection.closed


# -- making and opening ------------------------------------------------------------------------------------------


def test_a_project_is_made_once_and_only_where_there_is_a_database(postgres):
    name = postgres.make_database()
    made = create_project(postgres.url(name))
    assert (made.name, made.read_only, made.notice, made.check_storage()) == (name, False, None, [])
    with pytest.raises(ProjectError, match="holds a project already"):
        create_project(postgres.url(name))
    made.close()
    with pytest.raises(ProjectError, match="no database “nowhere”"):
        create_project(postgres.url("nowhere"))
    with pytest.raises(ProjectError, match="holds no project"):
        open_project(postgres.url("postgres"))


def test_tables_of_somebody_else_are_left_alone(postgres):
    name = postgres.make_database()
    postgres.run(name, "CREATE TABLE claim (id int)")
    with pytest.raises(ProjectError, match="tables of the project's names"):
        create_project(postgres.url(name))
    assert postgres.run(name, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'") == [("claim",)]


def test_a_database_that_cannot_hold_every_text_is_refused(postgres):
    name = postgres.make_database("TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    with pytest.raises(ProjectError, match="stores text as LATIN1"):
        create_project(postgres.url(name))


def test_a_newer_project_is_refused(postgres, project_url):
    name = make_url(project_url).database
    postgres.run(name, "UPDATE alembic_version SET version_num = '9999'")
    try:
        with pytest.raises(ProjectNewer):
            open_project(project_url)
    finally:
        postgres.run(name, f"UPDATE alembic_version SET version_num = '{migrate.HEAD}'")


def test_an_older_project_is_upgraded_to_what_a_new_one_is(postgres):
    from alembic import command
    from alembic.config import Config

    old, new = postgres.make_database(), postgres.make_database()
    create_project(postgres.url(new)).close()
    config = Config()
    config.set_main_option("script_location", str(migrate.MIGRATIONS))
    engine = create_engine(postgres.url(old))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, migrate.REVISIONS[0])
    engine.dispose()
    with pytest.raises(ProjectError, match="opened for writing once"):
        open_project(postgres.url(old), "read")
    upgraded = open_project(postgres.url(old))
    commit(upgraded, creating(*sample().records))
    assert upgraded.check_storage() == []
    upgraded.close()
    assert _shape(postgres.url(old)) == _shape(postgres.url(new))
    triggers = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1"
    assert postgres.run(old, triggers) == postgres.run(new, triggers) != []


def _shape(url: str) -> dict[str, list[tuple[str, str]]]:
    engine = create_engine(url)
    found = inspect(engine)
    shape = {
        table: sorted((column["name"], str(column["type"]).split(" ")[0]) for column in found.get_columns(table))
        for table in found.get_table_names()
    }
    engine.dispose()
    return shape


# -- the change log ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET {}='x'", "TRUNCATE {} CASCADE"])
@pytest.mark.parametrize(("table", "column"), [("changeset", "title"), ("change", "kind")])
def test_the_change_log_can_only_grow(postgres, project, stored, statement, table, column):
    import psycopg

    with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
        postgres.run(project.name, statement.format(table, column))


# -- order, text and time ----------------------------------------------------------------------------------------


def test_names_are_sorted_by_code_points_whatever_the_database_does(postgres):
    name = postgres.make_database("TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en' LOCALE 'C.UTF-8'")
    project = create_project(postgres.url(name))
    names = ["b", "Z", "a", "é", "A", "-a", "\U0001f600", "\uffee"]
    for actor in names:
        edit = Edit("Add", (Change(None, Speaker(new_id(), actor)),))
        commit(project, Changeset.of(edit, actor))
    ids = [f"{name}-1" for name in names]
    commit(project, *(creating(Article(id=id_, title="T"), SourceText(id_, "", sha256(""))) for id_ in ids))
    assert project.actors() == sorted([*names, "anna"])
    assert project.article_ids() == sorted(ids)
    assert project.check_storage() == []
    project.close()


def test_what_no_database_can_store_is_refused(project, stored):
    change = Change(stored.inner, dataclasses.replace(stored.inner, name="x"))
    for title in ("A\0B", "\ud83d"):
        with pytest.raises(InvalidEdit, match=r"cannot be stored|cannot store"):
            commit(project, Changeset.of(Edit(title, (change,)), "anna"))
    with pytest.raises(InvalidEdit, match="cannot store"):
        project.get("speaker", "\0")
    assert project.get("speaker", stored.inner.id) == stored.inner


def test_a_reader_sees_one_moment_and_keeps_no_writer_waiting(project, stored, project_url):
    other = open_project(project_url)
    with other._reading() as connection:
        from db import reading

        before = reading.load_one(connection, "speaker", stored.inner.id)
        commit(project, changing(stored.inner, dataclasses.replace(stored.inner, name="new")))
        assert reading.load_one(connection, "speaker", stored.inner.id) == before
    assert other.get("speaker", stored.inner.id).name == "new"
    other.close()


def test_a_writer_that_does_not_get_its_turn_says_so(project, stored, project_url, monkeypatch):
    monkeypatch.setattr(server, "_BEGIN_WRITE", server._BEGIN_WRITE.replace(f"{server.TURN_SECONDS}s", "50ms"))
    other = open_project(project_url)
    with other.begin(), pytest.raises(ProjectBusy, match="Somebody else is writing"):
        commit(project, changing(stored.inner, None))
    commit(project, changing(stored.inner, dataclasses.replace(stored.inner, name="new")))
    other.close()


def test_a_database_that_only_lets_people_read(postgres, project, stored, project_url):
    url = f"{project_url}&options={'-c%20default_transaction_read_only%3Don'}"
    reader = open_project(url)
    assert reader.read_only
    assert "only read" in reader.notice
    assert reader.get("speaker", stored.inner.id) == stored.inner
    with pytest.raises(ProjectReadOnly):
        reader.begin()
    reader.close()
    with pytest.raises(ProjectReadOnly, match="only read"):
        open_project(url, "write")


# -- the connection ----------------------------------------------------------------------------------------------


def test_a_cut_connection_is_told_and_made_again(postgres, project, stored):
    new = dataclasses.replace(stored.inner, name="new")
    with pytest.raises(ConnectionLost, match=r"was cut|does not answer"), project.begin() as unit:  # noqa: PT012
        postgres.cut(project.name)
        unit.apply(changing(stored.inner, new))
    assert project.get("speaker", stored.inner.id) == stored.inner
    postgres.cut(project.name)
    commit(project, changing(stored.inner, new))
    assert project.get("speaker", stored.inner.id) == new


def test_a_server_that_is_down_is_told_and_waited_for(postgres, project, stored):
    postgres.stop()
    try:
        for ask in (project.summaries, project.begin().__enter__, project.work_times):
            with pytest.raises(ConnectionLost, match="does not answer"):
                ask()
        with pytest.raises(ConnectionLost):
            open_project(postgres.url(project.name))
    finally:
        postgres.start()
    assert project.get("speaker", stored.inner.id) == stored.inner


# -- the command line --------------------------------------------------------------------------------------------


def test_every_command_works_on_a_server(postgres, tmp_path, capsys):
    url = postgres.url(postgres.make_database())
    seeds = Path(__file__).resolve().parents[2] / "seeds"
    out, again = tmp_path / "out.jsonl", postgres.url(postgres.make_database())
    assert main(["new", url]) == 0
    assert main(["import", url, str(seeds / "examples.gold.jsonl")]) == 0
    assert main(["stats", url]) == 0
    assert main(["export", url, str(out)]) == 0
    assert main(["verify", url]) == 0
    assert main(["new", again]) == 0
    assert main(["import", again, str(out)]) == 0
    back = tmp_path / "back.jsonl"
    assert main(["export", again, str(back)]) == 0
    assert back.read_bytes() == out.read_bytes()
    release = str(tmp_path / "release")
    assert main(["release", url, release, "--creator", "Doe, Jane", "--seed", "7"]) == 0
    assert main(["release", "--check", release]) == 0
    assert "unexpected" not in capsys.readouterr().err


# -- as a file ------------------------------------------------------------------------------------------------------


def test_the_whole_of_it_goes_into_a_file_with_its_log_and_with_what_waits(project, stored, tmp_path, capsys):
    commit(project, changing(stored.inner, dataclasses.replace(stored.inner, name="B")))
    project.add_work_time(WorkTime(stored.article.id, "anna", "2026-01-01", 61))
    more = sample(position=1)
    project.copy_to(str(tmp_path / "with.annotator"), [creating(more.article, more.source)])
    assert main(["backup", project.location, str(tmp_path / "same.annotator")]) == 0
    assert str(project.head()) in capsys.readouterr().out
    with closing(open_project(str(tmp_path / "same.annotator"))) as same:
        assert list(verify(same)) == []
        assert same.head() == project.head()
        assert same.document(stored.article.id) == project.document(stored.article.id)
        assert same.work_times() == project.work_times()
        assert same.hash_at(1) == project.hash_at(1)
    with closing(open_project(str(tmp_path / "with.annotator"))) as copy:
        assert list(verify(copy)) == []
        assert len(copy.article_ids()) == 2
        assert copy.head().seq == project.head().seq + 1
    taken = creating(stored.article)
    with pytest.raises(StaleEdit):
        project.copy_to(str(tmp_path / "none.annotator"), [taken])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["same.annotator", "with.annotator"]

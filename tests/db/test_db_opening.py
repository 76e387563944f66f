"""Opening and creating: pragmas, every bad file with one clear sentence, read-only, and who may write."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from db_samples import commit, creating, sample
from sqlalchemy import text
from users import as_ordinary_user

from annotator.errors import ProjectBusy, ProjectDamaged, ProjectError, ProjectNewer, ProjectReadOnly
from db.engine import APPLICATION_ID
from db.files import network_share
from db.lock import lock_path
from db.project import create_project, open_project

HOLDER = """
import sys
from db.project import open_project
project = open_project(sys.argv[1])
assert not project.read_only
print("open", flush=True)
sys.stdin.readline()
project.close()
"""


def test_a_new_project_and_its_pragmas(project, path):
    with project._engine.connect() as connection:

        def pragma(name):
            return connection.execute(text(f"PRAGMA {name}")).scalar()

        assert pragma("foreign_keys") == 1
        assert pragma("trusted_schema") == 0
        assert pragma("cell_size_check") == 1
        assert pragma("journal_mode") == "truncate"
        assert pragma("synchronous") == 2
        assert pragma("busy_timeout") == 2000
        assert pragma("application_id") == APPLICATION_ID
    assert project._engine.hide_parameters
    assert (project.name, project.location) == (path.stem, str(path))
    assert not project.read_only
    assert project.notice is None
    assert project.check_storage() == []


def test_a_write_takes_the_lock_at_once_and_a_read_does_not(project):
    statements = []
    from sqlalchemy import event

    event.listen(project._engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    project.summaries()
    assert statements[0] == "BEGIN"
    statements.clear()
    with project.begin():
        assert statements == ["BEGIN IMMEDIATE"]


def test_nothing_is_left_beside_a_closed_project(project, path):
    commit(project, creating(*sample().records))
    assert {p.name for p in path.parent.iterdir()} == {path.name, f"{path.name}-lock", f"{path.name}-journal"}
    project.close()
    project.close()
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_opening_and_reading_change_no_byte(project, path):
    commit(project, creating(*sample().records))
    project.close()
    before = path.read_bytes()
    for access in ("auto", "read", "write"):
        reopened = open_project(str(path), access)
        assert len(list(reopened.documents())) == 1
        assert reopened.check_storage() == []
        reopened.close()
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_a_url_and_a_relative_path_name_the_same_file(tmp_path, monkeypatch):
    path = tmp_path / "Prüfung.annotator"  # a URL has its own meaning of "?" and "%"
    create_project(f"sqlite:///{path.as_posix()}").close()
    monkeypatch.chdir(path.parent)
    for location in (path.name, f"sqlite:///{path.as_posix()}", f"sqlite+pysqlite:///{path.as_posix()}"):
        reopened = open_project(location)
        assert reopened.location == str(path)
        reopened.close()


# -- files that are no project -----------------------------------------------------------------------------------


def not_opened(path: Path | str, match: str, error: type[ProjectError] = ProjectError) -> None:
    file = Path(path)
    before = file.read_bytes() if file.is_file() else None
    beside = sorted(p.name for p in file.parent.iterdir()) if file.parent.is_dir() else None
    for access in ("auto", "read", "write"):
        with pytest.raises(error, match=match) as caught:
            open_project(str(path), access)
        sentence = str(caught.value)
        assert sentence.endswith(".")
        assert "\n" not in sentence
        assert "sqlite3" not in sentence
    assert (file.read_bytes() if file.is_file() else None) == before
    assert (sorted(p.name for p in file.parent.iterdir()) if file.parent.is_dir() else None) == beside


def test_missing(path):
    not_opened(path, "There is no project")
    not_opened(path / "deeper", "There is no project")


def test_empty(path):
    path.touch()
    not_opened(path, "empty")


def test_folder(tmp_path):
    not_opened(tmp_path, "is a folder")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipe(path):
    os.mkfifo(path)
    with pytest.raises(ProjectError, match="not an ordinary file"):
        open_project(str(path))


@pytest.mark.parametrize(
    "content", [b"x", b"An article.\n" * 50, b"\x00" * 4096, b"SQLite format 3\x00", bytes(range(256)) * 20]
)
def test_no_sqlite_file(path, content):
    path.write_bytes(content)
    not_opened(path, "no SQLite file")


def test_a_sqlite_file_of_another_program(path):
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE claim (id)")
    connection.commit()
    connection.close()
    not_opened(path, "another program")


def test_newer(project, path):
    project.close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    not_opened(path, "newer version", ProjectNewer)


@pytest.mark.parametrize("name", ["", "a\x00b", "sqlite://", "sqlite:///:memory:", "sqlite:///file:x?mode=memory"])
def test_no_name_of_a_file(name):
    for function in (open_project, create_project):
        with pytest.raises(ProjectError):
            function(name)


def test_truncated(project, path):
    commit(project, *(creating(*sample(position=n).records) for n in range(20)))
    project.close()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    cut = f"is damaged: it is cut off after {len(whole) // 2:,} of {len(whole):,} bytes"
    with pytest.raises(ProjectDamaged, match=cut):
        open_project(str(path))
    assert [p.name for p in path.parent.iterdir()] in ([path.name], [path.name, f"{path.name}-lock"])


def test_overwritten_pages_are_found(project, path):
    commit(project, *(creating(*sample(position=n).records) for n in range(20)))
    project.close()
    content = bytearray(path.read_bytes())
    content[-3 * 4096 :] = os.urandom(3 * 4096)
    path.write_bytes(content)
    damaged = open_project(str(path))
    problems = damaged.check_storage()
    damaged.close()
    assert problems
    assert "damaged" in problems[0]


# -- creating ----------------------------------------------------------------------------------------------------


def test_creating_needs_a_free_name_in_a_folder(project, path, tmp_path):
    for location, match in [
        (path, "exists already"),
        (tmp_path, "exists already"),
        (tmp_path / "no" / "x.annotator", "folder .* does not exist"),
        (path / "x.annotator", "is not a folder"),
    ]:
        with pytest.raises(ProjectError, match=match):
            create_project(str(location))
    assert project.check_storage() == []


def test_creating_in_a_folder_that_cannot_be_written(shared_folder):
    shared_folder.chmod(0o555)
    with as_ordinary_user(), pytest.raises(ProjectError, match="permission denied"):
        create_project(str(shared_folder / "new.annotator"))
    assert [p.name for p in shared_folder.iterdir()] == ["p.annotator"]


def test_a_failed_creation_leaves_nothing(path, monkeypatch):
    def fail(_engine):
        raise sqlite3.OperationalError("interrupted")

    monkeypatch.setattr("db.migrate.create_schema", fail)
    with pytest.raises(sqlite3.OperationalError):
        create_project(str(path))
    assert list(path.parent.iterdir()) == []


# -- read-only ---------------------------------------------------------------------------------------------------


def test_unreadable(shared_folder):
    (shared_folder / "p.annotator").chmod(0)
    with as_ordinary_user(), pytest.raises(ProjectError, match="permission denied"):
        open_project(str(shared_folder / "p.annotator"))


@pytest.mark.parametrize("what", ["file", "folder"])
def test_read_only_file_or_folder(shared_folder, what):
    file = shared_folder / "p.annotator"
    stored = sample()
    writable = open_project(str(file))
    commit(writable, creating(*stored.records))
    writable.close()
    before = file.read_bytes()
    (file if what == "file" else shared_folder).chmod(0o444 if what == "file" else 0o555)
    with as_ordinary_user():
        project = open_project(str(file))
        assert project.read_only
        assert "cannot be written" in project.notice
        assert project.document(stored.article.id).claims == (stored.parent, stored.claim)
        assert project.check_storage() == []
        with pytest.raises(ProjectReadOnly):
            project.begin()
        project.close()
        with pytest.raises(ProjectReadOnly):
            open_project(str(file), "write")
    assert file.read_bytes() == before
    assert [p.name for p in shared_folder.iterdir()] == ["p.annotator"]


def test_reading_access_never_writes(project, path):
    project.close()
    reader = open_project(str(path), "read")
    assert reader.read_only
    assert reader.notice is None
    with pytest.raises(ProjectReadOnly):
        reader.begin()
    with reader._engine.connect() as connection, pytest.raises(Exception, match="readonly"):
        connection.execute(text("DELETE FROM project"))
    reader.close()


# -- two programs ------------------------------------------------------------------------------------------------


@pytest.fixture
def holder(project, path):
    """Another process that has the project open."""
    project.close()
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "open\n"
    yield process
    process.kill()
    process.communicate()


def test_open_elsewhere(holder, path):
    second = open_project(str(path))
    assert second.read_only
    assert "open in another window" in second.notice
    assert f"process {holder.pid}" in second.notice
    assert second.summaries() == []
    with pytest.raises(ProjectBusy, match=str(holder.pid)):
        second.begin()
    with pytest.raises(ProjectBusy, match=str(holder.pid)):
        open_project(str(path), "write")
    reader = open_project(str(path), "read")
    assert reader.check_storage() == []
    reader.close()
    second.close()
    holder.communicate("close\n")
    third = open_project(str(path), "write")
    commit(third, creating(*sample().records))
    third.close()
    assert [p.name for p in path.parent.iterdir()] == [path.name]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_killed_owner_does_not_block_the_next(holder, path):
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert lock_path(path).exists()
    project = open_project(str(path), "write")
    commit(project, creating(*sample().records))
    assert f"process {os.getpid()}" in lock_path(path).read_text()
    project.close()
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_a_lock_left_behind_by_another_user(shared_folder):
    file = shared_folder / "p.annotator"
    lock_path(file).write_text("root on desk, process 1\n")
    lock_path(file).chmod(0o444)
    with as_ordinary_user():
        project = open_project(str(file), "write")
        commit(project, creating(*sample().records))
        project.close()
    assert [p.name for p in shared_folder.iterdir()] == ["p.annotator"]


def test_a_link_to_the_file_is_the_same_project(project, path, tmp_path):
    link = tmp_path / "link.annotator"
    link.symlink_to(path)
    second = open_project(str(link))
    assert second.read_only
    second.close()
    assert not project.read_only


# -- databases ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "match"),
    [
        ("postgresql://anna:geheim@127.0.0.1:1/x?password=geheim", r"psycopg.*article-annotator\[postgresql\]|answer"),
        ("nonsense://anna:geheim@h/x", "“nonsense” are not known"),
        ("postgresql://anna:geheim@h:port/x", "cannot be understood"),
        ("://anna:geheim", "cannot be understood"),
    ],
)
def test_a_database_that_cannot_be_reached(url, match):
    for function in (open_project, create_project):
        with pytest.raises(ProjectError, match=match) as caught:
            function(url)
        assert "geheim" not in str(caught.value)


def test_the_location_of_a_database_shows_no_password():
    from sqlalchemy import make_url

    from db.address import shown

    url = make_url("postgresql://anna:geheim@h/x?password=geheim&sslmode=require")
    assert shown(url) == "postgresql://anna@h/x?sslmode=require"


MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:35 / /home/team rw,relatime shared:20 - nfs4 server:/team rw
41 40 8:2 / /home/team/local rw - ext4 /dev/sdb1 rw
42 22 0:36 / /mnt/two\\040words rw - cifs //server/share rw
no mount
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a share has another name there")
def test_where_a_network_share_is(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS)
    found = {where: network_share(Path(where), mounts) for where in ("/a", "/home/team/a", "/home/team/local/a")}
    assert found == {"/a": None, "/home/team/a": "nfs4", "/home/team/local/a": None}
    assert network_share(Path("/mnt/two words/a"), mounts) == "cifs"
    assert network_share(Path("/mnt/two words/a"), tmp_path / "none") is None


def test_a_project_on_a_share_is_opened_with_a_word_of_warning(project, path, monkeypatch):
    project.close()
    monkeypatch.setattr("db.project.network_share", lambda _: "nfs4")
    opened = open_project(str(path))
    assert not opened.read_only
    assert "network share (nfs4)" in opened.notice
    opened.close()

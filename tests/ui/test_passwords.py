"""A password in an address of a database is in no message, title, list, file or log, whatever goes wrong."""

from __future__ import annotations

import logging
import os
import sys
import threading
from pathlib import Path
from urllib.parse import quote

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox
from ui_hands import Hands
from ui_samples import TEXT, fill

from annotator.errors import ConnectionLost, ProjectError
from annotator.text.addresses import without_passwords
from db import passwords
from db.project import create_project, open_project
from ui.cli.main import main

CANARY = "k4nar1enV0gel"


@pytest.fixture(scope="module")
def database(postgres):
    """A project of the role that has to give its password."""
    postgres.run("postgres", f"CREATE ROLE asked LOGIN SUPERUSER PASSWORD '{CANARY}'")
    name = postgres.make_database()
    project = create_project(postgres.url(name, "asked", CANARY))
    fill(project, TEXT)
    project.close()
    return name


@pytest.fixture
def url(postgres, database):
    return postgres.url(database, "asked", CANARY)


def told(error: BaseException | None) -> str:
    """What an error and all that led to it say."""
    parts = []
    while error is not None:
        parts += [str(error), repr(error), *map(str, error.args)]
        error = error.__cause__ or error.__context__
    return " ".join(parts)


WRONG = [
    "postgresql+psycopg://asked:{canary}x@/{name}?host={host}",
    "postgresql+psycopg://asked:{canary}@/nowhere?host={host}",
    "postgresql+psycopg://nobody:{canary}@/{name}?host={host}",
    "postgresql+psycopg://asked:{canary}@/{name}?host=/nowhere",
    "postgresql+psycopg://asked:{canary}@nowhere.invalid/{name}?connect_timeout=2",
    "postgresql+psycopg://asked:{canary}@127.0.0.1:1/{name}",
    "postgresql+psycopg://asked:{canary}@127.0.0.1:port/{name}",
    "postgresql+psycopg://asked:{canary}@/{name}?host={host}&nonsense={canary}&sslmode=verify-full",
    "postgresql+psycopg://asked:{canary}@/{name}?host={host}&sslmode=nonsense",
    "postgresql+psycopg://asked@/{name}?host=/nowhere&password={canary}&sslpassword={canary}",
    "postgresql+psycopg://asked:a@{canary}@nowhere.invalid/{name}",
    "postgresql+psycopg://asked:a/{canary}@nowhere.invalid/{name}",
    "postgresql+psycopg://asked:{canary}",
    "postgresql+psycopg://h/postgresql://asked:{canary}@h/x",
    "postgresql+psycopg://h/dbname=x%20password={canary}",
    "postgresql+nonsense://asked:{canary}@/{name}",
    "nonsense://asked:{canary}@/{name}",
    "sqlite://asked:{canary}@/nowhere/at/all/{name}",
    "postgresql+asyncpg://asked:{canary}@/{name}",
]


@pytest.mark.parametrize("pattern", WRONG)
def test_what_goes_wrong_with_an_address_quotes_no_password(postgres, database, pattern, capfd, caplog):
    caplog.set_level(logging.DEBUG)
    location = pattern.format(canary=CANARY, name=database, host=quote(str(postgres.folder)))
    for function in (open_project, create_project):
        with pytest.raises(ProjectError) as caught:
            function(location)
        assert CANARY not in str(caught.value)
    for arguments in (
        ["stats", location],
        ["new", location],
        ["verify", location, "--head", "x"],
        ["database-roles", location],
    ):
        main(arguments)
    printed = capfd.readouterr()
    assert CANARY not in printed.out + printed.err + caplog.text


def test_no_command_prints_a_password(url, tmp_path, capfd, caplog, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ANNOTATOR_DEBUG", "1")
    caplog.set_level(logging.DEBUG)
    (tmp_path / "a.txt").write_text("An article.\n")
    for arguments in (
        ["new", url],
        ["import", url, "a.txt"],
        ["import", url, "missing.txt"],
        ["stats", url],
        ["verify", url],
        ["export", url, "out.jsonl"],
        ["export", url, "nowhere/out.jsonl"],
        ["release", url, "out", "--creator", "Doe, Jane"],
        ["stats", url, url],
        ["stat", url],
        [url, url],
        ["--", url, url],
        ["stats", "--nonsense", url],
        ["export", url, "out.jsonl", "--format", url],
    ):
        main(arguments)
    printed = capfd.readouterr()
    assert CANARY not in printed.out + printed.err + caplog.text
    written = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert written
    assert not [data for data in written if CANARY.encode() in data]


def test_a_lost_connection_quotes_no_password(postgres, url, database):
    project = open_project(url)
    postgres.stop()
    try:
        with pytest.raises(ConnectionLost) as caught:
            project.summaries()
    finally:
        postgres.start()
    assert CANARY not in told(caught.value)
    assert project.summaries()
    project.close()


def test_the_password_is_looked_for_where_the_server_s_programs_look(postgres, database, tmp_path, monkeypatch):
    location = postgres.url(database, "asked")
    with pytest.raises(ProjectError, match="pgpass"):
        open_project(location)
    file = tmp_path / "pgpass"
    file.write_text(f"*:*:{database}:asked:{CANARY}\n")
    file.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(file))
    project = open_project(location)
    assert project.article_ids()
    project.close()


class Keyring:
    """In place of the package: what it was asked for, and what it answers."""

    def __init__(self, monkeypatch, **kept):
        self.asked, self.kept, self.answers = [], kept, threading.Event()
        self.answers.set()
        monkeypatch.setitem(sys.modules, "keyring", self)

    def get_password(self, service, entry):
        self.asked.append((service, entry))
        self.answers.wait(20)
        if self.kept.get("broken"):
            raise RuntimeError(f"cannot unlock {CANARY}")
        return self.kept.get("password")


def test_a_server_that_wants_a_password_gets_that_of_the_keyring(postgres, database, network, monkeypatch, caplog):
    caplog.set_level(logging.DEBUG)
    location, keyring = network.url(postgres.url(database, "asked")), Keyring(monkeypatch, password=CANARY)
    project = open_project(location)
    assert project.article_ids()
    network.cut()
    with pytest.raises(ConnectionLost):
        project.article_ids()
    network.mend()
    assert project.article_ids(), "another connection needs it again"
    postgres.run("postgres", f"ALTER ROLE asked PASSWORD '{CANARY}2'")
    keyring.kept["password"] = f"{CANARY}2"
    postgres.cut(database)
    assert project.article_ids(), "the new one is asked for"
    project.close()
    postgres.run("postgres", f"ALTER ROLE asked PASSWORD '{CANARY}'")
    assert keyring.asked == [("article-annotator", f"asked@{network.folder}")] * 2
    assert CANARY not in project.location
    assert CANARY not in caplog.text
    open_project(postgres.url(database, "asked", CANARY)).close()
    open_project(postgres.url(database)).close()
    assert len(keyring.asked) == 2, "it is asked only where a password is wanted and there is none"


@pytest.mark.parametrize("kept", [{}, {"password": f"{CANARY}x"}, {"broken": True}])
def test_a_keyring_that_does_not_know_it_is_told_as_no_password(postgres, database, monkeypatch, caplog, kept):
    caplog.set_level(logging.DEBUG)
    keyring = Keyring(monkeypatch, **kept)
    with pytest.raises(ProjectError, match="does not take the password") as caught:
        open_project(postgres.url(database, "asked"))
    assert keyring.asked
    assert CANARY not in told(caught.value) + caplog.text


def test_a_keyring_that_does_not_answer_is_waited_for_no_longer_than_a_while(postgres, database, monkeypatch):
    keyring = Keyring(monkeypatch, password=CANARY)
    keyring.answers.clear()
    monkeypatch.setattr(passwords, "_SECONDS", 0.05)
    with pytest.raises(ProjectError, match="does not take the password"):
        open_project(postgres.url(database, "asked"))
    keyring.answers.set()


def test_a_password_is_kept_for_one_server():
    assert passwords.entry_of({"user": "anna", "host": "db.example.org"}) == "anna@db.example.org"
    assert passwords.entry_of({"user": "anna", "host": "db.example.org", "port": 5433}) == "anna@db.example.org:5433"
    assert passwords.entry_of({"user": "anna", "port": "5432"}) == "anna@localhost"


def test_the_window_shows_and_keeps_no_password(qtbot, open_window, url, postgres, database, tmp_path):
    window = open_window(url)
    hands = Hands(qtbot, window)
    hands.select("I would go")
    hands.press("c")
    window.actions_["about"].trigger()
    shown = [text for widget in QApplication.allWidgets() for text in _texts(widget)]
    assert any(database in text for text in shown)
    assert not [text for text in shown if CANARY in text]
    for box in window.findChildren(QMessageBox):
        box.close()
    window.files.open(postgres.url("nowhere", "asked", CANARY))
    assert CANARY not in hands.box().text()
    hands.box().close()
    assert window.files.recent() == [
        f"postgresql+psycopg://asked@/{database}?host={quote(str(postgres.folder), safe='')}"
    ]
    window.settings.sync()
    kept = [*tmp_path.rglob("*"), *Path(os.environ["HOME"]).rglob("*")]
    assert not [path for path in kept if path.is_file() and CANARY.encode() in path.read_bytes()]


def _texts(widget):
    yield widget.windowTitle()
    yield widget.toolTip()
    yield widget.accessibleName()
    if isinstance(widget, QLabel | QMessageBox):
        yield widget.text()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://anna:geheim@h/x", "postgresql://anna:…@h/x"),
        ("“postgresql+psycopg://anna:ge@he:im@h/x” is no", "“postgresql+psycopg://anna:…@h/x” is no"),
        ("x://h/n?password=geheim&a=b", "x://h/n?password=…&a=b"),
        ("x://h/n?a=b&sslpassword=geheim", "x://h/n?a=b&sslpassword=…"),
        ("https://example.org:80/a?b=c an a@b.c", "https://example.org:80/a?b=c an a@b.c"),
        ("postgresql://anna@h/x", "postgresql://anna@h/x"),
    ],
)
def test_addresses_are_shown_without_passwords(text, shown):
    assert without_passwords(text) == shown

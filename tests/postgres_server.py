"""A PostgreSQL server of the tests' own: in a temporary folder, as an ordinary user, reached by a socket there."""

from __future__ import annotations

import ctypes
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg.conninfo import make_conninfo

SUPERUSER = "postgres"
TABLES = (
    "change, changeset, attribution, mention, claim, correction, quarantined, source_text, article, speaker, scheme, "
    "work_time, project"
)
_PLACES = "usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql@*/bin", "usr/local/pgsql/bin"
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",  # what a crash of the server leaves is still whole: only that of the machine would not be
    "autovacuum": "off",
    "shared_buffers": "16MB",
    "max_connections": "60",
    "lc_messages": "C",
}
_PR_SET_PDEATHSIG = 1


def binaries() -> Path | None:
    """The folder with ``initdb`` and ``postgres``, the newest that there is; None when there is none."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    places = [path for pattern in _PLACES for path in Path("/").glob(pattern) if (path / "initdb").exists()]
    return max(places, key=lambda path: [int(part) for part in re.findall(r"\d+", str(path))], default=None)


def _ordinary_user() -> pwd.struct_passwd | None:
    """Whom the server runs as: PostgreSQL refuses root. None: as who runs the tests."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("there is no ordinary user whom a server could run as")


def _end_with_parent() -> None:
    """A server does not outlive tests that were killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)


class Server:
    """One server. The role ``asked`` has to give a password, all others may come as they are."""

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        self._user = _ordinary_user()
        self.folder = Path(tempfile.mkdtemp(prefix="annotator-pg-"))
        self._data = self.folder / "data"
        self._process: subprocess.Popen[bytes] | None = None
        self._made = 0
        if self._user is not None:
            os.chown(self.folder, self._user.pw_uid, self._user.pw_gid)
        self.folder.chmod(0o755)
        options = ["--no-sync", "--no-instructions", "--locale=C.UTF-8", "-E", "UTF8", "-A", "trust"]
        done = subprocess.run(
            [programs / "initdb", "-D", self._data, "-U", SUPERUSER, *options],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **self._as_user(),
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"initdb failed: {done.stdout}")
        rules = "local all asked scram-sha-256\nlocal all all trust\n"
        (self._data / "pg_hba.conf").write_text(rules, encoding="utf-8")

    def _as_user(self) -> dict[str, object]:
        if self._user is None:
            return {}
        return {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": [], "cwd": str(self.folder)}

    def start(self) -> None:
        """Start it and wait until it answers."""
        settings = {**_SETTINGS, "unix_socket_directories": str(self.folder)}
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self.programs / "postgres", "-D", self._data, *options],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=_end_with_parent,  # noqa: PLW1509 -- it takes no lock
                **self._as_user(),
            )  # fmt: skip
        deadline = time.monotonic() + 60
        while True:
            try:
                psycopg.connect(self.conninfo("postgres")).close()
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError((self.folder / "log").read_text(errors="replace")) from None
                time.sleep(0.02)
            else:
                return

    def stop(self, how: int = signal.SIGINT) -> None:
        """Stop it: ``SIGINT`` is "fast", ``SIGQUIT`` "immediate", as after a crash."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(30)
            self._process = None

    def crash(self) -> None:
        """Cut every connection and restart, as ``pg_ctl restart -m immediate`` does."""
        self.stop(signal.SIGQUIT)
        self.start()

    def remove(self) -> None:
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def conninfo(self, database: str, user: str = SUPERUSER) -> str:
        return make_conninfo(host=str(self.folder), user=user, dbname=database)

    def url(self, database: str, user: str = SUPERUSER, password: str = "") -> str:
        """The address as a person would give it."""
        secret = f":{quote(password)}" if password else ""
        return f"postgresql+psycopg://{user}{secret}@/{database}?host={quote(str(self.folder))}"

    def run(self, database: str, *statements: str) -> list[tuple[object, ...]]:
        """Run statements as the superuser; the rows of the last one."""
        with psycopg.connect(self.conninfo(database), autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def cut(self, database: str) -> None:
        """End every connection to a database, as a network or an administrator may."""
        ended = "pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        self.run(database, f"SELECT {ended} AND pid <> pg_backend_pid()")

    def make_database(self, options: str = "") -> str:
        """A new, empty database; its name."""
        self._made += 1
        name = f"project{self._made}"
        self.run("postgres", f"CREATE DATABASE {name} {options}")
        return name

    def empty(self, database: str) -> None:
        """Take everything out of a database that holds a project, except that it does. Faster than a new one."""
        with psycopg.connect(self.conninfo(database)) as connection:
            connection.execute("SET lock_timeout = '10s'")
            connection.execute("SET session_replication_role = replica")  # the change log's guard looks away
            connection.execute(f"TRUNCATE {TABLES}")

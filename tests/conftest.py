"""What every test stands on: no screen, a home folder of its own, and nothing left running behind it."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import effort  # noqa: F401  # loads the profile of the property tests before any of them is read
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postgres_proxy import Proxy
    from postgres_server import Server

# Before Qt is imported anywhere. ANNOTATOR_TEST_DISPLAY=1 shows the tests' windows on the real screen.
if not os.environ.get("ANNOTATOR_TEST_DISPLAY"):
    os.environ["QT_QPA_PLATFORM"] = "offscreen"

ROOT = Path(__file__).parents[1]

# No test may see, or write into, the settings and projects of the person who runs it.
HOME = Path(tempfile.mkdtemp(prefix="annotator-tests-"))
os.environ["HOME"] = os.environ["USERPROFILE"] = str(HOME)
for variable, folder in {
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state",
    "XDG_CACHE_HOME": "cache",
    "XDG_RUNTIME_DIR": "runtime",
    "APPDATA": "roaming",
    "LOCALAPPDATA": "local",
}.items():
    (HOME / folder).mkdir(mode=0o700)
    os.environ[variable] = str(HOME / folder)

# Programs that a test starts behave as they do for everybody: a machine's PYTHONUNBUFFERED hid a lost error once, and
# where nothing that was compiled is kept, each of them compiles the whole program anew.
for variable in ("PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"):
    os.environ.pop(variable, None)
sys.dont_write_bytecode = False

# What is measured of a text hangs on the bundled fonts and on DejaVu, which comes with Debian's fontconfig and stands
# in for scripts that those lack; not on what else is installed. (On Linux, where Qt asks fontconfig off screen, too.)
FONTS = HOME / "fonts.conf"
FONTS.write_text(
    f"""<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{ROOT / "ui" / "assets" / "fonts"}</dir>
  <dir>/usr/share/fonts/truetype/dejavu</dir>
  <cachedir>{HOME / "cache"}</cachedir>
</fontconfig>
""",
    encoding="utf-8",
)
os.environ["FONTCONFIG_FILE"] = str(FONTS)

AGAIN = {ROOT / "tests" / "fuzz", ROOT / "tests" / "reliability"}
"""Folders with tests that do what others do, by the hundred."""
GRACE_MS = 2_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that do the same again and again run without coverage, which makes them two to three times as slow.

    What they run other tests run, too: coverage tells what no test reaches, and so is at most told too low.
    """
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False) or AGAIN.intersection(item.path.parents):
            item.add_marker("no_cover")


def pytest_collection_finish() -> None:
    """What has been imported stays: the garbage collector need not look at it again and again."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def empty_clipboard_at_the_end() -> Iterator[None]:
    """Off screen, Qt frees what a test copied after Python has ended, which would crash there."""
    yield
    from PySide6.QtGui import QGuiApplication

    if QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()


@pytest.fixture(scope="session", autouse=True)
def own_settings() -> None:
    """QSettings in the tests' home on every platform."""
    from PySide6.QtCore import QSettings

    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
        for form in (QSettings.Format.IniFormat, QSettings.Format.NativeFormat):
            QSettings.setPath(form, scope, str(HOME / "config"))


@pytest.fixture(autouse=True)
def same_look_afterwards() -> Iterator[None]:
    """A theme that a test gives the application does not colour the next test's pictures."""
    yield
    if "PySide6.QtWidgets" in sys.modules:
        from bare_app import undress

        undress()


@pytest.fixture(autouse=True)
def no_thread_left_behind(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test, by the thread's name, when a thread that started in it still runs after it."""
    from PySide6.QtCore import QThread, QThreadPool
    from shiboken6 import isValid

    before = set(threading.enumerate())
    started: list[QThread] = []
    start = QThread.start

    def recording_start(thread: QThread, *arguments: object) -> None:
        started.append(thread)
        start(thread, *arguments)

    monkeypatch.setattr(QThread, "start", recording_start)
    yield
    # Threads that were told to stop may need a moment to do so: they are joined, which waits no longer than needed.
    qt_threads = [thread for thread in started if isValid(thread) and not thread.wait(GRACE_MS)]
    left = [f"QThread {thread.objectName() or type(thread).__name__}" for thread in qt_threads]
    for thread in set(threading.enumerate()) - before:
        if isinstance(thread, threading._DummyThread):  # Python's view of a thread that Qt started, judged above
            continue
        thread.join(GRACE_MS / 1000)
        if thread.is_alive():
            left.append(f"thread {thread.name}")
    if not QThreadPool.globalInstance().waitForDone(GRACE_MS):
        left.append("work in the global QThreadPool")
    assert not left, f"still running after the test: {', '.join(left)}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A running PostgreSQL server, one for all tests of this process. Skips, and says so, where there is none."""
    if os.name == "nt":
        pytest.skip("the tests start a PostgreSQL server on Linux and macOS only")
    postgres_server = pytest.importorskip("postgres_server", reason="psycopg is not installed", exc_type=ImportError)
    programs = postgres_server.binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not installed: no initdb found (Debian: apt install postgresql)")
    server = postgres_server.Server(programs)
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="session")
def _project_database(postgres: Server) -> str:
    from db.project import create_project

    name = postgres.make_database()
    create_project(postgres.url(name)).close()
    return name


@pytest.fixture
def project_url(postgres: Server, _project_database: str) -> str:
    """The address of an empty project on the server."""
    from sqlalchemy import create_engine

    from db import migrate
    from db.engine import WRITE

    postgres.empty(_project_database)
    engine = create_engine(postgres.url(_project_database)).execution_options(**{WRITE: True})
    with engine.begin() as connection:
        migrate.add_facts(connection)
    engine.dispose()
    return postgres.url(_project_database)


@pytest.fixture
def network(postgres: Server) -> Iterator[Proxy]:
    """A network to the server that can be cut."""
    from postgres_proxy import Proxy

    proxy = Proxy(postgres)
    yield proxy
    proxy.close()

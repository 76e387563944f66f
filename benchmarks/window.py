"""Start to window, opening an article, key press to durable: each beside the limit that Qt and SQLite set.

    .venv/bin/python benchmarks/window.py            all three, offscreen
    .venv/bin/python benchmarks/window.py --runs 9   more starts

Prints medians in milliseconds and ratios. Asserts nothing: machines differ, ratios travel.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from surface import milliseconds

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
EDITS = 500
COPIES = 25
"""The keys are pressed in an article 25 times as long as the sample, some 8,000 words: labels lie as in life."""
OPENS = 60


def row(name: str, value: float, limit: float | None = None, limit_name: str = "") -> None:
    ratio = f"   {value / limit:5.2f} × {limit_name} ({limit:.2f} ms)" if limit else ""
    print(f"{name:<52}{value:>9.2f} ms{ratio}")


# -- start ----------------------------------------------------------------------------------------------------------

BARE = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow, QTextEdit
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(QTextEdit("text"))
window.resize(1500, 940)
window.show()
window.grab()
print("shown", flush=True)
import sqlalchemy.orm
print("ready", flush=True)
"""
OURS = """
import sys
from pathlib import Path
from ui.application import make_application
from ui.main import build, shut_down
from ui.settings import Settings
app = make_application()
folder = Path(sys.argv[1])
window = build(Settings(folder / "settings.ini"), folder)
window.show()
app.processEvents()
print("shown", flush=True)
def ready():
    if window.store.workspace.article is not None:
        window.grab()
        print("ready", flush=True)
        app.quit()
window.store.article_opened.connect(ready)
window.files.open_sample()
app.exec()
shut_down(window)
"""


def start(code: str, *arguments: str) -> tuple[float, float]:
    """Milliseconds from starting the process until ``shown`` and until ``ready``."""
    begin = time.perf_counter()
    times = []
    # A machine that keeps no compiled modules would measure the compiler.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", code, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        times.extend((time.perf_counter() - begin) * 1000 for _ in process.stdout or ())
    return times[0], times[1]


def measure_start(runs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        start(OURS, folder)
        bare, ours = [], []
        for _ in range(runs):
            bare.append(start(BARE))
            ours.append(start(OURS, folder))
    shown, ready = (statistics.median(pair[i] for pair in bare) for i in (0, 1))
    ours_shown, ours_ready = (statistics.median(pair[i] for pair in ours) for i in (0, 1))
    row("start: bare Qt window", shown)
    row("start: bare Qt window, then SQLAlchemy imported", ready)
    row("start: our window shown", ours_shown, shown, "bare window")
    row("start: sample article painted", ours_ready, shown, "bare window")
    row("start: sample article painted", ours_ready, ready, "bare window + SQLAlchemy")


# -- open and label -------------------------------------------------------------------------------------------------


class Session:
    """Our window over the sample project, and a long article made of its text."""

    def __init__(self, folder: Path) -> None:
        from PySide6.QtCore import QEventLoop

        from ui.application import make_application
        from ui.main import build, tune
        from ui.settings import Settings

        self.app = make_application()
        self.loop = QEventLoop()
        self.window = build(Settings(folder / "settings.ini"), folder)
        tune(self.window)
        self.window.resize(1500, 940)
        self.window.show()
        self.wait(self.window.store.project_opened, self.window.files.open_sample)
        self.wait(self.window.store.article_opened, lambda: None)

    def wait(self, signal: object, action: Callable[[], None]) -> None:
        signal.connect(self.loop.quit)  # type: ignore[attr-defined]
        action()
        self.loop.exec()
        signal.disconnect(self.loop.quit)  # type: ignore[attr-defined]

    def open_long(self, folder: Path) -> None:
        from annotator.services.importing import import_edit, read_text_file

        store = self.window.store
        path = folder / "long.txt"
        path.write_text("\n".join([store.workspace.text] * COPIES), encoding="utf-8", newline="")
        edit, _ = import_edit([read_text_file(path, store.author)], store.project)
        self.wait(store.saved, lambda: store.edit(edit))
        self.wait(store.article_opened, lambda: store.open_article(edit.changes[0].id))

    def close(self) -> None:
        from ui.main import shut_down

        self.window.close()
        shut_down(self.window)


def measure_open(session: Session) -> None:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QTextEdit

    store = session.window.store
    article_id, text = store.workspace.article.id, store.workspace.text
    painted = QPixmap(session.window.size())

    def ours() -> None:
        session.wait(store.article_opened, lambda: store.open_article(article_id))
        session.window.pane.view.viewport().repaint()

    bare = QTextEdit()
    bare.resize(850, 860)
    bare.show()
    database = sqlite3.connect(store.project.location)

    def limit() -> None:
        for table in ("source_text", "article", "mention", "claim", "attribution", "correction", "speaker"):
            database.execute(f"SELECT * FROM {table}").fetchall()
        bare.setPlainText(text)
        bare.viewport().repaint()

    session.window.render(painted)
    times, limits = [], []
    for _ in range(OPENS):
        times.append(milliseconds(ours))
        limits.append(milliseconds(limit))
    row(
        "open an article, 21 claims, painted",
        statistics.median(times),
        statistics.median(limits),
        "sqlite3 + QTextEdit",
    )
    database.close()
    bare.close()


def measure_keys(session: Session, folder: Path) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from ui import outbox

    view, store = session.window.pane.view, session.window.store
    session.open_long(folder)
    session.window.activateWindow()
    view.setFocus()
    session.app.processEvents()
    length = len(store.workspace.text)
    raw = sqlite3.connect(folder / "raw.db", isolation_level=None)
    for pragma in ("journal_mode=TRUNCATE", "synchronous=FULL"):
        raw.execute(f"PRAGMA {pragma}")
    raw.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT, c TEXT)")
    file = (folder / "fsync").open("wb", buffering=0)

    def commit() -> None:
        raw.execute("BEGIN IMMEDIATE")
        for _ in range(4):
            raw.execute("INSERT INTO t (b, c) VALUES (?, ?)", ("x" * 300, "y" * 300))
        raw.execute("COMMIT")

    def sync() -> None:
        file.write(b"x" * 4096)
        os.fsync(file.fileno())

    ours, commits, syncs, painted, durable = [], [], [], [], []
    write = outbox._write

    def timed_write(*arguments: object) -> None:
        write(*arguments)
        durable.append((time.perf_counter() - begin) * 1000)

    outbox._write = timed_write
    begin = 0.0
    for number in range(EDITS):
        offset = 10 + (number * 7919) % (length - 90)
        view.set_selected_range(offset, offset + 60)
        begin = time.perf_counter()
        session.wait(store.saved, lambda: painted.append(milliseconds(lambda: QTest.keyClick(view, Qt.Key.Key_C))))
        ours.append((time.perf_counter() - begin) * 1000)
        commits.append(milliseconds(commit))
        syncs.append(milliseconds(sync))
    file.close()
    raw.close()
    outbox._write = write
    report_keys(ours, durable, painted, commits, syncs)


def report_keys(
    ours: list[float], durable: list[float], painted: list[float], commits: list[float], syncs: list[float]
) -> None:
    median = statistics.median
    row("the disk's own fsync", median(syncs))
    row("key press until the window answered", median(painted))
    row("key press to durable (COMMIT returned)", median(durable), median(commits), "raw sqlite3 commit")
    row("key press to durable, beyond the disk's fsync", median(durable) - median(syncs))
    row("key press to durable, 95th percentile", sorted(durable)[int(len(durable) * 0.95)])
    row("key press to “Saved” in the status bar", median(ours))
    row("the same, annotations 451 to 500", median(ours[-50:]), median(ours[:50]), "annotations 1 to 50")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, help="how many starts to measure")
    runs = parser.parse_args().runs
    measure_start(runs)
    with tempfile.TemporaryDirectory() as name:
        session = Session(Path(name))
        try:
            measure_open(session)
            measure_keys(session, Path(name))
        finally:
            session.close()


if __name__ == "__main__":
    main()

"""A program of its own: someone who labels in the real window on a disk that is full from some moment on, until killed.

``python failing_child.py PROJECT FOLDER [STEPS]``: the disk is all that lies beside the project. Claims are marked and
get notes, until after so many STEPS of the disk there is no more room; without STEPS one is marked, and there is none
for its note. Prints ``made ID SECONDS`` of each change, by the clock that all programs share, ``failed``, and ``kept
NUMBER`` when so many are in the file beside.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.append(str(Path(__file__).parents[1] / "reliability"))

from failing_disk import FailingDisk
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.application import make_application
from ui.main import build, start
from ui.main_window import MainWindow
from ui.settings import Settings

NOTE = "typed while it was full"
_PAUSE_MS = 30


def main() -> None:
    project, folder, *steps = sys.argv[1:]
    make_application()
    disk = FailingDisk(Path(project).parent, reads=False)
    disk.once, disk.reason = False, errno.ENOSPC
    with disk.watching():
        window = build(Settings(Path(folder) / "settings.ini"), Path(folder))
        window.show()
        window.activateWindow()
        start(window, project)
        wait(lambda: window.store.workspace.article is not None)
        tell(window)
        if steps:
            disk.at = len(disk.steps) + int(steps[0])
        mark(window, 20)
        wait(lambda: window.store.stuck or (window.store.workspace.claims and not window.store.unsaved))

        def kept(number: int) -> None:
            if window.store.unsaved and window.unsaved.safe:  # not the claim, where its commit took so long
                print("kept", number, flush=True)

        window.unsaved.kept.connect(kept)
        timer = QTimer()
        timer.timeout.connect(lambda: go_on(window))
        if steps:
            timer.start(_PAUSE_MS)
        else:
            disk.at = len(disk.steps)
        note(window)
        QApplication.exec()


def tell(window: MainWindow) -> None:
    store = window.store

    def made() -> None:
        print("made", store.unsaved_changesets[-1].id, time.monotonic(), flush=True)

    store.saving.connect(made)
    store.failed.connect(lambda _: print("failed", flush=True))


def go_on(window: MainWindow) -> None:
    """Another claim with a note, where it is still possible."""
    if not window.store.stuck:
        claims = len(window.store.workspace.claims)
        mark(window, claims % 40)
        note(window)


def mark(window: MainWindow, at: int) -> None:
    window.pane.view.setFocus()
    window.pane.view.set_selected_range(at, at + 5)
    QTest.keyClick(window.pane.view, "c")


def note(window: MainWindow) -> None:
    field = window.claims.editor.main.editors["note"]
    field.setFocus()
    QTest.keyClicks(field, NOTE)
    QTest.keyClick(field, Qt.Key.Key_Return)


def wait(until) -> None:
    while not until():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


if __name__ == "__main__":
    main()

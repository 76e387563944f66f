"""A program of its own: someone who labels in the real window on a disk that is full from some moment on, until killed.

``python failing_child.py PROJECT FOLDER``: the disk is all that lies beside the project. The window marks a claim, then
there is no more room; its note cannot be saved. Prints ``kept NUMBER`` when so many changes are in the file beside.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.append(str(Path(__file__).parents[1] / "reliability"))

from failing_disk import FailingDisk
from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.application import make_application
from ui.main import build, start
from ui.settings import Settings

NOTE = "typed while it was full"


def main() -> None:
    project, folder = sys.argv[1:]
    make_application()
    disk = FailingDisk(Path(project).parent, reads=False)
    with disk.watching():
        window = build(Settings(Path(folder) / "settings.ini"), Path(folder))
        window.show()
        window.activateWindow()
        start(window, project)
        wait(lambda: window.store.workspace.article is not None)
        window.pane.view.setFocus()
        window.pane.view.set_caret(20)
        QTest.keyClick(window.pane.view, "c")
        wait(lambda: window.store.workspace.claims and not window.store.unsaved)

        def tell(number: int) -> None:
            if window.store.unsaved and window.unsaved.safe:  # not the claim, where its commit took so long
                print("kept", number, flush=True)

        window.unsaved.kept.connect(tell)
        disk.at, disk.once, disk.reason = len(disk.steps), False, errno.ENOSPC
        field = window.claims.editor.main.editors["note"]
        field.setFocus()
        QTest.keyClicks(field, NOTE)
        QTest.keyClick(field, Qt.Key.Key_Return)
        QApplication.exec()


def wait(until) -> None:
    while not until():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


if __name__ == "__main__":
    main()

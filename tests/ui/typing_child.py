"""A program of its own: someone who types a note in the real window and never ends it, until killed.

``python typing_child.py PROJECT FOLDER COUNT``: so many letters, 0 without end. Prints ``typed NUMBER SECONDS`` after
each letter, by the clock that all programs share, and ``kept NUMBER`` when so many are on the disk.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from kept_texts import file_of, read
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.application import make_application
from ui.main import build, start
from ui.settings import Settings

PAUSE_MS = 40
LETTERS = "what was half a thought when the light went out "


def main() -> None:
    project, folder, count = sys.argv[1:]
    make_application()
    window = build(Settings(Path(folder) / "settings.ini"), Path(folder))
    window.show()
    window.activateWindow()
    start(window, project)
    while window.store.workspace.article is None:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    window.pane.view.setFocus()
    window.pane.view.set_caret(20)
    QTest.keyClick(window.pane.view, "c")
    while window.store.unsaved or not window.store.workspace.claims:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    field = window.claims.editor.main.editors["note"]
    field.setFocus()
    typed = 0

    def type_one() -> None:
        nonlocal typed
        QTest.keyClick(field, LETTERS[typed % len(LETTERS)])
        typed += 1
        print("typed", typed, time.monotonic(), flush=True)
        if typed == int(count):
            timer.stop()

    timer = QTimer()
    timer.timeout.connect(type_one)
    timer.start(PAUSE_MS)
    file = file_of(Path(folder), project)
    window.unfinished.kept.connect(lambda _: print("kept", *(len(each.text) for each in read(file)), flush=True))
    QApplication.exec()


if __name__ == "__main__":
    main()

"""A program of its own: someone in the real window who marks claims as he is told, and takes the last one back.

``python marking_child.py PROJECT FOLDER``. A line of its input names words of the article, or is ``undo``. Prints
``open`` when the project is there, and ``saved SECONDS``, by the clock that all programs share, when all is saved.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSocketNotifier, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.application import make_application
from ui.main import build, shut_down, start
from ui.settings import Settings


def main() -> None:
    project, folder = sys.argv[1:]
    make_application()
    window = build(Settings(Path(folder) / "settings.ini"), Path(folder))
    window.show()
    window.activateWindow()
    view, store = window.pane.view, window.store

    def obey() -> None:
        words = sys.stdin.readline().strip()
        if not words:
            window.close()
            QApplication.quit()
        elif words == "undo":
            QTest.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        else:
            begin = store.workspace.text.index(words)
            view.set_selected_range(begin, begin + len(words))
            QTest.keyClick(view, "c")

    listens = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    listens.activated.connect(obey)
    store.article_opened.connect(lambda: print("open", flush=True), Qt.ConnectionType.SingleShotConnection)
    start(window, project)
    while store.workspace.article is None:
        QApplication.processEvents()
    view.setFocus()
    store.saved.connect(lambda: print("saved", time.monotonic(), flush=True))
    QApplication.exec()
    shut_down(window)


if __name__ == "__main__":
    main()

"""A program of its own: someone who types in the window wherever no record's form is, and ends nothing, until killed.

``python typing_everywhere_child.py PROJECT FOLDER``: into the bar for several claims, the prompt, the guideline. Prints
``kept NUMBER`` when so many of these texts are on the disk as they were typed.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from kept_texts import file_of, read
from PySide6.QtCore import QEventLoop
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.application import make_application
from ui.main import build, start
from ui.main_window import MainWindow
from ui.scheme.dialog import SchemeDialog
from ui.settings import Settings

TYPED = {
    "chain": "The Moscow Times > RIA",
    "prompt": "heard more than that",
    "guideline": "What a claim is, at length. ",
}


def wait(until) -> None:
    while not until():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def mark_two(window: MainWindow) -> None:
    for words in ("I would go", "He left"):
        begin = window.store.workspace.text.index(words)
        window.pane.view.set_selected_range(begin, begin + len(words))
        QTest.keyClick(window.pane.view, "c")
    wait(lambda: not window.store.unsaved)


def type_everywhere(window: MainWindow) -> None:
    window.claims.table.selectAll()
    bar = window.claims.bulk
    bar.field.set_value("chain_line")
    bar.field.committed.emit()
    bar.editors["chain_line"].setFocus()
    QTest.keyClicks(bar.editors["chain_line"], TYPED["chain"])
    window.pane.view.setFocus()
    begin = window.store.workspace.text.index("hear")
    window.pane.view.set_selected_range(begin, begin + 4)
    QTest.keyClick(window.pane.view, "x")
    QTest.keyClicks(window.prompt.field, TYPED["prompt"])
    window.actions_["scheme"].trigger()
    dialog = window.findChild(SchemeDialog)
    dialog.tabs.setCurrentWidget(dialog.guideline)
    wait(dialog.isActiveWindow)
    dialog.guideline.editor.setFocus()
    QTest.keyClicks(dialog.guideline.editor, TYPED["guideline"])


def main() -> None:
    project, folder = sys.argv[1:]
    make_application()
    window = build(Settings(Path(folder) / "settings.ini"), Path(folder))
    window.show()
    window.activateWindow()
    start(window, project)
    wait(lambda: window.store.workspace.article is not None)
    window.pane.view.setFocus()
    file = file_of(Path(folder), project)

    def tell(_: int) -> None:
        texts = [each.text for each in read(file)]
        whole = [typed for typed in TYPED.values() if any(text.startswith(typed) for text in texts)]
        print("kept", len(whole), flush=True)

    window.unfinished.kept.connect(tell)
    mark_two(window)
    type_everywhere(window)
    QApplication.exec()


if __name__ == "__main__":
    main()

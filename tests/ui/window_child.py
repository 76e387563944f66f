"""A program of its own: someone who labels an article in the real window, by keys, without end, until killed.

``python window_child.py PROJECT SETTINGS SEED``. Each time the status bar says that everything is saved it prints
``number-of-changesets digest-of-the-state``.
"""

from __future__ import annotations

import hashlib
import os
import random
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.codec import canonical_json, encode
from annotator.model import Document, Speaker
from ui.application import make_application
from ui.main import build, start
from ui.main_window import MainWindow
from ui.settings import Settings

NAMES = ("Sergei Lavrov", "RIA Novosti", "The Moscow Times", "he", "A spokesman")
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def digest(document: Document, speakers: dict[str, Speaker]) -> str:
    """What identifies the state of a project of one article."""
    state = [encode(document), [encode(speakers[id_]) for id_ in sorted(speakers)]]
    return hashlib.sha256(canonical_json(state).encode()).hexdigest()


class Annotator:
    """Works at one window by keys, choosing at random what to do next."""

    def __init__(self, window: MainWindow, seed: int, count: int) -> None:
        self.window, self.store, self.view = window, window.store, window.pane.view
        self.rng = random.Random(seed)
        self.count = count
        self.store.changed.connect(self._applied)
        self.store.saved.connect(self._saved)
        self.actions = (
            [self.claim] * 4
            + [self.mention, self.correct, self.source, self.note] * 2
            + [self.cue, self.part, self.boundary, self.delete, self.undo, self.undo, self.redo]
        )

    def _applied(self, _edit: object) -> None:
        self.count += 1

    def _saved(self) -> None:
        if self.window.status.saved.text().startswith("✓ Saved"):
            try:
                print(self.count, digest(self.store.workspace.document(), self.store.workspace.speakers), flush=True)
            except OSError:  # the test that listened has ended
                os._exit(1)

    def work(self) -> None:
        while True:
            self.rng.choice(self.actions)()
            if self.rng.random() < 0.6:
                while self.store.unsaved:
                    QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            QApplication.processEvents()

    def select(self, most: int = 12) -> None:
        self.view.setFocus()
        self.view.set_caret(self.rng.randrange(len(self.store.workspace.text)))
        for _ in range(self.rng.randint(1, most)):
            QTest.keyClick(self.view, Qt.Key.Key_Right, SHIFT)

    def press(self, key: str | Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.view, key, modifier)

    def answer(self) -> None:
        field = self.window.prompt.field
        if field.isVisible():
            field.selectAll()
            QTest.keyClicks(field, " > ".join(self.rng.sample(NAMES, self.rng.randint(1, 2))))
            QTest.keyClick(field, Qt.Key.Key_Return)
        if field.isVisible():  # it was refused
            QTest.keyClick(field, Qt.Key.Key_Escape)

    def claim(self) -> None:
        self.select(40)
        self.press("c")

    def mention(self) -> None:
        self.select()
        self.press("s")
        self.answer()

    def correct(self) -> None:
        self.select(4)
        self.press("x")
        self.answer()

    def source(self) -> None:
        self.view.setFocus()
        self.press("n")
        self.press("a")
        self.answer()

    def note(self) -> None:
        self.view.setFocus()
        self.press("n")
        if self.window.selection.kind == "claim":
            field = self.window.claims.editor.main.editors["note"]
            field.setFocus()
            QTest.keyClicks(field, f"seen {self.count}, ")
            QTest.keyClick(field, Qt.Key.Key_Return)

    def cue(self) -> None:
        self.press("n")
        self.select()
        self.press("q")

    def part(self) -> None:
        self.press("n")
        self.select()
        self.press(self.rng.choice("+-"))

    def boundary(self) -> None:
        self.view.setFocus()
        self.press(self.rng.choice("[]{}"))

    def delete(self) -> None:
        self.view.setFocus()
        self.press("p")
        self.press(Qt.Key.Key_Delete)

    def undo(self) -> None:
        self.view.setFocus()
        if self.store.undo_title != "Import":
            self.press("z", CONTROL)

    def redo(self) -> None:
        self.view.setFocus()
        self.press("z", CONTROL | SHIFT)


def main() -> None:
    project, settings, seed = sys.argv[1:]
    sys.setswitchinterval(0.001)
    make_application()
    window = build(Settings(Path(settings)))
    window.show()
    window.activateWindow()
    start(window, project)
    while window.store.workspace.article is None:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    if window.store.read_only:
        sys.exit("the project is open for reading only")
    opened = window.store.project
    window.store.tasks.submit(lambda: len(opened.history()), lambda count: Annotator(window, int(seed), count).work())
    QApplication.exec()


if __name__ == "__main__":
    main()

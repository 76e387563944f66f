"""A program of its own: someone who labels an article in the real window, by keys, without end, until killed.

``python window_child.py`` reads lines ``PROJECT⇥SETTINGS⇥PIPE⇥SEED⇥HELD``. For each it forks a process that works, and
writes the exit status of that process when it has ended: so what is slow, to import everything, is done once. The
process writes into the named pipe: first its id, then, of what it has opened and each time the status bar says that
everything is saved, ``number-of-changesets digest-of-the-state``. With HELD above 0 its database thread stops for good
as soon as so many changesets have been committed, before the window hears of the last; then it writes ``committed``.
"""

from __future__ import annotations

import hashlib
import os
import random
import sys
import threading
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.codec import canonical_json, encode
from annotator.model import Document, Speaker
from db.unit_of_work import SqlUnitOfWork
from ui.application import make_application
from ui.main import build, start
from ui.main_window import MainWindow
from ui.settings import Settings

NAMES = ("Sergei Lavrov", "RIA Novosti", "The Moscow Times", "he", "A spokesman")
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def tell(pipe: int, line: str) -> None:
    """Write a line at once and whole, from whichever thread."""
    try:
        os.write(pipe, f"{line}\n".encode())
    except OSError:  # the test that listened has ended
        os._exit(1)


def hold_after(commits: int, pipe: int) -> None:
    """Stop the database thread right after so many more commits."""
    commit, left = SqlUnitOfWork.commit, commits

    def held(unit: SqlUnitOfWork) -> None:
        nonlocal left
        commit(unit)
        left -= 1
        if not left:
            tell(pipe, "committed")
            threading.Event().wait()

    SqlUnitOfWork.commit = held


def digest(document: Document, speakers: dict[str, Speaker]) -> str:
    """What identifies the state of a project of one article."""
    state = [encode(document), [encode(speakers[id_]) for id_ in sorted(speakers)]]
    return hashlib.sha256(canonical_json(state).encode()).hexdigest()


class Annotator:
    """Works at one window by keys, choosing at random what to do next."""

    def __init__(self, window: MainWindow, seed: int, count: int, pipe: int) -> None:
        self.window, self.store, self.view = window, window.store, window.pane.view
        self.rng = random.Random(seed)
        self.count, self.pipe = count, pipe
        self.store.changed.connect(self._applied)
        self.store.saved.connect(self._saved)
        self._tell_state()
        self.actions = (
            [self.claim] * 4
            + [self.mention, self.correct, self.source, self.note] * 2
            + [self.cue, self.part, self.boundary, self.delete, self.undo, self.undo, self.redo]
        )

    def _applied(self, _edit: object) -> None:
        self.count += 1

    def _saved(self) -> None:
        if self.window.status.saved.text().startswith("✓ Saved"):
            self._tell_state()

    def _tell_state(self) -> None:
        state = digest(self.store.workspace.document(), self.store.workspace.speakers)
        tell(self.pipe, f"{self.count} {state}")

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


def label(project: str, settings: str, pipe: int, seed: int, held: int) -> None:
    """Open the window and work at it until killed."""
    tell(pipe, str(os.getpid()))
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
    if held:
        hold_after(held, pipe)
    window.store.tasks.submit(lambda: len(opened.history()), lambda count: Annotator(window, seed, count, pipe).work())
    QApplication.exec()


def main() -> None:
    for line in sys.stdin:
        project, settings, pipe, seed, held = line.rstrip("\n").split("\t")
        worker = os.fork()  # before there is a thread or an application object
        if not worker:
            label(project, settings, os.open(pipe, os.O_WRONLY), int(seed), int(held))
            os._exit(1)
        print(os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]), flush=True)


if __name__ == "__main__":
    main()

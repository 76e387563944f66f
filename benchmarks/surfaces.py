"""One way of showing one article, measured in a process of its own so that its peak memory is its own.

    .venv/bin/python benchmarks/surfaces.py WAY FOLDER     a way of WAYS, a folder that texts.py has filled

Prints one ``name value`` line as soon as a measure is taken, so that whoever stops it keeps what was measured. Times
are milliseconds from the key press (or the call) until the window is painted; idle work after that is not in them.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from PySide6.QtCore import QEvent, QEventLoop, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QTextCharFormat, QTextCursor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QPlainTextEdit, QTextEdit
from texts import PROJECT, SPANS, TEXT

OPENS, PAGES, STEPS, MARKS, SIZES, MODES = 4, 60, 120, 40, 8, 3
HEIGHT = 940
WIDE, NARROW = 1500, 1320
"""Of the window. The text's lines break anew between the two."""
BESIDE = 650
"""What the other columns take, so that the bare widget is as wide as the article's column."""
PATIENCE = 2.0


def report(name: str, value: float) -> None:
    print(name, value, flush=True)


def report_all(name: str, times: Sequence[float]) -> None:
    if not times:
        return
    report(f"{name} median", statistics.median(times))
    report(f"{name} p95", sorted(times)[int(len(times) * 0.95)])


def report_memory(name: str) -> None:
    report(name, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def milliseconds(run: Callable[[], None]) -> float:
    begin = time.perf_counter()
    run()
    return (time.perf_counter() - begin) * 1000


class Painted(QObject):
    """Sees when a viewport is painted."""

    def __init__(self, app: QApplication, viewport: QObject) -> None:
        super().__init__()
        self.app, self.seen = app, False
        viewport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.seen = self.seen or event.type() == QEvent.Type.Paint
        return super().eventFilter(watched, event)

    def wait(self) -> None:
        end = time.perf_counter() + PATIENCE
        self.app.sendPostedEvents()  # painting is posted: in the event loop it comes before any timer's idle work
        while not self.seen and time.perf_counter() < end:
            self.app.processEvents()

    def after(self, action: Callable[[], None]) -> float:
        """Milliseconds until what ``action`` changed is painted; waits in vain when it changed nothing.

        Before, untimed, comes one turn of the event loop, as there is between two key presses: what was put off until
        then is deleted, too.
        """

        def run() -> None:
            self.seen = False
            action()
            self.wait()

        self.app.processEvents()
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return milliseconds(run)


class Surface:
    """A text on show. ``name`` says which in the table; each subclass is one way of WAYS."""

    app: QApplication
    view: QAbstractScrollArea
    painted: Painted

    def measure(self) -> None:
        """Everything, in the order of the table's rows."""
        first, *more = [self.open() for _ in range(OPENS)]
        report("open first", first)
        report("open", statistics.median(more))
        report_memory("memory opened")
        report_all("page", self.pages())
        report_all("wheel", self.wheel())
        self.spans()
        self.go_to_middle()
        report_all("resize", [self.painted.after(lambda w=w: self.resize(w)) for w in (NARROW, WIDE) * (SIZES // 2)])
        self.modes()
        report_memory("memory")

    def open(self) -> float:
        raise NotImplementedError

    def resize(self, width: int) -> None:
        """Make the window ``width`` wide, or the bare widget as wide as its column would be."""
        raise NotImplementedError

    def spans(self) -> None:
        """Add spans, where there are any."""

    def modes(self) -> None:
        """Switch to the corrected text and back, where there is one."""

    def go_to_middle(self) -> None:
        bar = self.view.verticalScrollBar()
        self.painted.after(lambda: bar.setValue(bar.maximum() // 2))
        self.app.processEvents()

    def pages(self) -> list[float]:
        """From the beginning, straight after opening; at an end of the text, back. What does not scroll is no page."""
        bar, key, times = self.view.verticalScrollBar(), Qt.Key.Key_PageDown, []
        self.view.setFocus()
        for _ in range(PAGES):
            before = bar.value()
            if before >= bar.maximum():
                key = Qt.Key.Key_PageUp
            elif before <= 0:
                key = Qt.Key.Key_PageDown
            time_taken = self.painted.after(lambda key=key: QTest.keyClick(self.view, key))
            if bar.value() != before:
                times.append(time_taken)
        return times

    def wheel(self) -> list[float]:
        """Notches down from the middle; at an end of the text, back."""
        self.go_to_middle()
        bar, turn, times = self.view.verticalScrollBar(), -120, []
        for _ in range(STEPS):
            if bar.value() >= bar.maximum():
                turn = 120
            elif bar.value() <= 0:
                turn = -120
            times.append(self.painted.after(lambda turn=turn: self._turn(turn)))
        return times

    def _turn(self, turn: int) -> None:
        viewport = self.view.viewport()
        point = QPointF(viewport.rect().center())
        buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        event = QWheelEvent(
            point,
            viewport.mapToGlobal(point),
            QPoint(),
            QPoint(0, turn),
            buttons,
            keys,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(viewport, event)


# -- ours -----------------------------------------------------------------------------------------------------------


class Ours(Surface):
    """The whole window over a project: article list, article, claims, speakers, corrections, status bar."""

    def __init__(self, folder: Path) -> None:
        from ui.application import make_application
        from ui.main import build, tune
        from ui.settings import Settings

        self.app = make_application()
        self.app.setCursorFlashTime(0)
        self.loop = QEventLoop()
        self.window = build(Settings(folder / "settings.ini"), folder)
        self.window.settings.set("motion", "reduced")  # what is measured is one painting, not the way there
        tune(self.window)
        self.window.resize(WIDE, HEIGHT)
        self.window.show()
        self.store, self.view = self.window.store, self.window.pane.view
        self.painted = Painted(self.app, self.view.viewport())
        self._wait(self.store.project_opened, lambda: self.window.files.open(str(folder / PROJECT)))
        self._wait(self.store.article_opened, lambda: None)
        self.cover, self.case = sorted(self.store.tally.summaries, key=self._place)
        self._show(self.cover)
        self.window.activateWindow()

    def _place(self, article_id: str) -> int:
        return self.store.tally.summaries[article_id].article.position

    def _wait(self, signal, action: Callable[[], None]) -> None:
        heard: list[bool] = []

        def hear() -> None:
            heard.append(True)
            self.loop.quit()

        signal.connect(hear)
        action()
        if not heard:  # what is asked for may come while the action waits for something else
            self.loop.exec()
        signal.disconnect(hear)

    def _show(self, article_id: str) -> None:
        self._wait(self.store.article_opened, lambda: self.store.open_article(article_id))
        self.painted.seen = False  # the event loop may have painted the old text meanwhile
        self.painted.wait()
        self.app.processEvents()  # what the panels put off until after the first painting

    def open(self) -> float:
        """From a one-line article: read it from the project, fill all panels, paint the window."""
        self._show(self.cover)
        return milliseconds(lambda: self._show(self.case))

    def resize(self, width: int) -> None:
        self.window.resize(width, HEIGHT)

    def spans(self) -> None:
        from ui.text.marks import Mark

        length = len(self.store.workspace.text)
        places = [length // 3 + number * length // 100 for number in range(MARKS)]
        report_all("span", [self._mark(start) for start in places])
        alone = []
        for start in places:
            self._select(start)
            mark = Mark("benchmark", "claim", ((start + 10, start + 80),))
            alone.append(self.painted.after(lambda mark=mark: self.view.update_marks([mark])))
            self.painted.after(lambda: self.view.update_marks([], ["benchmark"]))
        report("span view", statistics.median(alone))

    def _select(self, start: int) -> None:
        self.view.setFocus()
        self.painted.after(lambda: self.view.set_selected_range(start, start + 60))
        self.app.processEvents()

    def _mark(self, start: int) -> float:
        """Press C on sixty selected characters; the next press waits until this one is on disk."""
        self._select(start)
        claims, times = len(self.store.workspace.claims), []
        self._wait(
            self.store.saved,
            lambda: times.append(self.painted.after(lambda: QTest.keyClick(self.view, Qt.Key.Key_C))),
        )
        if len(self.store.workspace.claims) != claims + 1:
            raise RuntimeError("C marked no claim")
        return times[0]

    def modes(self) -> None:
        times = []
        for _ in range(MODES):
            times.append(self.painted.after(lambda: self.window.pane.set_mode("corrected")))
            self.painted.after(lambda: self.window.pane.set_mode("source"))
        report("corrected", statistics.median(times))
        report("both", statistics.median(self._both() for _ in range(MODES)))
        report_all("both page", self.pages())
        self.window.pane.set_mode("source")
        self.app.processEvents()

    def _both(self) -> float:
        """Switch to both texts side by side, from the beginning of the source text."""
        self.painted.after(lambda: self.window.pane.set_mode("source"))
        self.view.set_caret(0)
        return self.painted.after(lambda: self.window.pane.set_mode("both"))

    def close(self) -> None:
        from ui.main import shut_down

        self.window.close()
        shut_down(self.window)


# -- the limit, and the ways other tools take -----------------------------------------------------------------------


class Bare(Surface):
    """A Qt widget alone with the same text in the same font, and no marks."""

    make: Callable[[], QTextEdit | QPlainTextEdit] = QTextEdit

    def __init__(self, folder: Path) -> None:
        from ui.application import make_application
        from ui.text.typography import Typography

        self.app = make_application()
        self.app.setCursorFlashTime(0)
        self.text = (folder / TEXT).read_text(encoding="utf-8")
        self.marked = [tuple(span) for span in json.loads((folder / SPANS).read_text(encoding="utf-8"))]
        self.view = type(self).make()
        self.view.setReadOnly(True)
        reading = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.view.setTextInteractionFlags(reading)
        self.view.setFont(Typography().body.font)
        self.view.document().setDefaultFont(Typography().body.font)
        self.resize(WIDE)
        self.view.show()
        self.view.activateWindow()
        self.painted = Painted(self.app, self.view.viewport())
        self.app.processEvents()

    def open(self) -> float:
        self.painted.after(lambda: self.view.setPlainText("A line."))
        return self.painted.after(self.load)

    def load(self) -> None:
        self.view.setPlainText(self.text)

    def resize(self, width: int) -> None:
        self.view.resize(width - BESIDE, HEIGHT - 80)

    def close(self) -> None:
        self.view.close()


class BarePlain(Bare):
    make = QPlainTextEdit


class Formats(Bare):
    """A background for each span in the document's character formats. Where spans overlap, the last one wins."""

    def load(self) -> None:
        self.view.setPlainText(self.text)
        cursor = QTextCursor(self.view.document())
        cursor.beginEditBlock()
        for number, (start, end) in enumerate(self.marked):
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(background(number))
        cursor.endEditBlock()

    def spans(self) -> None:
        times = []
        for number in range(MARKS):
            start, cursor = self._select(number)
            cursor.setPosition(start + 60, QTextCursor.MoveMode.KeepAnchor)
            times.append(self.painted.after(lambda cursor=cursor: self.mark(cursor)))
        report_all("span", times)

    def _select(self, number: int) -> tuple[int, QTextCursor]:
        start = len(self.text) // 3 + number * len(self.text) // 100
        cursor = QTextCursor(self.view.document())
        cursor.setPosition(start)
        self.view.setTextCursor(cursor)
        self.view.ensureCursorVisible()
        self.app.processEvents()
        return start, cursor

    def mark(self, cursor: QTextCursor) -> None:
        cursor.mergeCharFormat(background(0))


class Selections(Formats):
    """An extra selection for each span: Qt paints them over one another."""

    def load(self) -> None:
        self.view.setPlainText(self.text)
        self.extra = []
        for number, (start, end) in enumerate(self.marked):
            cursor = QTextCursor(self.view.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            self.extra.append(selection(cursor, number))
        self.view.setExtraSelections(self.extra)

    def mark(self, cursor: QTextCursor) -> None:
        self.extra.append(selection(cursor, 0))
        self.view.setExtraSelections(self.extra)


def background(number: int) -> QTextCharFormat:
    colours = ("#FBE3D6", "#DCE6FB", "#D5EFEA", "#EBDDF9", "#E3E7ED", "#F8DCEB")
    form = QTextCharFormat()
    form.setBackground(QBrush(QColor(colours[number % len(colours)])))
    return form


def selection(cursor: QTextCursor, number: int) -> QTextEdit.ExtraSelection:
    made = QTextEdit.ExtraSelection()
    made.cursor = cursor
    made.format = background(number)
    return made


WAYS = {"ours": Ours, "QTextEdit": Bare, "QPlainTextEdit": BarePlain, "formats": Formats, "selections": Selections}


def main() -> None:
    surface = WAYS[sys.argv[1]](Path(sys.argv[2]))
    surface.measure()
    surface.close()


if __name__ == "__main__":
    main()

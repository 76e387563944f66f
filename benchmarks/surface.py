"""What is measured of every way of showing an article, and how. Times are milliseconds until the window is painted."""

from __future__ import annotations

import os
import resource
import statistics
import time
from collections.abc import Callable, Sequence

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

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

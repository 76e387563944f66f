"""Our window, measured whole."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from pathlib import Path

from heart import Heart
from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from surface import HEIGHT, MARKS, MODES, WIDE, Painted, Surface, milliseconds, report, report_all
from texts import PROJECT


class Ours(Surface):
    """The whole window over a project: article list, article, claims, speakers, corrections, status bar."""

    def __init__(self, folder: Path) -> None:
        from ui.application import make_application
        from ui.main import build, tune
        from ui.settings import Settings

        self.app = make_application()
        self.app.setCursorFlashTime(0)
        self.loop = QEventLoop()
        self.heart = Heart()
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
        self.stalls()

    def stalls(self) -> None:
        """The longest that a key press would have waited while something else was going on."""
        self._show(self.cover)
        self._stall("opening", lambda: self._show(self.case))
        self._stall("labelling", lambda: self._mark(len(self.store.workspace.text) // 2))
        self._stall("undoing", lambda: self._wait(self.store.saved, self.window.actions_["undo"].trigger))
        self._stall("finding", lambda: self.window.pane.find_bar.open_bar("a"))
        self.window.pane.find_bar.close_bar()
        for mode in ("corrected", "both", "source"):
            self._stall(f"switching {mode}", lambda mode=mode: self.window.pane.set_mode(mode))

    def _stall(self, name: str, action: Callable[[], None]) -> None:
        self.heart.start()
        action()
        report(f"stall {name}", self.heart.stop())

    def _both(self) -> float:
        """Switch to both texts side by side, from the beginning of the source text."""
        self.painted.after(lambda: self.window.pane.set_mode("source"))
        self.view.set_caret(0)
        return self.painted.after(lambda: self.window.pane.set_mode("both"))

    def close(self) -> None:
        from ui.main import shut_down

        self.window.close()
        shut_down(self.window)

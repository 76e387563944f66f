"""Going to the problems of the article and settling them: by an edit at once, or by asking for what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from annotator.checks.base import Problem
from ui.announcer import Announcer
from ui.article.pane import ArticlePane
from ui.checking import Checking
from ui.handlers.requests import Ask
from ui.panels.problems import ProblemsPanel
from ui.store import Store


class Fixing(QObject):
    """``requests`` ask for what an edit cannot know, by the name that a :class:`Fix` gives it."""

    def __init__(
        self,
        store: Store,
        pane: ArticlePane,
        checking: Checking,
        panel: ProblemsPanel,
        announcer: Announcer,
        requests: Mapping[str, Ask],
    ) -> None:
        super().__init__(pane)
        self._store = store
        self._pane = pane
        self._checking = checking
        self._panel = panel
        self._announcer = announcer
        self._requests = requests
        self._going = False
        panel.shown.connect(self._show)
        panel.fix_requested.connect(self.fix)
        pane.caret_moved.connect(lambda _: self._forget())

    def handlers(self) -> dict[str, Callable[[], None]]:
        """The commands about problems."""
        return {
            "next_problem": lambda: self.step(1),
            "previous_problem": lambda: self.step(-1),
            "fix_problem": self.fix_here,
        }

    def show_blocking(self) -> None:
        """Open the first problem that keeps the article from being done."""
        model = self._panel.model
        model.narrow(None)
        key = next((key for key in model.keys if (p := model.problem(key)) is not None and model.blocks(p)), None)
        if key is not None:
            self._panel.choose(key)

    def step(self, step: int) -> None:
        """To the next problem in the text (1) or the one before (-1), round and round."""
        keys = self._panel.model.keys
        if not keys:
            self._store.refused.emit("This article has no open problems.")
            return
        row = self._panel.model.row_of(self._panel.selected_key())
        self._go(keys[(row + step) % len(keys) if row >= 0 else self._beside_caret(step)])

    def _beside_caret(self, step: int) -> int:
        caret, keys = self._pane.view.caret(), self._panel.model.keys
        starts = [problem.start for key in keys if (problem := self._panel.model.problem(key)) is not None]
        after = next((row for row, start in enumerate(starts) if start >= caret), 0)
        return after if step > 0 else after - 1

    def _go(self, key: str) -> None:
        problem = self._panel.model.problem(key)
        self._panel.choose(key)
        if problem is not None and not self._panel.isAncestorOf(self._panel.focusWidget() or self._pane):
            self._announcer.tell("problem", f"{self._panel.model.level(problem)}: {problem.message}")

    def _show(self, problem: Problem | None) -> None:
        """Highlight a problem's places; words that are nobody's yet are selected, ready to be marked."""
        view = self._pane.view
        for other in self._pane.sides.shown:
            other.point_at(())
        if problem is None or not problem.ranges:
            return
        self._going = True  # the caret moves, but nobody moved it
        if problem.id is None and len(problem.ranges) == 1:
            view.set_selected_range(*problem.ranges[0])
        else:
            view.set_caret(problem.ranges[0][0])
            for shown in self._pane.sides.shown:
                shown.point_at(problem.ranges)
        self._going = False

    def _forget(self) -> None:
        """Who goes on in the article does not need the highlight any more."""
        if not self._going:
            for view in self._pane.sides.shown:
                view.point_at(())

    # -- settling -----------------------------------------------------------------------------------------------

    def fix(self, key: str, index: int) -> None:
        """Take a step of a problem, if that is still open when all edits so far have been checked."""

        def take() -> None:
            problem = self._checking.problems.get(key)
            if problem is None or not 0 <= index < len(problem.fixes):
                return
            step = problem.fixes[index]
            if step.make is not None:
                make = step.make
                if self._store.attempt(lambda: make(self._store.workspace)):
                    self._checking.when_checked(lambda: None)  # at once: somebody looks on
            elif step.request is not None:
                self._choose(key, problem)
                self._requests[step.request](problem, step)

        self._checking.when_checked(take)

    def _choose(self, key: str, problem: Problem) -> None:
        """Open the problem's row. Words on which something in quarantine is to be placed stay selected."""
        view = self._pane.view
        words = view.selected_range()
        self._panel.choose(key)
        if problem.kind == "quarantined" and words[0] < words[1]:
            view.set_selected_range(*words)

    def fix_here(self) -> None:
        """Offer the steps of the problem that is shown, of what is selected, or of what is at the caret."""
        key = self._panel.selected_key() or self._at_caret()
        problem = self._panel.model.problem(key)
        if key is None or problem is None:
            self._store.refused.emit("There is no problem here.")
            return
        self._go(key)
        self._pane.view.scrolling.finish()
        menu, view = self._panel.menu(key), self._pane.view
        menu.setAccessibleName(problem.message)
        menu.popup(view.viewport().mapToGlobal(view.cursorRect().bottomLeft()))

    def _at_caret(self) -> str | None:
        caret = self._pane.view.caret()
        problems = self._checking.problems.items()
        return next((k for k, p in problems if any(start <= caret <= end for start, end in p.ranges)), None)

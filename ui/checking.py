"""The live checks of the open article: run again after every edit, in slices, so that nobody waits for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.checks.base import Problem
from annotator.checks.table import look_through
from annotator.edits import Edit
from annotator.known_checks import BLOCKING, CHECKS, level_of
from ui.slices import Slices
from ui.store import Store

_REST_MS = 300
"""After an edit; who marks word after word is not checked in between."""
_SLICE = 0.006


class Checking(QObject):
    """Keeps ``problems`` of the open article, by key, as the text runs.

    What was found stays until all is found anew.
    """

    changed = Signal()
    """``problems`` are others now, or known to be the same after an edit."""

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self.problems: dict[str, Problem] = {}
        self.fresh = False
        """Whether ``problems`` are those of the article as it is now."""
        self._found: dict[str, Problem] = {}
        self._slices: Slices | None = None
        self._waiting: list[Callable[[], None]] = []
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._begin)
        store.changed.connect(self._edited)
        store.article_opened.connect(self._opened)

    def is_blocking(self, problem: Problem) -> bool:
        """Whether the problem keeps the article from being done."""
        scheme = self._store.workspace.scheme
        return any(check.id == problem.check and level_of(scheme, check) == BLOCKING for check in CHECKS)

    def blocking(self) -> list[Problem]:
        """The problems that keep the article from being done."""
        scheme = self._store.workspace.scheme
        wanted = {check.id for check in CHECKS if level_of(scheme, check) == BLOCKING}
        return [problem for problem in self.problems.values() if problem.check in wanted]

    def records(self, kind: str) -> frozenset[str]:
        """The ids of the records of that kind that have problems."""
        return frozenset(p.id for p in self.problems.values() if p.kind == kind and p.id is not None)

    def when_checked(self, job: Callable[[], None]) -> None:
        """Run ``job`` once ``problems`` are those of the article as it is; never when another one is opened first."""
        if self.fresh:
            job()
            return
        self._waiting.append(job)
        if self._slices is None:
            self._begin()

    def _opened(self) -> None:
        self._stop()
        self._waiting.clear()
        self.problems = {}
        self.fresh = self._store.workspace.article is None
        self.changed.emit()
        if not self.fresh:
            self._rest.start(0)

    def _edited(self, _edit: Edit) -> None:
        if self._store.workspace.article is None:
            self._opened()
            return
        self._stop()
        self.fresh = False
        self._rest.start(0 if self._waiting else _REST_MS)

    def _stop(self) -> None:
        self._rest.stop()
        if self._slices is not None:
            self._slices.stop()
            self._slices.deleteLater()
            self._slices = None

    def _begin(self) -> None:
        self._stop()
        self._found = {}
        self._slices = Slices(self._steps(), self, _SLICE)
        self._slices.finished.connect(self._finish)
        self._slices.failed.connect(_raise)

    def _steps(self) -> Iterator[None]:
        problems: list[Problem] = []
        for problem in look_through(self._store.workspace, self._store.author):
            if problem is not None:
                problems.append(problem)
            yield None
        problems.sort(key=lambda p: (p.start, p.check, p.id or ""))
        yield None
        for problem in problems:
            self._found[f"{problem.check}/{problem.id}/{problem.ranges}/{problem.message}"] = problem
            yield None

    def _finish(self) -> None:
        self._stop()
        self.problems, self._found = self._found, {}
        self.fresh = True
        self.changed.emit()
        jobs, self._waiting = self._waiting, []
        for job in jobs:
            job()


def _raise(error: Exception) -> None:
    raise error

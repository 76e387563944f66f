"""The open problems of an article as rows, as the text runs, maybe those of one check only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Qt

from annotator.checks.base import Problem
from annotator.known_checks import CHECKS
from annotator.text.disguise import badged
from annotator.workspace import Workspace
from ui.models.claim_names import quote_of
from ui.models.rows import KEY, Index, RowsModel
from ui.outline import Outline
from ui.widgets.paint import one_line, tooltip

_WORDS = 60


class ProblemsModel(RowsModel):
    """``blocks(problem)`` says whether a problem keeps the article from being done."""

    columns = ("Problem",)

    def __init__(
        self, ws: Workspace, outline: Outline, blocks: Callable[[Problem], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._ws = ws
        self._outline = outline
        self.blocks = blocks
        self.check: str | None = None
        """The only check whose problems are listed; None: all are."""
        self._problems: Mapping[str, Problem] = {}
        self._of: dict[tuple[str, str | None], str] = {}

    def show(self, problems: Mapping[str, Problem]) -> None:
        """List these, by key, in this order. Rows that stay are kept."""
        self._problems = problems
        self._of = {(problem.kind, problem.id): key for key, problem in reversed(list(problems.items()))}
        if self.check is not None and not any(p.check == self.check for p in problems.values()):
            self.check = None
        self._list()
        self.touch()

    def narrow(self, check: str | None) -> None:
        """List only what this check found; None: everything."""
        self.check = check
        self._list()

    def _list(self) -> None:
        wanted = self.check
        self.set_keys([k for k, problem in self._problems.items() if wanted is None or problem.check == wanted])

    @property
    def total(self) -> int:
        """How many problems there are, whatever the filter."""
        return len(self._problems)

    def problem(self, key: str | None) -> Problem | None:
        """The problem of that key."""
        return self._problems.get(key) if key is not None else None

    def first_of(self, kind: str | None, id_: str | None) -> str | None:
        """The key of the first problem of that record."""
        return self._of.get((kind, id_)) if kind is not None and id_ is not None else None

    def checks(self) -> list[tuple[str, str, str]]:
        """The checks that found something, as ``(id, "Missing cue · 3", its meaning)``."""
        counts = Counter(problem.check for problem in self._problems.values())
        return [(c.id, f"{c.title} · {counts[c.id]:,}", c.meaning) for c in CHECKS if counts[c.id]]

    def where(self, problem: Problem) -> str:
        """What the problem is about, ``Claim 12 · its words``; of the article as a whole, what was checked."""
        ws, id_ = self._ws, problem.id or ""
        if problem.kind == "claim" and id_ in ws.claims:
            return f"Claim {self._outline.number(id_)} · {_cut(quote_of(ws.claims[id_]))}"
        if problem.kind == "speaker" and id_ in ws.speakers:
            return f"Speaker · {_cut(ws.speakers[id_].name)}"
        if problem.kind == "quarantined" and id_ in ws.quarantined:
            return f"In quarantine · {_cut(ws.quarantined[id_].place)}"
        if problem.kind == "article":
            return next((check.title for check in CHECKS if check.id == problem.check), "Article")
        words = " … ".join(ws.text[start:end] for start, end in problem.ranges[:1])
        return " · ".join(filter(None, (problem.kind.capitalize(), _cut(words))))

    def level(self, problem: Problem) -> str:
        """``Blocking`` or ``Warning``."""
        return "Blocking" if self.blocks(problem) else "Warning"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.keys):
            return None
        key = self.keys[index.row()]
        problem = self._problems.get(key)
        if role == KEY or problem is None:
            return key if role == KEY else None
        if role == Qt.ItemDataRole.DisplayRole:
            return badged(problem.message)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return badged(f"{self.level(problem)}: {problem.message} {self.where(problem)}")
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(f"{problem.message} {self.where(problem)}")
        return None


def _cut(words: str) -> str:
    words = badged(one_line(words))
    return words if len(words) <= _WORDS else words[: _WORDS - 1] + "…"

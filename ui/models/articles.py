"""The articles of a project as rows, narrowed by words and by state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt

from annotator.model import ArticleSummary
from annotator.text.disguise import badged
from annotator.text.wording import counted
from annotator.vocabulary import DEFAULT
from ui.models.rows import KEY, Index, RowsModel
from ui.widgets.paint import tooltip

SUMMARY = KEY + 1
"""The role that gives a row's :class:`ArticleSummary`."""


def subtitle(summary: ArticleSummary) -> str:
    """``16 claims · 3 corrections``, or the state when nothing is labelled; then what is in quarantine."""
    parts = [_many(summary.claims, "claim"), _many(summary.corrections, "correction")]
    held = f"{summary.quarantined:,} in quarantine" if summary.quarantined else ""
    state = summary.article.state
    if not any(parts):
        parts = [DEFAULT.label("article.state", state)]
    elif state in ("needs_review", "done"):
        parts = [parts[0] or parts[1], DEFAULT.label("article.state", state).lower()]
    if held:
        parts[1:] = [held]
    return " · ".join(part for part in parts if part)


class ArticlesModel(RowsModel):
    """Filtering 10,000 articles is one pass over prepared strings."""

    columns = ("Article",)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._summaries: dict[str, ArticleSummary] = {}
        self._haystacks: dict[str, str] = {}
        self.worked: Callable[[str], str] = lambda _id: ""
        """Article id to how long it was worked on, in words; "" where that is not known."""
        self.words = ""
        self.state: str | None = None

    @property
    def total(self) -> int:
        """How many articles there are, whatever the filter."""
        return len(self._summaries)

    def show(self, summaries: Sequence[ArticleSummary]) -> None:
        """Show these articles, in this order; rows that stay are kept."""
        before = self._summaries
        self._summaries = {summary.article.id: summary for summary in summaries}
        changed = [
            id_
            for id_, summary in self._summaries.items()
            if (known := before.get(id_)) is not summary and known != summary
        ]
        for id_ in changed:
            self._haystacks[id_] = _haystack(self._summaries[id_])
        self.set_keys(self._listed())
        self.touch(changed)

    def narrow(self, words: str, state: str | None) -> None:
        """Show only articles with all these words in title, outlet or byline, and in this state (None: any)."""
        self.words, self.state = words, state
        listed = self._listed()
        if listed != self.keys:
            self.reset_keys(listed)

    def update(self, summary: ArticleSummary) -> None:
        """One article's counts or fields are others now."""
        id_ = summary.article.id
        before = self._summaries.get(id_)
        if before is None or before == summary:
            return
        self._summaries[id_] = summary
        if before.article != summary.article:
            self._haystacks[id_] = _haystack(summary)
            if self.words or self.state is not None:
                self.set_keys(self._listed())
        self.touch([id_])

    def _listed(self) -> list[str]:
        words = self.words.casefold().split()
        return [
            id_
            for id_, summary in self._summaries.items()
            if (self.state is None or summary.article.state == self.state)
            and all(word in self._haystacks[id_] for word in words)
        ]

    def summary(self, key: str) -> ArticleSummary | None:
        return self._summaries.get(key)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.keys):
            return None
        key = self.keys[index.row()]
        summary = self._summaries.get(key)
        if role == KEY or summary is None:
            return key if role == KEY else None
        if role in (SUMMARY, Qt.ItemDataRole.DisplayRole):
            return summary if role == SUMMARY else summary.article.title
        if role == Qt.ItemDataRole.ToolTipRole:
            worked = f" · {words} of work" if (words := self.worked(key)) else ""
            return tooltip(f"{summary.article.title}{worked}")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = DEFAULT.label("article.state", summary.article.state)
            return f"{badged(summary.article.title)}, {state}, {subtitle(summary)}"
        return None


def _haystack(summary: ArticleSummary) -> str:
    article = summary.article
    return "\n".join((article.title, article.outlet or "", article.byline or "")).casefold()


def _many(count: int, noun: str) -> str:
    return counted(count, noun) if count else ""

"""How far a project is, and how long the work took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from annotator.model import Article, ArticleSummary

IDLE = 120.0
"""Seconds without a key, a click or the wheel after which nobody is counted as working."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Articles by state, and how many became done on one day."""

    by_state: dict[str, int]
    done_today: int

    @property
    def articles(self) -> int:
        """All of them."""
        return sum(self.by_state.values())

    @property
    def done(self) -> int:
        """Those that are done."""
        return self.by_state.get("done", 0)


def progress(summaries: Iterable[ArticleSummary], today: date) -> Progress:
    """Count. An article that is done is frozen, so the day it was last changed is the day it was done.

    Args:
        summaries: of all articles of the project.
        today: a day of this computer's own time zone.
    """
    near = {(today + timedelta(days)).isoformat() for days in (-1, 0, 1)}
    """In UTC it may be another day; most articles need no look at the clock."""
    states: Counter[str] = Counter()
    finished = 0
    for summary in summaries:
        states[summary.article.state] += 1
        if summary.article.state == "done" and summary.article.updated[:10] in near:
            finished += _day(summary.article.updated) == today
    return Progress(dict(states), finished)


def next_unfinished(ordered: Sequence[Article], current: str | None, listed: Container[str]) -> str | None:
    """The id of the article to go on with after ``current``, round and round; None when all others are done.

    Those that are ``listed`` come first, and of these the ones that do not wait for a review.
    """
    here = next((place for place, article in enumerate(ordered) if article.id == current), -1)
    others = [*ordered[here + 1 :], *ordered[: max(here, 0)]]
    open_ = [article for article in others if article.state != "done"]
    best = min(open_, key=lambda a: (a.id not in listed, a.state == "needs_review"), default=None)
    return best.id if best is not None else None


def duration(seconds: float) -> str:
    """``less than a minute``, ``12 min``, ``1 h 05 min``."""
    minutes = int(seconds) // 60
    if not minutes:
        return "less than a minute"
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60:,} h {minutes % 60:02} min"


def _day(time: str) -> date | None:
    try:
        return datetime.fromisoformat(time).astimezone().date()
    except ValueError:
        return None


class Stopwatch:
    """Seconds of work on one article: signs of life add the time since the last one, unless that was too long."""

    def __init__(self) -> None:
        self._last: float | None = None
        self._seconds = 0.0

    def sign(self, at: float) -> None:
        """Somebody pressed a key or moved the mouse at this time (seconds of a clock that never goes back)."""
        if self._last is not None and 0 < at - self._last <= IDLE:
            self._seconds += at - self._last
        self._last = at

    def stop(self) -> None:
        """Another article or window is looked at: the time until the next sign of life does not count."""
        self._last = None

    def take(self) -> float:
        """The seconds counted since they were last taken."""
        seconds, self._seconds = self._seconds, 0.0
        return seconds

"""Copies of a project that are kept: what is told of one, why it was made, and which are kept how long."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from annotator.edits import LogHead

REASONS = {
    "open": "when the project was opened",
    "regular": "while it was worked on",
    "import": "before an import",
    "large": "before a large change",
    "restore": "before a backup was restored",
    "upgrade": "before the upgrade to a newer version",
    "asked": "asked for",
}
"""Why a backup is made: what stands in its name, and in words."""
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_DAILY, _WEEKLY, _MONTHLY = 14, 8, 12


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy. Time and reason stand in its name, everything else was read in the file itself."""

    path: str
    time: datetime
    """When it was made, in UTC; of a file with a name of its own when it was last written."""
    reason: str
    """One of :data:`REASONS`; "" of a file with a name of its own."""
    size: int
    """Bytes."""
    head: LogHead
    """The end of its change log."""
    articles: int = 0
    claims: int = 0
    speakers: int = 0
    mentions: int = 0
    corrections: int = 0
    project_id: str = ""
    problem: str = ""
    """Why it cannot be read, in one sentence; "" when it can."""

    @property
    def prunable(self) -> bool:
        """Whether its time may come: it was made by itself, can be read, and no upgrade hangs on it."""
        return self.reason not in ("", "upgrade") and not self.problem


class Backups(Protocol):
    """The backups of one project file. May be used on any thread, also while the project is written."""

    @property
    def folder(self) -> str:
        """Where they are, whether there are any or not."""

    def make(self, reason: str, stopped: Callable[[], bool] = lambda: False) -> Backup | None:
        """Copy the project as it is now, check the copy, and make it durable.

        None: nothing was changed since the last one (asked for, or before a restore, one is made all the same), or
        ``stopped`` answered True meanwhile.

        Raises:
            ProjectDamaged: the project is damaged, and was not copied.
            ProjectError: the copy could not be made (disk full); nothing is left of it.
        """

    def all(self) -> list[Backup]:
        """Every file that is there, the newest first; what cannot be read has a ``problem``."""

    def tidy(self, last: Backup) -> None:
        """Remove the project's backups that :func:`kept` does not keep, ``last`` being the one made just now."""


def kept(times: Iterable[datetime], last: datetime) -> set[datetime]:
    """Which of the backups made at these times (UTC, no two the same) are kept.

    Counted from ``last``, the one made just now, which always is: all of the hour before it, the newest of each hour
    of the day before it, and of the 14 newest days, 8 newest weeks and 12 newest months that have one the newest.
    The clock is never asked, and what was made later than ``last`` (the clock was put back) is kept as hours are and
    counts for nothing else: a clock that is put back makes nothing go that was to stay. One that is put ahead cannot
    be told from time that has gone by, and has begun a day, a week and a month: the oldest of each may go.
    """
    times = sorted({*times, last}, reverse=True)
    past = [time for time in times if time <= last]
    return {
        *(time for time in past if time > last - _HOUR),
        *_newest([time for time in times if time > last - _DAY], lambda time: (time.date(), time.hour), None),
        *_newest(past, lambda time: time.date(), _DAILY),
        *_newest(past, lambda time: time.isocalendar()[:2], _WEEKLY),
        *_newest(past, lambda time: (time.year, time.month), _MONTHLY),
    }


def _newest(times: list[datetime], stretch: Callable[[datetime], object], most: int | None) -> list[datetime]:
    """The newest of each of the ``most`` newest stretches of time. ``times``: the newest first."""
    first: dict[object, datetime] = {}
    for time in times:
        first.setdefault(stretch(time), time)
    return list(first.values())[:most]

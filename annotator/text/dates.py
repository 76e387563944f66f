"""Dates as newspapers write them, to ``YYYY-MM-DD``. Only a line that is a date and nothing else counts."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan января",
            "february feb февраля",
            "march mar марта",
            "april apr апреля",
            "may мая",
            "june jun июня",
            "july jul июля",
            "august aug августа",
            "september sept sep сентября",
            "october oct октября",
            "november nov ноября",
            "december dec декабря",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)"
_WEEKDAY = (
    r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,?\s+"
    r"|(?:понедельник|вторник|среда|четверг|пятница|суббота|воскресенье),?\s+)?"
)
_CLOCK = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\.\d+)?"
_ZONE = r"(?:[A-Z]{2,4}|[+-]\d\d:?\d\d|Z)?"
_TIME = rf"(?:(?:\s*,\s*|\s+at\s+|\s+в\s+|\s*[|·–—-]\s*|\s+|T){_CLOCK}\s*(?:[ap]\.?m\.?)?\s*{_ZONE})?"
_LABEL = r"(?:(?:published|posted|date|дата|опубликовано)(?:\s+on|\s*:)?\s+)?"
_PATTERNS = tuple(
    re.compile(rf"{_LABEL}{_WEEKDAY}{body}{_TIME}\s*\.?", re.IGNORECASE)
    for body in (
        rf"{_MONTH}\s*{_DAY}\s*,?\s*{_YEAR}",
        rf"{_DAY}\s+(?:of\s+)?{_MONTH}\s*,?\s*{_YEAR}(?:\s*(?:года|год|г\.?))?",
        rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)",
        rf"{_YEAR}/(?P<month>\d\d)/(?P<day>\d\d)",
        rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.{_YEAR}(?:\s*г\.?)?",
    )
)
_SLASHED = re.compile(rf"{_LABEL}(?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})/{_YEAR}", re.IGNORECASE)


def parse_date(line: str) -> str | None:
    """The date that ``line`` consists of, as ``YYYY-MM-DD``; None when it says anything else.

    A weekday, a time of day and a word such as “Published:” may stand beside it. ``4/20/2018`` is read only
    when one number is beyond 12, since readers differ on which comes first.
    """
    line = " ".join(line.split())
    if len(line) > 80:
        return None
    for pattern in _PATTERNS:
        match = pattern.fullmatch(line)
        if match:
            month = match["month"].casefold()
            return _iso(match["year"], _MONTHS.get(month) or int(month), int(match["day"]))
    slashed = _SLASHED.fullmatch(line)
    if slashed is None:
        return None
    first, second = int(slashed["first"]), int(slashed["second"])
    if first > 12:
        return _iso(slashed["year"], second, first)
    return _iso(slashed["year"], first, second) if second > 12 or first == second else None


def _iso(year: str, month: int, day: int) -> str | None:
    try:
        return date(int(year), month, day).isoformat()
    except ValueError:
        return None

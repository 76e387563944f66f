"""Times of the change log as people read them."""

from __future__ import annotations

from datetime import datetime


def local(time: str) -> str:
    """A stored UTC time (``2026-11-23T12:00:00.000Z``) where one is now: ``2026-11-23 13:00``."""
    return datetime.fromisoformat(time).astimezone().strftime("%Y-%m-%d %H:%M")

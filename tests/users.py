"""Tests that run as root do as an ordinary user what file modes should stop."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

NOBODY = 65534
"""An ordinary user and its group."""


@contextmanager
def as_ordinary_user() -> Iterator[None]:
    """Within it, file modes count, which stop no root."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        yield
        return
    os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)

"""Python's collector of circles, told to come seldom while records are made by the hundred thousand."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = (50_000, 20, 100)


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Within this, also as a decorator, the collector looks at new objects by the fifty thousand.

    Records form no circles, so it finds nothing of them; what it costs to look grows with how many there are.
    """
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)

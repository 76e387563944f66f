"""Which keys came by, in eight bytes for each: to find those that came twice among hundreds of thousands."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable
from itertools import pairwise

_PARTS = 64
"""Sorted one at a time, so that finding what came twice needs hardly more memory than what is kept."""


class Seen:
    """Takes keys in and keeps their hashes alone."""

    def __init__(self) -> None:
        self._parts = [array("q") for _ in range(_PARTS)]

    def add(self, keys: Iterable[Hashable]) -> None:
        """Take keys in."""
        parts = self._parts
        for found in map(hash, keys):
            parts[found % _PARTS].append(found)

    def twice(self) -> frozenset[int]:
        """The hashes that came more than once. Two keys may share one, so whoever has it must look at the keys."""
        found: set[int] = set()
        for part in self._parts:
            ordered = sorted(part)
            found.update(one for one, other in pairwise(ordered) if one == other)
        return frozenset(found)

"""Between this program's labels and those of another tool, both ways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from annotator.formats.standoff.graph import Standoff


class Relabelling(Protocol):
    """What a mapping does."""

    def to_ours(self, standoff: Standoff) -> Standoff:
        """The same in this program's labels; what no rule covers keeps its own."""

    def to_theirs(self, standoff: Standoff) -> Standoff:
        """The same in the other tool's labels."""


@dataclass(frozen=True, slots=True)
class _AsItIs:
    def to_ours(self, standoff: Standoff) -> Standoff:
        return standoff

    def to_theirs(self, standoff: Standoff) -> Standoff:
        return standoff


AS_IT_IS: Relabelling = _AsItIs()
"""No mapping: the labels are this program's."""

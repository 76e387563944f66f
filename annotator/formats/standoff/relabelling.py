"""Between this program's labels and those of another tool, both ways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from annotator.formats.standoff.graph import Standoff
from annotator.formats.standoff.mapping import Mapping
from annotator.formats.standoff.mapping_in import to_ours
from annotator.formats.standoff.mapping_out import to_theirs
from annotator.formats.standoff.proposing import propose


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


@dataclass(frozen=True, slots=True)
class ByMapping:
    """By the rules of a mapping."""

    mapping: Mapping

    def to_ours(self, standoff: Standoff) -> Standoff:
        """See :func:`.mapping_in.to_ours`."""
        return to_ours(standoff, self.mapping).standoff

    def to_theirs(self, standoff: Standoff) -> Standoff:
        """See :func:`.mapping_out.to_theirs`."""
        return to_theirs(standoff, self.mapping)


def proposed(standoff: Standoff) -> Standoff:
    """One article in this program's labels, by the mapping that its own labels suggest."""
    return to_ours(standoff, propose([standoff])).standoff

"""What the article view shows at this moment: shared by layout, painter and pointer, changed only by the view."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from ui.text.document import DisplayMap
from ui.text.marks import Legend, Mark, MarkIndex, Placed
from ui.text.typography import Typography
from ui.theme import Theme


@dataclass
class FindMatches:
    """Places found by a search, as document positions in text order."""

    ranges: list[tuple[int, int]] = field(default_factory=list)
    current: tuple[int, int] | None = None

    def between(self, start: int, end: int) -> list[tuple[int, int]]:
        """The matches that touch ``[start, end)``."""
        first = bisect_left(self.ranges, start, key=lambda match: match[1])
        found = []
        for match in self.ranges[first:]:
            if match[0] >= end:
                break
            found.append(match)
        return found


class Scene:
    """One text with its marks, in one theme and at one zoom."""

    def __init__(
        self, theme: Theme, display: DisplayMap, typography: Typography, legend: Legend, title: str = ""
    ) -> None:
        self.theme = theme
        self.legend = legend
        self.map = display
        self.typography = typography
        self.title = title
        self.index = MarkIndex(self.place)
        self.finds = FindMatches()
        self.selected_id: str | None = None
        self.preview: Placed | None = None
        """The selected mark as it would be if the dragged boundary were let go now."""

    def place(self, mark: Mark) -> list[tuple[int, int, int]]:
        """Where the parts of a mark stand in this document, in text order."""
        placed = []
        for number, (start, end) in enumerate(mark.parts):
            found = self.map.place(start, end)
            if found is not None and (found[0] < found[1] or mark.kind == "correction"):
                placed.append((number, *found))
        return sorted(placed, key=lambda part: part[1:])

    @property
    def selected(self) -> Placed | None:
        """The selected mark where it stands, or where it is being dragged to."""
        return self.preview if self.preview is not None else self.index.get(self.selected_id)

    def hue(self, placed: Placed) -> int:
        """The index of a mark's colour."""
        return self.legend.hue(placed.mark.id)

    def links(self) -> frozenset[str]:
        """The ids of the marks shown together with the selected one."""
        selected = self.selected
        return self.legend.links(selected.mark.id) if selected is not None else frozenset()

    def linked(self) -> list[Placed]:
        """The marks shown together with the selected one, in text order."""
        found = (self.index.get(mark_id) for mark_id in self.links())
        return sorted((placed for placed in found if placed is not None), key=lambda placed: placed.start)

    def set_finds(self, ranges: Sequence[tuple[int, int]], current: int | None) -> None:
        """Take search matches, given as source offsets; ``current`` indexes them."""
        places = [self.map.place(*match) for match in ranges]
        self.finds.ranges = sorted(place for place in places if place is not None)
        self.finds.current = places[current] if current is not None and 0 <= current < len(places) else None

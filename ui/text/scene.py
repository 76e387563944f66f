"""What the article view shows at this moment: shared by layout, painter and pointer, changed only by the view."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop

from ui.text.document import DisplayMap
from ui.text.marks import Legend, Mark, MarkIndex, Placed, Relation
from ui.text.typography import GUTTER, SLIM_GUTTER, Typography
from ui.theme import Theme


@dataclass
class FindMatches:
    """Places found by a search: source ranges in text order. Only those that show are ever looked for on the page."""

    display: DisplayMap
    ranges: Sequence[tuple[int, int]] = ()
    current: tuple[int, int] | None = None
    """The one that was gone to, as a range of the document."""

    def between(self, start: int, end: int) -> list[tuple[int, int]]:
        """The matches that touch ``[start, end)``, as ranges of the document."""
        low, high = self.display.reach(start, end)
        first = bisect_left(self.ranges, low, key=lambda match: match[1])
        found = []
        for index in range(first, len(self.ranges)):
            if self.ranges[index][0] > high:
                break
            place = self.display.place(*self.ranges[index])
            if place is not None and place[0] < end and place[1] >= start:
                found.append(place)
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
        self.index = MarkIndex(self.place, display.reach)
        self.finds = FindMatches(display)
        self.pointed = FindMatches(display)
        """Places that somebody asked to be shown, for as long as that is of use."""
        self.slim = False
        """The gutter has no room for numbers."""
        self.on_paper = False
        """Set for a page: words are in their colours for good, and only whole lines are painted."""
        self.spotlight: tuple[int, int] | None = None
        """The source range whose paragraphs are not dimmed; None: nothing is."""
        self.mirror = (0, 0)
        """The words that are selected in the view beside this one, as a range of this document."""
        self.trailing: int | None = None
        """The caret, when it is at this position, stands behind the character before, not before the next one."""
        self.selected_id: str | None = None
        """A mark, or something without a place of its own (a speaker) whose marks are to be seen."""
        self._related: tuple[str, Mapping[str, Relation]] | None = None
        self.preview: Placed | None = None
        """The selected mark as it would be if the dragged boundary were let go now."""

    def place(self, mark: Mark) -> list[tuple[int, int, int]]:
        """Where the parts of a mark stand in this document, in text order."""
        placed = []
        for number, (start, end) in enumerate(mark.parts):
            found = self.map.place(start, end)
            if found is not None and (found[0] < found[1] or mark.kind == "correction"):
                placed.append((number, *found))
        return sorted(placed, key=lambda part: part[1:]) if len(placed) > 1 else placed

    @property
    def gutter(self) -> int:
        """Width of the gutter, before zoom."""
        return SLIM_GUTTER if self.slim else GUTTER

    @property
    def selected(self) -> Placed | None:
        """The selected mark where it stands, or where it is being dragged to."""
        return self.preview if self.preview is not None else self.index.get(self.selected_id)

    def hue(self, placed: Placed) -> int:
        """The index of a mark's colour."""
        return self.legend.hue(placed.mark.id)

    def relations(self) -> Mapping[str, Relation]:
        """The ids of the marks shown together with what is selected. Asked once for each choice, not for each frame."""
        chosen = self.selected_id
        if chosen is None:
            return {}
        if self._related is None or self._related[0] != chosen:
            self._related = chosen, self.legend.relations(chosen)
        return self._related[1]

    def forget_relations(self) -> None:
        """Marks have changed: who belongs to what is selected has to be asked again."""
        self._related = None

    def first_related(self) -> Placed | None:
        """The first mark in the source text that is shown together with what is selected and has a place here."""
        marks = filter(None, map(self.index.mark, self.relations()))
        ordered = [(mark.parts[0][0], mark.id) for mark in marks if mark.parts]
        heapify(ordered)  # of ten thousand, the first one mostly has a place
        while ordered:
            if (placed := self.index.get(heappop(ordered)[1])) is not None:
                return placed
        return None

    def related(self, wanted: Container[Relation]) -> list[tuple[Placed, Relation]]:
        """The marks that are in one of these relations to what is selected, in text order."""
        named = ((mark_id, relation) for mark_id, relation in self.relations().items() if relation in wanted)
        found = ((self.index.get(mark_id), relation) for mark_id, relation in named)
        return sorted(((p, relation) for p, relation in found if p is not None), key=lambda pair: pair[0].start)

    def relation(self, placed: Placed) -> Relation | None:
        """What a mark is to what is selected."""
        return self.relations().get(placed.mark.id)

    @property
    def recedes(self) -> bool:
        """Whether what does not belong to the choice steps back."""
        return self.selected is not None or bool(self.relations())

    def point_at(self, ranges: Sequence[tuple[int, int]]) -> None:
        """Show these places, given as source offsets, and no others."""
        self.pointed.ranges = sorted(ranges)

    def highlighted(self, start: int, end: int) -> list[tuple[int, int]]:
        """What is found or pointed at in ``[start, end)`` of the document."""
        return [*self.finds.between(start, end), *self.pointed.between(start, end)]

    def set_finds(self, ranges: Sequence[tuple[int, int]], current: int | None) -> None:
        """Take search matches, given as source offsets; ``current`` indexes them."""
        known = current is not None and 0 <= current < len(ranges)
        self.finds.ranges = ranges
        self.finds.current = self.map.place(*ranges[current]) if current is not None and known else None

"""Two layouts in step: what belongs together stands at the same height in both, however the lines break."""

from __future__ import annotations

from ui.text.layout import ArticleLayout
from ui.text.rows import Rows


class Alignment:
    """Gives the rows of two layouts the same heights: the last block of the lower side of a row gets the rest.

    Where a row has no block, the block before it gets the whole height; before the first block, the head does. Both
    documents are then equally high, so that they are scrolled by the same value. A row is laid out as a whole.
    """

    def __init__(self, rows: Rows, layouts: tuple[ArticleLayout, ArticleLayout]) -> None:
        self._rows = rows
        self.layouts = layouts
        for layout in layouts:
            layout.alignment = self
        self.fit_all()

    def release(self) -> None:
        """Let the layouts go; each is to be filled anew."""
        for layout in self.layouts:
            layout.alignment = None

    def complete(self, layout: ArticleLayout, number: int) -> None:
        """Lay out all blocks of the row that this block stands in, on both sides."""
        row = self._rows.row_of(self.layouts.index(layout), number)
        for side, other in enumerate(self.layouts):
            for block in self._rows.blocks(side, row):
                other.lay_out(block)

    def fit(self, layout: ArticleLayout, number: int) -> None:
        """The lines of a block need another height now: fit its row."""
        self._fit(self._rows.row_of(self.layouts.index(layout), number))

    def fit_all(self) -> None:
        """Fit every row."""
        rooms = [self._height(row) for row in range(len(self._rows))]
        for side, layout in enumerate(self.layouts):
            heights, head, last = list(layout.heights.own), 0.0, -1
            for row, room in enumerate(rooms):
                blocks = self._rows.blocks(side, row)
                if blocks:
                    last = blocks.stop - 1
                    heights[last] += room - sum(layout.heights.own[blocks.start : blocks.stop])
                elif last >= 0:
                    heights[last] += room
                else:
                    head += room
            layout.heights.give_head(head)
            layout.heights.give(0, heights)

    def _fit(self, row: int) -> None:
        for side, layout in enumerate(self.layouts):
            at = row
            while at >= 0 and not self._rows.blocks(side, at):
                at -= 1
            self._stretch(side, layout, at)

    def _stretch(self, side: int, layout: ArticleLayout, row: int) -> None:
        """Give the blocks of one side of a row their heights; row -1 is the head, above the first block."""
        room = 0.0
        following = row + 1
        while following < len(self._rows) and not self._rows.blocks(side, following):
            room += self._height(following)
            following += 1
        if row < 0:
            layout.heights.give_head(room)
            return
        blocks = self._rows.blocks(side, row)
        heights = layout.heights.own[blocks.start : blocks.stop]
        heights[-1] += self._height(row) - sum(heights) + room
        layout.heights.give(blocks.start, heights)

    def _height(self, row: int) -> float:
        (first, second), (ours, theirs) = self._rows.both(row), (layout.heights.own for layout in self.layouts)
        return max(sum(ours[first.start : first.stop]), sum(theirs[second.start : second.stop]))

"""One article on sheets of paper: its text, and after it the legend."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from PySide6.QtGui import QPainter

from ui.paper.column import Column
from ui.paper.legend import Legend
from ui.paper.manuscript import Manuscript
from ui.paper.pages import Page, paginate
from ui.paper.sheet import PaperSheet
from ui.paper.spread import Spread
from ui.paper.story import Story
from ui.text.inks import Inks
from ui.theme import LIGHT

Content = Story | Spread | Column
"""Lines that are shared out among pages, with room for a ``head`` on each."""


class Printout:
    """Lay it out with ``steps``; then it has ``pages``, each to be painted by itself."""

    def __init__(self, manuscript: Manuscript, sheet: PaperSheet, *, legend: bool = True) -> None:
        self._manuscript = manuscript
        self._sheet = sheet
        self._with_legend = legend
        self._inks = Inks(LIGHT)
        self._pages: list[tuple[Content, Page]] = []

    @property
    def pages(self) -> int:
        """How many there are."""
        return len(self._pages)

    def steps(self) -> Iterator[None]:
        """Lay out in small steps."""
        scenes, width = self._manuscript.scenes, self._sheet.width
        story = Spread(scenes, width) if len(scenes) > 1 else Story(scenes[0], width)
        yield from story.steps()
        yield from self._fill(story)
        if self._with_legend:
            firsts = [page.first for _, page in self._pages]
            legend = Legend(
                self._manuscript, width, self._inks, lambda offset: bisect_right(firsts, story.line_of(offset))
            )
            yield from legend.steps()
            yield from self._fill(legend.column)

    def _fill(self, content: Content) -> Iterator[None]:
        for page in paginate(content.lines, self._sheet.column.height() - content.head):
            self._pages.append((content, page))
            yield

    def paint(self, painter: QPainter, number: int) -> None:
        """Paint one page (from 1); ``painter`` counts in the sheet's pixels."""
        content, page = self._pages[number - 1]
        painter.save()
        self._sheet.paint_running(painter, self._inks, self._manuscript.running, number, self.pages)
        painter.translate(0, self._sheet.column.top() + content.head - content.lines[page.first].top)
        content.paint(painter, page.first, page.last)
        painter.restore()

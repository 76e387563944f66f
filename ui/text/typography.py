"""Fonts and distances of the article view, by kind of segment, zoom and the reader's wishes.

All in device-independent pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt

from PySide6.QtGui import QFont, QFontMetricsF

from ui.fonts import READING_FAMILIES, reading_font, ui_font

GUTTER = 84
REACH = 40
"""How far a mark may paint beyond its block: underlines, handles, links."""
SLIM_GUTTER = 44
"""Bars without numbers: beside another view of the article, which has them."""
MARGIN_RIGHT = 28
MARGIN_TOP = 26
MARGIN_BOTTOM = 48
LANE_FIRST = 2.0
"""From the box around a line of text to the middle of the first underline."""
LANE_STEP = 3.4
LANE_WIDTH = 1.7
LANE_SPACE = 2.5
"""Below the last of many lanes, so that it does not touch the tints of the next line."""
ASIDE = frozenset({"related_link", "url", "caption", "note"})
META = frozenset({"dateline", "byline"})
SIZES = (12, 32)
SPACINGS = (1.4, 3.0)
MEASURES = (360, 1200)
_SIZE = 17
"""The size that all other distances are drawn for."""
_SMALLEST = 11
"""Text in the sans serif (bylines, captions) gets no smaller with the size of the article's text."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a person likes to read, at normal zoom. Values out of range are brought into it."""

    family: str = READING_FAMILIES[0]
    size: int = _SIZE
    """Of the body text."""
    spacing: float = 1.95
    """From line to line, in sizes; never so little that lines meet."""
    measure: int = 690
    """The longest line."""

    def __post_init__(self) -> None:
        for name, value, (low, high) in (
            ("size", round(self.size), SIZES),
            ("spacing", round(float(self.spacing), 2), SPACINGS),
            ("measure", round(self.measure), MEASURES),
        ):
            object.__setattr__(self, name, max(low, min(high, value)))


@dataclass(frozen=True, slots=True)
class Style:
    """How one kind of block is set."""

    font: QFont
    insert_font: QFont
    """The font of replacements painted beside struck text."""
    line: float
    """Line height."""
    box: float
    """Height of a tint around a line of text."""
    baseline: float
    """From the top of the line."""
    gap: float
    """Below the block."""
    secondary: bool
    """Set in the secondary text colour."""
    average: float
    """Average width of a character."""
    lanes: int
    """Underlines that fit between two lines; every further one makes the lines of its paragraph taller."""

    @property
    def box_top(self) -> float:
        return (self.line - self.box) / 2


class Typography:
    """The styles at one zoom, for one way of reading."""

    def __init__(self, zoom: float = 1.0, reading: Reading | None = None) -> None:
        self.zoom = zoom
        self.reading = reading = reading or Reading()
        self._scale = zoom * sqrt(reading.size / _SIZE)
        self.measure = reading.measure * zoom
        """The longest line."""
        demi = QFont.Weight.DemiBold
        self.body = self._style(self._serif(17), self._serif(16, demi), 1.0, 13)
        # A headline is large and short: it follows the spacing half way, and from little to little.
        self._headline = self._style(self._serif(25, demi), self._serif(23, demi), 0.7, 10)
        self._meta = self._style(self._sans(13), self._sans(12.5, demi), 0.87, 16, secondary=True)
        self._aside = self._style(self._sans(13.5), self._sans(13, demi), 0.915, 13, secondary=True)
        self.number_font = ui_font(self.px(11), demi)
        self._number_widths: dict[str, float] = {}

    def style(self, kind: str) -> Style:
        """The style of a block with this segment kind."""
        if kind == "headline":
            return self._headline
        if kind in META:
            return self._meta
        return self._aside if kind in ASIDE else self.body

    def px(self, length: float) -> float:
        """A length at this zoom. What is drawn around the text grows with its size too, but less than it does."""
        return length * self._scale

    def number_width(self, number: str) -> float:
        """The width of a number in the gutter; measured once, for it is asked at every painting."""
        if (width := self._number_widths.get(number)) is None:
            width = self._number_widths[number] = QFontMetricsF(self.number_font).horizontalAdvance(number)
        return width

    def _serif(self, px: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        return reading_font(self._sized(px), weight, family=self.reading.family)

    def _sans(self, px: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        return ui_font(max(self._sized(px), _SMALLEST * self.zoom), weight)

    def _sized(self, px: float) -> float:
        return px * self.zoom * self.reading.size / _SIZE

    def _style(self, font: QFont, insert: QFont, tight: float, gap: float, *, secondary: bool = False) -> Style:
        """``tight``: the part of the reader's line spacing that this kind of block has."""
        metrics = QFontMetricsF(font)
        wanted = round(font.pixelSize() * self.reading.spacing * tight)
        line = float(max(wanted, ceil(metrics.height())))
        box = min(line, font.pixelSize() * 1.36)
        baseline = (line - metrics.height()) / 2 + metrics.ascent() - self.zoom
        room = line - box - self.px(LANE_FIRST + LANE_WIDTH / 2)
        lanes = max(0, int(room // self.px(LANE_STEP)) + 1)
        distance = float(round(self.px(gap)))
        average = metrics.averageCharWidth()
        return Style(font, insert, line, box, baseline, distance, secondary, average, lanes)

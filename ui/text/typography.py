"""Fonts and distances of the article view, by kind of segment and zoom. All in device-independent pixels."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontMetricsF

from ui.fonts import reading_font, ui_font

MEASURE = 690
GUTTER = 84
MARGIN_RIGHT = 28
MARGIN_TOP = 26
MARGIN_BOTTOM = 48
LANE_STEP = 3.4
FREE_LANES = 3
"""Lanes that fit between two lines; every further one makes the lines of its paragraph taller."""
ASIDE = frozenset({"related_link", "url", "caption", "note"})
META = frozenset({"dateline", "byline"})


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

    @property
    def box_top(self) -> float:
        return (self.line - self.box) / 2


class Typography:
    """The styles at one zoom."""

    def __init__(self, zoom: float = 1.0) -> None:
        self.zoom = zoom
        demi = QFont.Weight.DemiBold
        self.body = self._style(reading_font(17 * zoom), reading_font(16 * zoom, demi), 33, 13)
        self._headline = self._style(reading_font(25 * zoom, demi), reading_font(23 * zoom, demi), 34, 10)
        self._meta = self._style(ui_font(13 * zoom), ui_font(12.5 * zoom, demi), 22, 16, secondary=True)
        self._aside = self._style(ui_font(13.5 * zoom), ui_font(13 * zoom, demi), 24, 13, secondary=True)
        self.number_font = ui_font(11 * zoom, demi)

    def style(self, kind: str) -> Style:
        """The style of a block with this segment kind."""
        if kind == "headline":
            return self._headline
        if kind in META:
            return self._meta
        return self._aside if kind in ASIDE else self.body

    def px(self, length: float) -> float:
        """A length at this zoom."""
        return length * self.zoom

    def _style(self, font: QFont, insert: QFont, line: float, gap: float, *, secondary: bool = False) -> Style:
        metrics = QFontMetricsF(font)
        height = float(round(line * self.zoom))
        box = min(height, font.pixelSize() * 1.36)
        baseline = (height - metrics.height()) / 2 + metrics.ascent() - self.zoom
        return Style(
            font, insert, height, box, baseline, float(round(gap * self.zoom)), secondary, metrics.averageCharWidth()
        )

"""The theme's colours as Qt's, mixed once."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from ui.theme import Theme, blend


class Inks:
    """Colours for painting in one theme."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.text = QColor(theme.text)
        self.text2 = QColor(theme.text2)
        self.text3 = QColor(theme.text3)
        self.page = QColor(theme.page)
        self.accent = QColor(theme.accent)
        self.insert = QColor(theme.insert)
        self.delete = QColor(theme.delete)
        self.on_line = QColor(theme.on_line)
        self.insert_ground = QColor(blend(theme.insert, theme.insert_tint, theme.page))
        self.delete_ground = QColor(blend(theme.delete, theme.delete_tint, theme.page))
        self.selection = QColor(blend(theme.accent, theme.selection, theme.page))
        self.mirror = QColor(theme.accent)
        self.mirror.setAlphaF(theme.selection / 2)
        self.find = QColor(theme.find)
        self.find_current = QColor(theme.find_current)
        self.find_line = QColor(theme.find_line)
        self.neutral_ground = QColor(blend(theme.text3, theme.chip, theme.page))
        self.line = cache(self._line)
        self.chip = cache(self._chip)

    def _line(self, hue: int, opacity: float = 1.0) -> QColor:
        """A speaker's colour."""
        colour = QColor(self.theme.speaker_line(hue))
        colour.setAlphaF(opacity)
        return colour

    def _chip(self, hue: int, opacity: float) -> QColor:
        """The opaque ground of a chip in a speaker's colour."""
        return QColor(blend(self.theme.speaker_line(hue), opacity, self.theme.page))


def pen(colour: QColor, width: float, dashes: tuple[float, float] | None = None) -> QPen:
    """A round pen; ``dashes`` are lengths of line and gap in pen widths."""
    found = QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    if dashes is not None:
        found.setDashPattern(list(dashes))
    return found

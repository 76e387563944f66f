"""The sheet of paper: its size, the column on it, and what stands at the head and the foot of every page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QLocale, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPageLayout, QPageSize, QPainter

from ui.paper.type import paper_font, spelt
from ui.text.inks import Inks, pen

Paper = Literal["A4", "Letter", "A3", "A5", "Legal"]
SIZES: dict[Paper, QPageSize.PageSizeId] = {
    "A4": QPageSize.PageSizeId.A4,
    "Letter": QPageSize.PageSizeId.Letter,
    "A3": QPageSize.PageSizeId.A3,
    "A5": QPageSize.PageSizeId.A5,
    "Legal": QPageSize.PageSizeId.Legal,
}
_SCALE = 0.65
"""Points to a pixel of the screen: the text of 17 pixels is printed in 11 points."""
_MARGIN_MM = 14.0
_HEAD = 40.0
_FOOT = 36.0


def page_layout(paper: Paper, *, landscape: bool = False) -> QPageLayout:
    """A page of this size with margins that every printer can keep."""
    turned = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    return QPageLayout(QPageSize(SIZES[paper]), turned, margins, QPageLayout.Unit.Millimeter)


def usual_paper() -> Paper:
    """The paper of this country."""
    metric = QLocale.system().measurementSystem() == QLocale.MeasurementSystem.MetricSystem
    return "A4" if metric else "Letter"


@dataclass(frozen=True, slots=True)
class Running:
    """What stands on every page beside its number."""

    title: str
    origin: str
    """Outlet and date of the article."""
    made: str
    """The view, the project, the day of printing and the program."""


class PaperSheet:
    """A page of paper in the pixels that the article view counts in, as if it were a piece of the screen."""

    def __init__(self, layout: QPageLayout) -> None:
        self.layout = layout
        printed = layout.paintRect(QPageLayout.Unit.Point)
        self.width = printed.width() / _SCALE
        self._height = printed.height() / _SCALE
        self.column = QRectF(0, _HEAD, self.width, self._height - _HEAD - _FOOT)
        """Where text stands."""

    def scale(self, painter: QPainter, resolution: int) -> None:
        """Let ``painter`` count in pixels of the screen; its device has ``resolution`` dots to the inch."""
        factor = _SCALE * resolution / 72
        painter.scale(factor, factor)

    def paint_running(self, painter: QPainter, inks: Inks, running: Running, page: int, pages: int) -> None:
        """Head and foot of one page (``page`` counts from 1)."""
        plain, bold = paper_font(11.5), paper_font(11.5, QFont.Weight.DemiBold)
        painter.setPen(inks.text2)
        self._pair(painter, 0, (running.title, bold), (running.origin, plain))
        foot = self._height - 18
        self._pair(painter, foot, (running.made, plain), (f"Page {page:,} of {pages:,}", plain))
        painter.setPen(pen(inks.text3, 0.6))
        for y in (24.0, foot - 8):
            painter.drawLine(QPointF(0, y), QPointF(self.width, y))

    def _pair(self, painter: QPainter, y: float, left: tuple[str, QFont], right: tuple[str, QFont]) -> None:
        """Two texts on one line; the right one stays whole as far as half the line goes."""
        room, gap, cut = self.width, 24.0, Qt.TextElideMode.ElideRight
        metrics = QFontMetricsF(spelt(right[1], right[0]))
        ending = metrics.elidedText(right[0], cut, room / 2)
        taken = metrics.horizontalAdvance(ending) + gap if ending else 0.0
        beginning = QFontMetricsF(spelt(left[1], left[0])).elidedText(left[0], cut, room - taken)
        for (_, font), text, side in (
            (left, beginning, Qt.AlignmentFlag.AlignLeft),
            (right, ending, Qt.AlignmentFlag.AlignRight),
        ):
            painter.setFont(spelt(font, text))
            flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, y, room, 18), flags, text)

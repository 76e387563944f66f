"""How somebody wants an article printed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QDate, QLocale
from PySide6.QtGui import QPageLayout

from ui.paper.manuscript import View
from ui.paper.sheet import Paper, page_layout, usual_paper


@dataclass(frozen=True, slots=True)
class Wish:
    """How an article is to be printed. ``paper`` None: as usual in this country."""

    view: View = "source"
    paper: Paper | None = None
    landscape: bool = False
    legend: bool = True

    def page_layout(self) -> QPageLayout:
        """The page that is wished for."""
        return page_layout(self.paper or usual_paper(), landscape=self.landscape)


def today() -> str:
    """The day as this country writes it, with the month in words."""
    return QLocale.system().toString(QDate.currentDate(), "d MMMM yyyy")

"""Writes articles into a PDF: whole or not at all, in small steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from PySide6.QtCore import QFile, QIODevice
from PySide6.QtGui import QPainter, QPdfWriter

from annotator import __version__
from annotator.errors import ExportFailed
from annotator.services.targets import target_file
from ui.paper.manuscript import Manuscript
from ui.paper.printout import Printout
from ui.paper.sheet import PaperSheet

Told = Callable[[int, int], None]
"""Pages painted, and pages known of, of the article at work."""
_DOTS = 1200


def paint_pages(
    painter: QPainter,
    printout: Printout,
    sheet: PaperSheet,
    dots: int,
    new_page: Callable[[], bool],
    told: Told,
    numbers: Iterable[int] | None = None,
) -> Iterator[None]:
    """Paint pages (None: all), one a step; ``new_page`` ends the one before. Raises ExportFailed when it cannot."""
    for count, number in enumerate(numbers or range(1, printout.pages + 1)):
        if count and not new_page():
            raise ExportFailed("The printer takes no more pages.")
        painter.save()
        sheet.scale(painter, dots)
        printout.paint(painter, number)
        painter.restore()
        told(number, printout.pages)
        yield


def write_pdf(
    path: Path, title: str, manuscripts: Iterable[Manuscript], sheet: PaperSheet, told: Told, *, legend: bool = True
) -> Iterator[None]:
    """Write one PDF with all ``manuscripts`` (at least one), in small steps; closing them early writes nothing.

    Raises:
        ExportFailed: the file cannot be written; what was there stays.
    """
    with target_file(path) as (temporary, _):
        file = QFile(str(temporary))
        if not file.open(QIODevice.OpenModeFlag.NewOnly | QIODevice.OpenModeFlag.WriteOnly):
            raise OSError(0, file.errorString())
        writer = QPdfWriter(file)
        writer.setResolution(_DOTS)
        writer.setCreator(f"Article Annotator {__version__}")
        writer.setTitle(title)
        writer.setPageLayout(sheet.layout)
        painter = QPainter()
        try:
            for number, manuscript in enumerate(manuscripts):
                printout = Printout(manuscript, sheet, legend=legend)
                yield from printout.steps()
                if number:
                    writer.newPage()
                else:
                    painter.begin(writer)
                yield from paint_pages(painter, printout, sheet, _DOTS, writer.newPage, told)
        finally:
            if painter.isActive():
                painter.end()
            file.close()
        if file.error() != QFile.FileError.NoError:
            raise OSError(0, file.errorString())

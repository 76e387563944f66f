"""The open article on paper: File → Print and File → Save as PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QDialog, QFileDialog, QProgressDialog, QWidget

from annotator.errors import ExportFailed
from annotator.text.wording import counted
from ui.dialogs.messages import Messages
from ui.paper import dialog
from ui.paper.manuscript import NAMES, Manuscript
from ui.paper.pdf import Told, paint_pages, write_pdf
from ui.paper.printout import Printout
from ui.paper.sheet import SIZES, PaperSheet
from ui.paper.type import paper_typography
from ui.paper.wish import Wish, today
from ui.settings import Settings
from ui.slices import Slices
from ui.store import Store
from ui.tasks import Tasks

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

Steps = Callable[[Manuscript, Told], Iterator[None]]
_PATIENCE_MS = 400
"""Work that takes longer shows how far it is."""
_NO_ARTICLE = "No article is open: there is nothing to print."


class Printing(QObject):
    """Prints for one window (``parent``). ``reader`` is a thread that does what needs no Qt."""

    done = Signal(int)
    """How many pages were painted."""
    stopped = Signal()

    def __init__(
        self, store: Store, settings: Settings, reader: Tasks, flush: Callable[[], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._settings = settings
        self._reader = reader
        self._flush = flush
        self._parent = parent
        self.messages = Messages(parent)
        self.progress: QProgressDialog | None = None
        """Shown while pages are made."""

    # ---- asking

    def ask_pdf(self, view: str) -> None:
        """Ask how and where, then write the open article; ``view`` is what is on show."""
        if self._may_start():
            dialog.ask(self._wish(view), "Save as PDF", "&Save as PDF…", self._ask_file, self._parent)

    def ask_print(self, view: str) -> None:
        """Ask how and on which printer, then print the open article."""
        if self._may_start():
            dialog.ask(self._wish(view), "Print", "&Print…", self._ask_printer, self._parent)

    def _may_start(self) -> bool:
        self._flush()
        if self._store.workspace.article is None:
            self.messages.tell(_NO_ARTICLE)
            return False
        return self.progress is None

    def _wish(self, view: str) -> Wish:
        """The view on show, on paper as it was chosen last."""
        last = self._settings.get("paper")
        return Wish(
            next((known for known in NAMES if known == view), "source"),
            next((size for size in SIZES if size == last.get("size")), None),
            landscape=last.get("landscape") is True,
            legend=last.get("legend") is not False,
        )

    def _remember(self, wish: Wish) -> None:
        self._settings.set("paper", {"size": wish.paper, "landscape": wish.landscape, "legend": wish.legend})

    def _ask_file(self, wish: Wish) -> None:
        self._remember(wish)
        article = self._store.workspace.article
        proposal = self._settings.folder / f"{_file_name(article.title if article else '')}.pdf"
        name, _ = QFileDialog.getSaveFileName(self._parent, "Save as PDF", str(proposal), "PDF (*.pdf)")
        if name:
            self.save_pdf(Path(name) if Path(name).suffix else Path(name).with_suffix(".pdf"), wish)

    def _ask_printer(self, wish: Wish) -> None:
        self._remember(wish)
        try:
            from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415  # start-up does without
        except ImportError as error:
            self.messages.warn(f"Printing does not work on this system ({error}): save the article as a PDF instead.")
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(wish.page_layout())
        dialog = QPrintDialog(printer, self._parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_on(printer, wish))
        QDialog.open(dialog)

    # ---- doing

    def save_pdf(self, path: Path, wish: Wish) -> None:
        """Write the open article to a file, and say so."""
        self._settings.set("last_folder", str(path.parent))

        def steps(manuscript: Manuscript, told: Told) -> Iterator[None]:
            title, sheet = manuscript.running.title, PaperSheet(wish.page_layout())
            return write_pdf(path, title, [manuscript], sheet, told, legend=wish.legend)

        self._start(wish, steps, lambda pages: self.messages.tell(f"Wrote {path}: {counted(pages, 'page')}."))

    def print_on(self, printer: QPrinter, wish: Wish) -> None:
        """Print the open article."""

        def steps(manuscript: Manuscript, told: Told) -> Iterator[None]:
            printer.setDocName(manuscript.running.title)
            return _print(printer, Printout(manuscript, PaperSheet(printer.pageLayout()), legend=wish.legend), told)

        self._start(wish, steps, lambda _: None)

    def _start(self, wish: Wish, steps: Steps, done: Callable[[int], object]) -> None:
        project, document = self._store.project, self._store.workspace.document()
        if project is None or document is None:
            return
        name, day, reading = project.name, today(), self._settings.get("reading")
        family = {"family": reading["family"]} if isinstance(reading.get("family"), str) else {}
        typography = paper_typography(document.source.text, **family)
        work = self.progress = self._show_progress()
        self._reader.submit(
            lambda: Manuscript(document, name, wish.view, day, typography),
            lambda manuscript: self._paint(work, manuscript, steps, done),
            self._fail,
        )

    def _show_progress(self) -> QProgressDialog:
        progress = QProgressDialog("Setting the pages …", "Cancel", 0, 0, self._parent)
        progress.setWindowTitle("Article Annotator")
        progress.setWindowModality(Qt.WindowModality.WindowModal)
        progress.setMinimumDuration(_PATIENCE_MS)
        progress.setAutoReset(False)
        progress.canceled.connect(self._end)
        progress.canceled.connect(self.stopped)
        return progress

    def _paint(
        self, progress: QProgressDialog, manuscript: Manuscript, steps: Steps, done: Callable[[int], object]
    ) -> None:
        if self.progress is not progress:  # cancelled while the text was read
            return
        painted, known = 0, 0

        def told(_number: int, pages: int) -> None:
            nonlocal painted, known
            painted, known = painted + 1, pages

        def show() -> None:
            if painted and progress is self.progress:
                progress.setLabelText(f"Page {painted:,} of {known:,}")
                progress.setMaximum(known)
                progress.setValue(painted)

        def finish() -> None:
            self._end()
            done(painted)
            self.done.emit(painted)

        slices = Slices(steps(manuscript, told), progress)
        slices.paused.connect(show)
        slices.finished.connect(finish)
        slices.failed.connect(self._fail)
        progress.canceled.connect(slices.stop)

    def _end(self) -> None:
        progress, self.progress = self.progress, None
        if progress is not None:
            progress.hide()
            progress.deleteLater()

    def _fail(self, error: Exception) -> None:
        self._end()
        self.messages.report(error)


def _file_name(title: str) -> str:
    """A title as a file may be called anywhere."""
    plain = "".join(c if c.isalnum() or c in "-_," else " " for c in title)
    return " ".join(plain.split())[:80].rstrip() or "Article"


def _print(printer: QPrinter, printout: Printout, told: Told) -> Iterator[None]:
    yield from printout.steps()
    first, last = printer.fromPage() or 1, printer.toPage() or printout.pages
    numbers = range(max(1, first), min(last, printout.pages) + 1)
    if not numbers:
        raise ExportFailed(f"The article has {counted(printout.pages, 'page')}; none of those you asked for is there.")
    painter = QPainter()
    if not painter.begin(printer):
        raise ExportFailed("The printer could not be started.")
    whole = False
    try:
        sheet = PaperSheet(printer.pageLayout())
        yield from paint_pages(painter, printout, sheet, printer.resolution(), printer.newPage, told, numbers)
        whole = True
    finally:
        if not whole:
            printer.abort()
        painter.end()

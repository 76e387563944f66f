"""Import and export: what comes into the open project from files, and what it is written to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.edits import Edit
from annotator.errors import AnnotatorError
from annotator.formats.base import Draft
from annotator.model import Document, Speaker
from annotator.schemes import scheme_of
from annotator.services.exporting import ExportResult, export
from annotator.services.importing import ReadResult, Report, import_edit, read_files
from annotator.text.wording import counted
from ui.dialogs.import_preview import ImportPreview
from ui.dialogs.messages import Notices
from ui.settings import Settings
from ui.store import Store
from ui.tasks import Tasks

_ARTICLES = "Articles (*.txt *.text *.jsonl);;All files (*)"
_SOURCE_LINES = "JSON Lines, source text (*.jsonl)"
_CORRECTED_LINES = "JSON Lines, corrected text (*.jsonl)"


@dataclass(frozen=True, slots=True)
class _Copy:
    """The open article as it is in memory, for export."""

    document: Document
    known: list[Speaker]

    def documents(self) -> list[Document]:
        return [self.document]

    def speakers(self) -> list[Speaker]:
        return self.known


class Exchange(QObject):
    """Imports and exports for one window (``parent``). ``flush`` commits what is being typed.

    ``reader`` is a thread that reads files that are no project, so that reading them never delays a commit.
    """

    exported = Signal()
    told = Signal(str)
    """What was imported, where there is nothing more to say."""

    def __init__(
        self, store: Store, settings: Settings, reader: Tasks, flush: Callable[[], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._reader = reader
        self._store = store
        self._settings = settings
        self._flush = flush
        self._parent = parent
        self._notice = Notices(parent)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """The commands of the File menu that import and export."""
        return {"import_files": self.ask_import, "export": self.ask_export}

    # -- import -------------------------------------------------------------------------------------------------

    def ask_import(self) -> None:
        """Ask for files and show what they hold."""
        names, _ = QFileDialog.getOpenFileNames(self._parent, "Import articles", str(self._settings.folder), _ARTICLES)
        if names:
            self.read(names)

    def read(self, names: Sequence[str]) -> None:
        """Read files, then show what they hold."""
        if self._store.read_only:
            self._store.refused.emit("This project is open for reading only; nothing can be imported.")
            return
        paths, author = [Path(name) for name in names], self._store.author
        self._settings.set("last_folder", str(paths[0].parent))
        vocabulary = self._store.workspace.vocabulary
        self._reader.submit(lambda: read_files(paths, author, vocabulary=vocabulary), self._preview)

    def _preview(self, result: ReadResult) -> None:
        if not result.drafts:
            self._notice.warn("\n".join(result.problems))
            return
        preview = ImportPreview(
            result.drafts, result.problems, lambda drafts: self._import(drafts, result), self._parent
        )
        preview.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        preview.open()

    def _import(self, drafts: list[Draft], read: ReadResult) -> None:
        def done(result: tuple[Edit, Report]) -> None:
            edit, report = result
            report.problems += read.problems
            sentence, *more = _import_summary(report)

            def tell() -> None:
                if more:
                    self._notice.tell("\n".join([sentence, *more]))
                else:
                    self.told.emit(sentence)

            if edit and self._store.attempt(lambda: edit):
                self._store.open_article(report.imported[0].article.id, tell, tell)
            else:
                tell()

        self._store.read(lambda project: import_edit(drafts, project, terms=read.terms), done, self._notice.report)

    # -- export -------------------------------------------------------------------------------------------------

    def ask_export(self) -> None:
        """Ask for a file name and write the dataset."""
        self._flush()
        project = self._store.project
        if project is None:
            return
        proposal = str(self._settings.folder / f"{project.name}.jsonl")
        kinds = f"{_SOURCE_LINES};;{_CORRECTED_LINES}"
        name, kind = QFileDialog.getSaveFileName(self._parent, "Export dataset", proposal, kinds)
        if name:
            path = Path(name) if Path(name).suffix else Path(name).with_suffix(".jsonl")
            self.export(path, "corrected" if kind == _CORRECTED_LINES else "source")

    def export(self, path: Path, view: str = "source") -> None:
        """Write the whole project as JSON Lines, over the source or the corrected text, and say what was written."""
        self._settings.set("last_folder", str(path.parent))

        def done(result: ExportResult) -> None:
            self.exported.emit()
            self._notice.tell(_export_summary(result))

        self._store.read(
            lambda project: export(project, path, view=view, scheme=scheme_of(project)), done, self._notice.report
        )

    def save_unsaved(self) -> None:
        """A commit failed: write the open article as it is in memory to a file elsewhere."""
        ws = self._store.workspace
        document, known = ws.document(), list(ws.speakers.values())
        if document is None:
            return
        name, _ = QFileDialog.getSaveFileName(self._parent, "Save a copy of this article", "", _SOURCE_LINES)
        if name:
            try:
                self._notice.tell(_export_summary(export(_Copy(document, known), Path(name), scheme=ws.scheme)))
            except AnnotatorError as error:
                self._notice.warn(str(error))


def _import_summary(report: Report) -> list[str]:
    """How much was imported, and what else there is to say of it."""
    first = f"Imported {counted(len(report.imported), 'article')}."
    return [first, *report.skipped, *report.conflicts, *report.problems, *report.notes]


def _export_summary(result: ExportResult) -> str:
    wrote = (
        f"Wrote {counted(result.articles, 'article')}, {counted(result.claims, 'claim')}, "
        f"{counted(result.speakers, 'speaker')}, {counted(result.mentions, 'mention')} and "
        f"{counted(result.corrections, 'correction')} to {result.path} ({counted(result.bytes, 'byte')})."
    )
    if result.beside:
        wrote += f" The scheme and the guideline are beside it: {', '.join(path.name for path in result.beside)}."
    return "\n".join([wrote, "", *result.losses] if result.losses else [wrote])

"""Import into the open project: ask for files or a folder, read them off the window's thread, show them, add them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.errors import AnnotatorError
from annotator.formats import registry
from annotator.formats.base import Draft
from annotator.ports import Project
from annotator.services.importing import (
    Choice,
    Drafts,
    How,
    ReadResult,
    Report,
    Same,
    find_same,
    find_there,
    read_again,
    read_files,
)
from annotator.services.importing.entry import Entry
from annotator.text.disguise import titled
from annotator.text.wording import counted
from ui.dialogs.import_preview import ImportPreview
from ui.dialogs.import_progress import ADDING, ImportProgress, throttled
from ui.dialogs.messages import Messages
from ui.dialogs.report import ReportDialog, Section
from ui.label_choices import LabelChoices, mappings_in
from ui.settings import Settings
from ui.store import Store
from ui.tasks import Tasks
from ui.written import Adding

_IMPORTED = "Imported"
_FEW = 7
"""Lines that a message has room for."""


class Importing(QObject):
    """Imports for one window (``parent``). ``reader`` is a thread for files that are no project."""

    told = Signal(str)
    """What was imported, where there is nothing more to say."""
    _advanced = Signal(int, int)

    def __init__(self, store: Store, settings: Settings, reader: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self._reader = reader
        self._store = store
        self._settings = settings
        self._parent = parent
        self._messages = Messages(parent)
        self._stop = threading.Event()
        self._labels = LabelChoices(store, settings, reader, parent)

    def stop(self) -> None:
        """Stop reading; what was read is shown, when there is still a window."""
        self._stop.set()
        self._labels.stop()

    def handlers(self) -> dict[str, Callable[[], None]]:
        """The commands of the File menu that import."""
        return {"import_files": self.ask_files, "import_folder": self.ask_folder}

    def ask_files(self) -> None:
        """Ask for files and show what they hold."""
        ends = sorted({f"*{end}" for form in registry.readable() for end in form.extensions} | {"*.zip"})
        kinds = f"Articles ({' '.join(ends)});;All files (*)"
        names, _ = QFileDialog.getOpenFileNames(
            self._parent, "Import articles", str(self._settings.import_folder), kinds
        )
        if names:
            self.read(names)

    def ask_folder(self) -> None:
        """Ask for a folder and show what is in it."""
        name = QFileDialog.getExistingDirectory(self._parent, "Import a folder", str(self._settings.import_folder))
        if name:
            self.read([name])

    def read(self, names: Sequence[str], choice: Choice | None = None) -> None:
        """Read files, folders and archives, then show what they hold."""
        if self._store.read_only:
            self._store.refused.emit("This project is open for reading only; nothing can be imported.")
            return
        paths, author = [Path(name) for name in names], self._store.author
        self._settings.set("import_folder", str(paths[0].parent))
        vocabulary = self._store.workspace.vocabulary
        # Columns chosen for one table are no good for another: each has those that are remembered for its headers.
        asked = replace(choice or Choice(), columns=None, known=self._settings.get("table_columns"))
        self.stop()
        stop = self._stop = threading.Event()
        progress = ImportProgress(stop.set, self._parent)
        self._advanced.connect(progress.advance)

        remembered = self._settings.get("mappings")

        def job() -> ReadResult:
            how = replace(asked, remembered=mappings_in(remembered))
            return read_files(
                paths,
                author,
                progress=throttled(self._advanced.emit),
                vocabulary=vocabulary,
                stopped=stop.is_set,
                choice=how,
            )

        def done(result: ReadResult) -> None:
            progress.say("Comparing with the articles that are there …")
            self._compare(result, names, stop, progress)

        self._reader.submit(job, done)

    def _compare(
        self, result: ReadResult, names: Sequence[str], stop: threading.Event, progress: ImportProgress
    ) -> None:
        """Look for what is there already, then show the drafts."""
        if not result.drafts:
            progress.finish()
            notes = result.told()
            if len(result.problems) + len(notes) > _FEW:
                self._report("Nothing was read.", [("Could not be read", result.problems), ("Notes", notes)])
            elif result.problems or notes:
                self._messages.warn("\n".join([*result.problems, *notes]))
            return

        def done(same: dict[str, Same]) -> None:
            progress.finish()
            self._preview(result, same, names)

        def failed(error: Exception) -> None:
            progress.finish()
            self._messages.report(error)

        def compare(project: Project) -> dict[str, Same]:
            same = find_same(project, result.drafts, stop.is_set)
            return {**same, **find_there(project, result.drafts, stop.is_set)}

        self._store.read(compare, done, failed)

    def _preview(self, result: ReadResult, same: dict[str, Same], names: Sequence[str]) -> None:
        again = partial(self._again, result)
        preview = ImportPreview(
            result, same, partial(self._import, read=result), again, partial(self.read, names), self._parent
        )
        preview.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        preview.labels_wanted.connect(lambda name: self._labels.ask(result, preview, name))
        preview.open()
        self._labels.ask_first(result, preview)

    def _again(
        self,
        before: ReadResult,
        entry: Entry,
        choice: Choice,
        done: Callable[[list[Draft]], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Read one file again in another way; remember the columns of a table that were chosen."""
        mappings = {name: proposal.mapping for name, proposal in before.proposals.items()}
        how = How(self._store.author, None, self._store.workspace.vocabulary, choice, mappings=mappings)

        def read(drafts: list[Draft]) -> None:
            table = drafts[0].table if drafts else None
            if table is not None and choice.columns is not None:
                known = dict(self._settings.get("table_columns"))
                known["\t".join(table.headers)] = dict(choice.columns)
                self._settings.set("table_columns", known)
            done(drafts)

        self._reader.submit(lambda: read_again(entry, how), read, failed)

    def _tell(self, sentence: str, sections: list[Section]) -> None:
        """In the status bar, in a message, or in a report: as much as there is to say."""
        more = [line for heading, lines in sections if heading != _IMPORTED for line in lines]
        if not more:
            self.told.emit(sentence)
        elif len(more) <= _FEW:
            self._messages.tell("\n".join([sentence, *more]))
        else:
            self._report(sentence, sections)

    def _report(self, sentence: str, sections: list[Section]) -> None:
        report = ReportDialog("Import report", sentence, sections, "import report.txt", self._parent)
        report.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        report.open()

    def _import(self, drafts: Drafts, read: ReadResult) -> None:
        """Give the project the drafts that were chosen; nothing of them is held here."""
        store, project = self._store, self._store.project
        if project is None:
            return
        self.stop()
        stop = self._stop = threading.Event()
        progress = ImportProgress(stop.set, self._parent, ADDING)
        self._advanced.connect(progress.advance)
        adding = Adding(project, drafts, store.annotator, read.terms, throttled(self._advanced.emit), stop.is_set)

        def then(error: AnnotatorError | None) -> None:
            progress.finish()
            if error is not None:
                again = partial(self._import, drafts, read)
                self._messages.choose(f"{error} Nothing was imported.", {"Try Again": again}, grave=True)
            elif adding.report is not None:
                self._done(adding.report, read, stopped=stop.is_set())

        def begin() -> None:
            store.large.apply(adding, then, written=True)

        store.when_saved(lambda: store.large.when_free(begin))

    def _done(self, report: Report, read: ReadResult, *, stopped: bool) -> None:
        if stopped and report.changeset is None:
            self.told.emit("The import was stopped; nothing was imported.")
            return
        report.problems += read.problems
        report.notes += read.told()
        sentence, sections = _summary(report)

        def tell() -> None:
            self._tell(sentence, sections)

        if report.imported:
            self._store.open_article(report.imported[0].id, tell, tell)
        else:
            tell()


def _summary(report: Report) -> tuple[str, list[Section]]:
    """How much was imported, and what else there is to say of it."""
    sentence = f"Imported {counted(len(report.imported), 'article')}."
    if report.quarantined:
        sentence += f" In quarantine, among the problems of their articles: {counted(report.quarantined, 'thing')}."
    return sentence, [
        ("Could not be read", report.problems),
        ("In conflict with what is there, left out", report.conflicts),
        (
            "Into quarantine",
            [f"{d.place}: {counted(d.quarantined, 'thing')}" for d in report.imported if d.quarantined],
        ),
        ("Already there, skipped", report.skipped),
        ("Notes", report.notes),
        (_IMPORTED, [f"{each.place}: {titled(each.title)}" for each in report.imported]),
    ]

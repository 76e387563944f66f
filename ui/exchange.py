"""Export: what the open project is written to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.errors import AnnotatorError
from annotator.formats import registry
from annotator.formats.extras import present
from annotator.formats.standoff import mapping_file
from annotator.formats.standoff.relabelling import AS_IT_IS, ByMapping
from annotator.model import Document, Speaker
from annotator.ports import Project
from annotator.schemes import scheme_of
from annotator.services.exporting import ExportResult, Prepared, Wish, export, prepare
from annotator.text.wording import counted
from ui.dialogs.export import Choice, ExportDialog
from ui.dialogs.messages import Messages
from ui.settings import Settings
from ui.store import Store
from ui.tasks import Tasks

_SOURCE_LINES = "JSON Lines, source text (*.jsonl)"


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
    """Exports for one window (``parent``). ``flush`` commits what is being typed.

    A project is written on the database thread, since only that may read it; reading back and comparing, which takes
    longer, is done on ``reader``.
    """

    exported = Signal()

    def __init__(
        self, store: Store, settings: Settings, reader: Tasks, flush: Callable[[], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._reader = reader
        self._prepared: Prepared | None = None
        self._store = store
        self._settings = settings
        self._flush = flush
        self._parent = parent
        self._messages = Messages(parent)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """The command of the File menu that exports."""
        return {"export": self.ask_export}

    def ask_export(self) -> None:
        """Ask what to write and where to, and go on when the person has chosen."""
        self._flush()
        project = self._store.project
        if project is None:
            return
        proposal = self._settings.folder / f"{project.name}.jsonl"
        writable = [each for each in registry.formats() if each.writable]
        dialog = ExportDialog(writable, proposal, self._parent)
        last = self._settings.get("export_format")
        if last in {each.name for each in writable if present(each.modules)}:
            dialog.choose(last)
        dialog.chosen.connect(partial(self._write, dialog))
        dialog.agreed.connect(partial(self._hand_over, dialog))
        dialog.given_up.connect(self.stop)
        dialog.open()

    def _write(self, dialog: ExportDialog, choice: Choice) -> None:
        """Write what was chosen, read it back, and ask again when it lacks something."""
        self._settings.set("last_folder", str(choice.path.parent))
        self._settings.set("export_format", choice.format.name)

        def failed(error: Exception) -> None:
            dialog.refuse()
            self._messages.report(error)

        def written(prepared: Prepared) -> None:
            self._prepared = prepared
            if not dialog.isVisible():
                self.stop()
            else:
                self._reader.submit(prepared.report, reported, failed)

        def reported(result: ExportResult) -> None:
            if not dialog.isVisible():
                self.stop()
            elif result.losses:
                dialog.show_losses(result.losses)
            else:
                self._hand_over(dialog)

        def write(project: Project) -> Prepared:
            labels = ByMapping(mapping_file.read(choice.mapping)) if choice.mapping else AS_IT_IS
            return prepare(
                project, choice.path, Wish(choice.format, choice.view, scheme_of(project), labels, str(project.head()))
            )

        self._store.read(write, written, failed)

    def _hand_over(self, dialog: ExportDialog) -> None:
        prepared, self._prepared = self._prepared, None
        if prepared is None:
            return
        try:
            result = prepared.hand_over()
        except AnnotatorError as error:
            dialog.refuse()
            self._messages.report(error)
            return
        dialog.accept()
        self.exported.emit()
        self._messages.tell(_export_summary(result))

    def stop(self) -> None:
        """Leave nothing of an export that nobody has agreed to."""
        if self._prepared is not None:
            self._prepared.discard()
            self._prepared = None

    def save_unsaved(self) -> None:
        """A commit failed: write the open article as it is in memory to a file elsewhere."""
        ws = self._store.workspace
        document, known = ws.document(), list(ws.speakers.values())
        if document is None:
            return
        name, _ = QFileDialog.getSaveFileName(self._parent, "Save a copy of this article", "", _SOURCE_LINES)
        if name:
            try:
                self._messages.tell(_export_summary(export(_Copy(document, known), Path(name), scheme=ws.scheme)))
            except AnnotatorError as error:
                self._messages.warn(str(error))


def _export_summary(result: ExportResult) -> str:
    wrote = (
        f"Wrote {counted(result.articles, 'article')}, {counted(result.claims, 'claim')}, "
        f"{counted(result.speakers, 'speaker')}, {counted(result.mentions, 'mention')} and "
        f"{counted(result.corrections, 'correction')} to {result.path} ({counted(result.bytes, 'byte')})."
    )
    if result.told:
        wrote += f" {result.told}"
    if result.beside:
        wrote += f" The scheme and the guideline are beside it: {', '.join(path.name for path in result.beside)}."
    if result.head:
        wrote += f" Change log: {result.head}"
    return "\n".join([wrote, "", *result.losses] if result.losses else [wrote])

"""Export: what the open project is written to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.errors import AnnotatorError
from annotator.model import Document, Speaker
from annotator.schemes import scheme_of
from annotator.services.exporting import ExportResult, export
from annotator.text.wording import counted
from ui.dialogs.messages import Notices
from ui.settings import Settings
from ui.store import Store

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
    """Exports for one window (``parent``). ``flush`` commits what is being typed."""

    exported = Signal()

    def __init__(self, store: Store, settings: Settings, flush: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._store = store
        self._settings = settings
        self._flush = flush
        self._parent = parent
        self._notice = Notices(parent)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """The command of the File menu that exports."""
        return {"export": self.ask_export}

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


def _export_summary(result: ExportResult) -> str:
    wrote = (
        f"Wrote {counted(result.articles, 'article')}, {counted(result.claims, 'claim')}, "
        f"{counted(result.speakers, 'speaker')}, {counted(result.mentions, 'mention')} and "
        f"{counted(result.corrections, 'correction')} to {result.path} ({counted(result.bytes, 'byte')})."
    )
    if result.beside:
        wrote += f" The scheme and the guideline are beside it: {', '.join(path.name for path in result.beside)}."
    return "\n".join([wrote, "", *result.losses] if result.losses else [wrote])

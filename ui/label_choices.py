"""What labels in imported files mean: asked over the preview of an import, remembered, and applied to it at once."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from collections.abc import Mapping as AnyMapping

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from annotator.formats.base import Draft
from annotator.formats.standoff import mapping_file
from annotator.formats.standoff.choosing import Choosing
from annotator.formats.standoff.mapping import Mapping
from annotator.services.importing import Choice, How, ReadResult, read_all_again
from annotator.services.importing.entry import Entry
from annotator.services.importing.mappings import NOW, Proposal, outcome
from annotator.vocabulary import Vocabulary
from ui.dialogs.import_labels import ImportLabels
from ui.dialogs.import_preview import ImportPreview
from ui.dialogs.import_progress import ImportProgress, throttled
from ui.dialogs.messages import Messages
from ui.settings import Settings
from ui.store import Store
from ui.tasks import Tasks

_MOST = 50
"""Sets of labels that are remembered, the newest."""


def mappings_in(remembered: AnyMapping[str, str]) -> dict[str, Mapping]:
    """What the settings remember, by the key of a set of labels; what cannot be read any more is forgotten."""
    found = {}
    for key, text in remembered.items():
        try:
            found[key] = mapping_file.loads(str(text).encode())
        except ValueError:
            continue
    return found


class LabelChoices(QObject):
    """For one window (``parent``). Counting and reading are done on the ``reader``'s thread."""

    _advanced = Signal(int, int)

    def __init__(self, store: Store, settings: Settings, reader: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self._store, self._settings, self._reader = store, settings, reader
        self._messages = Messages(parent)
        self._stop = threading.Event()
        self._counting = threading.Event()

    def stop(self) -> None:
        """Count and read no more."""
        self._stop.set()
        self._counting.set()

    def ask_first(self, read: ReadResult, preview: ImportPreview) -> None:
        """Ask about labels of which nobody has said before what they mean."""
        remembered = self._settings.get("mappings")
        for name, proposal in read.proposals.items():
            if proposal.asks and proposal.survey.key not in remembered:
                self.ask(read, preview, name)
                return

    def ask(self, read: ReadResult, preview: ImportPreview, name: str) -> None:
        """Show what the labels of a format's files mean; what is chosen is applied to the preview."""
        proposal, vocabulary = read.proposals[name], self._store.workspace.vocabulary

        def made() -> Choosing:
            choosing = Choosing(proposal.survey, proposal.mapping, vocabulary)
            choosing.rows()  # of thousands of labels that takes a while
            return choosing

        def show(choosing: Choosing) -> None:
            if isValid(preview) and preview.isVisible() and preview.findChild(ImportLabels) is None:
                self._show(read, preview, proposal, choosing, vocabulary)

        self._reader.submit(made, show)

    def _show(
        self, read: ReadResult, preview: ImportPreview, proposal: Proposal, choosing: Choosing, vocabulary: Vocabulary
    ) -> None:
        def count(mapping: Mapping, show: Callable[[Counter[str]], None]) -> None:
            self._counting.set()
            stop = self._counting = threading.Event()

            def done(found: Counter[str]) -> None:
                if not stop.is_set() and isValid(dialog):
                    show(found)

            self._reader.submit(lambda: outcome(proposal, mapping, vocabulary, stop.is_set), done)

        dialog = ImportLabels(proposal, choosing, vocabulary, count, preview)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(lambda _: self._counting.set())
        dialog.chosen.connect(lambda mapping: self._take(read, preview, proposal, mapping))
        dialog.open()

    def _take(self, read: ReadResult, preview: ImportPreview, proposal: Proposal, mapping: Mapping) -> None:
        """Remember the mapping for these labels, and read the files by it."""
        kept = {key: text for key, text in self._settings.get("mappings").items() if key != proposal.survey.key}
        kept[proposal.survey.key] = mapping_file.write(mapping).decode()
        self._settings.set("mappings", dict(list(kept.items())[-_MOST:]))
        if mapping == proposal.mapping:
            return
        self._stop.set()
        stop = self._stop = threading.Event()
        progress = ImportProgress(stop.set, preview)
        self._advanced.connect(progress.advance)
        entries = [entry for entry in dict.fromkeys(read.entries.values()) if entry in proposal.entries]
        how = How(self._store.author, None, self._store.workspace.vocabulary, Choice(mapping=mapping))

        def job() -> tuple[dict[Entry, list[Draft]], list[str]]:
            return read_all_again(entries, how, throttled(self._advanced.emit), stop.is_set)

        def done(result: tuple[dict[Entry, list[Draft]], list[str]]) -> None:
            found, problems = result
            progress.finish()
            if stop.is_set() or not isValid(preview):  # then nothing is by another mapping than the rest
                return
            proposal.mapping, proposal.said = mapping, NOW
            preview.take(found)
            if problems:
                self._messages.warn("\n".join(problems))

        self._reader.submit(job, done)

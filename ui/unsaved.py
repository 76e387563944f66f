"""Changes that could not be saved outlive the program, too: they are in a file half a second later, and offered again.

The file goes when they were saved, or given up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from annotator.edits import MANY, Changeset
from annotator.errors import AnnotatorError
from annotator.files import reason_of
from annotator.services import unsaved
from annotator.text.wording import counted, listed
from annotator.workspace import Workspace
from ui.article.banner import Banner
from ui.dialogs.history import names
from ui.dialogs.messages import Messages
from ui.dialogs.report import ReportDialog
from ui.kept_file import KeptFile, KeptFiles, gather
from ui.store import Store
from ui.tally import Tally
from ui.tasks import Tasks
from ui.unsaved_file import decode, encode
from ui.when import local
from ui.widgets.paint import one_line

_SOON_MS = 150
"""What is not saved so long after it was done is kept: so is what a disk neither takes nor refuses."""
_LATER_MS = 1_000
"""The same of a large change, which is known to take longer: to write it twice would make that longer still."""
_NAMED = 5
"""Changes that are named in a sentence."""


def titles_of(changesets: Sequence[Changeset]) -> str:
    """What changes are called, a few of them: ``“Mark claim”, “Change note of claim” and 2 more``."""
    titles = [f"“{one_line(each.edit.title)}”" for each in changesets]
    more = [f"{len(titles) - _NAMED:,} more"] if len(titles) > _NAMED else []
    return f"{', '.join(titles[:_NAMED])} and {more[0]}" if more else listed(titles)


class UnsavedChanges(QObject):
    """Keeps for one window what its store could not save, and offers what an earlier one left."""

    kept = Signal(int)
    """So many changes are in the file now."""
    told = Signal(str)
    """A sentence: what an earlier session could not save is saved."""

    def __init__(self, store: Store, banner: Banner, kept: KeptFiles, parent: QWidget) -> None:
        """``kept`` are the window's files."""
        super().__init__(parent)
        self._store, self._banner, self._kept, self._window = store, banner, kept, parent
        self._messages = Messages(parent)
        self._tasks = Tasks("unsaved changes", self)
        self._location = ""
        self._file: KeptFile | None = None
        """None until it is known what an earlier session left in it."""
        self._found: tuple[Changeset, ...] = ()
        """Left by an earlier session, and nobody has said yet what is to become of it."""
        self._outcome: unsaved.Outcome | None = None
        """What became of it when it was tried."""
        self._written: list[str] | None = []
        """The ids of what was given to the file last; None when the file did not take it."""
        self._safe: list[str] = []
        """Those of what is in it."""
        self._given_up = False
        self._first = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._waited)
        store.saving.connect(self._saving)
        store.failed.connect(lambda _: self.keep())
        store.cut_off.connect(lambda _: self.keep())
        store.saved.connect(self.keep)
        store.project_opened.connect(self._opened)

    def close(self) -> None:
        """Write what is still not saved, and end the thread."""
        self.keep()
        self._tasks.close()

    def give_up(self) -> None:
        """What is not saved now was agreed to be lost. What an earlier session left stays."""
        self._given_up = True

    @property
    def safe(self) -> bool:
        """Whether all that is not saved is in the file, and so is offered at the next start."""
        waiting = [each.id for each in self._store.unsaved_changesets]
        return len(waiting) == self._store.unsaved and set(waiting) <= set(self._safe)

    # -- keeping ------------------------------------------------------------------------------------------------

    def _saving(self) -> None:
        waiting = self._store.unsaved_changesets
        if waiting and not self._timer.isActive():
            self._first = waiting[0].id
            large = sum(len(each.edit.changes) for each in waiting) > MANY
            self._timer.start(_LATER_MS if large else _SOON_MS)

    def _waited(self) -> None:
        waiting = self._store.unsaved_changesets
        if waiting and waiting[0].id == self._first:
            self.keep()
        else:
            self._saving()

    def keep(self) -> None:
        """Have what is not saved written now, when it is not what was written last."""
        file = self._file
        changesets = (*self._found, *(() if self._given_up else self._store.unsaved_changesets))
        ids = [each.id for each in changesets]
        if file is None or ids == self._written:
            return
        self._written = ids

        def done(_: None) -> None:
            self._safe = ids
            self._banner.qualify_failure("")
            self.kept.emit(len(ids))

        self._tasks.submit(lambda: file.write(encode(changesets)), done, self._not_kept)

    def _not_kept(self, error: Exception) -> None:
        if not isinstance(error, OSError):
            raise error
        self._written = None
        self._banner.qualify_failure(f"It cannot be kept for the next start either: {reason_of(error)}.")

    # -- what an earlier session left ---------------------------------------------------------------------------

    def _opened(self) -> None:
        project = self._store.project
        location = "" if project is None or project.read_only else project.location
        if location and location == self._location:  # it was read again
            self._offer()
            return
        self._location, self._file, self._found, self._outcome, self._written = location, None, (), None, []
        if project is None or not location:
            return
        self._kept.claim(location, shared=project.shared)
        file, others = self._kept.file("unsaved"), self._kept.abandoned("unsaved")

        def read(found: tuple[tuple[Changeset, ...], Path | None]) -> None:
            if self._location == location:
                self._file, (self._found, aside) = file, found
                self._written = self._safe = [each.id for each in self._found]
                self.keep()
                self._look(aside)

        self._tasks.submit(lambda: gather(file, others, decode, encode), read)

    def _look(self, aside: Path | None) -> None:
        """Ask about what the project does not have already."""
        if aside is not None:
            self._banner.tell(
                f"What could not be saved last time was kept by another version, which can read it: it is in {aside}."
            )
        found = self._found
        if found:
            self._store.read(lambda project: unsaved.missing(project, found), self._missing, self._messages.report)

    def _missing(self, changesets: tuple[Changeset, ...]) -> None:
        self._found = changesets
        self.keep()
        self._offer()

    def _offer(self) -> None:
        if not self._found:
            return
        outcome, number = self._outcome, counted(len(self._found), "change")
        save: Callable[[], None] | None = self.save
        if outcome is None:
            told = f"{number} could not be saved last time: {titles_of(self._found)}."
        elif outcome.left:
            told = f"{number} {'is' if len(self._found) == 1 else 'are'} still not saved: {outcome.why}"
        else:
            reasons = dict.fromkeys(sentence for _, sentence in outcome.refused)
            told, save = f"{number} cannot be saved any more. {' '.join([*reasons][:_NAMED])}", None
        self._banner.offer_unsaved(told, self.show_all, self._ask_discard, save)

    def show_all(self) -> None:
        """Show what the changes are, to be read, copied and written into a file."""
        found, known = self._found, names(self._store, {})

        def show(lines: list[list[str]]) -> None:
            sections = [
                (f"{one_line(each.edit.title)}, {local(each.time)}, {one_line(each.actor)}", told)
                for each, told in zip(found, lines, strict=True)
            ]
            order = ", in their order" if len(found) > 1 else ""
            sentence = f"{counted(len(found), 'change')} that could not be saved{order}."
            report = ReportDialog("Unsaved changes", sentence, sections, "unsaved changes.txt", self._window)
            report.summary.hide()  # it sums up sorts of things, and these are steps
            report.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            report.open()

        self._store.read(lambda project: unsaved.tell(project, found, known), show, self._messages.report)

    def _ask_discard(self) -> None:
        number = counted(len(self._found), "change")
        question = f"Discard {number} for good? {titles_of(self._found)} would have to be done again."
        self._messages.choose(question, {"Discard": self.discard}, otherwise=self._offer, grave=True)

    def discard(self) -> None:
        """Give up what was found."""
        self._found, self._outcome = (), None
        self.keep()

    def save(self) -> None:
        """Save it now, each where it still fits; then the project is shown as it is stored."""
        project, found = self._store.project, self._found
        outcomes: list[unsaved.Outcome] = []

        def write(_workspace: Workspace, _tally: Tally) -> None:
            if project is not None:
                outcomes.append(unsaved.save(project, found))

        def then(error: AnnotatorError | None) -> None:
            if error is not None:
                self._store.refuse(error)
                self._offer()
            elif outcomes:
                self._tried(outcomes[-1])

        def begin() -> None:
            if self._store.project is project:
                self._store.large.apply(write, then, written=True)

        self._store.when_saved(lambda: self._store.large.when_free(begin))

    def _tried(self, outcome: unsaved.Outcome) -> None:
        self._outcome = outcome
        for trouble in outcome.not_kept:
            self._store.not_kept.emit(trouble)
        self._found = (*(each for each, _ in outcome.refused), *outcome.left)
        self.keep()
        if not outcome.saved:
            self._offer()
            return
        number = len(outcome.saved)
        told = f"{counted(number, 'change')} of last time {'is' if number == 1 else 'are'} saved now."
        self._store.when_saved(lambda: self._store.read_again(lambda: self.told.emit(told)))

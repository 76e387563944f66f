"""Changesets on their way to the disk, in order, each in a transaction of its own."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.edits import Changeset, Edit
from annotator.errors import AnnotatorError, ConnectionLost, ProjectBusy, ProjectError
from annotator.ports import Project
from annotator.services.keeping import keep_before
from ui.tasks import Tasks

_FIRST_PAUSE_MS = 1_000
_LONGEST_PAUSE_MS = 30_000


class Outbox(QObject):
    """One changeset is being written at a time; the next is sent when COMMIT returned.

    A disk that fails stops the outbox: what is in it stays, in order, until :meth:`retry` or :meth:`drop`. A server
    that does not answer only holds it up: more may be put in, and it is tried again after pauses that grow. A changeset
    whose COMMIT got no answer is sent again, too; if it was done after all, the project leaves it alone.
    """

    saving = Signal()
    saved = Signal()
    """Everything that was put in is durable."""
    failed = Signal(str)
    """Writing failed and may succeed later; the sentence says why."""
    not_kept = Signal(str)
    """No backup could be made before the changeset that was just written; the sentence says why."""
    cut_off = Signal(str)
    """The server does not answer, or others write; the sentence says why. What is put in waits and is tried again."""
    rejected = Signal(str, object)
    """The project takes some edits neither now nor later, and why; they were dropped, all others are durable."""

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._waiting: deque[tuple[Project, Changeset]] = deque()
        self._in_flight = False
        self._when_saved: deque[Callable[[], None]] = deque()
        self._rejections: list[tuple[str, Edit]] = []
        self.own: set[str] = set()
        """The ids of the changesets that were put in, where others write, too."""
        self._held = False
        self.error: str | None = None
        """Why writing stopped; None while it goes on."""
        self.waiting_for_server = False
        """Whether the server did not answer last time."""
        self._pause_ms = _FIRST_PAUSE_MS
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._send)

    def __len__(self) -> int:
        """How many changesets are not yet known to be durable, one that is being made included."""
        return len(self._waiting) + self._held

    @property
    def changesets(self) -> list[Changeset]:
        """Those, in order, without one that is being made."""
        return [changeset for _, changeset in self._waiting]

    def hold(self) -> None:
        """A changeset is being made: until :meth:`release` not everything is saved."""
        self._held = True

    def release(self) -> None:
        """It is made and has been put in, or there will be none."""
        self._held = False
        if not self._waiting:
            self.settle()

    def put(self, project: Project, changeset: Changeset) -> None:
        """Write a changeset to that project, after those put in before."""
        if project.shared:
            self.own.add(changeset.id)
        self._waiting.append((project, changeset))
        self._send()
        self.saving.emit()

    def when_saved(self, job: Callable[[], None]) -> None:
        """Run ``job`` now if everything is saved, else right after the last commit."""
        if self._waiting or self._when_saved or self._held:
            self._when_saved.append(job)
        else:
            job()

    def retry(self) -> None:
        """Write what is left again, from the first that failed."""
        if self.error is not None or self._again.isActive():
            self.error = None
            self._again.stop()
            self.saving.emit()
            self._send()

    def drop(self) -> None:
        """Forget what could not be written. Only while writing is stopped."""
        if self.error is not None:
            self._waiting.clear()
            self.error = None

    def settle(self) -> None:
        """Say that everything is saved, and run what waited for it."""
        if self._held:
            return
        self.saved.emit()
        while self._when_saved and not self._waiting and not self._held:
            self._when_saved.popleft()()

    def _send(self) -> None:
        if self._in_flight or not self._waiting or self.error is not None or self._again.isActive():
            return
        project, changeset = self._waiting[0]
        self._in_flight = True
        self._tasks.submit(lambda: _write(project, changeset), self._written, self._not_written)

    def _written(self, trouble: str | None) -> None:
        self._in_flight = False
        if trouble is not None:
            self.not_kept.emit(trouble)
        self.waiting_for_server = False
        self._pause_ms = _FIRST_PAUSE_MS
        self._waiting.popleft()
        if self._waiting:
            self._send()
        elif self._rejections:
            rejections, self._rejections = self._rejections, []
            sentences = dict.fromkeys(sentence for sentence, _ in rejections)
            self.rejected.emit(" ".join(sentences), [edit for _, edit in rejections])
        else:
            self.settle()

    def _not_written(self, error: Exception) -> None:
        if isinstance(error, AnnotatorError) and not isinstance(error, ProjectError):
            # What built on it will be rejected, too; the rest is not lost.
            self._rejections.append((str(error), self._waiting[0][1].edit))
            self._written(None)
            return
        self._in_flight = False
        if isinstance(error, ConnectionLost | ProjectBusy):
            self._pause(str(error))
            return
        known = isinstance(error, AnnotatorError)
        self.error = str(error) if known else "The project could not be written, for an unknown reason."
        self.failed.emit(self.error)
        if not known:
            raise error

    def _pause(self, sentence: str) -> None:
        self.waiting_for_server = True
        self._again.start(self._pause_ms)
        self._pause_ms = min(2 * self._pause_ms, _LONGEST_PAUSE_MS)
        self.cut_off.emit(sentence)


def _write(project: Project, changeset: Changeset) -> str | None:
    """Write it. None, or why the project could not be backed up before."""
    trouble = keep_before(project, changeset.edit)
    with project.begin() as unit:
        unit.apply(changeset)
        unit.commit()
    return trouble

"""Backups of the open project, made beside the work: soon after it was opened, and every quarter of an hour."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.backups import Backup
from annotator.errors import AnnotatorError, ProjectDamaged
from ui.store import Store
from ui.tasks import Tasks

_SOON_MS = 1_000
"""After opening: the window and its first article come first."""
_REGULARLY_MS = 15 * 60 * 1_000


class Keeping(QObject):
    """Copies on a thread of its own and in steps, so that neither the window nor a commit waits.

    Nothing is copied when nothing was changed. A backup that could not be made stops nothing: it is told, and tried
    again the next time.
    """

    made = Signal(object)
    """The :class:`Backup` that is on the disk now."""
    failed = Signal(str)
    """None could be made; the sentence says why."""
    damaged = Signal(str, str)
    """The open project is damaged, which its copy showed: the sentence, and where it is."""

    def __init__(self, store: Store, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._tasks = Tasks("backups", self)
        self._stop = threading.Event()
        self.soon, self.regularly = QTimer(self), QTimer(self)
        self.soon.setSingleShot(True)
        self.soon.setInterval(_SOON_MS)
        self.soon.timeout.connect(lambda: self._make("open"))
        self.regularly.setInterval(_REGULARLY_MS)
        self.regularly.timeout.connect(lambda: self._make("regular"))
        store.project_opened.connect(self._opened)
        store.not_kept.connect(self.failed)

    def close(self) -> None:
        """Stop copying; what is not whole leaves nothing behind."""
        self.soon.stop()
        self.regularly.stop()
        self._stop.set()
        self._tasks.close()

    def _opened(self) -> None:
        self._stop.set()
        self._stop = threading.Event()
        self.soon.start()
        self.regularly.start()

    def _make(self, reason: str) -> None:
        project, stop = self._store.project, self._stop
        backups = project.backups if project is not None and not project.read_only else None
        if backups is None:
            return

        def job() -> Backup | None:
            made = backups.make(reason, stop.is_set)
            if made is not None:
                backups.tidy(made)
            return made

        def done(made: Backup | None) -> None:
            if made is not None and not stop.is_set():
                self.made.emit(made)

        self._tasks.submit(job, done, lambda error: self._not_made(error, stop))

    def _not_made(self, error: Exception, stop: threading.Event) -> None:
        if not isinstance(error, AnnotatorError):
            raise error
        if stop.is_set():
            return
        self.failed.emit(str(error))
        if isinstance(error, ProjectDamaged) and self._store.project is not None:
            self.damaged.emit(str(error), self._store.project.location)

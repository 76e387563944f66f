"""A project that cannot be written where it is: all of it, with what is not saved, as a file somewhere else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.backups import Backups
from annotator.edits import Changeset
from annotator.errors import AnnotatorError
from annotator.files import PROJECT_SUFFIX
from annotator.text.wording import counted
from ui.backend import Backend
from ui.dialogs.messages import Notices
from ui.dialogs.new_project import PROJECTS
from ui.settings import Settings
from ui.store import Store
from ui.tasks import Tasks


class Elsewhere(QObject):
    """Asks where to, for one window (``parent``). ``article`` saves the open article alone, which needs no project."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        backend: Backend,
        reader: Tasks,
        article: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._store, self._settings, self._backend = store, settings, backend
        self._reader, self._article, self._parent = reader, article, parent
        self._notice = Notices(parent)

    def ask(self) -> None:
        """Ask for a place and write the copy there; a project on a server has only its article to save."""
        project = self._store.project
        if project is None or project.backups is None:
            self._article()
            return
        proposal = str(self._settings.folder / f"{project.name} copy{PROJECT_SUFFIX}")
        name, _ = QFileDialog.getSaveFileName(
            self._parent, "Save a copy of the project elsewhere", proposal, PROJECTS,
            options=QFileDialog.Option.DontConfirmOverwrite,  # a file that is there is never replaced
        )  # fmt: skip
        if name:
            target = Path(name) if Path(name).suffix == PROJECT_SUFFIX else Path(f"{name}{PROJECT_SUFFIX}")
            waiting = self._store.unsaved_changesets
            write = partial(_write, self._backend, project.backups, target, waiting)
            self._reader.submit(write, lambda _: self._written(target, len(waiting)), self._not_written)

    def _written(self, target: Path, changes: int) -> None:
        self._notice.tell(
            f"The whole project is in {target}, with {counted(changes, 'change')} that could not be saved here. "
            "Open that file to go on with it, or try again here."
        )

    def _not_written(self, error: Exception) -> None:
        if not isinstance(error, AnnotatorError):
            raise error
        self._notice.ask(f"{error} The open article can be saved alone.", "Save the Article…", self._article)


def _write(backend: Backend, backups: Backups, target: Path, waiting: Sequence[Changeset]) -> None:
    """Copy what is stored and commit what waits to the copy. Raises ``AnnotatorError``; nothing is left behind."""
    backups.make_at(str(target))
    try:
        with closing(backend.open(str(target))) as copy:
            for changeset in waiting:
                with copy.begin() as unit:
                    unit.apply(changeset)
                    unit.commit()
    except BaseException:
        with suppress(OSError):
            target.unlink(missing_ok=True)
        raise

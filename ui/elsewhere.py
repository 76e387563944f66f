"""A project that cannot be written where it is: what can be had of it, with what is not saved, as a file elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.edits import Change, Changeset, Edit
from annotator.errors import AnnotatorError
from annotator.files import PROJECT_SUFFIX, project_file
from annotator.model import Record, Scheme
from annotator.ports import Project
from annotator.text.wording import counted
from ui.backend import Backend
from ui.dialogs.messages import Messages
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
        flush: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._flush = flush
        self._store, self._settings, self._backend = store, settings, backend
        self._reader, self._article, self._parent = reader, article, parent
        self._messages = Messages(parent)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """The command of the File menu that saves a copy."""
        return {"save_copy": self.ask}

    def ask(self) -> None:
        """Ask for a place and write the copy there. Of a server that does not answer it holds what is in memory."""
        self._flush()
        project = self._store.project
        if project is None or (project.backups is None and not project.shared):
            self._article()
            return
        proposal = str(self._settings.folder / f"{project.name} copy{PROJECT_SUFFIX}")
        name, _ = QFileDialog.getSaveFileName(
            self._parent, "Save a copy of the project elsewhere", proposal, PROJECTS,
            options=QFileDialog.Option.DontConfirmOverwrite,  # a file that is there is never replaced
        )  # fmt: skip
        if name:
            copy = partial(self._copy, project, project_file(name))
            if self._store.stuck or self._store.waiting_for_server:
                copy()
            else:
                self._store.when_saved(copy)

    def _copy(self, project: Project, target: Path) -> None:
        waiting = self._store.unsaved_changesets

        def failed(error: Exception) -> None:
            if project.shared and isinstance(error, AnnotatorError):
                self._write_what_is_here(target, project.name, str(error))
            else:
                self._not_written(error)

        write = partial(project.copy_to, str(target), waiting)
        self._reader.submit(write, lambda _: self._written(target, project.name, len(waiting)), failed)

    def _write_what_is_here(self, target: Path, name: str, reason: str) -> None:
        """The server does not give the project: what is in memory must do."""
        ws = self._store.workspace
        document = ws.document()
        records: list[Record] = [*ws.speakers.values()]
        if document is not None:
            records += [document.article, document.source, *document.quarantined]
            records += [*document.mentions, *document.claims, *document.corrections]
        edit = Edit(f"Copy from {name}", tuple(Change(None, record) for record in records))
        changeset = Changeset.of(edit, self._store.annotator, "start")

        def written(_: None) -> None:
            self._messages.tell(
                f"{reason} So the open article and all speakers are in {target}, as they are here, with what could not "
                "be saved; the other articles are not."
            )

        self._reader.submit(
            partial(_write_new, self._backend, target, ws.scheme, changeset), written, self._not_written
        )

    def _written(self, target: Path, name: str, changes: int) -> None:
        if not changes:
            self._messages.tell(f"The whole project is in {target}, with its history. You go on working in “{name}”.")
            return
        self._messages.tell(
            f"The whole project is in {target}, with {counted(changes, 'change')} that could not be saved here. "
            "Open that file to go on with it, or try again here."
        )

    def _not_written(self, error: Exception) -> None:
        if not isinstance(error, AnnotatorError):
            raise error
        self._messages.ask(f"{error} The open article can be saved alone.", "Save the Article…", self._article)


def _write_new(backend: Backend, target: Path, scheme: Scheme, changeset: Changeset) -> None:
    """Make a project of one changeset. Raises ``AnnotatorError``; nothing is left behind."""
    with closing(backend.create(str(target), scheme, changeset.actor)) as project:
        try:
            _commit(project, changeset)
        except BaseException:
            with suppress(OSError):
                target.unlink(missing_ok=True)
            raise


def _commit(project: Project, changeset: Changeset) -> None:
    with project.begin() as unit:
        unit.apply(changeset)
        unit.commit()

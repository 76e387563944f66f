"""Going back to a backup, and putting a damaged project together again. Both end with opening what is there then."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from annotator.backups import Backup
from annotator.errors import AnnotatorError, ProjectError
from annotator.ports import Project
from annotator.text.wording import counted
from ui.backend import Backend
from ui.dialogs.messages import Messages
from ui.dialogs.report import ReportDialog
from ui.dialogs.restore import RestoreDialog
from ui.files import Files
from ui.keeping import Keeping
from ui.settings import Settings
from ui.store import Store
from ui.when import local


class Restoring(QObject):
    """For one window (``parent``). ``files`` opens; what it or ``keeping`` finds damaged is offered to be mended."""

    def __init__(
        self, store: Store, settings: Settings, backend: Backend, files: Files, keeping: Keeping, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._settings = settings
        self._backend = backend
        self._files = files
        self._parent = parent
        self._messages = Messages(parent)
        self._offered: set[str] = set()
        self._tell: Callable[[], None] | None = None
        """What is to be said when the project that is being opened is there."""
        store.project_opened.connect(self._opened)
        files.failed.connect(lambda _: self._forget())
        files.damaged.connect(self.offer)
        keeping.damaged.connect(self.offer)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """The command of the File menu that restores."""
        return {"restore_backup": self.ask}

    def ask(self) -> None:
        """Show the backups of the open project, and restore the one that is chosen."""
        project = self._store.project
        if project is None or project.backups is None:
            self._messages.tell("The open project is on a database server, which makes its own backups.")
            return
        dialog = RestoreDialog(self._store, self._backend.read, self._settings.folder, self._parent)
        dialog.replace_chosen.connect(lambda backup: self._restore(project.location, backup))
        dialog.copy_chosen.connect(self._restore_to)
        dialog.open()

    def offer(self, sentence: str, location: str) -> None:
        """Say that a project is damaged, and how it can be mended. Once for each file."""
        if location in self._offered:
            return
        self._offered.add(location)

        def show(newest: Backup | None) -> None:
            self._ask_how(sentence, location, newest)

        self._store.tasks.submit(lambda: self._backend.newest_backup(location), show)

    def _ask_how(self, sentence: str, location: str, newest: Backup | None) -> None:
        ways = {"Rebuild It": partial(self._rebuild, location)}
        if newest is not None:
            ways["Restore the Backup"] = partial(self._restore, location, newest.path)
        box = self._messages.choose(sentence, ways, more=_ways(newest), otherwise=self._show_something, grave=True)
        box.setObjectName("damaged")
        box.setWindowTitle("Damaged project")
        box.finished.connect(lambda _: self._offered.discard(location))

    def _show_something(self) -> None:
        if self._store.project is None:  # there is always a project on show
            self._files.open_sample()

    # -- doing it -----------------------------------------------------------------------------------------------

    def _restore(self, location: str, backup: str) -> None:
        told: list[str] = []

        def tell() -> None:
            self._messages.tell(" ".join([f"“{Path(location).name}” is as it was in the backup.", *filter(None, told)]))

        self._in_place(location, lambda: told.append(self._backend.restore(location, backup)), tell)

    def _restore_to(self, backup: str, target: str) -> None:
        def restored() -> Project:
            self._backend.restore_to(backup, target)
            return self._backend.open(target)

        self._files.open_by(restored, target)

    def _rebuild(self, location: str) -> None:
        told: list[str] = []
        self._in_place(
            location, lambda: told.extend(self._backend.rebuild(location)), lambda: self._report(location, told)
        )

    def _in_place(self, location: str, act: Callable[[], None], tell: Callable[[], None]) -> None:
        """Do it while no window has the project open, then open it, whether that went well or not; ``tell`` if so."""
        troubles: list[AnnotatorError] = []
        tried: list[str] = []
        project = self._store.project

        def done() -> Project:
            if not tried:  # the store asks again when it finds that this was the open project
                tried.append(location)
                if project is not None and project.location == location:
                    project.close()
                try:
                    act()
                except AnnotatorError as error:
                    troubles.append(error)
            try:
                return self._backend.open(location)
            except AnnotatorError:
                if troubles:  # this is what there is to be said, and no offer to try the same again
                    raise ProjectError(str(troubles[0])) from None
                raise

        def opened() -> None:
            for trouble in troubles:
                self._messages.warn(str(trouble))
            if not troubles:
                tell()

        self._tell = opened
        self._files.open_by(done, location)

    def _opened(self) -> None:
        if self._tell is not None:
            self._tell()
            self._forget()

    def _forget(self) -> None:
        self._tell = None

    def _report(self, location: str, notes: list[str]) -> None:
        name = Path(location).name
        sentence = f"“{name}” was put together again from its change log. {notes[0]}"
        sections = [("Missing, or from elsewhere", notes[1:])]
        if not notes[1:]:
            self._messages.tell(f"{sentence} Nothing is missing.")
            return
        report = ReportDialog("Rebuilt project", sentence, sections, f"{name} rebuilt.txt", self._parent)
        report.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        report.open()


def _ways(newest: Backup | None) -> str:
    way = (
        "It can be rebuilt: every change in its log that can still be read is checked and made again. The damaged file "
        "is set aside under another name."
    )
    if newest is None:
        return f"{way} There is no backup of it."
    counts = f"{counted(newest.articles, 'article')}, {counted(newest.claims, 'claim')}"
    return (
        f"{way} What is missing is taken from the newest backup, of {local(newest.time.isoformat())} ({counts}), where "
        "it fits. Or that backup takes its place as it is."
    )

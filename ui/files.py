"""Which project is open: opening and making one, and what of it is remembered for the next start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from annotator.errors import AnnotatorError, ProjectDamaged
from annotator.files import PROJECT_SUFFIX
from annotator.model import Scheme
from annotator.ports import Project
from annotator.text.wording import counted
from ui.backend import Backend
from ui.dialogs import new_project
from ui.dialogs.messages import Messages
from ui.importing import Importing
from ui.settings import Settings
from ui.store import Store

_PROJECTS = new_project.PROJECTS
_RECENT = 8


class Files(QObject):
    """Opens projects for one window (``parent``), and what is dropped on it: projects, and articles to import."""

    failed = Signal(str)
    """A project could not be opened; the sentence says why."""
    damaged = Signal(str, str)
    """A project file could not be opened because it is damaged: the sentence, and where it is."""

    entered = Signal()
    """The project that was asked for is open: from now on one works in it."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        backend: Backend,
        importing: Importing,
        flush: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._settings = settings
        self._backend = backend
        self._importing = importing
        self._flush = flush
        self._parent = parent
        self._messages = Messages(parent)
        self._wanted_article: int | None = None
        self._entering = False

    def handlers(self) -> dict[str, Callable[[], None]]:
        """The commands of the File menu that open a project."""
        return {
            "new_project": self.ask_new,
            "open_project": self.ask_open,
            "open_sample": self.open_sample,
            "start_fresh": self.start_fresh,
        }

    def open(self, location: str, *, article: int | None = None) -> None:
        """Open a project; ``article`` (from 1) is the one to show, default the one shown last."""
        self._wanted_article = article
        self.open_by(lambda: self._backend.open(location), location)

    def read(self, location: str) -> None:
        """Open a project for reading only, though nobody else may write in it just now."""
        self.open_by(lambda: self._backend.read(location), location)

    def open_last_project(self) -> None:
        """Open the project that was open last; the sample when there is none or it is gone."""
        last = str(self._settings.get("last_project"))
        if last and ("://" in last or Path(last).is_file()):
            self.open(last)
        else:
            self.open_sample()

    def open_sample(self) -> None:
        """Open the labelled example; it is made the first time."""
        self.open_by(self._backend.sample, "the sample project")

    def start_fresh(self) -> None:
        """Open a new project with the example article, unlabelled."""
        self.open_by(self._backend.fresh, "a fresh start")

    def ask_open(self) -> None:
        """Ask for a project file and open it."""
        name, _ = QFileDialog.getOpenFileName(self._parent, "Open project", str(self._settings.folder), _PROJECTS)
        if name:
            self.open(name)

    def ask_new(self) -> None:
        """Ask for a name and a scheme, and make an empty project."""

        def make(path: Path, scheme: Scheme) -> None:
            actor = self._store.annotator
            self.open_by(lambda: self._backend.create(str(path), scheme, actor), str(path))

        new_project.show(self._settings.folder, make, self._parent)

    def open_by(self, opener: Callable[[], Project], what: str) -> None:
        """Open what ``opener`` opens on the database thread; ``what`` is where it is."""

        def failed(error: Exception) -> None:
            self._entering = False
            if not isinstance(error, AnnotatorError):
                raise error
            self.failed.emit(str(error))
            if isinstance(error, ProjectDamaged) and Path(what).is_file():
                self.damaged.emit(str(error), what)
            elif self._store.project is None:
                self._messages.warn(f"{error} The sample project is shown instead.")
                if what != "the sample project":
                    self.open_sample()
            else:
                self._messages.warn(str(error))

        self._flush()
        self._entering = True
        self._store.open_project(opener, failed)

    def opened(self) -> str | None:
        """Remember the project that was just opened and show an article of it. Returns a notice for the user."""
        project = self._store.project
        if project is None:
            return None
        self._settings.set("last_project", project.location)
        others = [location for location in self.recent() if location != project.location]
        self._settings.set("recent_projects", [project.location, *others][:_RECENT])
        self._open_an_article(project.location)
        if self._entering:
            self._entering = False
            self.entered.emit()
        return project.notice

    def _open_an_article(self, location: str) -> None:
        listed = [summary.article.id for summary in self._store.tally.ordered()]
        wanted, self._wanted_article = self._wanted_article, None
        last = self._settings.get("last_articles").get(location)
        if wanted is not None and not 1 <= wanted <= len(listed):
            self.failed.emit(f"The project has {counted(len(listed), 'article')}; there is no article {wanted}.")
        elif wanted is not None:
            self._store.open_article(listed[wanted - 1])
        elif listed:
            self._store.open_article(last if last in listed else listed[0])

    def remember_article(self) -> None:
        """Note which article is shown, for the next start."""
        project, article = self._store.project, self._store.workspace.article
        if project is not None and article is not None:
            known = self._settings.get("last_articles")
            self._settings.set("last_articles", {**known, project.location: article.id})

    def recent(self) -> list[str]:
        """The locations of projects opened before, newest first."""
        return [str(location) for location in self._settings.get("recent_projects")]

    def list_recent(self, menu: QMenu) -> None:
        """Fill the menu with them; it is off while there are none."""
        menu.clear()
        for location in self.recent():
            menu.addAction(location).triggered.connect(lambda _=False, at=location: self.open(at))
        menu.setEnabled(bool(menu.actions()))

    def dropped(self, names: Sequence[str]) -> None:
        """Files were dropped on the window: a project is opened, everything else is read for import."""
        projects = [name for name in names if name.endswith(PROJECT_SUFFIX)]
        others = [name for name in names if name not in projects]
        if len(projects) == 1 and not others:
            self.open(projects[0])
        elif projects:
            self._messages.warn("Only one project can be open: drop one alone, or articles without a project.")
        elif others:
            self._importing.read(others)

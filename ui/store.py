"""The open project as the window sees it: in memory at once, on disk a moment later.

An edit is applied to the workspace and announced by ``changed``; its commit runs on the database thread, so the
window never waits for a disk. ``saved`` comes only after the last COMMIT returned. When a commit fails, editing
stops, the uncommitted changesets are kept in order, and ``retry`` writes them again.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from annotator.edits import Change, Changeset, Edit
from annotator.errors import AnnotatorError, ProjectError, ProjectReadOnly, StaleEdit
from annotator.history import History, HistoryEntry
from annotator.model import Document
from annotator.ports import Project
from annotator.services import articles
from annotator.services.annotate import Author
from annotator.workspace import Workspace
from ui.tally import Tally
from ui.tasks import Tasks

_RECENT = 500


class Loaded:
    """What opening a project reads at once, on the database thread."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.speakers = project.speakers()
        self.tally = Tally(project.summaries(), project.claims_of_speakers())
        self.history = History(project.history())


class _Job(Protocol):
    def __call__(self) -> None: ...


class Store(QObject):
    """Holds the workspace and is the only way to change it. All methods belong to the GUI thread."""

    project_opened = Signal()
    article_opened = Signal()
    """Another article, or none, is in the workspace."""
    changed = Signal(object)
    """The Edit that was just applied (by the user, by undo or by redo)."""
    summaries_changed = Signal()
    history_changed = Signal()
    saving = Signal()
    saved = Signal()
    failed = Signal(str)
    """A commit failed; the sentence says why. Editing is stopped until ``retry`` or ``give_up``."""
    refused = Signal(str)
    """A request broke a rule and nothing changed; the sentence says which."""

    def __init__(self, tasks: Tasks, author: Author, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tasks = tasks
        self.author = author
        self.workspace = Workspace()
        self.tally = Tally()
        self.project: Project | None = None
        self._history = History()
        self._recent: OrderedDict[str, Edit] = OrderedDict()
        self._pending: deque[Changeset] = deque()
        self._in_flight = False
        self._error: str | None = None
        self._when_saved: deque[_Job] = deque()
        self._loading: str | None = None

    # -- opening ------------------------------------------------------------------------------------------------

    def open_project(self, opener: Callable[[], Project], failed: Callable[[Exception], None]) -> None:
        """Open a project on the database thread; ``project_opened`` follows. The one open before is closed."""
        before = self.project

        def job() -> Loaded:
            loaded = _load(opener)  # first: what cannot be read must not take the place of what is open
            if before is not None:
                before.close()
                if loaded.project.location == before.location:  # it found itself open elsewhere: in this very window
                    loaded.project.close()
                    loaded = _load(opener)
            return loaded

        self.when_saved(lambda: self.tasks.submit(job, self._show_project, failed))

    def _show_project(self, loaded: Loaded) -> None:
        self.project = loaded.project
        self.tally = loaded.tally
        self._history = loaded.history
        self._recent.clear()
        self.workspace.speakers = {speaker.id: speaker for speaker in loaded.speakers}
        self.workspace.show(None)
        self.project_opened.emit()
        self.summaries_changed.emit()
        self.history_changed.emit()
        self.article_opened.emit()

    def open_article(self, article_id: str, then: Callable[[], None] | None = None) -> None:
        """Show an article; ``article_opened`` follows, then ``then``. The last call wins."""
        project = self.project
        if project is None:
            return
        self._loading = article_id

        def show(document: Document) -> None:
            if self._loading == article_id:
                self._loading = None
                self.workspace.show(document)
                self.article_opened.emit()
                if then is not None:
                    then()

        self.when_saved(lambda: self.tasks.submit(lambda: project.document(article_id), show, self._not_found))

    def close_article(self) -> None:
        """Show no article."""
        self._loading = None
        self.workspace.show(None)
        self.article_opened.emit()

    def _not_found(self, error: Exception) -> None:
        self._loading = None
        self.refused.emit("This article is no longer in the project." if isinstance(error, KeyError) else str(error))

    @property
    def read_only(self) -> bool:
        return self.project is None or self.project.read_only

    # -- editing ------------------------------------------------------------------------------------------------

    def edit(self, edit: Edit) -> None:
        """Apply an edit made by the user and queue its commit. An empty edit is ignored.

        Raises:
            StaleEdit, ProjectReadOnly, ProjectError: nothing was changed.
        """
        if edit:
            self._apply(Changeset.of(articles.with_start(self.workspace, edit), self.author.name))

    def attempt(self, make: Callable[[], Edit]) -> bool:
        """Build an edit and apply it; a known error goes to ``refused``. True when nothing was refused."""
        try:
            self.edit(make())
        except AnnotatorError as error:
            self.refused.emit(str(error))
            return False
        return True

    def _apply(self, changeset: Changeset) -> None:
        if self.read_only:
            raise ProjectReadOnly("This project is open for reading only; nothing was changed.")
        if self._error is not None:
            raise ProjectError(f"The last change is not saved yet: {self._error}")
        self.workspace.apply(changeset.edit)
        self._history.record(HistoryEntry.of(changeset))
        if changeset.action == "edit":
            self._remember(changeset.id, changeset.edit)
        self._pending.append(changeset)
        self._write_next()  # first: the disk works while the views follow
        self.saving.emit()
        listed = self.tally.apply(changeset.edit)
        self.changed.emit(changeset.edit)
        if listed:
            self.summaries_changed.emit()
        self.history_changed.emit()

    def _remember(self, changeset_id: str, edit: Edit) -> None:
        self._recent[changeset_id] = edit
        if len(self._recent) > _RECENT:
            self._recent.popitem(last=False)

    # -- committing ---------------------------------------------------------------------------------------------

    @property
    def unsaved(self) -> int:
        """How many changesets are not yet known to be durable."""
        return len(self._pending)

    @property
    def stuck(self) -> bool:
        """Whether a commit failed and waits for ``retry`` or ``give_up``."""
        return self._error is not None

    def when_saved(self, job: _Job) -> None:
        """Run ``job`` now if everything is saved, else right after the last commit."""
        if self._pending or self._when_saved:
            self._when_saved.append(job)
        else:
            job()

    def retry(self) -> None:
        """Write the uncommitted changesets again, in order."""
        self._error = None
        self.saving.emit()
        self._write_next()

    def give_up(self) -> None:
        """Drop the uncommitted changesets and show the project as it is stored."""
        self._pending.clear()
        self._error = None
        if self.project is None:
            return
        project, article = self.project, self.workspace.article

        def show(loaded: Loaded) -> None:
            self._show_project(loaded)
            if article is not None and article.id in self.tally.summaries:
                self.open_article(article.id)
            self._all_saved()

        self.tasks.submit(lambda: Loaded(project), show)

    def _write_next(self) -> None:
        project = self.project
        if self._in_flight or not self._pending or self._error is not None or project is None:
            return
        changeset = self._pending[0]
        self._in_flight = True
        self.tasks.submit(lambda: _write(project, changeset), self._written, self._not_written)

    def _written(self, _: None) -> None:
        self._in_flight = False
        self._pending.popleft()
        if self._pending:
            self._write_next()
        else:
            self._all_saved()

    def _all_saved(self) -> None:
        self.saved.emit()
        while self._when_saved and not self._pending:
            self._when_saved.popleft()()

    def _not_written(self, error: Exception) -> None:
        self._in_flight = False
        self._error = str(error) if isinstance(error, AnnotatorError) else f"The project could not be written: {error}"
        self.failed.emit(self._error)
        if not isinstance(error, AnnotatorError):
            raise error

    # -- undo ---------------------------------------------------------------------------------------------------

    @property
    def undo_title(self) -> str | None:
        """What undo would take back; None when there is nothing."""
        return entry.title if (entry := self._history.undoable) else None

    @property
    def redo_title(self) -> str | None:
        """What redo would bring again; None when there is nothing."""
        return entry.title if (entry := self._history.redoable) else None

    def undo(self) -> None:
        """Take back the last change that is not undone, also one of an earlier session."""
        if entry := self._history.undoable:
            self._with_edit(entry.id, lambda edit: self._replay(edit.inverted(), "undo", entry.id))

    def redo(self) -> None:
        """Bring the last undone change back."""
        if entry := self._history.redoable:
            self._with_edit(entry.id, lambda edit: self._replay(edit, "redo", entry.id))

    def _with_edit(self, changeset_id: str, use: Callable[[Edit], None]) -> None:
        """Call ``use`` with the changes of a changeset, from memory or from the change log."""
        edit, project = self._recent.get(changeset_id), self.project
        if edit is not None or project is None:
            if edit is not None:
                use(edit)
            return

        def found(changeset: Changeset) -> None:
            self._remember(changeset_id, changeset.edit)
            use(changeset.edit)

        self.tasks.submit(lambda: project.changeset(changeset_id), found)

    def _replay(self, edit: Edit, action: str, target_id: str) -> None:
        """Apply an undo or redo where the user can see it: in the article it concerns."""
        current = self.workspace.article.id if self.workspace.article else None
        elsewhere = [id_ for id_ in edit.article_ids if id_ != current]
        if current not in edit.article_ids and elsewhere and elsewhere[0] in self.tally.summaries:
            self.open_article(elsewhere[0], lambda: self._commit_replay(edit, action, target_id))
        else:
            self._commit_replay(edit, action, target_id)

    def _commit_replay(self, edit: Edit, action: str, target_id: str) -> None:
        top = self._history.undoable if action == "undo" else self._history.redoable
        if top is None or top.id != target_id:
            return  # pressed twice while the article was loading: the first press has done it
        try:
            self._apply(Changeset.of(edit, self.author.name, action, target_id))
        except StaleEdit:
            self.refused.emit(f"“{edit.title}” can't be {action}ne: what it changed has been changed since.")
        except AnnotatorError as error:
            self.refused.emit(str(error))
        else:
            self._follow(edit.changes)

    def _follow(self, changes: tuple[Change, ...]) -> None:
        """After an undo that brought an article back, or took the open one away, show one that is there."""
        back = next((c.id for c in changes if c.kind == "article" and c.before is None), None)
        if back is not None:
            self.open_article(back)
        elif self.workspace.article is None:
            following = next(iter(self.tally.ordered()), None)
            self.open_article(following.article.id) if following else self.close_article()


def _load(opener: Callable[[], Project]) -> Loaded:
    project = opener()
    try:
        return Loaded(project)
    except BaseException:
        project.close()
        raise


def _write(project: Project, changeset: Changeset) -> None:
    with project.begin() as unit:
        unit.apply(changeset)
        unit.commit()

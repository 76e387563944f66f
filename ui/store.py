"""The open project as the window sees it: in memory at once, on disk a moment later.

An edit is applied to the workspace and announced by ``changed``; its commit runs on the database thread, so the
window never waits for a disk. ``saved`` comes only after the last COMMIT returned. When a commit fails, editing
stops, the uncommitted changesets are kept in order, and ``retry`` writes them again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from annotator.edits import Changeset, Edit
from annotator.errors import AnnotatorError, PlaceTaken, ProjectError, ProjectReadOnly
from annotator.model import Article, Document
from annotator.ports import Project
from annotator.services import articles
from annotator.services.annotate import Author
from annotator.services.lookup import NameIndex
from annotator.workspace import Workspace
from ui.article_reading import ArticleReading
from ui.large_edits import LargeEdits, Made, find_article, let_go
from ui.loaded import Loaded, load, same_place
from ui.outbox import Outbox
from ui.outline import Filed, Outline
from ui.replays import Replays
from ui.tally import Tally
from ui.tasks import Tasks

T = TypeVar("T")


class Store(QObject):
    """Holds the workspace and is the only way to change it. All methods belong to the GUI thread."""

    project_opened = Signal()
    leaving = Signal()
    """Another project is about to be opened: what is submitted now is still done with the one that is open."""
    article_opened = Signal()
    """Another article, or none, is in the workspace."""
    changed = Signal(object)
    """The Edit that was just applied (by the user, by undo or by redo)."""
    replayed = Signal(str, str)
    """``undo`` or ``redo``, and the title of the edit: right after its ``changed``."""
    summaries_changed = Signal()
    history_changed = Signal()
    saving = Signal()
    saved = Signal()
    failed = Signal(str)
    """A commit failed; the sentence says why. Editing is stopped until ``retry`` or ``give_up``."""
    not_kept = Signal(str)
    """No backup could be made before a change, which was saved; the sentence says why."""
    cut_off = Signal(str)
    """The server does not answer; the sentence says why. Editing goes on: what is done is written when it does."""
    refused = Signal(str)
    """A request broke a rule and nothing changed; the sentence says which."""

    conflicted = Signal(str, object)
    """After ``refused``, when somebody else was faster: the sentence, and the edits that were not taken, in order."""

    collided = Signal(str, str)
    """After ``refused``, when the place is another correction's: the sentence, and the other's id."""

    def __init__(self, tasks: Tasks, annotator: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tasks = tasks
        self.annotator = annotator
        """Who is named in new annotations."""
        self.workspace = Workspace()
        self.outline = Outline(self.workspace)
        self.make_ready: Callable[[Document, Filed], object] = lambda _document, _filed: None
        """Asked on the database thread for what a view needs of an article that was just read."""
        self.ready: object = None
        """What it answered, while ``article_opened`` is heard, or ``changed`` after a large edit; else None."""
        self.tally = Tally()
        self.names = NameIndex()
        """The names of all speakers, to be found while they are typed."""
        self.project: Project | None = None
        self.large = LargeEdits(self, self)
        """Edits of many changes are asked for there."""
        self._outbox = Outbox(tasks, self)
        self.large.began.connect(self._outbox.hold)
        self.large.ended.connect(self._outbox.release)
        self._outbox.saving.connect(self.saving)
        self._outbox.saved.connect(self.saved)
        self._outbox.failed.connect(self.failed)
        self._outbox.cut_off.connect(self.cut_off)
        self._outbox.rejected.connect(self._rejected)
        self._outbox.not_kept.connect(self.not_kept)
        self._replays = Replays(self, self)
        self._replays.replayed.connect(self.replayed)
        self._replays.refused.connect(self.refused)
        self._replays.not_kept.connect(self.not_kept)
        self._busy: str | None = None
        """Why nothing can be edited just now: the project is being opened or read again."""
        self.shown = 0
        """Counts what took the place of the workspace while a large edit may have been made of what was there."""
        self._reading = ArticleReading(self, self)
        self.seen = 0
        """Up to which ``seq`` of the change log, one's own changes aside, the workspace has what was committed."""

    # -- opening ------------------------------------------------------------------------------------------------

    def open_project(self, opener: Callable[[], Project], failed: Callable[[Exception], None]) -> None:
        """Open a project on the database thread; ``project_opened`` follows. The one open before is closed.

        Until then nothing can be edited. When opening fails, the project open before stays.
        """
        before = self.project
        closed: list[Project] = []

        def job() -> Loaded:
            loaded = load(opener, self.annotator)  # first: what cannot be read must not take the place of what is open
            if before is not None:
                before.close()
                closed.append(before)
                if same_place(loaded.project.location, before.location):  # it found itself open, in this very window
                    loaded.project.close()
                    loaded = load(opener, self.annotator)
            return loaded

        def not_opened(error: Exception) -> None:
            self._busy = None
            if closed:
                self.project = None
                self.close_article()
            failed(error)

        def submit() -> None:
            self.leaving.emit()
            self._busy = "The project is being opened; nothing was changed."
            self.tasks.submit(job, self._show_project, not_opened)

        self.when_saved(submit)

    def _show_project(self, loaded: Loaded) -> None:
        self.shown += 1
        self.seen = loaded.seen
        self._busy = None
        self._reading.forget()
        self.project = loaded.project
        self.tally = loaded.tally
        self.names = loaded.names
        self._replays.start(loaded.history)
        self.workspace.set_scheme(loaded.scheme)
        self.workspace.speakers = {speaker.id: speaker for speaker in loaded.speakers}
        self.workspace.show(None)
        self.outline.show(Filed())
        self.project_opened.emit()
        self.summaries_changed.emit()
        self.history_changed.emit()
        self.article_opened.emit()

    def open_article(
        self, article_id: str, then: Callable[[], None] | None = None, otherwise: Callable[[], None] | None = None
    ) -> None:
        """Show an article; ``article_opened`` follows, then ``then``. The last call wins.

        ``otherwise`` is called when the article is not there, or another one was asked for meanwhile.
        """
        self._reading.ask(article_id, then, otherwise)

    def open_first(self) -> None:
        """Show the first article of the project, or none."""
        first = next(iter(self.tally.ordered()), None)
        self.open_article(first.article.id) if first else self.close_article()

    def close_article(self) -> None:
        """Show no article."""
        self._reading.forget()
        self.show_article(None, Filed())

    def show_article(self, document: Document | None, filed: Filed, ready: object = None) -> None:
        """Show an article that was just read, with what ``make_ready`` made of it; None: show none."""
        self.shown += 1
        ws = self.workspace
        left = ws.claims, ws.mentions, ws.corrections, self.outline.filed
        self.ready = ready
        ws.show(document)
        self.outline.show(filed)
        self.article_opened.emit()
        self.ready = None
        self.tasks.submit(lambda: let_go(left))

    def read(self, job: Callable[[Project], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        """Once everything is saved, ask the open project something on the database thread.

        ``done(result)`` or ``failed(error)`` follows here; neither when another project was opened meanwhile, or none
        is open.
        """
        project = self.project
        if project is None:
            return

        def still(callback: Callable[[Any], None]) -> Callable[[Any], None]:
            return lambda value: callback(value) if self.project is project else None

        self.when_saved(lambda: self.tasks.submit(lambda: job(project), still(done), still(failed)))

    @property
    def author(self) -> Author:
        """Who makes new annotations, by the project's present guideline."""
        return Author(self.annotator, self.workspace.scheme.version)

    @property
    def locked(self) -> str | None:
        """Why the open article cannot be changed, in one sentence; None when it can."""
        if self.read_only:
            return "This project is open for reading only."
        return articles.FROZEN if articles.is_frozen(self.workspace.article) else None

    def article(self, article_id: str) -> Article | None:
        """An article of the project as it is now, open or not; None when there is none of that id."""
        return find_article(self.workspace, self.tally, article_id)

    @property
    def read_only(self) -> bool:
        return self.project is None or self.project.read_only

    # -- editing ------------------------------------------------------------------------------------------------

    def edit(self, edit: Edit) -> None:
        """Apply an edit made by the user and queue its commit. An empty edit is ignored.

        Raises:
            AnnotatorError: StaleEdit, InvalidEdit, ProjectReadOnly or ProjectError; nothing was changed.
        """
        if edit:
            self.apply(Changeset.of(articles.with_start(self.article, edit), self.annotator))

    def attempt(self, make: Callable[[], Edit]) -> bool:
        """Build an edit and apply it; a known error goes to ``refused``. True when nothing was refused."""
        try:
            self.edit(make())
        except AnnotatorError as error:
            self.refuse(error)
            return False
        return True

    def refuse(self, error: AnnotatorError) -> None:
        """Tell of an error: nothing was changed."""
        self.refused.emit(str(error))
        if isinstance(error, PlaceTaken):
            self.collided.emit(str(error), error.taken_by)

    def apply(self, changeset: Changeset) -> None:
        """Apply a changeset made of an edit, an undo or a redo, and queue its commit. Raises as :meth:`edit` does."""
        project = self.writable()
        if self.large.busy:
            raise ProjectError("A large change is still being made; nothing else was changed.")
        articles.check_open(self.article, changeset.edit, undoes=changeset.action == "undo")
        self.workspace.apply(changeset.edit)
        self._replays.record(changeset)
        self._reading.follow(changeset.edit)
        self._outbox.put(project, changeset)  # first: the disk works while the views follow
        listed = self.tally.apply(changeset.edit)
        self.outline.apply(changeset.edit)
        self._announce(changeset.edit, listed=listed)

    def writable(self) -> Project:
        """The open project. Raises when it cannot be changed now."""
        project = self.project
        if project is None or project.read_only:
            raise ProjectReadOnly("This project is open for reading only; nothing was changed.")
        if self._busy is not None:
            raise ProjectError(self._busy)
        if self._outbox.error is not None:
            raise ProjectError(f"The last change is not saved yet: {self._outbox.error}")
        return project

    def _announce(self, edit: Edit, *, listed: bool) -> None:
        self.names.follow(edit)
        self.changed.emit(edit)
        if listed:
            self.summaries_changed.emit()
        self.history_changed.emit()

    def take(self, made: Made) -> None:
        """Show a large edit, which is made in copies already, and queue its commit. Raises as :meth:`edit` does."""
        project, edit = self.writable(), made.changeset.edit
        self._replays.record(made.changeset, whole=not made.written)
        self._reading.follow(edit)
        if made.written:
            self._outbox.own.update((made.changeset.id,) if project.shared else ())
        else:
            self._outbox.put(project, made.changeset)
        self.workspace.exchange(made.workspace)
        self.tally = made.tally
        self.outline.show(made.filed)
        self.ready = made.ready
        self._announce(edit, listed=made.listed)
        self.ready = None

    def take_in(self, edit: Edit) -> None:
        """Show what somebody else has committed. Raises ``StaleEdit`` when it does not fit what is shown."""
        fresh = self.workspace.unseen(edit)
        self.workspace.apply(fresh)
        self._reading.follow(edit)
        listed = self.tally.apply(edit)
        self.outline.apply(fresh)
        self._announce(fresh, listed=listed)

    # -- committing ---------------------------------------------------------------------------------------------

    @property
    def unsaved(self) -> int:
        """How many changesets are not yet known to be durable."""
        return len(self._outbox)

    @property
    def own(self) -> set[str]:
        """The ids of one's own changesets since ``seen``, where others write, too."""
        return self._outbox.own

    @property
    def unsaved_changesets(self) -> list[Changeset]:
        """Those, in order; without one that is being made."""
        return self._outbox.changesets

    @property
    def stuck(self) -> bool:
        """Whether a commit failed and waits for ``retry`` or ``give_up``."""
        return self._outbox.error is not None

    @property
    def waiting_for_server(self) -> bool:
        """Whether the server did not answer the last commit: it is tried again."""
        return self._outbox.waiting_for_server

    def when_saved(self, job: Callable[[], None]) -> None:
        """Run ``job`` now if everything is saved, else right after the last commit."""
        self._outbox.when_saved(job)

    def retry(self) -> None:
        """Write the uncommitted changesets again, in order."""
        self._outbox.retry()

    def give_up(self) -> None:
        """Drop the uncommitted changesets and show the project as it is stored. Does nothing unless ``stuck``."""
        if self.stuck:
            self._outbox.drop()
            self.read_again()

    def _rejected(self, sentence: str, edits: list[Edit]) -> None:
        """The project did not take some edits (somebody else changed the record): show what is stored."""
        self.refused.emit(f"{sentence} The project is shown as it is stored.")
        self.ask_about(sentence, edits)

    def ask_about(self, sentence: str, edits: list[Edit]) -> None:
        """Show the project as it is stored, then have edits that do not fit it any more asked about."""
        self.when_saved(lambda: self.read_again(lambda: self.conflicted.emit(sentence, edits)))

    def read_again(self, then: Callable[[], None] = lambda: None) -> None:
        """Show the project as it is stored. Only when everything is saved or dropped."""
        project, article = self.project, self.workspace.article
        if project is None:
            return
        self._busy = "The project is being read again; nothing was changed."

        def show(loaded: Loaded) -> None:
            self._show_project(loaded)
            if article is not None and article.id in self.tally.summaries:
                self.open_article(article.id)
            self._outbox.settle()
            then()

        def unreadable(error: Exception) -> None:
            if not isinstance(error, AnnotatorError):
                raise error
            self._busy = str(error)
            self.refused.emit(str(error))

        self.tasks.submit(lambda: Loaded(project, self.annotator), show, unreadable)

    # -- undo ---------------------------------------------------------------------------------------------------

    @property
    def undo_title(self) -> str | None:
        """What undo would take back; None when there is nothing."""
        return self._replays.title("undo")

    @property
    def redo_title(self) -> str | None:
        """What redo would bring again; None when there is nothing."""
        return self._replays.title("redo")

    def undo(self) -> None:
        """Take back the last change that is not undone, also one of an earlier session."""
        self.large.when_free(lambda: self._replays.ask("undo"))

    def redo(self) -> None:
        """Bring the last undone change back."""
        self.large.when_free(lambda: self._replays.ask("redo"))

"""Undo and redo: in the order they were asked for, each where the user can see it, also of earlier sessions."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable
from functools import partial
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from annotator.edits import MANY, Changeset, Edit
from annotator.errors import AnnotatorError, StaleEdit
from annotator.history import History, HistoryEntry
from annotator.ports import Project
from annotator.services.annotate import Author
from annotator.workspace import Workspace
from ui.large_edits import LargeEdits
from ui.tally import Tally
from ui.written import Replaying

T = TypeVar("T")
_RECENT = 500
"""Edits kept in memory for undo; older ones are read from the change log."""


class Stage(Protocol):
    """What undo and redo need of the store."""

    @property
    def author(self) -> Author: ...
    @property
    def workspace(self) -> Workspace: ...
    @property
    def tally(self) -> Tally: ...
    def apply(self, changeset: Changeset) -> None: ...
    @property
    def large(self) -> LargeEdits: ...
    def read(
        self, job: Callable[[Project], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None: ...
    def open_article(
        self, article_id: str, then: Callable[[], None] | None = None, otherwise: Callable[[], None] | None = None
    ) -> None: ...
    def open_first(self) -> None: ...


class Replays(QObject):
    """Knows what can be undone and redone, and does it through ``stage``."""

    replayed = Signal(str, str)
    """``undo`` or ``redo``, and the title of the edit: right after it was applied."""
    refused = Signal(str)
    not_kept = Signal(str)
    """The project could not be backed up before; the sentence says why."""

    def __init__(self, stage: Stage, parent: QObject) -> None:
        super().__init__(parent)
        self._stage = stage
        self._history = History()
        self._recent: OrderedDict[str, Edit] = OrderedDict()
        self._asked: deque[str] = deque()
        self._replaying = False

    def start(self, history: History) -> None:
        """Another project, or the same one read again: what its change log says can be undone."""
        self._history = history
        self._recent.clear()
        self._give_up()

    def record(self, changeset: Changeset, *, whole: bool = True) -> None:
        """Follow a changeset that was applied; of one that is not ``whole`` the log has more changes."""
        self._history.record(HistoryEntry.of(changeset))
        if whole and changeset.action == "edit":
            self._remember(changeset.id, changeset.edit)

    def title(self, action: str) -> str | None:
        """What ``undo`` would take back or ``redo`` would bring again; None when there is nothing."""
        return entry.title if (entry := self._top(action)) else None

    def ask(self, action: str) -> None:
        """``undo`` or ``redo`` after what was asked for before: some must first read the log."""
        self._asked.append(action)
        self._next()

    def _top(self, action: str) -> HistoryEntry | None:
        return self._history.undoable if action == "undo" else self._history.redoable

    def _remember(self, changeset_id: str, edit: Edit) -> None:
        if len(edit.changes) > MANY:  # it is read again when it is asked for
            return
        self._recent[changeset_id] = edit
        if len(self._recent) > _RECENT:
            self._recent.popitem(last=False)

    def _next(self) -> None:
        while self._asked and not self._replaying:
            action = self._asked.popleft()
            if (entry := self._top(action)) is not None:
                self._replaying = True
                self._begin(action, entry)

    def _begin(self, action: str, entry: HistoryEntry) -> None:
        changeset_id = entry.id

        def turned(original: Edit) -> Edit:
            return original.inverted() if action == "undo" else original

        def find(project: Project) -> tuple[Edit, Edit] | Replaying:
            extent = project.extent(changeset_id)
            if extent.whole_articles and extent.changes > MANY:
                return Replaying(
                    project, Changeset.of(Edit(entry.title, ()), self._stage.author.name, action, changeset_id)
                )
            original = project.changeset(changeset_id).edit
            edit = turned(original)
            edit.study()
            return original, edit

        def found(edits: tuple[Edit, Edit] | Replaying) -> None:
            if isinstance(edits, Replaying):
                self._stage.large.when_free(lambda: self._replay(edits, action, changeset_id))
                return
            self._remember(changeset_id, edits[0])
            self._show(edits[1], action, changeset_id)

        if (known := self._recent.get(changeset_id)) is not None:
            self._show(turned(known), action, changeset_id)
        else:
            self._stage.read(find, found, self._unreadable)

    def _unreadable(self, error: Exception) -> None:
        self._give_up()
        if not isinstance(error, AnnotatorError):
            raise error
        self.refused.emit(str(error))

    def _give_up(self) -> None:
        self._replaying = False
        self._asked.clear()

    def _show(self, edit: Edit, action: str, target_id: str) -> None:
        """Apply it where the user can see it: in the article it concerns."""
        stage = self._stage
        current = stage.workspace.article.id if stage.workspace.article else None
        elsewhere = [id_ for id_ in edit.article_ids if id_ != current and id_ in stage.tally.summaries]
        if current not in edit.article_ids and elsewhere:
            stage.open_article(elsewhere[0], lambda: self._apply(edit, action, target_id), self._give_up)
        else:
            self._apply(edit, action, target_id)

    def _replay(self, replaying: Replaying, action: str, target_id: str) -> None:
        """An import as a whole, wherever the user is: nobody holds all of it."""
        if self._is_overtaken(replaying.changeset.edit, action, target_id):
            return

        def done(error: AnnotatorError | None) -> None:
            if replaying.trouble is not None:
                self.not_kept.emit(replaying.trouble)
            self._done(replaying.changeset.edit, action, error)

        self._stage.large.apply(replaying, done, written=True)

    def _is_overtaken(self, edit: Edit, action: str, target_id: str) -> bool:
        """Whether something was marked while the log was read; then that is told."""
        top = self._top(action)
        if top is not None and top.id == target_id:
            return False
        self._replaying = False
        self.refused.emit(f"“{edit.title}” was not {action}ne: something else was changed meanwhile.")
        self._next()
        return True

    def _done(self, edit: Edit, action: str, error: AnnotatorError | None) -> None:
        self._replaying = False
        if isinstance(error, StaleEdit):
            self.refused.emit(f"“{edit.title}” can't be {action}ne: what it changed has been changed since.")
        elif error is not None:
            self.refused.emit(str(error))
        else:
            self.replayed.emit(action, edit.title)
            self._follow(edit)
        self._next()

    def _apply(self, edit: Edit, action: str, target_id: str) -> None:
        if self._is_overtaken(edit, action, target_id):
            return
        stage, done = self._stage, partial(self._done, edit, action)
        changeset = Changeset.of(edit, stage.author.name, action, target_id)
        if len(edit.changes) > MANY:
            stage.large.when_free(lambda: stage.large.apply(lambda _ws, _tally: changeset, done))
            return
        try:
            stage.apply(changeset)
        except AnnotatorError as error:
            done(error)
        else:
            done(None)

    def _follow(self, edit: Edit) -> None:
        """After an undo that brought an article back, or took the open one away, show one that is there."""
        stage = self._stage
        back = next((c.id for c in edit.of("article") if c.before is None), None)
        if back is not None:
            stage.open_article(back)
        elif stage.workspace.article is None:
            stage.open_first()

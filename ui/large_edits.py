"""Edits of many records: made and worked in on the database thread, then taken over by the window at once.

Ten thousand changes take half a second to make, to check and to follow. The work is done with a copy of the workspace,
while nothing else is edited; what comes back is a workspace in which the edit is made, and what the views need of it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from annotator.edits import MANY, Changeset, Edit
from annotator.errors import AnnotatorError
from annotator.model import Article, Document
from annotator.services import articles
from annotator.workspace import Workspace
from ui.outline import Filed
from ui.tally import Tally
from ui.tasks import Tasks

Make = Callable[[Workspace], Edit]
"""Makes an edit of the workspace that it is given, which it does not change. May run on any thread."""
MakeChangeset = Callable[[Workspace, Tally], Changeset | None]
Then = Callable[[AnnotatorError | None], None]


@dataclass(frozen=True, slots=True)
class Made:
    """A large edit as the window takes it over."""

    changeset: Changeset
    workspace: Workspace
    """As it is after the edit; when it was taken over, as it was before."""
    tally: Tally
    listed: bool
    """Whether the list of articles changed."""
    filed: Filed
    ready: object
    """What the article view needs; None when no article is open."""
    written: bool = False
    """Whether the project has it already, and more of it than what a window shows."""


def work_in(
    workspace: Workspace,
    tally: Tally,
    changeset: Changeset,
    make_ready: Callable[[Document, Filed], object],
    *,
    written: bool = False,
) -> Made:
    """Apply a changeset to copies that nobody else holds. Raises as ``Workspace.apply`` does."""
    edit = changeset.edit
    edit.study()
    if not written:
        articles.check_open(partial(find_article, workspace, tally), edit, undoes=changeset.action == "undo")
    workspace.apply(edit)
    listed = tally.apply(edit)
    document = workspace.document()
    if document is None:
        return Made(changeset, workspace, tally, listed, Filed(), None, written)
    filed = Filed(document.claims, document.mentions, document.corrections)
    return Made(changeset, workspace, tally, listed, filed, make_ready(document, filed), written)


def find_article(workspace: Workspace, tally: Tally, article_id: str) -> Article | None:
    """An article of the project as it is now, open or not; None when there is none of that id."""
    current = workspace.article
    if current is not None and current.id == article_id:
        return current
    summary = tally.summaries.get(article_id)
    return summary.article if summary is not None else None


def let_go(_held: object) -> None:
    """Run where nobody waits: whoever holds ten thousand records last takes a while to forget them."""


class Stage(Protocol):
    """What large edits need of the store."""

    @property
    def tasks(self) -> Tasks: ...
    @property
    def annotator(self) -> str: ...
    @property
    def workspace(self) -> Workspace: ...
    @property
    def tally(self) -> Tally: ...
    @property
    def shown(self) -> int: ...
    @property
    def make_ready(self) -> Callable[[Document, Filed], object]: ...
    def edit(self, edit: Edit) -> None: ...
    def refuse(self, error: AnnotatorError) -> None: ...
    def writable(self) -> object: ...
    def take(self, made: Made) -> None: ...


class LargeEdits(QObject):
    """One at a time. Until it is made nothing else can be edited; what is asked for here waits for its turn."""

    began = Signal()
    ended = Signal()
    """It was taken over, or refused."""

    def __init__(self, stage: Stage, parent: QObject) -> None:
        super().__init__(parent)
        self._stage = stage
        self._waiting: deque[Callable[[], None]] = deque()
        self.busy = False
        """Whether one is being made."""

    def when_free(self, job: Callable[[], None]) -> None:
        """Run ``job`` now, or after what is being made and what waits already."""
        if self.busy or self._waiting:
            self._waiting.append(job)
        else:
            job()

    def attempt(self, size: int, make: Make, then: Callable[[str | None], None] = lambda _: None) -> None:
        """Make an edit of about ``size`` changes and apply it: a few at once, many without holding up the window.

        ``then`` follows with None, or with the sentence of a refusal, of which the store tells, too.
        """
        stage = self._stage

        def changeset(workspace: Workspace, tally: Tally) -> Changeset | None:
            edit = make(workspace)
            if not edit:
                return None
            started = articles.with_start(partial(find_article, workspace, tally), edit)
            return Changeset.of(started, stage.annotator)

        def finished(error: AnnotatorError | None) -> None:
            if error is not None:
                stage.refuse(error)
            then(str(error) if error is not None else None)

        def begin() -> None:
            if size > MANY:
                self.apply(changeset, finished)
                return
            try:
                stage.edit(make(stage.workspace))
            except AnnotatorError as error:
                finished(error)
            else:
                finished(None)

        self.when_free(begin)

    def apply(self, make: MakeChangeset, then: Then, *, written: bool = False) -> None:
        """Apply the changeset that ``make`` makes; None: there is nothing to do. Only while none is being made.

        ``then`` follows with None, or with the error, when nothing was changed. ``written``: ``make`` commits it to
        the project itself, and brings ``Tally`` up to that; it may be asked again for what it made.
        """
        try:
            self._stage.writable()
        except AnnotatorError as error:
            then(error)
            return
        self.busy = True
        self.began.emit()
        self._begin(make, then, written=written)

    def _begin(self, make: MakeChangeset, then: Then, *, written: bool) -> None:
        stage = self._stage
        workspace, tally, shown = stage.workspace.copy(), stage.tally.copy(), stage.shown

        def job() -> Made | None:
            changeset = make(workspace, tally)
            if changeset is None:
                return None
            return work_in(workspace, tally, changeset, stage.make_ready, written=written)

        def done(made: Made | None) -> None:
            if shown != stage.shown:  # another article came meanwhile: it was made of what is there no more
                self._begin(make, then, written=written)
            else:
                self._finish(made, then)

        def failed(error: Exception) -> None:
            if isinstance(error, AnnotatorError):
                self._end(then, error)
            else:
                self._end(lambda _: None, None)
                raise error

        stage.tasks.submit(job, done, failed)

    def _finish(self, made: Made | None, then: Then) -> None:
        try:
            if made is not None:
                self._stage.take(made)
                self._stage.tasks.submit(lambda: let_go(made))
        except AnnotatorError as error:
            self._end(then, error)
        else:
            self._end(then, None)

    def _end(self, then: Callable[[AnnotatorError | None], None], error: AnnotatorError | None) -> None:
        self.busy = False
        self.ended.emit()
        then(error)
        while self._waiting and not self.busy:
            self._waiting.popleft()()

"""How far an article is: setting its state, finishing it, reopening it, and going on to the next unfinished one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator.checks.base import Problem
from annotator.checks.table import blocking
from annotator.ports import Project
from annotator.services import articles
from annotator.services.progress import next_unfinished
from annotator.text.wording import counted
from annotator.vocabulary import DEFAULT
from annotator.workspace import Workspace
from ui.actions import Actions
from ui.checking import Checking
from ui.dialogs.messages import Messages
from ui.store import Store

Open = Callable[[str, Callable[[], None]], None]


class WorkStates(QObject):
    """For one window (``parent``). An article with blocking problems does not become done.

    ``flush`` commits what is being typed; ``listed`` are the ids of the articles that the filter shows;
    ``open_article`` shows one and then calls what it is given.
    """

    refused = Signal()
    """The open article did not become done; its blocking problems should be shown."""
    told = Signal(str)
    """A sentence about where one went, or that all is done."""

    def __init__(
        self,
        store: Store,
        checking: Checking,
        flush: Callable[[], None],
        listed: Callable[[], Sequence[str]],
        open_article: Open,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._checking = checking
        self._flush = flush
        self._listed = listed
        self._open = open_article
        self._messages = Messages(parent)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """The commands of the Review menu about states."""
        return {
            **{f"state_{term.value}": partial(self.set_state, term.value) for term in DEFAULT.terms("article.state")},
            "finish": self.finish,
            "reopen": lambda: self.set_state("in_progress"),
        }

    def follow(self, actions: Actions) -> None:
        """From now on the menu shows the state of the open article, and offers to reopen one that is done."""

        def show() -> None:
            article = self._store.workspace.article
            for term in DEFAULT.terms("article.state"):
                actions.check(f"state_{term.value}", on=article is not None and article.state == term.value)
            actions.enable(["reopen"], articles.is_frozen(article) and not self._store.read_only)

        show()
        self._store.article_opened.connect(show)
        self._store.summaries_changed.connect(show)

    def set_state(self, state: str) -> None:
        """Set the state of the open article."""
        self._flush()
        if state == "done" and self._store.workspace.article is not None:
            self._checking.when_checked(lambda: self._close_open(lambda: None))
        else:
            self._store.attempt(lambda: articles.change(self._store.workspace, state=state))

    def set_state_of(self, article_id: str, state: str) -> None:
        """Set the state of an article of the list, whether it is open or not."""
        current = self._store.workspace.article
        if current is not None and current.id == article_id:
            self.set_state(state)
        elif state == "done":
            self._close_other(article_id)
        else:
            self._put(article_id, state)

    def finish(self) -> None:
        """The open article is done, unless something blocks it: on to the next one that is not."""
        article = self._store.workspace.article
        if article is None or articles.is_frozen(article):
            self._go_on()
            return
        self._flush()
        self._checking.when_checked(lambda: self._close_open(self._go_on))

    def _close_open(self, then: Callable[[], None]) -> None:
        if problems := self._checking.blocking():
            self.refused.emit()  # first: what becomes selected is told where the sentence will stand
            self._refuse("This article", problems)
        elif self._store.attempt(lambda: articles.change(self._store.workspace, state="done")):
            then()

    def _close_other(self, article_id: str) -> None:
        """Look through an article that is not open, on the database thread."""
        ws, author = self._store.workspace, self._store.author
        known, scheme = list(ws.speakers.values()), ws.scheme

        def check(project: Project) -> list[Problem]:
            other = Workspace(known, project.document(article_id))
            other.set_scheme(scheme)
            return blocking(other, author)

        def decide(problems: list[Problem]) -> None:
            if problems:
                self._refuse(f"“{self._store.tally.summaries[article_id].article.title}”", problems)
            else:
                self._put(article_id, "done")

        self._store.read(check, decide, self._messages.report)

    def _put(self, article_id: str, state: str) -> None:
        if (summary := self._store.tally.summaries.get(article_id)) is not None:
            self._store.attempt(lambda: articles.change_article(summary.article, state=state))

    def _refuse(self, name: str, problems: Sequence[Problem]) -> None:
        verb = "is" if len(problems) == 1 else "are"
        self._store.refused.emit(f"{name} is not done: {counted(len(problems), 'blocking problem')} {verb} open.")

    def _go_on(self) -> None:
        current = self._store.workspace.article
        ordered = [summary.article for summary in self._store.tally.ordered()]
        listed = set(self._listed())
        found = next_unfinished(ordered, current.id if current else None, listed)
        if found is None:
            self.told.emit(f"This was the last one: {counted(len(ordered), 'article')} done.")
            return
        places = {article.id: place for place, article in enumerate(ordered)}
        sentence = ""
        if found not in listed:
            sentence = "What the filter shows is done; this is the next unfinished article of all."
        elif current is not None and places[found] < places.get(current.id, 0):
            sentence = "Below, all are done; this is the first unfinished article."
        self._open(found, lambda: self.told.emit(sentence) if sentence else None)

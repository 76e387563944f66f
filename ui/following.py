"""What others commit while this window is open: told on a thread of its own, and shown as if it were done here."""

from __future__ import annotations

import threading
from contextlib import closing

from PySide6.QtCore import QObject, Qt, Signal

from annotator.edits import MANY
from annotator.errors import AnnotatorError, ProjectReplaced, StaleEdit
from annotator.ports import News, Project, Watch
from ui.store import Store

_LOOK_SECONDS = 20.0
"""The log is looked at so often even when nobody told of anything."""


class Following(QObject):
    """Follows the open project where others may write in it."""

    came_in = Signal(object)
    """The Changeset of somebody else that is shown from now on."""
    replaced = Signal(str)
    """The project at this place was restored elsewhere: it is to be opened anew."""
    _told = Signal(object)

    def __init__(self, store: Store, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._project: Project | None = None
        self._watch: Watch | None = None
        self._threads: list[threading.Thread] = []
        """The one that waits now, and those before it as far as they have not ended."""
        self._asking = self._asked_again = False
        self._told.connect(self._ask, Qt.ConnectionType.QueuedConnection)
        store.project_opened.connect(self._opened)

    def stop(self) -> None:
        """Follow nothing any more, for good; all threads have ended when this returns."""
        self._leave()
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    def _leave(self) -> None:
        """Follow nothing. The thread ends by itself: it may wait for a server that does not answer, the window not."""
        watch, self._watch = self._watch, None
        if watch is not None:
            watch.stop()
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        self._project = None

    def _opened(self) -> None:
        """A project was opened, or the same one was read again."""
        project = self._store.project
        self._asking = self._asked_again = False
        if project is self._project:
            return
        self._leave()
        self._project = project
        self._watch = project.watch() if project is not None else None
        if self._watch is not None:
            thread = threading.Thread(target=self._wait, args=(self._watch,), name="others", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _wait(self, watch: Watch) -> None:
        """On the thread: tell the window whenever there may be something new."""
        with closing(watch):
            while self._watch is watch:
                watch.wait(_LOOK_SECONDS)
                if self._watch is watch:
                    self._told.emit(watch)

    def _ask(self, watch: Watch) -> None:
        if watch is not self._watch:
            return
        if self._asking:
            self._asked_again = True
            return
        self._asking = True
        self._store.when_saved(self._look)

    def _look(self) -> None:
        """Ask at once: all of one's own is committed now, so that none of it can be taken for somebody else's."""
        project, after, own = self._store.project, self._store.seen, frozenset(self._store.own)
        if project is None or project is not self._project:
            return

        def read(news: News) -> None:
            if project is self._project:
                self._store.large.when_free(lambda: self._show(after, own, news))

        self._store.tasks.submit(lambda: project.news(after, own, MANY), read, self._unread)

    def _unread(self, error: Exception) -> None:
        self._asking = False
        if isinstance(error, ProjectReplaced) and self._project is not None:
            self.replaced.emit(self._project.location)
        elif not isinstance(error, AnnotatorError):
            raise error  # what keeps the project from being read is told by whoever reads or writes next

    def _show(self, after: int, own: frozenset[str], news: News) -> None:
        store = self._store
        self._asking = False
        if store.seen == after:  # else the project was read again meanwhile
            store.seen = news.seq
            store.own.difference_update(own)
            try:
                self._take_in(news)
            except AnnotatorError:
                # It is too much; or what was done here meanwhile does not fit any more, and will be refused.
                store.when_saved(store.read_again)
        if self._asked_again and self._watch is not None:
            self._asked_again = False
            self._ask(self._watch)

    def _take_in(self, news: News) -> None:
        if news.changesets is None:
            raise StaleEdit("There is too much that is new.")
        store, open_article = self._store, self._store.workspace.article
        for changeset in news.changesets:
            store.take_in(changeset.edit)
            self.came_in.emit(changeset)
            if open_article is not None and store.workspace.article is None:
                store.refused.emit(f"{changeset.actor} has deleted the article “{open_article.title}”.")
                store.open_first()
                open_article = None

"""How long somebody works on each article: measured only where that is wanted, kept beside the change log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from time import monotonic

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QWidget

from annotator.errors import ProjectError
from annotator.ports import Project, WorkTime
from annotator.services.progress import Stopwatch, duration
from ui.actions import Actions
from ui.settings import Settings
from ui.store import Store

_EVERY_MS = 30_000
"""How often what was counted is written, at most."""
_LIFE = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.TouchBegin})


class WorkClock(QObject):
    """Counts keys, clicks and the wheel of one ``window`` as signs of work on the open article.

    ``now`` is a clock in seconds that never goes back. A read-only project is not measured.
    """

    changed = Signal()
    """The times, or whether they are measured, are others now."""

    def __init__(self, store: Store, settings: Settings, window: QWidget, now: Callable[[], float] = monotonic) -> None:
        super().__init__(window)
        self._store = store
        self._settings = settings
        self._window = window
        self.now = now
        self.today = date.today
        self._watch = Stopwatch()
        self._seconds: Counter[str] = Counter()
        """What is stored, by article, of everybody and all days."""
        self._part = 0.0
        """Of a second that was counted and is not stored."""
        self._project: Project | None = None
        self._article: str | None = None
        self._listening: QWindow | None = None
        self._every = QTimer(self)
        self._every.setInterval(_EVERY_MS)
        self._every.timeout.connect(self.settle)
        store.project_opened.connect(self._opened)
        store.leaving.connect(self.settle)
        store.article_opened.connect(self._article_opened)
        settings.changed.connect(self._setting_changed)
        if isinstance(application := QGuiApplication.instance(), QGuiApplication):
            application.focusWindowChanged.connect(self._focus_moved)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """The command that switches measuring on and off."""
        return {"measure_time": self.toggle}

    def start(self, actions: Actions) -> None:
        """From now on the menu shows whether time is measured."""

        def show() -> None:
            actions.check("measure_time", on=self.on)

        show()
        self.changed.connect(show)

    @property
    def on(self) -> bool:
        """Whether time is measured."""
        return bool(self._settings.get("measure_time"))

    def toggle(self) -> None:
        """Measure from now on, or no longer."""
        self.settle()
        self._settings.set("measure_time", not self.on)

    def words(self, article_id: str | None) -> str:
        """``12 min``, the time that was worked on an article; "" when none was, or nobody wants to know."""
        seconds = self._seconds[article_id] if article_id is not None and self.on else 0
        return duration(seconds) if seconds else ""

    def settle(self) -> None:
        """Store what was counted for the open article."""
        self._part += self._watch.take()
        whole, project, article_id = int(self._part), self._project, self._article
        if not whole or project is None or article_id is None:
            return
        self._part -= whole
        self._seconds[article_id] += whole
        time = WorkTime(article_id, self._store.annotator, self.today().isoformat(), whole)
        self._store.tasks.submit(lambda: project.add_work_time(time), failed=self._not_stored)
        self.changed.emit()

    @staticmethod
    def _not_stored(error: Exception) -> None:
        """Half a minute less is no reason to disturb; when nothing can be saved, the next edit says so."""
        if not isinstance(error, ProjectError):
            raise error

    # -- following ----------------------------------------------------------------------------------------------

    def _opened(self) -> None:
        self._watch = Stopwatch()
        self._part = 0.0
        self._article = None
        self._seconds.clear()
        self._project = None if self._store.read_only else self._store.project
        self._follow()
        self._store.read(lambda project: project.work_times(), self._read, self._not_stored)

    def _read(self, times: list[WorkTime]) -> None:
        self._seconds = Counter()
        for time in times:
            self._seconds[time.article_id] += time.seconds
        self.changed.emit()

    def _article_opened(self) -> None:
        article = self._store.workspace.article
        opened = article.id if article else None
        if opened != self._article:
            self.settle()
            self._watch.stop()
            self._part = 0.0
            self._article = opened
        self.changed.emit()

    def _setting_changed(self, key: str) -> None:
        if key == "measure_time":
            self._follow()
            self.changed.emit()

    def _follow(self) -> None:
        """Listen to the window's own events, of which there are few, while time is measured."""
        wanted = self.on and self._project is not None
        if self._listening is not None:
            self._listening.removeEventFilter(self)
        self._watch.stop()
        self._window.winId()  # there is a window to listen to only when it has been made
        self._listening = self._window.windowHandle() if wanted else None
        if self._listening is not None:
            self._listening.installEventFilter(self)
            self._every.start()
        else:
            self._every.stop()

    def _focus_moved(self, window: QWindow | None) -> None:
        if window is None:  # another program is looked at
            self._watch.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Every event goes on; those of somebody at work are counted."""
        if event.type() in _LIFE and self._article is not None:
            self._watch.sign(self.now())
        return super().eventFilter(watched, event)

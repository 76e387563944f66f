"""Build Release: ask what it is to be, look through the project, build off the window's thread, say what was made."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from annotator.errors import AnnotatorError, ReleaseRefused, ReleaseStopped
from annotator.ports import Project
from annotator.release import wish as wishes
from annotator.release.building import Released, build
from annotator.release.choosing import Readiness, readiness
from annotator.release.datasheet import left_out, told_counts
from annotator.release.wish import Wish
from annotator.text.wording import clause
from ui.dialogs.messages import Messages
from ui.release.dialog import ReleaseDialog
from ui.release.form import ReleaseForm
from ui.selection import Selection
from ui.settings import Settings
from ui.store import Store

_BETWEEN = 0.05
"""Seconds between two reports of progress to the window."""
_SELECTABLE = ("claim", "mention", "correction")


class Releasing(QObject):
    """Builds releases for one window (``parent``). ``open_article`` shows an article, then calls back.

    ``flush`` commits what is being typed.
    """

    _advanced = Signal(int, int)

    def __init__(
        self,
        store: Store,
        settings: Settings,
        selection: Selection,
        open_article: Callable[[str, Callable[[], None]], None],
        flush: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._settings = settings
        self._selection = selection
        self._open_article = open_article
        self._flush = flush
        self._parent = parent
        self._messages = Messages(parent)
        self._stop = threading.Event()
        self._found: Readiness | None = None

    def handlers(self) -> dict[str, Callable[[], None]]:
        """The command of the File menu."""
        return {"release": self.ask}

    def stop(self) -> None:
        """Stop what is being looked through or built; nothing is written."""
        self._stop.set()

    def ask(self) -> None:
        """Open the dialog; it does not block the window."""
        self._flush()
        project = self._store.project
        if project is None:
            return
        try:
            wish = wishes.remembered(project.location, project.name)
        except AnnotatorError as error:
            self._messages.warn(f"{error} Mend or delete that file; the usual is shown.")
            wish = Wish(project.name)
        folder = self._settings.folder / f"{project.name}-{wish.version}"
        dialog = ReleaseDialog(ReleaseForm(wish, folder, self._parent), self._parent)
        dialog.left.connect(self.stop)
        dialog.build.connect(lambda: self._build(dialog))
        dialog.go_to_first.connect(lambda: self._go_to_first(dialog))
        dialog.open_folder.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(dialog.form.folder))))
        dialog.finished.connect(lambda _: self._advanced.disconnect(dialog.advance))
        self._advanced.connect(dialog.advance)
        dialog.open()
        self._look_through(dialog)

    def _look_through(self, dialog: ReleaseDialog) -> None:
        stop = self._fresh()

        def done(found: Readiness) -> None:
            if not stop.is_set():
                self._found = found
                dialog.show_readiness(found)

        def failed(error: Exception) -> None:
            if not isinstance(error, ReleaseStopped):
                dialog.reject()
                self._messages.report(error)

        self._store.read(lambda project: readiness(project, self._reporter(), stop.is_set), done, failed)

    def _fresh(self) -> threading.Event:
        self.stop()
        self._stop = threading.Event()
        return self._stop

    def _reporter(self) -> Callable[[int, int], None]:
        """Hands progress to the window's thread, not more often than a person can see it."""
        last = 0.0

        def report(done: int, total: int) -> None:
            nonlocal last
            if time.monotonic() - last > _BETWEEN or done == total:
                last = time.monotonic()
                self._advanced.emit(done, total)

        return report

    def _go_to_first(self, dialog: ReleaseDialog) -> None:
        """Close the dialog and show the first problem at its place."""
        obstacles = self._found.obstacles if self._found else ()
        first = next((each for each in obstacles if each.article_id is not None), None)
        if first is None or first.article_id is None:
            return
        kind, id_ = first.kind, first.record_id

        def select() -> None:
            if kind in _SELECTABLE and id_ is not None:
                self._selection.select(kind, id_)

        dialog.reject()
        self._open_article(first.article_id, select)

    def _build(self, dialog: ReleaseDialog) -> None:
        form = dialog.form
        wish, folder, since = form.wish(), form.folder, form.earlier
        stop = self._fresh()
        self._settings.set("last_folder", str(folder.parent))
        dialog.start()

        def job(project: Project) -> tuple[Released, str]:
            kept = _remember(project.location, wish)
            return build(project, folder, wish, since, self._reporter(), stop.is_set), kept

        def done(result: tuple[Released, str]) -> None:
            dialog.finish(_report(*result))

        def failed(error: Exception) -> None:
            if not isinstance(error, AnnotatorError):
                dialog.stopped("")
                raise error
            reasons = error.reasons if isinstance(error, ReleaseRefused) else ()
            dialog.stopped("\n".join([str(error), *reasons[:3]]))

        self._store.read(job, done, failed)


def _remember(location: str, wish: Wish) -> str:
    """Keep the wish for the next time; gives what there is to say of it."""
    place: Path | None = wishes.place_beside(location)
    if place is None:
        return "What you chose is not kept: the project is no file."
    try:
        wishes.write(place, wish)
    except AnnotatorError as error:
        return f"What you chose is not kept: {error}"
    return f"What you chose is kept in {place.name}; there the questions of the dataset card are answered, too."


def _report(done: Released, kept: str) -> str:
    sizes = ", ".join(f"{name} {counts['articles']:,}" for name, counts in done.figures["splits"].items())
    lines = [
        f"Wrote {told_counts(done.figures)} to {done.folder}.",
        f"Splits: {sizes}.",
        f"Left out: {clause(left_out(done.facts))}",
        *done.facts.notes,
        kept,
    ]
    return "\n\n".join(lines)

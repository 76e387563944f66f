"""Where window and store are joined: makes the application, the window and the database thread."""

from __future__ import annotations

import gc
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from annotator.edits import Changeset
from annotator.errors import ProjectError
from annotator.files import MAKING, reason_of
from annotator.formats import registry
from annotator.schemes import DEFAULT_SCHEME
from annotator.services.annotate import Author
from annotator.services.scheme import begin_with
from ui.application import has_display, make_application
from ui.crash import CrashReporter
from ui.kept_file import KeptFiles, folders
from ui.main_window import MainWindow
from ui.settings import Settings
from ui.store import Store
from ui.tasks import Tasks
from ui.termination import Termination
from ui.widgets.screen import resize_to_screen

if TYPE_CHECKING:
    from annotator.backups import Backup
    from annotator.formats.base import Draft
    from annotator.model import Scheme
    from annotator.ports import Project

SAMPLE = "Sample.annotator"


@dataclass(frozen=True, slots=True)
class SqlBackend:
    """Implements ``ui.backend.Backend``. SQLAlchemy is imported on first use, on the database thread."""

    folder: Path
    """Where the sample project and fresh starts are put."""

    def open(self, location: str) -> Project:
        from db.project import open_project  # noqa: PLC0415  # late: start-up does not wait for SQLAlchemy

        return open_project(location)

    def read(self, location: str) -> Project:
        from db.project import open_project  # noqa: PLC0415

        return open_project(location, "read")

    def restore(self, project: str, backup: str) -> str:
        from db.copies.restoring import restore  # noqa: PLC0415

        before = restore(Path(project), Path(backup))
        if before is None:
            return ""
        if before.parent == Path(project).resolve().parent:
            return f"What was there before could not be backed up and is set aside: {before}."
        return f"What it was before is the newest of its backups, so that you can go back: {before}."

    def newest_backup(self, project: str) -> Backup | None:
        from db.copies.backup import FileBackups  # noqa: PLC0415

        return FileBackups(Path(project)).newest()

    def rebuild(self, project: str) -> tuple[str, ...]:
        from db.copies.restoring import rebuild_in_place  # noqa: PLC0415

        return rebuild_in_place(Path(project))

    def restore_to(self, backup: str, target: str) -> None:
        from db.copies.copying import RESTORED, copy_to_new  # noqa: PLC0415

        copy_to_new(Path(backup), Path(target), RESTORED)

    def create(self, location: str, scheme: Scheme, actor: str) -> Project:
        from db.project import create_project  # noqa: PLC0415

        project = create_project(location)
        try:
            begin_with(project, scheme, actor)
        except BaseException:
            project.close()
            raise
        return project

    def sample(self) -> Project:
        from seeds import sample_gold_path  # noqa: PLC0415

        path = self.folder / SAMPLE
        return self.open(str(path)) if path.exists() else self._seeded(path, sample_gold_path())

    def fresh(self) -> Project:
        from seeds import sample_text_path  # noqa: PLC0415

        number = 1
        while (path := self.folder / f"Fresh start {number}.annotator").exists():
            number += 1
        return self._seeded(path, sample_text_path())

    def _seeded(self, path: Path, seed: Path) -> Project:
        """A project made under a name of its own first, so that a half-made one is never taken for the sample."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=MAKING, dir=path.parent) as folder:
                making = Path(folder) / path.name
                self._fill(self.create(str(making), DEFAULT_SCHEME, "Guideline"), seed)
                if not path.exists():  # another window may have been faster; its sample is as good
                    making.replace(path)
        except OSError as error:
            raise ProjectError(f"The sample project cannot be made in {path.parent}: {reason_of(error)}.") from error
        return self.open(str(path))

    @staticmethod
    def _fill(project: Project, seed: Path) -> None:
        """Import the seed as what the project starts with, and close it."""
        from annotator.services.importing import import_edit, read_file  # noqa: PLC0415

        try:
            drafts = [_reopened(draft) for draft in read_file(seed, Author("Guideline"))]
            edit, report = import_edit(drafts, project)
            if not report.imported:
                raise ProjectError(f"The sample article {seed.name} cannot be imported.")
            with project.begin() as unit:
                unit.apply(Changeset.of(edit, "Guideline", "start"))
                unit.commit()
        finally:
            project.close()


def _reopened(draft: Draft) -> Draft:
    """The article as one to try things on: what is done is frozen."""
    state = "in_progress" if draft.article.state == "done" else draft.article.state
    return replace(draft, article=replace(draft.article, state=state))


def build(settings: Settings, folder: Path | None = None) -> MainWindow:
    """The window with its store and database thread, nothing opened yet. Needs an application object."""
    tasks = Tasks()
    store = Store(tasks, settings.annotator)
    kept = folders(folder)
    return MainWindow(store, settings, SqlBackend(kept[0]), KeptFiles(kept))


def shut_down(window: MainWindow) -> None:
    """Close the project and end the database thread."""
    window.following.stop()
    window.importing.stop()
    window.exchange.stop()
    window.releasing.stop()
    window.keeping.close()
    window.unfinished.close()
    window.unsaved.close()
    window.kept.release()
    window.reader.close()
    project, tasks = window.store.project, window.store.tasks
    if project is not None:
        tasks.submit(project.close)
    tasks.close()


def start(window: MainWindow, location: str | None) -> None:
    """Open ``location``, else the project that was open last, else the sample."""
    if location is not None:
        window.files.open(location)
    else:
        window.files.open_last_project()


def tune(window: MainWindow) -> None:
    """Let the process serve one window from now on.

    The database thread gets its turn within a millisecond while the window works: "Saved" comes sooner. And what is
    there when the first project is open stays for good, so the garbage collector needs not look at it: a collection
    in an article with 10,000 spans takes 13 ms instead of 59. The formats are loaded after that, beside the window, so
    that they are there when somebody imports or exports.
    """

    def opened() -> None:
        gc.freeze()
        window.reader.submit(registry.formats, lambda _: gc.freeze())

    sys.setswitchinterval(0.001)
    window.store.project_opened.connect(opened, Qt.ConnectionType.SingleShotConnection)


def run(location: str | None = None) -> int:
    """Show the window until it is closed. Without a display: say so on stderr and return 2."""
    if not has_display():
        sys.stderr.write(
            "annotator: there is no display to show a window on; "
            "“annotator screenshot PROJECT OUT.png” draws it into a file.\n"
        )
        return 2
    app = make_application()
    reporter = CrashReporter(app)
    reporter.install()
    window = build(Settings())
    tune(window)
    termination = Termination(app)
    termination.asked.connect(window.close)
    resize_to_screen(window, window.width(), window.height())
    window.show()
    start(window, location)
    code = app.exec()
    shut_down(window)
    termination.release()
    return code


def main() -> int:
    """``python -m ui.main [PROJECT]``."""
    return run(sys.argv[1] if len(sys.argv) > 1 else None)


if __name__ == "__main__":
    sys.exit(main())

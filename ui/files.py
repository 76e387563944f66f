"""Projects and files: what the File menu does, with the dialogs it needs. The work runs on the database thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.edits import Edit
from annotator.errors import AnnotatorError
from annotator.files import PROJECT_SUFFIX
from annotator.formats.base import Draft
from annotator.model import Document, Record, Speaker
from annotator.ports import Project
from annotator.services import articles, speakers
from annotator.services.exporting import ExportResult, export
from annotator.services.importing import ReadResult, Report, import_edit, read_files
from annotator.text.wording import counted
from ui.backend import Backend
from ui.dialogs import article_details, messages
from ui.dialogs.import_preview import ImportPreview
from ui.settings import Settings
from ui.store import Store
from ui.tasks import Tasks

_PROJECTS = f"Annotator projects (*{PROJECT_SUFFIX});;All files (*)"
_ARTICLES = "Articles (*.txt *.text *.jsonl);;All files (*)"
_SOURCE_LINES = "JSON Lines, source text (*.jsonl)"
_CORRECTED_LINES = "JSON Lines, corrected text (*.jsonl)"
_RECENT = 8


@dataclass(frozen=True, slots=True)
class _Copy:
    """The open article as it is in memory, for export."""

    document: Document
    known: list[Speaker]

    def documents(self) -> list[Document]:
        return [self.document]

    def speakers(self) -> list[Speaker]:
        return self.known


class Files(QObject):
    """Opens, imports and exports for one window (``parent``)."""

    failed = Signal(str)
    """A project could not be opened; the sentence says why."""
    exported = Signal()

    def __init__(
        self, store: Store, settings: Settings, backend: Backend, flush: Callable[[], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._flush = flush
        self.reader = Tasks("files", self)
        """Reads files that are no project, so that reading them never delays a commit."""
        self._store = store
        self._settings = settings
        self._backend = backend
        self._parent = parent
        self._wanted_article: int | None = None
        self.notice = messages.Notices(parent)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """The commands of the File menu that need nothing but this."""
        return {
            "new_project": self.ask_new,
            "open_project": self.ask_open,
            "open_sample": self.open_sample,
            "start_fresh": self.start_fresh,
            "import_files": self.ask_import,
            "article_details": self.article_details,
            "delete_article": self.delete_open_article,
        }

    # -- projects -----------------------------------------------------------------------------------------------

    def open(self, location: str, *, article: int | None = None) -> None:
        """Open a project; ``article`` (from 1) is the one to show, default the one shown last."""
        self._wanted_article = article
        self._open(lambda: self._backend.open(location), location)

    def open_last_project(self) -> None:
        """Open the project that was open last; the sample when there is none or it is gone."""
        last = str(self._settings.get("last_project"))
        if last and ("://" in last or Path(last).is_file()):
            self.open(last)
        else:
            self.open_sample()

    def open_sample(self) -> None:
        """Open the labelled example; it is made the first time."""
        self._open(self._backend.sample, "the sample project")

    def start_fresh(self) -> None:
        """Open a new project with the example article, unlabelled."""
        self._open(self._backend.fresh, "a fresh start")

    def ask_open(self) -> None:
        """Ask for a project file and open it."""
        name, _ = QFileDialog.getOpenFileName(self._parent, "Open project", self._folder(), _PROJECTS)
        if name:
            self.open(name)

    def ask_new(self) -> None:
        """Ask for a name and make an empty project."""
        keep = QFileDialog.Option.DontConfirmOverwrite  # a file that is there is refused, not replaced
        name, _ = QFileDialog.getSaveFileName(self._parent, "New project", self._folder(), _PROJECTS, options=keep)
        if name:
            path = Path(name)
            path = path if path.suffix else path.with_suffix(PROJECT_SUFFIX)
            self._open(lambda: self._backend.create(str(path)), str(path))

    def _open(self, opener: Callable[[], Project], what: str) -> None:
        def failed(error: Exception) -> None:
            if not isinstance(error, AnnotatorError):
                raise error
            self.failed.emit(str(error))
            if self._store.project is None:
                self.notice.warn(f"{error} The sample project is shown instead.")
                if what != "the sample project":
                    self.open_sample()
            else:
                self.notice.warn(str(error))

        self._flush()
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
        return project.notice

    def _open_an_article(self, location: str) -> None:
        listed = [summary.article.id for summary in self._store.tally.ordered()]
        wanted, self._wanted_article = self._wanted_article, None
        last = self._settings.get("last_articles").get(location)
        if wanted is not None and not 1 <= wanted <= len(listed):
            self.failed.emit(f"The project has {len(listed)} articles; there is no article {wanted}.")
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

    # -- import -------------------------------------------------------------------------------------------------

    def ask_import(self) -> None:
        """Ask for files and show what they hold."""
        names, _ = QFileDialog.getOpenFileNames(self._parent, "Import articles", self._folder(), _ARTICLES)
        if names:
            self.read(names)

    def dropped(self, names: Sequence[str]) -> None:
        """Files were dropped on the window: a project is opened, everything else is read for import."""
        projects = [name for name in names if name.endswith(PROJECT_SUFFIX)]
        others = [name for name in names if name not in projects]
        if len(projects) == 1 and not others:
            self.open(projects[0])
        elif projects:
            self.notice.warn("Only one project can be open: drop one alone, or articles without a project.")
        elif others:
            self.read(others)

    def read(self, names: Sequence[str]) -> None:
        """Read files on the database thread, then show the preview."""
        if self._store.read_only:
            self._store.refused.emit("This project is open for reading only; nothing can be imported.")
            return
        paths, author = [Path(name) for name in names], self._store.author
        self._settings.set("last_folder", str(paths[0].parent))
        self.reader.submit(lambda: read_files(paths, author), self._preview)

    def _preview(self, result: ReadResult) -> None:
        if not result.drafts:
            self.notice.warn("\n".join(result.problems))
            return
        unread = result.problems
        preview = ImportPreview(result.drafts, unread, lambda drafts: self._import(drafts, unread), self._parent)
        preview.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        preview.open()

    def _import(self, drafts: list[Draft], unread: list[str]) -> None:
        project = self._store.project
        if project is None:
            return

        def done(result: tuple[Edit, Report]) -> None:
            if self._store.project is not project:
                return
            edit, report = result
            if edit and self._store.attempt(lambda: edit):
                self._store.open_article(report.imported[0].article.id)
            report.problems += unread
            self.notice.tell(_import_summary(report))

        self._store.when_saved(
            lambda: self._store.tasks.submit(lambda: import_edit(drafts, project), done, self._refused)
        )

    # -- export -------------------------------------------------------------------------------------------------

    def ask_export(self) -> None:
        """Ask for a file name and write the dataset."""
        project = self._store.project
        if project is None:
            return
        proposal = str(Path(self._folder()) / f"{project.name}.jsonl")
        kinds = f"{_SOURCE_LINES};;{_CORRECTED_LINES}"
        name, kind = QFileDialog.getSaveFileName(self._parent, "Export dataset", proposal, kinds)
        if name:
            path = Path(name) if Path(name).suffix else Path(name).with_suffix(".jsonl")
            self.export(path, "corrected" if kind == _CORRECTED_LINES else "source")

    def export(self, path: Path, view: str = "source") -> None:
        """Write the whole project as JSON Lines, over the source or the corrected text, and say what was written."""
        project = self._store.project
        if project is None:
            return
        self._settings.set("last_folder", str(path.parent))

        def done(result: ExportResult) -> None:
            self.exported.emit()
            self.notice.tell(_export_summary(result))

        self._store.when_saved(
            lambda: self._store.tasks.submit(lambda: export(project, path, view=view), done, self._refused)
        )

    def save_unsaved(self) -> None:
        """A commit failed: write the open article as it is in memory to a file elsewhere."""
        document, known = self._store.workspace.document(), list(self._store.workspace.speakers.values())
        if document is None:
            return
        name, _ = QFileDialog.getSaveFileName(self._parent, "Save a copy of this article", "", _SOURCE_LINES)
        if name:
            try:
                self.notice.tell(_export_summary(export(_Copy(document, known), Path(name))))
            except AnnotatorError as error:
                self.notice.warn(str(error))

    # -- articles and speakers ----------------------------------------------------------------------------------

    def article_details(self, article_id: str | None = None) -> None:
        """Edit the fields of an article, default the open one."""
        current = self._store.workspace.article
        if article_id is None or (current is not None and current.id == article_id):
            if current is not None:
                article_details.show(self._store, self._parent)
        else:
            self._flush()
            self._store.open_article(article_id, lambda: article_details.show(self._store, self._parent))

    def delete_open_article(self) -> None:
        """Delete the open article, after asking."""
        if (article := self._store.workspace.article) is not None:
            self.delete_article(article.id)

    def delete_article(self, article_id: str) -> None:
        """Delete an article with its annotations after asking; undo brings it back."""
        project = self._store.project
        if project is None:
            return

        def ask(document: Document) -> None:
            if self._store.project is not project:
                return
            labels = len(document.claims) + len(document.mentions) + len(document.corrections)
            what = f" and its {labels:,} annotation{'' if labels == 1 else 's'}" if labels else ""
            question = f"Delete “{document.article.title}”{what}? Undo brings it back."
            self.notice.ask(question, "Delete", lambda: self._delete(document))

        self._store.when_saved(
            lambda: self._store.tasks.submit(lambda: project.document(article_id), ask, self._refused)
        )

    def _delete(self, document: Document) -> None:
        if self._store.attempt(lambda: articles.delete(document)) and self._store.workspace.article is None:
            following = next(iter(self._store.tally.ordered()), None)
            if following is not None:
                self._store.open_article(following.article.id)
            else:
                self._store.close_article()

    def delete_speaker(self, speaker_id: str) -> None:
        """Delete a speaker; asks first when mentions or claims name it."""
        project = self._store.project
        speaker = self._store.workspace.speakers.get(speaker_id)
        if project is None or speaker is None:
            return

        def decide(uses: list[Record]) -> None:
            if self._store.project is not project:
                return

            def delete() -> None:
                self._store.attempt(lambda: speakers.delete(self._store.workspace, speaker_id, uses))

            if uses:
                question = (
                    f"{speaker.name} is named by {len(uses):,} mentions and claims. Delete, and leave them without?"
                )
                self.notice.ask(question, "Delete", delete)
            else:
                delete()

        self._store.when_saved(
            lambda: self._store.tasks.submit(lambda: project.uses_of_speaker(speaker_id), decide, self._refused)
        )

    # -- helpers ------------------------------------------------------------------------------------------------

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, AnnotatorError):
            raise error
        self.notice.warn(str(error))

    def _folder(self) -> str:
        return str(self._settings.get("last_folder")) or str(Path.home())


def _import_summary(report: Report) -> str:
    lines = [f"Imported {counted(len(report.imported), 'article')}."]
    return "\n".join([*lines, *report.skipped, *report.conflicts, *report.problems, *report.notes])


def _export_summary(result: ExportResult) -> str:
    wrote = (
        f"Wrote {counted(result.articles, 'article')}, {counted(result.claims, 'claim')}, "
        f"{counted(result.speakers, 'speaker')}, {counted(result.mentions, 'mention')} and "
        f"{counted(result.corrections, 'correction')} to {result.path} ({counted(result.bytes, 'byte')})."
    )
    return "\n".join([wrote, "", *result.losses] if result.losses else [wrote])

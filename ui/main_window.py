"""The window: three columns and what joins them. Each part does its own work; here they only meet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from ui import palette
from ui.actions import Actions
from ui.announcer import Announcer
from ui.article.banner import Banner
from ui.article.context_menu import ContextMenu
from ui.article.frozen_bar import FrozenBar
from ui.article.kept_places import KeptPlaces
from ui.article.pane import ArticlePane
from ui.article.prompt import Prompt
from ui.backend import Backend
from ui.checking import Checking
from ui.closing import Closing
from ui.columns import Columns
from ui.commands import COMMANDS
from ui.dialogs import about, shortcuts
from ui.elsewhere import Elsewhere
from ui.empty_panels import tell_keys
from ui.exchange import Exchange
from ui.files import Files
from ui.following import Following
from ui.handlers.annotator import AnnotatorName
from ui.handlers.articles import ArticleCommands
from ui.handlers.boundaries import Boundaries
from ui.handlers.claims import ClaimCommands
from ui.handlers.comfort import Comfort
from ui.handlers.conflicts import Conflicts
from ui.handlers.corrections import CorrectionCommands
from ui.handlers.finding import Finding
from ui.handlers.fixing import Fixing
from ui.handlers.focus_mode import FocusMode
from ui.handlers.labelling import Labelling
from ui.handlers.modes import Modes
from ui.handlers.paper import PaperCommands
from ui.handlers.picking import Picking
from ui.handlers.placing import Placing
from ui.handlers.project import ProjectCommands
from ui.handlers.requests import requests
from ui.handlers.speakers import SpeakerCommands
from ui.handlers.stepping import Stepping
from ui.handlers.undo import UndoCommands
from ui.handlers.work_states import WorkStates
from ui.importing import Importing
from ui.keeping import Keeping
from ui.kept_file import KeptFiles
from ui.looks import Looks
from ui.panels.articles import ArticlesPanel
from ui.panels.claims import ClaimsPanel
from ui.panels.corrections import CorrectionsPanel
from ui.panels.problems import ProblemsPanel
from ui.panels.speakers import SpeakersPanel
from ui.release.releasing import Releasing
from ui.restoring import Restoring
from ui.right_column import RightColumn
from ui.selection import Selection
from ui.settings import Settings
from ui.status import StatusBar
from ui.store import Store
from ui.tasks import Tasks
from ui.telling import Telling
from ui.theme import Theme
from ui.unfinished import UnfinishedTexts
from ui.unsaved import UnsavedChanges
from ui.widgets.focus import order_as_laid_out
from ui.work_clock import WorkClock


class MainWindow(QMainWindow):
    """The window over one store. ``settings`` remember how it was left; in ``kept`` is what must outlive a crash."""

    def __init__(self, store: Store, settings: Settings, backend: Backend, kept: KeptFiles) -> None:
        super().__init__()
        self.store = store
        self.settings = settings
        self.kept = kept
        self.selection = Selection(self)
        self.looks = Looks(settings, self)
        self.reader = Tasks("files", self)
        """Does what takes long and is no work on the project, which a commit must not wait for."""
        self.setWindowTitle("Article Annotator")
        self.setAcceptDrops(True)
        self._make_parts(backend, kept)
        self._make_files(backend)
        self._make_commands()
        self.unfinished = UnfinishedTexts(
            store, self.selection, self.panels[1:4], self._asked, self._run, self.banner, kept, self
        )
        self._lay_out()
        self.actions_ = Actions(self._handlers(), self, self.pane.views)
        self.recent = QMenu("Open Recent", self)
        self.actions_.fill_menu_bar(self.menuBar(), {"open_project": self.recent})
        self.pane.add_tools(self.actions_)
        order_as_laid_out(self.pane)
        self.context_menu = ContextMenu(self.actions_, self.pane, self.store, self.selection, self)
        self._connect()
        self._connect_review()
        self.following = Following(store, self)
        self.conflicts = Conflicts(store, self)
        self._connect_others()
        self.looks.dress()  # after all widgets are in place: each would otherwise be styled again at every move
        self._restore()

    def _make_parts(self, backend: Backend, kept: KeptFiles) -> None:
        """What is seen."""
        store, selection, theme = self.store, self.selection, self.theme
        self.articles = ArticlesPanel(store, selection, theme)
        self.pane = ArticlePane(store, selection, theme)
        self.claims = ClaimsPanel(store, selection, theme)
        self.speakers = SpeakersPanel(store, selection, theme)
        self.corrections = CorrectionsPanel(store, selection, theme)
        self.checking = Checking(store, self)
        self.problems = ProblemsPanel(store, selection, theme, self.checking)
        self.prompt = Prompt(self.pane, self.pane.focus_article)
        self.prompt.set_theme(theme)
        self.status = StatusBar(store, selection, self.pane, self)
        self.keeping = Keeping(store, self)
        self.status.follow_backups(self.keeping)
        self.work_clock = WorkClock(store, self.settings, self)
        self.articles.model.worked = self.work_clock.words
        self.exchange = Exchange(store, self.settings, self.reader, self.flush, self)
        self.importing = Importing(store, self.settings, self.reader, self)
        self.elsewhere = Elsewhere(
            store, self.settings, backend, self.reader, self.exchange.save_unsaved, self.flush, self
        )
        self.banner = Banner(store, self.elsewhere.ask, self)
        self.frozen = FrozenBar(store, theme, self.pane.focus_article, self)
        self.unsaved = UnsavedChanges(store, self.banner, kept, self)
        typed = self.claims, self.speakers, self.corrections
        self.closing = Closing(store, typed, self.elsewhere.ask, self.unsaved, self)

    def _make_files(self, backend: Backend) -> None:
        """What opens projects, and mends them."""
        self.files = Files(self.store, self.settings, backend, self.importing, self.flush, self)
        self.restoring = Restoring(self.store, self.settings, backend, self.files, self.keeping, self)

    def _make_commands(self) -> None:
        """What acts."""
        store, settings, selection, pane = self.store, self.settings, self.selection, self.pane
        self.paper = PaperCommands(store, settings, self.reader, self.flush, self)
        self.article_commands = ArticleCommands(store, self.articles.neighbour, self.work_clock.words, self.flush, self)
        self.speaker_commands = SpeakerCommands(
            store, selection, self.speakers, self.article_commands.open, self.flush, self
        )
        self.releasing = Releasing(store, settings, selection, self.article_commands.open, self.flush, self)
        self.undo_commands = UndoCommands(store, self.flush, self)
        self.project_commands = ProjectCommands(store, selection, settings, self.article_commands.open, self)
        self.annotator = AnnotatorName(store, settings, self.status, self)
        self.finding = Finding(store, pane, self.article_commands.open, self)
        self.labelling = Labelling(store, selection, pane, self.prompt)
        self.correction_commands = CorrectionCommands(
            store, selection, pane, self.corrections, self.status.advise, self
        )
        self.boundaries = Boundaries(store, selection, pane)
        self.stepping = Stepping(store, selection, pane, self.prompt, self.labelling.below_words)
        self.claim_commands = ClaimCommands(
            store, selection, pane, self.claims, self.prompt, self.labelling.below_words
        )
        self.picking = Picking(store, selection, pane, self.claims)
        self.modes = Modes(pane, settings)
        self.comfort = Comfort(self.looks, pane, self)
        self.announcer = Announcer(self)
        self.telling = Telling(self.announcer, store, selection, pane)
        self.telling.follow(self.banner, self.prompt, self.picking)
        asked = requests(
            self.labelling,
            self.article_commands,
            self.speaker_commands,
            self.corrections,
            self.picking.begin,
            Placing(store, selection, self.labelling),
        )
        self.fixing = Fixing(store, pane, self.checking, self.problems, self.announcer, asked)
        self.states = WorkStates(
            store, self.checking, self.flush, lambda: self.articles.model.keys, self.article_commands.open, self
        )

    @property
    def theme(self) -> Theme:
        """The theme on show."""
        return self.looks.theme

    @property
    def panels(self) -> tuple[ArticlesPanel, ClaimsPanel, SpeakersPanel, CorrectionsPanel, ProblemsPanel]:
        """The five panels."""
        return self.articles, self.claims, self.speakers, self.corrections, self.problems

    def _lay_out(self) -> None:
        self.right = RightColumn((self.claims, self.speakers, self.corrections, self.problems))
        self.columns = Columns(self.articles, self.pane, self.right, self.settings)
        self.focus_mode = FocusMode(self.columns, self.pane, self.selection, self.flush)
        self.setCentralWidget(self.columns)
        self.setStatusBar(self.status)
        for strip in (self.frozen, self.banner, self.picking.strip):
            self.pane.layout().insertWidget(1, strip)  # type: ignore[union-attr]

    def _connect(self) -> None:
        store, pane = self.store, self.pane
        store.project_opened.connect(self._project_opened)
        store.article_opened.connect(self._article_opened)
        store.changed.connect(lambda _: self._drop_stale_selection())
        hideable = {"claims": self.claims, "speakers": self.speakers, "corrections": self.corrections}
        self.project_commands.follow(self.actions_, hideable, self.right)
        self.files.entered.connect(pane.focus_article)
        self.actions_.began.connect(self.status.forget)
        self.actions_.undecided.connect(store.refused)
        self.article_commands.follow(self.actions_)
        self.undo_commands.follow(self.actions_)
        self.speaker_commands.follow(self.actions_)
        pane.boundary_dragged.connect(self.boundaries.drag)
        pane.context_menu_requested.connect(self.context_menu.open)
        self.claims.mark_requested.connect(self.labelling.mark_claim)
        self.claims.add_part_requested.connect(lambda _: self.labelling.add_part())
        self.speakers.mark_requested.connect(self.labelling.add_speaker)
        self.correction_commands.follow(self.actions_)
        self.articles.open_requested.connect(self.article_commands.open)
        self.articles.import_requested.connect(self.importing.ask_files)
        self.articles.details_requested.connect(self.article_commands.details)
        self.articles.delete_requested.connect(self.article_commands.delete)
        for panel in self.panels:
            panel.focus_article.connect(pane.focus_article)
        self.pane.theme_toggled.connect(self.looks.toggle)
        self.looks.theme_changed.connect(self._show_theme)
        self.settings.changed.connect(self._setting_changed)
        self.recent.aboutToShow.connect(lambda: self.files.list_recent(self.recent))

    def _connect_review(self) -> None:
        """Problems, states and working time."""
        self.states.follow(self.actions_)
        self.states.refused.connect(self.fixing.show_blocking)
        self.states.told.connect(self.status.advise)
        self.importing.told.connect(self.status.advise)
        self.unsaved.told.connect(self.status.advise)
        self.frozen.offer(self.actions_["reopen"])
        self.problems.offer_scheme(self.actions_["scheme"])
        self.work_clock.start(self.actions_)
        self.status.advised.connect(lambda sentence: self.announcer.tell("advice", sentence))
        self.status.follow(self.checking, self.work_clock)
        self.status.problems_clicked.connect(self.focus_mode.left_for(self.problems.focus_editor))
        self.articles.state_requested.connect(self.states.set_state_of)
        self.checking.changed.connect(lambda: self.claims.set_troubled(self.checking.records("claim")))

    def _connect_others(self) -> None:
        """What other people do in the same project."""
        self.following.came_in.connect(self.status.tell_of)
        self.following.replaced.connect(self.files.read)
        self.conflicts.settled.connect(self.status.advise)

    def _handlers(self) -> dict[str, Callable[[], None]]:
        return {
            **self.files.handlers(),
            **self.restoring.handlers(),
            **self.elsewhere.handlers(),
            **self.exchange.handlers(),
            **self.releasing.handlers(),
            **self.importing.handlers(),
            **self.article_commands.handlers(),
            **self.states.handlers(),
            **self.work_clock.handlers(),
            **self.speaker_commands.handlers(self.focus_mode.left_for),
            **self.undo_commands.handlers(),
            **self.project_commands.handlers(),
            **self.annotator.handlers(),
            **self.paper.handlers(lambda: self.pane.mode),
            **self.picking.over(self.labelling.handlers()),
            **self.claim_commands.handlers(),
            **self.boundaries.handlers(),
            **self.correction_commands.handlers(self.focus_mode.left_for),
            **self.stepping.handlers(),
            **self.finding.handlers(),
            **self.fixing.handlers(),
            **self.looks.handlers(),
            **self.modes.handlers(),
            **self.comfort.handlers(),
            **self.focus_mode.handlers(),
            "tell_place": self.telling.tell_place,
            "quit": self._quit,
            "copy": self.pane.copy,
            "palette": lambda: palette.show(self.actions_, self.pane.focus_article, self),
            "filter_articles": self.focus_mode.left_for(self.articles.focus_filter),
            "focus_panel": self.focus_mode.left_for(self._focus_panel),
            "show_card": self.pane.show_card,
            "shortcuts": lambda: shortcuts.show(self.actions_, self.settings, self),
            "about": lambda: about.show(self, self.store),
        }

    def _run(self, command: str) -> None:
        self.actions_[command].trigger()

    def _asked(self) -> QWidget | None:
        return self.prompt.field if self.prompt.isVisible() else None

    # -- following the store ------------------------------------------------------------------------------------

    def _project_opened(self) -> None:
        project = self.store.project
        if project is None:
            return
        self.selection.clear()
        suffix = " (read only)" if project.read_only else ""
        self.setWindowTitle(f"{project.name}{suffix} — Article Annotator")
        self.actions_.enable((c.id for c in COMMANDS if c.writes), not project.read_only)
        if notice := self.files.opened():
            self.banner.tell(notice)

    def _article_opened(self) -> None:
        self.selection.clear()
        self.prompt.close_unanswered()
        self._drop_stale_selection()
        self.files.remember_article()

    def _drop_stale_selection(self) -> None:
        ws, kind, id_ = self.store.workspace, self.selection.kind, self.selection.id
        if id_ and kind and ws.get(kind, id_) is None:
            self.selection.clear()

    # -- commands -----------------------------------------------------------------------------------------------

    def flush(self) -> None:
        """Commit what is being typed in any panel."""
        for panel in self.panels:
            panel.flush()

    def _quit(self) -> None:
        self.close()

    def _focus_panel(self) -> None:
        panel = {"claim": self.claims, "correction": self.corrections}.get(self.selection.kind or "", self.speakers)
        if not panel.isHidden():
            panel.focus_editor()

    # -- looks --------------------------------------------------------------------------------------------------

    def _setting_changed(self, key: str) -> None:
        if key == "keys":
            self._bind_keys()

    def _bind_keys(self) -> None:
        self.actions_.bind(self.settings.get("keys"))
        tell_keys(self.actions_, self.pane, self.claims, self.speakers, self.corrections)

    def _show_theme(self, theme: Theme) -> None:
        self.pane.set_theme(theme)
        self.prompt.set_theme(theme)
        self.frozen.set_theme(theme)
        for panel in self.panels:
            panel.set_theme(theme)

    def _restore(self) -> None:
        geometry = self.settings.get("geometry")
        if not (geometry and self.restoreGeometry(QByteArray(geometry))):
            self.resize(1500, 940)
        self.columns.restore()
        self.pane.set_places(self.settings.get("places"))
        self.kept_places = KeptPlaces(self.pane, self.store, self.settings, self)
        self.modes.start(self.actions_)
        self.claim_commands.start(self.actions_, self.settings)
        self.focus_mode.start(self.actions_, self.announcer)
        self._bind_keys()
        self.looks.start(self.actions_)
        QTimer.singleShot(0, self.pane.focus_article)

    # -- Qt -----------------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close only when everything is saved; until then the window waits, and says so."""
        self.flush()
        if not self.closing.may_close():
            event.ignore()
            return
        if not self.closing.keeps:
            self.unfinished.give_up()
        self.kept_places.keep()
        self.work_clock.settle()
        self.settings.set("geometry", bytes(self.saveGeometry().data()))
        self.columns.keep(self.focus_mode.sizes())
        self.settings.sync()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.files.dropped([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

"""What is done with a speaker in all articles of a project: first the project is asked where it is named."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from annotator.model import Record
from annotator.services import articles, speakers
from annotator.text.disguise import badged
from ui.actions import Actions
from ui.dialogs import merge_speakers, speaker_uses, split_speaker
from ui.dialogs.messages import Messages
from ui.panels.speakers import SpeakersPanel
from ui.selection import Selection
from ui.store import Store

COMMANDS = ("rename_speaker", "speaker_uses", "merge_speakers", "split_speaker")


class SpeakerCommands(QObject):
    """For one window (``parent``), about the speakers chosen in the panel, or else who is selected."""

    def __init__(
        self,
        store: Store,
        selection: Selection,
        panel: SpeakersPanel,
        open_article: Callable[[str, Callable[[], None]], None],
        flush: Callable[[], None],
        parent: QWidget,
    ) -> None:
        """``open_article(id, then)`` shows an article; ``flush`` commits what is being typed."""
        super().__init__(parent)
        self._store = store
        self._selection = selection
        self._panel = panel
        self._open_article = open_article
        self._flush = flush
        self._parent = parent
        self._messages = Messages(parent)
        panel.delete_speaker_requested.connect(self.delete)
        panel.editor.uses_requested.connect(self.show_uses)

    def handlers(self, seen: Callable[[Callable[[], None]], Callable[[], None]]) -> dict[str, Callable[[], None]]:
        """The commands about one speaker or two; ``seen`` makes one that goes to a panel, which may be hidden."""
        return {
            "rename_speaker": seen(lambda: self._with_one(self._panel.rename)),
            "speaker_uses": lambda: self._with_one(self.show_uses),
            "merge_speakers": self._merge_chosen,
            "split_speaker": lambda: self._with_one(self.split),
        }

    def follow(self, actions: Actions) -> None:
        """From now on the table of speakers has a menu."""

        def open_menu(at: QPoint) -> None:
            menu = QMenu(self._parent)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            for command in COMMANDS:
                menu.addAction(actions[command])
            menu.addSeparator()
            delete = menu.addAction("Delete Speaker…")
            delete.setEnabled(not self._store.read_only)
            delete.triggered.connect(lambda _=False: self._with_one(self.delete))
            menu.popup(at)

        self._panel.menu_requested.connect(open_menu)

    # -- who is meant -------------------------------------------------------------------------------------------

    def _subjects(self) -> list[str]:
        """The ids of the speakers that are meant."""
        chosen = self._panel.chosen_speakers()
        if len(chosen) > 1:
            return chosen
        ws, kind, id_ = self._store.workspace, self._selection.kind, self._selection.id
        if kind == "mention" and id_ in ws.mentions:
            id_ = ws.mentions[id_].speaker_id
        elif kind == "claim" and id_ in ws.claims:
            id_ = speakers.source_of(ws.claims[id_])
        elif kind != "speaker":
            id_ = None
        return [id_] if id_ in ws.speakers and id_ else chosen

    def _with_one(self, act: Callable[[str], None]) -> None:
        self._flush()
        subjects = self._subjects()
        if len(subjects) == 1:
            act(subjects[0])
        elif subjects:
            self._store.refused.emit("Choose one speaker for this.")
        else:
            self._store.refused.emit("Select a speaker first, or a mention or claim of one.")

    # -- acting -------------------------------------------------------------------------------------------------

    def _merge_chosen(self) -> None:
        self._flush()
        subjects = self._subjects()
        if len(subjects) > 2:
            self._store.refused.emit("Two speakers are merged at a time; choose two.")
        elif subjects:
            self.merge(subjects[0], subjects[1] if len(subjects) == 2 else None)
        else:
            self._store.refused.emit("Select a speaker first, or a mention or claim of one.")

    def merge(self, first: str, second: str | None) -> None:
        """Make one speaker of two after showing what that changes. Without ``second`` the dialog asks for it."""
        merge_speakers.show(self._store, self._panel.theme, first, second, self._select, self._parent)

    def split(self, speaker_id: str) -> None:
        """Give some uses of a speaker to another one, after they were chosen."""
        speaker = self._store.workspace.speakers[speaker_id]
        split_speaker.show(self._store, self._panel.theme, speaker, self._select, self._parent)

    def show_uses(self, speaker_id: str) -> None:
        """List every mention and claim of a speaker."""
        speaker_uses.show(self._store, speaker_id, self._go, self._parent)

    def _select(self, speaker_id: str) -> None:
        self._selection.select("speaker", speaker_id)

    def _go(self, article_id: str, kind: str, id_: str) -> None:
        article = self._store.workspace.article
        if article is not None and article.id == article_id:
            self._selection.select(kind, id_)
        else:
            self._open_article(article_id, lambda: self._selection.select(kind, id_))

    def delete(self, speaker_id: str) -> None:
        """Delete a speaker; asks first when mentions or claims name it."""
        speaker = self._store.workspace.speakers.get(speaker_id)
        if speaker is None:
            return

        def decide(uses: list[Record]) -> None:
            def delete() -> None:
                self._store.large.attempt(len(uses), lambda ws: speakers.delete(ws, speaker_id, uses))

            if uses:
                done = articles.done_among(self._store.article, uses)
                where = f", also in {done}" if done else ""
                named = f"{badged(speaker.name)} is named by {len(uses):,} mentions and claims{where}."
                self._messages.ask(f"{named} Delete, and leave them without?", "Delete", delete)
            else:
                delete()

        self._store.read(lambda project: project.uses_of_speaker(speaker_id), decide, self._messages.report)

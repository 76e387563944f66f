"""What happened in the project, newest first, read page by page; what one step changed can be brought back singly."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.edits import Change, Changeset
from annotator.history import TimelineEntry, Version
from annotator.model import Record, Speaker
from annotator.ports import Project
from annotator.services import account, restoring
from annotator.text.disguise import badged
from annotator.text.wording import counted
from ui.dialogs.asking import AskingDialog
from ui.dialogs.history import names
from ui.store import Store
from ui.when import local
from ui.widgets import bits
from ui.widgets.screen import resize_to_screen
from ui.widgets.wrapped_list import WrappedList

_PAGE = 100
_CHANGES = 300
"""Changes of one step that are listed."""


class TimelineDialog(AskingDialog):
    """``open_article(id, then)`` shows an article in the window."""

    def __init__(
        self, store: Store, open_article: Callable[[str, Callable[[], None] | None], None], parent: QWidget
    ) -> None:
        super().__init__(store, parent)
        self.setWindowTitle("History of the project")
        self._open_article = open_article
        self._entries: list[TimelineEntry] = []
        self._changes: list[Change] = []
        self._articles: list[str] = []
        self._run = 0
        self._reading = False
        self._complete = False
        self._missed = False
        """Something was saved while a page was being read."""
        self.article, self.actor = QComboBox(self), QComboBox(self)
        for box, name in ((self.article, "Article"), (self.actor, "Annotator")):
            box.setAccessibleName(name)
            box.setMinimumContentsLength(18)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.list = WrappedList("Steps, newest first", 3, self)
        self.changes = WrappedList("What the step changed", 3, self)
        self.summary = QLabel(self)
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setProperty("tone", "secondary")
        self.go = bits.button("&Open the Article", self._go)
        self.before = bits.button("Restore as It Was &Before", lambda: self._restore(after=False))
        self.after = bits.button("Restore as It Was &After", lambda: self._restore(after=True))
        self.leave = bits.button("&Close", self.reject, primary=True)
        self._lay_out()
        self._connect()
        resize_to_screen(self, 900, 560)
        self._show_buttons()
        self._begin()
        self.list.setFocus()

    def _lay_out(self) -> None:
        top, middle, below, column = QHBoxLayout(), QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        top.addWidget(self.article, 2)
        top.addWidget(self.actor, 1)
        middle.addWidget(self.list, 1)
        middle.addWidget(self.changes, 1)
        below.addWidget(self.summary, 1)
        for button in (self.go, self.before, self.after, self.leave):
            below.addWidget(button)
        column.addLayout(top)
        column.addLayout(middle, 1)
        column.addLayout(below)

    def _connect(self) -> None:
        self.store.saved.connect(self._follow)
        self.store.project_opened.connect(self._begin)
        self.article.activated.connect(lambda _: self._read_anew())
        self.actor.activated.connect(lambda _: self._read_anew())
        self.list.currentRowChanged.connect(self._chosen)
        self.list.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.changes.currentRowChanged.connect(lambda _: self._show_buttons())

    # -- reading ------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        """A project was opened: who and what there is to filter by."""
        self.article.clear()
        self.article.addItem("All articles", None)
        for summary in self.store.tally.ordered():
            self.article.addItem(badged(summary.article.title), summary.article.id)
        self.ask(lambda project: project.actors(), self._show_actors)
        self._read_anew()

    def _show_actors(self, actors: list[str]) -> None:
        chosen = self.actor.currentData()
        self.actor.clear()
        self.actor.addItem("All annotators", None)
        for actor in actors:
            self.actor.addItem(actor, actor)
        self.actor.setCurrentIndex(max(0, self.actor.findData(chosen)))

    def _read_anew(self) -> None:
        self._run += 1
        self._entries, self._complete, self._reading = [], False, False
        self.list.clear()
        self.read_more()

    def read_more(self) -> None:
        """The next page, older than what is listed."""
        if not self._reading and not self._complete:
            last = self._entries[-1].seq if self._entries else None
            self._read(last, self._append)

    def _follow(self) -> None:
        """Something was saved: list what is new."""
        self._missed = self._reading
        if not self._reading:
            self._read(None, self._put_first)

    def _read(self, before: int | None, show: Callable[[list[TimelineEntry]], None]) -> None:
        article, actor, run = self.article.currentData(), self.actor.currentData(), self._run
        self._reading = True

        def done(entries: list[TimelineEntry]) -> None:
            if run == self._run:
                self._reading = False
                show(entries)
                if self._missed:
                    self._follow()

        self.ask(lambda project: project.timeline(before, _PAGE, article, actor), done)

    def _append(self, entries: list[TimelineEntry]) -> None:
        self._complete = len(entries) < _PAGE
        self._entries += entries
        for entry in entries:
            self.list.addItem(_item(entry))
        if self.list.currentRow() < 0 and self._entries:
            self.list.setCurrentRow(0)
        self._say()

    def _put_first(self, entries: list[TimelineEntry]) -> None:
        newest = self._entries[0].seq if self._entries else 0
        new = [entry for entry in entries if entry.seq > newest]
        if len(new) == _PAGE:  # more may have come than was read
            self._read_anew()
            return
        for row, entry in enumerate(new):
            self.list.insertItem(row, _item(entry))
        self._entries = [*new, *self._entries]
        self._say()

    def _scrolled(self, value: int) -> None:
        if value >= self.list.verticalScrollBar().maximum() - self.list.viewport().height():
            self.read_more()

    def _say(self) -> None:
        more = "" if self._complete else " so far"
        self.summary.setText(f"{counted(len(self._entries), 'step')}{more}")

    # -- one step -----------------------------------------------------------------------------------------------

    def _chosen(self, row: int) -> None:
        self._changes, self._articles = [], []
        self.changes.clear()
        self._show_buttons()
        if 0 <= row < len(self._entries):
            wanted = self._entries[row].id
            known = frozenset(self.store.workspace.speakers)

            def look(project: Project) -> tuple[Changeset, dict[str, Speaker]]:
                changeset = project.changeset(wanted)
                shown = changeset.edit.changes[:_CHANGES]
                records = (record for change in shown for record in (change.before, change.after))
                return changeset, account.gone_speakers(project, records, known)

            def show(found: tuple[Changeset, dict[str, Speaker]]) -> None:
                now = self.list.currentRow()
                if 0 <= now < len(self._entries) and self._entries[now].id == wanted:
                    self._show_changes(*found)

            self.ask(look, show)

    def _show_changes(self, changeset: Changeset, gone: dict[str, Speaker]) -> None:
        every = changeset.edit.changes
        known = names(self.store, gone)
        self._changes = list(every[:_CHANGES])
        self._articles = [a for a in dict.fromkeys(change.article_id for change in every) if a is not None]
        self.changes.clear()
        for change in self._changes:
            version = Version(0, "", "", "", "", "", change.before, change.after)
            lines = [account.headline(change.before, change.after), *account.tell(version, known)]
            self.changes.addItem(QListWidgetItem(badged("\n".join(lines))))
        if len(every) > _CHANGES:
            rest = QListWidgetItem(f"and {counted(len(every) - _CHANGES, 'change')} more")
            rest.setFlags(Qt.ItemFlag.NoItemFlags)
            self.changes.addItem(rest)
        self.changes.setCurrentRow(0)
        self._show_buttons()

    def _change(self) -> Change | None:
        row = self.changes.currentRow()
        return self._changes[row] if 0 <= row < len(self._changes) else None

    def _show_buttons(self) -> None:
        change, writable = self._change(), not self.store.read_only
        self.go.setEnabled(bool(self._articles))
        self.before.setEnabled(writable and change is not None and change.before is not None)
        self.after.setEnabled(writable and change is not None and change.after is not None)

    def _go(self) -> None:
        change = self._change()
        wanted = change.article_id if change is not None and change.article_id else next(iter(self._articles), None)
        if wanted is not None:
            self._open_article(wanted, None)

    def _restore(self, *, after: bool) -> None:
        change = self._change()
        record = None if change is None else change.after if after else change.before
        if change is None or record is None:
            return
        article, current = change.article_id, self.store.workspace.article
        if article is None or (current is not None and current.id == article):
            self._bring_back(record)
        elif article in self.store.tally.summaries:
            self._open_article(article, lambda: self._bring_back(record))
        else:
            self.messages.warn("Its article is no longer in the project, so nothing of it can be brought back.")

    def _bring_back(self, record: Record) -> None:
        self.store.attempt(lambda: restoring.restore(self.store.workspace, record))


def _item(entry: TimelineEntry) -> QListWidgetItem:
    action = {"undo": "undone: ", "redo": "done again: "}.get(entry.action, "")
    records = ", ".join(counted(number, kind.replace("_", " ")) for kind, number in entry.records)
    return QListWidgetItem(badged(f"{local(entry.time)}  ·  {entry.actor}\n{action}{entry.title}  ({records})"))

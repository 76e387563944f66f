"""The status bar: whether everything is saved, what is selected, where the caret is, who annotates."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QStatusBar, QToolButton, QWidget

from annotator.edits import Changeset
from annotator.model import Annotation
from annotator.text.disguise import badged
from annotator.text.wording import counted
from ui.article.pane import ArticlePane
from ui.checking import Checking
from ui.keeping import Keeping
from ui.selection import Selection
from ui.store import Store
from ui.widgets.bits import ElidedLabel
from ui.widgets.paint import one_line, tooltip
from ui.work_clock import WorkClock

_MESSAGE_MS = 8000
_NAME = 160
"""How wide the annotator's name may be, in pixels."""


class StatusBar(QStatusBar):
    """``Saved`` appears only after the last COMMIT returned."""

    annotator_clicked = Signal()
    problems_clicked = Signal()
    advised = Signal(str)
    """What to do next, or where one is now: it is shown from now on."""

    def __init__(self, store: Store, selection: Selection, pane: ArticlePane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._selection = selection
        self._pane = pane
        self.setSizeGripEnabled(False)
        self.saved = self._label("Whether all changes are saved")
        self.unkept = self._label("Backups")
        self.unkept.hide()
        self.selected = ElidedLabel(size=13)
        self.selected.setAccessibleName("What is selected")
        self.worked = self._label("Time worked on this article")
        self.place = self._label("Place of the caret")
        self.problems = QToolButton(self)
        self.problems.setObjectName("problems")
        self.problems.clicked.connect(self.problems_clicked)
        self.problems.hide()
        self.annotator = QToolButton(self)
        self.annotator.setObjectName("annotator")
        self.annotator.setToolTip("Who is named in new annotations")
        self.annotator.clicked.connect(self.annotator_clicked)
        self.addWidget(self.saved)
        self.addWidget(self.unkept)
        self.addWidget(self.selected, 1)
        self.addPermanentWidget(self.problems)
        self.addPermanentWidget(self.worked)
        self.addPermanentWidget(self.place)
        self.addPermanentWidget(self.annotator)
        self._forget = QTimer(self)
        self._forget.setSingleShot(True)
        self._forget.timeout.connect(self._show_selected)
        self._connect()

    def _connect(self) -> None:
        store, selection, pane = self._store, self._selection, self._pane
        store.saving.connect(self._show_saving)
        store.saved.connect(lambda: self._show_saved(f"✓ Saved {datetime.now().astimezone():%H:%M}", "good"))
        store.failed.connect(lambda _: self._show_saved("✗ Not saved", "error"))
        store.cut_off.connect(lambda _: self._show_waiting())
        store.project_opened.connect(self._opened)
        store.refused.connect(self.say)
        store.changed.connect(lambda _: self._show_selected())
        store.article_opened.connect(self._show_selected)
        store.article_opened.connect(self._show_place)
        selection.changed.connect(self._show_selected)
        pane.caret_moved.connect(lambda _: self._show_place())
        pane.selection_changed.connect(self._words_selected)

    def _label(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setAccessibleName(name)
        return label

    def say(self, sentence: str, tone: str = "error") -> None:
        """Show a sentence for a while, in place of the selection."""
        self.selected.show_text(sentence)
        self._colour(self.selected, tone)
        self._forget.start(_MESSAGE_MS)

    def advise(self, sentence: str, tone: str = "") -> None:
        """Show for a while what to do next, what was done, or where one is now."""
        self.say(sentence, tone)
        self.advised.emit(sentence)

    def tell_of(self, changeset: Changeset) -> None:
        """Show for a while what somebody else did."""
        self.advise(f"{one_line(changeset.actor)}: {one_line(changeset.edit.title)}")

    def follow(self, checking: Checking, clock: WorkClock) -> None:
        """From now on show what the checks found, and how long the article was worked on."""

        def show_worked() -> None:
            article = self._store.workspace.article
            self.show_worked(clock.words(article.id if article else None))

        checking.changed.connect(lambda: self.show_problems(len(checking.problems), len(checking.blocking())))
        clock.changed.connect(show_worked)

    def follow_backups(self, keeping: Keeping) -> None:
        """From now on say when no backup can be made, until one is."""

        def show(sentence: str) -> None:
            self.unkept.setText("✗ Not backed up")
            self.unkept.setToolTip(sentence)
            self.unkept.setAccessibleName(f"Not backed up: {sentence}")
            self._colour(self.unkept, "error")
            self.unkept.show()
            self.say(f"{sentence} What you do is saved all the same.")

        keeping.failed.connect(show)
        keeping.made.connect(lambda _: self.unkept.hide())
        self._store.project_opened.connect(self.unkept.hide)

    def show_problems(self, count: int, blocking: int) -> None:
        """Show how many problems the article has, and whether some keep it from being done; 0: nothing is shown."""
        self.problems.setVisible(count > 0)
        stop = f" · {blocking:,} blocking" if blocking else ""
        self.problems.setText(f"{counted(count, 'problem')}{stop}")
        tone = "error" if blocking else ""
        if self.problems.property("tone") != tone:
            self._colour(self.problems, tone)
        self.problems.setAccessibleName(f"{self.problems.text()}; press to show")
        self.problems.setToolTip("Show what is open in this article")

    def forget(self) -> None:
        """Take back the sentence on show, if there is one: what it is about is over."""
        if self._forget.isActive():
            self._show_selected()

    def _words_selected(self) -> None:
        if self._pane.view.has_selection():
            self.forget()

    def show_worked(self, words: str) -> None:
        """Show how long this article was worked on; "" shows nothing."""
        self.worked.setVisible(bool(words))
        self.worked.setText(f"{words} of work" if words else "")

    def set_annotator(self, name: str) -> None:
        """Show who annotates."""
        shown = self.annotator.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, _NAME)
        self.annotator.setText(shown.replace("&", "&&"))
        self.annotator.setToolTip(tooltip(f"{name} is named in new annotations; press to change"))
        self.annotator.setAccessibleName(f"Annotator: {name}; press to change")

    def _opened(self) -> None:
        self._show_saved("Read only" if self._store.read_only else "✓ Saved", "good")

    def _show_saving(self) -> None:
        if self._store.waiting_for_server:
            self._show_waiting()
        else:
            self._show_saved("Saving…", "secondary")

    def _show_waiting(self) -> None:
        self._show_saved(f"✗ {counted(self._store.unsaved, 'change')} not saved yet", "error")

    def _show_saved(self, text: str, tone: str) -> None:
        self.saved.setText(text)
        self._colour(self.saved, tone)

    @staticmethod
    def _colour(label: QWidget, tone: str) -> None:
        label.setProperty("tone", tone)
        label.style().unpolish(label)
        label.style().polish(label)

    def _show_selected(self) -> None:
        self._forget.stop()
        self._colour(self.selected, "")
        self.selected.show_text(self._describe())

    def _describe(self) -> str:
        ws, kind, id_ = self._store.workspace, self._selection.kind, self._selection.id
        record = ws.speakers.get(id_ or "") if kind == "speaker" else ws.annotation(id_ or "")
        if record is None:
            return ""
        if not isinstance(record, Annotation):
            return f"{badged(record.name)} selected"
        name = f"Claim {self._store.outline.number(record.id)}" if kind == "claim" else str(kind).capitalize()
        if not record.spans:
            return f"{name} selected"
        parts = f" · {len(record.spans)} parts" if len(record.spans) > 1 else ""
        length = sum(span.end - span.start for span in record.spans)
        return f"{name} selected{parts} · {counted(length, 'character')}"

    def _show_place(self) -> None:
        length = len(self._store.workspace.text)
        self.place.setText(f"Character {self._pane.view.caret():,} of {length:,}" if length else "")

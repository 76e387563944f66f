"""Pick mode: the next mention clicked, or words selected, in the article become the mention or the cue of a hop."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from annotator.edits import Edit
from annotator.model import Claim, Span
from annotator.services import chains
from annotator.services.chains import CUE, MENTION
from annotator.text import anchors
from ui.article.pane import ArticlePane
from ui.panels.claims import ClaimsPanel
from ui.selection import Selection
from ui.store import Store
from ui.widgets import bits

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Target:
    """Whose words are picked: a hop's, ``part`` of which is ``mention_spans`` or ``cue_spans``."""

    claim_id: str
    index: int
    part: str


class Strip(QFrame):
    """The line over the article that says what is picked, with a button to leave."""

    def __init__(self, leave: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.sentence = QLabel()
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.leave: QPushButton = bits.button("Leave", leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.leave)
        self.hide()


class Picking(QObject):
    """Listens to the article while something is picked; nothing else is selected there meanwhile."""

    told = Signal(str)
    """What is to be picked from now on, or why what was picked does not do."""

    def __init__(self, store: Store, selection: Selection, pane: ArticlePane, panel: ClaimsPanel) -> None:
        super().__init__(pane)
        self._store = store
        self._selection = selection
        self._pane = pane
        self._panel = panel
        self._target: Target | None = None
        self.strip = Strip(self.stop)
        for view in pane.views:
            view.installEventFilter(self)
            view.viewport().installEventFilter(self)
        panel.editor.pick_requested.connect(self.toggle)
        selection.changed.connect(self._check)
        store.changed.connect(lambda _: self._check())
        store.article_opened.connect(self.stop)

    def toggle(self, claim_id: str, index: int, part: str) -> None:
        """Begin to pick that hop's words; leave, if they are being picked already."""
        if Target(claim_id, index, part) == self._target:
            self.stop()
        else:
            self.begin(claim_id, index, part)

    def begin(self, claim_id: str, index: int, part: str) -> None:
        """Pick that hop's words from now on."""
        target = self._target = Target(claim_id, index, part)
        self._pane.picker = self._clicked
        self._pane.view.clear_selection()
        self._panel.editor.chain.show_picking(index, part)
        self._say(self._question(target))
        self.strip.show()
        self._pane.focus_article()

    def over(self, handlers: Mapping[str, Callable[[], None]]) -> dict[str, Callable[[], None]]:
        """The commands as they are while a cue is picked: the one that marks a cue takes the words for that hop."""

        def mark_cue() -> None:
            if self._target is not None and self._target.part == CUE:
                self._take_here()
            else:
                handlers["mark_cue"]()

        return {**handlers, "mark_cue": mark_cue}

    def stop(self) -> None:
        """Pick nothing more."""
        if self._target is not None:
            self._target = None
            self._pane.picker = None
            self.strip.hide()
            self._panel.editor.chain.show_picking(None, None)

    def _check(self) -> None:
        """Leave when the hop is gone or another record is selected."""
        target = self._target
        if target is not None and (
            self._claim(target) is None or not self._selection.is_selected("claim", target.claim_id)
        ):
            self.stop()

    def _claim(self, target: Target) -> Claim | None:
        claim = self._store.workspace.claims.get(target.claim_id)
        return claim if claim is not None and target.index < len(claim.chain) else None

    def _question(self, target: Target) -> str:
        claim, who = self._claim(target), f"source {target.index + 1}"
        name = self._store.workspace.shown_name(claim.chain[target.index].speaker_id) if claim else None
        who = f"{who}, {name}" if name else who
        if target.part == MENTION:
            return f"Click a mention, or select words and press Enter, for {who}. Escape leaves."
        return f"Select the words that say that {who}, said it, and press Enter; each adds a part. Escape leaves."

    def _say(self, sentence: str) -> None:
        self.strip.sentence.setText(sentence)
        self.told.emit(sentence)

    # -- what is picked -----------------------------------------------------------------------------------------

    def _clicked(self, mark_id: str) -> None:
        """A mark was clicked: a mention that lies there is meant, or for a cue the words of another claim's cue."""
        target, ws = self._target, self._store.workspace
        if target is None:
            return
        if target.part == MENTION:
            mention_id = mark_id if mark_id in ws.mentions else self._mention_at(self._pane.view.caret())
            if mention_id is not None:
                self._take(lambda: chains.take_mention(ws, target.claim_id, target.index, mention_id))
        elif spans := self._cue_at(self._pane.view.caret()):
            self._take_ranges([(span.start, span.end) for span in spans])

    def _mention_at(self, offset: int) -> str | None:
        """The shortest mention that holds the place."""
        found = [
            (span.end - span.start, mention.id)
            for mention in self._store.workspace.mentions.values()
            for span in mention.spans
            if span.start <= offset <= span.end
        ]
        return min(found)[1] if found else None

    def _cue_at(self, offset: int) -> tuple[Span, ...]:
        """The cue of some claim that holds the place."""
        cues = (hop.cue_spans for claim in self._store.workspace.claims.values() for hop in claim.chain)
        return next((spans for spans in cues if any(s.start <= offset <= s.end for s in spans)), ())

    def _take_here(self) -> None:
        """Enter: the selected words, or what is marked at the caret."""
        if self._pane.view.has_selection():
            self._take_words()
        else:
            self._clicked("")

    def _take_words(self) -> None:
        text = self._store.workspace.text
        start, end = anchors.trim(text, *self._pane.view.selected_range())
        if start < end:
            self._take_ranges([(start, end)])

    def _take_ranges(self, ranges: list[tuple[int, int]]) -> None:
        target, ws = self._target, self._store.workspace
        if target is not None:
            self._take(lambda: chains.take_words(ws, target.claim_id, target.index, target.part, ranges))

    def _take(self, make: Callable[[], Edit]) -> None:
        """Commit, and leave unless more parts of a cue may follow; a refusal is told in the strip."""
        target = self._target
        refusal = self._panel.committer.commit(make)
        view = self._pane.view
        if view.has_selection():
            view.set_caret(view.selected_range()[0])
        if refusal is not None:
            self._say(f"{refusal} Escape leaves.")
        elif target is not None and target.part == MENTION:
            self.stop()
            self._panel.editor.hops[target.index].mention.pick.setFocus()

    # -- listening ----------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape leaves, Enter takes, and words are taken when the mouse has selected them."""
        if self._target is None:
            return super().eventFilter(watched, event)
        if isinstance(event, QKeyEvent) and event.key() in (*_ENTER, Qt.Key.Key_Escape):
            return self._key(event)
        released = event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent)
        if released and isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            QTimer.singleShot(0, self, self._released)  # after the view has dealt with it
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.stop()
            else:
                self._take_here()
        return True

    def _released(self) -> None:
        if self._target is not None and self._pane.view.has_selection():
            self._take_words()

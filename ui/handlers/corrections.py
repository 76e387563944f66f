"""What is done with corrections besides marking them: judging, correcting everywhere, correcting what is claimed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from annotator.edits import Edit
from annotator.model import Correction
from annotator.services import corrections
from annotator.services.search import Query
from ui.actions import Actions
from ui.article.pane import ArticlePane
from ui.dialogs import everywhere
from ui.handlers.chosen import Chosen
from ui.panels.corrections import CorrectionsPanel
from ui.selection import Selection
from ui.store import Store

_ADDING = ("correct", "regularise", "factual", "correct_everywhere")
"""What the plus of the panel offers."""


class CorrectionCommands(QObject):
    """For one window (``parent``). ``advise(sentence, tone)`` tells the user something in passing."""

    def __init__(
        self,
        store: Store,
        selection: Selection,
        pane: ArticlePane,
        panel: CorrectionsPanel,
        advise: Callable[[str, str], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._selection = selection
        self._chosen = Chosen(store, selection)
        self._pane = pane
        self._panel = panel
        self._advise = advise
        self._parent = parent
        store.collided.connect(self._show_place)

    def handlers(self, seen: Callable[[Callable[[], None]], Callable[[], None]]) -> dict[str, Callable[[], None]]:
        """The commands; ``seen`` makes one that goes to a panel, which may be hidden."""
        return {
            "accept_correction": partial(self._panel.judge, "accepted"),
            "reject_correction": partial(self._panel.judge, "rejected"),
            "reopen_correction": partial(self._panel.judge, "draft"),
            "factual": seen(self.correct_claim),
            "correct_everywhere": self.correct_everywhere,
        }

    def follow(self, actions: Actions) -> None:
        """The panel offers what of this adds a correction."""
        self._panel.offer([actions[command_id] for command_id in _ADDING])

    def correct_claim(self) -> None:
        """A factual correction about the selected claim, whose form is opened."""
        made: list[Edit] = []

        def make() -> Edit:
            made.append(corrections.factual(self._store.workspace, self._chosen.claim().id, self._store.author))
            return made[0]

        if self._store.attempt(make):
            self._selection.select("correction", made[0].changes[0].id, reveal=False)
            self._panel.focus_editor()

    def correct_everywhere(self) -> None:
        """Look in all articles for the selected words, or else for what the selected correction is about."""
        if self._store.read_only:
            self._store.refused.emit("This project is open for reading only.")
            return
        if not self._panel.flush():
            return
        query, replacement = self._wanted()
        everywhere.show(self._store, query, replacement, self._advise, self._parent)

    def _wanted(self) -> tuple[Query, str]:
        """What is looked for at first, and what it should read."""
        view, ws = self._pane.view, self._store.workspace
        words, replacement = "", ""
        if view.has_selection():
            words = ws.text[slice(*view.selected_range())]
        elif (record := ws.corrections.get(self._selection.id or "")) is not None and record.kind == "transcription":
            words, replacement = _first_words(record), record.replacement or ""
        words, replacement = _without_blanks(words, replacement)
        whole = bool(words) and words[0].isalnum() and words[-1].isalnum()
        return Query(words, case=True, words=whole), replacement

    def _show_place(self, sentence: str, taken_by: str) -> None:
        """Go to the correction that is in the way, once whoever asked has heard of the refusal."""

        def show() -> None:
            if taken_by in self._store.workspace.corrections:
                self._selection.select("correction", taken_by)
                self._advise(sentence, "error")

        QTimer.singleShot(0, self, show)


def _first_words(correction: Correction) -> str:
    return correction.spans[0].exact if correction.spans else ""


def _without_blanks(words: str, replacement: str) -> tuple[str, str]:
    """Both without the blanks that both begin or end with, and line ends as spaces, which find either.

    White space alone is no error that could be looked for: it is everywhere.
    """
    if not words.strip():
        return "", ""
    if not replacement:
        return " ".join(words.split()), ""
    while words[-1] == replacement[-1:] and words[-1].isspace():
        words, replacement = words[:-1], replacement[:-1]
    while words[0] == replacement[:1] and words[0].isspace():
        words, replacement = words[1:], replacement[1:]
    return "".join(" " if c.isspace() else c for c in words), replacement

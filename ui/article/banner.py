"""A strip over the article for what needs an answer: a change that could not be saved, what was left unsaved or being
typed when the program died, a project opened read-only. The gravest is shown; the others wait until it is settled.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from ui.commands import SAVE_COPY
from ui.store import Store
from ui.widgets.editors import restyle

Act = Callable[[], None]
_ROOM = 260
"""Pixels that a sentence needs beside the buttons."""


@dataclass(frozen=True, eq=False)
class _Said:
    """A sentence, and what its buttons do; those of ``stays`` leave it there. Two that say the same are two."""

    sentence: str
    acts: dict[QPushButton, Act]
    stays: tuple[QPushButton, ...] = ()
    further: str = ""

    @property
    def whole(self) -> str:
        return f"{self.sentence} {self.further}".rstrip()


class Banner(QFrame):
    """Hidden unless there is something to say."""

    told = Signal(str)
    """The sentence that is shown from now on."""

    def __init__(self, store: Store, save_copy: Act, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.sentence = self._label(wrapped=True)
        self.more = self._label(wrapped=False)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(16, 8, 8, 8)
        self._row.addWidget(self.sentence, 1)
        self._acts = QHBoxLayout()
        self._acts.addStretch()
        self._acts.addWidget(self.more)
        self._row.addLayout(self._acts)
        self.retry = self._button("Try Again")
        self.copy = self._button(SAVE_COPY)
        self.give_up = self._button("Discard the Change")
        self.restore = self._button("Restore")
        self.save_now = self._button("Save Now")
        self.show_all = self._button("Show…")
        self.discard = self._button("Discard")
        self.dismiss = self._button("Close")
        self._rescue: dict[QPushButton, Act] = {self.retry: store.retry, self.copy: save_copy}
        self._give_up = store.give_up
        store.failed.connect(self._failed)
        store.cut_off.connect(self._cut_off)
        store.saved.connect(self._saved)
        store.project_opened.connect(self._opened)
        self._failure: _Said | None = None
        self._offers: list[_Said] = []
        self._notices: list[_Said] = []
        self._shown: _Said | None = None
        self.hide()

    def _label(self, *, wrapped: bool) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(wrapped)
        return label

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.clicked.connect(lambda _=False: self._pressed(button))
        self._acts.addWidget(button)
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()
        super().resizeEvent(event)

    def _lay_out(self) -> None:
        """Buttons beside the sentence where that has room for its words, else beneath it."""
        fits = self.width() - self._acts.sizeHint().width() >= _ROOM
        beside, beneath = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(beside if fits else beneath)

    def tell(self, sentence: str) -> None:
        """Show a notice that only needs to be read."""
        self._notices.append(_Said(sentence, {self.dismiss: lambda: None}))
        self._refresh()

    def offer(self, sentence: str, restore: Act, discard: Act) -> None:
        """Ask whether something is to be brought back or given up, until it is answered."""
        self._offers.append(_Said(sentence, {self.restore: restore, self.discard: discard}))
        self._refresh()

    def offer_unsaved(self, sentence: str, show: Act, discard: Act, save: Act | None = None) -> None:
        """Ask what is to become of changes that were not saved, until it is answered. To be shown is no answer."""
        acts = {self.show_all: show, self.discard: discard, **({self.save_now: save} if save is not None else {})}
        self._offers.append(_Said(sentence, acts, stays=(self.show_all,)))
        self._refresh()

    def qualify_failure(self, sentence: str) -> None:
        """Say this, too, of the change that could not be saved, in place of what was said so before; "": nothing."""
        failure = self._failure
        if failure is not None and failure.further != sentence:
            self._failure = replace(failure, further=sentence)
            self._refresh()

    def _pressed(self, button: QPushButton) -> None:
        """What offers or tells is settled by it, and the next is shown; a failure is settled by the disk."""
        said = self._shown
        if said is None:
            return
        if button not in said.stays:
            for each in (self._offers, self._notices):
                if said in each:
                    each.remove(said)
            self._refresh()
        said.acts[button]()

    def _opened(self) -> None:
        """What was said of the project before is no longer so."""
        self._failure = None
        self._offers.clear()
        self._notices.clear()
        self._refresh()

    def _failed(self, sentence: str) -> None:
        told = f"Not saved: {sentence} Editing waits: try again, or save a copy elsewhere."
        self._failure = _Said(told, {**self._rescue, self.give_up: self._give_up})
        self._refresh()

    def _cut_off(self, sentence: str) -> None:
        told = f"{sentence} You can go on; all of it is saved as soon as the server is there again."
        if self._failure is None or self._failure.sentence != told:  # it is tried again, but said once
            self._failure = _Said(told, self._rescue)
            self._refresh()

    def _saved(self) -> None:
        self._failure = None
        self._refresh()

    def _refresh(self) -> None:
        """Show the gravest of what is to be said, and how much else waits."""
        failure = [self._failure] if self._failure is not None else []
        said = [*failure, *self._offers, *self._notices]
        self.more.setText(f"and {len(said) - 1} more" if len(said) > 1 else "")
        self.more.setVisible(len(said) > 1)
        before, self._shown = self._shown, said[0] if said else None
        if self._shown is None:
            self.hide()
        elif self._shown is not before:
            restyle(self, "grave", on=self._shown is self._failure)
            self.sentence.setText(self._shown.whole)
            for button in self.findChildren(QPushButton):
                button.setVisible(button in self._shown.acts)
            self._lay_out()
            self.show()
            self.told.emit(self._shown.whole)

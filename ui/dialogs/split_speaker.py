"""One speaker that is two: the uses that are somebody else's are ticked, and whose they are is said."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QFormLayout, QScrollArea, QVBoxLayout, QWidget

from annotator.model import Speaker
from annotator.ports import Project
from annotator.services import articles, merging, speakers
from annotator.services.uses import Use, arranged, summed_up
from annotator.text.disguise import badged
from ui.dialogs.speaker_dialog import SpeakerDialog, plain_label
from ui.store import Store
from ui.theme import Theme
from ui.widgets.screen import resize_to_screen
from ui.widgets.typeahead import TypeAhead

_ALIASES = 96
"""Pixels of the list of aliases at most."""


class SplitSpeaker(SpeakerDialog):
    """Every use in the project can be ticked, an article's all at once."""

    def __init__(
        self, store: Store, theme: Theme, speaker: Speaker, done: Callable[[str], None], parent: QWidget
    ) -> None:
        """``done(id)`` is called with the speaker that the ticked uses went to."""
        super().__init__(store, f"Split “{badged(speaker.name)}”", "Split", parent, tickable=True)
        self._speaker = speaker
        self._done = done
        self.name = TypeAhead(lambda: store.names)
        self.name.setPlaceholderText("Name; a new one adds a speaker")
        self.name.setAccessibleName("Who they are")
        self.name.set_theme(theme)
        self.aliases: list[QAbstractButton] = [QCheckBox(alias.replace("&", "&&")) for alias in speaker.aliases]
        self._lay_out()
        self._ticked = self._left = self._done_among = ""
        """In words: how many uses are ticked, how many are not, and what is done of the articles of the ticked."""
        self.uses.ticked_changed.connect(self._ticks_changed)
        self.name.textChanged.connect(lambda _: self._preview())
        for box in self.aliases:
            box.toggled.connect(lambda _: self._preview())
        self.accept_button.clicked.connect(self._split)
        self._read()

    def _lay_out(self) -> None:
        question = plain_label()
        question.setText(f"Tick what is not “{badged(self._speaker.name)}” but somebody else:")
        form = QFormLayout()
        form.addRow("They are", self.name)
        if self.aliases:
            form.addRow("Aliases that go along", self._alias_box())
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addWidget(question)
        layout.addWidget(self.list, 1)
        layout.addLayout(form)
        for part in (self.summary, self.refusal, self.buttons):
            layout.addWidget(part)
        resize_to_screen(self, 640, 600)
        self.list.setFocus()

    def _alias_box(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        for box in self.aliases:
            column.addWidget(box)
        area = QScrollArea()
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setFixedHeight(min(_ALIASES, inside.sizeHint().height() + 4))
        return area

    def _read(self) -> None:
        id_ = self._speaker.id
        order = [summary.article.id for summary in self._store.tally.ordered()]

        def look(project: Project) -> list[Use]:
            return arranged(project.uses_of_speaker(id_), order)

        def show(uses: list[Use]) -> None:
            self.uses.show_uses(id_, uses)
            self.list.setCurrentIndex(self.uses.index(0))
            if not uses:
                self.refuse(f"Nothing in the project names “{self._speaker.name}”.")

        self.summary.setText("Looking for its uses…")
        self._store.read(look, show, self.report)

    # -- what changes -------------------------------------------------------------------------------------------

    def chosen_aliases(self) -> list[str]:
        """The aliases that go along."""
        pairs = zip(self.aliases, self._speaker.aliases, strict=True)
        return [alias for box, alias in pairs if box.isChecked()]

    def _preview(self) -> None:
        ticked, name = self._ticked, " ".join(self.name.text().split())
        self.refuse("")
        self.accept_button.setEnabled(bool(ticked and name) and not self._store.read_only)
        if not ticked or not name:
            self.summary.setText(f"{ticked.capitalize()} ticked." if ticked else "Nothing is ticked yet.")
            return
        known = self._other(name)
        whose = f"“{known.name}”, who is known already" if known else f"the new speaker “{name}”"
        lines = [f"{ticked} will name {whose}; {self._left} stay."]
        if self._done_among:
            self.refuse(f"Something is ticked in {self._done_among}: reopen it first, or leave it as it is.")
            self.accept_button.setEnabled(False)
        if aliases := self.chosen_aliases():
            lines.append(f"Aliases that go along: {', '.join(aliases)}.")
        self.summary.setText("\n".join(lines))

    def _ticks_changed(self) -> None:
        ticked = self.uses.ticked()
        gone = {use.id for use in ticked}
        self._ticked = summed_up(ticked) if ticked else ""
        self._done_among = articles.done_among(self._store.article, ticked)
        self._left = summed_up(use for use in self.uses.uses() if use.id not in gone)
        self._preview()

    def _other(self, name: str) -> Speaker | None:
        others = (s for s in self._store.workspace.speakers.values() if s.id != self._speaker.id)
        return speakers.find(others, name)

    def _split(self) -> None:
        name, ticked, aliases = self.name.value(), self.uses.ticked(), self.chosen_aliases()

        def then() -> None:
            if (found := self._other(name)) is not None:
                self._done(found.id)

        self.attempt(len(ticked), lambda ws: merging.split(ws, self._speaker.id, name, ticked, aliases), then)


def show(store: Store, theme: Theme, speaker: Speaker, done: Callable[[str], None], parent: QWidget) -> None:
    """Open the dialog; the window waits for it."""
    dialog = SplitSpeaker(store, theme, speaker, done, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()

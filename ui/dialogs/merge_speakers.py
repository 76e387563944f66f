"""Two speakers that are one: both side by side, which of them stays, and everything that changes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QButtonGroup, QFormLayout, QFrame, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from annotator.edits import Edit
from annotator.model import Speaker
from annotator.ports import Project
from annotator.services import articles, merging, speakers
from annotator.services.uses import Use, arranged, summed_up
from annotator.text.disguise import badged
from annotator.text.wording import counted
from annotator.workspace import Workspace
from ui.dialogs.speaker_dialog import SpeakerDialog, plain_label
from ui.fonts import ui_font
from ui.panels.fields import show_roles
from ui.store import Store
from ui.theme import Theme
from ui.widgets.editors import passing
from ui.widgets.screen import resize_to_screen
from ui.widgets.typeahead import TypeAhead

_FACTS = ("Kind", "Aliases", "Roles", "Affiliation", "Wikidata", "Named in")


class SpeakerColumn(QFrame):
    """One of the two: whether it stays, its name, and what is known of it."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self.speaker: Speaker | None = None
        self.keep = QRadioButton("Keep")
        self.name = plain_label()
        self.name.setFont(ui_font(15, QFont.Weight.DemiBold))
        self.facts = {fact: plain_label() for fact in _FACTS}
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(4)
        for fact, value in self.facts.items():
            label = plain_label("secondary")
            label.setText(fact)
            label.setWordWrap(False)
            form.addRow(label, value)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        self.column.addWidget(self.keep)
        self.column.addWidget(self.name)
        self.column.addLayout(form)
        self.column.addStretch(1)

    @property
    def number(self) -> int:
        """How often the speaker is named in the project; -1 while there is none."""
        return sum(self._store.tally.speaker(self.speaker.id)) if self.speaker else -1

    def show_speaker(self, speaker: Speaker | None) -> None:
        """Show that one; None: nobody is chosen yet."""
        self.speaker = speaker
        self.name.setText(badged(speaker.name) if speaker else "")
        self.keep.setEnabled(speaker is not None)
        self.keep.setAccessibleName(f"Keep {speaker.name}" if speaker else "Keep")
        told = self._told(speaker) if speaker else {}
        for fact, value in self.facts.items():
            value.setText(told.get(fact) or "–")

    def _told(self, speaker: Speaker) -> dict[str, str]:
        mentions, claims = self._store.tally.speaker(speaker.id)
        wikidata = {None: "", "none": "Has none"}.get(speaker.wikidata, speaker.wikidata)
        return {
            "Kind": self._store.workspace.vocabulary.label("speaker.kind", speaker.kind),
            "Aliases": ", ".join(speaker.aliases),
            "Roles": show_roles(speaker.roles),
            "Affiliation": speaker.affiliation or "",
            "Wikidata": wikidata or "",
            "Named in": f"{counted(mentions, 'mention')}, {counted(claims, 'claim')} of its own",
        }


class MergeSpeakers(SpeakerDialog):
    """The one with more uses stays unless the other is chosen. Without a second speaker one is asked for, which begins
    with a namesake.
    """

    def __init__(
        self, store: Store, theme: Theme, first: str, second: str | None, done: Callable[[str], None], parent: QWidget
    ) -> None:
        """``done(id)`` is called with the speaker that stayed."""
        super().__init__(store, "Merge Speakers", "Merge", parent)
        self._done = done
        self._edit: Edit | None = None
        self._run = 0
        self.picker = TypeAhead(lambda: store.names, adds=False)
        passing(self.picker)
        self.picker.setAccessibleName("The other speaker")
        self.picker.setPlaceholderText("The other speaker")
        self.picker.set_theme(theme)
        self.columns = SpeakerColumn(store), SpeakerColumn(store)
        known = store.workspace.speakers
        self.columns[0].show_speaker(known.get(first))
        self.columns[1].show_speaker(known.get(second) if second else self._namesake())
        if (other := self.columns[1].speaker) is not None:
            self.picker.set_value(other.name)
        self._lay_out(ask=second is None)
        most = max(self.columns, key=lambda column: column.number)
        most.keep.setChecked(True)
        group = QButtonGroup(self)
        for column in self.columns:
            group.addButton(column.keep)
            column.keep.clicked.connect(lambda _=False: self._preview())
        self.picker.committed.connect(self._pick)
        self.picker.textEdited.connect(lambda _: self._forget())
        self.accept_button.clicked.connect(self._merge)
        self._preview()

    def _lay_out(self, *, ask: bool) -> None:
        sides = QHBoxLayout()
        sides.setSpacing(24)
        for column in self.columns:
            sides.addWidget(column, 1)
        self.picker.setVisible(ask)
        self.columns[1].column.insertWidget(1, self.picker)
        self.columns[1].name.setVisible(not ask)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addLayout(sides)
        layout.addWidget(self.summary)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.refusal)
        layout.addWidget(self.buttons)
        resize_to_screen(self, 720, 620)
        if ask:
            self.picker.setFocus()
        else:
            self.columns[0].keep.setFocus()

    # -- who ----------------------------------------------------------------------------------------------------

    def _forget(self) -> None:
        """What is typed is nobody yet."""
        if self.columns[1].speaker is not None:
            self.columns[1].show_speaker(None)
            self.columns[0].keep.setChecked(True)
            self._preview()

    def _others(self) -> list[Speaker]:
        first = self.columns[0].speaker
        return [each for each in self._store.workspace.speakers.values() if first is None or each.id != first.id]

    def _namesake(self) -> Speaker | None:
        """Another speaker of the very name of the first, who is most likely the same."""
        first = self.columns[0].speaker
        name = first.name.casefold() if first is not None else None
        return next((each for each in self._others() if each.name.casefold() == name), None)

    def _pick(self) -> None:
        name = self.picker.text()
        if not name.strip():
            return
        found = speakers.find(self._others(), name)
        self.columns[1].show_speaker(found)
        self._preview()
        if found is None:
            self.refuse(f"There is no other speaker “{name.strip()}”.")

    @property
    def kept(self) -> Speaker | None:
        """The one that stays."""
        return next((column.speaker for column in self.columns if column.keep.isChecked()), None)

    # -- what changes -------------------------------------------------------------------------------------------

    def _preview(self) -> None:
        """Ask the project what would change."""
        self._run += 1
        self._edit = None
        self.accept_button.setEnabled(False)
        self.refuse("")
        self.uses.show_uses("", ())
        kept = self.kept
        other = next((c.speaker for c in self.columns if c.speaker is not None and c.speaker is not kept), None)
        if kept is None or other is None:
            self.summary.setText("Choose the speaker who is the same.")
            return
        self.summary.setText("Looking for what changes…")
        run, ids = self._run, (kept.id, other.id)
        workspace = Workspace(self._store.workspace.speakers.values())
        order = [summary.article.id for summary in self._store.tally.ordered()]

        def look(project: Project) -> tuple[Edit, list[Use]]:
            uses = project.uses_of_speaker(ids[1])
            return merging.merge(workspace, *ids, uses), arranged(uses, order)

        def show(found: tuple[Edit, list[Use]]) -> None:
            if run == self._run:
                self._show(kept, other, *found)

        def failed(error: Exception) -> None:
            if run == self._run:
                self.summary.setText("")
                self.report(error)

        self._store.read(look, show, failed)

    def _show(self, kept: Speaker, other: Speaker, edit: Edit, uses: list[Use]) -> None:
        self._edit = edit
        after = next((c.after for c in edit.changes if c.id == kept.id and isinstance(c.after, Speaker)), kept)
        lines = [f"“{badged(other.name)}” goes; {summed_up(uses)} will name “{badged(kept.name)}”."]
        if done := articles.done_among(self._store.article, uses):
            lines.append(f"This changes {done}, too.")
        if aliases := [alias for alias in after.aliases if alias not in kept.aliases]:
            lines.append(f"New aliases: {', '.join(aliases)}.")
        if taken := _taken(kept, after):
            lines.append(f"Taken over: {', '.join(taken)}.")
        self.summary.setText("\n".join(lines))
        self.uses.show_uses(other.id, uses)
        self.accept_button.setEnabled(not self._store.read_only)

    def _merge(self) -> None:
        edit, kept = self._edit, self.kept
        if edit is not None and kept is not None:
            self.attempt(len(edit.changes), lambda _: edit, lambda: self._done(kept.id))

    def done(self, result: int) -> None:
        """Closed: what was asked for is not wanted any more."""
        self._run += 1
        super().done(result)


def _taken(kept: Speaker, after: Speaker) -> list[str]:
    """What the one that stays gets from the other besides its names."""
    taken = [counted(len(after.roles) - len(kept.roles), "role")] if len(after.roles) > len(kept.roles) else []
    if after.affiliation != kept.affiliation:
        taken.append(f"the affiliation {after.affiliation}")
    if after.wikidata != kept.wikidata:
        taken.append(f"the Wikidata id {after.wikidata}")
    if after.note != kept.note:
        taken.append("the note")
    return taken


def show(
    store: Store, theme: Theme, first: str, second: str | None, done: Callable[[str], None], parent: QWidget
) -> None:
    """Open the dialog; the window waits for it."""
    dialog = MergeSpeakers(store, theme, first, second, done, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()

"""The form that opens below a speaker: its fields, its mentions in the article, and the selected mention."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from annotator.edits import Edit
from annotator.model import Mention
from annotator.services import annotate, speakers
from ui import icons
from ui.fonts import ui_font
from ui.models.speakers import NOBODY, SpeakersModel
from ui.panels.field_editors import Sources
from ui.panels.fields import MENTION, SPEAKER
from ui.panels.form import Binding, Form
from ui.panels.record_drawer import Home, RecordDrawer
from ui.slices import Slices
from ui.theme import Theme
from ui.widgets import bits, paint
from ui.widgets.choice import ChoiceEditor
from ui.widgets.editors import enter

_SHOWN = 40
"""At most so many mentions are listed; the others are found in the article."""
_AT_ONCE = 4
"""So many lines are made at once, the others in slices."""


class MentionLine(QWidget):
    """One mention: its words (click to go there), its kind, and a button that deletes it."""

    def __init__(self, home: Home) -> None:
        super().__init__()
        self._home = home
        self._id = ""
        self.words = bits.button("", self._choose, link=True)
        self.kind = ChoiceEditor(lambda: home.store.workspace.vocabulary.choices("mention.kind"), None)
        self.kind.setFont(ui_font(12))
        self.kind.setFixedWidth(124)
        self.kind.setProperty("flat", "true")
        self.kind.setAccessibleName("Kind of mention")
        self.kind.committed.connect(self._change)
        self.remove = QToolButton()
        self.remove.setAccessibleName("Delete this mention")
        self.remove.setToolTip("Delete this mention")
        self.remove.setFixedSize(24, 24)
        self.remove.clicked.connect(self._delete)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.kind)
        row.addWidget(self.remove)

    def show_mention(self, mention: Mention, *, editable: bool) -> None:
        self._id = mention.id
        words = " … ".join(paint.one_line(span.exact) for span in mention.spans)
        after = paint.one_line(mention.spans[-1].suffix) if mention.spans else ""
        shown = f"“{words}” {after}"
        self.words.setText((shown if len(shown) <= 32 else shown[:31] + "…").replace("&", "&&"))
        self.words.setAccessibleName(f"Go to “{words}”")
        self.kind.set_value(mention.kind)
        self.kind.set_editable(editable)
        self.remove.setEnabled(editable)
        self.remove.setIcon(icons.icon("x", self._home.theme.text2, self._home.theme.border))

    def _choose(self) -> None:
        self._home.selection.select("mention", self._id)

    def _change(self) -> None:
        ws, kind = self._home.store.workspace, self.kind.value()
        self._home.committer.commit(lambda: annotate.change(ws, self._id, kind=kind))

    def _delete(self) -> None:
        ws = self._home.store.workspace
        self._home.committer.commit(lambda: annotate.delete(ws, [self._id]))


class SpeakerDrawer(RecordDrawer):
    """A selected mention comes first, with the speaker it is assigned to; a selected speaker shows its fields."""

    delete_requested = Signal(str)
    uses_requested = Signal(str)
    """All mentions and claims of the speaker are wanted, of every article."""

    def __init__(self, home: Home, model: SpeakersModel, sources: Sources) -> None:
        super().__init__(home)
        self._model = model
        self.mention = Form(MENTION, home.committer, sources, home.unfinished)
        self.speaker = Form(SPEAKER, home.committer, sources, home.unfinished)
        self.mention_words = bits.ElidedLabel()
        self.details = bits.button("Details of this speaker", self._show_speaker, link=True)
        self._title = bits.caption("Mentions in this article")
        self._more = QLabel()
        self._more.setFont(ui_font(12))
        self._more.setProperty("tone", "tertiary")
        self.all_uses = bits.button("All uses in the project", self._ask_uses, link=True)
        self.lines: list[MentionLine] = []
        self._listing: Slices | None = None
        self._lines_box = QVBoxLayout()
        self._lines_box.setSpacing(4)
        self.delete_mention = bits.button("Delete mention", self._delete_mention)
        self.delete_speaker = bits.button("Delete speaker…", self._delete_speaker)
        self._lay_out()
        for form in (self.mention, self.speaker):
            form.resized.connect(self.resized)
            form.built.connect(self._order_tabs)
        self.mention.committed.connect(self._say_added)
        self._order_tabs()

    def _lay_out(self) -> None:
        link = QHBoxLayout()
        link.addWidget(self.details)
        link.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.mention_words)
        column.addWidget(self.mention)
        column.addLayout(link)
        column.addWidget(self.speaker)
        heading = QHBoxLayout()
        heading.addWidget(self._title)
        heading.addStretch(1)
        heading.addWidget(self.all_uses)
        column.addLayout(heading)
        column.addLayout(self._lines_box)
        column.addWidget(self._more)
        column.addLayout(self._buttons_row())
        column.addStretch(1)

    def _order_tabs(self) -> None:
        fields = (self.mention, self.details, self.speaker, self.all_uses, *self.lines)
        bits.tab_order([*fields, *self.changers(), self.done_button])

    # -- the record ---------------------------------------------------------------------------------------------

    def _selected_mention(self) -> Mention | None:
        selection = self._home.selection
        if selection.kind != "mention" or selection.id is None:
            return None
        return self._home.store.workspace.mentions.get(selection.id)

    def show_key(self, key: str | None) -> None:
        """As every drawer; but a mention that has just got another speaker stays in its form."""
        if key != self._key:
            self.speaker.bind(None)
        if key is None or self._selected_mention() is None:
            self.mention.bind(None)
        self._key = key
        if key is not None:
            self.bind(key)
            self.refresh()

    def bind(self, key: str) -> None:
        ws, mention = self._home.store.workspace, self._selected_mention()
        if mention is not None:
            id_ = mention.id
            self.mention.bind(
                Binding(f"mention/{id_}", self._read_mention, self._write_mention, lambda: id_ in ws.mentions)
            )
        if key != NOBODY:
            self.speaker.bind(Binding(f"speaker/{key}", self._read, self._write, lambda: key in ws.speakers))

    def refresh(self) -> None:
        if self._key is None:
            return
        mention = self._selected_mention()
        about_mention = mention is not None and (mention.speaker_id or NOBODY) == self._key
        for widget in (self.mention_words, self.mention, self.delete_mention):
            widget.setVisible(about_mention)
        self.details.setVisible(about_mention and self._key != NOBODY)
        about_speaker = not about_mention and self._key != NOBODY
        for other in (self.speaker, self.delete_speaker, self.all_uses):
            other.setVisible(about_speaker)
        if mention is not None and about_mention:
            words = " … ".join(paint.one_line(span.exact) for span in mention.spans)
            self.mention_words.show_text(f"Mention “{words}”")
            self.mention.refresh()
        self.speaker.refresh()
        self._show_mentions(listed=not about_mention or self._key == NOBODY)
        self.resized.emit()

    def _show_mentions(self, *, listed: bool) -> None:
        mentions = self._model.mentions_of(self._key or NOBODY) if listed else []
        if self._listing is not None:
            self._listing.stop()
            self._listing.deleteLater()
            self._listing = None
        for line in self.lines[len(mentions) :]:
            line.hide()
        steps = self._list(mentions[:_SHOWN])
        for _ in range(max(_AT_ONCE, len(self.lines))):
            next(steps, None)
        if len(self.lines) < min(len(mentions), _SHOWN):
            self._listing = Slices(steps, self)
        self._title.setText("Mentions without a speaker" if self._key == NOBODY else "Mentions in this article")
        self._title.setVisible(bool(mentions))
        rest = len(mentions) - _SHOWN
        self._more.setText(f"and {rest} more; click them in the article")
        self._more.setVisible(rest > 0)

    def _list(self, mentions: Sequence[Mention]) -> Iterator[None]:
        """Show one mention after the other: a line takes a few milliseconds to make."""
        for index, mention in enumerate(mentions):
            if index == len(self.lines):
                self.lines.append(MentionLine(self._home))
                self._lines_box.addWidget(self.lines[-1])
                self._order_tabs()
            self.lines[index].show_mention(mention, editable=self._editable)
            self.lines[index].show()
            yield

    def _read(self, name: str) -> Any:
        return getattr(self._home.store.workspace.speakers[self._key or ""], name)

    def _write(self, name: str, value: Any) -> Edit:
        return speakers.change(self._home.store.workspace, self._key or "", **{name: value})

    def _read_mention(self, name: str) -> Any:
        mention, ws = self._selected_mention(), self._home.store.workspace
        if mention is None:
            return None
        if name == "speaker":
            return ws.name_of(mention.speaker_id) or ""
        return getattr(mention, name)

    def _write_mention(self, name: str, value: Any) -> Edit:
        mention, ws = self._selected_mention(), self._home.store.workspace
        id_ = mention.id if mention is not None else ""
        return speakers.assign(ws, id_, value) if name == "speaker" else annotate.change(ws, id_, **{name: value})

    def _say_added(self, name: str) -> None:
        if name == "speaker" and self._home.added:
            self.mention.say(name, f"Added “{self._home.added[0]}” to the speakers.")

    # -- actions ------------------------------------------------------------------------------------------------

    def _show_speaker(self) -> None:
        if self._key:
            self._home.selection.select("speaker", self._key, reveal=False)
            enter(self.first_field())  # the button has gone, and the keyboard would be wherever Qt takes it

    def _delete_mention(self) -> None:
        mention, ws = self._selected_mention(), self._home.store.workspace
        if mention is not None:
            self._home.committer.commit(lambda: annotate.delete(ws, [mention.id]))

    def _ask_uses(self) -> None:
        if self._key and self.flush():
            self.uses_requested.emit(self._key)

    def _delete_speaker(self) -> None:
        if self._key and self.flush():
            self.delete_requested.emit(self._key)

    # -- the interface of RecordDrawer --------------------------------------------------------------------------

    def forms(self) -> list[Form]:
        return [self.mention, self.speaker]

    def changers(self) -> tuple[QPushButton, ...]:
        return self.delete_mention, self.delete_speaker

    def set_theme(self, theme: Theme) -> None:
        self.details.setIcon(icons.icon("chevron-right", theme.text2))
        super().set_theme(theme)

    def first_field(self) -> QWidget:
        form = self.speaker if self.mention.isHidden() else self.mention
        return form.editors["name" if form is self.speaker else "speaker"]

"""What is done with several claims at once: one field set for all of them, merging, deleting. One undo step each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from annotator.edits import Edit
from annotator.services import annotate, claims
from annotator.workspace import Workspace
from ui.fonts import ui_font
from ui.panels.field_editors import Editor, Sources, make_editor
from ui.panels.fields import BULK, Field
from ui.panels.form import Committer
from ui.store import Store
from ui.theme import Theme
from ui.widgets import bits
from ui.widgets.choice import ChoiceEditor
from ui.widgets.editors import LineEditor, TextEditor
from ui.widgets.typeahead import TypeAhead


class BulkBar(QWidget):
    """Shown while several claims are chosen; ``chosen`` gives their ids, in the order of the list."""

    merge_requested = Signal()

    def __init__(
        self, store: Store, committer: Committer, sources: Sources, chosen: Callable[[], Sequence[str]], theme: Theme
    ) -> None:
        super().__init__()
        self._store = store
        self._committer = committer
        self._sources = sources
        self._chosen = chosen
        self._theme = theme
        self._editable = True
        self.count = bits.caption("")
        self.merge: QPushButton = bits.button("Merge", self.merge_requested.emit)
        self.delete: QPushButton = bits.button("Delete", self.delete_all)
        self.field = ChoiceEditor(self._offered, None)
        self.field.setAccessibleName("Which field to set for all")
        self.field.setFont(ui_font(13))
        self.field.committed.connect(self._show_editor)
        self.editors: dict[str, Editor] = {}
        """By field, each made when the field is first chosen: most windows never show one."""
        self.set_button: QPushButton = bits.button("Set for All", self.apply, primary=True)
        self.message = QLabel()
        self.message.setFont(ui_font(12))
        self.message.setWordWrap(True)
        self._lay_out()
        store.changed.connect(lambda _: self.tell(None))
        self.hide()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.count, 1)
        for button in (self.merge, self.delete):
            head.addWidget(button)
        self._stack = QStackedLayout()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 2)
        row.addLayout(self._stack, 3)
        row.addWidget(self.set_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(row)
        column.addWidget(self.message)
        bits.tab_order([self.field, self.set_button, self.merge, self.delete])

    def _offered(self) -> list[tuple[Any, str, str]]:
        """The fields that the project's scheme shows."""
        hidden = self._store.workspace.scheme.hidden
        return [(field.name, field.label, "") for field in BULK if field.topic not in hidden]

    def _show_editor(self) -> None:
        name = self.field.value()
        if name not in self.editors:
            self.editors[name] = self._make_editor(name)
        self._stack.setCurrentWidget(self.editors[name])
        self.tell(None)

    def _make_editor(self, name: str) -> Editor:
        editor = make_editor(_field(name), self._sources)
        editor.setEnabled(self._editable)
        if isinstance(editor, TypeAhead):
            editor.set_theme(self._theme)
        if isinstance(editor, LineEditor):
            editor.returnPressed.connect(self.apply)
        self._stack.addWidget(editor)
        bits.tab_order([self.field, editor])
        return editor

    def show_count(self, count: int, *, editable: bool) -> None:
        """Show how many claims are chosen; fewer than two: hide."""
        self.count.setText(f"{count:,} claims chosen")
        self.count.setAccessibleName(self.count.text())
        self._editable = editable
        for part in (self.merge, self.delete, self.set_button, self.field, *self.editors.values()):
            part.setEnabled(editable)
        if count < 2:
            self.tell(None)
        elif not self.editors:
            self._show_editor()
        self.setVisible(count > 1)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for editor in self.editors.values():
            if isinstance(editor, TypeAhead):
                editor.set_theme(theme)

    # -- acting -------------------------------------------------------------------------------------------------

    def apply(self) -> None:
        """Set the field to what is in its editor, for every chosen claim."""
        field = _field(self.field.value())
        editor = self.editors[field.name]
        value = field.parse(editor.value())
        chosen = self._chosen()

        def then(refusal: str | None) -> None:
            self.tell(refusal or f"{field.label}: done for {len(chosen):,} claims.", good=refusal is None)
            if refusal is None and isinstance(editor, LineEditor | TextEditor):
                editor.set_value("")

        self._committer.commit_many(len(chosen), lambda ws: change_all(ws, chosen, field, value), then)

    def delete_all(self) -> None:
        """Delete every chosen claim."""
        chosen = self._chosen()
        self._committer.commit_many(len(chosen), lambda ws: annotate.delete(ws, chosen), self.tell)

    def tell(self, sentence: str | None, *, good: bool = False) -> None:
        """Show one sentence, which is a refusal unless it is ``good`` news; None takes it away."""
        self.message.setText(sentence or "")
        self.message.setProperty("tone", "good" if good else "error")
        self.message.style().unpolish(self.message)
        self.message.style().polish(self.message)
        self.message.setVisible(bool(sentence))


def _field(name: str) -> Field:
    return next(field for field in BULK if field.name == name)


def change_all(ws: Workspace, ids: Sequence[str], field: Field, value: Any) -> Edit:
    """The one edit that sets a field of :data:`BULK` for all these claims."""
    if field.name == "chain_line":
        return claims.set_chain_many(ws, ids, value)
    if field.name == "add_tags":
        return claims.tag_many(ws, ids, add=value)
    if field.name == "remove_tags":
        return claims.tag_many(ws, ids, remove=value)
    return claims.change_many(ws, ids, **{field.name: value})

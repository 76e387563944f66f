"""A form made from a table of fields. There is one way to commit: compare, attempt, and say what was refused."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from annotator.edits import Edit
from ui.fonts import ui_font
from ui.large_edits import Make
from ui.panels.field_editors import Editor, Sources, make_editor
from ui.panels.fields import Field
from ui.store import Store
from ui.theme import Theme
from ui.topics import set_topic
from ui.widgets import bits
from ui.widgets.choice import ChoiceEditor
from ui.widgets.editors import CheckEditor, NoneOrLineEditor, TextEditor, overtaken, restyle
from ui.widgets.paint import tooltip
from ui.widgets.roles import RolesEditor
from ui.widgets.typeahead import TypeAhead

LABEL_WIDTH = 60


class Committer(QObject):
    """Attempts edits and tells the form that asked what was refused."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._refusal: str | None = None
        store.refused.connect(self._hear)

    def commit(self, make: Callable[[], Edit]) -> str | None:
        """Apply the edit; the sentence of the refusal, or None when it was applied (or changed nothing)."""
        self._refusal = None
        self._store.attempt(make)
        return self._refusal

    def commit_many(self, size: int, make: Make, then: Callable[[str | None], None]) -> None:
        """The same for an edit of ``size`` records, which may take its time: ``then`` gets the sentence or None."""
        self._store.large.attempt(size, make, then)

    def _hear(self, sentence: str) -> None:
        self._refusal = sentence


@dataclass(frozen=True, slots=True)
class Binding:
    """How a form reads a field's value and makes the edit that changes it. ``key`` names the record."""

    key: str
    read: Callable[[str], Any]
    write: Callable[[str, Any], Edit]
    alive: Callable[[], bool]
    """Whether the record is (still) in the workspace."""


def _under(text: str = "") -> QLabel:
    """A label below an editor, in small print."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(ui_font(12))
    label.setWordWrap(True)
    label.setContentsMargins(LABEL_WIDTH + 8, 0, 0, 0)
    label.setProperty("tone", "secondary")
    return label


class Form(QWidget):
    """Rows of label and editor. Give it a record with :meth:`bind`; it commits by itself.

    The rows are made when they are first asked for: a window has thirty, and most articles are read with all closed.
    """

    built = Signal()
    """The rows are there."""
    resized = Signal()
    committed = Signal(str)
    """The name of a field whose new value was accepted."""

    def __init__(
        self, fields: Sequence[Field], committer: Committer, sources: Sources, unfinished: dict[str, str]
    ) -> None:
        super().__init__()
        self._editors: dict[str, Editor] = {}
        self._fields = {field.name: field for field in fields}
        self._committer = committer
        self._sources = sources
        self._unfinished = unfinished
        self._binding: Binding | None = None
        self._seen: dict[str, Any] = {}
        """What the record held when a field was last filled from it."""
        self._hidden: Collection[str] = ()
        self._theme: Theme | None = None
        self._editable = True
        self._followed: dict[str, tuple[bool, str]] = {}
        """What the scheme said of each field last: whether it is shown, and what the guideline says of it."""
        self._messages: dict[str, QLabel] = {}
        self._lines: dict[str, QWidget] = {}
        self._labels: dict[str, bits.FieldLabel] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)

    @property
    def editors(self) -> dict[str, Editor]:
        """The editors by the names of their fields."""
        if not self._editors:
            self._build()
        return self._editors

    def _build(self) -> None:
        row: QHBoxLayout | None = None
        for field in self._fields.values():
            row = self._add(field, row)
        self.follow_scheme(self._hidden)
        if self._theme is not None:
            self.set_theme(self._theme)
        self.set_editable(self._editable)
        bits.tab_order(self._editors.values(), after=self)  # not behind all that the window had before
        self.built.emit()

    def _add(self, field: Field, row: QHBoxLayout | None) -> QHBoxLayout:
        editor = make_editor(field, self._sources)
        self._editors[field.name] = editor
        set_topic(editor, field.topic)
        editor.committed.connect(lambda: self.commit(field.name))
        if isinstance(editor, TextEditor):
            editor.height_changed.connect(self.resized)
        if field.beside and row is not None:
            row.addWidget(editor, 1)
            self._messages[field.name] = next(reversed(self._messages.values()))
            return row
        label = bits.FieldLabel(field.label)
        label.setFont(ui_font(12))
        label.setProperty("tone", "secondary")
        label.setFixedWidth(LABEL_WIDTH)
        label.setMinimumHeight(30)
        label.setWordWrap(len(field.label) > 10)
        label.setBuddy(editor)
        self._labels[field.name] = label
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(editor, 1)
        message = _under()
        message.hide()
        self._messages[field.name] = message
        line = QWidget()
        box = QVBoxLayout(line)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addLayout(row)
        if field.hint:
            box.addWidget(_under(field.hint))
        box.addWidget(message)
        self._lines[field.name] = line
        self._layout.addWidget(line)
        return row

    def put_after(self, name: str, widgets: Iterable[QWidget]) -> None:
        """Let these stand below the row that starts with that field."""
        place = self._layout.indexOf(self._line(name))
        for number, widget in enumerate(widgets, place + 1):
            self._layout.insertWidget(number, widget)

    def show_row(self, name: str, *, shown: bool) -> None:
        """Show or hide the row that starts with that field."""
        self._line(name).setVisible(shown)

    def _line(self, name: str) -> QWidget:
        if not self._editors:
            self._build()
        return self._lines[name]

    def follow_scheme(self, hidden: Collection[str]) -> None:
        """Show the fields that the scheme does not hide, each with what the guideline says of it."""
        self._hidden = hidden
        for name, editor in self._editors.items():
            field = self._fields[name]
            shown = not field.topic or field.topic not in hidden
            said = self._sources.guidance(field.topic) if field.topic else ""
            if self._followed.get(name) == (shown, said):
                continue
            self._followed[name] = shown, said
            editor.setVisible(shown)
            editor.setAccessibleDescription(said)
            editor.setWhatsThis(tooltip(said))
            if name in self._lines:
                self._lines[name].setVisible(shown)
                self._labels[name].explain(said)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for editor in self._editors.values():
            if isinstance(editor, TypeAhead | RolesEditor):
                editor.set_theme(theme)

    # -- the record ---------------------------------------------------------------------------------------------

    def bind(self, binding: Binding | None) -> None:
        """Show another record (None: none). What was typed for the one before is committed or kept, unfinished."""
        if self._binding is not None and (binding is None or binding.key != self._binding.key):
            self.flush()
            self._keep_unfinished()
            for name in self._fields:
                self.say(name, "")
        changed = binding is not None and (self._binding is None or binding.key != self._binding.key)
        self._binding = binding
        self.refresh()
        if changed:
            self._bring_unfinished()

    def refresh(self) -> None:
        """Read every field anew, except those with typed text in them."""
        if self._binding is None or not self._binding.alive():
            return
        for name, field in self._fields.items():
            editor = self.editors[name]
            if editor.is_touched():
                continue
            self._seen[name] = self._binding.read(name)
            value = field.show(self._seen[name])
            if isinstance(editor, ChoiceEditor):
                label = self._sources.claim_label(value) if field.editor == "claim" and value else ""
                editor.set_value(value, label)
            else:
                editor.set_value(value)

    def set_editable(self, editable: bool) -> None:
        self._editable = editable
        for editor in self._editors.values():
            editor.set_editable(editable)

    # -- committing ---------------------------------------------------------------------------------------------

    def commit(self, name: str) -> bool:
        """Commit one field if it differs from the record; False when it was refused (what was typed stays)."""
        if self._binding is None or not self._binding.alive():
            return True
        field, editor, binding = self._fields[name], self.editors[name], self._binding
        typed: Any = editor.value()
        try:
            value = field.parse(typed)
        except ValueError as error:
            self.say(name, str(error), refused=True)
            return False
        if _same(value, binding.read(name)):
            editor.settle()
            self.say(name, "")
            return True
        if self._changed_by_others(name, binding.read(name)):
            return False
        editor.settle()
        refusal = self._committer.commit(lambda: binding.write(name, value))
        if refusal is not None:
            if isinstance(editor, ChoiceEditor | CheckEditor):
                self.refresh()
            else:
                editor.restore(typed)
            self.say(name, refusal, refused=True)
            return False
        self.say(name, "")
        self.refresh()
        self.committed.emit(name)
        return True

    def _changed_by_others(self, name: str, stored: Any) -> bool:
        """Whether the record got another value while one typed here. Both are shown; the next commit goes through."""
        if _same(stored, self._seen.get(name, stored)):
            return False
        self._seen[name] = stored
        theirs = str(self._fields[name].show(stored))
        self.say(name, overtaken(theirs), refused=True)
        return True

    def flush(self) -> bool:
        """Commit every field with typed text in it; False when one was refused."""
        done = True
        for name, editor in self._editors.items():
            if editor.is_touched():
                done = self.commit(name) and done
        return done

    def say(self, name: str, sentence: str, *, refused: bool = False) -> None:
        """Show a sentence under a field; "" takes it away."""
        message, editor = self._messages[name], self.editors[name]
        if isinstance(editor, RolesEditor):
            editor.mark(refused=refused)
        else:
            restyle(editor.line if isinstance(editor, NoneOrLineEditor) else editor, "refused", on=refused)
        if message.text() == sentence:
            return
        restyle(message, "refused", on=refused)
        message.setProperty("tone", "error" if refused else "good")
        message.style().unpolish(message)
        message.style().polish(message)
        message.setText(sentence)
        message.setVisible(bool(sentence))
        self.resized.emit()

    def forget_good_news(self) -> None:
        """Take away sentences that tell of an edit: another one has come since."""
        for name, message in self._messages.items():
            if message.text() and message.property("refused") != "true":
                self.say(name, "")

    def refused_field(self) -> str | None:
        """The field that shows a refusal and has the focus."""
        for name, editor in self._editors.items():
            if isinstance(editor, RolesEditor):
                if editor.has_focus() and self._messages[name].property("refused") == "true":
                    return name
                continue
            part = editor.line if isinstance(editor, NoneOrLineEditor) else editor
            if part.hasFocus() and part.property("refused") == "true":
                return name
        return None

    def give_up(self, name: str) -> None:
        """Give up what was typed in a field and show the record's value."""
        self.editors[name].settle()
        self.say(name, "")
        self.refresh()

    # -- unfinished text ----------------------------------------------------------------------------------------

    def typed(self) -> dict[str, str]:
        """Typed text that is not committed, by ``record key/field``."""
        if self._binding is None:
            return {}
        return {f"{self._binding.key}/{n}": str(e.value()) for n, e in self.editors.items() if e.is_touched()}

    def field_typed(self, key: str) -> QWidget | None:
        """The field that holds the typed text of that ``record key/field``, or None."""
        return self.editors[key.rsplit("/", 1)[1]] if key in self.typed() else None

    def _keep_unfinished(self) -> None:
        self._unfinished.update(self.typed())
        for editor in self.editors.values():
            editor.settle()

    def _bring_unfinished(self) -> None:
        if self._binding is None:
            return
        for name, editor in self.editors.items():
            text = self._unfinished.pop(f"{self._binding.key}/{name}", None)
            if text is not None and not isinstance(editor, ChoiceEditor | CheckEditor):
                editor.restore(text)
                self.say(name, "This was typed here and is not accepted yet.", refused=True)


def _same(value: Any, stored: Any) -> bool:
    """Whether nothing would change; a text field that holds nothing is None or ""."""
    return bool(value == stored) or (value in ("", None) and stored in ("", None))

"""The editor that a field asks for, and where editors find what they propose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from annotator.services.lookup import NameIndex
from annotator.vocabulary import Vocabulary
from ui.fonts import ui_font
from ui.panels.fields import Field
from ui.widgets.choice import ChoiceEditor, Item
from ui.widgets.editors import CheckEditor, LineEditor, NoneOrLineEditor, TextEditor
from ui.widgets.roles import RolesEditor
from ui.widgets.typeahead import TypeAhead

Editor = LineEditor | TextEditor | ChoiceEditor | CheckEditor | NoneOrLineEditor | RolesEditor


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the editors find what they propose."""

    names: Callable[[], NameIndex]
    vocabulary: Callable[[], Vocabulary]
    claims: Callable[[], list[Item]]
    claim_label: Callable[[str], str]
    tags: Callable[[], NameIndex] = NameIndex
    guidance: Callable[[str], str] = lambda _topic: ""
    """What the guideline says of a topic, as plain text."""


def make_editor(field: Field, sources: Sources) -> Editor:
    """The editor that a field asks for."""
    editor: Editor
    if field.editor == "choice":
        terms = field.vocabulary or field.name
        editor = ChoiceEditor(lambda: sources.vocabulary().choices(terms), field.unset)
    elif field.editor == "claim":
        editor = ChoiceEditor(sources.claims, field.unset, lazy=True)
    elif field.editor == "check":
        editor = CheckEditor(field.caption or field.label)
    elif field.editor in ("speaker", "chain"):
        editor = TypeAhead(sources.names, chain=field.editor == "chain")
    elif field.editor == "tags":
        editor = TypeAhead(sources.tags, many=True)
    elif field.editor == "wikidata":
        editor = NoneOrLineEditor("Has none")
    elif field.editor == "roles":
        editor = RolesEditor()
    elif field.editor in ("text", "lines", "spaces"):
        editor = TextEditor(lines=field.editor == "lines", show_spaces=field.editor == "spaces")
    else:
        editor = LineEditor()
    if field.placeholder and not isinstance(editor, ChoiceEditor | CheckEditor | RolesEditor):
        editor.setPlaceholderText(field.placeholder)
    editor.setAccessibleName(field.label)
    editor.setFont(ui_font(13))
    return editor

"""What the drawers of the three panels have in common: forms over one record, and a row of buttons below them."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from annotator.services import annotate
from ui.panels.form import Committer, Form
from ui.selection import Selection
from ui.store import Store
from ui.theme import Theme
from ui.widgets import bits
from ui.widgets.expander import Drawer


class Home(Protocol):
    """What a drawer needs of its panel."""

    store: Store
    selection: Selection
    theme: Theme
    committer: Committer
    unfinished: dict[str, str]
    added: list[str]


class RecordDrawer(Drawer):
    """A drawer that shows one record. Subclasses say which forms and buttons it has and bind the forms."""

    done = Signal()

    def __init__(self, home: Home) -> None:
        super().__init__()
        self._home = home
        self._key: str | None = None
        self._editable = True
        self.done_button = bits.button("Done", self.done.emit, primary=True)

    # -- for subclasses -----------------------------------------------------------------------------------------

    def forms(self) -> list[Form]:
        """All forms, from top to bottom."""
        raise NotImplementedError

    def changers(self) -> tuple[QPushButton, ...]:
        """The buttons that change the record: they are off in a project that is read only."""
        raise NotImplementedError

    def bind(self, key: str) -> None:
        """Bind the forms to the record of that row."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Read the record anew."""
        raise NotImplementedError

    def first_field(self) -> QWidget:
        """Where the focus goes when one enters the drawer."""
        raise NotImplementedError

    def _buttons_row(self) -> QHBoxLayout:
        """The buttons that change the record on the left, Done on the right."""
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in self.changers():
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.done_button)
        return row

    def _delete_annotation(self) -> None:
        key, ws = self._key, self._home.store.workspace
        if key is not None:
            self._home.committer.commit(lambda: annotate.delete(ws, [key]))

    # -- for the panel ------------------------------------------------------------------------------------------

    def show_key(self, key: str | None) -> None:
        """Show the record of that row; what was typed for the one before is committed or kept, unfinished."""
        if key != self._key and self._key is not None:
            for form in self.forms():
                form.bind(None)
        self._key = key
        if key is not None:
            self.bind(key)
        self.refresh()

    def follow_scheme(self) -> None:
        """Show what the project's scheme shows, and what its guideline says. A :meth:`refresh` has to follow."""
        hidden = self._home.store.workspace.scheme.hidden
        for form in self.forms():
            form.follow_scheme(hidden)

    def flush(self) -> bool:
        """Commit typed text; False when something was refused."""
        results = [form.flush() for form in self.forms()]  # each one, also after a refusal
        return all(results)

    def typed(self) -> dict[str, str]:
        """Typed text that is not committed."""
        return {key: text for form in self.forms() for key, text in form.typed().items()}

    def field_typed(self, key: str) -> QWidget | None:
        """The field that holds the typed text of that ``record/field``, or None."""
        return next((field for form in self.forms() if (field := form.field_typed(key))), None)

    def give_up_refused(self) -> bool:
        """Give up a refused field that has the focus; False when there is none."""
        for form in self.forms():
            name = form.refused_field()
            if name is not None:
                form.give_up(name)
                return True
        return False

    def set_theme(self, theme: Theme) -> None:
        for form in self.forms():
            form.set_theme(theme)
        self.refresh()

    def set_editable(self, editable: bool) -> None:
        self._editable = editable
        for form in self.forms():
            form.set_editable(editable)
        for button in self.changers():
            button.setEnabled(editable)

"""The vocabularies of a project: what can be chosen for each field."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout

from annotator.edits import Edit
from annotator.model import Record, article_of
from annotator.services import articles, guideline, scheme
from annotator.text.wording import counted
from annotator.vocabulary import FIXED
from annotator.workspace import Workspace
from ui.dialogs.messages import Messages
from ui.scheme.page import Counts, Page
from ui.scheme.retire import RetireDialog
from ui.scheme.values import LABEL, MEANING, VALUE, ValueList
from ui.store import Store
from ui.widgets import bits


class LabelsPage(Page):
    """The fields on the left; the values of the one that is chosen on the right, with how often each stands."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._counts: Counts | None = None
        self._editable = True
        self._messages = Messages(self)
        self.fields = QListWidget(self)
        self.fields.setAccessibleName("Fields")
        self.fields.setFixedWidth(170)
        self.fields.setSpacing(2)
        self.list = ValueList(self)
        self.label, self.meaning = QLineEdit(self), QLineEdit(self)
        for line, name in ((self.label, "Label of a new value"), (self.meaning, "Its meaning")):
            line.setPlaceholderText(name)
            line.setAccessibleName(name)
            line.returnPressed.connect(self._add)
        self.add = bits.button("Add", self._add)
        self.retire = bits.button("Retire…", self._retire)
        self.up = bits.button("Up", lambda: self._move(-1))
        self.down = bits.button("Down", lambda: self._move(1))
        self.up.setToolTip("Offer it earlier (Alt+Up)")
        self.down.setToolTip("Offer it later (Alt+Down)")
        self._lay_out()
        self.fields.currentRowChanged.connect(lambda _: self._show_values())
        self.list.currentItemChanged.connect(lambda *_: self._show_buttons())
        self.list.edited.connect(self._edited)
        self.list.moved.connect(self._moved)
        self.refresh()
        self.fields.setCurrentRow(0)

    def _lay_out(self) -> None:
        row, new, right, above = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(), QHBoxLayout(self)
        for button in (self.retire, self.up, self.down):
            row.addWidget(button)
        row.addStretch(1)
        new.addWidget(self.label, 2)
        new.addWidget(self.meaning, 3)
        new.addWidget(self.add)
        right.addWidget(self.list, 1)
        right.addLayout(row)
        right.addLayout(new)
        above.addWidget(self.fields)
        above.addLayout(right, 1)

    def refresh(self) -> None:
        vocabulary = self.store.workspace.vocabulary
        names = [name for name in vocabulary.fields if name not in FIXED]
        if names != [self.fields.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.fields.count())]:
            self.fields.clear()
            for name in names:
                item = QListWidgetItem(guideline.title(name), self.fields)
                item.setData(Qt.ItemDataRole.UserRole, name)
            self.fields.setCurrentRow(0)
        self._show_values()

    def show_counts(self, counts: Counts) -> None:
        """Say how often each value stands in the project."""
        self._counts = counts
        if self.field:
            self.list.show_counts(self.field, counts)

    def set_editable(self, editable: bool) -> None:
        self._editable = editable
        self.list.set_editable(editable)
        for widget in (self.label, self.meaning, self.add):
            widget.setEnabled(editable)
        self._show_values()

    @property
    def field(self) -> str:
        """The field whose values are shown."""
        item = self.fields.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def _show_values(self) -> None:
        if self.field:
            terms = tuple(term for term in self.store.workspace.scheme.terms if term.vocabulary == self.field)
            self.list.show_terms(terms, self._counts)
            self._show_buttons()

    def _show_buttons(self) -> None:
        value = self.list.value()
        term = self.store.workspace.vocabulary.get(self.field, value) if value is not None else None
        self.retire.setText("Offer Again" if term is not None and term.retired else "Retire…")
        for button in (self.retire, self.up, self.down):
            button.setEnabled(self._editable and term is not None)

    # -- what is done -------------------------------------------------------------------------------------------

    def _add(self) -> None:
        label, meaning = self.label.text(), self.meaning.text()
        if self.attempt(lambda: scheme.add_term(self.store.workspace, self.field, label, meaning)):
            self.list.go_to(scheme.value_of(label))
            self.label.clear()
            self.meaning.clear()
            self.label.setFocus()

    def _edited(self, value: str, column: int, typed: str) -> None:
        ws, field = self.store.workspace, self.field
        if column == VALUE:
            self._rename(value, typed.strip())
        elif column in (LABEL, MEANING):
            words = {LABEL: "label", MEANING: "meaning"}[column]
            self.attempt(lambda: scheme.change_term(ws, field, value, **{words: " ".join(typed.split())}))

    def _rename(self, value: str, new: str) -> None:
        if new == value:
            return
        field, store = self.field, self.store

        def rename(uses: list[Record]) -> None:
            def then(refusal: str | None) -> None:
                if refusal is None:
                    self.list.go_to(new)
                else:
                    self.refresh()

            store.large.attempt(len(uses), lambda ws: scheme.rename_value(ws, field, value, new, uses), then)

        def decide(uses: list[Record]) -> None:
            if not uses:
                rename(uses)
                return
            done = articles.done_among(store.article, uses)
            stands = f"“{value}” stands in {counted(len(uses), 'record')}" + (f", also in {done}" if done else "")
            question = f"{stands}. Store “{new}” in all of them?"
            self._messages.ask(question, "Rename", lambda: self._with_uses(field, value, rename))

        self._show_values()
        self._with_uses(field, value, decide)

    def _retire(self) -> None:
        field, value, store = self.field, self.list.value(), self.store
        term = store.workspace.vocabulary.get(field, value) if value is not None else None
        if term is None:
            return
        if term.retired:
            self.attempt(lambda: scheme.offer_again(store.workspace, field, term.value))
            return

        def retire(into: str | None) -> None:
            def with_uses(uses: list[Record]) -> None:
                open_ = [use for use in uses if not articles.is_frozen(store.article(article_of(use) or ""))]

                def made(ws: Workspace) -> Edit:
                    return scheme.retire(ws, field, term.value, into, open_)

                store.large.attempt(len(open_), made, lambda refusal: self.refresh() if refusal else None)

            self._with_uses(field, term.value, with_uses)

        def ask(uses: list[Record]) -> None:
            others = [choice for choice in store.workspace.vocabulary.choices(field) if choice[0] != term.value]
            frozen = articles.done_among(store.article, uses)
            dialog = RetireDialog(term, len(uses), frozen, others, retire, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

        self._with_uses(field, term.value, ask)

    def _with_uses(self, field: str, value: str, done: Callable[[list[Record]], None]) -> None:
        """Look on the database thread where a value stands, then go on."""
        self.store.read(lambda project: project.uses_of_value(field, value), done, self._messages.report)

    def _move(self, step: int) -> None:
        if (value := self.list.value()) is not None:
            self._moved(value, step)

    def _moved(self, value: str, step: int) -> None:
        self.attempt(lambda: scheme.move_term(self.store.workspace, self.field, value, step))

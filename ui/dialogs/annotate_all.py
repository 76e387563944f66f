"""Annotate every place that was found, after looking at them: one step, one undo."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.edits import Edit
from annotator.services import annotate_all
from annotator.workspace import Workspace
from ui.store import Store
from ui.widgets.screen import resize_to_screen
from ui.widgets.segmented import SegmentedButton
from ui.widgets.snippet import SNIPPET, SnippetRow
from ui.widgets.typeahead import TypeAhead

_BEFORE, _AFTER = 36, 60
_BLANKS = re.compile(r"\s+")
"""Characters of the text around a place that are shown, less a word cut at their ends."""


class AnnotateAll(QDialog):
    """Lists the places with their context; those that are taken already are greyed and left alone."""

    def __init__(self, store: Store, places: Sequence[tuple[int, int]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Annotate all")
        self._store = store
        self._places = list(places)
        self.kind = SegmentedButton([("mention", "Speaker mentions"), ("correction", "Corrections")], "Mark as")
        self.name = TypeAhead(lambda: store.names)
        self.name.setPlaceholderText("Name; a new one adds a speaker")
        self.replacement = QLineEdit(self)
        self.replacement.setPlaceholderText("Empty: leave out")
        self.meaning = QLabel(self)
        self.list = QListWidget(self)
        self.list.setAccessibleName("Places to annotate")
        self.list.setItemDelegate(SnippetRow(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.refusal = QLabel(self)
        self.refusal.setProperty("tone", "error")
        self.refusal.hide()
        for label in (self.meaning, self.refusal):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.accept_button = self.buttons.addButton("&Mark", QDialogButtonBox.ButtonRole.AcceptRole)
        form = QFormLayout()
        form.addRow("Mark as", self.kind)
        form.addRow(self.meaning, self.name)
        form.addRow("", self.replacement)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        for widget in (self.list, self.refusal, self.buttons):
            layout.addWidget(widget)
        resize_to_screen(self, 560, 520)
        self.kind.chosen.connect(lambda _: self._fill())
        self.list.itemChanged.connect(lambda _: self._count())
        self.buttons.accepted.connect(self._mark)
        self.buttons.rejected.connect(self.reject)
        self._fill()

    def _fill(self) -> None:
        ws = self._store.workspace
        mention = self.kind.key == "mention"
        free = (annotate_all.free_for_mentions if mention else annotate_all.free_for_corrections)(ws, self._places)
        self.meaning.setText("Speaker" if mention else "Replace with")
        for field, wanted in ((self.name, mention), (self.replacement, not mention)):
            field.setVisible(wanted)
            field.setAccessibleName(self.meaning.text())
        self.list.clear()
        for start, end in self._places:
            before, exact, after = _context(ws.text, start, end)
            item = QListWidgetItem(f"{before}[{exact}]{after}")
            item.setData(Qt.ItemDataRole.UserRole, (start, end))
            if (start, end) in free:
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Checked)
            else:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
                item.setText(f"{item.text()}  (already marked)")
                before = f"(already marked)  {before}"
            item.setData(SNIPPET, ("", before, exact, after))
            self.list.addItem(item)
        self._count()

    def chosen(self) -> list[tuple[int, int]]:
        """The ticked places."""
        items = [self.list.item(row) for row in range(self.list.count())]
        ticked = [item for item in items if item.checkState() == Qt.CheckState.Checked]
        return [tuple(item.data(Qt.ItemDataRole.UserRole)) for item in ticked]

    def _count(self) -> None:
        number = len(self.chosen())
        noun = self.kind.key if number == 1 else f"{self.kind.key}s"
        self.accept_button.setText(f"&Mark {number:,} {noun}")
        self.accept_button.setEnabled(number > 0)

    def _mark(self) -> None:
        chosen, author = self.chosen(), self._store.author
        name, replacement, mentions = self.name.text(), self.replacement.text(), self.kind.key == "mention"

        def make(ws: Workspace) -> Edit:
            if mentions:
                return annotate_all.mentions(ws, chosen, name, author)
            return annotate_all.correct(ws, chosen, replacement, author)

        def then(refusal: str | None) -> None:
            self.refusal.setText(refusal or "")
            self.refusal.setVisible(refusal is not None)
            if refusal is None:
                self.accept()

        self._store.large.attempt(len(chosen), make, then)


def _context(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The words before a place, its own and those after it, in one line; “…” where the text goes on."""
    before, after = text[max(0, start - _BEFORE) : start], text[end : end + _AFTER]
    if start > _BEFORE:
        before = "…" + before[before.find(" ") + 1 :] if " " in before.rstrip() else f"…{before}"
    if end + _AFTER < len(text):
        after = (after[: after.rfind(" ")] if " " in after.lstrip() else after) + "…"
    before, exact, after = (_BLANKS.sub(" ", words) for words in (before, text[start:end], after))
    return before.lstrip(), exact, after.rstrip()


def show(store: Store, places: Sequence[tuple[int, int]], parent: QWidget) -> None:
    """Open the dialog; it does not block the window."""
    dialog = AnnotateAll(store, places, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
